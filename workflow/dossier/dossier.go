package dossier

import (
	"context"
	"io"
	"slices"
	"strings"

	"github.com/google/uuid"

	"jianbao/fault"
	"jianbao/recipients/receipts"
	"jianbao/recipients/table"
	"jianbao/workflow"
	"jianbao/workflow/archive"
	"jianbao/workflow/remarks"
)

// Contents are the books of one issue at one moment.
type Contents struct {
	Issue     workflow.Issue
	Series    workflow.Series
	Events    []workflow.Event
	Originals []workflow.Original
	Board     []receipts.Line
	// Receipts are all of the issue, whatever version they are of.
	Receipts []receipts.Receipt
	Remarks  []remarks.Remark
	Sent     []Sent
}

// A Sent is one act of sending: what every reader of it got.
type Sent struct {
	Purpose     workflow.Purpose
	Subject     string
	Text, HTML  []byte
	Attachments []workflow.Attachment
}

// Books is where the file of an issue is read.
type Books interface {
	// Dossier returns the books of an issue, or fault.NotFound.
	Dossier(ctx context.Context, issue uuid.UUID) (Contents, error)

	// File returns the bytes with a SHA-256 in hex, or fault.NotFound.
	File(ctx context.Context, sha256 string) ([]byte, error)
}

// Printer makes papers and spreadsheets. The same arguments give the same bytes.
type Printer interface {
	// Press makes one form of an issue, pdf, docx or txt.
	Press(ctx context.Context, series workflow.Series, issue workflow.Issue, form string, large bool) (workflow.File, error)

	// Paper draws a table on A4 across, as a PDF.
	Paper(t table.Table, foot string) ([]byte, error)

	// Sheet writes a table as XLSX.
	Sheet(t table.Table) ([]byte, error)
}

// A Desk is where whole files are made.
type Desk struct {
	Books   Books
	Printer Printer
}

var notYet = fault.Say("dossier.not-yet", "这一期还没有登记编号，或内容已销毁、已因涉密撤销，没有整卷可下载", "this issue has no number yet, or its content was destroyed or recalled as classified: there is no whole file")

// A File is the whole file of an issue, ready to be written.
type File struct {
	Name     string // with its ending
	contents Contents
	desk     *Desk
}

// Open reads the books of an issue. It fails with fault.NotFound, and with
// fault.Blocked for an issue without a number, or one whose content is not to be
// had any more. Whether somebody may have it is the caller's to ask.
func (d *Desk) Open(ctx context.Context, issue uuid.UUID) (*File, error) {
	c, err := d.Books.Dossier(ctx, issue)
	if err != nil {
		return nil, err
	}
	if !archive.Kept(c.Issue) {
		return nil, fault.New(fault.Blocked, notYet.With())
	}
	return &File{Name: safe(c.Series.Masthead+nameOf(c.Issue)) + ".zip", contents: c, desk: d}, nil
}

// Of are the series and the issue that the file is of.
func (f *File) Of() (workflow.Series, workflow.Issue) { return f.contents.Series, f.contents.Issue }

// Write writes the ZIP.
func (f *File) Write(ctx context.Context, w io.Writer) error {
	return pack(ctx, w, f.contents.Issue.Released, f.parts())
}

// Paper is the issue on paper, as a PDF: the very file that went out, or the issue
// set anew where the program did not send it. It fails as [Books.File] does.
func (f *File) Paper(ctx context.Context) ([]byte, error) {
	if a, ok := f.sentPaper(); ok {
		return f.desk.Books.File(ctx, a.SHA256)
	}
	made, err := f.desk.Printer.Press(ctx, f.contents.Series, f.contents.Issue, "pdf", false)
	return made.Data, err
}

// sentPaper is the PDF that was made of the issue when it was released.
func (f *File) sentPaper() (workflow.Attachment, bool) {
	for _, s := range f.contents.Sent {
		for _, a := range s.Attachments {
			own := func(b workflow.Attachment) bool { return a.SHA256 == b.SHA256 }
			if s.Purpose == workflow.Released && strings.HasSuffix(a.Name, ".pdf") && !slices.ContainsFunc(f.contents.Issue.Attachments, own) {
				return a, true
			}
		}
	}
	return workflow.Attachment{}, false
}
