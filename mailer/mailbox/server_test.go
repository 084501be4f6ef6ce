package mailbox

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"log"
	"log/slog"
	"net"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver"
	"github.com/emersion/go-imap/v2/imapserver/imapmemserver"
	"github.com/google/uuid"

	"jianbao/mailer"
)

var now = time.Date(2026, 7, 8, 9, 0, 0, 0, time.UTC)

// A host is an IMAP server by another hand than our client's, with one user.
type host struct {
	t    *testing.T
	addr string
	user *imapmemserver.User
}

func hosted(t *testing.T, caps imap.CapSet) *host {
	t.Helper()
	h := &host{t: t, user: imapmemserver.NewUser("jianbao", "secret")}
	h.create("INBOX")
	mem := imapmemserver.New()
	mem.AddUser(h.user)
	if caps == nil {
		caps = imap.CapSet{imap.CapIMAP4rev1: {}, imap.CapUIDPlus: {}, imap.CapMove: {}, imap.CapIdle: {}}
	}
	server := imapserver.New(&imapserver.Options{
		NewSession: func(*imapserver.Conn) (imapserver.Session, *imapserver.GreetingData, error) {
			return mem.NewSession(), nil, nil
		},
		Caps: caps, InsecureAuth: true, Logger: log.New(io.Discard, "", 0),
	})
	listener := listen(t)
	h.addr = listener.Addr().String()
	done := make(chan struct{})
	go func() { defer close(done); _ = server.Serve(listener) }()
	t.Cleanup(func() { _ = server.Close(); <-done })
	return h
}

func listen(t *testing.T) net.Listener {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	return listener
}

func (h *host) create(folder string) {
	h.t.Helper()
	if err := h.user.Create(folder, nil); err != nil {
		h.t.Fatal(err)
	}
}

type literal struct{ *bytes.Reader }

// delivered puts mails with these subjects into the folder, at their times.
func (h *host) delivered(at time.Time, subjects ...string) {
	h.t.Helper()
	for _, s := range subjects {
		h.put(at, rawMail(s, "说几句"))
	}
}

func rawMail(subject, words string) string {
	return "From: a@unit.example\r\nSubject: " + subject + "\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" + words + "\r\n"
}

func (h *host) put(at time.Time, raw string) {
	h.t.Helper()
	if _, err := h.user.Append("INBOX", literal{bytes.NewReader([]byte(raw))}, &imap.AppendOptions{Time: at}); err != nil {
		h.t.Fatal(err)
	}
}

// holds returns how many mails a folder has.
func (h *host) holds(folder string) uint32 {
	h.t.Helper()
	status, err := h.user.Status(folder, &imap.StatusOptions{NumMessages: true, NumUnseen: true})
	if err != nil {
		h.t.Fatal(err)
	}
	return *status.NumMessages
}

func (h *host) unseen() uint32 {
	h.t.Helper()
	status, err := h.user.Status("INBOX", &imap.StatusOptions{NumUnseen: true})
	if err != nil {
		h.t.Fatal(err)
	}
	return *status.NumUnseen
}

// polling is a poller of a server, ready to run; nothing in it takes time.
func polling(t *testing.T, addr string, b Books) *Poller {
	t.Helper()
	return &Poller{
		Account: Account{Addr: addr, Security: mailer.Plain, Username: "jianbao", Password: "secret", Timeout: 5 * time.Second},
		Books:   b, Every: 10 * time.Millisecond, Rest: func(int) time.Duration { return time.Millisecond },
		Now: func() time.Time { return now }, NewID: uuid.New, Log: slog.New(slog.NewTextHandler(t.Output(), nil)),
	}
}

// running runs a poller until the test, or what is returned, ends it.
func running(t *testing.T, p *Poller) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- p.Run(ctx) }()
	var once sync.Once
	stop = func() {
		once.Do(func() {
			cancel()
			if err := <-done; err != nil {
				t.Error(err)
			}
		})
	}
	t.Cleanup(stop)
	return stop
}

