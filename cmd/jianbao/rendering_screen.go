package main

import (
	"bytes"
	"context"
	"image"
	_ "image/jpeg" // pictures of a text
	_ "image/png"

	"jianbao/bulletin"
	"jianbao/bulletin/typeset/fonts"
	"jianbao/bulletin/typeset/layout"
	"jianbao/workflow"
)

// Pages sets an issue as it stands for the pages that show it on a screen: the
// same layout as on paper, and what could not be set as it is written.
func (r renderer) Pages(ctx context.Context, series workflow.Series, issue workflow.Issue) ([]layout.Page, []bulletin.Problem, error) {
	look, err := lookOf(series)
	if err != nil {
		return nil, nil, err
	}
	files, err := r.read(ctx, issue.Pictures)
	if err != nil {
		return nil, nil, err
	}
	sizes := map[string]layout.Size{}
	for _, f := range files {
		if config, _, err := image.DecodeConfig(bytes.NewReader(f.Data)); err == nil {
			sizes[f.Name] = layout.Size{Width: config.Width, Height: config.Height}
		}
	}
	doc, problems, err := layout.Lay(sheetOf(issue), look, faces{r.fonts}, sizes, layout.Options{})
	return doc.Pages, problems, err
}

// faces hands the fonts of a set to the layout.
type faces struct{ set *fonts.Set }

// weights are how heavy the built-in fonts are; the name of a font does not
// tell.
var weights = map[fonts.Role]int{fonts.Masthead: 900, fonts.Heading: 500}

// Pick implements layout.Metrics.
func (f faces) Pick(role string, r rune) (layout.Face, bool) {
	face, ok := f.set.Pick(fonts.Role(role), r)
	if weight := weights[fonts.Role(role)]; ok && weight > 0 {
		return weighted{face, weight}, true
	}
	return face, ok
}

// A weighted face says how heavy it is drawn on a screen.
type weighted struct {
	*fonts.Face
	weight int
}

// Weight is the weight as CSS has it.
func (w weighted) Weight() int { return w.weight }
