package mailer_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"jianbao/mailer"
)

// flaws are what relays do wrong, at any phase where it makes sense.
var flaws = []flaw{
	{"says 421", "421 4.3.2 closing", nil},
	{"says 451", "451 4.3.0 later", nil},
	{"says 554", "554 5.7.1 no", nil},
	{"talks garbage", "ok, that is fine", nil},
	{"says half a reply", "250-and\n250-so on", hangsUp},
	{"hangs up", "", hangsUp},
	{"dies", "", dies},
	{"stalls", "", stalls},
}

// makesSense leaves out the lies: a relay that takes a letter and says no gets it
// again, and no sender can help it.
func (f flaw) makesSense(at phase) bool {
	says := f.say != "" && f.over == nil
	switch at {
	case inText:
		return !says // TestGarbage has a relay that speaks there
	case behindDot:
		return !says || strings.HasPrefix(f.say, "ok")
	}
	return true
}

// refuses reports whether the flaw is a no to one letter, which fails it.
func (f flaw) refuses(at phase) bool {
	return strings.HasPrefix(f.say, "554") && at != atGreeting && at != atHello
}

// answers reports whether the flaw is an answer at all.
func (f flaw) answers() bool {
	return strings.HasPrefix(f.say, "421") || strings.HasPrefix(f.say, "451") || strings.HasPrefix(f.say, "554")
}

// TestEveryFlawAtEveryPhase has a relay make each mistake at each phase, at
// window 1 and 16, for letters that go out with their dot and for those of 430 KB,
// whose text the kernel sends before their mark. Whatever it does, the book
// agrees with what it took in the end.
func TestEveryFlawAtEveryPhase(t *testing.T) {
	for _, at := range phases {
		for _, f := range flaws {
			if !f.makesSense(at) {
				continue
			}
			t.Run(strings.ReplaceAll(f.name+" "+string(at), " ", "_"), func(t *testing.T) {
				t.Parallel()
				for _, window := range []int{1, 16} {
					for _, attached := range []int{0, 300 << 10} {
						flawed(t, f, at, window, attached)
					}
				}
			})
		}
	}
}

func flawed(t *testing.T, f flaw, at phase, window, attached int) {
	t.Helper()
	relay := &badRelay{flaw: f, at: at, times: 2}
	if f.name == "stalls" { // each costs the patience for a reply
		relay.times = 1
	}
	to := relay.start(t, 5*time.Second)
	if f.name == "stalls" {
		to.Timeout = 300 * time.Millisecond
		if at == inText || at == atDot || at == behindDot {
			to.Timeout, to.ReplyTimeout = time.Second, time.Second
		}
	}
	d := newDesk(t, to, 2)
	d.engine.Window = window
	ids := d.add(14, func(c *mailer.Content, _ []mailer.Delivery) {
		if attached > 0 {
			c.Attachments = []mailer.Attachment{{Name: "a.pdf", Type: "application/pdf", Data: make([]byte, attached)}}
		}
	})
	d.start()
	d.until("their ends", func() bool {
		d.clock.forward(20 * time.Second) // for those that wait
		n := d.states()
		return n[mailer.Accepted]+n[mailer.Uncertain]+n[mailer.Failed] == len(ids)
	})
	d.stop()
	what := fmt.Sprintf("window %d, %d bytes attached", window, attached)
	made, uncertain, failed := relay.mistakes(), 0, 0
	if at == inText { // the sockets hold more than a letter, so that the dot may be out
		uncertain = min(d.states()[mailer.Uncertain], made)
	}
	if f.refuses(at) {
		failed = made
	}
	if (at == atDot || at == behindDot) && !f.answers() {
		uncertain = made
	}
	if n := d.states(); n[mailer.Uncertain] != uncertain || n[mailer.Failed] != failed || made == 0 {
		t.Errorf("%s: after %d mistakes the letters are %v, want %d uncertain and %d failed", what, made, n, uncertain, failed)
	}
	for _, row := range d.queue.All() {
		switch n := relay.tally.of(row.ID); {
		case n > 1:
			t.Errorf("%s: %s was taken %d times", what, row.Address, n)
		case row.State == mailer.Accepted && n == 0:
			t.Errorf("%s: %s is called accepted and was not taken", what, row.Address)
		case row.State == mailer.Failed && n > 0:
			t.Errorf("%s: %s is called failed and was taken", what, row.Address)
		case row.State == mailer.Uncertain && (n == 1) != (at == behindDot):
			t.Errorf("%s: %s is uncertain and was taken %d times", what, row.Address, n)
		}
	}
}

// A relay may take its time for every byte, as long as each reply is there in
// time.
func TestARelayThatDripsIsUnderstood(t *testing.T) {
	for _, window := range []int{1, 16} {
		relay := &badRelay{drip: 500 * time.Microsecond}
		d := newDesk(t, relay.start(t, 5*time.Second), 2)
		d.engine.Window = window
		ids := d.add(6, nil)
		d.start()
		d.untilAll(mailer.Accepted)
		d.stop()
		relay.tally.each(t, ids, 1)
	}
}

// One that says a byte from time to time and never comes to an end is given up.
func TestAReplyThatNeverEndsIsGivenUp(t *testing.T) {
	relay := relayWith(t, func(_ int, c *talk) {
		c.greets()
		c.hears("DATA")
		c.say("250 ok\n250 ok\n354 go")
		c.hears(".\r\n")
		for err := error(nil); err == nil; _, err = c.Write([]byte("2")) {
			time.Sleep(20 * time.Millisecond)
		}
	})
	relay.ReplyTimeout = 200 * time.Millisecond
	began := time.Now()
	if a := sendOne(t, relay); a.Stage != mailer.Dot || a.Code != 0 {
		t.Errorf("%+v", a)
	}
	if took := time.Since(began); took > 5*time.Second {
		t.Errorf("it took %s", took)
	}
}
