package typeset

import (
	"encoding/json"
	"math"
	"strings"
	"testing"

	"jianbao/bulletin"
	"jianbao/fault"
)

func TestBuiltinTemplatesAreSound(t *testing.T) {
	names := map[string]bool{}
	for _, b := range Builtin() {
		if reasons := b.Check(); reasons != nil {
			t.Errorf("%s: %v", b.Name, reasons)
		}
		names[b.Name] = true
		written, err := json.Marshal(b)
		if err != nil {
			t.Fatal(err)
		}
		if again, err := ReadTemplate(written); err != nil || again != b {
			t.Errorf("%s is not read as it was written: %v", b.Name, err)
		}
	}
	if len(names) < 3 {
		t.Errorf("only %v", names)
	}
}

// The grid of GB/T 9704-2012 5.2.3 as word processors set it.
func TestTheGridOfTheStandard(t *testing.T) {
	b := Builtin()[0]
	if p, l := b.Pitch(b.Grid), b.Leading(b.Grid); math.Abs(p-15.79) > 0.01 || math.Abs(l-28.95) > 0.001 {
		t.Errorf("a pitch of %.3f and %.3f between lines", p, l)
	}
	if b.On(true).Size <= b.On(false).Size {
		t.Error("the large type is not larger")
	}
}

func TestAnOfficeWritesOnlyWhatDiffers(t *testing.T) {
	got, err := ReadTemplate([]byte(`{"name":"本局版式","base":"同行式","masthead":{"size":52,"colour":"#C00000"},"remark":{"lines":6},"words":{"number":"〔{year}〕第{}期"}}`))
	if err != nil {
		t.Fatal(err)
	}
	want, _ := BuiltinNamed("同行式")
	want.Name, want.Masthead.Size, want.Masthead.Colour, want.Remark.Lines, want.Words.Number = "本局版式", 52, "#C00000", 6, "〔{year}〕第{}期"
	if got != want {
		t.Errorf("%+v", got)
	}
}

func TestEverythingWrongIsSaidAtOnce(t *testing.T) {
	for _, c := range []struct {
		about, json string
		want        []string // keys of the sentences, in order
	}{
		{"no JSON", `{"name":`, []string{"not-json"}},
		{"no object", `[1]`, []string{"wrong-kind"}},
		{"unknown keys, everywhere", `{"name":"甲","mastehad":{},"tail":{"thik":1},"grid":{"size":16}}`, []string{"unknown-key", "unknown-key"}},
		{"wrong kinds", `{"name":1,"grid":{"lines":2.5},"paper":{"mirrored":"是"},"head":["a"],"rule":7}`,
			[]string{"wrong-kind", "wrong-kind", "wrong-kind", "wrong-kind", "wrong-kind"}},
		{"no name", `{"base":"两行式"}`, []string{"no-name"}},
		{"no such base", `{"name":"甲","base":"三行式"}`, []string{"unknown-base"}},
		{"values", `{"name":"甲","head":"upside-down","masthead":{"colour":"red","size":500},"organ":{"align":"middle"}}`,
			[]string{"not-one-of", "out-of-range", "no-colour", "not-one-of"}},
		{"paper", `{"name":"甲","paper":{"left":80}}`, []string{"off-the-paper"}},
		{"too many lines and characters", `{"name":"甲","grid":{"lines":40,"characters":34}}`, []string{"lines-too-high", "too-dense", "slot-too-high"}[:2]},
		{"slot", `{"name":"甲","remark":{"lines":30}}`, []string{"slot-too-high"}},
		{"words", `{"name":"甲","words":{"number":"第期","print_run":"共{}{}份"}}`, []string{"no-place", "no-place"}},
		{"too long", `{"name":"` + strings.Repeat("甲", maxTemplate/3) + `"}`, []string{"too-long"}},
	} {
		_, err := ReadTemplate([]byte(c.json))
		var got []string
		if e := fault.As(err); e != nil && e.Code == fault.Invalid {
			for _, r := range e.Reasons {
				got = append(got, strings.TrimPrefix(r.Key, "typeset.template-"))
			}
		}
		if strings.Join(got, " ") != strings.Join(c.want, " ") {
			t.Errorf("%s: %v, want %v (%v)", c.about, got, c.want, err)
		}
	}
}

func FuzzReadTemplate(f *testing.F) {
	for _, s := range []string{`{}`, `{"name":"甲"}`, `{"name":"甲","grid":{"lines":1e300}}`, `null`, `{"masthead":null}`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		got, err := ReadTemplate(data)
		if err == nil && got.Check() != nil {
			t.Errorf("%s is taken, with %v", data, got.Check())
		}
		if err != nil && !fault.Is(err, fault.Invalid) {
			t.Errorf("%v", err)
		}
	})
}

func TestWordsOfTheHead(t *testing.T) {
	look := Builtin()[0]
	s := full()
	p, err := s.Printed(look)
	if err != nil {
		t.Fatal(err)
	}
	if p.Number != "增刊第2期（总第108期）" || p.Undertakers != "承办：示例市情报所" || p.PrintRun != "" ||
		len(p.Lists) != 1 || p.Lists[0].Label != "报" || p.Contacts[0] != (Labelled{"编辑", "张　三、欧阳锋"}) {
		t.Errorf("%+v", p)
	}
	look.Words.Number = "〔{year}〕第{}期"
	s.Number.Kind, s.Number.Total = "", 0
	if p, _ := s.Printed(look); p.Number != "〔2024〕第2期" {
		t.Errorf("%s", p.Number)
	}
	s.Number.No, s.Number.Total = 0, 377
	if p, _ := s.Printed(look); p.Number != "总第377期" {
		t.Errorf("%s", p.Number)
	}
}

func TestNumberLineIsTheOffices(t *testing.T) {
	for _, c := range []struct {
		name    string
		written bulletin.Number
		given   bulletin.Number
		want    string
	}{
		{"no year in the text", bulletin.Number{No: 7, Year: 2024, YearFromDate: true}, bulletin.Number{No: 8, Year: 2024}, "第8期"},
		{"a year in the text", bulletin.Number{No: 7, Year: 2024}, bulletin.Number{No: 8, Year: 2025}, "2025年第8期"},
		{"a special issue with a year", bulletin.Number{No: 1, Year: 2024}, bulletin.Number{Kind: bulletin.Special, No: 2, Year: 2024}, "2024年专刊第2期"},
		{"a term's number", bulletin.Number{No: 5, Label: "2023—2024学年第二学期第5期（总第88期）"}, bulletin.Number{No: 6, Year: 2024, Total: 88}, "2023—2024学年第二学期第6期（总第88期）"},
		{"a form that nobody filled in", bulletin.Number{Label: "〔2025〕第XX期", Year: 2025}, bulletin.Number{No: 3, Year: 2025}, "2025年第3期"},
		{"a label without a number", bulletin.Number{Label: "2024年夏季号"}, bulletin.Number{}, "2024年夏季号"},
	} {
		s := full()
		s.Document.Number, s.Number = c.written, c.given
		if p, err := s.Printed(Builtin()[0]); err != nil || p.Number != c.want {
			t.Errorf("%s: %q, %v; want %q", c.name, p.Number, err, c.want)
		}
	}
}
