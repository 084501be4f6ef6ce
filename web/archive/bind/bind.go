// Package bind binds papers into one PDF: an annual volume (年度合订本) with its front,
// every paper as it is, the number of the page in the volume at its upper right
// corner, and bookmarks.
//
//	data, err := bind.Volume(front, parts, press, set, lang)
//
// It lies beside the pages that offer it, and not with typeset: pdfcpu, which merges,
// is built with net/http, which the domain is not. The papers are copied page by page (pdfcpu), so that what went out is what is
// bound. Their own page numbers stay where they are.
package bind

import (
	"bytes"
	"fmt"
	"io"
	"sync"

	"github.com/pdfcpu/pdfcpu/pkg/api"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"jianbao/bulletin/typeset/fonts"
	"jianbao/bulletin/typeset/forms"
	"jianbao/bulletin/typeset/pdf"
	"jianbao/fault"
)

// A Part is a paper that is bound, with its line in the contents. Its Page is
// filled in by Volume.
type Part struct {
	forms.VolumeEntry
	PDF []byte
}

// once keeps pdfcpu from writing a configuration into the home directory.
var once sync.Once

func plain() *model.Configuration {
	once.Do(api.DisableConfigDir)
	conf := model.NewDefaultConfiguration()
	conf.CreateBookmarks = false
	return conf
}

// Volume binds parts in their order behind a front, whose entries and their pages
// are made of the parts. It fails where a part is no PDF, and names it.
func Volume(front forms.VolumeFront, parts []Part, press *pdf.Press, set *fonts.Set, lang fault.Lang) ([]byte, error) {
	counts := make([]int, len(parts))
	for n, p := range parts {
		var err error
		if counts[n], err = api.PageCount(bytes.NewReader(p.PDF), plain()); err != nil {
			return nil, fmt.Errorf("bind: %s: %w", p.Number, err)
		}
	}
	front.Entries = entries(parts, counts, 0)
	doc, _, _ := forms.Volume(front, set, lang) // how long it is does not hang on the numbers in it
	front.Entries = entries(parts, counts, len(doc.Pages))
	doc, contents, gaps := forms.Volume(front, set, lang)
	first, err := press.Draw(doc)
	if err != nil {
		return nil, fmt.Errorf("bind: front: %w", err)
	}
	marks := []pdfcpu.Bookmark{{Title: front.Headers.Contents, PageFrom: contents}, {Title: front.GapsOf, PageFrom: gaps}}
	all := []io.ReadSeeker{bytes.NewReader(first)}
	for n, p := range parts {
		e := front.Entries[n]
		marks = append(marks, pdfcpu.Bookmark{Title: e.Number + " " + e.Date, PageFrom: e.Page})
		all = append(all, bytes.NewReader(p.PDF))
	}
	return finished(all, marks)
}

// entries are the lines of the contents, whose first part begins after so many
// pages.
func entries(parts []Part, counts []int, before int) (all []forms.VolumeEntry) {
	page := before + 1
	for n, p := range parts {
		p.Page = page
		all = append(all, p.VolumeEntry)
		page += counts[n]
	}
	return all
}

// finished merges papers, numbers their pages but the cover, and adds bookmarks.
func finished(all []io.ReadSeeker, marks []pdfcpu.Bookmark) ([]byte, error) {
	var merged, numbered, done bytes.Buffer
	if err := api.MergeRaw(all, &merged, false, plain()); err != nil {
		return nil, fmt.Errorf("bind: merge: %w", err)
	}
	number, err := api.TextWatermark("- %p -", "font:Helvetica, points:9, position:tr, offset:-28 -18, scalefactor:1 abs, rotation:0, opacity:1, fillcolor:0.35 0.35 0.35", true, false, types.POINTS)
	if err != nil {
		return nil, fmt.Errorf("bind: page numbers: %w", err)
	}
	if err := api.AddWatermarks(bytes.NewReader(merged.Bytes()), &numbered, []string{"2-"}, number, plain()); err != nil {
		return nil, fmt.Errorf("bind: page numbers: %w", err)
	}
	if err := api.AddBookmarks(bytes.NewReader(numbered.Bytes()), &done, marks, true, plain()); err != nil {
		return nil, fmt.Errorf("bind: bookmarks: %w", err)
	}
	return done.Bytes(), nil
}
