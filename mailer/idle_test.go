package mailer

import (
	"bufio"
	"context"
	"io"
	"log/slog"
	"net"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/uuid"
)

// piped is a session whose other end is in the hands of a test, which reads what
// it does not answer to be there.
func piped(t *testing.T, offers extensions) (*Session, net.Conn) {
	t.Helper()
	near, far := net.Pipe()
	timed := newTimedConn(near, time.Minute)
	s := &Session{timed: timed, relay: Relay{Timeout: time.Minute, ReplyTimeout: time.Minute}, offers: offers}
	s.wire = newWire(timed, timed)
	return s, far
}

// bareRun is a run without an engine at work.
func bareRun() *run {
	return &run{
		Engine: &Engine{}, window: 1, connections: 1, now: func() time.Time { return noon }, log: slog.New(slog.NewTextHandler(io.Discard, nil)),
		took: make(chan struct{}, 1), lost: make(chan struct{}, 1),
	}
}

// TestAConnectionWithoutLettersIsEnded: with a QUIT, when it has been idle for so
// long; and the letters that come afterwards are taken all the same.
func TestAConnectionWithoutLettersIsEnded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, relay := piped(t, extensions{})
		letters := make(chan []Delivery)
		c := &connection{run: bareRun(), letters: letters, session: s}
		began := time.Now()
		said := make(chan time.Duration, 1)
		go func() {
			line, err := bufio.NewReader(relay).ReadString('\n')
			if err != nil || line != "QUIT\r\n" {
				t.Errorf("%q, %v", line, err)
			}
			said <- time.Since(began)
			_, _ = relay.Write([]byte("221 bye\r\n")) // its end is told by what it read
		}()
		type taken struct {
			some []Delivery
			ok   bool
		}
		came := make(chan taken, 1)
		go func() { some, ok := c.receive(); came <- taken{some, ok} }()
		if at := <-said; at != idle {
			t.Errorf("ended after %s, not %s", at, idle)
		}
		letters <- []Delivery{{ID: uuid.New()}}
		if got := <-came; !got.ok || len(got.some) != 1 || c.session != nil {
			t.Errorf("%+v, session %v", got, c.session)
		}
	})
}

// TestABusyConnectionIsKept: letters that come before that keep it open.
func TestABusyConnectionIsKept(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, relay := piped(t, extensions{})
		defer relay.Close()
		letters := make(chan []Delivery)
		c := &connection{run: bareRun(), letters: letters, session: s}
		for range 5 {
			go func() {
				time.Sleep(idle - time.Second)
				letters <- []Delivery{{ID: uuid.New()}}
			}()
			if some, ok := c.receive(); !ok || len(some) != 1 || c.session != s {
				t.Fatalf("%v, %v, session %v", some, ok, c.session)
			}
		}
		s.Close()
	})
}

// TestOnlyALetterThatIsHeldIsAnnounced: the next envelope goes out behind a dot
// only while its letter is this engine's, under this claim.
func TestOnlyALetterThatIsHeldIsAnnounced(t *testing.T) {
	mine := Delivery{ID: uuid.New(), Token: uuid.New()}
	for name, c := range map[string]struct {
		held Delivery
		stop bool
		shut bool
		want bool
	}{
		"held":                    {held: mine, want: true},
		"taken away":              {held: Delivery{ID: uuid.New(), Token: mine.Token}},
		"claimed anew since":      {held: Delivery{ID: mine.ID, Token: uuid.New()}},
		"told to stop":            {held: mine, stop: true},
		"the relay is left alone": {held: mine, shut: true},
	} {
		ctx, stop := context.WithCancel(t.Context())
		defer stop()
		r := bareRun()
		l := &line{gate: newGate()}
		r.lines = []*line{l}
		r.held.add([]Delivery{c.held})
		conn := &connection{run: r, line: l, letters: make(chan []Delivery), ahead: []*letter{{Delivery: mine, parcel: &Parcel{}}}}
		if c.stop {
			stop()
		}
		if c.shut {
			for range tooMany {
				l.gate.saw(wasSilent, noon)
			}
		}
		if got := conn.peek(ctx); (got != nil) != c.want {
			t.Errorf("%s: announced %v", name, got != nil)
		}
	}
}
