package mailer

import (
	"bytes"
	"encoding/base64"
	"strings"

	"github.com/google/uuid"
)

// Texts are base64 (RFC 2045 6.8), in which Chinese takes 1.37 times its size
// and quoted-printable 3.13 times; and no line of it begins with a dot.
const (
	perLine = 57 // bytes that a line of 76 characters holds
)

// marks are what jordan-wright/email is given for the text and the page of a
// content: lines that it leaves as they are, and that stand where the texts go.
func (c Content) marks() (text, html []byte) {
	inText, inHTML := marksOf(c.Dispatch)
	if len(c.Text) > 0 {
		text = inText
	}
	if len(c.HTML) > 0 {
		html = inHTML
	}
	return text, html
}

func marksOf(dispatch uuid.UUID) (text, html []byte) {
	return []byte("text-of-" + dispatch.String()), []byte("page-of-" + dispatch.String())
}

// inBase64 says of texts that they are base64. What follows stands before
// texts alone: files are base64 anyway, and no name of one has a colon.
func inBase64(raw []byte) []byte {
	const field = "Content-Transfer-Encoding: "
	return bytes.ReplaceAll(raw, []byte(field+"quoted-printable"), []byte(field+"base64"))
}

// fill makes the body of a letter of one that has marks for its texts.
func (l *Letter) fill(marked []byte) {
	inText, inHTML := marksOf(l.content.Dispatch)
	for n, mark := range [][]byte{inText, inHTML} {
		before, behind, found := bytes.Cut(marked, mark)
		if !found {
			continue
		}
		l.body = append(l.body, before...)
		marked = behind
		html := n == 1
		if l.content.Personal == nil {
			l.body = append(l.body, encode(canonical(nil, l.content.part(html)))...)
			continue
		}
		l.open(html)
	}
	l.body = append(l.body, marked...)
}

func (c Content) part(html bool) string {
	if html {
		return string(c.HTML)
	}
	return string(c.Text)
}

// open adds what all letters share of a text, up to its gap, and the gap. The
// personal part stands at the end of a text behind an empty line, and at the end
// of the body of a page.
func (l *Letter) open(html bool) {
	shared, then := l.content.part(html), "\r\n"
	if html {
		end := strings.LastIndex(shared, "</body>")
		if end < 0 {
			end = len(shared)
		}
		shared, then = shared[:end]+"\n", string(canonical([]byte(then), shared[end:]))
	} else {
		shared = strings.TrimRight(shared, "\r\n") + "\n\n"
	}
	raw := canonical(nil, shared)
	whole := len(raw) / perLine * perLine
	if whole > 0 {
		l.body = append(append(l.body, encode(raw[:whole])...), '\r', '\n')
	}
	l.gaps = append(l.gaps, gap{at: len(l.body), before: string(raw[whole:]), then: then, html: html})
}

// canonical appends a text in which every line end is CRLF, as text is before it
// is encoded (RFC 2045 6.8).
func canonical(raw []byte, text string) []byte {
	for {
		end := strings.IndexAny(text, "\r\n")
		if end < 0 {
			return append(raw, text...)
		}
		raw = append(append(raw, text[:end]...), "\r\n"...)
		if strings.HasPrefix(text[end:], "\r\n") {
			end++
		}
		text = text[end+1:]
	}
}

// encode returns base64 in lines of 76 characters, without a line end behind
// the last.
func encode(raw []byte) []byte {
	lines := (len(raw) + perLine - 1) / perLine
	out := make([]byte, 0, base64.StdEncoding.EncodedLen(len(raw))+2*lines)
	for len(raw) > perLine {
		out = base64.StdEncoding.AppendEncode(out, raw[:perLine])
		out = append(out, '\r', '\n')
		raw = raw[perLine:]
	}
	return base64.StdEncoding.AppendEncode(out, raw)
}
