package mailer

import (
	"net/mail"

	"github.com/google/uuid"
)

// Content is what every letter of one dispatch has in common, frozen when the
// dispatch was made.
type Content struct {
	Dispatch    uuid.UUID
	Issue       uuid.UUID // for the log alone; the nil id is of none
	Urgent      bool
	From        mail.Address
	ReplyTo     string // an address, or ""
	ListID      string // RFC 2919, without angle brackets, or ""
	Subject     string
	Text        []byte // UTF-8
	HTML        []byte // UTF-8
	Attachments []Attachment
	// Personal is what differs from letter to letter; nil where nothing does.
	Personal Personal
	// DKIM signs the letters if they are from its domain; nil signs none.
	DKIM *DKIM
}

// An Attachment is a file that goes with every letter of a dispatch.
type Attachment struct {
	Name string // 鄂尔多斯科技简报2021年第8期.pdf
	Type string // application/pdf
	Data []byte
}
