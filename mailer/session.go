package mailer

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"net/textproto"
	"strings"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"

	"jianbao/fault"
)

var (
	sayNoStartTLS  = fault.Say("mailer.no-starttls", "中继不提供 STARTTLS，信没有在不加密的连接上发出", "the relay does not offer STARTTLS; nothing was sent in the clear")
	sayInjected    = fault.Say("mailer.injected", "加密开始以前连接上混入了别的内容", "something was slipped into the connection before encryption began")
	sayNoMechanism = fault.Say("mailer.no-mechanism", "中继不提供 PLAIN 或 LOGIN 登录", "the relay offers neither AUTH PLAIN nor AUTH LOGIN")
)

// A Session is an open connection to a relay that has been greeted and, where
// the settings say so, encrypted and signed in to. It is used by one goroutine
// and sends one letter after the other.
type Session struct {
	relay  Relay
	timed  *timedConn   // every byte passes it
	conn   net.Conn     // timed, or TLS over it
	client *smtp.Client // speaks on conn
	// unfinished says that a transaction was begun and not brought to an end.
	unfinished bool
}

// Open connects to the relay. If it returns no Session, the Answer, of stage
// [Dial], says why. The context bounds the opening only.
func (r Relay) Open(ctx context.Context) (*Session, Answer) {
	s, err := r.open(ctx)
	if err == nil {
		return s, Answer{}
	}
	a := answerOf(Dial, err)
	if ctx.Err() != nil {
		a.Withheld = errStopping
	}
	if f := fault.As(err); f != nil {
		a.Words = f.In(fault.ZH)
	}
	return nil, a
}

func (r Relay) open(ctx context.Context) (*Session, error) {
	dialer := net.Dialer{Timeout: r.timeout()}
	raw, err := dialer.DialContext(ctx, "tcp", r.Addr)
	if err != nil {
		return nil, err
	}
	timed := &timedConn{Conn: raw, patience: r.timeout()}
	stop := context.AfterFunc(ctx, func() { raw.Close() })
	defer stop()
	s := &Session{relay: r, timed: timed}
	if err := s.start(); err != nil {
		raw.Close()
		return nil, err
	}
	return s, nil
}

// start takes a connected session through TLS, greeting, EHLO and AUTH.
func (s *Session) start() error {
	if err := s.secure(); err != nil {
		return err
	}
	s.client = smtp.NewClient(s.conn)
	if err := s.client.Hello(s.relay.hello()); err != nil {
		return err
	}
	return s.authenticate()
}

func (s *Session) secure() error {
	s.conn = s.timed
	if s.relay.security() == Plain {
		return nil
	}
	config, err := s.relay.tlsConfig()
	if err != nil {
		return err
	}
	var greeting string
	if s.relay.security() == StartTLS {
		if greeting, err = startTLS(s.timed, s.relay.hello()); err != nil {
			return err
		}
	}
	encrypted := tls.Client(s.timed, config)
	if err := encrypted.Handshake(); err != nil {
		return err
	}
	s.conn = encrypted
	if greeting != "" {
		s.conn = &greetedConn{Conn: encrypted, greeting: greeting}
	}
	return nil
}

// startTLS speaks RFC 3207 up to the 220 behind which TLS begins and returns the
// greeting. It fails closed: without the extension there is no session. go-smtp
// has a constructor for this, but it says EHLO localhost before TLS, which
// strict relays refuse, and keeps to itself the connection that
// [Session.Send] writes prepared texts to.
func startTLS(conn net.Conn, hello string) (greeting string, err error) {
	text := textproto.NewConn(conn)
	if _, _, err := text.ReadResponse(220); err != nil {
		return "", reply(err)
	}
	if err := text.PrintfLine("EHLO %s", hello); err != nil {
		return "", err
	}
	_, extensions, err := text.ReadResponse(250)
	if err != nil {
		return "", reply(err)
	}
	if !strings.Contains("\n"+strings.ToUpper(extensions)+"\n", "\nSTARTTLS\n") {
		return "", fault.New(fault.Unavailable, sayNoStartTLS.With())
	}
	if err := text.PrintfLine("STARTTLS"); err != nil {
		return "", err
	}
	if _, _, err := text.ReadResponse(220); err != nil {
		return "", reply(err)
	}
	if text.R.Buffered() > 0 { // CVE-2011-0411
		return "", fault.New(fault.Unavailable, sayInjected.With())
	}
	return "220 greeted before TLS\r\n", nil
}

// reply turns a refusal that textproto read into the error go-smtp makes of it.
func reply(err error) error {
	var said *textproto.Error
	if !errors.As(err, &said) {
		return err
	}
	return &smtp.SMTPError{Code: said.Code, Message: said.Msg}
}

// A greetedConn repeats the greeting, which came before TLS, for go-smtp's
// client, which waits for one on every new connection.
type greetedConn struct {
	net.Conn
	greeting string
}

func (c *greetedConn) Read(p []byte) (int, error) {
	if c.greeting == "" {
		return c.Conn.Read(p)
	}
	n := copy(p, c.greeting)
	c.greeting = c.greeting[n:]
	return n, nil
}

// authenticate signs in if there is a user name (RFC 4954).
func (s *Session) authenticate() error {
	if s.relay.Username == "" {
		return nil
	}
	switch {
	case s.client.SupportsAuth(sasl.Plain):
		return s.client.Auth(sasl.NewPlainClient("", s.relay.Username, s.relay.Password))
	case s.client.SupportsAuth(sasl.Login):
		return s.client.Auth(sasl.NewLoginClient(s.relay.Username, s.relay.Password))
	}
	return fault.New(fault.Unavailable, sayNoMechanism.With())
}

// Quit ends the session with a QUIT, for which the relay is not waited long.
func (s *Session) Quit() {
	s.timed.setPatience(min(s.relay.timeout(), quitPatience))
	if s.client.Quit() != nil {
		s.Close()
	}
}

// Close drops the connection.
func (s *Session) Close() { _ = s.timed.Conn.Close() }
