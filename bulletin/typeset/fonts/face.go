package fonts

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"unicode"

	"github.com/go-text/typesetting/font/opentype"
	"github.com/go-text/typesetting/font/opentype/tables"
	"github.com/signintech/gopdf/fontmaker/core"

	"jianbao/fault"
)

// A Face is one font file, read: the characters it has and how wide they are.
type Face struct {
	name   string
	data   []byte
	widths map[rune]float64 // in em
}

// Has reports whether the font has a glyph for r.
func (f *Face) Has(r rune) bool {
	_, ok := f.widths[r]
	return ok
}

// Advance returns the advance width of r in em (multiples of the type size),
// or 0 if the font lacks it.
func (f *Face) Advance(r rune) float64 { return f.widths[r] }

// Name returns the name of the family as the file gives it: Noto Serif SC.
func (f *Face) Name() string { return f.name }

// TTF returns the bytes of the font, a TrueType file with a glyf table. They are
// shared and must not be changed.
func (f *Face) TTF() []byte { return f.data }

// maxFile is how large a font file may be, in bytes: fonts with all 70,000
// characters take 30 MB.
const maxFile = 40 << 20

var (
	tooLarge   = fault.Say("fonts.too-large", "文件超过%d MB", "the file is over %d MB")
	collection = fault.Say("fonts.collection", "是字体集（.ttc），一个文件里有几种字体；请用字体工具导出其中一种为.ttf", "it is a collection (.ttc) of several fonts: export the one that is meant as .ttf")
	notGlyf    = fault.Say("fonts.not-truetype", "不是TrueType轮廓的字体（多为.otf）；请换用.ttf版本", "its outlines are not TrueType (it may be an .otf): use the .ttf version")
	broken     = fault.Say("fonts.broken", "不是完好的字体文件", "it is no sound font file")
	restricted = fault.Say("fonts.restricted", "字体授权不许嵌入文件（OS/2表fsType为%#04x）；请换用准许嵌入的版本", "its licence does not allow embedding as a subset (fsType of the OS/2 table is %#04x): use a version that does")
	noHan      = fault.Say("fonts.no-letters", "没有这个用途要用的字（如“%s”）", "it lacks what this role is for (such as %s)")
)

// needed is a character without which a font does not serve a role.
func needed(role Role) rune {
	switch role {
	case Latin:
		return '8'
	case Fallback:
		return 0 // any addition will do
	}
	return '一'
}

// readOwn reads and judges a font of the office's own. A file that cannot be
// used is fault.Invalid with the reason.
func readOwn(role Role, data []byte) (*Face, error) {
	if len(data) > maxFile {
		return nil, refuse(tooLarge.With(maxFile >> 20))
	}
	switch {
	case bytes.HasPrefix(data, []byte("ttcf")):
		return nil, refuse(collection.With())
	case bytes.HasPrefix(data, []byte("OTTO")):
		return nil, refuse(notGlyf.With())
	}
	f, err := read(data)
	if err != nil {
		return nil, err
	}
	if r := needed(role); r != 0 && !f.Has(r) {
		return nil, refuse(noHan.With(string(r)))
	}
	return f, nil
}

func refuse(r fault.Reason) error { return fault.New(fault.Invalid, r) }

// read reads a TrueType font. Whatever the bytes are, it does not panic. The
// characters and widths are what the writer of PDF files finds, because the
// same parser looks for them.
func read(data []byte) (f *Face, err error) {
	defer func() {
		if r := recover(); r != nil {
			f, err = nil, refuse(broken.With())
		}
	}()
	loader, err := opentype.NewLoader(bytes.NewReader(data))
	if err != nil {
		return nil, refuse(broken.With())
	}
	if !loader.HasTable(opentype.MustNewTag("glyf")) {
		return nil, refuse(notGlyf.With())
	}
	if bits := fsType(loader); bits&(onlyLicensed|noSubset|onlyBitmaps) != 0 {
		return nil, refuse(restricted.With(bits))
	}
	var parser core.TTFParser
	if err := parser.ParseFontData(data); err != nil || parser.UnitsPerEm() == 0 {
		return nil, refuse(broken.With())
	}
	return &Face{data: data, name: family(loader), widths: widths(&parser)}, nil
}

// Bits of fsType (OpenType specification, table OS/2) that forbid what is done
// with a font here: embedding the outlines of the used characters.
const (
	onlyLicensed = 0x0002
	noSubset     = 0x0100
	onlyBitmaps  = 0x0200
)

// fsType returns the embedding permissions of a font; 0, everything, where the
// font says nothing.
func fsType(l *opentype.Loader) uint16 {
	table, err := l.RawTable(opentype.MustNewTag("OS/2"))
	if err != nil || len(table) < 10 {
		return 0
	}
	return binary.BigEndian.Uint16(table[8:])
}

// familyName is the name identifier of the family (OpenType, table name).
const familyName = 1

func family(l *opentype.Loader) string {
	table, err := l.RawTable(opentype.MustNewTag("name"))
	if err != nil {
		return ""
	}
	names, _, err := tables.ParseName(table)
	if err != nil {
		return ""
	}
	return names.Name(familyName)
}

// widths returns the advance width of every character, in em. The basic plane
// stands in one table of the font and the planes beyond it in another.
func widths(p *core.TTFParser) map[rune]float64 {
	all := make(map[rune]float64, len(p.Chars()))
	add := func(r rune, glyph uint) {
		if glyph > 0 && glyph < uint(len(p.Widths())) {
			all[r] = float64(p.Widths()[glyph]) / float64(p.UnitsPerEm())
		}
	}
	for r, glyph := range p.Chars() {
		add(rune(r), glyph)
	}
	for _, g := range p.GroupingTables() {
		for r := max(g.StartCharCode, 0x10000); r <= min(g.EndCharCode, unicode.MaxRune); r++ {
			add(rune(r), g.GlyphID+r-g.StartCharCode)
		}
	}
	return all
}

// mustRead reads a font of our own, which tests have read before.
func mustRead(data []byte) *Face {
	f, err := read(data)
	if err != nil {
		panic(fmt.Sprintf("fonts: a built-in font cannot be read: %v", err))
	}
	return f
}
