package recipients

import (
	"strings"
	"testing"

	"github.com/google/uuid"

	"jianbao/fault"
)

func TestGoodUnitsAndCollectives(t *testing.T) {
	dir := office()
	for _, u := range dir.Units {
		if err := u.Validate(); err != nil {
			t.Errorf("%s: %v", u.Name, err)
		}
	}
	for _, c := range dir.Collectives {
		if err := c.Validate(); err != nil {
			t.Error(err)
		}
	}
}

func TestAUnitIsWrongInEveryWayAtOnce(t *testing.T) {
	u := Unit{
		Name: " ", Place: "鄂\x00尔", Phone: "\xff", Channel: "fax", Copies: 10000,
		Aliases: []Alias{
			{Name: "市局"}, {Name: " "}, {Name: "市 局"}, {Name: "旧", From: day, Until: day}, {Name: "\x00"},
		},
		Addresses: []string{"a@b.example", "A@b.example", "局 <a@b.example>", "a@b.example, c@d.example", "a@", "甲\r\n@b.example"},
	}
	err := fault.As(u.Validate())
	if err == nil || err.Code != fault.Invalid {
		t.Fatal("taken")
	}
	if len(err.Reasons) != 14 {
		t.Errorf("%d reasons, want 14:\n%s", len(err.Reasons), in(fault.ZH, err.Reasons))
	}
	if strings.ContainsAny(err.In(fault.ZH), "\x00\r\n") {
		t.Error("a control character is repeated to the user")
	}
}

func TestAShortNameMayComeBack(t *testing.T) {
	u := unit("鄂尔多斯市科学技术局")
	u.Aliases = []Alias{{Name: "市科委", Until: day.AddDate(-20, 0, 0)}, {Name: "市科委", From: day}}
	if err := u.Validate(); err != nil {
		t.Error(err)
	}
	u.Aliases[0].Until = day.AddDate(0, 0, 1)
	if u.Validate() == nil {
		t.Error("two at one time")
	}
}

func TestAddresses(t *testing.T) {
	good := []string{"a@b.example", "first.last+tag@sub.b.example", "用户@例子.example"}
	bad := []string{
		"", "a", "@b.example", "a@b@c.example", "<a@b.example>", "a@b.example ", "a b@c.example", "(x)a@b.example",
		"a@b.example\n", `"<>"@b.example`, strings.Repeat("a", 250) + "@b.example",
	}
	for _, a := range good {
		if !isAddress(a) {
			t.Errorf("%q is an address", a)
		}
	}
	for _, a := range bad {
		if isAddress(a) {
			t.Errorf("%q is no address", a)
		}
	}
}

func TestACollectiveIsWrongInEveryWayAtOnce(t *testing.T) {
	c := Collective{Members: []Member{{Words: "甲", Unit: id("甲")}, {Words: "乙", Unit: id("甲")}, {Words: "丙", Unit: uuid.Nil}, {Words: "", Unit: id("丁")}, {Words: "\x00", Unit: id("戊")}}}
	err := fault.As(c.Validate())
	if err == nil || len(err.Reasons) != 5 {
		t.Errorf("want 5 reasons: %v", err)
	}
	if (Collective{Text: "各旗区"}).Validate() == nil {
		t.Error("a class of nobody")
	}
}

func FuzzAddress(f *testing.F) {
	f.Add("a@b.example")
	f.Add("=?utf-8?q?x?= <a@b.example>")
	f.Fuzz(func(t *testing.T, text string) {
		if isAddress(text) && strings.ContainsAny(text, "\r\n\x00<>") {
			t.Fatalf("%q would break a header", text)
		}
	})
}
