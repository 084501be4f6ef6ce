package mailbox

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"

	"jianbao/fault"
	"jianbao/mailer"
)

// cutting forwards connections to a server, and cuts the first few of them as soon
// as something is said in either direction.
func cutting(t *testing.T, to, word string, times int32) string {
	t.Helper()
	listener := listen(t)
	var all sync.WaitGroup
	var left atomic.Int32
	left.Store(times)
	t.Cleanup(all.Wait)
	t.Cleanup(func() { _ = listener.Close() })
	pass := func(from, to net.Conn) {
		defer from.Close()
		defer to.Close()
		buffer := make([]byte, 64<<10)
		for {
			n, err := from.Read(buffer)
			if err != nil {
				return
			}
			if at := strings.Index(string(buffer[:n]), word); at >= 0 && left.Add(-1) >= 0 {
				_, _ = to.Write(buffer[:at+len(word)/2])
				return
			}
			if _, err := to.Write(buffer[:n]); err != nil {
				return
			}
		}
	}
	all.Go(func() {
		for {
			client, err := listener.Accept()
			if err != nil {
				return
			}
			server, err := net.Dial("tcp", to)
			if err != nil {
				_ = client.Close()
				return
			}
			all.Go(func() { pass(client, server) })
			all.Go(func() { pass(server, client) })
		}
	})
	return listener.Addr().String()
}

// TestTheConnectionIsCut in every phase, twice: every mail is received once all
// the same, and done with as was asked for.
func TestTheConnectionIsCut(t *testing.T) {
	for _, word := range []string{
		"ready", "LOGIN", "Logged in", "SELECT", "UIDVALIDITY", "NOOP", "UID SEARCH", "SEARCH completed", "RFC822.SIZE", "INTERNALDATE",
		"BODY.PEEK", "BODY[]", "Subject: 07", "MOVE", "COPYUID", "IDLE", "idling",
	} {
		t.Run(word, func(t *testing.T) {
			h, b := hosted(t, nil), newBooks()
			var want []string
			for n := range few + 3 {
				want = append(want, fmt.Sprintf("%02d", n))
			}
			h.delivered(now, want...)
			p := polling(t, cutting(t, h.addr, word, 2), b)
			p.After = After{Move, "done"}
			stop := running(t, p)
			b.receivedAll(t, len(want))
			h.delivered(now, "zz")
			all := b.wait(t, func(at Position, all []mailer.Incoming) bool { return at.UID == few+4 })
			stop()
			if got := subjects(all); !slices.Equal(got, append(want, "zz")) || p.Partly.Load() > 0 {
				t.Errorf("%v", got)
			}
			if h.holds("INBOX") != 0 || h.holds("done") != uint32(len(all)) {
				t.Errorf("%d left, %d moved", h.holds("INBOX"), h.holds("done"))
			}
		})
	}
}

// TestTheProcessIsKilled after mails were received and before it was written down
// how far: nothing is received twice, and what was asked for is done.
func TestTheProcessIsKilled(t *testing.T) {
	h, b := hosted(t, nil), newBooks()
	h.delivered(now, "a", "b", "c")
	dying := polling(t, h.addr, stubborn{b})
	dying.After = After{Way: Delete}
	stop := running(t, dying)
	b.wait(t, func(_ Position, all []mailer.Incoming) bool { return len(all) == 3 })
	stop()
	if at, _, _ := b.state(); at.UID != 0 {
		t.Fatalf("it was written down: %+v", at)
	}
	h.delivered(now, "d")
	next := polling(t, h.addr, b)
	next.After = dying.After
	stop = running(t, next)
	all := b.wait(t, func(at Position, all []mailer.Incoming) bool { return at.UID == 4 })
	stop()
	if got := subjects(all); !slices.Equal(got, []string{"a", "b", "c", "d"}) || h.holds("INBOX") != 0 {
		t.Errorf("%v, %d left", got, h.holds("INBOX"))
	}
}

// stubborn are books that never write down how far a mailbox was read.
type stubborn struct{ *books }

func (stubborn) AdvanceMailbox(context.Context, string, uuid.UUID, Position) error { return errChanged }

