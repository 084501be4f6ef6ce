package forms

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/skip2/go-qrcode"

	"jianbao/bulletin/typeset/fonts"
	"jianbao/bulletin/typeset/layout"
	"jianbao/bulletin/typeset/pdf"
	"jianbao/fault"
)

func set(t *testing.T) *fonts.Set {
	t.Helper()
	s, err := fonts.Open("")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// drawn writes a document as a PDF file and returns its name.
func drawn(t *testing.T, s *fonts.Set, doc layout.Document) string {
	t.Helper()
	data, err := pdf.NewPress(s).Draw(doc)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "a.pdf")
	if dir := os.Getenv("JIANBAO_TEST_KEEP"); dir != "" {
		file = filepath.Join(dir, t.Name()+".pdf")
	}
	if err := os.WriteFile(file, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

func program(t *testing.T, name string, args ...string) []byte {
	t.Helper()
	out, err := exec.Command(name, args...).Output()
	if err != nil {
		t.Fatalf("%s: %v (scripts/debian-packages poppler-utils)", name, err)
	}
	return out
}

func rows(n int) []HandOverRow {
	var all []HandOverRow
	for i := range n {
		all = append(all, HandOverRow{
			List: []string{"报", "送"}[min(1, i/4)], Unit: fmt.Sprintf("鄂尔多斯市第%d人民代表大会常务委员会办公室", i+1), Copies: 1 + i%3,
			Numbers: fmt.Sprintf("%06d-%06d", 3*i+1, 3*i+2), Code: fmt.Sprintf("https://jianbao.example.gov.cn/receipt/%042d", i),
		})
	}
	return all
}

// The codes on the printed sheet are those that the encoder makes: every module
// is read back from the picture of the page.
func TestTheCodesOnThePaperAreRight(t *testing.T) {
	s, all := set(t), rows(13)
	doc, err := HandOver(HandOverSheet{Issue: "《鄂尔多斯科技简报》2021年第8期", Made: "收发员　2021-07-15 10:00", Rows: all}, s, fault.ZH)
	if err != nil {
		t.Fatal(err)
	}
	file := drawn(t, s, doc)
	if len(doc.Pages) != 2 {
		t.Fatalf("%d pages", len(doc.Pages))
	}
	read := 0
	for page := range doc.Pages {
		raw := program(t, "pdftoppm", "-png", "-r", "200", "-f", fmt.Sprint(page+1), "-l", fmt.Sprint(page+1), file)
		picture, err := png.Decode(bytes.NewReader(raw))
		if err != nil {
			t.Fatal(err)
		}
		for _, box := range codesIn(picture) {
			want, err := qrcode.New(all[read].Code, qrcode.Medium)
			if err != nil {
				t.Fatal(err)
			}
			want.DisableBorder = true
			if wrong := differs(picture, box, want.Bitmap()); wrong != "" {
				t.Errorf("row %d: %s", read+1, wrong)
			}
			if other, _ := qrcode.New(all[read].Code+"x", qrcode.Medium); read == 0 {
				other.DisableBorder = true
				if differs(picture, box, other.Bitmap()) == "" {
					t.Error("another address has the same code: the test proves nothing")
				}
			}
			read++
		}
	}
	if read != len(all) {
		t.Errorf("%d codes were found, want %d", read, len(all))
	}
	text := string(program(t, "pdftotext", "-layout", file, "-"))
	for _, want := range []string{"分发签收单", "共13个单位、25份", "扫码签收", "000037-000038", "第1页", "共2页", "收发员"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %s in\n%s", want, text)
		}
	}
}

func dark(p image.Image, x, y int) bool {
	r, g, b, _ := p.At(x, y).RGBA()
	return r+g+b < 3*0x8000
}

// codesIn finds the codes in the last column of a sheet, from above: what is dark
// between its rules.
func codesIn(p image.Image) (boxes []image.Rectangle) {
	perMM := 200 / 25.4
	right := int((paperWidth - margin) * perMM)
	left := int((paperWidth - margin - codeSide - 2) * perMM)
	inner := image.Rect(left+6, 0, right-6, p.Bounds().Max.Y)
	for y := int(33 * perMM); y < inner.Max.Y; {
		box, next := codeBelow(p, inner, y)
		if box.Dx() > int(10*perMM) && box.Dy() > int(10*perMM) {
			boxes = append(boxes, box)
		}
		y = next
	}
	return boxes
}

// codeBelow is the box of what is dark from a line on until ten lines are empty,
// and the line after these.
func codeBelow(p image.Image, inner image.Rectangle, y int) (box image.Rectangle, next int) {
	for empty := 0; y < inner.Max.Y; y++ {
		line := image.Rectangle{}
		for x := inner.Min.X; x < inner.Max.X; x++ {
			if dark(p, x, y) {
				line = line.Union(image.Rect(x, y, x+1, y+1))
			}
		}
		if empty++; !line.Empty() {
			empty = 0
		}
		if empty > 10 && !box.Empty() {
			return box, y + 1
		}
		box = box.Union(line)
	}
	return box, y
}

func differs(p image.Image, box image.Rectangle, want [][]bool) string {
	module := float64(box.Dx()) / float64(len(want))
	if square := float64(box.Dy()) / float64(len(want)); square < module*0.97 || square > module*1.03 {
		return fmt.Sprintf("the code is %d by %d", box.Dx(), box.Dy())
	}
	for row, line := range want {
		for column, is := range line {
			x, y := box.Min.X+int((float64(column)+0.5)*module), box.Min.Y+int((float64(row)+0.5)*module)
			if dark(p, x, y) != is {
				return fmt.Sprintf("module %d, %d is wrong", row, column)
			}
		}
	}
	return ""
}

func TestLabels(t *testing.T) {
	s := set(t)
	var all []Label
	for i := range 20 {
		all = append(all, Label{Postcode: fmt.Sprintf("0170%02d", i), Street: "内蒙古自治区鄂尔多斯市康巴什区鄂尔多斯大街1号党政综合大楼A座", Unit: fmt.Sprintf("鄂尔多斯市第%d统计局", i+1), Person: "张三", Note: "《鄂尔多斯科技简报》2021年第8期　2份　000001-000002"})
	}
	all[3].Postcode, all[4].Person, all[5].Street = "", "", strings.Repeat("很长的地址", 20)
	for _, form := range LabelForms {
		t.Run(form.Name, func(t *testing.T) {
			doc := Labels(form, all, 3, s, fault.ZH)
			if want := (3 + len(all) + form.Across*form.Down - 1) / (form.Across * form.Down); len(doc.Pages) != want {
				t.Errorf("%d pages, want %d", len(doc.Pages), want)
			}
			for n, page := range doc.Pages {
				for _, r := range page.Runs {
					if r.X < 0 || r.X > page.Width || r.Y < 0 || r.Y > page.Height {
						t.Errorf("page %d: %s at %.0f, %.0f", n+1, r.Text, r.X, r.Y)
					}
				}
			}
			if w := form.Left + float64(form.Across-1)*form.Pitch + form.Width; w > paperWidth+0.1 || form.Top+float64(form.Down)*form.Height > paperHeight {
				t.Errorf("%s is wider or higher than A4", form.Name)
			}
			drawn(t, s, doc)
		})
	}
}

func TestARegisterIsPaginated(t *testing.T) {
	s := set(t)
	header := []string{"序号", "期号", "列别", "单位", "应发份数", "份号", "已交份数", "交接时间", "方式", "经手人", "接收人", "退回份数", "备注"}
	var body [][]string
	for i := range 60 {
		body = append(body, []string{fmt.Sprint(i + 1), "2021年第8期", "报", "中国人民政治协商会议鄂尔多斯市委员会办公室", "2", "000001-000002", "2", "2021-07-15 17:00", "文件交换", "收发", "12号箱", "0"})
	}
	doc := Register("分发登记簿", "鄂尔多斯市科学技术局", header, body, s, fault.ZH)
	text := string(program(t, "pdftotext", "-layout", drawn(t, s, doc), "-"))
	if strings.Count(text, "应发份数")+strings.Count(text, "应发") < len(doc.Pages) || len(doc.Pages) < 2 || !strings.Contains(text, fmt.Sprintf("共%d页", len(doc.Pages))) {
		t.Errorf("%d pages:\n%s", len(doc.Pages), text)
	}
}

// Nothing runs out of the boxes of a grid, whatever the words are.
func TestLinesAreNotWiderThanTheirBox(t *testing.T) {
	s := newSheet(set(t), 100, 100)
	for _, text := range []string{"", "鄂尔多斯市，第一", "000001-000004,000013", "（一）甲、乙、丙", "abcdefghijklmnopqrstuvwxyz0123456789"} {
		for _, line := range s.wrap(fonts.Body, 10, 20, text) {
			if w := s.width(line, 10); w > 20+2*10/mm {
				t.Errorf("%q: a line of %.1f mm", text, w)
			}
			if len(line) > 0 && strings.ContainsRune(noStart, line[0].r) {
				t.Errorf("%q: a line begins with %c", text, line[0].r)
			}
		}
	}
}
