package mailer_test

import (
	"bufio"
	"fmt"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"jianbao/fault"
	"jianbao/mailer"
	"jianbao/mailer/drain"
	"jianbao/mailer/sink"
)

// A talk is the relay's end of a connection, in the hands of a test.
type talk struct {
	net.Conn
	r         *bufio.Reader
	abandoned <-chan struct{} // closed when the test is over; nil for never
}

func (c *talk) say(words string) { fmt.Fprint(c, strings.ReplaceAll(words, "\n", "\r\n")+"\r\n") }

// hears reads lines up to one that begins with these words, and reports whether
// it came.
func (c *talk) hears(words string) bool {
	for {
		line, err := c.r.ReadString('\n')
		if err != nil {
			return false
		}
		if strings.HasPrefix(line, words) {
			return true
		}
	}
}

// greets offers PIPELINING.
func (c *talk) greets() {
	c.say("220 hello")
	c.hears("EHLO")
	c.say("250-hello\n250-PIPELINING\n250 DSN")
}

// envelope reads one up to DATA and returns its RCPT, and false if none comes.
func (c *talk) envelope() (to string, ok bool) {
	for {
		line, err := c.r.ReadString('\n')
		switch {
		case err != nil, strings.HasPrefix(line, "QUIT"):
			return "", false
		case strings.HasPrefix(line, "RCPT"):
			to = line
		case strings.HasPrefix(line, "DATA"):
			return to, true
		}
	}
}

// relayWith is a relay that does to each connection what the test says.
func relayWith(t *testing.T, serve func(n int, c *talk)) mailer.Relay {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var conns sync.WaitGroup
	conns.Go(func() {
		for n := 1; ; n++ {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			conns.Go(func() {
				defer conn.Close()
				_ = conn.SetDeadline(time.Now().Add(10 * time.Second))
				serve(n, &talk{Conn: conn, r: bufio.NewReader(conn)})
			})
		}
	})
	t.Cleanup(func() { l.Close(); conns.Wait() })
	return mailer.Relay{Addr: l.Addr().String(), Security: mailer.Plain, Timeout: 2 * time.Second, ReplyTimeout: 2 * time.Second}
}

func TestTheNextEnvelopeIsBehindTheDot(t *testing.T) {
	together := make(chan bool, 1)
	relay := relayWith(t, func(_ int, c *talk) {
		c.greets()
		c.hears("DATA")
		c.say("250 ok\n250 ok\n354 go")
		c.hears(".\r\n")
		together <- c.hears("MAIL") && c.hears("RCPT TO:<two@") && c.hears("DATA") // before the first has its reply
		c.say("250 ok queued as 1\n250 ok\n550 5.1.1 who is two\n503 no recipients")
		if c.hears("RSET") && c.hears("MAIL") && c.hears("DATA") {
			c.say("250 ok\n250 ok\n250 ok\n354 go")
			c.hears(".\r\n")
			c.say("250 ok queued as 3")
		}
		c.hears("QUIT")
	})
	s, a := relay.Open(t.Context())
	if s == nil {
		t.Fatalf("%+v", a)
	}
	one, two, three := parcelTo("one@unit.example"), parcelTo("two@unit.example"), parcelTo("three@unit.example")
	if a := s.Send(t.Context(), one, mailer.Terms{Next: func() *mailer.Parcel { return two }}); !a.Taken() || a.QueueID != "1" {
		t.Errorf("one: %+v", a)
	}
	if a := s.Send(t.Context(), two, terms); a.Code != 550 || a.Stage != mailer.Rcpt || a.Enhanced != "5.1.1" || s.Closed() {
		t.Errorf("two: %+v", a)
	}
	if a := s.Send(t.Context(), three, terms); !a.Taken() || a.QueueID != "3" {
		t.Errorf("three: %+v", a)
	}
	s.Quit()
	if !<-together {
		t.Error("the second envelope waited for the reply to the first letter")
	}
}

func TestARelayThatWantsTheTextOfARefusedLetterIsLeft(t *testing.T) {
	dot := make(chan bool, 1)
	relay := relayWith(t, func(_ int, c *talk) {
		c.greets()
		c.hears("DATA")
		c.say("250 ok\n550 no\n354 go")
		dot <- c.hears(".\r\n")
	})
	s, _ := relay.Open(t.Context())
	if a := s.Send(t.Context(), aParcel(), terms); a.Code != 550 || a.Stage != mailer.Rcpt || !s.Closed() {
		t.Errorf("%+v, closed %v", a, s.Closed())
	}
	if <-dot {
		t.Error("a dot went out")
	}
}

