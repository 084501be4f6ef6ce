package pdf

import (
	"fmt"
	"strings"
	"sync"

	"github.com/signintech/gopdf"

	"jianbao/bulletin"
	"jianbao/bulletin/typeset"
	"jianbao/bulletin/typeset/fonts"
	"jianbao/bulletin/typeset/layout"
)

// A Press makes documents with the fonts of one set, which it parses once.
type Press struct {
	set *fonts.Set

	mu     sync.Mutex
	parsed gopdf.FontContainer
	names  map[layout.Face]string // of the parsed faces
}

// NewPress returns a press with the fonts of a set.
func NewPress(set *fonts.Set) *Press {
	return &Press{set: set, names: map[layout.Face]string{}}
}

var last struct {
	sync.Mutex
	press *Press
}

// pressOf returns the press of a set. The one that was used last is kept: a
// program has one set of fonts.
func pressOf(set *fonts.Set) *Press {
	last.Lock()
	defer last.Unlock()
	if last.press == nil || last.press.set != set {
		last.press = NewPress(set)
	}
	return last.press
}

// Make sets a sheet and returns it as a PDF. pictures are the files of the
// pictures that its text names. The problems say what could not be printed as
// it was written; the PDF is complete all the same. A sheet without a number
// that is not provisional is fault.Invalid.
func Make(sheet typeset.Sheet, look typeset.Template, set *fonts.Set, pictures map[string][]byte, opt layout.Options) ([]byte, []bulletin.Problem, error) {
	return pressOf(set).Make(sheet, look, pictures, opt)
}

// Make is the function Make with the fonts of the press.
func (p *Press) Make(sheet typeset.Sheet, look typeset.Template, pictures map[string][]byte, opt layout.Options) ([]byte, []bulletin.Problem, error) {
	plates, sizes := platesOf(pictures)
	doc, problems, err := layout.Lay(sheet, look, shelf{p.set}, sizes, opt)
	if err != nil {
		return nil, nil, err
	}
	data, err := p.write(doc, plates)
	if err != nil {
		return nil, nil, fmt.Errorf("writing the PDF of %s: %w", doc.Title, err)
	}
	return data, problems, nil
}

// shelf hands the fonts of a set to the layout.
type shelf struct{ set *fonts.Set }

// Pick returns the face of a role that has a rune, and false if no face has it.
func (s shelf) Pick(role string, r rune) (layout.Face, bool) {
	return s.set.Pick(fonts.Role(role), r)
}

// family returns the name under which the press has parsed a face. It begins
// with the place of the tag that marks a subset (ISO 32000-1 9.6.4).
func (p *Press) family(face layout.Face) (string, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if name, ok := p.names[face]; ok {
		return name, nil
	}
	file, ok := face.(interface{ TTF() []byte })
	if !ok {
		return "", fmt.Errorf("the font %s has no file", face.Name())
	}
	name := fmt.Sprintf("%s+%s-%02d", noTag, plain(face.Name()), len(p.names)+1)
	if err := p.parsed.AddTTFFontData(name, file.TTF()); err != nil {
		return "", fmt.Errorf("the font %s: %w", face.Name(), err)
	}
	p.names[face] = name
	return name, nil
}

// plain keeps what a name may consist of everywhere.
func plain(name string) string {
	kept := strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' {
			return r
		}
		return -1
	}, name)
	if kept == "" {
		return "Font"
	}
	return kept
}

// Draw returns a document that was laid out elsewhere as a PDF, with the fonts of
// the press. It has no pictures.
func (p *Press) Draw(doc layout.Document) ([]byte, error) {
	data, err := p.write(doc, nil)
	if err != nil {
		return nil, fmt.Errorf("writing the PDF of %s: %w", doc.Title, err)
	}
	return data, nil
}
