package pdf

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"sync"
	"testing"

	"jianbao/bulletin"
	"jianbao/bulletin/typeset"
	"jianbao/bulletin/typeset/fonts"
	"jianbao/bulletin/typeset/layout"
)

var builtin = sync.OnceValues(func() (*fonts.Set, error) { return fonts.Open("") })

func set(t testing.TB) *fonts.Set {
	t.Helper()
	s, err := builtin()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// seed returns the real bulletin, settled and registered.
func seed(t testing.TB) typeset.Sheet {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("..", "..", "testdata", "00-seed.txt"))
	if err != nil {
		t.Fatal(err)
	}
	text, err := bulletin.Settle(string(raw), "seam-overlap", 15, "drop")
	if err != nil {
		t.Fatal(err)
	}
	d := bulletin.Parse(text).Document
	return typeset.Sheet{Document: d, Number: bulletin.Number{Kind: bulletin.Ordinary, No: 8, Year: 2021}, Date: d.Date, Lists: d.Lists, PrintRun: 20}
}

// rich returns a sheet with rare characters, a table, pictures and an annex.
func rich() typeset.Sheet {
	table := bulletin.Table{Header: true, Rows: [][]string{{"单位", "经费"}, {"示例大学", "1,200"}}}
	day := bulletin.Date{Year: 2024, Month: 7, Day: 15}
	return typeset.Sheet{
		Number: bulletin.Number{No: 3, Year: 2024}, Date: day, PrintRun: 12,
		Lists: []bulletin.List{{Label: "报", Text: "市委、市政府"}},
		Document: bulletin.Document{
			Masthead: "示例工作动态", Organs: []string{"示例市科技局"},
			Sections: []bulletin.Section{{Name: "要闻", Items: []bulletin.Item{{
				Lead:       "刘𠅤、陈龑到任。",
				Paragraphs: append([]string{"𬭚业公司由刘𠅤任经理，“一对一”《办法》（试行）已印发。"}, append(table.Paragraphs(), "![会场](a.png)", "![会场](b.jpg)", "![会场](c.gif)")...),
			}}}},
			Annexes: []bulletin.Annex{{Title: "附件：名单", Lines: []string{"甲、乙。"}}},
		},
	}
}

func made(t testing.TB, s typeset.Sheet, look typeset.Template, pictures map[string][]byte, opt layout.Options) []byte {
	t.Helper()
	data, problems, err := Make(s, look, set(t), pictures, opt)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range problems {
		t.Errorf("%s: %s", p.Code, p.Reason.In("zh"))
	}
	return data
}

// run runs a program of Debian's poppler-utils or qpdf on a file.
func run(t *testing.T, data []byte, program string, args ...string) string {
	t.Helper()
	if _, err := exec.LookPath(program); err != nil {
		t.Fatalf("%s is needed: scripts/debian-packages poppler-utils qpdf", program)
	}
	file := filepath.Join(t.TempDir(), "a.pdf")
	if err := os.WriteFile(file, data, 0o600); err != nil {
		t.Fatal(err)
	}
	for i, a := range args {
		if a == "FILE" {
			args[i] = file
		}
	}
	out, err := exec.Command(program, args...).CombinedOutput()
	if err != nil {
		t.Errorf("%s: %v\n%s", program, err, out)
	}
	return string(out)
}

func TestOtherProgramsFindNoFault(t *testing.T) {
	for name, data := range map[string][]byte{
		"seed":  made(t, seed(t), typeset.Builtin()[0], nil, layout.Options{}),
		"rich":  made(t, rich(), typeset.Builtin()[1], pictures(t), layout.Options{CopyNumber: "000012"}),
		"large": made(t, seed(t), typeset.Builtin()[2], nil, layout.Options{Large: true}),
	} {
		if out := run(t, data, "qpdf", "--check", "FILE"); strings.Contains(out, "WARNING") {
			t.Errorf("%s: %s", name, out)
		}
		fonts := strings.Split(strings.TrimSpace(run(t, data, "pdffonts", "FILE")), "\n")[2:]
		if len(fonts) < 3 {
			t.Errorf("%s: %d fonts", name, len(fonts))
		}
		for _, f := range fonts {
			if !regexp.MustCompile(`^[A-Z]{6}\+\S+ +CID TrueType +Identity-H +yes yes yes `).MatchString(f) {
				t.Errorf("%s: %s", name, f)
			}
		}
	}
}

func TestTheFileSaysWhatItIs(t *testing.T) {
	out := run(t, made(t, seed(t), typeset.Builtin()[0], nil, layout.Options{}), "pdfinfo", "FILE")
	for _, want := range []string{`Title: +【鄂尔多斯科技简报】2021年第8期`, `Author: +鄂尔多斯市科学技术局`, `CreationDate: +Wed Jul 14 16:00:00 2021 UTC`, `Pages: +6\b`, `A4`} {
		if !regexp.MustCompile(want).MatchString(strings.ReplaceAll(out, "CST", "UTC")) {
			t.Errorf("no %s in\n%s", want, out)
		}
	}
}

