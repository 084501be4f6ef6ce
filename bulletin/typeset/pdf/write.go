package pdf

import (
	"bytes"
	"fmt"
	"time"

	"github.com/signintech/gopdf"

	"jianbao/bulletin"
	"jianbao/bulletin/typeset/layout"
)

// china is the time zone of the dates in a file: the day begins there.
var china = time.FixedZone("CST", 8*60*60)

// write draws a document.
func (p *Press) write(doc layout.Document, plates map[string]plate) ([]byte, error) {
	return p.writeWith(doc, plates, nil)
}

// writeWith draws a document and lets arrange, if it is not nil, change the
// objects of the file.
func (p *Press) writeWith(doc layout.Document, plates map[string]plate, arrange func([][]byte) ([][]byte, error)) ([]byte, error) {
	var gp gopdf.GoPdf
	size := gopdf.Rect{W: 595.28, H: 841.89}
	if len(doc.Pages) > 0 {
		size = gopdf.Rect{W: doc.Pages[0].Width, H: doc.Pages[0].Height}
	}
	gp.Start(gopdf.Config{Unit: gopdf.UnitPT, PageSize: size})
	gp.SetNoCompression() // mend reads the pages, and compresses them
	gp.SetInfo(gopdf.PdfInfo{
		Title: doc.Title, Author: doc.Author, Creator: "jianbao", Producer: "jianbao",
		CreationDate: created(doc.Date),
	})
	d := drawing{press: p, pdf: &gp, plates: plates, families: map[layout.Face]string{}, used: map[string]*usage{}}
	if err := d.addFonts(doc); err != nil {
		return nil, err
	}
	for _, page := range doc.Pages {
		if err := d.page(page); err != nil {
			return nil, err
		}
	}
	var raw bytes.Buffer
	if _, err := gp.WriteTo(&raw); err != nil {
		return nil, err
	}
	return mend(raw.Bytes(), d.used, arrange)
}

func created(d bulletin.Date) time.Time {
	if d.IsZero() {
		return time.Time{}
	}
	return d.In(china)
}

// A drawing is one document on its way into gopdf.
type drawing struct {
	press    *Press
	pdf      *gopdf.GoPdf
	plates   map[string]plate
	families map[layout.Face]string
	used     map[string]*usage
}

// addFonts adds the fonts that the document uses, in the order of their use.
func (d *drawing) addFonts(doc layout.Document) error {
	for _, page := range doc.Pages {
		for _, run := range page.Runs {
			if _, ok := d.families[run.Face]; !ok {
				if err := d.addFont(run.Face); err != nil {
					return err
				}
			}
			d.used[d.families[run.Face]].add(run.Text)
		}
	}
	return nil
}

func (d *drawing) addFont(face layout.Face) error {
	family, err := d.press.family(face)
	if err != nil {
		return err
	}
	if err := d.pdf.AddTTFFontFromFontContainer(family, &d.press.parsed); err != nil {
		return err
	}
	d.families[face] = family
	d.used[family] = &usage{
		// numbered in the document: the press's own number is its history
		name:  fmt.Sprintf("%s-%d", plain(face.Name()), len(d.used)+1),
		runes: map[rune]bool{},
	}
	return nil
}

func (d *drawing) page(page layout.Page) error {
	d.pdf.AddPageWithOption(gopdf.PageOption{PageSize: &gopdf.Rect{W: page.Width, H: page.Height}})
	for _, r := range page.Rules {
		d.pdf.SetFillColor(r.Colour.RGB())
		d.pdf.RectFromUpperLeftWithStyle(r.X, r.Y, r.Width, r.Height, "F")
	}
	for _, r := range page.Runs {
		if err := d.run(r); err != nil {
			return err
		}
	}
	for _, q := range page.Pictures {
		if err := d.picture(q); err != nil {
			return err
		}
	}
	return nil
}

func (d *drawing) run(r layout.Run) error {
	if err := d.pdf.SetFont(d.families[r.Face], "", r.Size); err != nil {
		return err
	}
	d.pdf.SetTextColor(r.Colour.RGB())
	if err := d.pdf.SetCharSpacing(r.Spacing); err != nil {
		return err
	}
	d.pdf.SetXY(r.X, r.Y)
	return d.pdf.Text(r.Text)
}

func (d *drawing) picture(q layout.Picture) error {
	holder, err := gopdf.ImageHolderByBytes(d.plates[q.Name].data)
	if err != nil {
		return err
	}
	return d.pdf.ImageByHolder(holder, q.X, q.Y, &gopdf.Rect{W: q.Width, H: q.Height})
}
