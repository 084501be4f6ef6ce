package main

import (
	"context"
	"fmt"
	"strings"
	"unicode"

	"jianbao/bulletin"
	"jianbao/bulletin/typeset"
	"jianbao/bulletin/typeset/fonts"
	"jianbao/bulletin/typeset/layout"
	"jianbao/bulletin/typeset/pdf"
	"jianbao/fault"
	"jianbao/workflow"
)

// renderer makes the finished parts of an issue with bulletin/typeset; it is
// the one place where workflow and typeset meet.
type renderer struct {
	files files
	fonts *fonts.Set
	press *pdf.Press
}

// files is where the bytes of pictures and attachments are read.
type files interface {
	// File returns the bytes with a SHA-256 in hex, or fault.NotFound.
	File(ctx context.Context, sha256 string) ([]byte, error)
}

// newRenderer returns a renderer that prints with the fonts of a directory, or
// with the built-in ones alone if it is "".
func newRenderer(files files, dir string) (renderer, error) {
	set, err := fonts.Open(dir)
	if err != nil {
		return renderer{}, err
	}
	return renderer{files: files, fonts: set, press: pdf.NewPress(set)}, nil
}

var unprintable = fault.Say("cmd.unprintable", "这一期印不出来", "this issue cannot be printed")

// Render implements workflow.Renderer. The lists are made again from the
// circulation, so that the printed list is the list that is sent. The PDF comes
// first, the files of the editor after it in their order.
func (r renderer) Render(ctx context.Context, series workflow.Series, issue workflow.Issue) (workflow.Parts, error) {
	look, err := lookOf(series)
	if err != nil {
		return workflow.Parts{}, err
	}
	sheet := sheetOf(issue)
	printed, err := r.printed(ctx, issue, sheet, look)
	if err != nil {
		return workflow.Parts{}, err
	}
	sheet.Attachment = printed.Name
	text, err := typeset.Text(sheet, look)
	if err != nil {
		return workflow.Parts{}, err
	}
	html, err := typeset.HTML(sheet, look)
	if err != nil {
		return workflow.Parts{}, err
	}
	attached, err := r.read(ctx, issue.Attachments)
	if err != nil {
		return workflow.Parts{}, err
	}
	return workflow.Parts{
		Subject: typeset.Subject(sheet), Text: text, HTML: html, Attachments: append([]workflow.File{printed}, attached...),
	}, nil
}

// printed is the PDF of an issue. It fails with fault.Blocked if something
// cannot be printed that must be.
func (r renderer) printed(ctx context.Context, issue workflow.Issue, sheet typeset.Sheet, look typeset.Template) (workflow.File, error) {
	pictures := map[string][]byte{}
	shown, err := r.read(ctx, issue.Pictures)
	if err != nil {
		return workflow.File{}, err
	}
	for _, p := range shown {
		pictures[p.Name] = p.Data
	}
	data, problems, err := r.press.Make(sheet, look, pictures, layout.Options{})
	if err != nil {
		return workflow.File{}, err
	}
	var reasons []fault.Reason
	for _, p := range problems {
		if p.Severity == bulletin.Block {
			reasons = append(reasons, p.Reason)
		}
	}
	if len(reasons) > 0 {
		return workflow.File{}, fault.New(fault.Blocked, unprintable.With(), reasons...)
	}
	return workflow.File{Name: fileName(sheet), Type: "application/pdf", Data: data}, nil
}

// read reads the bytes of files that are listed with an issue.
func (r renderer) read(ctx context.Context, listed []workflow.Attachment) ([]workflow.File, error) {
	var all []workflow.File
	for _, a := range listed {
		data, err := r.files.File(ctx, a.SHA256)
		if err != nil {
			return nil, fmt.Errorf("file %s: %w", a.SHA256, err)
		}
		all = append(all, workflow.File{Name: a.Name, Type: a.Type, Data: data})
	}
	return all, nil
}

// lookOf is the series' own template, or the built-in one.
func lookOf(series workflow.Series) (typeset.Template, error) {
	if len(series.Layout) == 0 {
		return typeset.Builtin()[0], nil
	}
	return typeset.ReadTemplate(series.Layout)
}

// fileName is what the PDF is saved as: 鄂尔多斯科技简报2021年第8期.pdf. What a
// file system or a mail's header does not take of a masthead is left out.
func fileName(sheet typeset.Sheet) string {
	name := strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || strings.ContainsRune(`/\:*?"<>|`, r) {
			return -1
		}
		return r
	}, sheet.Document.Masthead)
	if runes := []rune(name); len(runes) > 40 {
		name = string(runes[:40])
	}
	kind := ""
	if sheet.Number.Kind != bulletin.Ordinary {
		kind = string(sheet.Number.Kind)
	}
	return fmt.Sprintf("%s%d年%s第%d期.pdf", name, sheet.Number.Year, kind, sheet.Number.No)
}

func sheetOf(issue workflow.Issue) typeset.Sheet {
	sheet := typeset.Sheet{
		Document: issue.Document, Date: issue.Date, PrintRun: issue.Copies.PrintRun, FileCopies: issue.Document.FileCopies,
		Number: bulletin.Number{
			Kind: issue.Number.Kind, Year: issue.Number.Year, No: issue.Number.No,
			Total: issue.Document.Number.Total,
		},
		Provisional: issue.Number.IsZero(),
	}
	if sheet.FileCopies > 0 {
		sheet.FileCopies = issue.Copies.File // as it was settled since
	}
	for _, line := range issue.Circulation.Printed() {
		sheet.Lists = append(sheet.Lists, bulletin.List{Label: line.Label, Text: line.Text})
	}
	return sheet
}
