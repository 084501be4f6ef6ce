package web

import (
	"context"
	"net/http"
	"slices"
	"time"

	"github.com/google/uuid"

	"jianbao/fault"
	"jianbao/mailer"
	"jianbao/recipients"
	"jianbao/workflow"

	"jianbao/web/page"
)

// What a letter's line leads to where nothing is to be done about it; the
// template finds it by its key.
var _ = fault.Say("web.see-letter", "详情", "More")

// A dispatchView is the board of an issue's letters.
type dispatchView struct {
	Issue  workflow.Issue
	Series workflow.Series
	Zone   *time.Location
	// Rows are those of the page that is looked at, of all that the filter leaves;
	// All counts all that there are.
	page.Pager
	Rows   []dispatchRow
	All    int
	Counts []count
	// Done are the letters that need nothing more; Letters all of them.
	Done, Letters int
	Filter        filter
	Live          bool // there is still something under way
	Paused        bool // by a person: nothing goes until somebody goes on
}

// A dispatchRow is one unit with its letters, the last of which counts: the
// earlier ones went to addresses that failed. Issue and Zone are set of rows that
// are shown.
type dispatchRow struct {
	Unit, Issue uuid.UUID
	Zone        *time.Location
	Label, Name string
	Channel     recipients.Channel
	Last        *mailer.Delivery
	Earlier     []mailer.Delivery
}

type count struct {
	State mailer.State
	N     int
}

func (s *server) dispatch(w http.ResponseWriter, r *http.Request) {
	view, err := s.dispatchOf(r)
	if err != nil {
		s.kit.Fail(w, r, err)
		return
	}
	s.pages.Show(w, r, http.StatusOK, "dispatch", page.Page{Room: "issues", Data: view, Refresh: view.Live})
}

func (s *server) dispatchOf(r *http.Request) (*dispatchView, error) {
	issue, series, err := s.find(r)
	if err != nil {
		return nil, err
	}
	return s.boardOf(r.Context(), issue, series, filterOf(r))
}

// boardOf is the board as it stands of an issue that was read before.
func (s *server) boardOf(ctx context.Context, issue workflow.Issue, series workflow.Series, only filter) (*dispatchView, error) {
	letters, err := s.Letters.Deliveries(ctx, issue.ID)
	if err != nil {
		return nil, err
	}
	rows := board(issue.Circulation, letters)
	view := &dispatchView{Issue: issue, Series: series, Zone: series.Location(), All: len(rows), Counts: counts(rows), Filter: only, Live: pending(letters)}
	if view.Paused, err = s.Letters.Paused(ctx, issue.ID); err != nil {
		return nil, err
	}
	for _, r := range rows {
		if r.Last == nil {
			continue
		}
		if view.Letters++; r.Last.State.Final() {
			view.Done++
		}
	}
	rows = only.sift(rows)
	view.Pager = page.PagerOf("/issues/"+issue.ID.String()+"/dispatch", only.values(only.Page), len(rows))
	view.Rows = page.Rows(view.Pager, rows)
	for n := range view.Rows {
		view.Rows[n].Zone, view.Rows[n].Issue = view.Zone, issue.ID
	}
	return view, nil
}

// board lays the letters beside the printed list: every unit once, in printed
// order, those without a letter too, and what belongs to no unit at the end.
func board(c recipients.Circulation, letters []mailer.Delivery) []dispatchRow {
	of := map[uuid.UUID][]mailer.Delivery{}
	for _, d := range letters {
		of[d.Unit] = append(of[d.Unit], d)
	}
	var rows []dispatchRow
	seen := map[uuid.UUID]bool{}
	for _, p := range c.All() {
		if !seen[p.Unit] {
			seen[p.Unit] = true
			rows = append(rows, row(p.Unit, p.Label, p.Name, p.Channel, of[p.Unit]))
		}
	}
	for _, d := range letters {
		if !seen[d.Unit] {
			seen[d.Unit] = true
			rows = append(rows, row(d.Unit, "", d.Name, recipients.ByMail, of[d.Unit]))
		}
	}
	return rows
}

func row(unit uuid.UUID, label, name string, channel recipients.Channel, letters []mailer.Delivery) dispatchRow {
	r := dispatchRow{Unit: unit, Label: label, Name: name, Channel: channel}
	if n := len(letters); n > 0 {
		r.Last, r.Earlier = &letters[n-1], letters[:n-1]
	}
	return r
}

// letterStates is the order in which counts are shown: what needs a person
// first.
var letterStates = []mailer.State{mailer.Failed, mailer.Bounced, mailer.Uncertain, mailer.Held, mailer.Deferred,
	mailer.Queued, mailer.Claimed, mailer.Data, mailer.Accepted, mailer.Cancelled}

func counts(rows []dispatchRow) []count {
	n := map[mailer.State]int{}
	for _, r := range rows {
		if r.Last != nil {
			n[r.Last.State]++
		}
	}
	var all []count
	for _, state := range letterStates {
		if n[state] > 0 {
			all = append(all, count{state, n[state]})
		}
	}
	return all
}

// pending reports whether the engine still has something to do; what is held
// waits for a person.
func pending(letters []mailer.Delivery) bool {
	return slices.ContainsFunc(letters, func(d mailer.Delivery) bool {
		return !d.State.Final() && d.State != mailer.Held
	})
}
