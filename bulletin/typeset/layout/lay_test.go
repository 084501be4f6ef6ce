package layout

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"jianbao/bulletin"
	"jianbao/bulletin/typeset"
	"jianbao/fault"
)

func july(day int) bulletin.Date { return bulletin.Date{Year: 2024, Month: 7, Day: day} }

// sheet returns a sheet with a bit of everything.
func sheet() typeset.Sheet {
	d := bulletin.Document{
		Masthead: "示例工作动态", Urgency: "特急", Notice: "内部资料 注意保存", Extra: []string{"KJ-07"},
		Organs: []string{"示例市科技局"}, Undertakers: []string{"示例市情报所"},
		Title: "全市科技工作综述", EditorNote: "为交流经验，特编发此文。",
		Remark:   bulletin.Remark{Slot: true},
		Contents: []string{"【重点】甲事引发关注"}, PrintDate: july(19), PrintOrgan: "示例市科技局办公室",
		Roles:  []bulletin.Role{{Label: "编辑", Names: []string{"张三"}}, {Label: "审核", Names: []string{"乔栋"}}},
		Phones: []string{"0477-8588888"},
		Sections: []bulletin.Section{
			{Name: "重点", Items: []bulletin.Item{
				{Lead: "甲事引发关注", Paragraphs: []string{"9月8日，网民发帖。"}, Contributor: "甲县局"},
				{Lead: "乙事办结。", Paragraphs: []string{"后续跟进。"}}}},
			{Name: "一、整体推进", Items: []bulletin.Item{
				{Lead: "（一）产业发展。", Paragraphs: []string{"新增12个。"}},
				{Lead: "1.甲镇。", Paragraphs: []string{"做得好。"}}}},
		},
		Annexes: []bulletin.Annex{{Title: "附件1：项目清单", Lines: []string{"各单位执行。"}}},
	}
	return typeset.Sheet{Document: d, Number: bulletin.Number{Kind: bulletin.Supplement, No: 2, Year: 2024, Total: 108},
		Date: july(15), Lists: []bulletin.List{{Label: "报", Text: "市委"}, {Label: "送", Text: "市发改委、市工信局"}}, PrintRun: 20}
}

func laid(t *testing.T, s typeset.Sheet, look typeset.Template, opt Options) (Document, []bulletin.Problem) {
	t.Helper()
	d, problems, err := Lay(s, look, blocks{lacks: "𪚥"}, map[string]Size{"a.png": {800, 500}}, opt)
	if err != nil {
		t.Fatal(err)
	}
	return d, problems
}

// linesOf returns the lines of a page from top to bottom, what stands beside
// each other parted by a bar.
func linesOf(p Page) []string {
	runs := slices.Clone(p.Runs)
	slices.SortStableFunc(runs, func(a, b Run) int {
		if a.Y != b.Y {
			return int((a.Y - b.Y) * 1000)
		}
		return int((a.X - b.X) * 1000)
	})
	var all []string
	y, end := -1.0, 0.0
	for _, r := range runs {
		switch {
		case r.Y > y+0.5:
			all = append(all, r.Text)
		case r.X > end+r.Size:
			all[len(all)-1] += "|" + r.Text
		default:
			all[len(all)-1] += r.Text
		}
		y, end = r.Y, r.X
		for _, c := range r.Text {
			end += r.Face.Advance(c)*r.Size + r.Spacing
		}
	}
	return all
}

func textOfPages(d Document) string {
	var all []string
	for _, p := range d.Pages {
		all = append(all, strings.Join(linesOf(p), "\n"))
	}
	return strings.Join(all, "\n\n")
}

func TestAnnexesFollowTheTail(t *testing.T) {
	d, _ := laid(t, sheet(), typeset.Builtin()[0], Options{})
	last := strings.Join(linesOf(d.Pages[len(d.Pages)-1]), "\n")
	if !strings.HasPrefix(last, "附件1\n") || strings.Contains(last, "报：") {
		t.Errorf("the last page:\n%s", last)
	}
}

