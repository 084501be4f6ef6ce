package forms

import (
	"fmt"

	"jianbao/bulletin/typeset/fonts"
	"jianbao/bulletin/typeset/layout"
	"jianbao/fault"
)

// A VolumeFront is what stands before the issues of an annual volume (年度合订本).
type VolumeFront struct {
	Masthead, Organ string
	Title           string // 2021年合订本
	Note            string // what is in it, below the title
	Entries         []VolumeEntry
	// Gaps are the numbers that are missing or void, and why; each a row of
	// number, state, reason.
	Gaps    [][3]string
	NoGaps  string // what is said where there are none
	GapsOf  string // the title of that page
	Headers VolumeHeaders
}

// VolumeHeaders are the titles of the columns.
type VolumeHeaders struct {
	Contents                  string
	Number, Date, Title, Page string
	State, Reason             string
}

// A VolumeEntry is a line of the contents.
type VolumeEntry struct {
	Number, Date, Title string
	Page                int // of the volume, from 1
}

// Volume lays out the front of an annual volume on A4: cover, contents, and the
// page of missing and void numbers. It returns at which page, from 1, the
// contents and the gaps begin.
func Volume(f VolumeFront, set *fonts.Set, lang fault.Lang) (doc layout.Document, contents, gaps int) {
	doc = layout.Document{Title: f.Masthead + f.Title, Author: f.Organ, Pages: []layout.Page{f.cover(set)}}
	doc.Pages = append(doc.Pages, f.contents(set, lang)...)
	gaps = len(doc.Pages) + 1
	doc.Pages = append(doc.Pages, f.gaps(set, lang)...)
	return doc, 2, gaps
}

func (f VolumeFront) cover(set *fonts.Set) layout.Page {
	s := newSheet(set, paperWidth, paperHeight)
	size := 52.0
	for s.width(s.pieces(fonts.Masthead, f.Masthead), size) > paperWidth-40 {
		size--
	}
	s.middle(0, 70, paperWidth, size, fonts.Masthead, f.Masthead)
	s.rule(30, 70+size/mm*1.6, paperWidth-60, 0.8)
	s.middle(0, 120, paperWidth, 26, fonts.Heading, f.Title)
	s.middle(0, 140, paperWidth, 14, fonts.Body, f.Note)
	s.middle(0, 240, paperWidth, 18, fonts.Body, f.Organ)
	return s.page
}

func (f VolumeFront) contents(set *fonts.Set, lang fault.Lang) []layout.Page {
	h := f.Headers
	g := grid{set: set, width: paperWidth, height: paperHeight, title: h.Contents, size: 10.5, rowHeight: 7, foot: f.Masthead + f.Title, lang: lang,
		columns: []column{{h.Number, 34, true}, {h.Date, 28, true}, {h.Title, 102, false}, {h.Page, 18, true}}}
	for _, e := range f.Entries {
		g.row([]cell{{text: e.Number}, {text: e.Date}, {text: e.Title}, {text: fmt.Sprint(e.Page)}})
	}
	return g.document().Pages
}

func (f VolumeFront) gaps(set *fonts.Set, lang fault.Lang) []layout.Page {
	h := f.Headers
	g := grid{set: set, width: paperWidth, height: paperHeight, title: f.GapsOf, size: 10.5, rowHeight: 7, foot: f.Masthead + f.Title, lang: lang,
		columns: []column{{h.Number, 44, true}, {h.State, 30, true}, {h.Reason, 108, false}}}
	if len(f.Gaps) == 0 {
		g.below = f.NoGaps
	}
	for _, row := range f.Gaps {
		g.row([]cell{{text: row[0]}, {text: row[1]}, {text: row[2]}})
	}
	return g.document().Pages
}
