package web

import (
	"context"
	"time"

	"github.com/google/uuid"

	"jianbao/bulletin"
	"jianbao/fault"
	"jianbao/recipients"
	"jianbao/workflow"
	"jianbao/workflow/calendar"
)

// A dryRun is what would happen if an issue went out as it stands.
type dryRun struct {
	Units, Mailed, Copies int
	// Silent are the units that should have mail and have no address.
	Silent []recipients.Place
	// Number is what it has, or would be given now.
	Number workflow.Number
	// Against is the last issue that went out, and Difference what is other
	// than in its lists.
	Against    workflow.Number
	Difference []fault.Reason
	Window     fault.Reason
	Next       time.Time // when the window is open next
}

// runOf counts what would go out.
func runOf(c recipients.Circulation) dryRun {
	var run dryRun
	seen := map[uuid.UUID]bool{}
	for _, p := range c.All() {
		run.Copies += p.Paper()
		if seen[p.Unit] {
			continue
		}
		seen[p.Unit] = true
		run.Units++
		switch {
		case !p.Channel.Mails():
		case len(p.Addresses) == 0:
			run.Silent = append(run.Silent, p)
		default:
			run.Mailed++
		}
	}
	return run
}

// dryRunOf says what an issue's release would be. Before the sign-off there
// is none: what goes out is still being made.
func (s *server) dryRunOf(ctx context.Context, issue workflow.Issue, series workflow.Series) (*dryRun, error) {
	switch issue.State {
	case workflow.Approved, workflow.Registered, workflow.Scheduled:
	default:
		return nil, nil
	}
	run := runOf(issue.Circulation)
	run.Copies += issue.Copies.File + issue.Copies.Spare
	run.Window, run.Next = series.Window.Describe(), s.opens(ctx, series)
	if run.Number = issue.Number; run.Number.IsZero() {
		lines, err := s.Books.Register(ctx, series.ID)
		if err != nil {
			return nil, err
		}
		run.Number = workflow.NextNumber(lines, kindOrOrdinary(issue.Kind), s.Now().In(series.Location()).Year())
	}
	last, err := s.lastSent(ctx, issue)
	if err != nil || last == nil {
		return &run, err
	}
	run.Against, run.Difference = last.Number, recipients.Compare(last.Circulation, issue.Circulation).Reasons()
	return &run, nil
}

func kindOrOrdinary(kind bulletin.Kind) bulletin.Kind {
	if kind == "" {
		return bulletin.Ordinary
	}
	return kind
}

// opens is when the send window of a series is open next.
func (s *server) opens(ctx context.Context, series workflow.Series) time.Time {
	years, err := s.Agenda.Years(ctx)
	if err != nil {
		years = nil // the weekends are still right
	}
	c := calendar.Calendar{Zone: series.Location(), Years: calendar.Known(years...)}
	return c.NextWithin(series.Window, s.Now())
}

// lastSent returns the issue of the series that was numbered last and has left
// the desk, other than this one; nil if there is none here.
func (s *server) lastSent(ctx context.Context, issue workflow.Issue) (*workflow.Issue, error) {
	all, err := s.Reads.Summaries(ctx, []uuid.UUID{issue.Series}, listLimit)
	if err != nil {
		return nil, err
	}
	var last workflow.Summary
	for _, one := range all {
		sent := one.State == workflow.Dispatching || one.State == workflow.Dispatched || one.State == workflow.Archived
		if sent && one.ID != issue.ID && (one.Number.Year > last.Number.Year || one.Number.Year == last.Number.Year && one.Number.No > last.Number.No) {
			last = one
		}
	}
	if last.ID == uuid.Nil {
		return nil, nil
	}
	found, err := s.Reads.Issue(ctx, last.ID)
	return &found, err
}
