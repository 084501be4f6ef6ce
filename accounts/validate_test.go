package accounts

import (
	"context"
	"strings"
	"testing"

	"github.com/google/uuid"

	"jianbao/fault"
)

func TestLogins(t *testing.T) {
	for _, login := range []string{"chengjidong", "c2", "li.si", "a_b-c", "007", strings.Repeat("a", 32)} {
		if err := ValidateLogin(login); err != nil {
			t.Errorf("%s: %v", login, err)
		}
	}
	for _, login := range []string{"", "a", "Cheng", "程继东", ".x", "a b", "a@b", "ab\n", strings.Repeat("a", 33)} {
		if !fault.Is(ValidateLogin(login), fault.Invalid) {
			t.Errorf("%q is a login", login)
		}
	}
}

func TestPasswords(t *testing.T) {
	cases := []struct {
		password string
		reasons  int
	}{
		{"correct horse", 0},
		{"鄂尔多斯科技简报第八期", 0},
		{"short", 1},
		{"九个字还差一个密码", 1},
		{"", 1},
		{"chengjidong", 1},
		{"ChengJiDong2021", 1},
		{"aaaaaaaaaaaa", 1},
		{"abababababab", 1},
		{"with\x00a control", 1},
		{"not utf-8 \xff\xff", 1},
		{strings.Repeat("很长", 101), 2},
		{"\x00", 2},
	}
	for _, c := range cases {
		err := fault.As(ValidatePassword("chengjidong", c.password))
		got := 0
		if err != nil {
			got = len(err.Reasons)
		}
		if got != c.reasons {
			t.Errorf("%q: %d reasons, want %d: %v", c.password, got, c.reasons, err)
		}
	}
	if err := ValidatePassword("li", "delightful morning"); err != nil {
		t.Errorf("a short login inside a word: %v", err)
	}
}

func TestAPersonIsWrongInEveryWayAtOnce(t *testing.T) {
	g := Grant{Role: Editor}
	p := Person{Login: "程", Name: " ", Password: "secret in clear", Grants: []Grant{g, g, {Role: "king"}}}
	err := fault.As(p.Validate())
	if err == nil || err.Code != fault.Invalid || len(err.Reasons) != 5 {
		t.Fatalf("want 5 reasons: %v", err)
	}
	if strings.Contains(err.In(fault.ZH)+err.In(fault.EN), "secret") {
		t.Error("the password is repeated")
	}
	for _, name := range []string{"a\x00b", strings.Repeat("东", 51)} {
		if (Person{Login: "ok", Name: name}).Validate() == nil {
			t.Errorf("%q is a name", name)
		}
	}
}

func TestAGoodPerson(t *testing.T) {
	hash, err := NewHasher(cheap, 1).Hash(context.Background(), "correct horse")
	if err != nil {
		t.Fatal(err)
	}
	p := Person{Login: "chengjidong", Name: "程继东", Password: hash, Grants: []Grant{{Role: Editor}, {uuid.New(), Editor}}}
	if err := p.Validate(); err != nil {
		t.Error(err)
	}
}

func TestRolesHaveTitlesAndAreRead(t *testing.T) {
	want := []string{"编辑", "审核", "签发", "收发", "查阅", "管理员", "安全管理员", "审计管理员"}
	for i, r := range Roles {
		if got := r.Title().In(fault.ZH); got != want[i] {
			t.Errorf("%s is %s", r, got)
		}
		for _, text := range []string{string(r), " " + strings.ToUpper(string(r)), want[i], r.Title().In(fault.EN)} {
			if got, err := ParseRole(text); err != nil || got != r {
				t.Errorf("%q: %v, %v", text, got, err)
			}
		}
	}
	if _, err := ParseRole("king"); !fault.Is(err, fault.Invalid) {
		t.Errorf("king: %v", err)
	}
	if got := Role("king").Title().In(fault.ZH); got != "king" {
		t.Errorf("an unknown role is shown as %s", got)
	}
}

func TestGrants(t *testing.T) {
	series, other := uuid.New(), uuid.New()
	p := Person{Active: true, Grants: []Grant{{series, Editor}, {uuid.Nil, Reader}}}
	if !p.Has(Editor, series) || p.Has(Editor, other) || !p.Has(Reader, other) || p.Has(Admin, series) || !p.Sees(other) {
		t.Error("grants are read wrongly")
	}
	if p.Active = false; p.Has(Editor, series) || p.Sees(series) {
		t.Error("a closed account may act")
	}
}

func TestWornPasswordsAreRefused(t *testing.T) {
	for password := range commonest {
		if len(password) < MinPassword {
			t.Errorf("%s is refused for its length anyway", password)
		}
	}
	for _, password := range []string{"1qaz2wsx3edc", "Password123", "ADMIN@123456"} {
		e := fault.As(ValidatePassword("cheng", password))
		if e == nil || e.Reasons[len(e.Reasons)-1].Key != passwordWorn.Key {
			t.Errorf("%s: %v", password, e)
		}
	}
}
