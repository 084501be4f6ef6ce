package ready

import (
	"slices"
	"strings"
	"testing"
	"time"

	"jianbao/bulletin"
)

func TestTheLastCharactersOfTitles(t *testing.T) {
	for _, w := range titleWords {
		if !strings.ContainsRune(titleEnds, lastRune(w)) {
			t.Errorf("%s", w)
		}
	}
}

func TestNumbersAreRead(t *testing.T) {
	for s, want := range map[string]int{"": 0, "7": 7, "31": 31, "十": 10, "十三": 13, "二十": 20, "二十三": 23, "三十一": 31, "二〇二一": 2021, "二○○八": 2008, "2021": 2021} {
		if got := number(s); got != want {
			t.Errorf("%s: %d, want %d", s, got, want)
		}
	}
}

// within fails if a finding has no code, words or place in the text.
func within(t *testing.T, text string, found []Finding) {
	lines := len(physical(text))
	for _, f := range found {
		if f.Code == "" || f.Reason.Key == "" || f.Line < 0 || f.Line > lines || f.Item < 0 ||
			!slices.Contains([]bulletin.Severity{bulletin.Block, bulletin.Ask, bulletin.Note}, f.Severity) {
			t.Fatalf("%+v in %q", f, text)
		}
	}
}

func FuzzCheck(f *testing.F) {
	f.Add(issue("市委书记赵一呜、钱多，7月2日（星期四）到市农牧业局，2月30日\t秘密级\ufffd⼀"))
	f.Add(issue("【动态】", news, news))
	facts := Facts{Home: "示例市", Leaders: leaders, Sections: []string{"要闻"}, Units: seedFacts.Units, Register: seedFacts.Register,
		Missing: []rune("呜"), Similar: []Similar{{Item: 1}}}
	f.Fuzz(func(t *testing.T, text string) {
		reading := bulletin.Parse(text)
		within(t, text, Check(reading.Document, facts))
		facts := facts
		facts.Text = text
		within(t, text, Check(reading.Document, facts))
	})
}

// TestTimeIsLinear compares a text with one eight times as long; a rule that
// takes quadratic time takes 64 times as long on it.
func TestTimeIsLinear(t *testing.T) {
	for _, piece := range []string{"7月32日", "7月32日。\n", "市委书记赵一呜。\n", "钱多、赵一鸣", "市农牧业局", "市农牧业局\n", "【甲】\n", "\ufffd", "\ufffd\n",
		news + "\n", "秘密。\n", "二〇二一年", "书记", "市"} {
		best := func(n int) time.Duration {
			text := issue(strings.Repeat(piece, n))
			facts := seedFacts
			facts.Text, facts.Leaders = text, leaders
			doc, shortest := bulletin.Parse(text).Document, time.Hour
			for range 2 {
				begin := time.Now()
				Check(doc, facts)
				shortest = min(shortest, time.Since(begin))
			}
			return shortest
		}
		few, many := best(250), best(2000)
		if many > 40*few+200*time.Millisecond {
			t.Errorf("%q: %v for 250, %v for 2,000", piece, few, many)
		}
	}
}
