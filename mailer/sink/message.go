package sink

import (
	"bytes"
	"io"
	"strings"
	"time"

	"github.com/emersion/go-message"
	"github.com/emersion/go-message/mail"
)

// A Message is one letter that was taken.
type Message struct {
	From string   // of the envelope
	To   []string // of the envelope
	Raw  []byte   // header and body as they came, CRLF line ends
	At   time.Time
}

// Subject returns the decoded Subject, or "".
func (m Message) Subject() string {
	h := m.header()
	s, _ := h.Subject()
	return s
}

// MessageID returns the Message-ID without angle brackets, or "".
func (m Message) MessageID() string {
	h := m.header()
	id, _ := h.MessageID()
	return id
}

// Header returns the decoded value of a header field, or "".
func (m Message) Header(field string) string {
	h := m.header()
	s, _ := h.Text(field)
	return s
}

// Text returns the decoded text/plain part, or "".
func (m Message) Text() string { return m.part("text/plain") }

// HTML returns the decoded text/html part, or "".
func (m Message) HTML() string { return m.part("text/html") }

// Attachments returns the attached files by name.
func (m Message) Attachments() map[string][]byte {
	files := map[string][]byte{}
	m.walk(func(p *mail.Part) {
		if h, ok := p.Header.(*mail.AttachmentHeader); ok {
			name, _ := h.Filename()
			files[name], _ = io.ReadAll(p.Body)
		}
	})
	return files
}

func (m Message) part(mediaType string) (body string) {
	m.walk(func(p *mail.Part) {
		h, ok := p.Header.(*mail.InlineHeader)
		if !ok || body != "" {
			return
		}
		if t, _, err := h.ContentType(); err == nil && strings.EqualFold(t, mediaType) {
			raw, _ := io.ReadAll(p.Body)
			body = string(raw)
		}
	})
	return body
}

func (m Message) header() mail.Header {
	e, err := message.Read(bytes.NewReader(m.Raw))
	if e == nil || err != nil && !message.IsUnknownCharset(err) {
		return mail.Header{}
	}
	return mail.Header{Header: e.Header}
}

// walk visits the parts up to the first that cannot be read.
func (m Message) walk(visit func(*mail.Part)) {
	r, err := mail.CreateReader(bytes.NewReader(m.Raw))
	if err != nil {
		return
	}
	defer r.Close()
	for {
		p, err := r.NextPart()
		if err != nil {
			return
		}
		visit(p)
	}
}
