package mailer

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"net/mail"
	"regexp"
	"strings"
	"sync/atomic"
	"time"

	"github.com/jordan-wright/email"

	"jianbao/fault"
)

var (
	sayCannotCompose = fault.Say("mailer.cannot-compose", "这封邮件写不成", "the letter cannot be composed")
	sayNoSubject     = fault.Say("mailer.no-subject", "没有主题", "there is no subject")
	sayNoText        = fault.Say("mailer.no-text", "没有正文", "there is no text")
	sayBadText       = fault.Say("mailer.bad-text", "%s含有换行、空字符或不是UTF-8的字节", "%s has a line break, a NUL or bytes that are not UTF-8")
	sayBadListID     = fault.Say("mailer.bad-list-id", "List-Id“%s”写得不对", "%q is no List-Id")
)

// china is the offset of Beijing time, in which every Date is written. There
// has been no summer time since 1991.
var china = time.FixedZone("", 8*60*60)

// A Letter is what all letters of one dispatch have in common, composed: it may
// be used by any number of connections at once.
type Letter struct {
	content Content
	// before and after are what stands in every header block before the To and
	// behind the Message-ID; domain is that of the Message-ID.
	before, after []byte
	domain        string
	// body is what all letters share, without its last CRLF, which belongs to
	// the final dot. No line of it begins with a dot (RFC 5321 4.5.2). Personal
	// parts go into the gaps.
	body []byte
	gaps []gap
	// kept is what the kernel holds of body, or nil.
	kept *pages
	// seal signs the letters; nil does not.
	seal *seal
	// dated is the Date field that was written last. A release makes all of its
	// deliveries within a second or two.
	dated atomic.Pointer[dateField]
}

// Compose builds the body of a dispatch's letters, once for all of them. It
// fails with fault.Invalid and every reason at once if the content cannot be
// sent as it is.
//
// Of what jordan-wright/email makes, only the parts and how they are nested is
// kept. It is given marks for texts, which it would write quoted-printable, and
// the texts are put in their places as base64; the header block is
// [Letter.Header]'s.
func Compose(c Content) (*Letter, error) {
	if reasons := checkContent(c); len(reasons) > 0 {
		return nil, fault.New(fault.Invalid, sayCannotCompose.With(), reasons...)
	}
	e := email.NewEmail()
	e.Text, e.HTML = c.marks()
	for i, a := range c.Attachments {
		e.Attachments = append(e.Attachments, attach(a, i+1, domainOf(c.From.Address)))
	}
	raw, err := e.Bytes()
	if err != nil {
		return nil, fmt.Errorf("mailer: compose %s: %w", c.Dispatch, err)
	}
	built, err := mail.ReadMessage(bytes.NewReader(inBase64(bounded(raw, c.Dispatch.String()))))
	if err != nil {
		return nil, fmt.Errorf("mailer: compose %s: %w", c.Dispatch, err)
	}
	body, err := io.ReadAll(built.Body)
	if err != nil {
		return nil, fmt.Errorf("mailer: compose %s: %w", c.Dispatch, err)
	}
	l := &Letter{content: c, domain: domainOf(c.From.Address)}
	l.fill(bytes.TrimSuffix(body, []byte("\r\n")))
	l.before, l.after = sharedHeaders(c, partHeaders(built.Header))
	l.seal = l.sealed()
	return l, nil
}

// sharedHeaders returns what all header blocks of a dispatch have in common, in
// two runs: the fields between Date and To, and those behind the Message-ID with
// the blank line that ends the block.
func sharedHeaders(c Content, parts []byte) (before, after []byte) {
	var b block
	b.mailbox("From", c.From.Name, c.From.Address)
	if c.ReplyTo != "" {
		b.mailbox("Reply-To", "", c.ReplyTo)
	}
	before, b = b.Bytes(), block{}
	b.text("Subject", c.Subject)
	if c.ListID != "" {
		b.raw("List-Id", "<"+c.ListID+">")
	}
	b.raw("Auto-Submitted", "auto-generated")
	b.Write(parts)
	b.end()
	return before, b.Bytes()
}

// drawn is a boundary as mime/multipart draws it.
var drawn = regexp.MustCompile(`boundary="?([0-9a-f]{60})"?`)

// bounded puts boundaries that follow from the dispatch in the place of those
// that were drawn, so that a letter that is composed anew, to be sent again or to
// be shown, has the same bytes. The dispatch got its id after its words, which
// therefore cannot hold them.
func bounded(raw []byte, dispatch string) []byte {
	for n, m := range drawn.FindAllSubmatch(raw, -1) {
		sum := sha256.Sum256(fmt.Appendf(nil, "%s %d", dispatch, n))
		raw = bytes.ReplaceAll(raw, m[1], hex.AppendEncode(nil, sum[:30]))
	}
	return raw
}

