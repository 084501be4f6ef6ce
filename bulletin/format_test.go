package bulletin

import (
	"encoding/json"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// plainly returns the document as JSON without line numbers, so that two of
// them can be compared.
func plainly(d Document) string {
	d.Sections = slices.Clone(d.Sections)
	for i := range d.Sections {
		d.Sections[i].Items = slices.Clone(d.Sections[i].Items)
		for k := range d.Sections[i].Items {
			d.Sections[i].Items[k].Line = 0
		}
	}
	d.Lists = slices.Clone(d.Lists)
	for i := range d.Lists {
		d.Lists[i].Line = 0
	}
	raw, err := json.Marshal(d)
	if err != nil {
		return err.Error()
	}
	return string(raw)
}

func same(a, b Document) bool { return plainly(a) == plainly(b) }

func TestSamplesSurviveFormat(t *testing.T) {
	files, _ := filepath.Glob("testdata/*.txt")
	for _, f := range files {
		d := Parse(sample(t, filepath.Base(f))).Document
		if again := Parse(Format(d)).Document; !same(again, d) {
			t.Errorf("%s:\n got %s\nwant %s", f, plainly(again), plainly(d))
		}
		if text := strings.ReplaceAll(Format(d), Mark+"发：展改革", ""); strings.Contains(text, "\n"+Mark) || strings.Contains(text, "**") {
			t.Errorf("%s needs no marks at the start of a line:\n%s", f, text)
		}
	}
}

func TestSettledSeedSurvivesFormat(t *testing.T) {
	for _, key := range []string{"drop", "join", "apart"} {
		text, err := Settle(seed(t), "seam-overlap", 15, key)
		if err != nil {
			t.Fatal(err)
		}
		r := Parse(text)
		again := Parse(Format(r.Document))
		if !same(again.Document, r.Document) || len(again.Blocking()) > 0 {
			t.Errorf("%s: not the same document", key)
		}
	}
}

func TestFormatReadsLikeThePaper(t *testing.T) {
	text := Format(Parse(seed(t)).Document)
	for _, want := range []string{
		"鄂 尔 多 斯 科 技 简 报\n\n第 8 期\n\n鄂尔多斯市科学技术局\n\n2021 年 7 月 15 日\n\n领导批示：\n\n【高层声音】\n\n",
		"审核：乔　栋\n\n电话：8589860\n\n（共印 20 份）\n",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in\n%s", want, text)
		}
	}
}

func TestEveryDocumentSurvivesFormat(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := document(t)
		text := Format(d)
		if again := Parse(text).Document; !same(again, d) {
			t.Fatalf("\n got %s\nwant %s\ntext\n%s", plainly(again), plainly(d), text)
		}
	})
}

// The generators below make documents as Parse returns them: names squeezed,
// leads that are leads, and no text that is a label or a marker.

func han(t *rapid.T, least, most int) string {
	return rapid.StringOfN(rapid.SampledFrom([]rune("甲乙丙丁春夏秋耕种收粮田山水路桥电网")), least, most, -1).Draw(t, "han")
}

func day(t *rapid.T) Date {
	return Date{
		Year:  rapid.IntRange(1990, 2060).Draw(t, "year"),
		Month: time.Month(rapid.IntRange(1, 12).Draw(t, "month")),
		Day:   rapid.IntRange(1, 28).Draw(t, "day"),
	}
}

func sentence(t *rapid.T) string {
	return han(t, 3, 30) + rapid.SampledFrom([]string{"，", "、"}).Draw(t, "comma") + han(t, 42, 60) + rapid.SampledFrom([]string{"。", "！", "”", ""}).Draw(t, "stop")
}

func document(t *rapid.T) Document {
	d := Document{
		Masthead: han(t, 1, 10) + rapid.SampledFrom(mastheads).Draw(t, "masthead"),
		Number:   issueNumber(t),
		Organs:   rapid.SliceOfNDistinct(rapid.Custom(func(t *rapid.T) string { return han(t, 3, 8) + "局" }), 1, 3, rapid.ID).Draw(t, "organs"),
		Date:     day(t),
		Notice:   rapid.SampledFrom([]string{"", "内部资料 注意保存"}).Draw(t, "notice"),
		Urgency:  rapid.SampledFrom([]string{"", "特急"}).Draw(t, "urgency"),
		Remark:   remarkOf(t),
		Sections: sections(t),
		PrintRun: rapid.IntRange(1, 9999).Draw(t, "run"),
	}
	if d.Number.Year == 0 && d.Number.No > 0 {
		d.Number.Year, d.Number.YearFromDate = d.Date.Year, true
	}
	if rapid.Bool().Draw(t, "note") {
		d.EditorNote = sentence(t)[:30] + "。"
	}
	if rapid.Bool().Draw(t, "title") {
		d.Title = han(t, 4, 30)
	}
	tailParts(t, &d)
	return d
}

