package web

import (
	"cmp"
	"context"
	"net/http"
	"slices"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/fault"
	"jianbao/workflow"
	"jianbao/workflow/calendar"

	"jianbao/web/page"
)

// A deskView is one person's desk: what waits for them, the most urgent first,
// what they sent on, and who stands in for them.
type deskView struct {
	Waiting []errand
	Sent    []errand
	Chores  []page.Chore // what waits beside issues on their way
	Late    int          // of what waits
	Away    []absence
	Deputy  []absence // for whom this person stands in now
	People  []accounts.Person
	Typed   absenceTyped
	Zone    *time.Location
	Now     time.Time
}

// An errand is an issue as it lies on somebody's desk.
type errand struct {
	Issue  workflow.Issue
	Series workflow.Series
	Act    workflow.Act // what it waits for
	Step   fault.Reason // where it stands
	Who    []string     // whom it waits for
	For    string       // in whose place this person would decide; "": their own
	Due    time.Time    // zero where there is no deadline
	Now    time.Time
	Doubts []fault.Reason // of the calendar that the deadline is made of
}

// Late reports whether the deadline has passed.
func (e errand) Late() bool { return !e.Due.IsZero() && e.Now.After(e.Due) }

// Soon reports whether the deadline comes within a day.
func (e errand) Soon() bool { return !e.Due.IsZero() && !e.Late() && e.Due.Sub(e.Now) < 24*time.Hour }

// Age is how long the issue has been where it is.
func (e errand) Age() fault.Reason { return span(e.Now.Sub(e.Issue.Reached)) }

// Left is how long there still is, or how long it is late.
func (e errand) Left() fault.Reason { return span(e.Due.Sub(e.Now).Abs()) }

// span is a length of time in the coarsest words that still help.
func span(d time.Duration) fault.Reason {
	switch {
	case d < time.Hour:
		return spanMinutes.With(int(d.Minutes()))
	case d < 48*time.Hour:
		return spanHours.With(int(d.Hours()))
	}
	return spanDays.With(int(d.Hours() / 24))
}

func (s *server) desk(w http.ResponseWriter, r *http.Request) {
	view, err := s.deskOf(r.Context(), page.Person(r))
	if err != nil {
		s.kit.Fail(w, r, err)
		return
	}
	s.pages.Show(w, r, http.StatusOK, "desk", page.Page{Data: view})
}

// deskOf gathers what lies on a person's desk.
func (s *server) deskOf(ctx context.Context, who accounts.Person) (deskView, error) {
	view := deskView{Now: s.Now(), Zone: page.Zone()}
	running, err := s.Agenda.Running(ctx)
	if err != nil {
		return view, err
	}
	all, err := s.Reads.SeriesAll(ctx)
	if err != nil {
		return view, err
	}
	years, err := s.Agenda.Years(ctx)
	if err != nil {
		return view, err
	}
	byID, staffs := map[uuid.UUID]workflow.Series{}, map[uuid.UUID]workflow.Staff{}
	for _, one := range all {
		byID[one.ID] = one
	}
	for _, issue := range running {
		e := errand{Issue: issue, Series: byID[issue.Series], Now: view.Now}
		if _, read := staffs[issue.Series]; !read {
			if staffs[issue.Series], err = s.Agenda.Staff(ctx, issue.Series, named(running, issue.Series)); err != nil {
				return view, err
			}
		}
		if err := s.place(ctx, &view, e, who, staffs[issue.Series], years); err != nil {
			return view, err
		}
	}
	view.sort()
	for _, chores := range s.Chores {
		more, err := chores(ctx, who)
		if err != nil {
			return view, err
		}
		view.Chores = append(view.Chores, more...)
	}
	return view, s.standIns(ctx, &view, who)
}

// named are the people that the issues of a series name.
func named(all []workflow.Issue, series uuid.UUID) (ids []uuid.UUID) {
	for _, issue := range all {
		if issue.Series == series {
			ids = append(ids, issue.PeopleNamed()...)
		}
	}
	return ids
}

