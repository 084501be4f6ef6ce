package typeset

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"jianbao/bulletin"
	"jianbao/fault"
)

var update = flag.Bool("update", false, "write the golden files anew")

// seed returns the real bulletin, settled and registered.
func seed(t testing.TB) Sheet {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("..", "testdata", "00-seed.txt"))
	if err != nil {
		t.Fatal(err)
	}
	text, err := bulletin.Settle(string(raw), "seam-overlap", 15, "drop")
	if err != nil {
		t.Fatal(err)
	}
	d := bulletin.Parse(text).Document
	return Sheet{Document: d, Number: bulletin.Number{Kind: bulletin.Ordinary, No: 8, Year: 2021}, Date: d.Date, Lists: d.Lists, PrintRun: 20}
}

// full returns a sheet with everything that may stand on one.
func full() Sheet {
	d := bulletin.Document{
		Extra:    []string{"SHILI GONGZUO DONGTAI"},
		Masthead: "示例工作动态", Urgency: "特急", Notice: "内部资料 注意保存",
		Organs: []string{"示例市科技局", "示例市财政局"}, Undertakers: []string{"示例市情报所"},
		Title: "全市科技工作综述", EditorNote: "为交流经验，特编发此文。",
		Remark:    bulletin.Remark{Slot: true, Text: "请市发改委牵头研究。", By: "乔栋", Date: bulletin.Date{Year: 2024, Month: 7, Day: 18}},
		Contents:  []string{"【重点】甲事引发关注"},
		PrintDate: bulletin.Date{Year: 2024, Month: 7, Day: 19}, PrintOrgan: "示例市科技局办公室",
		Roles:  []bulletin.Role{{Label: "编辑", Names: []string{"张三", "欧阳锋"}}, {Label: "签发"}},
		Phones: []string{"0477-8588888"}, Faxes: []string{"0477-8588889"}, Emails: []string{"kj@example.invalid"},
		Annexes: []bulletin.Annex{{Title: "附件1：名单", Lines: []string{"甲", "| 乙 | 丙 |"}}},
		Sections: []bulletin.Section{
			{Items: []bulletin.Item{{Paragraphs: []string{"无栏目的一段。"}}}},
			{Name: "重点", Items: []bulletin.Item{
				{Lead: "甲事引发关注", Paragraphs: []string{"9月8日，网民发帖。", "有关部门回应。"}, Contributor: "甲县局"},
				{Lead: "乙事办结。", Paragraphs: []string{"<script>alert(\"1\")</script> & 后续跟进。"}}}},
			{Name: "一、整体推进", Items: []bulletin.Item{{Lead: "（一）产业发展。", Paragraphs: []string{
				"新增12个。", "| 单位 | 数量 |", "|---|---|", `| 甲县<br>乙旗 | 1\|2 |`, "![现场](a.png)", "详见附件。"}}}},
		},
	}
	return Sheet{Document: d, Number: bulletin.Number{Kind: bulletin.Supplement, No: 2, Year: 2024, Total: 108},
		Date: bulletin.Date{Year: 2024, Month: 7, Day: 15}, Lists: []bulletin.List{{Label: "报", Text: "市委<br>"}, {Label: "发", Text: ""}}}
}

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s differs; run with -update and look at the difference", name)
	}
}

func made(t *testing.T, make func(Sheet, Template) ([]byte, error), s Sheet) []byte {
	t.Helper()
	b, err := make(s, stacked())
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestGolden(t *testing.T) {
	proof := seed(t)
	proof.Provisional = true
	for name, s := range map[string]Sheet{"seed": seed(t), "full": full(), "proof": proof} {
		golden(t, name+".html", made(t, HTML, s))
		golden(t, name+".txt", made(t, Text, s))
	}
}

func TestSubjects(t *testing.T) {
	s := seed(t)
	if got := Subject(s); got != "【鄂尔多斯科技简报】2021年第8期" {
		t.Errorf("got %s", got)
	}
	for want, n := range map[string]bulletin.Number{
		"【鄂尔多斯科技简报】2024年增刊第2期": {Kind: bulletin.Supplement, No: 2, Year: 2024, Total: 108},
		"【鄂尔多斯科技简报】总第377期":     {Kind: bulletin.Ordinary, Total: 377, Year: 2024},
	} {
		if s.Number = n; Subject(s) != want {
			t.Errorf("got %s, want %s", Subject(s), want)
		}
	}
	s.Provisional = true
	if got := Subject(s); got != "【鄂尔多斯科技简报】（待编号）" {
		t.Errorf("got %s", got)
	}
	s.Document.Masthead = "科技\r\nBcc: x@example.invalid"
	if got := Subject(s); strings.ContainsAny(got, "\r\n") {
		t.Errorf("a header can be smuggled in: %q", got)
	}
}

func TestWithoutANumberThereIsOnlyAProof(t *testing.T) {
	s := seed(t)
	s.Number = bulletin.Number{Kind: bulletin.Ordinary}
	for name, make := range map[string]func(Sheet, Template) ([]byte, error){"HTML": HTML, "Text": Text} {
		if b, err := make(s, stacked()); !fault.Is(err, fault.Invalid) || b != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// What is printed is what was registered, not what the text said.
func TestTheRegistrationIsPrinted(t *testing.T) {
	s := seed(t)
	s.Number.No, s.PrintRun = 9, 33
	s.Date = bulletin.Date{Year: 2021, Month: 8, Day: 1}
	s.Lists = []bulletin.List{{Label: "送", Text: "市审计局"}}
	for name, make := range map[string]func(Sheet, Template) ([]byte, error){"HTML": HTML, "Text": Text} {
		got := string(made(t, make, s))
		for _, want := range []string{"第9期", "共印33份", "2021年8月1日", "市审计局"} {
			if !strings.Contains(got, want) {
				t.Errorf("%s: no %s", name, want)
			}
		}
		for _, stale := range []string{"第8期", "共印20份", "7月15日", "市发改委"} {
			if strings.Contains(got, stale) {
				t.Errorf("%s: %s of the text is printed", name, stale)
			}
		}
	}
}
