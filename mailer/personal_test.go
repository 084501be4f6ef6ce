package mailer

import (
	"bytes"
	"io"
	"net/mail"
	"strings"
	"testing"

	"github.com/emersion/go-message"
	"github.com/google/uuid"
	"pgregory.net/rapid"
)

func TestEveryLetterHasItsOwnPart(t *testing.T) {
	link := func(d Delivery) string {
		return "https://jianbao.example/receipt/" + strings.Repeat("x", 60) + "." + strings.Repeat("y", 30) + d.ID.String()
	}
	c := Content{
		Dispatch: uuid.New(), From: mail.Address{Address: "jianbao@kjj.example"}, Subject: "第8期",
		Text: []byte("正文\n.点\n\n"), HTML: []byte("<html><body><p>正文</p></body></html>"),
		Personal: func(d Delivery) (string, string) {
			return "签收：\n.\n" + link(d), `<p><a href="` + link(d) + `">签收</a></p>`
		},
	}
	letter, err := Compose(c)
	if err != nil {
		t.Fatal(err)
	}
	a, b := Delivery{ID: uuid.New(), Address: "a@b.example"}, Delivery{ID: uuid.New(), Address: "b@b.example"}
	first, second, again := parcel(t, letter, a), parcel(t, letter, b), parcel(t, letter, a)
	if !bytes.Equal(first.Body.Bytes(), again.Body.Bytes()) {
		t.Error("a letter that is sent again is another one")
	}
	for _, p := range []*Parcel{first, second} {
		for line := range strings.SplitSeq(string(p.Body.Bytes()), "\r\n") {
			if len(line) > 76 || strings.HasPrefix(line, ".") {
				t.Errorf("%q", line)
			}
		}
	}
	text := decoded(t, letter, a)
	if strings.Count(text, link(a)) != 2 || strings.Contains(text, link(b)) || strings.Contains(text, "personal-") {
		t.Errorf("%s", text)
	}
	if !strings.Contains(text, "<p>正文</p>\r\n<p><a") || !strings.Contains(text, "</p>\r\n</body></html>") || !strings.Contains(text, "正文\r\n.点\r\n\r\n签收：\r\n") {
		t.Errorf("%s", text)
	}
}

func TestWithoutPersonalPartsTheBodyIsShared(t *testing.T) {
	letter, err := Compose(Content{Dispatch: uuid.New(), From: mail.Address{Address: "jianbao@kjj.example"}, Subject: "第8期", Text: []byte("正文")})
	if err != nil {
		t.Fatal(err)
	}
	if p := parcel(t, letter, Delivery{ID: uuid.New(), Address: "a@b.example"}); &p.Body[0].Data[0] != &letter.body[0] {
		t.Error("the body was copied")
	}
}

func parcel(t *testing.T, l *Letter, d Delivery) *Parcel {
	t.Helper()
	p, err := l.Parcel(d)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// decoded returns the texts of a letter, one behind the other, as a reader gets
// them.
func decoded(t interface {
	Helper()
	Fatal(...any)
}, l *Letter, d Delivery) string {
	t.Helper()
	raw, err := l.Message(d)
	if err != nil {
		t.Fatal(err)
	}
	entity, err := message.Read(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	var all []byte
	err = entity.Walk(func(_ []int, part *message.Entity, err error) error {
		if err != nil || part.MultipartReader() != nil {
			return err
		}
		words, err := io.ReadAll(part.Body)
		all = append(all, words...)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return string(all)
}

// TestAnyTextComesBack: what a reader decodes is what was written, with the own
// part of the letter where it belongs, whatever the texts are.
func TestAnyTextComesBack(t *testing.T) {
	words := rapid.StringOf(rapid.RuneFrom([]rune("简报。\U00020164.a=<> \n\r\t-")))
	rapid.Check(t, func(t *rapid.T) {
		text, page := "."+words.Draw(t, "text"), "<p>"+words.Draw(t, "page")
		own, ownPage := words.Draw(t, "own"), words.Draw(t, "own page")
		end := rapid.SampledFrom([]string{"", "</body></html>\n", "</body>" + strings.Repeat("尾", 40)}).Draw(t, "end")
		c := Content{
			Dispatch: uuid.New(), From: mail.Address{Address: "jianbao@kjj.example"}, Subject: "第8期",
			Text: []byte(text), HTML: []byte(page + end),
			Personal: func(Delivery) (string, string) { return own, ownPage },
		}
		letter, err := Compose(c)
		if err != nil {
			t.Fatal(err)
		}
		d := Delivery{ID: uuid.New(), Address: "a@b.example"}
		trim := func(s string) string { return strings.TrimRight(s, "\r\n") }
		want := string(canonical(nil, trim(text)+"\n\n"+trim(own)+"\n"+page+"\n"+trim(ownPage)+"\n"+end))
		if got := decoded(t, letter, d); got != want {
			t.Fatalf("%q\nwant %q", got, want)
		}
		for line := range strings.SplitSeq(string(letter.text(d).Bytes()), "\r\n") {
			if len(line) > 76 || strings.HasPrefix(line, ".") || strings.ContainsAny(line, "\r\n") {
				t.Fatalf("%q", line)
			}
		}
	})
}
