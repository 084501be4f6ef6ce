package accounts

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"jianbao/fault"
)

func TestATokenIsRandomAndKnownByItsPrefix(t *testing.T) {
	one, other := NewToken(), NewToken()
	if one == other || TokenHash(one) == TokenHash(other) || strings.Contains(TokenHash(one), one) {
		t.Errorf("%s %s", one, other)
	}
	if p := TokenPrefix(one); !strings.HasPrefix(one, p) || len(one)-len(p) != 26 {
		t.Errorf("the prefix of %s is %q", one, p)
	}
	for _, text := range []string{"", "jianbao_", one[1:], one + "x", strings.Repeat("x", len(one))} {
		if p := TokenPrefix(text); p != "" {
			t.Errorf("%q is taken for a token: %q", text, p)
		}
	}
}

func TestATokenSaysEverythingThatIsWrongWithIt(t *testing.T) {
	made := time.Date(2021, 7, 15, 0, 0, 0, 0, time.UTC)
	good := Token{Name: "数据平台", Kind: Service, Made: made, Expires: made.AddDate(0, 0, MaxTokenDays)}
	if err := good.Validate(); err != nil {
		t.Error(err)
	}
	watching := Token{Name: "监控", Kind: Monitor, Made: made, Expires: made.AddDate(0, 0, 1)}
	if err := watching.Validate(); err != nil {
		t.Error(err)
	}
	watching.Acts = true
	if err := watching.Validate(); !fault.Is(err, fault.Invalid) {
		t.Errorf("a token for monitoring that acts: %v", err)
	}
	bad := fault.As(Token{Kind: "x", Made: made, Expires: made.AddDate(0, 0, MaxTokenDays+1)}.Validate())
	if bad == nil || bad.Code != fault.Invalid || len(bad.Reasons) != 3 {
		t.Errorf("%v", bad)
	}
}

func TestATokenEnds(t *testing.T) {
	now := time.Date(2021, 7, 15, 0, 0, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		token Token
		opens bool
	}{
		"good":             {Token{Expires: now.Add(1)}, true},
		"at its end":       {Token{Expires: now}, false},
		"revoked long ago": {Token{Expires: now.Add(time.Hour), Revoked: now.Add(-time.Hour)}, false},
	} {
		err := c.token.Check(now)
		if (err == nil) != c.opens || err != nil && !fault.Is(err, fault.Unauthenticated) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestATokenOpensNoMoreThanItsPersonMay(t *testing.T) {
	a, b, c := uuid.New(), uuid.New(), uuid.New()
	p := Person{Active: true, Grants: []Grant{{Role: Clerk}, {a, Editor}, {b, Reviewer}}}
	if got := (Token{}).Narrow(p); !slices.Equal(got.Grants, p.Grants) {
		t.Errorf("without series: %v", got.Grants)
	}
	got := Token{Series: []uuid.UUID{a, c}}.Narrow(p)
	if want := []Grant{{a, Clerk}, {c, Clerk}, {a, Editor}}; !slices.Equal(got.Grants, want) {
		t.Errorf("narrowed to %v", got.Grants)
	}
	if got.Sees(b) || got.Has(Clerk, b) || got.Has(Clerk, uuid.Nil) || got.Has(Editor, c) || len(p.Grants) != 3 {
		t.Errorf("it opens more: %v", got.Grants)
	}
	if none := (Token{Series: []uuid.UUID{}}).Narrow(p); none.Sees(a) {
		t.Error("a token for no series opens one")
	}
}
