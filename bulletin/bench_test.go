package bulletin

import (
	"strconv"
	"strings"
	"testing"
	"time"
)

func BenchmarkParseSample(b *testing.B) {
	text := seed(b)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		Parse(text)
	}
}

// large repeats the sections of the seed until the text has the size.
func large(b *testing.B, size int) string {
	text := seed(b)
	from, to := strings.Index(text, "【"), strings.Index(text, "报：")
	body := text[from:to]
	return text[:from] + strings.Repeat(body, size/len(body)+1) + text[to:]
}

func BenchmarkParse1MB(b *testing.B) { benchmarkLarge(b, 1<<20) }

// BenchmarkParse4MB beside BenchmarkParse1MB shows that time grows with size
// alone: the MB/s are the same.
func BenchmarkParse4MB(b *testing.B) { benchmarkLarge(b, 4<<20) }

func benchmarkLarge(b *testing.B, size int) {
	text := large(b, size)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		Parse(text)
	}
}

// Texts made to be slow are read in time linear in their size, too: doubling
// the size must not take much more than twice as long.
func TestNothingIsQuadratic(t *testing.T) {
	for _, unit := range []string{"工业网络标准、\n", "内部资料\n", "甲\n", "主办：甲%d局\n", "≡本期要目≡\n甲%d\n", "报：甲\n", "【甲%d】\n", "编辑：", "甲局 ",
		"| 甲 |\n", "★ 甲%d\n", "附件%d：甲\n", "联系人：张三\n", "第%d期\n", "科技简报\n第%d期\n2021年7月15日\n", "- 1 -\n", "【甲】乙。\n", "目录\n", "**甲**\n", "秘密\n"} {
		took := func(n int) time.Duration {
			var b strings.Builder
			b.WriteString("科技简报\n第8期\n")
			for i := range n {
				b.WriteString(strings.Replace(unit, "%d", strconv.Itoa(i), 1))
			}
			b.WriteString("\n报：甲\n" + strings.Repeat("乙局\n", n))
			best := time.Hour
			for range 3 {
				start := time.Now()
				Parse(b.String())
				best = min(best, time.Since(start))
			}
			return best
		}
		// A busy machine may upset one measurement, but not several in a row.
		small, large := took(500), took(4000)
		for tries := 1; large > 30*small && tries < 6; tries++ {
			small, large = took(500), took(4000)
		}
		if large > 30*small {
			t.Errorf("%q: 8 times the size takes %v, not %v", unit, large, small)
		}
	}
}

// BenchmarkParseOneParagraph1MB is the worst case of joining: every line is a
// piece of one paragraph.
func BenchmarkParseOneParagraph1MB(b *testing.B) {
	text := headOfBulletin + "【要闻】\n" + strings.Repeat("工业网络标准、\n", 1<<20/22) + "报：市委。\n"
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		Parse(text)
	}
}
