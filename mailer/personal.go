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

// A gap is where a personal part goes in a body: the place of its mark.
type gap struct {
	from, until int
	html        bool
}

// findGaps returns the gaps of a body in their order: that of the text stands
// before that of the page.
func (l *Letter) findGaps() (all []gap) {
	if l.content.Personal == nil {
		return nil
	}
	inText, inHTML := marks(l.content.Dispatch)
	for n, mark := range [][]byte{inText, inHTML} {
		if at := bytes.Index(l.body, mark); at >= 0 {
			all = append(all, gap{from: at, until: at + len(mark), html: n == 1})
		}
	}
	return all
}

// text returns the body of a delivery's letter: its own parts in the gaps of
// what all letters share, which is not copied.
func (l *Letter) text(d Delivery) Text {
	if len(l.gaps) == 0 {
		return Text{l.piece(0, len(l.body))}
	}
	text, html := l.content.Personal(d)
	all, at := make(Text, 0, 2*len(l.gaps)+1), 0
	for _, g := range l.gaps {
		own := text
		if g.html {
			own = html
		}
		all = append(all, l.piece(at, g.from), Piece{Data: encoded(own)})
		at = g.until
	}
	return append(all, l.piece(at, len(l.body)))
}

// piece is a run of what all letters share.
func (l *Letter) piece(from, until int) Piece {
	return Piece{Data: l.body[from:until], kept: l.kept, at: int64(from)}
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