// TestAMailThatCannotBeFetched is tried some times, noted, and bars nobody's way;
// so is one over which a reader stumbles.
func TestAMailThatCannotBeFetched(t *testing.T) {
	for name, answer := range map[string]string{
		"the literal ends early":      "* 2 FETCH (UID 2 BODY[] {500}\r\nFrom: a" + hangUp,
		"the literal is no literal":   "* 2 FETCH (UID 2 BODY[] {x}\r\n" + hangUp,
		"no":                          "TAG NO [SERVERBUG] cannot\r\n",
		"something else":              "* 2 QUUX\r\nTAG OK\r\n",
		"a parenthesis that is open":  "* 2 FETCH (UID 2 ((((\r\nTAG OK\r\n" + hangUp,
		"an answer to nobody":         "T999 OK done\r\n",
		"farewell":                    "* BYE going down\r\n" + hangUp,
		"larger than the server said": fmt.Sprintf("* 2 FETCH (UID 2 BODY[] {%d}\r\n", mailer.MaxIncoming+1) + silence,
	} {
		t.Run(name, func(t *testing.T) {
			answers, b := honest(), newBooks()
			answers["UID FETCH 2 (UID BODY.PEEK[])"] = answer
			answers["UID FETCH 2 (UID BODY.PEEK[]<"] = "* 2 FETCH (UID 2 BODY[]<0> {11}\r\nSubject: x\n)\r\nTAG OK done\r\n"
			p := polling(t, scripted(t, greeting, answers).addr, b)
			running(t, p)
			all := b.receivedAll(t, 3)
			if all[0].Subject != "1" || !all[1].Partly || all[2].Subject != "3" || p.Partly.Load() != 1 {
				t.Errorf("%+v", all)
			}
		})
	}
	h, b := hosted(t, nil), newBooks()
	b.refuse = map[string]error{"bad": errPanic}
	h.delivered(now, "a", "bad", "c")
	running(t, polling(t, h.addr, b))
	if all := b.receivedAll(t, 3); !all[1].Partly || all[2].Subject != "c" {
		t.Errorf("%+v", all)
	}
}

// TestTheDatabaseIsAway for a while: mails are received when it is back.
func TestTheDatabaseIsAway(t *testing.T) {
	h, b := hosted(t, nil), newBooks()
	b.refuse = map[string]error{"b": errors.New("no database")}
	h.delivered(now, "a", "b", "c")
	p := polling(t, h.addr, b)
	tries := make(chan struct{}, 100)
	p.Rest = func(int) time.Duration { tries <- struct{}{}; return time.Millisecond }
	running(t, p)
	for range 2 * mostMisses {
		<-tries
	}
	b.mu.Lock()
	b.refuse = nil
	b.mu.Unlock()
	if all := b.receivedAll(t, 3); all[1].Subject != "b" || all[1].Partly {
		t.Errorf("%v", subjects(all))
	}
}

// TestServersThatAreNotTalkedTo: what is said of them, and no password goes out.
func TestServersThatAreNotTalkedTo(t *testing.T) {
	flood := strings.Repeat("* OK and\r\n", small/8)
	for name, c := range map[string]struct {
		greeting string
		answers  map[string]string
		security mailer.Security
		want     fault.Sentence
		logins   int
	}{
		"one that never speaks":         {silence, nil, mailer.Plain, sayTLS, 0},
		"one that hangs up":             {hangUp, nil, mailer.Plain, sayTLS, 0},
		"one that says goodbye":         {"* BYE no\r\n", nil, mailer.Plain, sayTLS, 0},
		"one that speaks without end":   {greeting, map[string]string{"LOGIN": flood}, mailer.Plain, sayLogin, 1},
		"a word without end":            {"* OK " + strings.Repeat("x", small+1), nil, mailer.Plain, sayTLS, 0},
		"one that knows us":             {"* PREAUTH hello\r\n", nil, mailer.Plain, sayTLS, 0},
		"no TLS where it is asked for":  {greeting, nil, mailer.TLS, sayTLS, 0},
		"no STARTTLS":                   {greeting, map[string]string{"STARTTLS": "TAG BAD what\r\n"}, mailer.StartTLS, sayTLS, 0},
		"STARTTLS that is none":         {greeting, map[string]string{"STARTTLS": "TAG OK go\r\nTAG OK LOGIN\r\n"}, mailer.StartTLS, sayTLS, 0},
		"known at once, and STARTTLS":   {"* PREAUTH hello\r\n", map[string]string{"STARTTLS": "TAG OK go\r\n"}, mailer.StartTLS, sayTLS, 0},
		"no way to sign in":             {"* OK [CAPABILITY IMAP4rev1 LOGINDISABLED] x\r\n", nil, mailer.Plain, sayLogin, 0},
		"another password":              {greeting, map[string]string{"LOGIN": "TAG NO [AUTHENTICATIONFAILED] 授权码\r\n"}, mailer.Plain, sayLogin, 1},
		"silence after the password":    {greeting, map[string]string{"LOGIN": silence}, mailer.Plain, sayLogin, 1},
		"no folder":                     {greeting, map[string]string{"CAPABILITY": "* CAPABILITY IMAP4rev1\r\nTAG OK x\r\n", "EXAMINE": "TAG NO none\r\n"}, mailer.Plain, sayFolder, 1},
		"numbers that do not last":      {greeting, map[string]string{"CAPABILITY": "* CAPABILITY IMAP4rev1\r\nTAG OK x\r\n", "EXAMINE": "* 3 EXISTS\r\nTAG OK x\r\n"}, mailer.Plain, sayFolder, 1},
		"unsafe without our name (163)": {greeting, map[string]string{"CAPABILITY": "* CAPABILITY IMAP4rev1 ID\r\nTAG OK x\r\n", "ID": "TAG NO x\r\n", "EXAMINE": "TAG NO Unsafe Login\r\n"}, mailer.Plain, sayFolder, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := scripted(t, c.greeting, c.answers)
			a := Account{Addr: s.addr, Security: c.security, Username: "jianbao", Password: "secret", Timeout: 300 * time.Millisecond}
			_, err := a.Look(t.Context(), After{})
			if !fault.Is(err, fault.Unavailable) || fault.As(err).Message.Key != c.want.Key || strings.Contains(fmt.Sprint(err), "secret") {
				t.Errorf("%v", err)
			}
			if s.heard("LOGIN")+s.heard("AUTHENTICATE") != c.logins {
				t.Errorf("it heard %q", s.said)
			}
		})
	}
	if _, err := (Account{Addr: "127.0.0.1:1", Username: "a", Password: "b"}).Look(t.Context(), After{}); !fault.Is(err, fault.Unavailable) {
		t.Error(err)
	}
}

