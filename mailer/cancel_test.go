package mailer_test

import (
	"bytes"
	"context"
	"testing"

	"jianbao/mailer"
	"jianbao/mailer/sink"
)

// largeParcel is a letter whose text goes out before its dot.
func largeParcel() *mailer.Parcel {
	p := aParcel()
	p.Body = mailer.Text{{Data: bytes.Repeat([]byte("a line of a large letter\r\n"), 10_000)}}
	return p
}

// TestCancelledAtTheDotALetterHasNotGone: whoever stops the engine between the
// committed mark and the dot stops the letter, and knows that it has not gone.
func TestCancelledAtTheDotALetterHasNotGone(t *testing.T) {
	for name, p := range map[string]*mailer.Parcel{"small": aParcel(), "large": largeParcel()} {
		s := startSink(t, sink.Config{})
		session, _ := relayTo(s).Open(t.Context())
		ctx, cancel := context.WithCancel(t.Context())
		a := session.Send(ctx, p, mailer.Terms{BeforeDot: func() error { cancel(); return nil }})
		if a.Withheld == nil || a.Stage != mailer.Body || a.Taken() || !session.Closed() {
			t.Errorf("%s: %+v, closed %v", name, a, session.Closed())
		}
		s.Close()
		if n := s.Count(); n != 0 {
			t.Errorf("%s: %d letters went", name, n)
		}
	}
}

// TestCancelledBeforeItsEnvelopeALetterHasNotGone.
func TestCancelledBeforeItsEnvelopeALetterHasNotGone(t *testing.T) {
	s := startSink(t, sink.Config{})
	session, _ := relayTo(s).Open(t.Context())
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	asked := false
	a := session.Send(ctx, aParcel(), mailer.Terms{BeforeDot: func() error { asked = true; return nil }})
	s.Close()
	if a.Withheld == nil || a.Taken() || s.Count() != 0 {
		t.Errorf("%+v, asked for the dot %v, %d letters went", a, asked, s.Count())
	}
}

// TestStoppedAtTheDotTheLettersAreBackInTheQueue, with no attempt and no doubt,
// and go once when the engine runs again.
func TestStoppedAtTheDotTheLettersAreBackInTheQueue(t *testing.T) {
	s := startSink(t, sink.Config{})
	d := newDesk(t, relayTo(s), 1)
	ids := d.add(3, nil)
	stopped := make(chan struct{})
	d.queue.Before = func(method string) error {
		if method == "Record" { // the mark of the first is about to be committed
			select {
			case <-stopped:
			default:
				d.cancel()
				close(stopped)
			}
		}
		return nil
	}
	d.start()
	<-stopped
	d.stop()
	if n := d.states(); n[mailer.Queued] != 3 || s.Count() != 0 {
		t.Errorf("states %v, %d letters went", n, s.Count())
	}
	for _, id := range ids {
		if row, attempts := d.get(id); len(attempts) != 0 || row.Tries != 0 {
			t.Errorf("%+v with %+v", row, attempts)
		}
	}
	d.queue.Before = nil
	d.start()
	d.untilAll(mailer.Accepted)
	each(t, s, ids, 1)
}
