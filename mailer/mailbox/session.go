package mailbox

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"strings"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"
	"github.com/emersion/go-sasl"

	"jianbao/fault"
	"jianbao/mailer"
)

// How much a server may send in one answer, in bytes.
const (
	small = 1 << 20
	list  = 16 << 20 // of numbers
	whole = mailer.MaxIncoming + small
)

// A session is a connection with a folder open.
type session struct {
	line   *line
	client *imapclient.Client
	caps   imap.CapSet
	folder *imap.SelectData
	news   chan struct{} // has one when the server told of something
	stop   func() bool   // the end of its context no longer ends it
}

var (
	sayDial   = fault.Say("mailbox.dial", "收信服务器%s连不上：%s", "the mail server %s cannot be reached: %s")
	sayTLS    = fault.Say("mailbox.tls", "与收信服务器%s的加密连接建不起来，没有发出口令：%s", "no protected connection to the mail server %s can be had, and no password was sent: %s")
	sayLogin  = fault.Say("mailbox.login", "收信服务器%s不接受登录：%s", "the mail server %s does not let us in: %s")
	sayFolder = fault.Say("mailbox.folder", "收信邮箱里打不开文件夹“%s”：%s", "the folder %q of the mailbox cannot be opened: %s")
)

// refuse says what failed in words for a person.
func refuse(what fault.Sentence, on string, err error) error {
	if plain, ok := mailer.Plainly(err); ok {
		return fault.New(fault.Unavailable, what.With(on, plain)).Because(err)
	}
	words := []rune(strings.Join(strings.Fields(strings.ToValidUTF8(err.Error(), "�")), " "))
	return fault.New(fault.Unavailable, what.With(on, string(words[:min(len(words), 300)]))).Because(err)
}

// open connects, signs in and opens the folder. It fails with fault.Unavailable,
// which says how far it came. The end of ctx ends the session.
func (a Account) open(ctx context.Context, readOnly bool) (*session, error) {
	dialer := net.Dialer{Timeout: a.timeout()}
	conn, err := dialer.DialContext(ctx, "tcp", a.Addr)
	if err != nil {
		return nil, refuse(sayDial, a.Addr, err)
	}
	s := &session{line: newLine(conn, a.timeout()), news: make(chan struct{}, 1)}
	s.stop = context.AfterFunc(ctx, func() { s.line.end(ctx.Err()) })
	for _, step := range []struct {
		do  func() error
		say fault.Sentence
		on  string
	}{
		{func() error { return s.greet(ctx, a) }, sayTLS, a.Addr},
		{func() error { return s.login(a) }, sayLogin, a.Addr},
		{func() error { return s.enter(a, readOnly) }, sayFolder, a.folder()},
	} {
		if err := s.ask(small, step.do); err != nil {
			s.close()
			return nil, refuse(step.say, step.on, err)
		}
	}
	return s, nil
}

// ask has something done that the server answers with so many bytes at most.
func (s *session) ask(room int64, do func() error) error {
	s.line.expect(room)
	defer s.line.rest()
	return s.line.reason(do())
}

// greet protects the connection, and waits for the server's first words. A server
// that takes us for somebody already (PREAUTH) is not listened to.
func (s *session) greet(ctx context.Context, a Account) error {
	options := &imapclient.Options{UnilateralDataHandler: &imapclient.UnilateralDataHandler{
		Mailbox: func(*imapclient.UnilateralDataMailbox) {
			select {
			case s.news <- struct{}{}:
			default:
			}
		},
	}}
	config, err := a.tlsConfig()
	if err != nil {
		return err
	}
	options.TLSConfig = config
	switch a.security() {
	case mailer.Plain:
		s.client = imapclient.New(s.line, options)
	case mailer.StartTLS:
		if s.client, err = imapclient.NewStartTLS(s.line, options); err != nil {
			return err
		}
	default:
		protected := tls.Client(s.line, config)
		if err := protected.HandshakeContext(ctx); err != nil {
			return err
		}
		s.client = imapclient.New(protected, options)
	}
	if err := s.client.WaitGreeting(); err != nil {
		return err
	}
	if s.client.State() != imap.ConnStateNotAuthenticated {
		return errors.New("the server does not ask who we are")
	}
	return nil
}

