package mailer

import (
	"context"
	"crypto/tls"
	"encoding/base64"
	"net"
	"slices"

	"github.com/emersion/go-sasl"

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
	timed  *timedConn // every byte passes it
	wire   *wire      // over timed, or over TLS over it
	offers extensions
	sent   int  // letters that were offered
	closed bool // by us
	// unfinished says that a transaction was begun and not brought to an end.
	unfinished bool
	// announced is the letter whose envelope is out and not answered yet.
	announced *Parcel
	command   []byte // reused
	halt      halt
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
	timed := newTimedConn(raw, r.timeout())
	s := &Session{relay: r, timed: timed}
	stop := context.AfterFunc(ctx, s.drop)
	defer stop()
	if err := s.start(); err != nil {
		raw.Close()
		return nil, err
	}
	return s, nil
}

// start takes a connected session through TLS, greeting, EHLO and AUTH. It
// fails closed: where TLS is wanted, nothing but STARTTLS is said before it.
func (s *Session) start() error {
	s.wire = newWire(s.timed, s.timed)
	if s.relay.security() == TLS {
		if err := s.encrypt(); err != nil {
			return err
		}
	}
	if _, err := s.wire.expect(2); err != nil {
		return err
	}
	if err := s.hello(); err != nil {
		return err
	}
	if s.relay.security() == StartTLS {
		if err := s.startTLS(); err != nil {
			return err
		}
	}
	return s.authenticate()
}

func (s *Session) hello() error {
	r, err := s.wire.say(2, "EHLO %s", s.relay.hello())
	s.offers = extensionsOf(r.words)
	return err
}

// startTLS speaks RFC 3207, and forgets what was said before it.
func (s *Session) startTLS() error {
	if !s.offers.startTLS {
		return fault.New(fault.Unavailable, sayNoStartTLS.With())
	}
	if _, err := s.wire.say(2, "STARTTLS"); err != nil {
		return err
	}
	if s.wire.r.Buffered() > 0 { // CVE-2011-0411
		return fault.New(fault.Unavailable, sayInjected.With())
	}
	if err := s.encrypt(); err != nil {
		return err
	}
	return s.hello()
}

func (s *Session) encrypt() error {
	config, err := s.relay.tlsConfig()
	if err != nil {
		return err
	}
	encrypted := tls.Client(s.timed, config)
	s.timed.beginReply() // a handshake has as long as a reply
	if err := encrypted.Handshake(); err != nil {
		return err
	}
	s.wire = newWire(encrypted, s.timed)
	return nil
}

// authenticate signs in if there is a user name (RFC 4954).
func (s *Session) authenticate() error {
	if s.relay.Username == "" {
		return nil
	}
	switch {
	case slices.Contains(s.offers.auth, "PLAIN"):
		return s.signIn(sasl.NewPlainClient("", s.relay.Username, s.relay.Password))
	case slices.Contains(s.offers.auth, "LOGIN"):
		return s.signIn(&login{left: []string{s.relay.Username, s.relay.Password}})
	}
	return fault.New(fault.Unavailable, sayNoMechanism.With())
}

// A login is AUTH LOGIN, which no RFC describes: name and password, each when it is
// asked for. The questions are not looked at, since domestic hosts write them in
// ways of their own, and the name does not go out before its question, since not
// all of them take it then.
type login struct{ left []string }

// Start names the mechanism, and says nothing before it is asked.
func (*login) Start() (mechanism string, first []byte, err error) { return "LOGIN", nil, nil }

// Next answers a question, whatever it is: the name, then the password. It fails
// with errGarbled if there is a third.
func (l *login) Next([]byte) (answer []byte, err error) {
	if len(l.left) == 0 {
		return nil, errGarbled
	}
	answer, l.left = []byte(l.left[0]), l.left[1:]
	return answer, nil
}

func (s *Session) signIn(client sasl.Client) error {
	mechanism, first, err := client.Start()
	if err != nil {
		return err
	}
	command := "AUTH " + mechanism
	if len(first) > 0 {
		command += " " + base64.StdEncoding.EncodeToString(first)
	}
	r, err := s.wire.say(3, "%s", command)
	for err == nil {
		challenge, undecoded := base64.StdEncoding.DecodeString(r.words)
		if undecoded != nil {
			return errGarbled
		}
		response, refused := client.Next(challenge)
		if refused != nil {
			return refused
		}
		r, err = s.wire.say(3, "%s", base64.StdEncoding.EncodeToString(response))
	}
	if r.code == 235 {
		return nil
	}
	return err
}

// Quit ends the session with a QUIT, for which the relay is not waited long.
// One that is in the middle of something is closed.
func (s *Session) Quit() {
	if !s.closed && s.announced == nil {
		s.timed.setPatience(min(s.relay.timeout(), quitPatience))
		_, _ = s.wire.say(2, "QUIT") // it is over, whatever is answered
	}
	s.Close()
}

// Close drops the connection.
func (s *Session) Close() {
	s.closed = true
	s.halt.leave()
	_ = s.timed.Conn.Close()
}
