package mailer

import (
	"context"
	"errors"
	"log/slog"
	"math/rand/v2"
	"time"

	"jianbao/fault"
)

// idle is how long a connection without a letter is kept.
const idle = 10 * time.Second

// A connection sends one letter after the other over one session, which it
// opens when there is a letter and opens anew when it is lost.
type connection struct {
	*run
	letters  <-chan []Delivery
	ahead    []*letter // taken and not begun
	session  *Session
	line     *line // by which the session goes, and the last letter went; nil before the first
	refusals int   // dials that failed in a row
}

// serve sends what comes until there is no more. When the context is cancelled
// it gives back whatever else comes.
func (c *connection) serve(ctx context.Context) {
	defer c.hangUp()
	for {
		l := c.next(ctx)
		if l == nil {
			return
		}
		c.deliver(ctx, l)
		if c.refusals > 0 && c.pass(c.now()) == open {
			// Others may be sending: a relay that limits connections refuses
			// just this one.
			c.wait(ctx, c.poll<<min(c.refusals-1, 5))
		}
	}
}

// next returns the next letter, or nil when there will be none.
func (c *connection) next(ctx context.Context) *letter {
	if len(c.ahead) == 0 {
		some, ok := c.receive()
		if !ok {
			return nil
		}
		c.take(ctx, some)
	}
	l := c.ahead[0]
	c.ahead = c.ahead[1:]
	return l
}

// receive waits for letters.
func (c *connection) receive() (some []Delivery, ok bool) {
	defer c.taken()
	if c.session == nil {
		some, ok = <-c.letters
		return some, ok
	}
	select {
	case some, ok = <-c.letters:
		return some, ok
	default:
	}
	timer := time.NewTimer(idle)
	defer timer.Stop()
	select {
	case some, ok = <-c.letters:
	case <-timer.C:
		c.hangUp()
		some, ok = <-c.letters
	}
	return some, ok
}

// take makes letters of deliveries, and has them marked if they are sent in a
// window: the marks of some are committed while those before them are sent.
func (c *connection) take(ctx context.Context, some []Delivery) {
	var marks []Mark
	var answers []chan<- error
	for _, d := range some {
		l := &letter{Delivery: d}
		c.ahead = append(c.ahead, l)
		if c.compose(ctx, l); l.parcel == nil || c.window == 1 {
			continue
		}
		l.marked = make(chan error, 1)
		marks = append(marks, Mark{ID: d.ID, Token: d.Token, At: c.now()})
		answers = append(answers, l.marked)
	}
	if len(marks) > 0 {
		c.recorder.mark(marks, answers)
	}
}

// peek returns the letter that comes next on this session if there is one at
// hand, so that its envelope can go out behind the dot of the one before.
func (c *connection) peek(ctx context.Context) *Parcel {
	// The letter that is being sent counts, and is not in ahead.
	if len(c.ahead)+1 <= c.window-c.portion() || len(c.ahead) == 0 {
		select {
		case some, ok := <-c.letters:
			if c.taken(); ok {
				c.take(ctx, some)
			}
		default:
		}
	}
	if len(c.ahead) == 0 || ctx.Err() != nil || !c.stays(c.now()) {
		return nil
	}
	l := c.ahead[0]
	if !c.held.has(l.ID, l.Token) {
		return nil
	}
	return l.parcel
}

func (c *connection) wait(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	}
}

func (c *connection) hangUp() {
	if c.session != nil {
		c.session.Quit()
		c.session = nil
	}
}

// deliver makes one attempt and hands in its outcome. A delivery that somebody
// else holds by now is left alone: whatever we know of it is nobody's business.
func (c *connection) deliver(ctx context.Context, l *letter) {
	began := c.now()
	a := c.attempt(ctx, l)
	if l.marked != nil {
		_ = l.leave() // a mark that was asked for is not left to be written behind the outcome
	}
	if errors.Is(a.Withheld, errFenced) {
		c.fenced(l)
		return
	}
	if a.Withheld != nil && a.Withheld != errStopping {
		c.log.Error("letter withheld", "delivery", l.ID, "issue", l.issue, "err", a.Withheld)
	}
	o := judge(a, try{
		delivery: l.Delivery, relay: c.at(), began: began, ended: c.now(),
		policy: c.policy, jitter: rand.Float64(),
	})
	c.settled(o, l)
}

