package mailbox

import (
	"crypto/tls"
	"net"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"jianbao/fault"
	"jianbao/mailer"
	"jianbao/mailer/sink"
)

// TestAServerThatDoesNotCareWhoWeAre is read all the same.
func TestAServerThatDoesNotCareWhoWeAre(t *testing.T) {
	answers := honest()
	answers["CAPABILITY"] = "* CAPABILITY IMAP4rev1 ID\r\nTAG OK done\r\n"
	answers["ID"] = "TAG NO what\r\n"
	report, err := polling(t, scripted(t, greeting, answers).addr, newBooks()).Account.Look(t.Context(), After{})
	if err != nil || report.Mails != 3 {
		t.Errorf("%+v, %v", report, err)
	}
}

// TestASizeThatIsNotTrue: of a mail that turns out to be too large the beginning is
// read.
func TestASizeThatIsNotTrue(t *testing.T) {
	answers, b := honest(), newBooks()
	answers["UID FETCH 2 (UID BODY.PEEK[])"] = "* 2 FETCH (UID 2 BODY[] {31457281}\r\n" + strings.Repeat("x", 1000) + silence
	answers["UID FETCH 2 (UID BODY.PEEK[]<"] = "* 2 FETCH (UID 2 BODY[]<0> {20}\r\nSubject: beginning\r\n)\r\nTAG OK done\r\n"
	p := polling(t, scripted(t, greeting, answers).addr, b)
	running(t, p)
	if all := b.receivedAll(t, 3); !all[1].Partly || all[1].Subject != "beginning" {
		t.Errorf("%+v", all[1])
	}
}

// TestWhatNobodyAskedForIsNotFetched: a server may tell of other mails at any time
// (RFC 3501 7.4.2).
func TestWhatNobodyAskedForIsNotFetched(t *testing.T) {
	answers, b := honest(), newBooks()
	answers["UID FETCH 1:3"] = "* 9 FETCH (UID 99 RFC822.SIZE 90)\r\n" + answers["UID FETCH 1:3"]
	s := scripted(t, greeting, answers)
	running(t, polling(t, s.addr, b))
	b.receivedAll(t, 3)
	if n := s.heard("UID FETCH 99"); n > 0 {
		t.Errorf("it was fetched %d times", n)
	}
}

// TestAServerThatReadsNothingIsGivenUp.
func TestAServerThatReadsNothingIsGivenUp(t *testing.T) {
	ours, theirs := net.Pipe()
	defer theirs.Close()
	l := newLine(ours, 20*time.Millisecond)
	defer l.end(net.ErrClosed)
	written := make(chan error, 1)
	go func() { _, err := l.Write([]byte("A1 NOOP\r\n")); written <- err }()
	select {
	case err := <-written:
		if err == nil {
			t.Error("it was read by nobody")
		}
	case <-time.After(10 * time.Second):
		t.Error("it is waited for")
	}
}

// TestNoPasswordForAStranger: over TLS, a server that does not prove its name is
// told nothing, and one that does is.
func TestNoPasswordForAStranger(t *testing.T) {
	ca := filepath.Join(t.TempDir(), "ca.pem")
	proof, err := sink.Certificate(ca)
	if err != nil {
		t.Fatal(err)
	}
	listener := tls.NewListener(listen(t), proof)
	s := &script{addr: listener.Addr().String()}
	var all sync.WaitGroup
	defer all.Wait()
	defer listener.Close()
	all.Go(func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			all.Go(func() { s.converse(conn, greeting, honest()) })
		}
	})
	_, port, _ := net.SplitHostPort(s.addr)
	for _, c := range []struct {
		name, addr, ca string
		logins         int
	}{
		{"certified by nobody we know", s.addr, "", 0},
		{"certified, for another name", "localhost:" + port, ca, 0},
		{"certified", s.addr, ca, 1},
	} {
		a := Account{Addr: c.addr, Security: mailer.TLS, Username: "jianbao", Password: "secret", CAFile: c.ca, Timeout: 5 * time.Second}
		_, err := a.Look(t.Context(), After{})
		if s.heard("LOGIN") != c.logins || (err == nil) != (c.logins == 1) || err != nil && fault.As(err).Message.Key != sayTLS.Key {
			t.Errorf("%s: it heard %d passwords, %v", c.name, s.heard("LOGIN"), err)
		}
	}
}
