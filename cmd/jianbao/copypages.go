package main

import (
	"context"
	"strings"

	"jianbao/bulletin/typeset/layout"
	copypages "jianbao/web/copies"
	"jianbao/workflow"
)

// copyPages wires the pages of printed copies.
func (o *office) copyPages() copypages.Config {
	return copypages.Config{
		Desk: o.desk, Reads: o.store, Books: o.store, Press: o.press, Codes: o.receiving, Fonts: o.press.fonts,
	}
}

// Draw makes a PDF of a form.
func (r renderer) Draw(doc layout.Document) ([]byte, error) { return r.press.Draw(doc) }

// Run makes the pages of an issue once for each copy number, in one file.
func (r renderer) Run(ctx context.Context, series workflow.Series, issue workflow.Issue, numbers []string) (workflow.File, error) {
	job, err := r.job(ctx, series, issue)
	if err != nil {
		return workflow.File{}, err
	}
	data, _, err := r.press.Run(job.Sheet, job.Look, job.Pictures, layout.Options{}, numbers)
	if err != nil {
		return workflow.File{}, err
	}
	name := strings.TrimSuffix(fileName(job.Sheet), ".pdf")
	if job.Sheet.Provisional {
		name = proofWord
	}
	return workflow.File{Name: name + "-" + numbers[0] + "-" + numbers[len(numbers)-1] + ".pdf", Type: mediaTypes["pdf"], Data: data}, nil
}