// wait waits for the books to be as wanted.
func (b *books) wait(t *testing.T, want func(Position, []mailer.Incoming) bool) []mailer.Incoming {
	t.Helper()
	limit := time.After(20 * time.Second)
	for {
		at, all, changed := b.state()
		if want(at, all) {
			return all
		}
		select {
		case <-changed:
		case <-limit:
			t.Fatalf("%d mails at %+v", len(all), at)
		}
	}
}

// receivedAll waits until so many mails were received and the mailbox was read to its
// end.
func (b *books) receivedAll(t *testing.T, n int) []mailer.Incoming {
	t.Helper()
	return b.wait(t, func(at Position, all []mailer.Incoming) bool { return len(all) >= n && !at.Read.IsZero() })
}

func subjects(all []mailer.Incoming) (names []string) {
	for _, in := range all {
		names = append(names, in.Subject)
	}
	slices.Sort(names)
	return names
}

// A script is a server that answers as told: each command gets the answer whose
// beginning it has, with its tag in the place of TAG. Other commands are OK.
type script struct {
	addr string
	mu   sync.Mutex
	said []string // commands that came, without tags
}

// heard returns how many commands came that begin so.
func (s *script) heard(begins string) (n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, c := range s.said {
		if strings.HasPrefix(c, begins) {
			n++
		}
	}
	return n
}

const greeting = "* OK [CAPABILITY IMAP4rev1] ready\r\n"

func scripted(t *testing.T, greeting string, answers map[string]string) *script {
	t.Helper()
	listener := listen(t)
	s := &script{addr: listener.Addr().String()}
	var all sync.WaitGroup
	t.Cleanup(all.Wait)
	t.Cleanup(func() { _ = listener.Close() })
	all.Go(func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			all.Go(func() { s.converse(conn, greeting, answers) })
		}
	})
	return s
}

// hangUp ends a connection in the middle of an answer, and silence never ends
// the answer.
const (
	hangUp  = "<hang up>"
	silence = "<silence>"
)

func (s *script) converse(conn net.Conn, greeting string, answers map[string]string) {
	defer conn.Close()
	lines := bufio.NewReader(conn)
	say := func(text string) bool {
		text, over := strings.CutSuffix(text, hangUp)
		text, mute := strings.CutSuffix(text, silence)
		if _, err := io.WriteString(conn, text); err != nil || over {
			return false
		}
		if mute {
			_, _ = io.Copy(io.Discard, conn)
		}
		return !mute
	}
	if !say(greeting) {
		return
	}
	for tag := ""; ; {
		line, err := lines.ReadString('\n')
		if err != nil {
			return
		}
		first, command, _ := strings.Cut(strings.TrimSpace(line), " ")
		if command == "" { // DONE, of the command before
			command = first
		} else {
			tag = first
		}
		s.mu.Lock()
		s.said = append(s.said, command)
		s.mu.Unlock()
		answer := "TAG OK done\r\n"
		for begins, a := range answers {
			if strings.HasPrefix(command, begins) {
				answer = a
			}
		}
		if !say(strings.ReplaceAll(answer, "TAG", tag)) {
			return
		}
	}
}

// honest are the answers of a server with three mails.
func honest() map[string]string {
	answers := map[string]string{
		"CAPABILITY": "* CAPABILITY IMAP4rev1\r\nTAG OK done\r\n",
		"EXAMINE":    "* 3 EXISTS\r\n* OK [UIDVALIDITY 7] valid\r\n* OK [UIDNEXT 4] next\r\nTAG OK [READ-ONLY] done\r\n",
		"UID SEARCH": "* SEARCH 1 2 3\r\nTAG OK done\r\n",
		"UID FETCH 1:3": "* 1 FETCH (UID 1 RFC822.SIZE 90)\r\n* 2 FETCH (UID 2 RFC822.SIZE 90)\r\n* 3 FETCH (UID 3 RFC822.SIZE 90)\r\n" +
			"TAG OK done\r\n",
	}
	for n := 1; n <= 3; n++ {
		raw := rawMail(fmt.Sprint(n), "x")
		answers[fmt.Sprintf("UID FETCH %d (UID BODY.PEEK[])", n)] = fmt.Sprintf("* %d FETCH (UID %[1]d BODY[] {%d}\r\n%s)\r\nTAG OK done\r\n", n, len(raw), raw)
	}
	return answers
}
