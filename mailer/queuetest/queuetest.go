// Package queuetest checks that a mailer.Queue keeps its contract, whatever
// database is behind it.
//
//	func TestQueue(t *testing.T) {
//		queuetest.Run(t, func(t *testing.T) queuetest.Fixture {
//			s := openEmpty(t)
//			return queuetest.Fixture{Queue: s, Add: s.addDispatch, Get: s.delivery}
//		})
//	}
//
// What it wants to see, beyond the words of the interface:
//
//   - Claim gives the deliveries of several dispatches their turns: of ten
//     claimed while a large and a small dispatch are waiting, at least three are
//     the small one's. Urgent ones come before all others.
//   - A token is dead when its delivery is settled or reaped: the same outcome
//     recorded twice makes one attempt.
//   - Every outcome that is not Queued makes an attempt, adds one to Tries and
//     sets Code, Words and QueueID. Whether Queued, given back untried, leaves an
//     attempt is not looked at; it must not add to Tries.
//   - A mark holds for a claimed delivery under its token and makes it Data.
//   - The next address of a failed delivery is a delivery of its own with a new
//     id, for the same dispatch and unit, with the remaining addresses, due at
//     once.
//   - Reap acts on leases that ended at or before now, and leaves an attempt.
//   - A call whose context is cancelled before it begins changes nothing.
//
// Times are in UTC and whole microseconds.
package queuetest

import (
	"context"
	"fmt"
	"net/mail"
	"testing"
	"time"

	"github.com/google/uuid"

	"jianbao/mailer"
)

// A Fixture is an empty queue with a way to fill it and to look into it.
type Fixture struct {
	Queue mailer.Queue
	// Add stores a dispatch with its deliveries, as a release does. It is
	// called with what a database may want to refer to made up: the ids of
	// dispatch and units belong to nothing.
	Add func(context.Context, mailer.Content, []mailer.Delivery) error
	// Get returns a delivery and its attempts, the first one first.
	Get func(context.Context, uuid.UUID) (mailer.Delivery, []mailer.Attempt, error)
}

// Run runs all tests, each on a fixture of its own.
func Run(t *testing.T, open func(t *testing.T) Fixture) {
	tests := []struct {
		name string
		test func(*bench)
	}{
		{"claim takes what is due in its order", claimInOrder},
		{"claim gives a token and a lease", claimGivesLease},
		{"claim prefers the urgent", claimUrgentFirst},
		{"claim is fair between dispatches", claimFairly},
		{"claim never gives one delivery twice", claimOnce},
		{"deferred waits for its time", deferredWaits},
		{"record settles and keeps the attempt", recordSettles},
		{"record marks and settles together", recordTogether},
		{"record settles once", recordOnce},
		{"record is fenced", recordIsFenced},
		{"given back is queued again", givenBack},
		{"cancelled changes nothing", cancelledChangesNothing},
		{"failure queues the next address", failureQueuesNext},
		{"only failure queues the next address", onlyFailureQueuesNext},
		{"renew moves the leases that are held", renewMoves},
		{"reap waits for the lease", reapWaits},
		{"reap asks", reapAsks},
		{"reap sends again", reapResends},
		{"reap fences the dead", reapFences},
	}
	for _, c := range tests {
		t.Run(c.name, func(t *testing.T) {
			f := open(t)
			c.test(&bench{T: t, Fixture: f, ctx: t.Context()})
		})
	}
}

// start is when every test begins.
var start = time.Date(2026, 3, 2, 1, 0, 0, 0, time.UTC)

// a bench is what the tests are written with.
type bench struct {
	*testing.T
	Fixture
	ctx context.Context
}

