package repair

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func seed(t testing.TB) string {
	t.Helper()
	b, err := os.ReadFile("../../seeds/00-seed.txt")
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// lettersLeft returns a text without spaces and punctuation, widths folded.
func lettersLeft(text string) string {
	return strings.Map(func(r rune) rune {
		if !classOf(r).isLetter() {
			return -1
		}
		return narrow(r)
	}, text)
}

var aNumber = regexp.MustCompile(`[0-9]+(?:[.,][0-9]+)*`)

// keepsPromises fails if a rule breaks what the package comment promises.
func keepsPromises(t interface{ Fatalf(string, ...any) }, text string, guard Guard) {
	for _, rule := range Rules() {
		once, made := ApplyRule(text, rule, guard)
		if a, b := lettersLeft(text), lettersLeft(once); a != b {
			t.Fatalf("%s changes letters:\n%q\n%q", rule, a, b)
		}
		values := func(s string) []string { return aNumber.FindAllString(strings.Map(narrow, s), -1) }
		if a, b := values(text), values(once); !slices.Equal(a, b) {
			t.Fatalf("%s changes numbers of %q:\n%q\n%q", rule, text, a, b)
		}
		if strings.Count(text, "\n") != strings.Count(once, "\n") && !strings.Contains(text, "\r") {
			t.Fatalf("%s changes the lines", rule)
		}
		for _, o := range made {
			if o.Guarded || o.Before == o.After {
				t.Fatalf("%s made %+v", rule, o)
			}
		}
		if twice, again := ApplyRule(once, rule, guard); len(again) > 0 {
			t.Fatalf("%s is not done after once:\n%q\n%q\n%q\n%+v", rule, text, once, twice, again)
		}
		if all, err := Apply(text, Offers(text, guard, rule)...); err != nil || lettersLeft(all) != lettersLeft(text) {
			t.Fatalf("%s by hand: %v %q", rule, err, all)
		}
	}
}

var pieces = []string{"会议", "指出", "推动经济社会发展", "市长", "杜汇良", "乔栋", "7", "13", "18.5", "２０２１", "Ｒ＆Ｄ", "R&D", "GPT", "％", "%", "年", "月",
	" ", " ", "  ", "\t", "　", "\u00a0", ",", "，", ":", "：", ";", "(", ")", "（", "）", `"`, `"`, "“", "”", "...", ".", "。", "。。", "--", "-", "，，", "、",
	"http://a.cn/x", "a@b.cn", "|", "¶", "**", "编辑", "报", "送：", "第", "期", "【", "】", "\n", "\n\n", "\r\n", "附件", "共印", "一、", "★", "\ufffd", "𠅤"}

func TestPromisesHoldForAnyText(t *testing.T) {
	guard := Guard{Names: []string{"杜汇良", "乔 栋"}, Titles: []string{"召集人"}}
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 1, 60).Draw(t, "pieces"), "")
		if rapid.Bool().Draw(t, "inside a bulletin") {
			text = issue(text)
		}
		keepsPromises(t, text, guard)
	})
}

func FuzzOffers(f *testing.F) {
	f.Add(issue(`会议,"指出"(一) 7 月 13 日... --`))
	f.Add("((((中))))\"\"\"")
	f.Add("报：市委,市政府\n送:a@b.cn,http://a.cn/,c")
	f.Fuzz(func(t *testing.T, text string) {
		if utf8.ValidString(text) {
			keepsPromises(t, text, Guard{Names: []string{"李克强"}})
		}
		Offers(text, Guard{})
	})
}

// TestTimeIsLinear compares a text with one eight times as long; a rule that
// takes quadratic time takes 64 times as long on it.
func TestTimeIsLinear(t *testing.T) {
	for _, piece := range []string{"(中", "中 7 ", `"中" `, "7 ", "....7", "中,", "。", "- ", "中 文 ", "报：市委,甲\n", "a@", "Ａ．", "http://"} {
		best := func(n int) time.Duration {
			text := issue(strings.Repeat(piece, n))
			shortest := time.Hour
			for range 2 {
				begin := time.Now()
				Offers(text, Guard{Names: []string{"中文"}})
				shortest = min(shortest, time.Since(begin))
			}
			return shortest
		}
		few, many := best(1500), best(12000)
		if many > 40*few+200*time.Millisecond {
			t.Errorf("%q: %v for 1,500, %v for 12,000", piece, few, many)
		}
	}
}

func BenchmarkOffersSeed(b *testing.B) {
	text, guard := seed(b), Guard{Names: []string{"李克强", "杜汇良", "边东"}}
	for b.Loop() {
		Offers(text, guard)
	}
}

func BenchmarkOffersMegabyte(b *testing.B) {
	line := "我市 29 家企业跻身全区 2020 年度研发投入 100 强,占\"总额\"(全区)的 33.8%...\n"
	text := issue(strings.Repeat(line, 1<<20/len(line)))
	for b.Loop() {
		Offers(text, Guard{})
	}
}
