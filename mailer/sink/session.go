package sink

import (
	"crypto/subtle"
	"errors"
	"fmt"
	"io"
	"net"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

// A Point is where in a connection a Script is asked.
type Point string

// The points, in their order.
const (
	Hello Point = "hello" // EHLO; the Message is empty
	Mail  Point = "mail"
	Rcpt  Point = "rcpt"
	Text  Point = "text" // DATA was answered with 354 and the text begins to come
	Dot   Point = "dot"  // the final dot came; the message is not kept yet
	Kept  Point = "kept" // the message is kept; the reply is not sent yet
)

// An Act is what the sink does at a Point. The zero Act goes on.
type Act struct {
	Code  int    // answers with this code; at Text, when the text is over
	Words string // that go with the code, an enhanced code in front if wanted
	Drop  bool   // closes the connection without an answer
	Stall bool   // falls silent until the sink is closed
}

var errDropped = errors.New("sink: dropped")

// A session is one connection and, in turn, its letters.
type session struct {
	sink    *Sink
	conn    *smtp.Conn
	raw     net.Conn
	letter  Message
	begun   bool // between MAIL and the end of its transaction
	granted bool
}

func (s *Sink) session(c *smtp.Conn) (smtp.Session, error) {
	n := &session{sink: s, conn: c, raw: c.Conn()}
	if err := n.act(Hello); err != nil {
		return nil, err
	}
	return n, nil
}

// act does what the script says.
func (n *session) act(p Point) error {
	if n.sink.config.Script == nil {
		return nil
	}
	a := n.sink.config.Script(p, n.letter)
	switch {
	case a.Stall:
		<-n.sink.stopped
		fallthrough
	case a.Drop:
		_ = n.raw.Close()
		return errDropped
	case a.Code != 0:
		return &smtp.SMTPError{Code: a.Code, EnhancedCode: smtp.NoEnhancedCode, Message: a.Words}
	}
	return nil
}

// AuthMechanisms is part of smtp.AuthSession.
func (n *session) AuthMechanisms() []string {
	if n.sink.config.Username == "" {
		return nil
	}
	return []string{sasl.Plain}
}

// Auth is part of smtp.AuthSession.
func (n *session) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, username, password string) error {
		c := n.sink.config
		if username != c.Username || subtle.ConstantTimeCompare([]byte(password), []byte(c.Password)) != 1 {
			return smtp.ErrAuthFailed
		}
		n.granted = true
		return nil
	}), nil
}

// Mail is part of smtp.Session.
func (n *session) Mail(from string, _ *smtp.MailOptions) error {
	if n.sink.config.Username != "" && !n.granted {
		return &smtp.SMTPError{Code: 530, EnhancedCode: smtp.EnhancedCode{5, 7, 0}, Message: "Authentication required"}
	}
	if n.begun { // RFC 5321 4.1.4
		return &smtp.SMTPError{Code: 503, EnhancedCode: smtp.EnhancedCode{5, 5, 1}, Message: "nested MAIL"}
	}
	n.letter = Message{From: from}
	err := n.act(Mail)
	n.begun = err == nil
	return err
}

// Rcpt is part of smtp.Session.
func (n *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	n.letter.To = append(n.letter.To, to)
	return n.act(Rcpt)
}

// Data is part of smtp.Session.
func (n *session) Data(r io.Reader) error {
	if err := n.act(Text); err != nil {
		return err
	}
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	n.letter.Raw, n.letter.At = raw, time.Now()
	if err := n.act(Dot); err != nil {
		return err
	}
	number, err := n.sink.keep(n.letter)
	if err != nil {
		return err
	}
	if err := n.act(Kept); err != nil {
		return err
	}
	return &smtp.SMTPError{Code: 250, EnhancedCode: smtp.EnhancedCode{2, 0, 0}, Message: fmt.Sprintf("Ok: queued as SINK%06d", number)}
}

// Reset is part of smtp.Session.
func (n *session) Reset() { n.begun, n.letter = false, Message{} }

// Logout is part of smtp.Session.
func (n *session) Logout() error { return nil }
