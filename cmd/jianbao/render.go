package main

import (
	"context"

	"jianbao/bulletin"
	"jianbao/bulletin/typeset"
	"jianbao/workflow"
)

// renderer makes the finished parts of an issue with bulletin/typeset; it is
// the one place where workflow and typeset meet.
type renderer struct{}

// Render implements workflow.Renderer. The lists are made again from the
// circulation, so that the printed list is the list that is sent.
func (renderer) Render(_ context.Context, _ workflow.Series, issue workflow.Issue) (workflow.Parts, error) {
	sheet, look := sheetOf(issue), typeset.Builtin()[0]
	text, err := typeset.Text(sheet, look)
	if err != nil {
		return workflow.Parts{}, err
	}
	html, err := typeset.HTML(sheet, look)
	if err != nil {
		return workflow.Parts{}, err
	}
	return workflow.Parts{Subject: typeset.Subject(sheet), Text: text, HTML: html}, nil
}

func sheetOf(issue workflow.Issue) typeset.Sheet {
	sheet := typeset.Sheet{
		Document: issue.Document, Date: issue.Date, PrintRun: issue.Copies.PrintRun,
		Number: bulletin.Number{
			Kind: issue.Number.Kind, Year: issue.Number.Year, No: issue.Number.No,
			Total: issue.Document.Number.Total,
		},
		Provisional: issue.Number.IsZero(),
	}
	for _, line := range issue.Circulation.Printed() {
		sheet.Lists = append(sheet.Lists, bulletin.List{Label: line.Label, Text: line.Text})
	}
	return sheet
}
