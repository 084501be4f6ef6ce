package mailer

import (
	"context"
	"time"
)

// A postponed letter goes back into the queue until a time.
type postponed struct {
	Delivery
	until time.Time
}

// polite lets through as many of the claimed letters as the budgets of the
// relay and of the recipients' domains have, and gives the others back until
// there is more. It returns when the relay's budget has more, the zero time if
// it was not used up.
func (r *run) polite(ctx context.Context, claimed []Delivery) (going []Delivery, relayAt time.Time) {
	p := r.Profile
	if r.Pace == nil || len(claimed) == 0 || p.Relay.every() == 0 && p.Domain.every() == 0 {
		return claimed, time.Time{}
	}
	now := r.now()
	going, later, err := r.byDomain(ctx, claimed, now)
	if err == nil && len(going) > 0 {
		var grants []Grant
		grants, err = r.Pace.Take(ctx, now, []Want{{Key: relayKey(r.first(now)), N: len(going), Rate: p.Relay}})
		if err == nil && grants[0].N < len(going) {
			relayAt = grants[0].Next
			for _, d := range going[grants[0].N:] {
				later = append(later, postponed{d, relayAt})
			}
			going = going[:grants[0].N]
		}
	}
	if err != nil { // better late than too fast
		r.log.Error("pace", "err", err)
		going, later = nil, nil
		for _, d := range claimed {
			later = append(later, postponed{d, now.Add(storeWait)})
		}
	}
	r.giveBack(later, now)
	return going, relayAt
}

// byDomain splits letters by the budgets of their recipients' domains. Those of
// one domain that must wait come back one after the other.
func (r *run) byDomain(ctx context.Context, claimed []Delivery, now time.Time) (going []Delivery, later []postponed, err error) {
	every := r.Profile.Domain.every()
	if every == 0 {
		return claimed, nil, nil
	}
	of := map[string]int{}
	var wants []Want
	for _, d := range claimed {
		key := domainKey(d.Address)
		i, seen := of[key]
		if !seen {
			i = len(wants)
			of[key] = i
			wants = append(wants, Want{Key: key, Rate: r.Profile.Domain})
		}
		wants[i].N++
	}
	grants, err := r.Pace.Take(ctx, now, wants)
	if err != nil {
		return nil, nil, err
	}
	for _, d := range claimed {
		g := &grants[of[domainKey(d.Address)]]
		if g.N > 0 {
			g.N--
			going = append(going, d)
			continue
		}
		later = append(later, postponed{d, g.Next})
		g.Next = g.Next.Add(every)
	}
	return going, later, nil
}

// first is the relay that letters go to now.
func (r *run) first(now time.Time) string {
	for _, l := range r.lines {
		if l.gate.pass(now) == open {
			return l.relay.Addr
		}
	}
	return r.lines[0].relay.Addr
}

// giveBack puts letters back untried.
func (r *run) giveBack(later []postponed, now time.Time) {
	for i, p := range later {
		o := Outcome{Delivery: p.ID, Dispatch: p.Dispatch, Token: p.Token, State: Queued, NextAt: p.until, Began: now, Ended: now, Stage: Dial, Relay: r.first(now)}
		r.Counters.settled(Queued)
		r.recorder.settle(o, i < len(later)-1)
	}
}

// heed leaves the relay alone for as long as its answer asks for, where that is
// about us and not about the letter.
func (r *run) heed(ctx context.Context, l *line, a Answer) {
	h := hintIn(a.Code, a.Words)
	if !h.everybody || a.Withheld != nil {
		return
	}
	until := r.now().Add(h.wait)
	l.gate.rest(until, a)
	if r.Pace == nil {
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), storePatience)
	defer cancel()
	if err := r.Pace.Hold(ctx, relayKey(l.relay.Addr), until); err != nil {
		r.log.Error("pace", "err", err)
	}
}
