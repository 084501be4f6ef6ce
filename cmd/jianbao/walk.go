package main

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"

	"jianbao/bulletin"
	"jianbao/fault"
	"jianbao/mailer"
	"jianbao/seeds"
	"jianbao/workflow"
)

// A walk takes issue 8 from wherever it stands to its schedule, as its people
// would, and remembers what was refused on the way. It asks the same desk as
// the pages do.
type walk struct {
	*office
	refusals []refusal
}

// A refusal is an act that the rules did not let pass.
type refusal struct {
	Who     string   `json:"who"`
	Act     string   `json:"act"`
	Reasons []string `json:"reasons"`
}

const keepDate = "样例沿用正文所印日期"

// toSchedule walks until the issue waits for the scheduler, or is past it.
func (w *walk) toSchedule(ctx context.Context) (uuid.UUID, error) {
	issue, err := w.issue8(ctx)
	if err != nil {
		return uuid.Nil, err
	}
	return issue.ID, w.onward(ctx, issue)
}

// onward takes steps as long as they lead on.
func (w *walk) onward(ctx context.Context, issue workflow.Issue) error {
	for {
		next, err := w.step(ctx, issue)
		if err != nil || next.Version == issue.Version {
			return err
		}
		issue = next
	}
}

// issue8 returns the issue of the real text, opened now if it is not there.
func (w *walk) issue8(ctx context.Context) (workflow.Issue, error) {
	list, err := w.store.Summaries(ctx, []uuid.UUID{seeds.SeriesID}, 100)
	if err != nil {
		return workflow.Issue{}, err
	}
	for _, s := range list {
		if s.State != workflow.Withdrawn {
			return w.store.Issue(ctx, s.ID)
		}
	}
	return w.desk.Open(ctx, w.as(ctx, seeds.EditorLogin), seeds.SeriesID, seeds.Issue8)
}

// step does the next thing that people would do; an issue that waits for the
// program comes back as it is.
func (w *walk) step(ctx context.Context, issue workflow.Issue) (workflow.Issue, error) {
	editor, reviewer, clerk := w.as(ctx, seeds.EditorLogin), w.as(ctx, seeds.ReviewerLogin), w.as(ctx, seeds.ClerkLogin)
	order := workflow.Order{Version: issue.Version}
	switch issue.State {
	case workflow.Draft:
		order.Act = workflow.Submit
		submitted, err := w.desk.Act(ctx, editor, issue.ID, order)
		if !fault.Is(err, fault.Blocked) {
			return submitted, err
		}
		w.refused(editor, order.Act, err)
		return w.settle(ctx, editor, issue, err)
	case workflow.Review:
		order.Act = workflow.Approve
		if _, err := w.desk.Act(ctx, editor, issue.ID, order); fault.As(err) != nil {
			w.refused(editor, order.Act, err)
		}
		return w.desk.Act(ctx, reviewer, issue.ID, order)
	case workflow.Approved:
		order.Act, order.KeepDate, order.Note = workflow.Register, true, keepDate
		return w.desk.Act(ctx, clerk, issue.ID, order)
	case workflow.Registered:
		order.Act, order.At = workflow.Schedule, time.Now()
		return w.desk.Act(ctx, clerk, issue.ID, order)
	}
	return issue, nil
}

// settle takes the proposed choice of the first problem that blocks.
func (w *walk) settle(ctx context.Context, editor workflow.Actor, issue workflow.Issue, refused error) (workflow.Issue, error) {
	for _, p := range issue.Problems {
		if p.Severity == bulletin.Block && len(p.Choices) > 0 {
			return w.desk.Settle(ctx, editor, issue.ID, issue.Version, p.Code, p.Line, p.Choices[0].Key)
		}
	}
	return issue, refused
}

func (w *walk) as(ctx context.Context, login string) workflow.Actor {
	person, err := w.store.ByLogin(ctx, login)
	if err != nil {
		w.log.Error("demo: no such person", "login", login, "err", err)
	}
	return workflow.Actor{Person: person}
}

func (w *walk) refused(actor workflow.Actor, act workflow.Act, err error) {
	r := refusal{Who: actor.Name(), Act: act.Title().In(fault.ZH)}
	for _, reason := range fault.Shown(err).Reasons {
		r.Reasons = append(r.Reasons, reason.In(fault.ZH))
	}
	w.refusals = append(w.refusals, r)
}

// send runs scheduler and mail engine until the issue is dispatched, which only
// a scheduler can have done: it is asked after each of its looks.
func (o *office) send(ctx context.Context, id uuid.UUID) error {
	ctx, stop := context.WithTimeout(ctx, patience)
	defer stop()
	looked := make(chan struct{}, 1)
	o.scheduler.Looked = func() {
		select {
		case looked <- struct{}{}:
		default:
		}
	}
	return together(ctx, o.scheduler.Run, o.engine.Run, func(ctx context.Context) error {
		for {
			select {
			case <-looked:
			case <-ctx.Done():
				return unfinished(ctx)
			}
			issue, err := o.store.Issue(ctx, id)
			if err != nil {
				return err
			}
			if issue.State == workflow.Dispatched || issue.State == workflow.Archived {
				return nil
			}
		}
	})
}

func unfinished(ctx context.Context) error {
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return fault.New(fault.Unavailable, demoLate.With(int(patience.Seconds())))
	}
	return fault.New(fault.Unavailable, demoStopped.With()).Because(ctx.Err())
}

// accepted returns how many letters of an issue a relay has taken so far.
func (o *office) accepted(ctx context.Context, id uuid.UUID) (int, error) {
	deliveries, err := o.store.Deliveries(ctx, id)
	n := 0
	for _, d := range deliveries {
		if d.State == mailer.Accepted {
			n++
		}
	}
	return n, err
}
