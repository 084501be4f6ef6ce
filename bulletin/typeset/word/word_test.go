package word

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"flag"
	"image"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"jianbao/bulletin"
	"jianbao/bulletin/typeset"
	"jianbao/fault"
)

// keep writes the files that the tests make into a directory, to be opened with
// a word processor and looked at.
var keep = flag.String("keep", "", "directory for the files that are made")

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

// full returns a sheet with everything that may stand on one.
func full() typeset.Sheet {
	d := bulletin.Document{
		Extra: []string{"A <code> & more"}, Masthead: "示例工作动态", Urgency: "特急", Notice: "内部资料 注意保存",
		Organs: []string{"示例市科技局", "示例市财政局"}, Undertakers: []string{"示例市情报所"},
		Title: "全市科技工作综述", EditorNote: "为交流经验，特编发此文。",
		Remark:    bulletin.Remark{Slot: true, Text: "请市发改委牵头研究。", By: "乔栋", Date: bulletin.Date{Year: 2024, Month: 7, Day: 18}},
		Contents:  []string{"【重点】甲事引发关注"},
		PrintDate: bulletin.Date{Year: 2024, Month: 7, Day: 19}, PrintOrgan: "示例市科技局办公室",
		Roles: []bulletin.Role{{Label: "编辑", Names: []string{"张三", "欧阳锋"}}}, Phones: []string{"0477-8588888"},
		Annexes: []bulletin.Annex{{Title: "附件1：名单", Lines: []string{"甲", "| 乙 | 丙 |"}}},
		Sections: []bulletin.Section{
			{Items: []bulletin.Item{{Paragraphs: []string{"无栏目的一段，有生僻字䶮𬭚𠅤和“引号”。"}}}},
			{Name: "重点", Items: []bulletin.Item{
				{Lead: "甲事引发关注", Paragraphs: []string{"9月8日，网民发帖。", "有关部门回应。"}, Contributor: "甲县局"},
				{Lead: "乙事办结。", Paragraphs: []string{"<w:p>\x00\x1b\ufffe & 后续跟进。"}}}},
			{Name: "一、整体推进", Items: []bulletin.Item{{Lead: "（一）产业发展。", Paragraphs: []string{
				"新增12个。", "| 单位 | 数量 |", "|---|---|", `| 甲县<br>乙旗 | 1\|2 |`,
				"![现场](a.png)", "![没有的图](b.png)", "![现场](a.png)", "详见附件。"}}}},
		},
	}
	return typeset.Sheet{Document: d, Number: bulletin.Number{Kind: bulletin.Supplement, No: 2, Year: 2024, Total: 108},
		Date: bulletin.Date{Year: 2024, Month: 7, Day: 15}, Lists: []bulletin.List{{Label: "报", Text: "市委"}, {Label: "送", Text: "市财政局、市统计局"}}, PrintRun: 30}
}

func pictures(t testing.TB) map[string][]byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 1200, 400))); err != nil {
		t.Fatal(err)
	}
	return map[string][]byte{"a.png": b.Bytes(), "c.bmp": []byte("BM")}
}

func made(t testing.TB, s typeset.Sheet, look typeset.Template) []byte {
	t.Helper()
	b, err := Make(s, look, pictures(t))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// parts unpacks a file.
func parts(t testing.TB, data []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		all[f.Name] = string(b)
	}
	return all
}

// samples are the sheets of the tests on every built-in template.
func samples(t testing.TB) map[string][]byte {
	all := map[string][]byte{}
	for name, s := range map[string]typeset.Sheet{"seed": seed(t), "full": full()} {
		for _, look := range typeset.Builtin() {
			all[name+"-"+look.Name] = made(t, s, look)
		}
	}
	return all
}

