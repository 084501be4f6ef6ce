package bulletin

import (
	"strings"
	"testing"
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

// BenchmarkParseOneParagraph is the worst case of joining: every line is a
// piece of one paragraph.
func BenchmarkParseOneParagraph1MB(b *testing.B) {
	text := headOfBulletin + "【要闻】\n" + strings.Repeat("工业网络标准、\n", 1<<20/22) + "报：市委。\n"
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		Parse(text)
	}
}
