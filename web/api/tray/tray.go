// Package tray is the operations on mail that came in and that nobody has dealt
// with yet (来信):
//
//	/tray                       what waits, the newest first
//	/tray/{mail}                one mail, with what is attached to it
//	/tray/{mail}/eml            the mail as it came in (RFC 5322)
//	/tray/{mail}/files/{file}   a file that is attached to it
//	/tray/{mail}/dismiss        take it out of the tray, with a reason
//
// Who may read a mail the pages of the tray say; for everybody else there is
// none.
package tray

import (
	"context"
	"strconv"
	"time"

	"github.com/google/uuid"

	"jianbao/fault"
	"jianbao/mailer"
	"jianbao/web/api/op"
	pages "jianbao/web/tray"
	"jianbao/workflow"
)

type room struct {
	*op.Kit
	pages.Config
}

// Room registers the operations.
func Room(c pages.Config) op.Room {
	return func(k *op.Kit) {
		rm := &room{k, c}
		op.On(k, op.Get("list-tray", "/tray", "tray", "Mail that waits for a person, the newest first"), rm.list)
		op.On(k, op.Get("read-tray", "/tray/{mail}", "tray", "One mail of the tray"), rm.read)
		op.On(k, op.Bytes(op.Get("tray-eml", "/tray/{mail}/eml", "tray", "The mail as it came in (RFC 5322)")), rm.eml)
		op.On(k, op.Bytes(op.Get("tray-file", "/tray/{mail}/files/{file}", "tray", "A file that is attached to a mail")), rm.file)
		op.On(k, op.Post("dismiss-mail", "/tray/{mail}/dismiss", "tray", "Take a mail out of the tray; it is kept with the reason"), rm.dismiss)
	}
}

// TrayMail is a mail that waits.
type TrayMail struct {
	ID      uuid.UUID  `json:"id" format:"uuid"`
	At      time.Time  `json:"at"`
	Class   string     `json:"class" enum:"bounce,delay,auto-reply,receipt,remark,contribution,other"`
	Sender  string     `json:"sender"`
	Subject string     `json:"subject"`
	Words   string     `json:"words" doc:"what it says, without what it quotes"`
	Series  *uuid.UUID `json:"series,omitempty" format:"uuid"`
	Issue   *uuid.UUID `json:"issue,omitempty" format:"uuid"`
	Partly  bool       `json:"partly" doc:"the head alone is kept"`
	Files   []TrayFile `json:"files,omitempty" doc:"of one mail"`
}

// TrayFile is a file that is attached to a mail. What a stranger calls its type
// is not repeated.
type TrayFile struct {
	N    int    `json:"n" doc:"by which it is asked for"`
	Name string `json:"name"`
	Size int    `json:"size"`
}

func mailOf(m mailer.TrayMail) TrayMail {
	return TrayMail{ID: m.ID, At: m.At, Class: string(m.Class), Sender: m.Sender, Subject: m.Subject, Words: m.Words, Series: op.Maybe(m.Series), Issue: op.Maybe(m.Issue), Partly: m.Partly}
}

type trayListInput struct {
	op.Paging
	Class string `query:"class" enum:"delay,auto-reply,receipt,remark,contribution,other,bounce"`
}

func (rm *room) list(ctx context.Context, in *trayListInput) (*op.Listed[TrayMail], error) {
	mine, err := rm.Mine(ctx, op.CallerOf(ctx).Person)
	if err != nil {
		return nil, err
	}
	all := mine[:0]
	for _, m := range mine {
		if in.Class == "" || string(m.Class) == in.Class {
			all = append(all, m)
		}
	}
	return op.Cut(in.Paging, all, func(m mailer.TrayMail) string { return m.ID.String() }, mailOf)
}

// OfMail is one mail.
type OfMail struct {
	Mail uuid.UUID `path:"mail" format:"uuid"`
}

// find returns a mail that the caller may read, its bytes and its files.
func (rm *room) find(ctx context.Context, id uuid.UUID) (m mailer.TrayMail, raw []byte, files []mailer.File, err error) {
	series, err := rm.Books.SeriesAll(ctx)
	if err != nil {
		return m, nil, nil, err
	}
	m, raw, err = rm.Books.TrayMail(ctx, id)
	if fault.Is(err, fault.NotFound) || err == nil && !pages.MayRead(op.CallerOf(ctx).Person, m, series) {
		return mailer.TrayMail{}, nil, nil, op.NotHere()
	}
	if err != nil || m.Partly || len(raw) == 0 {
		return m, raw, nil, err
	}
	in, err := mailer.ReadIncoming(raw)
	return m, raw, in.Files, err
}

type mailBody struct{ Body TrayMail }

func (rm *room) read(ctx context.Context, in *OfMail) (*mailBody, error) {
	m, _, files, err := rm.find(ctx, in.Mail)
	out := mailOf(m)
	for n, f := range files {
		out.Files = append(out.Files, TrayFile{n, f.Name, len(f.Data)})
	}
	return &mailBody{out}, err
}

func (rm *room) eml(ctx context.Context, in *OfMail) (*op.FileBody, error) {
	m, raw, _, err := rm.find(ctx, in.Mail)
	if err == nil && len(raw) == 0 {
		err = op.NotHere()
	}
	return op.File(workflow.File{Name: m.ID.String() + ".eml", Type: "message/rfc822", Data: raw}, err)
}

type trayFileInput struct {
	OfMail
	File int `path:"file" minimum:"0" maximum:"999"`
}

func (rm *room) file(ctx context.Context, in *trayFileInput) (*op.FileBody, error) {
	_, _, files, err := rm.find(ctx, in.Mail)
	if err == nil && in.File >= len(files) {
		err = op.NotHere()
	}
	if err != nil {
		return nil, err
	}
	return op.File(workflow.File{Name: strconv.Itoa(in.File), Type: "application/octet-stream", Data: files[in.File].Data}, nil)
}

type trayDismissInput struct {
	OfMail
	op.Keyed
	Body struct {
		Reason string `json:"reason" maxLength:"500"`
	}
}

func (rm *room) dismiss(ctx context.Context, in *trayDismissInput) (*op.Nothing, error) {
	if _, _, _, err := rm.find(ctx, in.Mail); err != nil {
		return nil, err
	}
	d, err := pages.Dismissal(op.CallerOf(ctx).Person.Name, in.Body.Reason, rm.Now())
	if err != nil {
		return nil, err
	}
	return op.Done(rm.Books.DismissMail(ctx, in.Mail, d))
}
