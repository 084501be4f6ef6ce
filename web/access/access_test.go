package access

import (
	"context"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/accounts/entry"
	"jianbao/fault"
	"jianbao/web/page"
	"jianbao/web/page/pagetest"
	"jianbao/workflow"
)

var (
	noon   = time.Date(2026, 11, 23, 4, 0, 0, 0, time.UTC)
	cheng  = accounts.Person{ID: uuid.New(), Login: "cheng", Name: "程继东", Active: true, Grants: []accounts.Grant{{Series: ours.ID, Role: accounts.Editor}}}
	ours   = workflow.Series{ID: uuid.New(), Masthead: "科技简报"}
	other  = workflow.Series{ID: uuid.New(), Masthead: "别人的简报"}
	theirs = accounts.Token{ID: uuid.New(), Person: uuid.New(), Name: "别人的", Expires: noon.Add(time.Hour)}
)

// books are the neighbours of the room.
type books struct {
	tokens  []accounts.Token
	revoked []uuid.UUID
	ended   []string
	factor  entry.Factor
	err     error
}

func (b *books) ChangePassword(_ context.Context, _ uuid.UUID, current, _, _ string, _ uuid.UUID) error {
	if current != "good" {
		return fault.New(fault.Unauthenticated, page.BadForm.With())
	}
	return b.err
}

func (b *books) EndOthers(context.Context, accounts.Person, uuid.UUID) error {
	b.ended = append(b.ended, "others")
	return b.err
}

func (b *books) Begin(context.Context, accounts.Person) (entry.Setup, error) {
	return entry.Setup{URL: "otpauth://totp/x?secret=ABCD", Secret: "ABCD EFGH"}, b.err
}

func (b *books) Confirm(_ context.Context, _ accounts.Person, code string) ([]string, error) {
	if code != "123456" {
		return nil, fault.New(fault.Unauthenticated, page.BadForm.With())
	}
	b.factor = entry.Factor{Confirmed: noon}
	return []string{"aaaa-bbbb"}, nil
}

func (b *books) Anew(context.Context, accounts.Person, string) ([]string, error) {
	return []string{"cccc-dddd"}, b.err
}

func (b *books) End(context.Context, accounts.Person, string) error { return b.err }

func (b *books) VisitsOf(context.Context, uuid.UUID, int) ([]entry.Visit, error) {
	return []entry.Visit{{ID: uuid.New(), Device: "Chrome · Windows", Seen: noon, Expires: noon.Add(time.Hour)}}, nil
}

func (b *books) EndVisit(_ context.Context, person, id uuid.UUID, _ time.Time, _ string) error {
	b.ended = append(b.ended, person.String()+id.String())
	return b.err
}

func (b *books) Factor(context.Context, uuid.UUID) (entry.Factor, error) { return b.factor, nil }

func (b *books) Tokens(context.Context) ([]accounts.Token, error) {
	return append([]accounts.Token{theirs}, b.tokens...), nil
}

func (b *books) AddToken(_ context.Context, t accounts.Token) error {
	b.tokens = append(b.tokens, t)
	return b.err
}

func (b *books) RevokeToken(_ context.Context, id uuid.UUID, _ time.Time) error {
	b.revoked = append(b.revoked, id)
	return b.err
}

func (b *books) SeriesAll(context.Context) ([]workflow.Series, error) {
	return []workflow.Series{ours, other}, nil
}

