package layout

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// block is a face as plain as a face can be: Chinese is one em wide, Latin half.
type block struct{ name string }

func (b block) Name() string { return b.name }

func (b block) Advance(r rune) float64 {
	switch {
	case classOf(r) == mark:
		return 0
	case r < 0x2000:
		return 0.5
	}
	return 1
}

// blocks are fonts that have everything but what is named.
type blocks struct{ lacks string }

func (b blocks) Pick(role string, r rune) (Face, bool) {
	return block{role}, !strings.ContainsRune(b.lacks, r)
}

const em = 16.0

var plainStyle = style{role: "body", size: em, pitch: em}

// broken returns the lines of a text on a measure of so many characters.
func broken(text string, measure float64) []string {
	c := cells(blocks{}, []span{{text, plainStyle}}, func(rune) {})
	var all []string
	for _, l := range breakLines(c, func(int) float64 { return measure * em }) {
		all = append(all, textOf(c[l.start:l.end]))
	}
	return all
}

func textOf(c []cell) string {
	var b strings.Builder
	for _, k := range c {
		b.WriteRune(k.r)
	}
	return b.String()
}

func TestLines(t *testing.T) {
	for _, k := range []struct {
		about, text string
		measure     float64
		want        string
	}{
		{"full lines", "一二三四五六七八", 4, "一二三四|五六七八"},
		{"a stop is squeezed into its line", "一二三，四五。", 3.5, "一二三，|四五。"},
		{"no line begins with a stop", "一二三四，五六七八", 4, "一二三|四，五六|七八"},
		{"no line ends with an opening mark", "一二三“四五六", 4, "一二三|“四五六"},
		{"a closing mark stays behind its word", "一二（三四）五六", 5.5, "一二（三四）|五六"},
		{"marks that follow one another share a character", "一二》（三", 5, "一二》（三"},
		{"a number stays with its unit", "共投入了12.5亿元资金", 6.5, "共投入了|12.5亿元资金"},
		{"also over a space", "共投入了 29 家企业", 6, "共投入了|29 家企业"},
		{"第 stays with its number", "这是本年的第12期简报", 6, "这是本年的|第12期简报"},
		{"a word is not parted", "他们学习 Linux 系统", 6, "他们学习|Linux 系统"},
		{"nor is a dash", "一二三——四五六", 4, "一二三|——四五|六"},
		{"nor an ellipsis", "一二三……四五六", 4, "一二|三……四|五六"},
		{"nor a name", "审核：乔　栋、王五", 4, "审核：|乔　栋、|王五"},
		{"a long address is parted where it may be", "见example.gov.cn/kjj/2024/07的通报", 8, "见example.gov.|cn/kjj/2024/07|的通报"},
		{"a word longer than the line is parted somewhere", "aaaaaaaaaaaaaaaa", 4, "aaaaaaaa|aaaaaaaa"},
		{"nobody is left alone", strings.Repeat("一二三四五六七八九十", 2) + "百", 20, "一二三四五六七八九十一二三四五六七八九|十百"},
		{"where nothing else is possible a line begins with a stop", "。。。。。。", 2, "。。。。|。。"},
		{"nothing makes no line", "", 4, ""},
	} {
		if got := strings.Join(broken(k.text, k.measure), "|"); got != k.want {
			t.Errorf("%s: %s, want %s", k.about, got, k.want)
		}
	}
}

var alphabet = []rune("一二三国家科技发展年月日亿元人第，。、；：！？“”‘’（）《》【】—…·0123456789.%abcXYZ&- 　𬭚")

// checkLines breaks a text and holds the lines against what is promised of all.
func checkLines(fatalf func(string, ...any), text string, measure, indent float64) {
	c := cells(blocks{}, []span{{text, plainStyle}}, func(rune) {})
	whole := textOf(c)
	width := func(n int) float64 {
		if n == 0 {
			return (measure - indent) * em
		}
		return measure * em
	}
	at := 0
	for n, l := range breakLines(c, width) {
		for at < l.start {
			if c[at].class != space {
				fatalf("%q of %q stands on no line", c[at].r, whole)
			}
			at++
		}
		if l.start != at || l.end <= l.start {
			fatalf("line %d of %q runs from %d to %d, after %d", n, whole, l.start, l.end, at)
		}
		at = l.end
		advances := spread(c, l, justified)
		last := c[l.end-1]
		if w := total(advances); w > width(n)+0.1 && l.end-l.start > 1 && last.class != mark && last.class != space {
			fatalf("line %d of %q is %.2f wide, not %.2f: %s", n, whole, w, width(n), textOf(c[l.start:l.end]))
		}
		if l.start > 0 {
			checkStart(fatalf, c, l.start, whole, width(n-1))
		}
	}
	for at < len(c) {
		if c[at].class != space {
			fatalf("%q at the end of %q stands on no line", c[at].r, whole)
		}
		at++
	}
}

// checkStart complains of a break before cell i that is forbidden although a
// better one was to be had on the same line.
func checkStart(fatalf func(string, ...any), c []cell, i int, whole string, width float64) {
	if allowed(c, i) < anyhow || c[i-1].class == space {
		return
	}
	room := 0.0
	for j := i - 1; j > 0 && room < width-em; j-- {
		room += c[j].advance
		if allowed(c, j) < anyhow && room < width-2*em {
			fatalf("%q: a line begins with %s although it could have begun with %s", whole, string(c[i].r), textOf(c[j:i+1]))
		}
	}
}

func TestEveryCharacterStandsOnceAndNoneStandsWrongly(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := string(rapid.SliceOfN(rapid.SampledFrom(alphabet), 0, 160).Draw(t, "text"))
		measure := rapid.Float64Range(6, 30).Draw(t, "measure")
		checkLines(t.Fatalf, text, measure, 2)
	})
}

func FuzzLines(f *testing.F) {
	for _, s := range []string{"", "7月2日，中共中央政治局常委、国务院总理、党组书记李克强主持召开", "《“十四五”规划》（2021版）", "a\u0301b\u200d\ufe0f", "https://example.gov.cn/a?b=c"} {
		f.Add(s, 12.0)
	}
	f.Fuzz(func(t *testing.T, text string, measure float64) {
		if !(measure >= 4 && measure <= 60) || len(text) > 4000 {
			return
		}
		checkLines(t.Fatalf, text, measure, 2)
	})
}

func BenchmarkLines(b *testing.B) {
	text := strings.Repeat("国家智能制造标准体系即将出台。7月7日，工信部公开征求对《国家智能制造标准体系建设指南（2021版）》（征求意见稿）的意见。", 50)
	for b.Loop() {
		broken(text, 28)
	}
}
