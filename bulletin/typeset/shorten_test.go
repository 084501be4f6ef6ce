package typeset

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"jianbao/bulletin"
)

// long returns a sheet of n items of size characters each, and an annex.
func long(n, size int) Sheet {
	s := full()
	s.Document.Sections = []bulletin.Section{{Name: "动态"}}
	for i := range n {
		s.Document.Sections[0].Items = append(s.Document.Sections[0].Items, bulletin.Item{
			Lead: fmt.Sprintf("第%d件事。", i+1), Paragraphs: []string{strings.Repeat("字", size)},
		})
	}
	return s
}

func TestAMailThatIsTooLongSaysSo(t *testing.T) {
	for _, c := range []struct {
		items, size int
		file        string
		says        string // "" for a whole mail
		titles      int
	}{
		{20, 500, "简报.pdf", "", 20},
		{200, 500, "", "", 200}, // nothing to refer to: all of it goes into the mail
		{200, 500, "简报.pdf", "其余只列题目，全文见附件《简报.pdf》", 200},
		{2000, 500, "简报.pdf", "条没有列出，全文见附件《简报.pdf》", 0},
		{0, 0, "简报.pdf", "", 0},
	} {
		s := long(c.items, c.size)
		s.Attachment = c.file
		page, text := made(t, HTML, s), made(t, Text, s)
		for _, part := range [][]byte{page, text} {
			if got := bytes.Contains(part, []byte("本期内容较长")); got != (c.says != "") || !bytes.Contains(part, []byte(c.says)) {
				t.Errorf("%d items, file %q: it says that it is shortened: %t", c.items, c.file, got)
			}
			if n := bytes.Count(part, []byte("件事。")); c.titles > 0 && n != c.titles {
				t.Errorf("%d of %d titles", n, c.titles)
			}
		}
		if c.file != "" && len(page) > maxMail {
			t.Errorf("%d items: %d bytes", c.items, len(page))
		}
		if c.says != "" && len(page) < maxMail*9/10 {
			t.Errorf("%d items: %d bytes: more would have fitted", c.items, len(page))
		}
	}
}

func TestItemsWithoutATitleAreShortenedToTheirFirstWords(t *testing.T) {
	p := pieceOf(bulletin.Item{Paragraphs: []string{strings.Repeat("字", 100)}}, stacked().Words).title()
	if first, rest := p.Text(); first != strings.Repeat("字", 20)+"……" || len(rest) != 0 {
		t.Errorf("%s", first)
	}
}

func TestPicturesAreNamedWithTheFileTheyAreIn(t *testing.T) {
	s := full()
	if got := string(made(t, Text, s)); !strings.Contains(got, "［图：现场］") {
		t.Error("no caption without a file")
	}
	s.Attachment = "简报.pdf"
	for name, make := range map[string]func(Sheet, Template) ([]byte, error){"HTML": HTML, "Text": Text} {
		if got := string(made(t, make, s)); !strings.Contains(got, "［图：现场，见附件《简报.pdf》］") {
			t.Errorf("%s: no caption", name)
		}
	}
}

func TestTheMailUsesTheWordsOfTheTemplate(t *testing.T) {
	look := stacked()
	look.Words.Number, look.Words.Contributor, look.Words.PrintRun = "NO.{}", "［{}报送］", "印数：{}"
	s := full()
	s.PrintRun = 7
	for name, make := range map[string]func(Sheet, Template) ([]byte, error){"HTML": HTML, "Text": Text} {
		b, err := make(s, look)
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range []string{"增刊NO.2", "［甲县局报送］", "印数：7"} {
			if !strings.Contains(string(b), want) {
				t.Errorf("%s: no %s", name, want)
			}
		}
	}
}
