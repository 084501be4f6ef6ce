package word

import (
	"archive/zip"
	"bytes"
	"time"

	"jianbao/bulletin/typeset"
)

// A maker writes one file. Its markup is the body of the document.
type maker struct {
	markup
	sheet    typeset.Sheet
	look     typeset.Template
	page     typeset.Page
	g        geometry
	pictures map[string][]byte
	media    []medium
	placed   map[string]int // into media, by name
	drawings int
}

// Make returns the bulletin as a .docx file. Pictures are the bytes of the
// pictures that its text shows, by name. A sheet without a number that is not
// provisional is fault.Invalid. Large type is had with the template's Large grid
// put in place of its Grid.
func Make(sheet typeset.Sheet, look typeset.Template, pictures map[string][]byte) ([]byte, error) {
	page, err := sheet.Page(look)
	if err != nil {
		return nil, err
	}
	m := &maker{sheet: sheet, look: look, page: page, g: geometryOf(look), pictures: pictures, placed: map[string]int{}}
	m.head()
	m.body()
	m.tail()
	m.annexes()
	m.section()
	return m.pack()
}

// pack puts the parts into a zip archive, the content types first, as some
// readers expect. Every entry bears the date of the issue.
func (m *maker) pack() ([]byte, error) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	parts := []struct{ name, content string }{
		{"[Content_Types].xml", contentTypes()},
		{"_rels/.rels", packageRelationships()},
		{"word/document.xml", m.document()},
		{"word/_rels/document.xml.rels", m.documentRelationships()},
		{"word/styles.xml", styles(m.look, m.g)},
		{"word/settings.xml", m.settings()},
		{"word/fontTable.xml", fontTable()},
		{"word/footer1.xml", m.footer(false)},
		{"word/footer2.xml", m.footer(true)},
		{"docProps/core.xml", m.core()},
		{"docProps/app.xml", app()},
	}
	for _, p := range m.media {
		parts = append(parts, struct{ name, content string }{"word/" + p.name, string(p.data)})
	}
	for _, p := range parts {
		w, err := z.CreateHeader(&zip.FileHeader{Name: p.name, Method: zip.Deflate, Modified: m.modified()})
		if err != nil {
			return nil, err
		}
		if _, err := w.Write([]byte(p.content)); err != nil {
			return nil, err
		}
	}
	err := z.Close()
	return b.Bytes(), err
}

// modified is the date of the issue, or the first day that a zip archive knows.
func (m *maker) modified() time.Time {
	if m.sheet.Date.Real() && m.sheet.Date.Year >= 1980 {
		return m.sheet.Date.In(time.UTC)
	}
	return time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)
}