// settled hands in what became of a letter.
func (c *connection) settled(o Outcome, l *letter) {
	c.Counters.settled(o.State)
	if c.log.Enabled(context.Background(), slog.LevelInfo) { // its arguments cost as much as the letter's header
		c.log.Info("letter", "delivery", l.ID, "dispatch", l.Dispatch, "issue", l.issue, "to", redacted(l.Address),
			"state", o.State, "stage", o.Stage, "code", o.Code, "words", redactedWords(o.Words), "took", o.Ended.Sub(o.Began))
	}
	c.recorder.settle(o, c.window == 1 && c.session != nil && c.session.prompt())
}

// fenced drops a letter that is no longer ours. Where one was taken from us
// more may have been, as when a dispatch is cancelled: they are looked for at
// once.
func (c *connection) fenced(l *letter) {
	c.Counters.Fenced.Add(1)
	c.held.drop(l.ID, l.Token)
	c.log.Warn("letter withheld: its delivery is held by somebody else", "delivery", l.ID, "issue", l.issue)
	c.look()
	c.recorder.wake() // an outcome may wait for the mark that this letter does not ask for
}

// attempt tries once to send a letter. What is known before the relay is asked,
// it is not asked. A letter that was announced is sent or its session is
// closed.
func (c *connection) attempt(ctx context.Context, l *letter) Answer {
	a, ok := c.spared(ctx, l)
	if ok {
		if c.session != nil && c.session.announced != nil {
			c.session.Close()
			c.session = nil
		}
		return a
	}
	c.board()
	a = c.send(ctx, l)
	c.line.gate.saw(a, c.now())
	c.heed(ctx, c.line, a)
	return a
}

// spared returns the answer to a letter that the relay is not asked about.
func (c *connection) spared(ctx context.Context, l *letter) (Answer, bool) {
	switch {
	case ctx.Err() != nil:
		return Answer{Stage: Dial, Withheld: errStopping}, true
	case !c.held.has(l.ID, l.Token):
		return Answer{Stage: Dial, Withheld: errFenced}, true
	case c.pass(c.now()) == closed:
		return c.lines[0].gate.why(), true
	case l.parcel == nil:
		return l.unfit, true
	}
	return Answer{}, false
}

// at is the relay that the last letter was for.
func (c *connection) at() string {
	if c.line == nil {
		return c.lines[0].relay.Addr
	}
	return c.line.relay.Addr
}

// unsent is the answer for a letter that was never offered: a fault is the
// letter's own, anything else passes.
func unsent(ctx context.Context, err error) Answer {
	if ctx.Err() != nil {
		err = errStopping
	}
	if f := fault.As(err); f != nil && f.Code != fault.Unavailable && f.Code != fault.Internal {
		return Answer{Stage: Dial, Unfit: true, Words: tidy(f.In(fault.ZH)), Err: err}
	}
	return Answer{Stage: Dial, Withheld: err}
}

// send sends a letter, once more on a fresh connection if the relay had given up
// the one that was kept open.
func (c *connection) send(ctx context.Context, l *letter) Answer {
	kept := c.session != nil
	a := c.sendOnce(ctx, l)
	if kept && a.stale() {
		a = c.sendOnce(ctx, l)
	}
	return a
}

func (c *connection) sendOnce(ctx context.Context, l *letter) Answer {
	if c.session != nil && c.session.announced == nil && c.session.Full() {
		c.hangUp()
	}
	if c.session == nil {
		if err := c.turn(ctx, l); err != nil {
			return Answer{Stage: Dial, Withheld: err}
		}
		session, a := c.line.relay.Open(ctx)
		if session == nil {
			if a.Withheld == nil {
				c.refusals++
			}
			return a
		}
		c.session, c.refusals = session, 0
		c.Counters.Opened.Add(1)
	}
	var upcoming *Parcel
	a := c.session.Send(ctx, l.parcel, Terms{
		Grace: c.grace, Next: func() *Parcel { return upcoming },
		BeforeDot: func() error {
			c.ask(l)
			upcoming = c.peek(ctx) // composed while the mark is committed
			return l.leave()
		},
	})
	if c.session.Closed() {
		c.session = nil
	}
	return a
}

// ask asks for the mark of a letter if nobody has.
func (c *connection) ask(l *letter) {
	if l.marked == nil {
		l.marked = make(chan error, 1)
		c.recorder.mark([]Mark{{ID: l.ID, Token: l.Token, At: c.now()}}, []chan<- error{l.marked})
	}
}
