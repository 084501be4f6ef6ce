package forms

import (
	"jianbao/bulletin/typeset/fonts"
	"jianbao/bulletin/typeset/layout"
	"jianbao/fault"
)

// A LabelForm is how labels stand on a sheet of A4; lengths are millimetres.
type LabelForm struct {
	Name          string
	Across, Down  int
	Width, Height float64 // of a label
	Left, Top     float64 // of the first one
	Pitch         float64 // from one label to its right neighbour
}

// LabelForms are the sheets that shops sell: 2×7 of 99.1 × 38.1 mm and 3×8 of
// 70 × 37 mm.
var LabelForms = []LabelForm{
	{Name: "2x7", Across: 2, Down: 7, Width: 99.1, Height: 38.1, Left: 4.65, Top: 15.15, Pitch: 101.6},
	{Name: "3x8", Across: 3, Down: 8, Width: 70, Height: 37, Left: 0, Top: 0.5, Pitch: 70},
}

// A Label is the addressee of an envelope, with the fields of GB/T 1416-2003
// (信封) 5: 邮政编码, 地址, 收件单位, 收件人; and what the parcel holds.
type Label struct {
	Postcode string // six digits, printed into boxes; otherwise the boxes are empty
	Street   string
	Unit     string
	Person   string
	Note     string // 科技简报 第8期 2份 000001-000002
}

var (
	toPerson = fault.Say("forms.to-person", "%s　收", "to %s")
	toUnit   = fault.Say("forms.to-unit", "收", "to the office")
)

// Labels lays labels out, from the skip-th place on: a sheet of which some are
// used goes into the printer again. skip is less than the places of a sheet.
func Labels(form LabelForm, all []Label, skip int, set *fonts.Set, lang fault.Lang) layout.Document {
	doc := layout.Document{Title: form.Name}
	places := form.Across * form.Down
	var s *sheet
	for n, label := range all {
		place := (n + skip) % places
		if s == nil || place == 0 {
			if s != nil {
				doc.Pages = append(doc.Pages, s.page)
			}
			s = newSheet(set, paperWidth, paperHeight)
		}
		x := form.Left + float64(place%form.Across)*form.Pitch
		y := form.Top + float64(place/form.Across)*form.Height
		s.label(label, x+4, y+3, form.Width-8, form.Height-5, lang)
	}
	if s == nil {
		s = newSheet(set, paperWidth, paperHeight)
	}
	doc.Pages = append(doc.Pages, s.page)
	return doc
}

// label draws one label into a box. Type becomes smaller until all of it fits.
func (s *sheet) label(l Label, x, y, width, height float64, lang fault.Lang) {
	const square = 5.0
	for i := range 6 {
		left := x + float64(i)*(square+1)
		s.box(left, y, square, square)
		if len(l.Postcode) == 6 {
			s.middle(left, y+0.7, square, 11, fonts.Latin, l.Postcode[i:i+1])
		}
	}
	end := toUnit.With().In(lang)
	if l.Person != "" {
		end = toPerson.With(l.Person).In(lang)
	}
	lines := []struct {
		text string
		role fonts.Role
		of   float64
	}{{l.Street, fonts.Body, 1}, {l.Unit, fonts.Heading, 1.15}, {end, fonts.Body, 1.1}}
	room := height - square - 2 - smallPrint*leading/mm
	size := 12.0
	for ; size > 7; size -= 0.5 {
		used := 0.0
		for _, line := range lines {
			if line.text != "" {
				used += s.height(width, size*line.of, line.role, line.text)
			}
		}
		if used <= room {
			break
		}
	}
	at := y + square + 1.5
	for _, line := range lines {
		if line.text != "" {
			at += s.text(x, at, width, size*line.of, line.role, line.text)
		}
	}
	s.text(x, y+height-smallPrint*leading/mm, width, smallPrint-1, fonts.Body, l.Note)
}
