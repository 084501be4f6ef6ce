package mailer_test

import (
	"net"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"jianbao/mailer"
	"jianbao/mailer/sink"
)

// times lets a script act on the first n letters at a point.
func times(n int32, at sink.Point, act sink.Act) func(sink.Point, sink.Message) sink.Act {
	var done atomic.Int32
	return func(p sink.Point, _ sink.Message) sink.Act {
		if p == at && done.Add(1) <= n {
			return act
		}
		return sink.Act{}
	}
}

func TestRefusals(t *testing.T) {
	cases := []struct {
		point sink.Point
		code  int
		state mailer.State
		stage mailer.Stage
	}{
		{sink.Hello, 421, mailer.Deferred, mailer.Dial},
		{sink.Hello, 554, mailer.Deferred, mailer.Dial},
		{sink.Mail, 451, mailer.Deferred, mailer.Mail},
		{sink.Mail, 550, mailer.Failed, mailer.Mail},
		{sink.Rcpt, 450, mailer.Deferred, mailer.Rcpt},
		{sink.Rcpt, 421, mailer.Deferred, mailer.Rcpt},
		{sink.Rcpt, 550, mailer.Failed, mailer.Rcpt},
		{sink.Text, 452, mailer.Deferred, mailer.Reply},
		{sink.Dot, 451, mailer.Deferred, mailer.Reply},
		{sink.Dot, 554, mailer.Failed, mailer.Reply},
	}
	for _, c := range cases {
		s := startSink(t, sink.Config{Script: times(1, c.point, sink.Act{Code: c.code, Words: "a reason"})})
		d := newDesk(t, relayTo(s), 1)
		ids := d.add(1, nil)
		d.start()
		d.untilAll(c.state)
		row, attempts := d.get(ids[0])
		if len(attempts) != 1 || attempts[0].Stage != c.stage || row.Code != c.code || !strings.Contains(row.Words, "a reason") {
			t.Errorf("%s %d: %+v with %+v", c.point, c.code, row, attempts)
		}
		if c.state == mailer.Deferred {
			d.clock.forward(4 * time.Minute)
			d.untilAll(mailer.Accepted)
			each(t, s, ids, 1)
		}
		d.stop()
	}
}

func TestHungUpBeforeTheDotGoesOnceLater(t *testing.T) {
	s := startSink(t, sink.Config{Script: times(1, sink.Text, sink.Act{Drop: true})})
	d := newDesk(t, relayTo(s), 1)
	ids := d.add(1, func(c *mailer.Content, _ []mailer.Delivery) { // more than the sockets hold
		c.Attachments = []mailer.Attachment{{Name: "a.pdf", Type: "application/pdf", Data: make([]byte, 16<<20)}}
	})
	d.start()
	d.untilAll(mailer.Deferred)
	if _, attempts := d.get(ids[0]); attempts[0].Stage != mailer.Body {
		t.Errorf("%+v", attempts)
	}
	d.clock.forward(4 * time.Minute)
	d.untilAll(mailer.Accepted)
	each(t, s, ids, 1)
}

func TestHungUpBehindTheDotIsUncertainAndStaysSo(t *testing.T) {
	s := startSink(t, sink.Config{Script: times(1, sink.Kept, sink.Act{Drop: true})})
	d := newDesk(t, relayTo(s), 1)
	ids := d.add(2, nil)
	d.start()
	d.until("both", func() bool { n := d.states(); return n[mailer.Uncertain] == 1 && n[mailer.Accepted] == 1 })
	d.clock.forward(24 * time.Hour)
	after := d.add(1, nil) // the engine is alive and has looked at the queue again
	d.until("the third", func() bool { return d.states()[mailer.Accepted] == 2 })
	each(t, s, append(ids, after...), 1)
	for _, row := range d.queue.All() {
		if row.State == mailer.Uncertain && row.Words == "" {
			t.Error("nothing says why")
		}
	}
}

func TestHungUpBehindTheDotIsResentAsTheSameLetter(t *testing.T) {
	s := startSink(t, sink.Config{Script: times(1, sink.Kept, sink.Act{Drop: true})})
	d := newDesk(t, relayTo(s), 1)
	d.engine.Policy = mailer.Resend
	ids := d.add(1, nil)
	d.start()
	d.untilAll(mailer.Deferred)
	d.clock.forward(4 * time.Minute)
	d.untilAll(mailer.Accepted)
	each(t, s, ids, 2)
	if m := s.Messages(); string(m[0].Raw[:200]) != string(m[1].Raw[:200]) {
		t.Error("the second letter is another one")
	}
}