func (s *session) login(a Account) (err error) {
	caps := s.client.Caps()
	switch {
	case !caps.Has(imap.CapLoginDisabled):
		err = s.client.Login(a.Username, a.Password).Wait()
	case caps.Has(imap.AuthCap(sasl.Plain)):
		err = s.client.Authenticate(sasl.NewPlainClient("", a.Username, a.Password))
	default:
		err = errors.New("it takes neither LOGIN nor AUTH=PLAIN")
	}
	if err != nil {
		return err
	}
	if s.caps = s.client.Caps(); s.caps == nil {
		return errors.New("it does not say what it can do")
	}
	return nil
}

// said reports whether an error is the server's own no, after which the
// connection can still be used.
func said(err error) bool {
	var no *imap.Error
	return errors.As(err, &no)
}

// enter opens the folder. Some hosts open none for programs that do not say who
// they are.
func (s *session) enter(a Account, readOnly bool) (err error) {
	if s.caps.Has(imap.CapID) {
		_, err := s.client.ID(&imap.IDData{Name: "jianbao", Version: a.Version}).Wait()
		if err != nil && !said(err) {
			return err
		}
	}
	s.folder, err = s.client.Select(a.folder(), &imap.SelectOptions{ReadOnly: readOnly}).Wait()
	if err == nil && s.folder.UIDValidity == 0 {
		err = errors.New("its mails have no lasting numbers (UIDVALIDITY)")
	}
	return err
}

// close ends a session, politely if the server still listens.
func (s *session) close() {
	if s.client != nil && s.line.reason(net.ErrClosed) == net.ErrClosed {
		_ = s.ask(small, func() error { return s.client.Logout().Wait() }) // it is over anyway
	}
	s.line.end(net.ErrClosed)
	s.stop()
	if s.client != nil {
		_ = s.client.Close() // waits for its reader
	}
}

// wait returns when the server tells of something, and after a time in any case:
// not all servers tell of what came just before they were asked, and firewalls
// forget quiet connections and say so to nobody. It fails if the connection does,
// or when ctx ends.
func (s *session) wait(ctx context.Context, every time.Duration) error {
	if !s.caps.Has(imap.CapIdle) {
		return s.pause(ctx, every)
	}
	var idle *imapclient.IdleCommand
	err := s.ask(small, func() (err error) {
		idle, err = s.client.Idle()
		return err
	})
	if err != nil {
		return err
	}
	if err := s.pause(ctx, every); err != nil {
		return errors.Join(err, idle.Close())
	}
	return s.ask(small, func() error {
		if err := idle.Close(); err != nil {
			return err
		}
		return idle.Wait()
	})
}

func (s *session) pause(ctx context.Context, length time.Duration) error {
	timer := time.NewTimer(length)
	defer timer.Stop()
	select {
	case <-s.news:
		return nil
	case <-timer.C:
		return nil
	case <-s.client.Closed():
		return s.line.reason(errors.New("the server closed the connection"))
	case <-ctx.Done():
		return ctx.Err()
	}
}

// A Report is what a look at a mailbox came to.
type Report struct {
	Mails uint32 // in the folder
	Idle  bool   // the server tells of new mail by itself
	// After reports whether the server can do to mails what is asked for.
	After bool
}

// Look signs in, opens the folder read-only and changes nothing. It fails with
// fault.Invalid for settings that cannot be used, and with fault.Unavailable.
func (a Account) Look(ctx context.Context, after After) (Report, error) {
	if err := a.Check(); err != nil {
		return Report{}, err
	}
	s, err := a.open(ctx, true)
	if err != nil {
		return Report{}, err
	}
	defer s.close()
	return Report{Mails: s.folder.NumMessages, Idle: s.caps.Has(imap.CapIdle), After: after.can(s.caps)}, nil
}
