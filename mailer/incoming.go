package mailer

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"net/mail"
	"regexp"
	"slices"
	"strings"

	"github.com/emersion/go-message"
	_ "github.com/emersion/go-message/charset" // GB18030 and the rest
	"github.com/google/uuid"

	"jianbao/fault"
)

// A Class is what a mail that came in is.
type Class string

// The classes.
const (
	BounceMail   Class = "bounce"       // a letter came back
	DelayMail    Class = "delay"        // a letter is late, and still tried by somebody
	AutoReply    Class = "auto-reply"   // nobody wrote it
	Receipt      Class = "receipt"      // 已收到
	RemarkMail   Class = "remark"       // 批示
	Contribution Class = "contribution" // 供稿
	OtherMail    Class = "other"        // for a person to look at
)

// The bounds of what is read.
const (
	MaxIncoming = 30 << 20 // bytes of one mail
	mostParts   = 200
	deepest     = 10
	mostText    = 1 << 20 // of all that is read as text
)

// An Incoming is a mail that came in, read.
type Incoming struct {
	SHA256  string // of Raw, hex: a mail is handled once
	Class   Class
	Sender  string // the bare address of From, or ""
	Subject string
	Words   string // what was written, without what it quotes; of a bounce the server's words
	Code    int    // of a bounce: SMTP's code, or 0
	// Enhanced is RFC 3463's code of a bounce, or "".
	Enhanced string
	// Deliveries are the ids of letters that it may be about, the best guess
	// first: whether there are such letters is for the caller to see.
	Deliveries []uuid.UUID
	Raw        []byte
}

var sayTooBig = fault.Say("mailer.incoming-too-big", "来信超过%s，没有读", "the mail has more than %s and was not read")

// ReadIncoming reads a mail. It reads what it can of one that is broken, and
// fails with fault.Invalid only if it is larger than MaxIncoming. Nothing of
// the mail is opened, run or fetched.
//
// Letters are found by the envelope id that a notice repeats (RFC 3464 2.2.1),
// by the address that it came to, by References and In-Reply-To, and by the
// Message-ID of a letter wherever it is quoted.
func ReadIncoming(raw []byte) (Incoming, error) {
	if len(raw) > MaxIncoming {
		return Incoming{}, fault.New(fault.Invalid, sayTooBig.With(megabytes(MaxIncoming)))
	}
	sum := sha256.Sum256(raw)
	in := Incoming{SHA256: hex.EncodeToString(sum[:]), Class: OtherMail, Raw: raw}
	e, err := message.ReadWithOptions(bytes.NewReader(raw), &message.ReadOptions{MaxHeaderBytes: 1 << 20})
	if e == nil || err != nil && !readable(err) {
		in.Words = brief(tidy(string(raw[:min(len(raw), 1000)])))
		return in, nil
	}
	c := contents{room: mostText}
	c.walk(e, 0)
	in.Subject = tidy(decodeWords(e.Header.Get("Subject")))
	if from, err := mail.ParseAddress(decodeWords(e.Header.Get("From"))); err == nil {
		in.Sender = from.Address
	} else if m := addressInWords.FindString(e.Header.Get("From")); m != "" {
		in.Sender = tidy(m)
	}
	in.Words = brief(unquoted(c.written()))
	in.classify(e.Header, c)
	in.Deliveries = c.deliveries(e.Header)
	return in, nil
}

// readable reports whether only the charset or the encoding is not known.
func readable(err error) bool {
	return message.IsUnknownCharset(err) || message.IsUnknownEncoding(err)
}

// brief is enough for a column and a page, and has nothing that a database
// refuses.
func brief(words string) string {
	words = strings.ReplaceAll(words, "\x00", "")
	if runes := []rune(words); len(runes) > 4000 {
		return string(runes[:3999]) + "…"
	}
	return words
}

// contents are the parts of a mail that can be read as text.
type contents struct {
	plain, html string
	notice      []string // message/delivery-status
	original    string   // the header of the letter that came back
	room, parts int
}

// walk reads the parts, to a depth and a number, and never fails.
func (c *contents) walk(e *message.Entity, depth int) {
	if c.parts++; c.parts > mostParts || depth > deepest {
		return
	}
	if parts := e.MultipartReader(); parts != nil {
		for {
			p, err := parts.NextPart()
			if p == nil || err != nil && !readable(err) {
				return
			}
			c.walk(p, depth+1)
		}
	}
	kind, _, _ := e.Header.ContentType()
	disposition, _, _ := e.Header.ContentDisposition()
	switch {
	case kind == "message/delivery-status":
		c.notice = append(c.notice, c.read(e.Body))
	case kind == "message/rfc822" || kind == "text/rfc822-headers" || kind == "message/rfc822-headers":
		c.original += c.read(e.Body)
	case disposition == "attachment":
	case kind == "text/html" && c.html == "":
		c.html = c.read(e.Body)
	case strings.HasPrefix(kind, "text/") && c.plain == "", kind == "" && c.plain == "":
		c.plain = c.read(e.Body)
	}
}

func (c *contents) read(r io.Reader) string {
	text, err := io.ReadAll(io.LimitReader(r, int64(c.room)))
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

// deliveries finds ids that may be a letter's.
func (c *contents) deliveries(h message.Header) (ids []uuid.UUID) {
	for _, where := range []string{
		field(strings.Join(c.notice, "\n"), "Original-Envelope-Id"),
		h.Get("X-Original-To") + " " + h.Get("Delivered-To") + " " + h.Get("To"),
		field(c.original, "Message-Id"),
		h.Get("In-Reply-To") + " " + h.Get("References"),
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
