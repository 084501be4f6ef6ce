package web

import (
	"net/http"
	"slices"
	"time"

	"github.com/google/uuid"

	"jianbao/mailer"
	"jianbao/recipients"
	"jianbao/workflow"
)

// A dispatchView is the board of an issue's letters.
type dispatchView struct {
	Issue  workflow.Issue
	Series workflow.Series
	Zone   *time.Location
	Rows   []dispatchRow
	Counts []count
}

// A dispatchRow is one unit with its letters, the last of which counts: the
// earlier ones went to addresses that failed.
type dispatchRow struct {
	Label, Name string
	Channel     recipients.Channel
	Last        *mailer.Delivery
	Earlier     []mailer.Delivery
}

type count struct {
	State mailer.State
	N     int
}

// refreshSeconds is how often the board asks again while letters are under way.
const refreshSeconds = "5"

func (s *server) dispatch(w http.ResponseWriter, r *http.Request) {
	issue, series, err := s.find(r)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	letters, err := s.Reads.Deliveries(r.Context(), issue.ID)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	view := dispatchView{Issue: issue, Series: series, Zone: series.Location(), Rows: board(issue.Circulation, letters)}
	view.Counts = counts(view.Rows)
	if pending(letters) {
		w.Header().Set("Refresh", refreshSeconds)
	}
	s.show(w, r, http.StatusOK, "dispatch", page{Data: view})
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
			rows = append(rows, row(p.Label, p.Name, p.Channel, of[p.Unit]))
		}
	}
	for _, d := range letters {
		if !seen[d.Unit] {
			seen[d.Unit] = true
			rows = append(rows, row("", d.Name, recipients.ByMail, of[d.Unit]))
		}
	}
	return rows
}

func row(label, name string, channel recipients.Channel, letters []mailer.Delivery) dispatchRow {
	r := dispatchRow{Label: label, Name: name, Channel: channel}
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