func TestEveryPartIsWellFormed(t *testing.T) {
	for name, data := range samples(t) {
		if *keep != "" {
			if err := os.WriteFile(filepath.Join(*keep, name+".docx"), data, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		for part, content := range parts(t, data) {
			if strings.HasPrefix(part, "word/media/") {
				continue
			}
			d := xml.NewDecoder(strings.NewReader(content))
			for {
				if _, err := d.Token(); err == io.EOF {
					break
				} else if err != nil {
					t.Fatalf("%s: %s: %v", name, part, err)
				}
			}
		}
	}
}

// Every part has a type, every relationship a target, every picture a part.
func TestThePackageHoldsTogether(t *testing.T) {
	all := parts(t, made(t, full(), typeset.Builtin()[0]))
	for part := range all {
		if part != "[Content_Types].xml" && !strings.HasSuffix(part, ".rels") && !strings.HasSuffix(part, ".png") &&
			!strings.Contains(all["[Content_Types].xml"], `PartName="/`+part+`"`) {
			t.Errorf("%s has no type", part)
		}
	}
	rels := all["word/_rels/document.xml.rels"]
	for _, target := range strings.Split(rels, `Target="`)[1:] {
		target, _, _ = strings.Cut(target, `"`)
		if _, ok := all["word/"+target]; !ok {
			t.Errorf("%s is not there", target)
		}
	}
	for _, use := range strings.Split(all["word/document.xml"], `r:embed="`)[1:] {
		use, _, _ = strings.Cut(use, `"`)
		if !strings.Contains(rels, `Id="`+use+`"`) {
			t.Errorf("%s leads nowhere", use)
		}
	}
	if n := strings.Count(all["word/document.xml"], "<w:drawing>"); n != 2 || all["word/media/image1.png"] != string(pictures(t)["a.png"]) || all["word/media/image2.png"] != "" {
		t.Errorf("%d pictures; one file shown twice is wanted", n)
	}
}

func TestStylesThatAreUsedAreThere(t *testing.T) {
	all := parts(t, made(t, full(), typeset.Builtin()[0]))
	for _, part := range []string{"word/document.xml", "word/footer1.xml", "word/footer2.xml"} {
		for _, use := range strings.Split(all[part], `Style w:val="`)[1:] {
			use, _, _ = strings.Cut(use, `"`)
			if !strings.Contains(all["word/styles.xml"], `w:styleId="`+use+`"`) {
				t.Errorf("%s: no style %s", part, use)
			}
		}
	}
	for _, name := range []string{"简报名称", "期号", "编印单位", "栏目", "正文", "导语", "版记", "页码"} {
		if !strings.Contains(all["word/styles.xml"], ` w:val="`+name+`"/>`) {
			t.Errorf("no style %s", name)
		}
	}
}

func TestNoWordIsLost(t *testing.T) {
	document := parts(t, made(t, full(), typeset.Builtin()[0]))["word/document.xml"]
	got := texts(document)
	for _, want := range []string{
		"A <code> & more", "特急", "内部资料 注意保存", "示例工作动态", "增刊第2期（总第108期）", "示例市科技局　示例市财政局", "承办：示例市情报所",
		"2024年7月15日", "领导批示：", "请市发改委牵头研究。", "乔　栋　2024年7月18日", "全市科技工作综述", "编者按：为交流经验", "本期要目", "【重点】甲事引发关注",
		"䶮𬭚𠅤和“引号”", "【重点】", "甲事引发关注", "9月8日，网民发帖。", "（甲县局供稿）", "乙事办结。<w:p> & 后续跟进。", "一、整体推进",
		"（一）产业发展。新增12个。", "单位数量甲县乙旗1|2", "现场", "［图：没有的图］", "报：市委。", "送：市财政局、市统计局。", "编辑：张　三、欧阳锋", "电话：0477-8588888",
		"示例市科技局办公室　2024年7月19日印发", "（共印30份）", "附件1：名单", "乙丙",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %s", want)
		}
	}
}

// texts returns the text of a part, without its markup.
func texts(part string) string {
	var b strings.Builder
	d := xml.NewDecoder(strings.NewReader(part))
	for {
		token, err := d.Token()
		if err != nil {
			return b.String()
		}
		if c, ok := token.(xml.CharData); ok {
			b.Write(c)
		}
	}
}

func TestTheRegistrationAndTheTemplateArePrinted(t *testing.T) {
	look := typeset.Builtin()[0]
	look.Words.Number = "NO.{}"
	look.Masthead.Colour = "#123456"
	s := seed(t)
	s.Number.No, s.PrintRun = 9, 33
	all := parts(t, made(t, s, look))
	for _, want := range []string{"NO.9", "共印33份"} {
		if !strings.Contains(texts(all["word/document.xml"]), want) {
			t.Errorf("no %s", want)
		}
	}
	if !strings.Contains(all["word/styles.xml"], `"123456"`) {
		t.Error("the colour of the template is not used")
	}
	if !strings.Contains(all["docProps/core.xml"], "<dc:title>【鄂尔多斯科技简报】2021年第9期</dc:title><dc:creator>鄂尔多斯市科学技术局</dc:creator>") ||
		!strings.Contains(all["docProps/core.xml"], ">2021-07-15T00:00:00Z<") {
		t.Errorf("%s", all["docProps/core.xml"])
	}
}

func TestPreprintedPaperHasNoMastheadAndNoRule(t *testing.T) {
	for _, look := range typeset.Builtin() {
		document := parts(t, made(t, seed(t), look))["word/document.xml"]
		printed := strings.Contains(texts(document), "鄂尔多斯科技简报")
		ruled := strings.Contains(document, "<w:pBdr>")
		if want := look.Head != typeset.Preprinted; printed != want || ruled != want {
			t.Errorf("%s: masthead %t, rule %t", look.Name, printed, ruled)
		}
	}
}

func TestBytesDependOnTheSheetAlone(t *testing.T) {
	first := made(t, full(), typeset.Builtin()[0])
	for range 5 {
		if !bytes.Equal(made(t, full(), typeset.Builtin()[0]), first) {
			t.Fatal("two files differ")
		}
	}
}

func TestWithoutANumberThereIsOnlyAProof(t *testing.T) {
	s := seed(t)
	s.Number = bulletin.Number{}
	if b, err := Make(s, typeset.Builtin()[0], nil); !fault.Is(err, fault.Invalid) || b != nil {
		t.Errorf("%v", err)
	}
	s.Provisional = true
	if got := texts(parts(t, made(t, s, typeset.Builtin()[0]))["word/document.xml"]); !strings.Contains(got, "（待编号）") {
		t.Error("a proof does not say so")
	}
}

func BenchmarkMake(b *testing.B) {
	s, look := seed(b), typeset.Builtin()[0]
	for b.Loop() {
		if _, err := Make(s, look, nil); err != nil {
			b.Fatal(err)
		}
	}
}
