package mailer_test

import (
	"bufio"
	"context"
	"crypto/tls"
	"errors"
	"net"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"jianbao/fault"
	"jianbao/mailer"
	"jianbao/mailer/sink"
)

func startSink(t testing.TB, config sink.Config) *sink.Sink {
	t.Helper()
	s, err := sink.StartWith("127.0.0.1:0", config)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func relayTo(s *sink.Sink) mailer.Relay {
	return mailer.Relay{Addr: s.Addr(), Security: mailer.Plain, Hello: "mail.kjj.example", Timeout: 5 * time.Second, ReplyTimeout: 5 * time.Second}
}

// certificate makes one for 127.0.0.1 and a file with it.
func certificate(t *testing.T) (*tls.Config, string) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "ca.pem")
	config, err := sink.Certificate(file)
	if err != nil {
		t.Fatal(err)
	}
	return config, file
}

var (
	header = []byte("Subject: s\r\n\r\n")
	body   = []byte("line\r\n..dot")
	terms  = mailer.Terms{Grace: time.Second}
)

func parcelTo(to string) *mailer.Parcel {
	return &mailer.Parcel{From: "a@kjj.example", To: to, Header: header, Body: mailer.Text{{Data: body}}}
}

func aParcel() *mailer.Parcel { return parcelTo("b@unit.example") }

func sendOne(t *testing.T, relay mailer.Relay) mailer.Answer {
	t.Helper()
	s, a := relay.Open(t.Context())
	if s == nil {
		return a
	}
	defer s.Quit()
	return s.Send(t.Context(), aParcel(), terms)
}

func TestSecurityAndAuth(t *testing.T) {
	config, ca := certificate(t)
	open := startSink(t, sink.Config{})
	upgraded := startSink(t, sink.Config{TLS: config, Username: "u", Password: "p"})
	implicit := startSink(t, sink.Config{TLS: config, Implicit: true, Username: "u", Password: "p"})
	cases := []struct {
		name     string
		sink     *sink.Sink
		security mailer.Security
		ca       string
		user     string
		password string
		code     int
		words    string
	}{
		{"plain", open, mailer.Plain, "", "", "", 250, "Ok"},
		{"starttls is not offered", open, mailer.StartTLS, "", "", "", 0, "STARTTLS"},
		{"starttls is the default", open, "", "", "", "", 0, "STARTTLS"},
		{"auth is not offered", open, mailer.Plain, "", "u", "p", 0, "PLAIN"},
		{"starttls", upgraded, mailer.StartTLS, ca, "u", "p", 250, "Ok"},
		{"starttls, unknown authority", upgraded, mailer.StartTLS, "", "u", "p", 0, "certificate"},
		{"starttls, wrong password", upgraded, mailer.StartTLS, ca, "u", "x", 535, "failed"},
		{"starttls, no user", upgraded, mailer.StartTLS, ca, "", "", 530, "required"},
		{"tls", implicit, mailer.TLS, ca, "u", "p", 250, "Ok"},
		{"tls, unknown authority", implicit, mailer.TLS, "", "u", "p", 0, "certificate"},
	}
	for _, c := range cases {
		relay := relayTo(c.sink)
		relay.Security, relay.CAFile, relay.Username, relay.Password = c.security, c.ca, c.user, c.password
		if err := relay.Check(); err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
		if a := sendOne(t, relay); a.Code != c.code || !strings.Contains(a.Words, c.words) {
			t.Errorf("%s: %+v", c.name, a)
		}
	}
	for _, s := range []*sink.Sink{open, upgraded, implicit} {
		if m := s.Messages(); len(m) != 1 || string(m[0].Raw) != "Subject: s\r\n\r\nline\r\n.dot\r\n" {
			t.Errorf("kept %q", m)
		}
	}
}

func TestOneConnectionManyLetters(t *testing.T) {
	s := startSink(t, sink.Config{Script: func(p sink.Point, m sink.Message) sink.Act {
		if p == sink.Rcpt && m.To[0] == "no@unit.example" {
			return sink.Act{Code: 550, Words: "5.1.1 no"}
		}
		return sink.Act{}
	}})
	session, a := relayTo(s).Open(t.Context())
	if session == nil {
		t.Fatalf("%+v", a)
	}
	defer session.Quit()
	for _, to := range []string{"a@unit.example", "no@unit.example", "b@unit.example"} {
		a := session.Send(t.Context(), parcelTo(to), terms)
		if want := to != "no@unit.example"; a.Taken() != want {
			t.Errorf("%s: %+v", to, a)
		}
		if !a.Taken() && (a.Stage != mailer.Rcpt || a.Enhanced != "5.1.1") {
			t.Errorf("%s: %+v", to, a)
		}
	}
	if s.Count() != 2 {
		t.Errorf("%d kept", s.Count())
	}
}

func TestALetterBeyondTheRelaysSizeIsNotOffered(t *testing.T) {
	size := len(header) + len(body) + len("\r\n")
	for limit, taken := range map[int]bool{size - 1: false, size: true} {
		offered := 0
		relay := relayTo(startSink(t, sink.Config{MaxBytes: int64(limit), Script: func(p sink.Point, _ sink.Message) sink.Act {
			if p == sink.Mail {
				offered++
			}
			return sink.Act{}
		}}))
		s, a := relay.Open(t.Context())
		if s == nil {
			t.Fatalf("%+v", a)
		}
		for range 2 { // the connection stays usable
			if a = s.Send(t.Context(), aParcel(), terms); a.Taken() != taken || a.Unfit == taken {
				t.Errorf("limit %d of %d: %+v", limit, size, a)
			}
		}
		s.Quit()
		if !taken && (offered != 0 || !strings.Contains(a.Words, "超过邮件中继允许的")) {
			t.Errorf("offered %d times; %s", offered, a.Words)
		}
	}
}

