package bulletin

import (
	"slices"
	"strings"
	"testing"

	"jianbao/fault"
)

func seed(t testing.TB) string { return sample(t, "00-seed.txt") }

func codes(problems []Problem) []string {
	var all []string
	for _, p := range problems {
		all = append(all, p.Code)
	}
	return all
}

func problem(t *testing.T, r Reading, code string) Problem {
	t.Helper()
	i := slices.IndexFunc(r.Problems, func(p Problem) bool { return p.Code == code })
	if i < 0 {
		t.Fatalf("no problem %s in %v", code, codes(r.Problems))
	}
	return r.Problems[i]
}

func TestSeedProblems(t *testing.T) {
	got := codes(Parse(seed(t)).Problems)
	want := []string{"year-from-date", "no-signatory", "seam-overlap", "seam-joined", "seam-joined", "seam-joined", "seam-joined", "phone-area"}
	if !slices.Equal(got, want) {
		t.Errorf("got %v", got)
	}
}

func TestSeedLists(t *testing.T) {
	d := Parse(seed(t)).Document
	if len(d.Lists) != 2 || d.Lists[0].Text != "鄂尔多斯市委、市人大常委会、市政府、市政协领导" || d.Lists[0].Line != 65 {
		t.Fatalf("got %+v", d.Lists)
	}
	if !strings.HasSuffix(d.Lists[1].Text, "、鄂尔多斯空港物流园区") {
		t.Errorf("送: %q", d.Lists[1].Text)
	}
}

func TestSeedIsTheSameWithOtherLineEnds(t *testing.T) {
	want := Format(Parse(seed(t)).Document)
	for name, text := range map[string]string{
		"CRLF":            strings.ReplaceAll(seed(t), "\n", "\r\n"),
		"CR":              strings.ReplaceAll(seed(t), "\n", "\r"),
		"BOM":             "\ufeff" + seed(t),
		"two-line blanks": strings.ReplaceAll(seed(t), "\n\n", "\n\n　\n \n"),
		"no blanks":       strings.ReplaceAll(seed(t), "\n\n", "\n"),
	} {
		if got := Format(Parse(text).Document); got != want {
			t.Errorf("%s changes the reading", name)
		}
	}
}

// The doubled 记 stands beside a state leader's title: every choice must show
// exactly how the place would read.
func TestOverlapIsNeverJoinedSilently(t *testing.T) {
	r := Parse(seed(t))
	p := problem(t, r, "seam-overlap")
	if p.Severity != Block || p.Seam.Overlap != "记" || p.Seam.Joined || p.Line != 15 {
		t.Fatalf("got %+v", p)
	}
	reads := []string{"党组书记李克强主持", "党组书记记李克强主持", "党组书记¶\n记李克强主持"}
	keys := []string{"drop", "join", "apart"}
	for i, c := range p.Choices {
		if c.Key != keys[i] || !strings.Contains(c.Reads, reads[i]) {
			t.Errorf("choice %d: %s reads %q", i, c.Key, c.Reads)
		}
	}
	first := r.Document.Items()[0]
	if len(first.Paragraphs) != 2 || !strings.HasSuffix(first.Paragraphs[0], "党组书记") {
		t.Errorf("the pieces were joined: %q", first.Paragraphs)
	}
}

func TestSettlingTheOverlap(t *testing.T) {
	for _, c := range []struct{ key, reads string }{
		{"drop", "党组书记李克强主持"},
		{"join", "党组书记记李克强主持"},
	} {
		text, err := Settle(seed(t), "seam-overlap", 15, c.key)
		if err != nil {
			t.Fatal(err)
		}
		r := Parse(text)
		first := r.Document.Items()[0]
		if len(r.Blocking()) > 0 || len(first.Paragraphs) != 1 || !strings.Contains(first.Paragraphs[0], c.reads) {
			t.Errorf("%s: blocking %v, reads %q", c.key, codes(r.Blocking()), first.Paragraphs)
		}
	}
	text, err := Settle(seed(t), "seam-overlap", 15, "apart")
	if err != nil {
		t.Fatal(err)
	}
	r := Parse(text)
	if len(r.Blocking()) > 0 || len(r.Document.Items()) != 16 || len(r.Document.Items()[0].Paragraphs) != 2 || strings.Contains(r.Document.Items()[0].Paragraphs[0], Mark) {
		t.Errorf("apart: %q", r.Document.Items()[0].Paragraphs)
	}
}

func TestAJoinCanBeUndone(t *testing.T) {
	p := problem(t, Parse(seed(t)), "seam-joined")
	text, err := Settle(seed(t), p.Code, p.Line, "apart")
	if err != nil {
		t.Fatal(err)
	}
	r := Parse(text)
	it := r.Document.Sections[1].Items[1]
	if len(it.Paragraphs) != 2 || it.Paragraphs[1] != "络标准，支撑智能制造发展迈上新台阶。" {
		t.Errorf("got %q", it.Paragraphs)
	}
	if n := len(r.Problems); n != len(Parse(seed(t)).Problems)-1 {
		t.Errorf("%d problems are left", n)
	}
}

func TestWhatIsGoneCannotBeSettled(t *testing.T) {
	settled, _ := Settle(seed(t), "seam-overlap", 15, "drop")
	for _, c := range []struct {
		text, code, key string
		line            int
	}{
		{settled, "seam-overlap", "drop", 15},
		{seed(t), "seam-overlap", "drop", 16},
		{seed(t), "seam-overlap", "eat", 15},
		{seed(t), "no-signatory", "drop", 0},
		{"", "seam-overlap", "drop", 15},
	} {
		got, err := Settle(c.text, c.code, c.line, c.key)
		if !fault.Is(err, fault.Conflict) || got != c.text {
			t.Errorf("%s %d %s: %v", c.code, c.line, c.key, err)
		}
	}
}

func TestAnEditOutsideTheTextChangesNothing(t *testing.T) {
	for _, e := range []Edit{{From: 0, To: 1}, {From: 2, To: 1}, {From: 1, To: 4}} {
		if got := e.Apply("甲\n乙\n丙"); got != "甲\n乙\n丙" {
			t.Errorf("%+v: %q", e, got)
		}
	}
	if got := (Edit{From: 1, To: 2, Text: "丁"}).Apply("甲\r\n乙\r\n丙"); got != "丁\n丙" {
		t.Errorf("got %q", got)
	}
}
