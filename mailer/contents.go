package mailer

import (
	"bytes"
	"errors"
	"io"
	"regexp"
	"slices"
	"strings"

	"github.com/emersion/go-message"
	"github.com/google/uuid"
)

// contents are the parts of a mail.
type contents struct {
	plain, html string   // what the mail itself says first, in either form
	notice      []string // message/delivery-status
	original    string   // the letter that came back, or a mail that is forwarded
	texts       []string
	files       []File
	room, parts int
	partly      bool
	within      int // mails in mails
}

// walk reads the parts, to a depth and a number, and never fails.
func (c *contents) walk(e *message.Entity, depth int) {
	if c.parts++; c.parts > mostParts || depth > deepest {
		c.partly = true
		return
	}
	if parts := e.MultipartReader(); parts != nil {
		for {
			p, err := parts.NextPart()
			if p == nil || err != nil && !readable(err) {
				c.partly = c.partly || !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF)
				return
			}
			c.walk(p, depth+1)
		}
	}
	kind, _, _ := e.Header.ContentType()
	disposition, _, _ := e.Header.ContentDisposition()
	name := fileName(e.Header)
	switch {
	case kind == "message/delivery-status" || kind == "message/global-delivery-status": // RFC 6533
		c.notice = append(c.notice, c.read(e.Body))
	case kind == "text/rfc822-headers" || kind == "message/rfc822-headers" || kind == "message/global-headers":
		c.original += c.read(e.Body)
	case kind == "message/rfc822" || kind == "message/global":
		c.mail(e.Body, depth)
	case disposition == "attachment" || name != "" || kind != "" && !strings.HasPrefix(kind, "text/"):
		c.file(name, kind, e.Body)
	default:
		c.text(kind, c.read(e.Body))
	}
}

// text keeps what a part says. The first of either form that the mail itself has
// is what was written; mails in it have their own.
func (c *contents) text(kind, text string) {
	if kind != "text/html" {
		c.texts = append(c.texts, text)
		if c.within == 0 && c.plain == "" {
			c.plain = text
		}
		return
	}
	c.texts = append(c.texts, textOf(text))
	if c.within == 0 && c.html == "" {
		c.html = text
	}
}

// mail reads a mail in a mail: a letter that came back, or one that is
// forwarded.
func (c *contents) mail(body io.Reader, depth int) {
	raw, _ := io.ReadAll(io.LimitReader(body, MaxIncoming)) // what could be read
	c.original += c.read(bytes.NewReader(raw[:min(len(raw), mostText/4)]))
	e, ok := entityOf(raw)
	if !ok {
		c.texts = append(c.texts, legible(string(raw)))
		c.partly = true
		return
	}
	c.texts = append(c.texts, tidy(decodeWords(e.Header.Get("Subject"))))
	c.within++
	c.walk(e, depth+1)
	c.within--
}

// entityOf reads the head of a mail. Lines that are no fields are left out if it
// cannot be read otherwise; it reports false if there is no head at all.
func entityOf(raw []byte) (*message.Entity, bool) {
	bounds := &message.ReadOptions{MaxHeaderBytes: mostHeader}
	e, err := message.ReadWithOptions(bytes.NewReader(raw), bounds)
	if e == nil || err != nil && !readable(err) {
		e, err = message.ReadWithOptions(bytes.NewReader(mended(raw)), bounds)
	}
	return e, e != nil && (err == nil || readable(err)) && e.Header.Len() > 0
}

var fieldLine = regexp.MustCompile(`^[!-9;-~]+:`)

// mended is a mail without those lines of its head that are no fields.
func mended(raw []byte) []byte {
	head := headOf(raw)
	var kept []byte
	folded := false
	for line := range bytes.Lines(head) {
		if folded = fieldLine.Match(line) || folded && (line[0] == ' ' || line[0] == '\t'); folded {
			kept = append(append(kept, bytes.TrimRight(line, "\r\n")...), "\r\n"...)
		}
	}
	if body := raw[len(head):]; len(body) > 0 {
		return append(kept, body[bytes.IndexByte(body, '\n')+1:]...)
	}
	return append(kept, "\r\n"...)
}

func (c *contents) file(name, kind string, body io.Reader) {
	data, _ := io.ReadAll(io.LimitReader(body, MaxIncoming)) // what could be read
	c.files = append(c.files, File{Name: name, Type: kind, Data: data})
}

// fileName returns what a part is called. Programs write it as RFC 2231 has it,
// as encoded words in quotation marks, or in bare GBK.
func fileName(h message.Header) string {
	for _, field := range []string{"Content-Disposition", "Content-Type"} {
		value := h.Get(field)
		if value == "" {
			continue
		}
		_, params, err := h.ContentDisposition()
		name := params["filename"]
		if field == "Content-Type" {
			_, params, err = h.ContentType()
			name = params["name"]
		}
		if name == "" && err != nil {
			if m := bareName.FindStringSubmatch(value); m != nil {
				name = m[1]
			}
		}
		if name != "" {
			return tidy(decodeWords(name))
		}
	}
	return ""
}

// bareName finds a name in a field that does not follow its grammar.
var bareName = regexp.MustCompile(`(?is)name\s*=\s*"?([^";]+)`)

func (c *contents) read(r io.Reader) string {
	text, err := io.ReadAll(io.LimitReader(r, int64(c.room)+1))
	if len(text) > c.room {
		text, c.partly = text[:c.room], true
	}
	c.room -= len(text)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) && len(text) == 0 {
		return ""
	}
	return legible(string(text))
}

// written is what somebody wrote.
func (c *contents) written() string {
	if strings.TrimSpace(c.plain) != "" {
		return c.plain
	}
	return textOf(c.html)
}

var letterID = regexp.MustCompile(`(?i)\b([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\b`)

// arrivedAt are the fields in which servers write the address of the envelope.
var arrivedAt = []string{"X-Original-To", "Delivered-To", "Envelope-To", "X-Envelope-To", "X-Delivered-To", "To", "Cc"}

// deliveries finds ids that may be a letter's.
func (c *contents) deliveries(h message.Header) (ids []uuid.UUID) {
	var addresses strings.Builder
	for _, field := range arrivedAt {
		addresses.WriteString(strings.Join(h.Values(field), " ") + " ")
	}
	for _, where := range []string{
		field(strings.Join(c.notice, "\n"), "Original-Envelope-Id"),
		addresses.String(),
		field(c.original, "Message-Id"),
		strings.Join(h.Values("In-Reply-To"), " ") + " " + strings.Join(h.Values("References"), " "),
		c.plain + " " + c.original + " " + c.html,
	} {
		for _, m := range letterID.FindAllString(where, 20) {
			if id, err := uuid.Parse(m); err == nil && !slices.Contains(ids, id) {
				ids = append(ids, id)
			}
		}
	}
	return ids
}

// tokenLink is the link of our letters that is one unit's or one person's own.
var tokenLink = regexp.MustCompile(`/(?:receipt|answer)/([A-Za-z0-9_-]{43})(?:[^A-Za-z0-9_-]|$)`)

// tokens finds what the links of our letters end with, where they are quoted.
func (c *contents) tokens() (all []string) {
	for _, m := range tokenLink.FindAllStringSubmatch(c.plain+" "+c.html+" "+c.original, 20) {
		if !slices.Contains(all, m[1]) {
			all = append(all, m[1])
		}
	}
	return all
}
