package main

import (
	"context"
	"strings"

	"jianbao/bulletin"
	"jianbao/bulletin/typeset"
	"jianbao/bulletin/typeset/layout"
	"jianbao/bulletin/typeset/pdf"
	"jianbao/bulletin/typeset/word"
	"jianbao/fault"
	"jianbao/workflow"
)

// A printing is what is to be made of a sheet.
type printing struct {
	Sheet    typeset.Sheet
	Look     typeset.Template
	Pictures map[string][]byte // the files of its pictures, by name
	Large    bool              // for older leaders; PDF and Word alone
}

// mediaTypes are the forms that can be made, by the ending of their files.
var mediaTypes = map[string]string{
	"pdf":  "application/pdf",
	"docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	"html": "text/html; charset=utf-8",
	"txt":  "text/plain; charset=utf-8",
}

var unknownForm = fault.Say("cmd.unknown-form", "不能排成“%s”，可以排成：pdf、docx、html、txt", "nothing can be made as %q; there are pdf, docx, html and txt")

// on returns one form of a printing, pdf, docx, html or txt, and what could not
// be printed as it is written. Another form is fault.Invalid.
func (job printing) on(press *pdf.Press, form string) ([]byte, []bulletin.Problem, error) {
	var data []byte
	var err error
	switch form {
	case "pdf":
		return press.Make(job.Sheet, job.Look, job.Pictures, layout.Options{Large: job.Large})
	case "docx":
		if job.Large {
			job.Look.Grid = job.Look.Large
		}
		data, err = word.Make(job.Sheet, job.Look, job.Pictures)
	case "html":
		data, err = typeset.HTML(job.Sheet, job.Look)
	case "txt":
		data, err = typeset.Text(job.Sheet, job.Look)
	default:
		err = fault.New(fault.Invalid, unknownForm.With(form))
	}
	return data, nil, err
}

// Press makes one form of an issue as it stands, pdf, docx, html or txt, for the
// pages: a proof before its registration, the paper that goes out after it. A
// form that is none of these is fault.Invalid, and so is a series whose template
// cannot be read.
func (r renderer) Press(ctx context.Context, series workflow.Series, issue workflow.Issue, form string, large bool) (workflow.File, error) {
	job, err := r.job(ctx, series, issue)
	if err != nil {
		return workflow.File{}, err
	}
	job.Large = large
	data, _, err := job.on(r.press, form)
	if err != nil {
		return workflow.File{}, err
	}
	name := strings.TrimSuffix(fileName(job.Sheet), ".pdf")
	if job.Sheet.Provisional {
		name = proofWord
	}
	return workflow.File{Name: name + "." + form, Type: mediaTypes[form], Data: data}, nil
}

// job is what is printed of an issue as it stands. It fails with fault.Invalid
// where the template of the series cannot be read.
func (r renderer) job(ctx context.Context, series workflow.Series, issue workflow.Issue) (printing, error) {
	look, err := lookOf(series)
	if err != nil {
		return printing{}, err
	}
	shown, err := r.read(ctx, issue.Pictures)
	if err != nil {
		return printing{}, err
	}
	job := printing{Sheet: sheetOf(issue), Look: look, Pictures: map[string][]byte{}}
	for _, p := range shown {
		job.Pictures[p.Name] = p.Data
	}
	return job, nil
}
