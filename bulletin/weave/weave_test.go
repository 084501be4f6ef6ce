package weave_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"jianbao/bulletin/weave"
)

func nobody(int) weave.Side { return "" }

func TestCompareSettlesWhatOneChanged(t *testing.T) {
	for _, c := range []struct{ name, base, mine, theirs, want, open string }{
		{"nothing", "甲\n乙", "甲\n乙", "甲\n乙", "甲\n乙", ""},
		{"mine", "甲\n乙\n丙", "甲\n乙改\n丙", "甲\n乙\n丙", "甲\n乙改\n丙", ""},
		{"theirs", "甲\n乙\n丙", "甲\n乙\n丙", "甲\n丙", "甲\n丙", ""},
		{"each another line", "甲\n乙\n丙", "甲改\n乙\n丙", "甲\n乙\n丙改", "甲改\n乙\n丙改", ""},
		{"both alike", "甲\n乙", "甲\n乙改", "甲\n乙改", "甲\n乙改", ""},
		{"both otherwise", "甲\n乙\n丙", "甲\n我\n丙", "甲\n他\n丙", "甲\n我\n他\n丙", "我|他"},
		{"one drops what the other mends", "甲\n乙\n丙", "甲\n丙", "甲\n乙改\n丙", "甲\n乙改\n丙", "|乙改"},
		{"no base", "", "甲\n我\n丙", "甲\n他\n丙", "甲\n我\n他\n丙", "我|他"},
	} {
		var open []string
		places := weave.Compare(c.base, c.mine, c.theirs)
		for _, p := range places {
			if p.Open() {
				open = append(open, strings.Join(p.Mine, "/")+"|"+strings.Join(p.Theirs, "/"))
			}
		}
		if got := strings.Join(open, " "); got != c.open {
			t.Errorf("%s: open are %q", c.name, got)
		}
		if got := weave.Join(places, nobody); got != c.want {
			t.Errorf("%s: together it is %q", c.name, got)
		}
	}
}

func TestEitherSideIsATextAgain(t *testing.T) {
	text := rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(rapid.SampledFrom([]string{"甲", "乙", "丙", "", "丁"}), 1, 12).Draw(t, "lines"), "\n")
	})
	rapid.Check(t, func(t *rapid.T) {
		base, mine, theirs := text.Draw(t, "base"), text.Draw(t, "mine"), text.Draw(t, "theirs")
		places := weave.Compare(base, mine, theirs)
		if got := weave.Join(places, func(int) weave.Side { return weave.Mine }); got != mine {
			t.Fatalf("mine is %q, not %q", got, mine)
		}
		if got := weave.Join(places, func(int) weave.Side { return weave.Theirs }); got != theirs {
			t.Fatalf("theirs is %q, not %q", got, theirs)
		}
		if got := weave.Join(weave.Compare(base, mine, base), nobody); base != "" && got != mine {
			t.Fatalf("nobody else changed it, and it is %q, not %q", got, mine)
		}
	})
}