// TestNewsByIdle: the server speaks first.
func TestNewsByIdle(t *testing.T) {
	answers, b := honest(), newBooks()
	answers["CAPABILITY"] = "* CAPABILITY IMAP4rev1 IDLE\r\nTAG OK done\r\n"
	answers["IDLE"] = "+ idling\r\n* 4 EXISTS\r\n"
	s := scripted(t, greeting, answers)
	p := polling(t, s.addr, b)
	p.Every = time.Hour
	running(t, p)
	b.receivedAll(t, 3)
	looks := 0
	b.wait(t, func(Position, []mailer.Incoming) bool { looks++; return looks > 3 }) // each writes down how far it came
	if s.heard("DONE") == 0 {
		t.Errorf("%q", s.said)
	}
}

// TestAServerThatFallsSilent while it is listened to is given up at the next word.
func TestAServerThatFallsSilent(t *testing.T) {
	answers, b := honest(), newBooks()
	answers["CAPABILITY"] = "* CAPABILITY IMAP4rev1 IDLE\r\nTAG OK done\r\n"
	answers["IDLE"] = "+ idling\r\n" + silence
	p := polling(t, scripted(t, greeting, answers).addr, b)
	p.Account.Timeout = 100 * time.Millisecond
	failed := make(chan struct{}, 10)
	p.Rest = func(int) time.Duration { failed <- struct{}{}; return time.Hour }
	running(t, p)
	<-failed
	if p.Received.Load() != 3 {
		t.Errorf("%d received", p.Received.Load())
	}
}

func TestSettingsThatCannotBeUsed(t *testing.T) {
	good := Account{Addr: "imap.example:993", Username: "a", Password: "b"}
	for name, c := range map[string]struct {
		spoil func(*Account)
		want  fault.Sentence
	}{
		"":                       {func(*Account) {}, fault.Sentence{}},
		"no port":                {func(a *Account) { a.Addr = "imap.example" }, sayAddress},
		"no password":            {func(a *Account) { a.Password = "" }, sayNobody},
		"a password in clear":    {func(a *Account) { a.Security = mailer.Plain }, sayClear},
		"another security":       {func(a *Account) { a.Security = "ssl" }, saySecurity},
		"certificates of nobody": {func(a *Account) { a.CAFile = "account.go" }, sayCA},
	} {
		a := good
		c.spoil(&a)
		err := a.Check()
		if name == "" && err != nil || name != "" && (!fault.Is(err, fault.Invalid) || fault.As(err).Reasons[0].Key != c.want.Key) {
			t.Errorf("%q: %v", name, err)
		}
		if p := polling(t, "", newBooks()); name != "" {
			p.Account = a
			if err := p.Run(t.Context()); !fault.Is(err, fault.Invalid) {
				t.Errorf("%q: ran, %v", name, err)
			}
		}
	}
}

// TestNotAllowed: a machine that may not fetch does not even connect.
func TestNotAllowed(t *testing.T) {
	s := scripted(t, greeting, maps.Clone(honest()))
	p := polling(t, s.addr, newBooks())
	asked := make(chan struct{}, 100)
	p.May = func(context.Context) error { asked <- struct{}{}; return errors.New("restored") }
	stop := running(t, p)
	<-asked
	<-asked
	stop()
	if len(s.said) > 0 {
		t.Errorf("%q", s.said)
	}
}