func issueNumber(t *rapid.T) Number {
	n := Number{Kind: rapid.SampledFrom([]Kind{Ordinary, Supplement, Special, Feature}).Draw(t, "kind"), No: rapid.IntRange(1, 999).Draw(t, "no")}
	n.Year = rapid.SampledFrom([]int{0, 2021, 2035}).Draw(t, "number year")
	n.Total = rapid.SampledFrom([]int{0, 7, 1268}).Draw(t, "total")
	return n
}

func remarkOf(t *rapid.T) Remark {
	r := Remark{Slot: rapid.Bool().Draw(t, "slot")}
	if r.Slot && rapid.Bool().Draw(t, "filled") {
		r.Text, r.By, r.Date = han(t, 4, 20)+"。", han(t, 2, 3), day(t)
	}
	return r
}

func sections(t *rapid.T) []Section {
	names := rapid.SliceOfNDistinct(rapid.Custom(func(t *rapid.T) string { return han(t, 4, 8) }), 1, 4, rapid.ID).Draw(t, "sections")
	switch rapid.IntRange(0, 3).Draw(t, "kind of sections") {
	case 0:
		names[0] = "" // items before the first section, or no sections at all
	case 1:
		for i := range names {
			names[i] = []string{"一、", "二、", "三、", "四、"}[i] + names[i]
		}
	}
	var all []Section
	for _, n := range names {
		s := Section{Name: n}
		for range rapid.IntRange(1, 4).Draw(t, "items") {
			s.Items = append(s.Items, itemOf(t))
		}
		all = append(all, s)
	}
	return all
}

func itemOf(t *rapid.T) Item {
	var it Item
	switch rapid.IntRange(0, 2).Draw(t, "kind of item") {
	case 0:
		it.Lead = han(t, 3, 40) + "。"
	case 1:
		it.Lead = han(t, 3, 40)
	}
	for range rapid.IntRange(1, 3).Draw(t, "paragraphs") {
		it.Paragraphs = append(it.Paragraphs, sentence(t))
	}
	if rapid.IntRange(0, 3).Draw(t, "credited") == 0 {
		it.Contributor = han(t, 2, 8)
	}
	return it
}

func tailParts(t *rapid.T, d *Document) {
	for _, label := range rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"报", "送", "发", "抄报", "抄送", "主送"}), 1, 3, rapid.ID).Draw(t, "labels") {
		d.Lists = append(d.Lists, List{Label: label, Text: strings.Join(rapid.SliceOfN(rapid.Custom(func(t *rapid.T) string { return han(t, 2, 20) }), 1, 30).Draw(t, "units"), "、")})
	}
	for _, label := range rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"编辑", "审核", "签发", "校对"}), 0, 3, rapid.ID).Draw(t, "roles") {
		d.Roles = append(d.Roles, Role{label, rapid.SliceOfN(rapid.Custom(func(t *rapid.T) string { return han(t, 2, 3) }), 1, 3).Draw(t, "names")})
	}
	d.Phones = rapid.SampledFrom([][]string{nil, {"8589860"}, {"0477-8589860", "0477-8589861"}}).Draw(t, "phones")
	d.FileCopies = rapid.IntRange(0, 3).Draw(t, "file copies")
	if rapid.Bool().Draw(t, "printed") {
		d.PrintDate, d.PrintOrgan = day(t), han(t, 3, 9)+"办公室"
	}
	if rapid.Bool().Draw(t, "annex") {
		d.Annexes = []Annex{{Title: "附件1：" + han(t, 2, 9), Lines: []string{sentence(t), han(t, 2, 9)}}}
	}
}

// What stands in an annex behind a page's end, and looks like a tail, is no tail
// when it was written.
func TestAnAnnexThatLooksLikeATailSurvivesFormat(t *testing.T) {
	r := Parse("示例市科技局        2021年7月15日\n鄂 尔 多 斯 科 技 简 报\n报：市委、市政府。\n附件1：名单\n— 3 —\n报：市委、市政府。")
	if all := r.Document.Annexes; len(all) != 1 || len(all[0].Lines) != 1 {
		t.Fatalf("got %+v", all)
	}
	if again := Parse(Format(r.Document)).Document; !same(again, r.Document) {
		t.Errorf("\n got %s\nwant %s", plainly(again), plainly(r.Document))
	}
}