func TestASheetIsSet(t *testing.T) {
	look := typeset.Builtin()[0]
	look.Tail.BeforeAnnexes = false
	d, problems := laid(t, sheet(), look, Options{CopyNumber: "000012"})
	want := strings.TrimSpace(`
特急|000012
内部资料 注意保存
KJ-07
示例工作动态
增刊第2期（总第108期）
示例市科技局
承办：示例市情报所
2024年7月15日
领导批示：
— 1 —

本期要目
【重点】甲事引发关注
全市科技工作综述
编者按：为交流经验，特编发此文。
【重点】
甲事引发关注
9月8日，网民发帖。
（甲县局供稿）
乙事办结。后续跟进。
一、整体推进
（一）产业发展。新增12个。
1.甲镇。做得好。
— 2 —

附件1
项目清单
各单位执行。
报：市委。
送：市发改委、市工信局。
编辑：张　三|审核：乔　栋|电话：0477-8588888
（共印20份）
示例市科技局办公室|2024年7月19日印发
— 3 —`)
	if got := textOfPages(d); got != want {
		t.Errorf("set:\n%s", got)
	}
	if len(problems) > 0 {
		t.Errorf("%v", problems)
	}
	if d.Title != "【示例工作动态】2024年增刊第2期" || d.Author != "示例市科技局" || d.Date != july(15) {
		t.Errorf("%+v", d)
	}
}

// roles returns the faces that the words of a page are set in.
func roles(d Document) map[string]string {
	all := map[string]string{}
	for _, p := range d.Pages {
		for _, r := range p.Runs {
			all[r.Text] = r.Face.Name()
		}
	}
	return all
}

func TestLevelsHaveTheirFonts(t *testing.T) {
	d, _ := laid(t, sheet(), typeset.Builtin()[0], Options{})
	got := roles(d)
	for text, want := range map[string]string{
		"【重点】": "heading", "甲事引发关注": "heading", "乙事办结。": "heading", "一、整体推进": "heading",
		"（一）产业发展。": "kai", "甲镇。做得好。": "body", "后续跟进。": "body", "编者按：": "heading",
		"为交流经验，特编发此文。": "kai", "件": "heading", "示例工作动态": "masthead", "全市科技工作综述": "masthead",
	} {
		if got[text] != want {
			t.Errorf("%s is set in %q, not in %s", text, got[text], want)
		}
	}
}

func TestHeadsDiffer(t *testing.T) {
	s := sheet()
	s.Document.Undertakers = nil
	texts := map[string][]string{}
	for _, look := range typeset.Builtin() {
		d, _ := laid(t, s, look, Options{})
		texts[look.Name] = linesOf(d.Pages[0])
	}
	has := func(name, line string) bool { return slices.Contains(texts[name], line) }
	if !has("两行式", "示例市科技局") || !has("两行式", "2024年7月15日") {
		t.Errorf("两行式: %q", texts["两行式"])
	}
	if !has("同行式", "示例市科技局|2024年7月15日") || !has("同行式", "示例工作动态") {
		t.Errorf("同行式: %q", texts["同行式"])
	}
	if !has("套红纸", "示例市科技局|2024年7月15日") || has("套红纸", "示例工作动态") {
		t.Errorf("套红纸: %q", texts["套红纸"])
	}
}

// On pre-printed paper every line of the head falls where the paper leaves room.
func TestPositionsAreTakenFromTheTemplate(t *testing.T) {
	look, _ := typeset.BuiltinNamed("套红纸")
	look.Number.Top = 70
	d, _ := laid(t, sheet(), look, Options{})
	for _, r := range d.Pages[0].Runs {
		if strings.HasPrefix(r.Text, "增刊第") {
			top := (r.Y - ascent*r.Size) / mm
			if top < 69.9 || top > 70.1 {
				t.Errorf("the number stands %.2f mm from the top", top)
			}
		}
		if c := r.Colour; c != Black {
			t.Errorf("%s is printed in %06x", r.Text, c)
		}
	}
	if len(d.Pages[0].Rules) > 0 {
		t.Errorf("%d rules are printed on paper that has its own", len(d.Pages[0].Rules))
	}
}

