package mailer

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/emersion/go-smtp"

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

// An Envelope is who sends a letter and who gets it (RFC 5321 3.3). There is one
// recipient, so that there is one answer.
type Envelope struct {
	From, To string
}

// Send sends one letter and returns how far it came. header and body are what
// [Letter.Header] and [Letter.Body] return.
//
// beforeDot is called when the whole text is written and the final dot is not.
// If it fails, the dot is never sent, the connection is dropped and the Answer
// is withheld with its error. Nothing goes out between its return and the dot;
// if the relay hung up in the meantime the dot is not sent either, and the
// letter is known not to have gone.
//
// Cancelling the context drops the connection up to that point, and the letter
// is withheld. Behind the dot the reply is still waited for, grace long. A
// session that cannot take another letter is closed when Send returns.
func (s *Session) Send(ctx context.Context, env Envelope, header, body []byte, grace time.Duration, beforeDot func(context.Context) error) Answer {
	a := s.send(ctx, env, header, body, grace, beforeDot)
	if !a.reusable() {
		s.Close() // never QUIT: in the middle of a text, go-smtp would end that with a dot
	}
	return a
}

func (s *Session) send(ctx context.Context, env Envelope, header, body []byte, grace time.Duration, beforeDot func(context.Context) error) Answer {
	if a := s.tooLarge(len(header) + len(body) + len("\r\n")); a.Unfit {
		return a
	}
	release := context.AfterFunc(ctx, s.Close)
	stage, data, err := s.text(env, header, body)
	if err == nil {
		if err = beforeDot(ctx); err != nil {
			release()
			return Answer{Stage: Body, Err: err, Withheld: err}
		}
		err = gone(s.timed.Conn)
	}
	if !release() || ctx.Err() != nil { // the connection is closed by us, or will be
		return Answer{Stage: stage, Err: err, Withheld: errStopping}
	}
	if err != nil {
		return answerOf(stage, err)
	}
	return s.dot(ctx, data, grace)
}

// tooLarge is the answer for a letter beyond the SIZE that the relay declared
// (RFC 1870 section 6.1): the relay would take all of it in and then refuse it,
// at every try.
func (s *Session) tooLarge(size int) Answer {
	limit, declared := s.client.MaxMessageSize()
	if !declared || limit == 0 || size <= limit {
		return Answer{}
	}
	refusal := fault.New(fault.Invalid, sayTooLarge.With(megabytes(size), megabytes(limit)))
	return Answer{Stage: Mail, Unfit: true, Words: refusal.In(fault.ZH), Err: refusal}
}

func megabytes(n int) string { return fmt.Sprintf("%.1f MB", float64(n)/(1<<20)) }

// text does everything before the final dot and returns the stage it is in.
func (s *Session) text(env Envelope, header, body []byte) (Stage, *smtp.DataCommand, error) {
	if s.unfinished {
		if err := s.client.Reset(); err != nil {
			return Mail, nil, err
		}
	}
	if err := s.client.Mail(env.From, &smtp.MailOptions{Size: int64(len(header) + len(body) + len("\r\n"))}); err != nil {
		return Mail, nil, err
	}
	s.unfinished = true
	if err := s.client.Rcpt(env.To, nil); err != nil {
		return Rcpt, nil, err
	}
	data, err := s.client.Data()
	if err != nil {
		return Body, nil, err
	}
	// Past go-smtp, which would look for dots in every byte of a text that was
	// stuffed when it was composed. Its writer has seen nothing when it is
	// closed, and writes CRLF . CRLF then: the body lacks its last CRLF.
	for _, part := range [][]byte{header, body} {
		if _, err := s.conn.Write(part); err != nil {
			return Body, nil, err
		}
	}
	return Body, data, nil
}

// dot sends the final dot and waits for the reply. From its first byte on the
// letter may have gone.
func (s *Session) dot(ctx context.Context, data *smtp.DataCommand, grace time.Duration) Answer {
	s.timed.setPatience(s.relay.replyTimeout())
	release := context.AfterFunc(ctx, func() { s.timed.finishBy(time.Now().Add(grace)) })
	response, err := data.CloseWithResponse()
	s.timed.setPatience(s.relay.timeout())
	release()
	if err != nil {
		a := answerOf(Dot, err)
		s.unfinished = a.Code == 0
		return a
	}
	s.unfinished = false
	return acceptedWith(response.StatusText)
}
