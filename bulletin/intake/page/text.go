package page

import (
	"bytes"
	"encoding/base64"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html/atom"

	"jianbao/bulletin/intake/flow"
)

// A paragraph is the line that is being filled.
type paragraph struct {
	number  string
	heading bool
	spans   []flow.Span
	last    rune // the last character, or 0
	space   rune // collapsed white space that waits for a character: ' ', '\n' for one with a line end in it, or 0
}

// collapsible is the white space of HTML; U+00A0 and U+3000 are characters.
func collapsible(r rune) bool { return r == ' ' || r == '\t' || r == '\n' || r == '\r' || r == '\f' }

// add adds text. White space collapses to one space, to none at the beginning
// of a line, and to none where the source was only wrapped between two Han
// characters (CSS Text 3, 4.1.3).
func (p *paragraph) add(text string, bold, pre bool) {
	var b strings.Builder
	for _, r := range text {
		switch {
		case pre && r == '\n':
			b.WriteByte('\n')
			p.last = '\n'
		case pre && r != '\r', !collapsible(r):
			if p.space != 0 && p.last != 0 && p.last != '\n' && !(p.space == '\n' && wide(p.last) && wide(r)) {
				b.WriteByte(' ')
			}
			b.WriteRune(r)
			p.space, p.last = 0, r
		case r == '\n' || p.space == '\n':
			p.space = '\n'
		default:
			p.space = ' '
		}
	}
	if b.Len() == 0 {
		return
	}
	if n := len(p.spans); n > 0 && p.spans[n-1].Bold == bold && len(p.spans[n-1].Text) < 4096 {
		p.spans[n-1].Text += b.String()
		return
	}
	p.spans = append(p.spans, flow.Span{Text: b.String(), Bold: bold})
}

func (p *paragraph) lineBreak() {
	p.spans = append(p.spans, flow.Span{Text: "\n"})
	p.space, p.last = 0, '\n'
}

func wide(r rune) bool {
	return unicode.Is(unicode.Han, r) || r >= 0x3000 && r <= 0x303f || r >= 0xff00 && r <= 0xffef
}

// longestQuote bounds what a note shows of text that was left out.
const longestQuote = 20

func (r *reader) text(text string) {
	e := r.top()
	if e.mute == shown {
		if e.tag >= atom.H1 && e.tag <= atom.H6 {
			r.paragraph.heading = true
		}
		r.paragraph.add(text, e.bold, e.pre)
		return
	}
	if r.silent.Len() < 1<<10 && e.mute != noText {
		r.silent.WriteString(text)
	}
}

// unmute says what a muted element held, now that it ended.
func (r *reader) unmute(why muteness) {
	text := strings.Join(strings.Fields(r.silent.String()), " ")
	r.silent.Reset()
	if text == "" {
		return
	}
	switch why {
	case titleTag:
		r.properties = append(r.properties, text)
	case unseen:
		r.w.Beside(text)
		r.w.Note(hidden.With(quote(text)))
	case struck:
		r.w.Note(deleted.With(quote(text)))
	}
}

func quote(text string) string {
	if utf8.RuneCountInString(text) <= longestQuote {
		return text
	}
	return string([]rune(text)[:longestQuote]) + "…"
}

// endParagraph writes the line, into the open cell or into the text.
func (r *reader) endParagraph() {
	p := r.paragraph
	r.paragraph = paragraph{}
	if !p.hasText() {
		return
	}
	line := flow.Paragraph{Number: p.number, Spans: p.spans, Heading: p.heading}
	if cell := r.cell(); cell != nil {
		cell.text.Paragraph(line)
		return
	}
	line.Spans[0].Text = strings.TrimLeft(line.Spans[0].Text, " \u00a0")
	r.w.Paragraph(line)
}

func (p *paragraph) hasText() bool {
	for _, s := range p.spans {
		if strings.TrimSpace(flow.Clean(s.Text)) != "" {
			return true
		}
	}
	return false
}

// meta takes the description and keywords of a page.
func (r *reader) meta(a attrs) {
	switch strings.ToLower(a["name"]) {
	case "title", "subject", "keywords", "description", "category":
		if text := strings.TrimSpace(a["content"]); text != "" {
			r.properties = append(r.properties, text)
		}
	}
}

// picture takes a picture whose bytes stand in its address (RFC 2397); others
// lie on the machine or the server the page was copied from.
func (r *reader) picture(a attrs) {
	if r.top().mute != shown {
		return
	}
	caption := strings.TrimSpace(a["alt"])
	head, body, found := strings.Cut(a["src"], ",")
	if !found || !strings.HasPrefix(head, "data:image/") || !strings.HasSuffix(head, ";base64") {
		if a["src"] != "" {
			r.w.Note(flow.PictureGone.With(quote(caption)))
		}
		return
	}
	data, err := base64.StdEncoding.DecodeString(string(bytes.TrimSpace([]byte(strings.ReplaceAll(body, "%2B", "+")))))
	if err != nil {
		r.w.Note(flow.PictureGone.With(quote(caption)))
		return
	}
	r.endParagraph()
	if cell := r.cell(); cell != nil {
		cell.text.Embed(caption, "image", data)
		return
	}
	r.w.Embed(caption, "image", data)
}
