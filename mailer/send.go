package mailer

import (
	"context"
	"errors"
	"fmt"
	"time"

	"jianbao/fault"
)

const (
	quitPatience = 2 * time.Second
	// DefaultGrace is how long a letter behind its dot is waited for when the
	// program is told to stop.
	DefaultGrace = 20 * time.Second
)

var (
	// errStopping is why a letter is withheld when the context is cancelled.
	errStopping = errors.New("the program is stopping")
	// errSpokeTooSoon is what a relay is guilty of that says something before
	// the final dot: most likely that it closes.
	errSpokeTooSoon = errors.New("the relay spoke before the letter was out")
)

var sayTooLarge = fault.Say("mailer.too-large", "信有%s，超过邮件中继允许的%s，没有发出；请减少或压缩附件后重发", "the letter has %s, more than the %s that the relay takes; it was not sent: drop or compress attachments")

// A Parcel is a letter as a session takes it.
type Parcel struct {
	From, To string // the envelope (RFC 5321 3.3): one recipient, so that there is one answer
	// ID comes back in the notices of relays that offer DSN (RFC 3461 4.4); ""
	// asks for none.
	ID     string
	Header []byte // what [Letter.Header] returns
	Body   Text
}

func (p *Parcel) size() int { return len(p.Header) + p.Body.Size() + len("\r\n") }

// long reports whether the text goes out before the letter is behind its mark.
func (p *Parcel) long() bool { return len(p.Header)+p.Body.Size() > whole }

// Terms are how one letter is sent.
type Terms struct {
	// Grace is how long the reply to the dot is waited for when the context is
	// cancelled.
	Grace time.Duration
	// BeforeDot is called before the final dot is written. If it fails, the dot
	// is never sent, the connection is dropped and the Answer is withheld with
	// its error. Nil is always yes.
	BeforeDot func() error
	// Next, if it is not nil, is called when the dot is about to be written,
	// and returns the letter that will be sent on this session after this one,
	// or nil. Where the relay offers PIPELINING, its envelope goes out behind
	// the dot. What Next has returned must be what the next Send is given, or
	// the session must be closed.
	Next func() *Parcel
}

// whole is the largest letter that is written together with its dot. Of a
// larger one the text goes out first: it takes its time, in which the letter
// need not be behind its mark.
const whole = 64 << 10

// Send sends one letter and returns how far it came.
//
// Nothing but the rest of the letter goes out between the return of BeforeDot
// and the dot; if the relay hung up in the meantime the dot is not sent either,
// and the letter is known not to have gone.
//
// Cancelling the context drops the connection up to that point, and the letter
// is withheld. Behind the dot the reply is still waited for. A session that
// cannot take another letter is closed when Send returns.
func (s *Session) Send(ctx context.Context, p *Parcel, t Terms) Answer {
	a := s.send(ctx, p, t)
	if s.closed || !a.reusable() {
		s.Close() // never QUIT: in the middle of a text, that would be part of it
	}
	return a
}

func (s *Session) send(ctx context.Context, p *Parcel, t Terms) Answer {
	if a := s.tooLarge(p); a.Unfit {
		return a
	}
	s.halt.watch(ctx, s.timed)
	defer s.halt.at(between, 0)
	s.halt.at(beforeDot, 0)
	stage, err := s.envelope(p)
	early := p.long()
	if err == nil && early {
		err = s.wire.text(p.Header, p.Body)
	}
	if err == nil && t.BeforeDot != nil {
		if err = t.BeforeDot(); err != nil {
			return Answer{Stage: stage, Err: err, Withheld: err}
		}
	}
	if err == nil {
		err = s.quiet()
	}
	if !s.halt.at(between, 0) || ctx.Err() != nil { // the connection is closed by us
		return Answer{Stage: stage, Err: err, Withheld: errStopping}
	}
	if err != nil {
		return answerOf(stage, err)
	}
	return s.finish(ctx, p, t, early)
}

// prompt reports whether the next Send will ask for leave without waiting for
// the network: the answers to its envelope are here, and its text is short.
func (s *Session) prompt() bool {
	p := s.announced
	return p != nil && !p.long() && s.wire.r.Buffered() > 0
}

// drop cuts the connection, from any goroutine.
func (s *Session) drop() { _ = s.timed.Conn.Close() }

// Closed reports whether the session can take no more letters.
func (s *Session) Closed() bool { return s.closed }

// Full reports whether the session has sent as many letters as the relay's
// settings grant to one connection.
func (s *Session) Full() bool { return s.sent >= s.relay.perConnection() }

// quiet returns why the dot must not be sent: the relay hung up, or said
// something that nobody asked for.
func (s *Session) quiet() error {
	if s.wire.r.Buffered() > 0 {
		return errSpokeTooSoon
	}
	return s.timed.pulse.gone()
}

// tooLarge is the answer for a letter beyond the SIZE that the relay declared
// (RFC 1870 section 6.1): the relay would take all of it in and then refuse it,
// at every try.
func (s *Session) tooLarge(p *Parcel) Answer {
	if s.offers.size == 0 || p.size() <= s.offers.size {
		return Answer{}
	}
	refusal := fault.New(fault.Invalid, sayTooLarge.With(megabytes(p.size()), megabytes(s.offers.size)))
	return Answer{Stage: Mail, Unfit: true, Words: refusal.In(fault.ZH), Err: refusal}
}

func megabytes(n int) string { return fmt.Sprintf("%.1f MB", float64(n)/(1<<20)) }

// finish writes what is left up to the dot, with it the envelope of the next
// letter, and waits for the reply. From the first byte of the dot on the letter
// may have gone.
func (s *Session) finish(ctx context.Context, p *Parcel, t Terms, early bool) Answer {
	parts := make([][]byte, 0, 8)
	rest := len(finalDot)
	if !early {
		parts = append(parts, p.Header)
		for _, piece := range p.Body {
			parts = append(parts, piece.Data)
		}
		rest += len(p.Header) + p.Body.Size()
	}
	parts = append(parts, finalDot)
	s.unfinished = false
	if next := s.next(t); next != nil {
		s.command = s.commands(s.command[:0], next)
		parts = append(parts, s.command)
		s.announced = next
	}
	s.halt.at(writingDot, 0)
	out, err := s.wire.write(parts...)
	if cancelled := !s.halt.at(between, 0) || ctx.Err() != nil; out < rest {
		if cancelled {
			return Answer{Stage: Body, Err: err, Withheld: errStopping}
		}
		return answerOf(Body, err)
	}
	return s.await(t.Grace)
}

// finalDot ends a text (RFC 5321 4.1.1.4): the body lacks its last CRLF.
var finalDot = []byte("\r\n.\r\n")

// next returns the letter whose envelope goes out behind the dot, or nil.
func (s *Session) next(t Terms) *Parcel {
	if t.Next == nil || !s.offers.pipelining || s.Full() {
		return nil
	}
	p := t.Next()
	if p == nil || s.tooLarge(p).Unfit {
		return nil
	}
	return p
}

// await waits for the reply to the dot. The patience of a reply is longer than
// that of a command (RFC 5321 4.5.3.2.6).
func (s *Session) await(grace time.Duration) Answer {
	s.timed.setPatience(s.relay.replyTimeout())
	s.halt.at(behindDot, grace)
	r, err := s.wire.expect(2)
	s.halt.at(between, 0)
	s.timed.setPatience(s.relay.timeout())
	if err != nil {
		return answerOf(Dot, err)
	}
	return acceptedWith(r)
}
