package typeset

import (
	"bytes"
	"html"
	"regexp"
	"strings"
	"testing"

	"jianbao/bulletin"
)

func TestMailIsSelfContained(t *testing.T) {
	for _, s := range []Sheet{seed(t), full()} {
		b := made(t, HTML, s)
		if len(b) > 100<<10 {
			t.Errorf("%d bytes", len(b))
		}
		for _, bad := range []string{"<script", "<img", "<link", "<style", "src=", "href=", "url(", "http:", "https:", "class=", "position:"} {
			if bytes.Contains(b, []byte(bad)) {
				t.Errorf("%s is in the mail", bad)
			}
		}
	}
}

func TestMailEscapesEveryWord(t *testing.T) {
	got := string(made(t, HTML, full()))
	for _, want := range []string{"&lt;script&gt;", "&amp; 后续", "市委&lt;br&gt;"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %s", want)
		}
	}
}

// A colour without its background becomes dark on dark in a client that turns
// only one of them.
func TestColoursComeWithTheirBackground(t *testing.T) {
	for _, style := range regexp.MustCompile(`style="[^"]*"`).FindAllString(string(made(t, HTML, full())), -1) {
		if strings.Contains(style, ";color:") && !strings.Contains(style, "background-color:") {
			t.Errorf("%s", style)
		}
	}
}

func TestTheEmptySlotIsNotShown(t *testing.T) {
	s := seed(t)
	if !s.Document.Remark.Slot {
		t.Fatal("the seed has no slot")
	}
	if bytes.Contains(made(t, HTML, s), []byte("领导批示")) || bytes.Contains(made(t, Text, s), []byte("领导批示")) {
		t.Error("the slot is shown as a hole")
	}
}

func TestLeadsAreBold(t *testing.T) {
	n := strings.Count(string(made(t, HTML, seed(t))), "<strong")
	if n != 11 {
		t.Errorf("%d bold leads", n)
	}
}

var (
	headPart = regexp.MustCompile(`(?s)<head>.*</head>`)
	tag      = regexp.MustCompile(`<[^>]*>`)
)

// words returns the text of an HTML page without any space.
func words(page []byte) string {
	bare := tag.ReplaceAllString(headPart.ReplaceAllString(string(page), ""), "")
	return strings.Join(strings.Fields(html.UnescapeString(bare)), "")
}

// Both parts of the mail say the same, in the same order.
func TestTwinsSayTheSame(t *testing.T) {
	for _, s := range []Sheet{seed(t), full()} {
		text := strings.ReplaceAll(string(made(t, Text, s)), rule, "")
		text = strings.ReplaceAll(text, bulletin.Spaced(s.Document.Masthead), s.Document.Masthead)
		text = strings.Join(strings.Fields(text), "")
		page := words(made(t, HTML, s))
		if text != page {
			t.Errorf("\ntext %s\nhtml %s", text, page)
		}
	}
}

func TestTextIsNotWrapped(t *testing.T) {
	got := string(made(t, Text, seed(t)))
	for _, it := range seed(t).Document.Items() {
		if !strings.Contains(got, "\n　　"+it.Lead+it.Paragraphs[0]+"\n") {
			t.Errorf("%s is broken", it.Lead)
		}
	}
	if !strings.Contains(got, "审核：乔　栋\n") {
		t.Error("乔栋 is not spaced")
	}
}

func TestBytesDependOnTheSheetAlone(t *testing.T) {
	first := made(t, HTML, full())
	for range 20 {
		if !bytes.Equal(made(t, HTML, full()), first) {
			t.Fatal("two sheets differ")
		}
	}
}

func BenchmarkHTML(b *testing.B) {
	s := seed(b)
	for b.Loop() {
		if _, err := HTML(s, stacked()); err != nil {
			b.Fatal(err)
		}
	}
}
