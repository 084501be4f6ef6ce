package mailer

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/mail"
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
	mostText    = 4 << 20 // of all that is read as text
	mostHeader  = 1 << 20
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
	// Tokens are of links that letters had and that are quoted in it; they open
	// something, and are not to be kept or logged.
	Tokens []string
	// Raw is the mail as it came in. Where Partly is true it is the head alone,
	// up to the empty line.
	Raw []byte
	// Texts are what the mail says to its reader, whole and quotations included,
	// and Files what is attached to it and to mails in it. Both are for looking at
	// before anything is kept.
	Texts []string
	Files []File
	// Partly says that not all of the mail was looked at: it is larger than is
	// read, or has more parts, more text or more mails in mails.
	Partly bool
}

// A File is something attached to a mail that came in.
type File struct {
	Name string // as its sender called it, or ""
	Type string // a media type, lower case
	Data []byte
}

var (
	sayTooBig = fault.Say("mailer.incoming-too-big", "来信超过%s，没有读", "the mail has more than %s and was not read")
	sayBegins = fault.Say("mailer.incoming-beginning", "来信有%s，超过上限，只读了开头，附件没有取；原信仍在邮箱里。", "The mail has %s, more than is read; only its beginning was read and no attachments were taken. It is still in the mailbox.")
)

// ReadIncoming reads a mail. It reads what it can of one that is broken, and
// fails with fault.Invalid only if it is larger than MaxIncoming. Nothing of
// the mail is opened, run or fetched.
//
// Letters are found by the envelope id that a notice repeats (RFC 3464 2.2.1),
// by the address that it came to, by References and In-Reply-To, by the Message-ID
// of a letter wherever it is quoted, and by the token of a letter's own link.
func ReadIncoming(raw []byte) (Incoming, error) {
	if len(raw) > MaxIncoming {
		return Incoming{}, fault.New(fault.Invalid, sayTooBig.With(megabytes(MaxIncoming)))
	}
	sum := sha256.Sum256(raw)
	in := Incoming{SHA256: hex.EncodeToString(sum[:]), Class: OtherMail, Raw: raw}
	in.read(raw)
	if in.Partly {
		in.Raw = headOf(raw)
	}
	return in, nil
}

// ReadBeginning reads a mail of size bytes of which only the beginning was
// fetched. A notice of a server is understood, since what it says stands before
// the letter that it returns; everything else is for a person to look at where it
// lies. The same beginning and size are the same mail.
func ReadBeginning(raw []byte, size int64) Incoming {
	sum := sha256.Sum256(fmt.Appendf(slices.Clone(raw), "\x00%d", size))
	in := Incoming{SHA256: hex.EncodeToString(sum[:]), Class: OtherMail, Raw: headOf(raw)}
	in.read(raw[:min(len(raw), MaxIncoming)])
	in.Partly = true
	if in.Class != BounceMail && in.Class != DelayMail && in.Class != AutoReply {
		in.Class = OtherMail
		in.Words = brief(sayBegins.With(megabytes(int(size))).In(fault.ZH) + "\n" + in.Words)
	}
	return in
}

// headOf is the header block of a mail (RFC 5322 2.1).
func headOf(raw []byte) []byte {
	raw = raw[:min(len(raw), mostHeader)]
	for _, end := range []string{"\r\n\r\n", "\n\n"} {
		if head, _, found := bytes.Cut(raw, []byte(end)); found {
			raw = head
		}
	}
	return slices.Clone(raw)
}

// read fills in what a mail says.
func (in *Incoming) read(raw []byte) {
	e, ok := entityOf(raw)
	if !ok {
		in.Words, in.Texts, in.Partly = brief(tidy(string(raw[:min(len(raw), 1000)]))), []string{legible(string(raw))}, true
		return
	}
	c := contents{room: mostText}
	c.walk(e, 0)
	in.Texts, in.Files, in.Partly = c.texts, c.files, c.partly
	in.Subject = brief(tidy(decodeWords(e.Header.Get("Subject"))))
	in.Sender = senderOf(e.Header)
	in.Words = brief(unquoted(c.written()))
	in.classify(e.Header, c)
	in.Deliveries, in.Tokens = c.deliveries(e.Header), c.tokens()
}

// senderOf returns the bare address of who wrote a mail, or "".
func senderOf(h message.Header) string {
	if from, err := mail.ParseAddress(decodeWords(h.Get("From"))); err == nil {
		return tidy(from.Address)
	}
	return tidy(addressInWords.FindString(h.Get("From")))
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