// place puts an issue on the desk if it has to do with the person.
func (s *server) place(ctx context.Context, view *deskView, e errand, who accounts.Person, staff workflow.Staff, years []calendar.Year) error {
	mine := slices.Contains(e.Issue.Authors, who.ID) || slices.ContainsFunc(e.Issue.Decisions, func(d workflow.Decision) bool { return d.Person == who.ID })
	if !mine && !who.Sees(e.Series.ID) && !slices.ContainsFunc(staff.People, func(p accounts.Person) bool { return p.ID == who.ID }) {
		return nil
	}
	// What counts as decided depends on the digest, and so on the whole issue.
	issue, err := s.Reads.Issue(ctx, e.Issue.ID)
	if err != nil {
		return err
	}
	e.Issue = issue
	e.Step, e.Due = standing(issue), deadline(issue, e.Series, years)
	if e.Act = waitsFor(issue, e.Series, who, staff, e.Now); e.Act != "" {
		if e.Act == workflow.Approve {
			absent, _ := workflow.Case{Issue: issue, Series: e.Series, Actor: workflow.Actor{Person: who}, Staff: staff, Now: e.Now}.InPlaceOf()
			e.For = absent.Name
		}
		view.Waiting = append(view.Waiting, e)
		if e.Late() {
			view.Late++
		}
	} else if mine {
		for _, p := range staff.People {
			if waitsFor(issue, e.Series, p, workflow.Staff{People: staff.People}, e.Now) != "" {
				e.Who = append(e.Who, p.Name)
			}
		}
		view.Sent = append(view.Sent, e)
	}
	return nil
}

// onward are the acts that an issue can wait for.
var onward = []workflow.Act{workflow.Submit, workflow.Approve, workflow.Classify, workflow.Register, workflow.Schedule, workflow.Ratify}

// waitsFor returns the act for which an issue waits for a person, or "". What
// keeps a draft from being submitted does not keep it from waiting for its
// editor.
func waitsFor(issue workflow.Issue, series workflow.Series, who accounts.Person, staff workflow.Staff, now time.Time) workflow.Act {
	actor := workflow.Actor{Person: who}
	for _, o := range workflow.Options(workflow.Case{Issue: issue, Series: series, Actor: actor, Staff: staff, Now: now}) {
		if slices.Contains(onward, o.Act) && (o.Allowed || o.Act != workflow.Approve && belongs(actor, issue, o.Act)) {
			return o.Act
		}
	}
	return ""
}

// standing is where an issue stands: its step while it is on its route, its
// state afterwards.
func standing(issue workflow.Issue) fault.Reason {
	if issue.State == workflow.Draft || issue.State == workflow.Review {
		return issue.Current().Kind.Title()
	}
	return issue.State.Title()
}

// deadline is when the step that an issue is at should be done: its working
// hours from when the issue came there. It is the time of release for what is
// scheduled, and zero where there is none.
func deadline(issue workflow.Issue, series workflow.Series, years []calendar.Year) time.Time {
	if issue.State == workflow.Scheduled {
		return issue.ReleaseAt
	}
	hours := issue.Current().Hours
	if issue.State != workflow.Draft && issue.State != workflow.Review || hours == 0 {
		return time.Time{}
	}
	c := calendar.Calendar{Zone: series.Location(), Years: calendar.Known(years...)}
	return c.AddWorkingHours(issue.Reached, time.Duration(hours)*time.Hour)
}

// sort puts what is due first in front; what has no deadline comes behind, the
// oldest first.
func (v *deskView) sort() {
	byDue := func(a, b errand) int {
		if a.Due.IsZero() != b.Due.IsZero() {
			if a.Due.IsZero() {
				return 1
			}
			return -1
		}
		return cmp.Or(a.Due.Compare(b.Due), a.Issue.Reached.Compare(b.Issue.Reached))
	}
	slices.SortStableFunc(v.Waiting, byDue)
	slices.SortStableFunc(v.Sent, byDue)
}
