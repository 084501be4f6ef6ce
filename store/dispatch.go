package store

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"net/mail"
	"strings"

	"github.com/google/uuid"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"jianbao/fault"
	"jianbao/mailer"
	"jianbao/store/hints"
	"jianbao/workflow"
)

var _ mailer.Parts = (*Store)(nil)

var (
	noAddress = fault.Say("store.no-address", "“%s”没有邮箱地址，不能发送", "%s has no mail address and cannot be sent to")
	altered   = fault.Say("store.altered", "已定稿的发送内容被改动过，不能发送", "the frozen content of a dispatch was altered and cannot be sent")
)

// A dispatchRow is the frozen content of a sending. SHA256 covers all that a
// reader gets of it.
type dispatchRow struct {
	ID          uuid.UUID
	Issue       uuid.UUID
	Series      uuid.UUID
	At          moment
	Digest      string
	Urgent      bool
	FromName    string
	FromAddress string
	ReplyTo     string
	ListID      string
	Subject     string
	Text        []byte
	HTML        []byte                `gorm:"column:html"`
	Attachments []workflow.Attachment `gorm:"serializer:json"`
	SHA256      string                `gorm:"column:sha256"`
	Purpose     string
}

func (dispatchRow) TableName() string { return "dispatch" }

type attachmentRow struct {
	SHA256 string `gorm:"column:sha256;primaryKey"`
	Data   []byte
}

func (attachmentRow) TableName() string { return "attachment" }

// seal returns the SHA-256, in hex, of what the dispatch sends, each part
// behind its length.
func (r dispatchRow) seal() string {
	sum := sha256.New()
	part := func(data []byte) {
		sum.Write(binary.BigEndian.AppendUint64(nil, uint64(len(data))))
		sum.Write(data)
	}
	for _, text := range []string{r.FromName, r.FromAddress, r.Subject} {
		part([]byte(text))
	}
	part(r.Text)
	part(r.HTML)
	for _, a := range r.Attachments {
		part([]byte(a.Name))
		part([]byte(a.Type))
		part([]byte(a.SHA256))
	}
	return hex.EncodeToString(sum.Sum(nil))
}

func hashOf(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// release writes a sending: the dispatch, its deliveries and its copies.
func release(tx *gorm.DB, sending workflow.Sending, urgent bool) error {
	if sending.Purpose == workflow.Resent {
		return resend(tx, sending)
	}
	_, domain, _ := strings.Cut(sending.Mailbox, "@")
	row := dispatchRow{
		ID: sending.ID, Issue: sending.Issue, Series: sending.Series, At: momentOf(sending.At), Digest: string(sending.Digest),
		Urgent: urgent, FromName: sending.From, FromAddress: sending.Mailbox, ListID: sending.Series.String() + "." + domain,
		Purpose: purposeOf(sending), Subject: sending.Parts.Subject, Text: sending.Parts.Text, HTML: sending.Parts.HTML,
	}
	letters, err := lettersOf(sending, urgent)
	if err != nil {
		return err
	}
	files := convert(sending.Parts.Attachments, func(f workflow.File) mailer.Attachment {
		return mailer.Attachment{Name: f.Name, Type: f.Type, Data: f.Data}
	})
	if err := writeDispatch(tx, row, files, letters); err != nil {
		return err
	}
	return post(tx, sending.Issue, sending.Copies)
}

func writeDispatch(tx *gorm.DB, row dispatchRow, files []mailer.Attachment, letters []deliveryRow) error {
	for _, f := range files {
		sum := hashOf(f.Data)
		row.Attachments = append(row.Attachments, workflow.Attachment{Name: f.Name, Type: f.Type, Size: len(f.Data), SHA256: sum})
		if err := keep(tx, f.Data); err != nil {
			return err
		}
	}
	row.Text, row.HTML = append([]byte{}, row.Text...), append([]byte{}, row.HTML...)
	row.SHA256 = row.seal()
	if err := add(tx, row); err != nil {
		return err
	}
	soon(tx, hints.Queued, uuid.Nil)
	return addLetters(tx, letters...)
}

// keep stores a file under its hash, once.
func keep(tx *gorm.DB, data []byte) error {
	row := attachmentRow{SHA256: hashOf(data), Data: append([]byte{}, data...)}
	if err := tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&row).Error; err != nil {
		return fmt.Errorf("store: attachment: %w", err)
	}
	return nil
}

// KeepFile stores the bytes of an attachment and returns the hash that finds
// them again: SHA-256 in hex, as in [workflow.Attachment].
func (s *Store) KeepFile(ctx context.Context, data []byte) (string, error) {
	return hashOf(data), s.write(ctx, func(tx *gorm.DB) error { return keep(tx, data) })
}

// File returns the bytes with a hash, or fault.NotFound.
func (s *Store) File(ctx context.Context, sha256 string) (data []byte, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		data, err = fileOf(tx, sha256)
		return err
	})
	return data, err
}

func fileOf(tx *gorm.DB, sum string) ([]byte, error) {
	row, err := first[attachmentRow](tx.Where("sha256 = ?", sum))
	if err != nil {
		return nil, err
	}
	if hashOf(row.Data) != sum {
		return nil, fault.New(fault.Internal, altered.With())
	}
	return row.Data, nil
}

// Content returns the frozen content of a dispatch. It fails with
// fault.NotFound if there is none, and with fault.Internal if it is no longer
// what was frozen.
func (s *Store) Content(ctx context.Context, dispatch uuid.UUID) (content mailer.Content, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		row, err := first[dispatchRow](tx.Where("id = ?", dispatch))
		if err != nil {
			return err
		}
		if row.seal() != row.SHA256 {
			return fault.New(fault.Internal, altered.With())
		}
		content = row.content()
		for _, a := range row.Attachments {
			data, err := fileOf(tx, a.SHA256)
			if err != nil {
				return err
			}
			content.Attachments = append(content.Attachments, mailer.Attachment{Name: a.Name, Type: a.Type, Data: data})
		}
		return nil
	})
	return content, err
}

func (r dispatchRow) content() mailer.Content {
	return mailer.Content{
		Dispatch: r.ID, Issue: r.Issue, Urgent: r.Urgent, From: mail.Address{Name: r.FromName, Address: r.FromAddress},
		ReplyTo: r.ReplyTo, ListID: r.ListID, Subject: r.Subject, Text: r.Text, HTML: r.HTML,
	}
}
