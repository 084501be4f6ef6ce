package textdiff

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func shown(lines []Line) string {
	var out strings.Builder
	for _, l := range lines {
		fmt.Fprintf(&out, "%d:", l.Line)
		for _, p := range l.Pieces {
			out.WriteString(p.Kept)
			if p.New != "" {
				out.WriteString("[+" + p.New + "]")
			}
			if p.Gone != "" {
				out.WriteString("[-" + p.Gone + "]")
			}
		}
		out.WriteString("\n")
	}
	return out.String()
}

func TestChangesAreShownByCharacter(t *testing.T) {
	for _, c := range []struct{ name, older, newer, want string }{
		{"nothing", "甲\n乙", "甲\n乙", ""},
		{"one character", "报头\n边东主持会议", "报头\n边冬主持会议", "2:边[-东][+冬]主持会议\n"},
		{"a new line", "甲\n丙", "甲\n乙\n丙", "2:[+乙↵]\n"},
		{"a line that went", "甲\n乙\n丙", "甲\n丙", "2:[-乙↵]丙\n"},
		{"only what stands beside it", strings.Repeat("长", 60) + "一" + strings.Repeat("短", 60), strings.Repeat("长", 60) + "二" + strings.Repeat("短", 60),
			"1:…" + strings.Repeat("长", beside) + "[-一][+二]" + strings.Repeat("短", beside) + "…\n"},
	} {
		if got := shown(Compare(c.older, c.newer)); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestNoChangeIsLeftOut(t *testing.T) {
	text := rapid.StringOfN(rapid.SampledFrom([]rune("甲乙丙\n")), 0, 30, -1)
	rapid.Check(t, func(t *rapid.T) {
		older, newer := text.Draw(t, "older"), text.Draw(t, "newer")
		var came, went int
		for _, l := range Compare(older, newer) {
			for _, p := range l.Pieces {
				came += len([]rune(p.New))
				went += len([]rune(p.Gone))
			}
		}
		if got, want := came-went, len([]rune(newer))-len([]rune(older)); got != want {
			t.Fatalf("%q to %q: %d characters came, %d went", older, newer, came, went)
		}
	})
}

func TestAgainstMarksWhatTheOtherHasNot(t *testing.T) {
	var out strings.Builder
	for _, p := range Against("边东主持", "边冬主持会议") {
		fmt.Fprintf(&out, "%s[%s]", p.Kept, p.New)
	}
	if got := out.String(); got != "边[][冬]主持[][会议]" {
		t.Errorf("it is %s", got)
	}
}
