package entry

import (
	"encoding/base32"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/pquerna/otp/totp"
	"pgregory.net/rapid"

	"jianbao/accounts"
	"jianbao/fault"
)

var now = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)

func codeAt(t interface{ Fatal(...any) }, secret []byte, at time.Time) string {
	code, err := totp.GenerateCode(base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(secret), at)
	if err != nil {
		t.Fatal(err)
	}
	return code
}

// The vectors of RFC 6238 appendix B for SHA-1, of which the last six digits are
// the code of six.
func TestTheCodesAreThoseOfTheStandard(t *testing.T) {
	secret := []byte("12345678901234567890")
	for at, code := range map[int64]string{59: "287082", 1111111109: "081804", 1111111111: "050471", 1234567890: "005924", 2000000000: "279037"} {
		if step, err := stepOf(secret, code, time.Unix(at, 0), 0); err != nil || step != at/30 {
			t.Errorf("%d: %d, %v", at, step, err)
		}
	}
}

func TestACodeIsTakenOnceAndInItsTime(t *testing.T) {
	secret := []byte("12345678901234567890")
	rapid.Check(t, func(t *rapid.T) {
		off := time.Duration(rapid.IntRange(-300, 300).Draw(t, "off")) * time.Second
		code := codeAt(t, secret, now.Add(off))
		step, err := stepOf(secret, code, now, 0)
		apart := now.Add(off).Unix()/30 - now.Unix()/30
		if near := apart >= -1 && apart <= 1; near != (err == nil) {
			t.Fatalf("%v away: %v", off, err)
		}
		if err == nil {
			if _, err := stepOf(secret, code, now, step); !fault.Is(err, fault.Unauthenticated) {
				t.Fatal("a code was taken twice")
			}
		}
	})
}

func TestCodesAsPeopleTypeThem(t *testing.T) {
	for typed, want := range map[string]string{"123 456": "123456", "１２３４５６": "123456", "123-456": "123456", "abc": "abc"} {
		if got := digits(typed); got != want {
			t.Errorf("%q is read as %q", typed, got)
		}
	}
	kept, shown := newCodes()
	f := Factor{Codes: kept}
	for n, code := range shown {
		if f.recovery(strings.ToUpper(code)) != n || f.recovery(strings.ReplaceAll(code, "-", " ")) != n {
			t.Errorf("%s is not known again", code)
		}
	}
	f.Codes[3].Used = now
	if f.recovery(shown[3]) >= 0 || f.Left() != RecoveryCodes-1 || f.recovery("") >= 0 {
		t.Error("a used code, or none, is taken")
	}
}

func TestPassesEnd(t *testing.T) {
	p := Pass{Expires: now.Add(time.Hour)}
	for at, code := range map[time.Duration]fault.Code{0: "", time.Hour - 1: "", time.Hour: fault.Blocked} {
		if err := p.Check(now.Add(at)); (err == nil) != (code == "") {
			t.Errorf("after %v: %v", at, err)
		}
	}
	p.Used = now
	if err := p.Check(now); !fault.Is(err, fault.Blocked) {
		t.Errorf("used: %v", err)
	}
}

func TestALetterHasNoLinkUntilItGoesOut(t *testing.T) {
	key, other := Key(strings.Repeat("k", 32)), Key(strings.Repeat("o", 32))
	p := Pass{ID: uuid.New(), Kind: Invitation, Expires: now}
	letter := Desk{NewID: uuid.New}.letter(sender{"市科技局办公室", "bgs@kjj.example"}, accounts.Person{Name: "程继东", Login: "chengjd"}, "cheng@kjj.example", p)
	token := key.Token(p.ID)
	if strings.Contains(letter.Text, token) || strings.Count(letter.Text, p.Mark()) != 2 || !strings.Contains(letter.Text, "chengjd") {
		t.Errorf("the letter: %s", letter.Text)
	}
	out := key.Linked(letter.Text, "https://jianbao.example")
	if strings.Count(out, "https://jianbao.example/pass/"+token) != 2 || strings.Contains(out, "[[") {
		t.Errorf("as it goes out: %s", out)
	}
	if other.Token(p.ID) == token {
		t.Error("two keys make the same token")
	}
}

func TestHouses(t *testing.T) {
	house := func(change func(*House)) House {
		h := House{Name: "市科技局办公室", Sender: "bgs@kjj.example", Strict: []accounts.Role{accounts.Admin}}
		change(&h)
		return h
	}
	if err := house(func(*House) {}).Validate(); err != nil {
		t.Error(err)
	}
	for name, h := range map[string]House{
		"nameless": house(func(h *House) { h.Name = " " }), "long": house(func(h *House) { h.Name = strings.Repeat("办", maxHouse+1) }),
		"sender": house(func(h *House) { h.Sender = "x\r\nBcc: y@z" }), "role": house(func(h *House) { h.Strict = []accounts.Role{"king"} }),
	} {
		if err := h.Validate(); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if h := house(func(*House) {}); !h.Needs(accounts.Person{Grants: []accounts.Grant{{Role: accounts.Admin}}}) || h.Needs(accounts.Person{Grants: []accounts.Grant{{Role: accounts.Editor}}}) {
		t.Error("a second factor is asked of the wrong people")
	}
}

func TestDevicesHaveNames(t *testing.T) {
	for agent, want := range map[string]string{
		"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36":                     "Chrome · Windows",
		"Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 MicroMessenger/8.0.50": "微信 · iPhone",
		"Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0":                                                              "Firefox · Linux",
		"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36 Edg/141.0.0.0":       "Edge · Windows",
		"curl/8.5\r\nx": "curl/8.5x", "": "",
	} {
		if got := Device(agent); got != want {
			t.Errorf("%s: %q", agent, got)
		}
	}
	if got := Device(strings.Repeat("a", 1000)); len(got) != maxDevice {
		t.Errorf("%d characters", len(got))
	}
}

func TestVisitsEndWithTheirTime(t *testing.T) {
	v := Visit{Seen: now, Expires: now.Add(12 * time.Hour)}
	for at, open := range map[time.Duration]bool{0: true, Idle: true, Idle + SeenEvery: false, 12 * time.Hour: false} {
		if v.Open(now.Add(at)) != open {
			t.Errorf("after %v", at)
		}
	}
	v.Ended = now
	if v.Open(now) {
		t.Error("a visit that was ended is open")
	}
}
