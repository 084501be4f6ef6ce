package mailer_test

import (
	"context"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// TestARelayThatTalksWithoutEndIsLeft: it is not waited for that it stops, and
// little of what it says is read, at whatever moment it begins.
func TestARelayThatTalksWithoutEndIsLeft(t *testing.T) {
	const most = 8 << 20 // what sockets may hold, and then some
	for name, c := range map[string]struct {
		first, more string
	}{
		"one line":       {"250 ", strings.Repeat("x", 1<<12)},
		"line on line":   {"250-a\r\n", strings.Repeat("250-a\r\n", 500)},
		"empty lines":    {"250-\r\n", strings.Repeat("250-\r\n", 500)},
		"a long refusal": {"550-no\r\n", strings.Repeat("550-no\r\n", 500)},
	} {
		for _, until := range []string{"", "EHLO", "MAIL", ".\r\n"} {
			var said atomic.Int64
			relay := relayWith(t, func(_ int, talk *talk) {
				talk.saysYesUntil(until)
				_, err := talk.Write([]byte(c.first))
				for err == nil && said.Load() < 2*most {
					var n int
					n, err = talk.Write([]byte(c.more))
					said.Add(int64(n))
				}
			})
			relay.Timeout, relay.ReplyTimeout = time.Minute, time.Minute // it is not time that ends it
			ctx, stop := context.WithTimeout(t.Context(), 20*time.Second)
			s, a := relay.Open(ctx)
			if s != nil {
				a = s.Send(ctx, aParcel(), terms)
				s.Close()
			}
			if stop(); a.Taken() || a.Withheld != nil || a.Err == nil || said.Load() >= most {
				t.Errorf("%s, behind %q: %+v, having heard %d bytes", name, until, a, said.Load())
			}
		}
	}
}

// saysYesUntil speaks as a relay does up to a command, which it leaves without an
// answer; "" is none.
func (c *talk) saysYesUntil(until string) {
	if until == "" {
		return
	}
	c.say("220 hello")
	for _, step := range []struct{ command, reply string }{{"EHLO", "250-hello\n250 HELP"}, {"MAIL", "250 ok"}, {"RCPT", "250 ok"}, {"DATA", "354 go"}, {".\r\n", ""}} {
		if !c.hears(step.command) || step.command == until {
			return
		}
		c.say(step.reply)
	}
}

// TestManyLinesAreRead: a relay that explains itself at length is heard to the end.
func TestManyLinesAreRead(t *testing.T) {
	relay := relayWith(t, func(_ int, c *talk) {
		c.say("220" + strings.Repeat("-we are glad to see you\n220", 100) + " hello")
		c.hears("EHLO")
		c.say("250-" + strings.Repeat("x", 3000) + "\n250 SIZE 12345")
		c.hears("QUIT")
	})
	s, a := relay.Open(t.Context())
	if s == nil {
		t.Fatalf("%+v", a)
	}
	if got := s.Offers(); got.Size != 12345 {
		t.Errorf("%+v", got)
	}
	s.Quit()
}
