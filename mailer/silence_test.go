package mailer

import (
	"bufio"
	"context"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// TestAnUnfinishedDotIsTakenBack: a letter that goes out together with its dot is
// stopped while the relay does not read on. It is known not to have gone; had the
// dot been out, nobody would know.
func TestAnUnfinishedDotIsTakenBack(t *testing.T) {
	for name, c := range map[string]struct {
		reads int // bytes that the relay reads of text and dot before the stop
		want  Stage
	}{
		"in the text":        {10, Body},
		"within the dot":     {len("Subject: s\r\n\r\nline\r\n."), Body},
		"behind the dot":     {len("Subject: s\r\n\r\nline\r\n.\r\n"), Dot},
		"in the next letter": {len("Subject: s\r\n\r\nline\r\n.\r\nMAIL"), Dot},
	} {
		synctest.Test(t, func(t *testing.T) {
			s, relay := piped(t, extensions{pipelining: true})
			p := &Parcel{From: "a@b.example", To: "c@d.example", Header: []byte("Subject: s\r\n\r\n"), Body: Text{{Data: []byte("line")}}}
			ctx, cancel := context.WithCancel(t.Context())
			go func() {
				r := bufio.NewReader(relay)
				for line := ""; !strings.HasPrefix(line, "DATA"); {
					line, _ = r.ReadString('\n')
				}
				_, _ = relay.Write([]byte("250 ok\r\n250 ok\r\n354 go\r\n"))
				for range c.reads {
					_, _ = relay.Read(make([]byte, 1))
				}
				synctest.Wait() // it writes, and nobody reads
				cancel()
			}()
			began := time.Now()
			a := s.Send(ctx, p, Terms{Grace: time.Second, Next: func() *Parcel { return p }})
			withheld := a.Withheld != nil
			if a.Stage != c.want || withheld != (c.want == Body) || a.Taken() {
				t.Errorf("%s: %+v", name, a)
			}
			if took := time.Since(began); c.want == Body && took > 0 {
				t.Errorf("%s: it took %s to stop", name, took)
			}
			relay.Close()
		})
	}
}

// TestAStopIsNotWaitedFor: a relay that says nothing, at whatever command, keeps
// nobody from stopping before the dot.
func TestAStopIsNotWaitedFor(t *testing.T) {
	for _, replies := range []string{"", "250 ok\r\n", "250 ok\r\n250 ok\r\n"} {
		synctest.Test(t, func(t *testing.T) {
			s, relay := piped(t, extensions{pipelining: true})
			defer relay.Close()
			ctx, cancel := context.WithCancel(t.Context())
			go func() {
				r := bufio.NewReader(relay)
				for line := ""; !strings.HasPrefix(line, "DATA"); {
					line, _ = r.ReadString('\n')
				}
				_, _ = relay.Write([]byte(replies))
				synctest.Wait()
				cancel()
			}()
			began := time.Now()
			a := s.Send(ctx, &Parcel{From: "a@b.example", To: "c@d.example"}, Terms{Grace: time.Second})
			if took := time.Since(began); a.Withheld == nil || took > 0 {
				t.Errorf("behind %q: %+v after %s", replies, a, took)
			}
		})
	}
}
