package web

import (
	"context"
	"net/http"
	"strings"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/fault"

	"jianbao/web/page"
)

// An absence is a delegation as a desk shows it.
type absence struct {
	accounts.Delegation
	Person, Deputy string
	Running        bool
}

// absenceTyped is the form of an absence as it was typed.
type absenceTyped struct{ Deputy, From, Until, Reason string }

// standIns fills in who stands in for a person, for whom they do, and who could.
func (s *server) standIns(ctx context.Context, view *deskView, who accounts.Person) error {
	staff, seen := []accounts.Person{}, map[uuid.UUID]bool{}
	written := map[uuid.UUID]bool{}
	for _, series := range seriesWith(who) {
		here, err := s.Agenda.Staff(ctx, series, nil)
		if err != nil {
			return err
		}
		for _, p := range here.People {
			if !seen[p.ID] {
				staff, seen[p.ID] = append(staff, p), true
			}
			if p.Active && p.ID != who.ID && !contains(view.People, p.ID) {
				view.People = append(view.People, p)
			}
		}
		for _, d := range here.Delegations {
			if !written[d.ID] && d.Until.After(view.Now) {
				written[d.ID] = true
				view.standIn(d, who, staff)
			}
		}
	}
	return nil
}

func (v *deskView) standIn(d accounts.Delegation, who accounts.Person, staff []accounts.Person) {
	name := func(id uuid.UUID) string {
		for _, p := range staff {
			if p.ID == id {
				return p.Name
			}
		}
		return ""
	}
	a := absence{Delegation: d, Person: name(d.Person), Deputy: name(d.Deputy), Running: !v.Now.Before(d.From)}
	switch who.ID {
	case d.Person:
		v.Away = append(v.Away, a)
	case d.Deputy:
		v.Deputy = append(v.Deputy, a)
	}
}

// seriesWith are the series in which a person holds a role.
func seriesWith(who accounts.Person) []uuid.UUID {
	ids, seen := []uuid.UUID{}, map[uuid.UUID]bool{}
	for _, g := range who.Grants {
		if !seen[g.Series] {
			ids, seen[g.Series] = append(ids, g.Series), true
		}
	}
	return ids
}

func contains(all []accounts.Person, id uuid.UUID) bool {
	for _, p := range all {
		if p.ID == id {
			return true
		}
	}
	return false
}

// beAway enters that the person is away, or who stands in for them.
func (s *server) beAway(w http.ResponseWriter, r *http.Request) {
	var typed absenceTyped
	_, err := s.kit.ReadForm(w, r)
	if err == nil {
		field := func(name string) string { return strings.TrimSpace(r.PostForm.Get(name)) }
		typed = absenceTyped{Deputy: field("deputy"), From: field("from"), Until: field("until"), Reason: field("reason")}
		err = s.delegate(r, typed)
	}
	s.afterAbsence(w, r, typed, err)
}

func (s *server) delegate(r *http.Request, typed absenceTyped) error {
	d := accounts.Delegation{Person: page.Person(r).ID, Absent: true, Reason: typed.Reason}
	zone := page.Zone()
	var wrong []fault.Reason
	day := func(text string) time.Time {
		at, err := time.ParseInLocation(time.DateOnly, text, zone)
		if err != nil {
			wrong = append(wrong, page.BadTime.With(text))
		}
		return at
	}
	d.From, d.Until = day(typed.From), day(typed.Until).AddDate(0, 0, 1) // the last day counts
	if typed.Deputy != "" {
		var err error
		if d.Deputy, err = uuid.Parse(typed.Deputy); err != nil {
			wrong = append(wrong, noSuchPerson.With())
		}
	}
	if len(wrong) > 0 {
		return fault.New(fault.Invalid, page.BadForm.With(), wrong...)
	}
	_, err := s.Deputies.Delegate(r.Context(), page.Actor(r), d)
	return err
}

// beBack ends an absence.
func (s *server) beBack(w http.ResponseWriter, r *http.Request) {
	id, err := uuid.Parse(r.PathValue("id"))
	if err != nil {
		s.kit.Nothing(w, r)
		return
	}
	s.afterAbsence(w, r, absenceTyped{}, s.Deputies.EndDelegation(r.Context(), page.Actor(r), id))
}

func (s *server) afterAbsence(w http.ResponseWriter, r *http.Request, typed absenceTyped, err error) {
	if err == nil {
		page.See(w, r, "/desk#away")
		return
	}
	view, broken := s.deskOf(r.Context(), page.Person(r))
	if broken != nil {
		s.kit.Fail(w, r, broken)
		return
	}
	view.Typed = typed
	s.pages.Refuse(w, r, "desk", page.Page{Data: view}, err)
}
