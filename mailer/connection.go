package mailer

import (
	"context"
	"errors"
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
	session  *Session
	refusals int // dials that failed in a row
}

// serve sends what comes until there is no more. When the context is cancelled
// it gives back whatever else comes.
func (c *connection) serve(ctx context.Context, letters <-chan Delivery) {
	defer c.hangUp()
	for {
		d, ok := c.next(letters)
		if !ok {
			return
		}
		c.deliver(ctx, d)
		if c.refusals > 0 && c.gate.pass(c.now()) == open {
			// Others may be sending: a relay that limits connections refuses
			// just this one.
			c.wait(ctx, c.poll<<min(c.refusals-1, 5))
		}
	}
}

func (c *connection) next(letters <-chan Delivery) (Delivery, bool) {
	if c.session == nil {
		d, ok := <-letters
		return d, ok
	}
	timer := time.NewTimer(idle)
	defer timer.Stop()
	select {
	case d, ok := <-letters:
		return d, ok
	case <-timer.C:
		c.hangUp()
		d, ok := <-letters
		return d, ok
	}
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
func (c *connection) deliver(ctx context.Context, d Delivery) {
	if !c.held.has(d.ID, d.Token) {
		c.Counters.Fenced.Add(1)
		return
	}
	began := c.now()
	a := c.attempt(ctx, d)
	if errors.Is(a.Withheld, errFenced) {
		c.Counters.Fenced.Add(1)
		c.held.drop(d.ID, d.Token)
		c.log.Warn("letter withheld: its delivery is held by somebody else", "delivery", d.ID)
		return
	}
	if a.Withheld != nil && a.Withheld != errStopping {
		c.log.Error("letter withheld", "delivery", d.ID, "err", a.Withheld)
	}
	o := judge(a, try{
		delivery: d, relay: c.Relay.Addr, began: began, ended: c.now(),
		policy: c.policy, jitter: rand.Float64(),
	})
	c.Counters.settled(o.State)
	c.log.Info("letter", "delivery", d.ID, "dispatch", d.Dispatch, "to", Redact(d.Address),
		"state", o.State, "stage", o.Stage, "code", o.Code, "words", redactWords(o.Words), "took", o.Ended.Sub(o.Began))
	c.recorder.settle(o)
}

// attempt tries once to send a letter. What is known before the relay is asked,
// it is not asked.
func (c *connection) attempt(ctx context.Context, d Delivery) Answer {
	if ctx.Err() != nil {
		return Answer{Stage: Dial, Withheld: errStopping}
	}
	if c.gate.pass(c.now()) == closed {
		return c.gate.why()
	}
	letter, err := c.shelf.letter(ctx, d.Dispatch)
	if err != nil {
		return unsent(ctx, err)
	}
	header, err := letter.Header(d)
	if err != nil {
		return unsent(ctx, err)
	}
	a := c.send(ctx, d, letter, header)
	c.gate.saw(a, c.now())
	return a
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
func (c *connection) send(ctx context.Context, d Delivery, letter *Letter, header []byte) Answer {
	kept := c.session != nil
	a := c.sendOnce(ctx, d, letter, header)
	if kept && a.stale() {
		a = c.sendOnce(ctx, d, letter, header)
	}
	return a
}

func (c *connection) sendOnce(ctx context.Context, d Delivery, letter *Letter, header []byte) Answer {
	if c.session == nil {
		session, a := c.Relay.Open(ctx)
		if session == nil {
			if a.Withheld == nil {
				c.refusals++
			}
			return a
		}
		c.session, c.refusals = session, 0
		c.Counters.Opened.Add(1)
	}
	env := Envelope{From: letter.From(), To: d.Address}
	a := c.session.Send(ctx, env, header, letter.Body(), c.grace, func(context.Context) error {
		return c.recorder.mark(Mark{ID: d.ID, Token: d.Token, At: c.now()})
	})
	if !a.reusable() {
		c.session = nil
	}
	return a
}
