package mailer

import (
	"bytes"
	"io"
	"mime/quotedprintable"
	"net/mail"
	"strings"
	"testing"

	"github.com/google/uuid"
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
			if len(line) > 77 { // with a dot that is stuffed
				t.Errorf("a line of %d: %s", len(line), line)
			}
			if strings.HasPrefix(line, ".") && !strings.HasPrefix(line, "..") {
				t.Errorf("a bare dot: %q", line)
			}
		}
	}
	text := decoded(t, first.Body.Bytes())
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

// decoded takes the dots and the encoding off a body.
func decoded(t *testing.T, body []byte) string {
	t.Helper()
	bare := bytes.ReplaceAll(body, []byte("\n.."), []byte("\n."))
	text, err := io.ReadAll(quotedprintable.NewReader(bytes.NewReader(bare)))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
