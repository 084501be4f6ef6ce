package workflow

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"

	"jianbao/fault"
)

// A clock that is set ahead releases what was scheduled for later. Nothing can
// be told of that while it is ahead: it becomes known when the clock is right
// again, or to another machine, by a release that lies in the time to come. What
// went out is out; people have to know that it went out before its time, and
// that the times in its history are wrong.

// clockSlack is how far clocks of machines may differ without anybody being told.
const clockSlack = 2 * time.Minute

// Misdated is where a [ClockWatch] finds releases. It is one transaction.
type Misdated interface {
	// ReleasedAhead returns up to limit issues that are out, that were released
	// later than a moment by the clock that released them, and whose history does
	// not say so yet.
	ReleasedAhead(ctx context.Context, after time.Time, limit int) ([]uuid.UUID, error)
}

// A ClockWatch writes into the history of an issue that it went out by a clock
// that was ahead. It is a chore of the scheduler.
type ClockWatch struct {
	Desk     *Desk
	Releases Misdated
}

// Look writes what is not written yet. It does all it can and returns what
// failed, joined.
func (w ClockWatch) Look(ctx context.Context, now time.Time) error {
	ids, err := w.Releases.ReleasedAhead(ctx, now.Add(clockSlack), batch)
	for _, id := range ids {
		issue, failed := w.Desk.Books.Issue(ctx, id)
		if failed == nil {
			_, failed = w.Desk.Act(ctx, Actor{Robot: Robot}, id, Order{Act: Misdate, Version: issue.Version})
		}
		if failed != nil && !fault.Is(failed, fault.Conflict) && !fault.Is(failed, fault.Blocked) {
			err = errors.Join(err, failed)
		}
	}
	return err
}

var (
	inThePast = fault.Say("workflow.not-ahead", "发出时间%s不晚于现在", "the time of its release, %s, is not ahead of now")
	wasAhead  = fault.Say("workflow.was-ahead", "记为%s发出，而发现时才%s：发出时的时钟至少快了%s，请核对各机器的时钟", "it is recorded as released at %s, and that was noticed at %s: the clock was at least %s ahead; check the clocks of the machines")
	sayAhead  = fault.Say("workflow.ahead-scheduled", "原定%s发出，实际早于定时", "it was scheduled for %s and went out before")

	sayMisdated = fault.Say("workflow.notice.misdated", "%s在时钟偏快时发出，实际发出时间不晚于%s，可能早于定时；请核对时钟和收件单位", "%s was released by a clock that was ahead, not after %s and perhaps before its time; check the clocks, and who has it")

	releasedAhead = Rule{"released-ahead",
		fault.Say("workflow.rule.released-ahead", "发出时间晚于现在", "it was released at a time to come"),
		func(c Case) []fault.Reason {
			return unless(c.Issue.Released.After(c.Now.Add(clockSlack)), inThePast.With(c.Issue.Released.In(c.Series.Location()).Format("2006-01-02 15:04")))
		}}
)

// applyMisdate keeps in history what the two clocks said. What was recorded is
// not changed.
func applyMisdate(c Case, _ *Change) []fault.Reason {
	clock := func(t time.Time) string { return t.In(c.Series.Location()).Format("2006-01-02 15:04") }
	facts := []fault.Reason{wasAhead.With(clock(c.Issue.Released), clock(c.Now), c.Issue.Released.Sub(c.Now).Round(time.Minute).String())}
	if c.Issue.ReleaseAt.After(c.Now) {
		facts = append(facts, sayAhead.With(clock(c.Issue.ReleaseAt)))
	}
	return facts
}
