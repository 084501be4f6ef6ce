package mailer_test

import (
	"errors"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"jianbao/mailer"
)

// A phase is a moment of a conversation at which a relay can go wrong.
type phase string

const (
	atGreeting phase = "at the greeting"
	atHello    phase = "at EHLO"
	atMail     phase = "at MAIL"
	atRcpt     phase = "at RCPT"
	atData     phase = "at DATA"
	inText     phase = "in the text"
	atDot      phase = "at the dot, untaken"
	behindDot  phase = "behind the dot, taken"
)

// phases are all of them in their order.
var phases = []phase{atGreeting, atHello, atMail, atRcpt, atData, inText, atDot, behindDot}

// A flaw is what a relay does wrong at a phase.
type flaw struct {
	name string
	// say is what is said instead of the reply; "" is nothing. The conversation
	// goes on behind it unless over is set.
	say  string
	over func(*talk)
}

var (
	hangsUp = func(c *talk) { _ = c.Close() }
	dies    = func(c *talk) {
		if tcp, ok := c.Conn.(*net.TCPConn); ok {
			_ = tcp.SetLinger(0) // what is on the way is lost, and the other side is told so
		}
		_ = c.Close()
	}
	// stalls neither reads nor writes until the other side has given it up.
	stalls = func(c *talk) { <-c.abandoned }
)

// A badRelay speaks SMTP with PIPELINING, and makes one mistake the first few
// times that it comes to a phase. What it took is in the tally.
type badRelay struct {
	flaw flaw
	at   phase
	drip time.Duration // between two bytes of everything it says; 0 is none

	mu    sync.Mutex
	times int // that the mistake is still to be made
	made  int
	tally tally
	done  chan struct{} // closed when the test is over
}

// errOver ends a conversation.
var errOver = errors.New("over")

// reply says words, or makes the mistake.
func (b *badRelay) reply(c *talk, at phase, words string) error {
	if at == b.at && b.errs() {
		if b.flaw.say != "" {
			c.say(b.flaw.say)
		}
		if b.flaw.over != nil {
			b.flaw.over(c)
			return errOver
		}
		if strings.HasPrefix(b.flaw.say, "421") {
			return errOver
		}
		return errMistaken
	}
	c.drip(words, b.drip)
	return nil
}

// errMistaken says that the reply was another one.
var errMistaken = errors.New("mistaken")

func (b *badRelay) errs() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.made == b.times {
		return false
	}
	b.made++
	return true
}

// mistakes returns how often the mistake was made.
func (b *badRelay) mistakes() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.made
}

// drip says words, slowly.
func (c *talk) drip(words string, each time.Duration) {
	switch {
	case words == "":
		return
	case each == 0:
		c.say(words)
		return
	}
	for _, b := range []byte(strings.ReplaceAll(words, "\n", "\r\n") + "\r\n") {
		time.Sleep(each)
		_, _ = c.Write([]byte{b}) // the other side may be gone
	}
}

func (b *badRelay) serve(_ int, c *talk) {
	c.abandoned = b.done
	if b.reply(c, atGreeting, "220 bad.example") == errOver {
		return
	}
	to, known := "", false // known: there is somebody to take a letter for
	for {
		line, err := c.r.ReadString('\n')
		if err != nil {
			return
		}
		verb, rest, _ := strings.Cut(strings.TrimRight(line, "\r\n"), " ")
		switch {
		case verb == "EHLO":
			err = b.reply(c, atHello, "250-bad.example\n250-PIPELINING\n250 DSN")
		case verb == "MAIL":
			err = b.reply(c, atMail, "250 ok")
			known = err == nil
		case !known && (verb == "RCPT" || verb == "DATA"):
			c.say("503 bad sequence of commands")
		case verb == "RCPT":
			_, rest, _ = strings.Cut(rest, "<")
			to, _, _ = strings.Cut(rest, ">")
			err = b.reply(c, atRcpt, "250 ok")
			known = err == nil
		case verb == "DATA":
			err = b.text(c, to)
			known = false
		case verb == "QUIT":
			c.say("221 bye")
			return
		default:
			c.say("250 ok")
		}
		if err == errOver {
			return
		}
	}
}

// text takes a letter.
func (b *badRelay) text(c *talk, to string) error {
	if err := b.reply(c, atData, "354 go"); err != nil {
		return err
	}
	id, whole := "", false
	for n := 0; !whole; n++ {
		line, err := c.r.ReadString('\n')
		if err != nil {
			return errOver
		}
		if strings.HasPrefix(line, "Message-ID:") {
			id = strings.Trim(line[len("Message-ID:"):], " <>\r\n")
		}
		if n == 20 && b.at == inText { // in the header, or just behind it
			if b.reply(c, inText, "") == errOver {
				return errOver
			}
		}
		whole = line == ".\r\n"
	}
	if err := b.reply(c, atDot, ""); err != nil {
		return err
	}
	b.tally.took(to, id)
	return b.reply(c, behindDot, "250 2.0.0 queued as 1")
}

// start runs it.
func (b *badRelay) start(t *testing.T, patience time.Duration) mailer.Relay {
	t.Helper()
	b.done, b.tally.times = make(chan struct{}), map[string]int{}
	relay := relayWith(t, b.serve)
	t.Cleanup(func() { close(b.done) })
	relay.Timeout, relay.ReplyTimeout = patience, patience
	return relay
}