// Dispatch returns a content for tests: a small bulletin.
func Dispatch() mailer.Content {
	return mailer.Content{
		Dispatch: uuid.Must(uuid.NewV7()),
		From:     mail.Address{Name: "鄂尔多斯科技简报", Address: "jianbao@kjj.example"},
		ListID:   "kejijianbao.kjj.example",
		Subject:  "【鄂尔多斯科技简报】2021年第8期",
		Text:     []byte("宿迁开启人才争夺新模式。\n"),
		HTML:     []byte("<p>宿迁开启人才争夺新模式。</p>\n"),
	}
}

// Deliveries returns n deliveries of a dispatch, queued and due at a time, each
// a microsecond after the one before.
func Deliveries(dispatch uuid.UUID, n int, at time.Time) []mailer.Delivery {
	all := make([]mailer.Delivery, n)
	for i := range all {
		due := at.Add(time.Duration(i) * time.Microsecond)
		all[i] = mailer.Delivery{
			ID: uuid.Must(uuid.NewV7()), Dispatch: dispatch, Unit: uuid.Must(uuid.NewV7()),
			Name: fmt.Sprintf("第%d局办公室", i+1), Address: fmt.Sprintf("office%d@unit%d.example", i+1, i+1),
			State: mailer.Queued, NextAt: due, Created: at, Updated: at,
		}
	}
	return all
}

func (b *bench) add(c mailer.Content, n int, at time.Time) []mailer.Delivery {
	b.Helper()
	all := Deliveries(c.Dispatch, n, at)
	b.must(b.Add(b.ctx, c, all))
	return all
}

func (b *bench) must(err error) {
	b.Helper()
	if err != nil {
		b.Fatal(err)
	}
}

func (b *bench) claim(limit int, now time.Time) []mailer.Delivery {
	b.Helper()
	claimed, err := b.Queue.Claim(b.ctx, limit, now, now.Add(time.Minute))
	b.must(err)
	return claimed
}

// one adds a single delivery and claims it at start.
func (b *bench) one(change func(*mailer.Delivery)) mailer.Delivery {
	b.Helper()
	c := Dispatch()
	all := Deliveries(c.Dispatch, 1, start)
	if change != nil {
		change(&all[0])
	}
	b.must(b.Add(b.ctx, c, all))
	claimed := b.claim(1, start)
	if len(claimed) != 1 || claimed[0].ID != all[0].ID {
		b.Fatalf("claimed %v, want %s", claimed, all[0].ID)
	}
	return claimed[0]
}

func (b *bench) record(outcomes []mailer.Outcome, marks ...mailer.Mark) []uuid.UUID {
	b.Helper()
	held, err := b.Queue.Record(b.ctx, outcomes, marks)
	b.must(err)
	return held
}

func (b *bench) get(id uuid.UUID) (mailer.Delivery, []mailer.Attempt) {
	b.Helper()
	d, attempts, err := b.Get(b.ctx, id)
	b.must(err)
	return d, attempts
}

// is fails unless a delivery is in a state with that many attempts.
func (b *bench) is(id uuid.UUID, state mailer.State, attempts int) mailer.Delivery {
	b.Helper()
	d, made := b.get(id)
	if d.State != state || len(made) != attempts {
		b.Errorf("%s with %d attempts, want %s with %d", d.State, len(made), state, attempts)
	}
	return d
}

func outcome(d mailer.Delivery, state mailer.State) mailer.Outcome {
	o := mailer.Outcome{
		Delivery: d.ID, Token: d.Token, State: state, NextAt: start.Add(time.Hour),
		Began: start, Ended: start.Add(time.Second), Stage: mailer.Reply, Relay: "relay.example:25",
		Code: 250, Enhanced: "2.0.0", Words: "好 queued as 4B1F", QueueID: "4B1F",
	}
	if state == mailer.Failed {
		o.Stage, o.Code, o.Enhanced, o.Words, o.QueueID = mailer.Rcpt, 550, "5.1.1", "no such user", ""
	}
	return o
}

func mark(d mailer.Delivery) mailer.Mark {
	return mailer.Mark{ID: d.ID, Token: d.Token, At: start.Add(time.Second)}
}
