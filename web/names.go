package web

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"jianbao/fault"
	"jianbao/recipients"
	"jianbao/workflow"

	"jianbao/web/page"
)

// maxProposed is how many units the field for a name proposes while somebody
// types. A longer directory proposes none: the page would weigh page.Megabytes.
// Typing the full name works all the same.
const maxProposed = 3000

// An unknownName is a name of the lists that means no unit, or more than one.
type unknownName struct {
	Name    string // in full, as the directory looks it up
	Label   string // of the list
	Printed string
	// Candidates are the units between which the directory cannot choose.
	Candidates []recipients.Candidate
	// Typed is what somebody entered and was refused.
	Typed string
}

// unknownNames returns every such name of a circulation once, in printed order.
func unknownNames(c recipients.Circulation) []unknownName {
	var all []unknownName
	for _, list := range c.Lists {
		for _, e := range list.Entries {
			known := slices.ContainsFunc(all, func(n unknownName) bool { return n.Name == e.FullName() })
			if len(e.Recipients) == 0 && !known {
				all = append(all, unknownName{Name: e.FullName(), Label: list.Label, Printed: e.Printed, Candidates: e.Candidates})
			}
		}
	}
	return all
}

// settleName takes from a person which unit a name of the lists means. The
// series remembers it, and the issue's lists are resolved anew.
//
// Whether the person may is asked before anything is remembered, by the rules
// of the act that resolves the lists.
func (s *server) settleName(w http.ResponseWriter, r *http.Request) {
	q, ok := s.change(w, r)
	if !ok {
		return
	}
	name, typed := r.PostForm.Get("name"), strings.TrimSpace(r.PostForm.Get("unit-name"))
	err := s.nameMeans(r.Context(), page.Actor(r), q.issue, q.version, name, func(u recipients.Unit) bool {
		if typed != "" {
			return recipients.Tidy(u.Name) == recipients.Tidy(typed)
		}
		return u.ID.String() == r.PostForm.Get("unit")
	})
	if err != nil {
		s.again(w, r, attempt{name: name, unit: typed, err: err})
		return
	}
	page.See(w, r, "/issues/"+q.issue.ID.String()+"#circulation")
}

// nameMeans settles a name as the unit that is chosen.
func (s *server) nameMeans(ctx context.Context, who workflow.Actor, issue workflow.Issue, version int, name string, chosen func(recipients.Unit) bool) error {
	if err := s.maySettle(ctx, who, issue, name); err != nil {
		return err
	}
	units, err := s.Names.Units(ctx)
	if err != nil {
		return err
	}
	n := slices.IndexFunc(units, chosen)
	if n < 0 {
		return fault.New(fault.Invalid, noSuchUnit.With(name))
	}
	// Who looked at an older version is told so by the desk, and nothing is
	// remembered.
	if version == issue.Version {
		if err := s.Names.SettleName(ctx, issue.Series, name, units[n].ID); err != nil {
			return err
		}
	}
	note := settledAs.With(name, units[n].Name).In(fault.ZH)
	_, err = s.Desk.Act(ctx, who, issue.ID, workflow.Order{Act: workflow.Circulate, Version: version, Note: note})
	return err
}

func (s *server) maySettle(ctx context.Context, who workflow.Actor, issue workflow.Issue, name string) error {
	if !slices.ContainsFunc(unknownNames(issue.Circulation), func(n unknownName) bool { return n.Name == name }) {
		return fault.New(fault.Invalid, notUnknown.With(name))
	}
	options, err := s.Desk.Options(ctx, who, issue.ID)
	if err != nil {
		return err
	}
	for _, o := range options {
		switch {
		case o.Act != workflow.Circulate:
		case o.Allowed:
			return nil
		default:
			return fault.New(fault.Forbidden, mayNotSettle.With(who.Name()), o.Reasons...)
		}
	}
	return fault.New(fault.Blocked, tooLateToSettle.With(issue.State.Title()))
}

// unitNames returns what the field for a name proposes.
func (s *server) unitNames(ctx context.Context) ([]string, error) {
	units, err := s.Names.Units(ctx)
	if err != nil || len(units) > maxProposed {
		return nil, err
	}
	names := make([]string, len(units))
	for n, u := range units {
		names[n] = u.Name
	}
	return names, nil
}