// The text comes back as it was, character by character, with no space that the
// draft does not have; lines end where they end on paper.
func TestTheTextExtracts(t *testing.T) {
	for name, s := range map[string]typeset.Sheet{"seed": seed(t), "rich": rich()} {
		text := run(t, made(t, s, typeset.Builtin()[0], pictures(t), layout.Options{}), "pdftotext", "FILE", "-")
		text = regexp.MustCompile(`(?m)^—\s*\d+\s*—$`).ReplaceAllString(text, "")
		joined := strings.Join(regexp.MustCompile(`[\n\f]+`).Split(text, -1), "")
		bare := strings.ReplaceAll(joined, " ", "")
		for _, section := range s.Document.Sections {
			for _, it := range section.Items {
				for _, b := range it.Blocks() {
					want := strings.ReplaceAll(b.Text, " ", "")
					if !strings.Contains(bare, want) {
						t.Errorf("%s: %q does not come back from\n%s", name, b.Text, text)
					}
				}
			}
		}
		if n := strings.Count(joined, " ") - strings.Count(spaced(s), " "); n > 0 {
			t.Errorf("%s: %d spaces came in:\n%s", name, n, joined)
		}
	}
	text := run(t, made(t, rich(), typeset.Builtin()[0], pictures(t), layout.Options{}), "pdftotext", "FILE", "-")
	for _, rare := range []string{"𬭚业公司", "刘𠅤", "陈龑"} {
		if !strings.Contains(text, rare) {
			t.Errorf("%s does not come back", rare)
		}
	}
}

// A line that is widened far, because a long number goes to the next one, is
// not read as single letters.
func TestALooseLineExtracts(t *testing.T) {
	s := rich()
	text := "推进项目建设全市安排科技计划项目128项投入资金其中1,234,567.5万元，带动社会投入（2.5）和3,999.5亿元，比上年增长，12.5（含）项1,234,567.5万元之多。"
	s.Document.Annexes, s.Document.Sections[0].Items = nil, []bulletin.Item{{Paragraphs: []string{text}}}
	got := run(t, made(t, s, typeset.Builtin()[0], nil, layout.Options{}), "pdftotext", "FILE", "-")
	if !strings.Contains(strings.ReplaceAll(got, "\n", ""), text) {
		t.Errorf("%s", got)
	}
}

// spaced returns all text of a sheet in which there may be spaces.
func spaced(s typeset.Sheet) string {
	var b strings.Builder
	for _, it := range s.Document.Items() {
		b.WriteString(it.Lead + strings.Join(it.Paragraphs, ""))
	}
	return b.String() + strings.Repeat(" ", 20) // between what stands beside each other
}

func TestTheSameSheetGivesTheSameBytes(t *testing.T) {
	look := typeset.Builtin()[0]
	first := made(t, rich(), look, pictures(t), layout.Options{})
	made(t, seed(t), typeset.Builtin()[1], nil, layout.Options{Large: true})
	// another press, which parsed its fonts in another order
	press := NewPress(set(t))
	if _, _, err := press.Make(seed(t), look, nil, layout.Options{Large: true}); err != nil {
		t.Fatal(err)
	}
	again, _, err := press.Make(rich(), look, pictures(t), layout.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(first, again) {
		t.Error("the bytes differ")
	}
	changed := rich()
	changed.Date.Day++
	if bytes.Equal(first, made(t, changed, look, pictures(t), layout.Options{})) {
		t.Error("another sheet has the same bytes")
	}
}

func TestManyAtOnceAreTheSame(t *testing.T) {
	press := NewPress(set(t))
	want := made(t, rich(), typeset.Builtin()[0], pictures(t), layout.Options{})
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			got, _, err := press.Make(rich(), typeset.Builtin()[0], pictures(t), layout.Options{})
			if err != nil || !bytes.Equal(got, want) {
				t.Errorf("%d bytes, %v", len(got), err)
			}
		})
	}
	wg.Wait()
}

// What a document leaves behind is nothing: the heap after many is the heap
// after few.
func TestMemoryDoesNotGrow(t *testing.T) {
	press, s, look := NewPress(set(t)), seed(t), typeset.Builtin()[0]
	heap := func(n int) uint64 {
		for range n {
			if _, _, err := press.Make(s, look, nil, layout.Options{}); err != nil {
				t.Fatal(err)
			}
		}
		runtime.GC()
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	few, many := heap(3), heap(30)
	if many > few+1<<20 {
		t.Errorf("%d KB more after 30 documents", (many-few)>>10)
	}
}

func BenchmarkSample(b *testing.B) {
	press, s, look := NewPress(set(b)), seed(b), typeset.Builtin()[0]
	for b.Loop() {
		if _, _, err := press.Make(s, look, nil, layout.Options{}); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkSampleOnAllCores is what a run of a thousand issues costs.
func BenchmarkSampleOnAllCores(b *testing.B) {
	press, s, look := NewPress(set(b)), seed(b), typeset.Builtin()[0]
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			if _, _, err := press.Make(s, look, nil, layout.Options{}); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func BenchmarkLayout(b *testing.B) {
	s, look := seed(b), typeset.Builtin()[0]
	for b.Loop() {
		if _, _, err := layout.Lay(s, look, shelf{set(b)}, nil, layout.Options{}); err != nil {
			b.Fatal(err)
		}
	}
}