// partHeaders writes the headers that describe the body.
func partHeaders(h mail.Header) []byte {
	var b block
	b.raw("MIME-Version", "1.0")
	b.begin("Content-Type")
	for _, w := range strings.Fields(h.Get("Content-Type")) {
		b.word(w)
	}
	b.end()
	if encoding := h.Get("Content-Transfer-Encoding"); encoding != "" {
		b.raw("Content-Transfer-Encoding", encoding)
	}
	return b.Bytes()
}

// Header returns the header block of one delivery, the blank line included. It
// fails with fault.Invalid if the delivery's name or address cannot be used.
//
// The block is the same at every try: its Message-ID is the delivery's and its
// Date is when the delivery was made (RFC 5322 3.6.1: when the letter was
// complete and ready), so that a letter that is sent again is that letter.
//
// Auto-Submitted (RFC 3834 section 5) and List-Id keep well-behaved responders
// quiet: nobody reads a hundred notes that somebody is out of office.
//
// Its first field is the signature, where the content is to be signed.
func (l *Letter) Header(d Delivery) ([]byte, error) {
	block, err := l.block(d)
	if err != nil || l.seal == nil {
		return block, err
	}
	return l.sign(d, block, l.text(d))
}

// sign puts the signature of a letter before its header block.
func (l *Letter) sign(d Delivery, block []byte, body Text) ([]byte, error) {
	signature, err := l.seal.signature(block, body, d.Created.Unix())
	return append(signature, block...), err
}

// block returns the header block of one delivery without a signature.
func (l *Letter) block(d Delivery) ([]byte, error) {
	reasons := CheckAddress(d.Address)
	if unwritable(d.Name) {
		reasons = append(reasons, sayBadText.With(d.Name))
	}
	if len(reasons) > 0 {
		return nil, fault.New(fault.Invalid, sayCannotCompose.With(), reasons...)
	}
	var b block
	b.Grow(len(l.before) + len(l.after) + 384)
	b.Write(l.date(d.Created))
	b.Write(l.before)
	b.mailbox("To", d.Name, d.Address)
	b.raw("Message-ID", "<"+d.MessageID(l.domain)+">")
	b.Write(l.after)
	return b.Bytes(), nil
}

// Parcel returns the letter of one delivery, ready to be sent; it fails as
// Header does.
func (l *Letter) Parcel(d Delivery) (*Parcel, error) {
	header, err := l.block(d)
	if err != nil {
		return nil, err
	}
	body := l.text(d)
	if l.seal != nil {
		if header, err = l.sign(d, header, body); err != nil {
			return nil, err
		}
	}
	return &Parcel{From: l.From(), To: d.Address, ID: d.ID.String(), Header: header, Body: body}, nil
}

// A dateField is a Date field (RFC 5322 3.3) and its moment, in seconds.
type dateField struct {
	at   int64
	line []byte
}

// date returns the Date field of a moment.
func (l *Letter) date(t time.Time) []byte {
	if last := l.dated.Load(); last != nil && last.at == t.Unix() {
		return last.line
	}
	line := t.In(china).AppendFormat([]byte("Date: "), "Mon, 02 Jan 2006 15:04:05 -0700\r\n")
	l.dated.Store(&dateField{at: t.Unix(), line: line})
	return line
}

// From returns the envelope sender, where bounces go.
func (l *Letter) From() string { return l.content.From.Address }

// Body returns what the letters share of the text behind their header blocks,
// as it goes over the wire without the CRLF that begins the final dot. It must
// not be changed.
func (l *Letter) Body() []byte { return l.body }

var listID = regexp.MustCompile(`^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)+$`)

// checkContent returns everything that keeps a content from being sent.
func checkContent(c Content) []fault.Reason {
	reasons := CheckAddress(c.From.Address)
	if unwritable(c.From.Name) {
		reasons = append(reasons, sayBadText.With(c.From.Name))
	}
	if c.ReplyTo != "" {
		reasons = append(reasons, CheckAddress(c.ReplyTo)...)
	}
	if c.ListID != "" && (len(c.ListID) > 200 || !listID.MatchString(c.ListID)) {
		reasons = append(reasons, sayBadListID.With(c.ListID))
	}
	switch {
	case c.Subject == "":
		reasons = append(reasons, sayNoSubject.With())
	case unwritable(c.Subject):
		reasons = append(reasons, sayBadText.With(c.Subject))
	}
	if len(c.Text) == 0 && len(c.HTML) == 0 {
		reasons = append(reasons, sayNoText.With())
	}
	for _, a := range c.Attachments {
		reasons = append(reasons, checkAttachment(a)...)
	}
	return reasons
}