func TestTheRemarkSlot(t *testing.T) {
	bodyAt := func(change func(*typeset.Sheet, *typeset.Template)) string {
		s, look := sheet(), typeset.Builtin()[0]
		s.Document.Extra, s.Document.Urgency, s.Document.Undertakers = nil, "", nil
		change(&s, &look)
		d, _ := laid(t, s, look, Options{})
		leading := look.Leading(look.Grid)
		for _, r := range d.Pages[0].Runs {
			if strings.Contains(r.Text, "本期要目") {
				return fmt.Sprint(int((r.Y - look.Paper.Top*mm) / leading))
			}
		}
		return "next page"
	}
	for _, c := range []struct {
		want   string
		change func(*typeset.Sheet, *typeset.Template)
	}{
		{"19", func(*typeset.Sheet, *typeset.Template) {}},
		{"8", func(s *typeset.Sheet, _ *typeset.Template) { s.Document.Remark.Slot = false }},
		{"8", func(_ *typeset.Sheet, l *typeset.Template) { l.Remark.Print = "never" }},
		{"19", func(s *typeset.Sheet, l *typeset.Template) { s.Document.Remark.Slot = false; l.Remark.Print = "always" }},
		{"12", func(_ *typeset.Sheet, l *typeset.Template) { l.Remark.Lines = 4 }},
		{"next page", func(_ *typeset.Sheet, l *typeset.Template) { l.Remark.Lines = 22 }},
	} {
		if got := bodyAt(c.change); got != c.want {
			t.Errorf("the body begins on line %s, not %s", got, c.want)
		}
	}
}

func TestFolios(t *testing.T) {
	long := sheet()
	for range 40 {
		long.Document.Sections[0].Items = append(long.Document.Sections[0].Items, bulletin.Item{Paragraphs: []string{strings.Repeat("科技创新", 20) + "。"}})
	}
	for form, want := range map[string]string{"dashes": "— 2 —", "plain": "2", "of": "第2页 共9页", "none": ""} {
		look := typeset.Builtin()[0]
		look.Folio.Form = form
		d, _ := laid(t, long, look, Options{})
		lines := linesOf(d.Pages[1])
		if got := lines[len(lines)-1]; got != want && want != "" || want == "" && strings.Contains(got, "2") {
			t.Errorf("%s: %q on page 2 of %d", form, got, len(d.Pages))
		}
	}
	d, _ := laid(t, long, typeset.Builtin()[0], Options{})
	for i, p := range d.Pages {
		right := p.Runs[len(p.Runs)-1].X > p.Width/2
		if right != (i%2 == 0) {
			t.Errorf("the number of page %d stands inside", i+1)
		}
	}
}

func TestWhatCannotBeSetIsSaid(t *testing.T) {
	s := sheet()
	s.Document.Sections[0].Items[1] = bulletin.Item{Lead: "乙事办结。", Line: 12, Paragraphs: []string{"刘𪚥和陈𪚥到场。", "![现场](b.png)", "![会场](a.png)"}}
	d, problems := laid(t, s, typeset.Builtin()[0], Options{})
	if len(problems) != 2 {
		t.Fatalf("%d problems", len(problems))
	}
	glyph, picture := problems[0], problems[1]
	if glyph.Code != "no-glyph" || glyph.Line != 12 || !strings.Contains(glyph.Reason.In(fault.ZH), "“𪚥”（U+2A6A5）") ||
		!strings.Contains(glyph.Reason.In(fault.ZH), "乙事办结。刘𪚥和陈𪚥到场。") {
		t.Errorf("%+v %s", glyph, glyph.Reason.In(fault.ZH))
	}
	if picture.Code != "no-picture" || !strings.Contains(picture.Reason.In(fault.EN), "b.png") {
		t.Errorf("%+v", picture)
	}
	text := textOfPages(d)
	if !strings.Contains(text, "刘〓和陈〓到场") || !strings.Contains(text, "〔b.png〕") || !strings.Contains(text, "会场") {
		t.Errorf("%s", text)
	}
	n := 0
	for _, p := range d.Pages {
		for _, q := range p.Pictures {
			n++
			if q.Name != "a.png" || q.Width > 156*mm+hair || q.Width/q.Height < 1.59 || q.Width/q.Height > 1.61 {
				t.Errorf("%+v", q)
			}
		}
	}
	if n != 1 {
		t.Errorf("%d pictures", n)
	}
}

func TestWithoutANumberNothingIsSet(t *testing.T) {
	s := sheet()
	s.Number = bulletin.Number{}
	if _, _, err := Lay(s, typeset.Builtin()[0], blocks{}, nil, Options{}); !fault.Is(err, fault.Invalid) {
		t.Errorf("%v", err)
	}
	s.Provisional = true
	d, _ := laid(t, s, typeset.Builtin()[0], Options{})
	if !strings.Contains(textOfPages(d), "（待编号）") {
		t.Error("the proof bears no sign")
	}
}
