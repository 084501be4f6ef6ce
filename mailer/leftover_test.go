package mailer_test

import (
	"errors"
	"io"
	"strings"
	"testing"

	"jianbao/mailer"
)

// TestARefusedLetterIsClearedAway before the next one is offered, by relays that
// take one command at a time as well (RFC 5321 4.1.1.5).
func TestARefusedLetterIsClearedAway(t *testing.T) {
	heard := make(chan []string, 1)
	relay := relayWith(t, func(_ int, c *talk) {
		c.say("220 hello")
		c.hears("EHLO")
		c.say("250 hello")
		var all []string
		for _, step := range []struct{ command, reply string }{{"MAIL", "250 ok"}, {"RCPT", "550 no"}, {"RSET", "250 ok"}, {"MAIL", "250 ok"}, {"RCPT", "250 ok"}, {"DATA", "354 go"}, {".", "250 ok"}, {"MAIL", "250 ok"}, {"RCPT", "450 later"}} {
			all = append(all, c.lines(step.command)...)
			c.say(step.reply)
		}
		heard <- all
		c.hears("QUIT")
	})
	s, a := relay.Open(t.Context())
	if s == nil {
		t.Fatalf("%+v", a)
	}
	for n, want := range []int{550, 250, 450} {
		if a := s.Send(t.Context(), aParcel(), terms); a.Code != want || s.Closed() {
			t.Errorf("letter %d: %+v, closed %v", n, a, s.Closed())
		}
	}
	s.Quit()
	verbs := ""
	for _, line := range <-heard {
		if verb, _, _ := strings.Cut(line, " "); len(verb) == 4 && strings.ToUpper(verb) == verb {
			verbs += verb + " "
		}
	}
	if want := "MAIL RCPT RSET MAIL RCPT DATA MAIL RCPT "; verbs != want {
		t.Errorf("it heard %s", verbs)
	}
}

// TestARelayThatClosesIsLeft: behind a 421 nothing more is said on a connection, at
// whatever command it comes (RFC 5321 3.8).
func TestARelayThatClosesIsLeft(t *testing.T) {
	for _, at := range []string{"MAIL", "RCPT", "DATA", ".\r\n"} {
		relay := relayWith(t, func(_ int, c *talk) {
			c.saysYesUntil(at)
			c.say("421 4.3.2 closing")
			if line, err := c.r.ReadString('\n'); err == nil {
				t.Errorf("at %q: it was told %q", at, line)
			}
		})
		s, a := relay.Open(t.Context())
		if s == nil {
			t.Fatalf("%+v", a)
		}
		if a = s.Send(t.Context(), aParcel(), terms); a.Code != 421 || !s.Closed() {
			t.Errorf("at %q: %+v, closed %v", at, a, s.Closed())
		}
	}
}

// TestAWithheldTextEndsInTheMiddle: no command goes out behind it, which would be
// part of it, and no dot.
func TestAWithheldTextEndsInTheMiddle(t *testing.T) {
	rest := make(chan string, 1)
	relay := relayWith(t, func(_ int, c *talk) {
		c.saysYesUntil("DATA")
		c.say("354 go")
		all, _ := io.ReadAll(c.r)
		rest <- string(all)
	})
	s, a := relay.Open(t.Context())
	if s == nil {
		t.Fatalf("%+v", a)
	}
	no := errors.New("no")
	p := largeParcel()
	if a = s.Send(t.Context(), p, mailer.Terms{BeforeDot: func() error { return no }}); !errors.Is(a.Withheld, no) {
		t.Errorf("%+v", a)
	}
	s.Quit()
	if text := <-rest; text != string(p.Header)+string(p.Body.Bytes()) {
		t.Errorf("%d bytes came of %d; the last are %q", len(text), len(p.Header)+p.Body.Size(), text[max(0, len(text)-20):])
	}
}
