package mailer

import (
	"log/slog"
	"sync"
	"time"

	"jianbao/fault"
)

var sayLeftAlone = fault.Say("mailer.left-alone", "邮件中继%s接连没有答复（%s），过一会儿再试", "the mail relay %s left letters without an answer (%s); it is tried again later")

// How a gate opens and shuts.
const (
	tooMany       = 3 // losses, or letters without an answer, in a row
	shortestPause = 5 * time.Second
	longestPause  = 10 * time.Minute
)

// A gate stands before a relay and is the breaker of the whole engine. It shuts
// when, three times in a row, the relay was not reached, or hung up, or left a
// letter without an answer; then nothing is sent for a pause that grows from
// time to time. After it one letter tries alone. Without it, a relay that says
// 421 is dialled thousands of times a second, and one that swallows answers
// makes every letter of a dispatch uncertain.
type gate struct {
	log   *slog.Logger
	relay string

	mu     sync.Mutex
	misses int // in a row: not reached, or lost before the dot
	silent int // in a row: no answer behind the dot
	shut   bool
	until  time.Time
	pauses int
	trying bool // somebody tries whether it is back
	reason Answer
}

// A passage is what the gate lets through.
type passage int

const (
	closed passage = iota
	single         // one letter, alone, to try whether the relay is back
	open
)

// pass returns what may go at a time.
func (g *gate) pass(now time.Time) passage {
	g.mu.Lock()
	defer g.mu.Unlock()
	switch {
	case !g.shut:
		return open
	case now.Before(g.until):
		return closed
	}
	return single
}

// why returns the answer to a letter that is not let through.
func (g *gate) why() Answer {
	g.mu.Lock()
	defer g.mu.Unlock()
	reason := sayLeftAlone.With(g.relay, g.reason.Words)
	if g.reason.Stage == Dial {
		reason = notReached(g.reason, g.relay)
	}
	return Answer{Stage: Dial, Spared: true, Words: tidy(reason.In(fault.ZH)), Err: g.reason.Err}
}

// try reports whether the caller may be the one who tries if the relay is back.
// He says what came of it to saw.
func (g *gate) try() bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.trying {
		return false
	}
	g.trying = true
	return true
}

// saw learns from an answer.
func (g *gate) saw(a Answer, now time.Time) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.trying = false
	switch {
	case a.Withheld != nil || a.Unfit:
		return
	case unanswered(a):
		g.silent++
	case a.Stage == Dial || a.Code == 0 || a.Code == 421:
		g.misses++
	default:
		g.answered(a)
		return
	}
	if g.misses >= tooMany || g.silent >= tooMany || g.shut {
		g.close(a, now)
	}
}

// rest closes the gate until a time because the relay asked for it.
func (g *gate) rest(until time.Time, a Answer) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.shut && !g.until.Before(until) {
		return
	}
	g.shut, g.until, g.reason = true, until, a
	g.log.Warn("relay asks for a rest", "relay", g.relay, "code", a.Code, "words", a.Words, "until", until)
}

// answered notes that the relay is there; only an answer to a dot shows that it
// answers dots.
func (g *gate) answered(a Answer) {
	g.misses = 0
	if a.Stage == Reply {
		g.silent = 0
	}
	if g.shut && g.silent < tooMany {
		g.shut, g.pauses = false, 0
		g.log.Info("relay is back", "relay", g.relay)
	}
}

// close begins a pause, once: letters that were on their way already when it
// began do not lengthen it.
func (g *gate) close(a Answer, now time.Time) {
	if g.shut && now.Before(g.until) {
		return
	}
	pause := longestPause
	if g.pauses < 10 {
		pause = min(shortestPause<<g.pauses, longestPause)
	}
	g.pauses++
	g.shut, g.until, g.reason = true, now.Add(pause), a
	g.log.Warn("relay is left alone", "relay", g.relay, "stage", a.Stage, "code", a.Code, "words", a.Words, "for", pause)
}