func TestAKeptConnectionThatDiedCostsNothing(t *testing.T) {
	for _, act := range []sink.Act{{Drop: true}, {Code: 421, Words: "4.4.2 timeout, closing"}} {
		var letters atomic.Int32
		s := startSink(t, sink.Config{Script: func(p sink.Point, _ sink.Message) sink.Act {
			if p == sink.Mail && letters.Add(1) == 2 {
				return act // between the first letter and the second
			}
			return sink.Act{}
		}})
		d := newDesk(t, relayTo(s), 1)
		ids := d.add(3, nil)
		d.start()
		d.untilAll(mailer.Accepted)
		each(t, s, ids, 1)
		for _, id := range ids {
			if _, attempts := d.get(id); len(attempts) != 1 {
				t.Errorf("%+v: %d attempts", act, len(attempts))
			}
		}
		d.stop()
	}
}

func TestRelayDown(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	relay := mailer.Relay{Addr: l.Addr().String(), Security: mailer.Plain, Timeout: time.Second}
	l.Close()
	d := newDesk(t, relay, 4)
	ids := d.add(40, nil)
	d.start()
	d.untilAll(mailer.Deferred)
	row, attempts := d.get(ids[7])
	if want := "连不上邮件中继" + relay.Addr + "：对方没有开放这个端口"; row.Words != want || attempts[0].Stage != mailer.Dial {
		t.Errorf("%q, want %q; %+v", row.Words, want, attempts)
	}
}

func TestARelayThatSays421IsNotHammered(t *testing.T) {
	var dials atomic.Int32
	s := startSink(t, sink.Config{Script: func(p sink.Point, _ sink.Message) sink.Act {
		if p == sink.Hello {
			dials.Add(1)
		}
		return sink.Act{Code: 421, Words: "4.7.0 too many"}
	}})
	d := newDesk(t, relayTo(s), 8)
	d.add(200, nil)
	d.start()
	d.until("some to be deferred", func() bool {
		n := d.states()
		resting := n[mailer.Deferred] > 0 && n[mailer.Deferred]+n[mailer.Queued] == 200
		return n[mailer.Deferred] >= 50 || resting
	})
	d.stop()
	if n := dials.Load(); n > 16 {
		t.Errorf("%d dials", n)
	}
}

func TestThreeUncertainOpenTheBreaker(t *testing.T) {
	s := startSink(t, sink.Config{Script: times(3, sink.Kept, sink.Act{Drop: true})})
	d := newDesk(t, relayTo(s), 1)
	ids := d.add(10, nil)
	d.start()
	d.until("the pause", func() bool { n := d.states(); return n[mailer.Uncertain] == 3 && n[mailer.Deferred] == 7 })
	if s.Count() != 3 {
		t.Errorf("%d letters went", s.Count())
	}
	d.clock.forward(10 * time.Minute)
	d.until("the rest", func() bool { return d.states()[mailer.Accepted] == 7 })
	each(t, s, ids, 1)
}

func TestStopInTheMiddle(t *testing.T) {
	s := startSink(t, sink.Config{})
	d := newDesk(t, relayTo(s), 4)
	ids := d.add(2000, nil)
	d.start()
	d.until("some", func() bool { return d.states()[mailer.Accepted] > 50 })
	d.stop()
	n := d.states()
	if n[mailer.Queued]+n[mailer.Accepted] != 2000 || n[mailer.Queued] == 0 || n[mailer.Accepted] != s.Count() {
		t.Fatalf("states %v, %d taken", n, s.Count())
	}
	again := *newDesk(t, relayTo(s), 8)
	again.queue, again.engine.Queue, again.engine.Parts = d.queue, d.queue, d.queue
	again.start()
	again.untilAll(mailer.Accepted)
	each(t, s, ids, 1)
}

func TestStopWaitsForALetterBehindItsDot(t *testing.T) {
	behind, reply := make(chan struct{}), make(chan struct{})
	s := startSink(t, sink.Config{Script: func(p sink.Point, _ sink.Message) sink.Act {
		if p == sink.Kept {
			close(behind)
			<-reply
		}
		return sink.Act{}
	}})
	d := newDesk(t, relayTo(s), 1)
	ids := d.add(3, nil)
	d.start()
	<-behind
	time.AfterFunc(50*time.Millisecond, func() { close(reply) })
	d.stop()
	if n := d.states(); n[mailer.Accepted] != 1 || n[mailer.Queued] != 2 {
		t.Errorf("states %v", n)
	}
	if row, attempts := d.get(ids[0]); row.State == mailer.Queued && len(attempts) != 0 {
		t.Errorf("%+v", attempts)
	}
}

func TestStopDoesNotWaitForEver(t *testing.T) {
	behind := make(chan struct{})
	s := startSink(t, sink.Config{Script: func(p sink.Point, _ sink.Message) sink.Act {
		if p == sink.Kept {
			close(behind)
			return sink.Act{Stall: true}
		}
		return sink.Act{}
	}})
	d := newDesk(t, relayTo(s), 1)
	d.engine.Grace = 50 * time.Millisecond
	d.add(1, nil)
	d.start()
	<-behind
	began := time.Now()
	d.stop()
	if took := time.Since(began); took > 20*time.Second { // a reply may take minutes
		t.Errorf("it took %s", took)
	}
	d.untilAll(mailer.Uncertain)
}
