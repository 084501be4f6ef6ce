package mailer

import (
	"bytes"
	"mime/quotedprintable"
	"strings"

	"github.com/google/uuid"
)

// A Personal returns what one letter of a dispatch says beside what all say: a
// few lines for the end of its text, and the same as HTML for the end of its
// page, such as the link by which its unit acknowledges it. It must return the
// same for a delivery each time, so that a letter that is sent again is that
// letter; "" is nothing.
type Personal func(Delivery) (text, html string)

// marks are lines that stand where the personal parts go while a letter is
// composed. Each begins a line and is shorter than a quoted-printable line may
// be (RFC 2045 6.7), so that encoding leaves it as it is.
func marks(dispatch uuid.UUID) (text, html []byte) {
	return []byte("personal-text-" + dispatch.String()), []byte("personal-html-" + dispatch.String())
}

// marked returns the text and the page of a content with the marks of its
// personal parts, at the end of the text and of the body of the page.
func (c Content) marked() (text, html []byte) {
	if c.Personal == nil {
		return c.Text, c.HTML
	}
	inText, inHTML := marks(c.Dispatch)
	if len(c.Text) > 0 {
		text = bytes.Join([][]byte{bytes.TrimRight(c.Text, "\r\n"), nil, inText, nil}, []byte("\n"))
	}
	if len(c.HTML) > 0 {
		end := bytes.LastIndex(c.HTML, []byte("</body>"))
		if end < 0 {
			end = len(c.HTML)
		}
		html = bytes.Join([][]byte{c.HTML[:end], inHTML, c.HTML[end:]}, []byte("\n"))
	}
	return text, html
}

// personal returns a body with the parts of a delivery in the place of the
// marks. A dispatch without them shares its body among all its letters.
func (l *Letter) personal(d Delivery) []byte {
	if l.content.Personal == nil {
		return l.body
	}
	text, html := l.content.Personal(d)
	inText, inHTML := marks(l.content.Dispatch)
	body := bytes.Replace(l.body, inText, encoded(text), 1)
	return bytes.Replace(body, inHTML, encoded(html), 1)
}

// encoded is a part as it stands in a body: quoted-printable, its dots stuffed.
// It begins a line.
func encoded(part string) []byte {
	var b bytes.Buffer
	w := quotedprintable.NewWriter(&b)
	_, _ = w.Write([]byte(strings.TrimRight(part, "\n"))) // a buffer takes all
	_ = w.Close()
	return stuff(b.Bytes())
}
