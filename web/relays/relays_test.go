package relays

import (
	"context"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/accounts/entry"
	"jianbao/accounts/vault"
	"jianbao/mailer"
	"jianbao/mailer/relays"
	"jianbao/mailer/sink"
	"jianbao/web/page/pagetest"
	"jianbao/workflow"
)

var (
	noon = time.Date(2026, 11, 23, 4, 0, 0, 0, time.UTC)
	boss = accounts.Person{ID: uuid.New(), Name: "管理员", Active: true, Grants: []accounts.Grant{{Role: accounts.Admin}}}
)

// books are the neighbours of the room.
type books struct {
	set     []relays.Setting
	dropped int
	mail    string
	sent    []string
}

func (b *books) Relays(context.Context) ([]relays.Setting, error) { return b.set, nil }

func (b *books) SaveRelay(_ context.Context, r relays.Setting, _ entry.Line) error {
	if err := r.Validate(); err != nil {
		return err
	}
	r.Version++
	b.set = []relays.Setting{r}
	return nil
}

func (b *books) DropRelay(_ context.Context, place int, _ entry.Line) error {
	b.dropped, b.set = place, nil
	return nil
}

func (b *books) SeriesAll(context.Context) ([]workflow.Series, error) {
	return []workflow.Series{{Mailbox: "jianbao@KJJ.example"}}, nil
}

func (b *books) MailOf(context.Context, uuid.UUID) (string, error) { return b.mail, nil }

func (b *books) Separation(context.Context) (accounts.Separation, error) {
	return accounts.Separation{}, nil
}

func (b *books) LookupTXT(_ context.Context, name string) ([]string, error) {
	return nil, &net.DNSError{Err: "no such host", Name: name, IsNotFound: true}
}

func office(t *testing.T, configured ...mailer.Relay) (*books, *vault.Ring, *pagetest.Visitor) {
	b, ring := &books{}, vault.New()
	return b, ring, pagetest.Visit(t, Room(Config{
		Books: b, Safe: ring, Configured: configured, Names: b, Limit: 20 << 20, Profile: func(string) string { return "own" },
		Trial: func() ([]sink.Message, bool) {
			return []sink.Message{{Raw: []byte("Subject: hello\r\n\r\ntext"), To: []string{"a@b.example"}}}, true
		},
		Send: func(_ context.Context, from, to string) error { b.sent = append(b.sent, from+">"+to); return nil },
	}), boss, noon)
}

func has(t *testing.T, a pagetest.Answer, status int, words ...string) {
	t.Helper()
	if a.Status != status {
		t.Errorf("status %d, want %d: %s", a.Status, status, a.Body)
	}
	for _, w := range words {
		if !strings.Contains(a.Body, w) {
			t.Errorf("%q is not on the page", w)
		}
	}
}

func TestAPasswordIsSealedAndNeverShown(t *testing.T) {
	b, ring, v := office(t)
	form := []string{"act", "save", "place", "1", "addr", "smtp.kjj.example:465", "security", "tls", "login", "jianbao", "version", "0"}
	has(t, v.Post("/relays", form...), http.StatusUnprocessableEntity, "smtp.kjj.example:465")
	has(t, v.Post("/relays", append(form, "password", "geheim")...), http.StatusSeeOther)
	kept := b.set[0]
	if text, err := ring.Open(kept.SealedPlace(), kept.Sealed); err != nil || string(text) != "geheim" || strings.Contains(kept.Sealed, "geheim") {
		t.Errorf("%q %v", text, err)
	}
	if a := v.Get("/relays"); strings.Contains(a.Body, "geheim") || strings.Contains(a.Body, kept.Sealed) {
		t.Error("the password is on the page")
	}
	form[len(form)-1] = "1"
	has(t, v.Post("/relays", form...), http.StatusSeeOther) // it stays
	if text, _ := ring.Open(b.set[0].SealedPlace(), b.set[0].Sealed); string(text) != "geheim" {
		t.Error("the password was lost")
	}
	form[5] = "evil.example:465"
	has(t, v.Post("/relays", form...), http.StatusUnprocessableEntity, "evil.example:465")
}

func TestARelayIsTested(t *testing.T) {
	box, err := sink.Start("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer box.Close()
	b, _, v := office(t)
	has(t, v.Post("/relays", "act", "test", "place", "1", "addr", box.Addr(), "security", "none"), 200, box.Addr(), "可用")
	has(t, v.Post("/relays", "act", "test", "place", "1", "addr", "127.0.0.1:1", "security", "none"), 200, "须处理")
	has(t, v.Post("/relays", "act", "test", "place", "1", "addr", "nonsense", "security", "none"), http.StatusUnprocessableEntity)
	if box.Count() != 0 || b.set != nil {
		t.Error("a test sent or saved something")
	}
	has(t, v.Post("/relays", "act", "dns", "domain", "kjj.example"), 200, "v=spf1 mx")
	has(t, v.Post("/relays", "act", "dns", "domain", "other.example"), http.StatusUnprocessableEntity)
}

func TestWhatIsConfiguredStays(t *testing.T) {
	b, _, v := office(t, mailer.Relay{Addr: "127.0.0.1:1", Security: mailer.Plain, Password: "geheim"})
	if a := v.Get("/relays"); !strings.Contains(a.Body, "127.0.0.1:1") || strings.Contains(a.Body, "geheim") {
		t.Error(a.Body)
	}
	for _, act := range []string{"save", "try", "drop"} {
		has(t, v.Post("/relays", "act", act, "place", "1", "addr", "x.example:25"), http.StatusUnprocessableEntity, fixed.ZH)
	}
	has(t, v.Post("/relays", "act", "test", "configured", "0"), 200, "须处理")
	has(t, v.Post("/relays", "act", "test", "configured", "7"), http.StatusUnprocessableEntity)
	if b.set != nil || b.dropped != 0 {
		t.Error("something was changed")
	}
}

func TestMailIsTried(t *testing.T) {
	b, _, v := office(t)
	has(t, v.Post("/relays", "act", "letter"), http.StatusUnprocessableEntity, noAddress.ZH)
	b.mail = "boss@kjj.example"
	has(t, v.Post("/relays", "act", "letter"), http.StatusSeeOther)
	if len(b.sent) != 1 || b.sent[0] != "jianbao@KJJ.example>boss@kjj.example" {
		t.Errorf("%q", b.sent)
	}
	has(t, v.Post("/relays", "act", "try", "version", "0"), http.StatusSeeOther)
	has(t, v.Get("/relays"), 200, "现在是试用")
	has(t, v.Get("/relays/letters"), 200, "hello")
	if a := v.Get("/relays/letters/0"); a.Status != 200 || !strings.Contains(a.Header.Get("Content-Disposition"), "attachment") {
		t.Errorf("%+v", a)
	}
	has(t, v.Get("/relays/letters/1"), http.StatusNotFound)
	has(t, v.Post("/relays", "act", "drop", "place", "1"), http.StatusSeeOther)
	has(t, v.Post("/relays", "act", "x"), http.StatusUnprocessableEntity)
	v.Person = accounts.Person{ID: uuid.New(), Active: true, Grants: []accounts.Grant{{Role: accounts.Clerk}}}
	has(t, v.Get("/relays"), http.StatusNotFound)
	has(t, v.Post("/relays", "act", "drop", "place", "1"), http.StatusNotFound)
}