func mine(t *testing.T) (*books, *pagetest.Visitor) {
	b := &books{}
	return b, pagetest.Visit(t, Room(Config{Desk: b, Codes: b, Books: b, NewID: uuid.New}), cheng, noon)
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

func TestThePasswordIsChangedByThePresentOne(t *testing.T) {
	_, v := mine(t)
	a := v.Get("/me/access")
	if has(t, a, 200, "Chrome · Windows", ours.Masthead); strings.Contains(a.Body, other.Masthead) || strings.Contains(a.Body, theirs.Name) {
		t.Error("what is others' is shown")
	}
	has(t, v.Post("/me/access/password", "current", "good", "password", "x"), http.StatusSeeOther)
	for range triesAtOnce {
		has(t, v.Post("/me/access/password", "current", "bad"), http.StatusUnprocessableEntity)
	}
	has(t, v.Post("/me/access/password", "current", "good"), http.StatusTooManyRequests)
}

func TestATokenIsShownOnce(t *testing.T) {
	b, v := mine(t)
	a := v.Post("/me/access/tokens", "name", "脚本", "days", "30", "series", ours.ID.String(), "acts", "on")
	text := regexp.MustCompile(`jianbao_[A-Za-z0-9]{20,}`).FindString(a.Body)
	if has(t, a, 200); text == "" || len(b.tokens) != 1 || b.tokens[0].Hash != accounts.TokenHash(text) || !b.tokens[0].Acts || b.tokens[0].Kind != accounts.Personal {
		t.Fatalf("%q %+v", text, b.tokens)
	}
	if again := v.Get("/me/access"); strings.Contains(again.Body, text) || !strings.Contains(again.Body, "脚本") {
		t.Error("the token is shown again, or is not in the list")
	}
	for _, form := range [][]string{{"name", "x", "days", "0"}, {"name", "", "days", "9"}, {"name", "x", "days", "9", "series", other.ID.String()}, {"name", "x", "days", "400"}} {
		has(t, v.Post("/me/access/tokens", form...), http.StatusUnprocessableEntity)
	}
	has(t, v.Post("/me/access/tokens", "revoke", theirs.ID.String()), http.StatusUnprocessableEntity)
	has(t, v.Post("/me/access/tokens", "revoke", b.tokens[0].ID.String()), http.StatusSeeOther)
	if len(b.revoked) != 1 || b.revoked[0] != b.tokens[0].ID {
		t.Errorf("%v", b.revoked)
	}
}

func TestSignInsAreEnded(t *testing.T) {
	b, v := mine(t)
	id := uuid.New()
	has(t, v.Post("/me/access/visits", "visit", id.String()), http.StatusSeeOther)
	has(t, v.Post("/me/access/visits", "visit", "others"), http.StatusSeeOther)
	has(t, v.Post("/me/access/visits", "visit", "x"), http.StatusUnprocessableEntity)
	if len(b.ended) != 2 || b.ended[0] != cheng.ID.String()+id.String() {
		t.Errorf("%q", b.ended)
	}
}

func TestCodesAreSetUp(t *testing.T) {
	b, v := mine(t)
	has(t, v.Get("/me/codes?must=1"), 200, "ABCD EFGH", `<svg class="qr"`, "您的角色要求")
	a := v.Post("/me/codes", "act", "confirm", "code", "000000")
	if has(t, a, http.StatusUnprocessableEntity, "ABCD EFGH"); strings.Contains(a.Body, "aaaa-bbbb") {
		t.Error("recovery codes for a wrong code")
	}
	a = v.Post("/me/codes", "act", "confirm", "code", "123456")
	if has(t, a, 200, "aaaa-bbbb"); strings.Contains(a.Body, "ABCD") || a.Header.Get("Cache-Control") != "no-store" {
		t.Error("the secret is shown again")
	}
	if a := v.Get("/me/codes"); strings.Contains(a.Body, "aaaa-bbbb") {
		t.Error("recovery codes are shown again")
	}
	has(t, v.Post("/me/codes", "act", "anew", "code", "1"), 200, "cccc-dddd")
	has(t, v.Post("/me/codes", "act", "x"), http.StatusUnprocessableEntity)
	if a := v.Post("/me/codes", "act", "end", "code", "1"); a.Location != "/me/access?done=ended" {
		t.Errorf("%+v", a)
	}
	b.err = fault.New(fault.Blocked, page.BadForm.With())
	has(t, v.Post("/me/codes", "act", "end", "code", "1"), http.StatusUnprocessableEntity)
}