func TestNoDotWithoutLeave(t *testing.T) {
	s := startSink(t, sink.Config{})
	session, _ := relayTo(s).Open(t.Context())
	refused := errors.New("no")
	a := session.Send(t.Context(), aParcel(), mailer.Terms{BeforeDot: func() error { return refused }})
	session.Quit() // must not end the text with a dot
	if a.Withheld != refused || a.Taken() {
		t.Errorf("%+v", a)
	}
	s.Close()
	if s.Count() != 0 {
		t.Error("the letter went")
	}
}

func TestHungUpBeforeTheDot(t *testing.T) {
	written, dropped := make(chan struct{}), make(chan struct{})
	s := startSink(t, sink.Config{Script: func(p sink.Point, m sink.Message) sink.Act {
		if p == sink.Text {
			<-written
			defer close(dropped)
		}
		return sink.Act{Drop: p == sink.Text}
	}})
	session, _ := relayTo(s).Open(t.Context())
	a := session.Send(t.Context(), aParcel(), mailer.Terms{BeforeDot: func() error {
		close(written)
		<-dropped
		time.Sleep(50 * time.Millisecond) // for the kernel to learn of it
		return nil
	}})
	if a.Stage != mailer.Body || a.Code != 0 || a.Withheld != nil {
		t.Errorf("%+v", a)
	}
}

func TestNothingIsSlippedInBeforeTLS(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	go func() {
		conn, err := l.Accept()
		if err != nil {
			return
		}
		defer conn.Close()
		lines := bufio.NewScanner(conn)
		for _, say := range []string{"220 hello\r\n", "250-hello\r\n250 STARTTLS\r\n", "220 go\r\n250 slipped in\r\n"} {
			if _, err := conn.Write([]byte(say)); err != nil || !lines.Scan() {
				return
			}
		}
	}()
	_, a := mailer.Relay{Addr: l.Addr().String(), Timeout: 5 * time.Second}.Open(t.Context())
	if a.Stage != mailer.Dial || !strings.Contains(a.Words, "混入") {
		t.Errorf("%+v", a)
	}
}

func TestStallsEnd(t *testing.T) {
	for _, stage := range []struct {
		point sink.Point
		stage mailer.Stage
	}{{sink.Hello, mailer.Dial}, {sink.Mail, mailer.Mail}, {sink.Rcpt, mailer.Rcpt}, {sink.Text, mailer.Body}, {sink.Dot, mailer.Dot}} {
		s := startSink(t, sink.Config{Script: func(p sink.Point, _ sink.Message) sink.Act { return sink.Act{Stall: p == stage.point} }})
		relay := relayTo(s)
		relay.Timeout, relay.ReplyTimeout = 100*time.Millisecond, 100*time.Millisecond
		began := time.Now()
		large := 0
		if stage.point == sink.Text {
			large = 200_000 // lines, more than the sockets hold
		}
		a := sendLines(t, relay, large)
		if a.Stage != stage.stage || a.Code != 0 || !strings.Contains(a.Words, "超时") || time.Since(began) > 3*time.Second {
			t.Errorf("%s: %+v after %s", stage.point, a, time.Since(began))
		}
	}
}

func sendLines(t *testing.T, relay mailer.Relay, lines int) mailer.Answer {
	t.Helper()
	s, a := relay.Open(t.Context())
	if s == nil {
		return a
	}
	defer s.Close()
	text := []byte(strings.Repeat(strings.Repeat("x", 70)+"\r\n", lines))
	p := aParcel()
	p.Body = mailer.Text{{Data: text}}
	return s.Send(t.Context(), p, terms)
}

func TestCancelDropsTheConnection(t *testing.T) {
	reached := make(chan struct{}, 1)
	s := startSink(t, sink.Config{Script: func(p sink.Point, _ sink.Message) sink.Act {
		if p == sink.Rcpt {
			reached <- struct{}{}
			return sink.Act{Stall: true}
		}
		return sink.Act{}
	}})
	session, _ := relayTo(s).Open(t.Context())
	ctx, cancel := context.WithCancel(t.Context())
	go func() { <-reached; cancel() }()
	if a := session.Send(ctx, aParcel(), terms); a.Withheld == nil || a.Stage != mailer.Rcpt && a.Stage != mailer.Mail {
		t.Errorf("%+v", a)
	}
	if _, a := relayTo(s).Open(ctx); a.Withheld == nil {
		t.Errorf("%+v", a)
	}
}

func TestRelayCheck(t *testing.T) {
	bad := mailer.Relay{Addr: "relay.example", Security: "ssl", Hello: "a b\r\nMAIL", CAFile: "/nowhere/ca.pem"}
	if f := fault.As(bad.Check()); f == nil || f.Code != fault.Invalid || len(f.Reasons) != 4 {
		t.Errorf("%v", bad.Check())
	}
	open := mailer.Relay{Addr: "relay.example:25", Security: mailer.Plain, Username: "u", Password: "p"}
	if f := fault.As(open.Check()); f == nil || len(f.Reasons) != 1 {
		t.Errorf("a password in the clear: %v", open.Check())
	}
	open.Username = ""
	if err := open.Check(); err != nil {
		t.Error(err)
	}
}
