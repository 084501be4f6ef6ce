package workflow

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/google/uuid"

	"jianbao/bulletin"
	"jianbao/fault"
)

// A Scheduler is what moves an issue when nobody clicks: it releases what is
// due, notices that all letters are settled, and opens the next issue on its
// cadence. Any number of processes may run one over the same database: every
// act is guarded by the version of the issue, every fire is a unique row.
type Scheduler struct {
	Desk   *Desk
	Agenda Agenda
	Log    *slog.Logger
	// Every is the time between two looks; 0 means one second.
	Every time.Duration
	// Released is called after a release, to wake the mail engine; may be nil.
	Released func()
	// Looked is called after every look, for whoever waits for what the
	// scheduler does; may be nil.
	Looked func()
}

// Robot is the scheduler's name in history.
const Robot = "调度"

// batch is how many issues one look takes up of each sort.
const batch = 50

// Run looks until ctx ends, and returns nil then. What fails is logged and
// tried again at the next look.
func (s *Scheduler) Run(ctx context.Context) error {
	every := s.Every
	if every == 0 {
		every = time.Second
	}
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		if err := s.Look(ctx); err != nil && ctx.Err() == nil {
			s.Log.Error("scheduler: look", "err", err)
		}
		if s.Looked != nil {
			s.Looked()
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}

// Look does once what is due now. It does all it can and returns what failed,
// joined.
func (s *Scheduler) Look(ctx context.Context) error {
	return errors.Join(s.release(ctx), s.finish(ctx), s.fire(ctx))
}

func (s *Scheduler) actor() Actor { return Actor{Robot: Robot} }

func (s *Scheduler) release(ctx context.Context) error {
	ids, err := s.Agenda.Due(ctx, s.Desk.Now(), batch)
	for _, id := range ids {
		_, failed := s.Desk.Release(ctx, s.actor(), id)
		switch {
		case failed == nil:
			if s.Released != nil {
				s.Released()
			}
		case fault.Is(failed, fault.Conflict): // another process was first
		case fault.Is(failed, fault.Blocked): // said on the issue's page; looked at again
			s.Log.Warn("scheduler: not released", "issue", id, "why", failed.Error())
		default:
			err = errors.Join(err, failed)
		}
	}
	return err
}

func (s *Scheduler) finish(ctx context.Context) error {
	ids, err := s.Agenda.Settled(ctx, batch)
	for _, id := range ids {
		issue, failed := s.Desk.Books.Issue(ctx, id)
		if failed == nil {
			_, failed = s.Desk.Act(ctx, s.actor(), id, Order{Act: Finish, Version: issue.Version})
		}
		if failed != nil && !fault.Is(failed, fault.Conflict) && !fault.Is(failed, fault.Blocked) {
			err = errors.Join(err, failed)
		}
	}
	return err
}

func (s *Scheduler) fire(ctx context.Context) error {
	cursors, err := s.Agenda.Cursors(ctx)
	for _, cursor := range cursors {
		fire, due, failed := DueFire(cursor, s.Desk.Now())
		if failed == nil && due {
			_, failed = s.Agenda.Fire(ctx, fire, func(v FireView) (Fire, *Change, error) {
				done, change := NextIssue(v, fire, s.Desk.Now(), s.Desk.NewID)
				return done, change, nil
			})
		}
		err = errors.Join(err, failed)
	}
	return err
}

// NextIssue is the work of a fire: the draft of the next issue, unless the
// fire comes too late or a draft lies open already.
func NextIssue(v FireView, fire Fire, now time.Time, newID func() uuid.UUID) (Fire, *Change) {
	if now.Sub(fire.At) > v.Series.Cadence.maxLate() {
		fire.Outcome = "too-late"
		return fire, nil
	}
	for _, issue := range v.Open {
		if issue.State == Draft {
			fire.Outcome, fire.Issue = "already-open", issue.ID
			return fire, nil
		}
	}
	date := bulletin.DateOf(fire.At)
	document := proposal(v, date)
	text := bulletin.Format(document)
	draft := DraftText{Text: text, Reading: bulletin.Parse(text)}
	if v.Last != nil {
		draft.Circulation = v.Last.Circulation
	}
	change := OpenIssue(v.Series, Actor{Robot: Robot}, draft, now, newID)
	fire.Outcome, fire.Issue = "opened", change.Issue.ID
	return fire, &change
}

// proposal is what the next issue takes from its series and the last one:
// head, sections, lists, roles and print run, with a provisional number.
func proposal(v FireView, date bulletin.Date) bulletin.Document {
	number := NextNumber(v.Register, bulletin.Ordinary, date.Year)
	d := bulletin.Document{
		Masthead: v.Series.Masthead, Organs: []string{v.Series.Organ}, Date: date,
		Number: bulletin.Number{Kind: bulletin.Ordinary, No: number.No},
	}
	for _, name := range v.Series.Sections {
		d.Sections = append(d.Sections, bulletin.Section{Name: name})
	}
	if v.Last != nil {
		last := v.Last.Document
		d.Remark.Slot = last.Remark.Slot
		d.Lists, d.Roles, d.Phones, d.PrintRun = last.Lists, last.Roles, last.Phones, last.PrintRun
	}
	return d
}