func TestGarbage(t *testing.T) {
	cases := []struct {
		name  string
		serve func(*talk)
		stage mailer.Stage
	}{
		{"for a greeting", func(c *talk) { c.say("HTTP/1.1 400 Bad Request") }, mailer.Dial},
		{"an endless line", func(c *talk) { c.say("220 " + strings.Repeat("x", 1<<16)) }, mailer.Dial},
		{"an endless reply", func(c *talk) { c.say("220-x" + strings.Repeat("\n220-x", 1000)) }, mailer.Dial},
		{"codes that change", func(c *talk) { c.say("220-a\n250 b") }, mailer.Dial},
		{"for an envelope", func(c *talk) { c.greets(); c.hears("DATA"); c.say("ok") }, mailer.Mail},
		{"behind the dot", func(c *talk) {
			c.greets()
			c.hears("DATA")
			c.say("250 ok\n250 ok\n354 go")
			c.hears(".\r\n")
			c.say("\x00\x01")
		}, mailer.Dot},
		{"before the dot", func(c *talk) { c.greets(); c.hears("DATA"); c.say("250 ok\n250 ok\n354 go\n250 queued already") }, mailer.Body},
	}
	for _, c := range cases {
		relay := relayWith(t, func(_ int, talk *talk) { c.serve(talk); talk.hears("never") })
		s, a := relay.Open(t.Context())
		if s != nil {
			a = s.Send(t.Context(), aParcel(), terms)
			if !s.Closed() {
				t.Errorf("%s: the session stays", c.name)
			}
		}
		if a.Stage != c.stage || a.Code != 0 || a.Taken() {
			t.Errorf("%s: %+v", c.name, a)
		}
	}
}

// Two connections fall silent behind their third dot, the next envelope unread.
func TestWhatWasAnnouncedWhenARelayDiesGoesOnce(t *testing.T) {
	for _, window := range []int{1, 4} {
		var mu sync.Mutex
		taken := map[string]int{}
		relay := relayWith(t, func(n int, c *talk) {
			c.greets()
			for letter := 1; ; letter++ {
				to, ok := c.envelope()
				if !ok {
					return
				}
				c.say("250 ok\n250 ok\n354 go")
				if !c.hears(".\r\n") {
					return
				}
				mu.Lock()
				taken[to]++
				mu.Unlock()
				if letter == 3 && n <= 2 {
					return
				}
				c.say("250 ok")
			}
		})
		d := newDesk(t, relay, 1)
		d.engine.Window = window
		ids := d.add(12, nil)
		d.start()
		d.until("all", func() bool { n := d.states(); return n[mailer.Accepted] == 10 && n[mailer.Uncertain] == 2 })
		d.stop()
		mu.Lock()
		if len(taken) != len(ids) {
			t.Errorf("window %d: %d letters were taken", window, len(taken))
		}
		for to, n := range taken {
			if n != 1 {
				t.Errorf("window %d: %s was taken %d times", window, to, n)
			}
		}
		mu.Unlock()
	}
}

// A connection has no more letters behind their marks than its window.
func TestNoMoreThanAWindowIsBehindItsMark(t *testing.T) {
	for _, window := range []int{1, 2, 3, 16} {
		d := newDesk(t, mailer.Relay{}, 2)
		var mu sync.Mutex
		most := 0
		relay, err := drain.Start("127.0.0.1:0", drain.Config{Took: func(string, string) {
			n := d.states()[mailer.Data]
			mu.Lock()
			defer mu.Unlock()
			most = max(most, n)
		}})
		if err != nil {
			t.Fatal(err)
		}
		d.engine.Relay = mailer.Relay{Addr: relay.Addr(), Security: mailer.Plain}
		d.engine.Window = window
		d.add(150, nil)
		d.start()
		d.untilAll(mailer.Accepted)
		d.stop()
		relay.Close()
		if most < 1 || most > 2*window {
			t.Errorf("window %d on 2 connections: %d letters behind their mark", window, most)
		}
		if relay.Count() != 150 {
			t.Errorf("%d letters taken", relay.Count())
		}
	}
}

func TestBouncesComeBackUnderTheDelivery(t *testing.T) {
	s := startSink(t, sink.Config{})
	d := newDesk(t, relayTo(s), 1)
	d.engine.ReturnPath = "jianbao+*@kjj.example"
	ids := d.add(1, nil)
	d.start()
	d.untilAll(mailer.Accepted)
	d.stop()
	if m := s.Messages()[0]; m.From != "jianbao+"+ids[0].String()+"@kjj.example" || m.Header("Auto-Submitted") != "auto-generated" {
		t.Errorf("%s, %q", m.From, m.Header("Auto-Submitted"))
	}
	for _, bad := range []string{"jianbao@kjj.example", "a b*@kjj.example", "*"} {
		d.engine.ReturnPath = bad
		if err := d.engine.Run(t.Context()); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", bad, err)
		}
	}
}

func TestAWindowStopsInTheMiddle(t *testing.T) {
	s := startSink(t, sink.Config{})
	d := newDesk(t, relayTo(s), 3)
	d.engine.Window = 8
	ids := d.add(1000, nil)
	d.start()
	d.until("some", func() bool { return d.states()[mailer.Accepted] > 50 })
	d.stop()
	n := d.states()
	if n[mailer.Queued]+n[mailer.Accepted] != 1000 || n[mailer.Accepted] != s.Count() {
		t.Fatalf("states %v, %d taken", n, s.Count())
	}
	d.start()
	d.untilAll(mailer.Accepted)
	each(t, s, ids, 1)
}

func TestAConnectionCarriesSoManyLetters(t *testing.T) {
	relay, err := drain.Start("127.0.0.1:0", drain.Config{})
	if err != nil {
		t.Fatal(err)
	}
	defer relay.Close()
	d := newDesk(t, mailer.Relay{Addr: relay.Addr(), Security: mailer.Plain}, 1)
	d.engine.Profile = mailer.Profile{PerConnection: 10}
	d.add(35, nil)
	d.start()
	d.untilAll(mailer.Accepted)
	if n := d.engine.Counters.Opened.Load(); n != 4 {
		t.Errorf("%d connections for 35 letters of 10 each", n)
	}
}
