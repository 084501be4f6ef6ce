package mailer

import (
	"io"
	"log/slog"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

var (
	wasTaken  = Answer{Stage: Reply, Code: 250}
	wasSilent = Answer{Stage: Dot, Words: "等待超时"}
	wasMissed = Answer{Stage: Dial, Words: "对方没有开放这个端口"}
	wasNo     = Answer{Stage: Rcpt, Code: 550}
)

func newGate() *gate {
	return &gate{log: slog.New(slog.NewTextHandler(io.Discard, nil)), relay: "relay.example:25"}
}

func TestGateShutsAfterThreeInARow(t *testing.T) {
	cases := []struct {
		name    string
		answers []Answer
		want    passage
	}{
		{"two without an answer", []Answer{wasSilent, wasSilent}, open},
		{"three without an answer", []Answer{wasSilent, wasSilent, wasSilent}, closed},
		{"one answered between", []Answer{wasSilent, wasSilent, wasTaken, wasSilent}, open},
		{"a refused recipient answers no dot", []Answer{wasSilent, wasSilent, wasNo, wasSilent}, closed},
		{"three not reached", []Answer{wasMissed, wasMissed, wasMissed}, closed},
		{"a refused recipient was reached", []Answer{wasMissed, wasMissed, wasNo, wasMissed}, open},
		{"three times 421", []Answer{{Stage: Mail, Code: 421}, {Stage: Dial, Code: 421}, {Stage: Rcpt, Code: 421}}, closed},
		{"lost in the text", []Answer{{Stage: Body}, {Stage: Body}, {Stage: Body}}, closed},
		{"withheld by us", []Answer{wasSilent, wasSilent, {Stage: Body, Withheld: errStopping}, {Stage: Dial, Unfit: true}}, open},
	}
	for _, c := range cases {
		g := newGate()
		for _, a := range c.answers {
			g.saw(a, noon)
		}
		if got := g.pass(noon); got != c.want {
			t.Errorf("%s: passage %d, want %d", c.name, got, c.want)
		}
	}
}

func TestGateLetsOneTryAndWaitsLonger(t *testing.T) {
	g := newGate()
	now := noon
	for range 3 {
		g.saw(wasMissed, now)
	}
	if why := g.why(); why.Stage != Dial || !why.Spared || why.Words != "连不上邮件中继relay.example:25：对方没有开放这个端口" {
		t.Errorf("why: %+v", why)
	}
	for _, pause := range []time.Duration{5 * time.Second, 10 * time.Second, 20 * time.Second} {
		g.saw(wasMissed, now) // was on its way when the pause began
		if got := g.pass(now.Add(pause - 1)); got != closed {
			t.Errorf("in a pause of %s: %d", pause, got)
		}
		now = now.Add(pause)
		if got := g.pass(now); got != single {
			t.Errorf("after a pause of %s: %d", pause, got)
		}
		g.saw(wasMissed, now)
	}
	for range 20 {
		now = now.Add(longestPause)
		g.saw(wasMissed, now)
	}
	if g.pass(now.Add(longestPause)) != single {
		t.Error("pauses grow without end")
	}
	g.saw(wasTaken, now)
	if g.pass(now) != open {
		t.Error("it stays shut although the relay is back")
	}
	for range 3 {
		g.saw(wasMissed, now)
	}
	if g.pass(now.Add(shortestPause)) != single {
		t.Error("the pause is not short again")
	}
}

// TestOnlyOneMayTry, of any number who ask at once; the next one when he has said
// what came of it.
func TestOnlyOneMayTry(t *testing.T) {
	g := newGate()
	for range 3 {
		var may atomic.Int32
		var all sync.WaitGroup
		for range 8 {
			all.Go(func() {
				if g.try() {
					may.Add(1)
				}
			})
		}
		all.Wait()
		if n := may.Load(); n != 1 {
			t.Errorf("%d may try at once", n)
		}
		g.saw(wasMissed, noon)
	}
}

// TestARestIsNotCutShort: what a relay asks for next is heard, unless it is less
// than what it asked for before.
func TestARestIsNotCutShort(t *testing.T) {
	g := newGate()
	for _, until := range []time.Duration{time.Hour, time.Minute, 2 * time.Hour, time.Hour} {
		g.rest(noon.Add(until), Answer{Stage: Rcpt, Code: 451})
	}
	if g.pass(noon.Add(2*time.Hour-1)) != closed || g.pass(noon.Add(2*time.Hour)) != single {
		t.Error("the rest is another than the longest")
	}
}

// TestWhatWeWithheldSaysNothingOfTheRelay, however often.
func TestWhatWeWithheldSaysNothingOfTheRelay(t *testing.T) {
	for _, a := range []Answer{{Stage: Body, Withheld: errFenced}, {Stage: Dial, Withheld: errStopping}, {Stage: Mail, Unfit: true}} {
		g := newGate()
		for range 2 * tooMany {
			g.saw(a, noon)
		}
		if g.pass(noon) != open {
			t.Errorf("%+v shuts the gate", a)
		}
	}
}
