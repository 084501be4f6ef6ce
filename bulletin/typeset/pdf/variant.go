package pdf

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strconv"
)

// Programs that read the text of a page go by the widths that its fonts state:
// they would take a full-width mark that lost its blank half for the end of a
// line, as the next character reaches into its box, and the room between two
// scripts or in a loose line for a space. The layout sets such a character as a run by itself, and
// here it is given to a variant of its font: the same glyphs under the same
// name, with other widths stated.

// room is the width of that room, in thousandths of the size: half way between
// the least and the most of it.
const room = 170

// A variant of a font is half, its full-width glyphs half as wide, or wide, its
// glyphs wider by as much room as would be taken for a space.
type variant struct {
	font string // F2
	wide bool
}

func (v variant) name() string {
	if v.wide {
		return v.font + "w"
	}
	return v.font + "h"
}

// loneForm is a run of one glyph with a spacing, as gopdf writes it.
var loneForm = regexp.MustCompile(`/(F[0-9]+) ([0-9.]+) Tf (-?[0-9.]*[1-9][0-9]*) Tc\n([0-9. ]+ rg\n)?\[<([0-9A-F]{4})>\] TJ`)

// markVariants names the variants in the content of a page, and adds those that
// are new to the wanted ones.
func markVariants(content []byte, wanted []variant) ([]byte, []variant) {
	out := loneForm.ReplaceAllFunc(content, func(run []byte) []byte {
		m := loneForm.FindSubmatch(run)
		v := variant{string(m[1]), m[3][0] != '-'}
		if !slices.Contains(wanted, v) {
			wanted = append(wanted, v)
		}
		return fmt.Appendf(nil, "/%s %s Tf 0 Tc\n%s[<%s>] TJ", v.name(), m[2], m[4], m[5])
	})
	return out, wanted
}

var (
	descendantForm = regexp.MustCompile(`/DescendantFonts \[([0-9]+) 0 R\]`)
	// widthForm is the width of one glyph in thousandths of the size, in the
	// array W of a font (ISO 32000-1 9.7.4.3).
	widthForm = regexp.MustCompile(`\[([0-9]+)\]`)
)

// addVariants adds the wanted fonts to the objects of a file and to the
// resources of its pages.
func addVariants(objects [][]byte, wanted []variant) ([][]byte, error) {
	at := slices.IndexFunc(objects, func(o []byte) bool { return bytes.Contains(o, []byte("/ProcSet [")) })
	if at < 0 {
		return nil, errShape
	}
	for _, v := range wanted {
		font := regexp.MustCompile(`/` + v.font + ` ([0-9]+) 0 R\n`)
		whole, err := referred(objects, font, objects[at])
		if err != nil {
			return nil, err
		}
		glyphs, err := referred(objects, descendantForm, whole)
		if err != nil {
			return nil, err
		}
		n := len(objects)
		objects = append(objects,
			widthForm.ReplaceAllFunc(glyphs, v.widthOf),
			descendantForm.ReplaceAll(whole, fmt.Appendf(nil, "/DescendantFonts [%d 0 R]", n+1)))
		objects[at] = bytes.Replace(objects[at], []byte("/Font <<\n"), fmt.Appendf(nil, "/Font <<\n\t\t/%s %d 0 R\n", v.name(), n+2), 1)
	}
	return objects, nil
}

// referred returns the object whose number a form finds in another one.
func referred(objects [][]byte, form *regexp.Regexp, in []byte) ([]byte, error) {
	m := form.FindSubmatch(in)
	if m == nil {
		return nil, errShape
	}
	n, err := strconv.Atoi(string(m[1]))
	if err != nil || n < 1 || n > len(objects) {
		return nil, errShape
	}
	return objects[n-1], nil
}

// widthOf returns the stated width for a glyph's own.
func (v variant) widthOf(stated []byte) []byte {
	n, err := strconv.Atoi(string(stated[1 : len(stated)-1]))
	switch {
	case err != nil:
		return stated
	case v.wide:
		n += room
	case n == 1000:
		n = 500
	}
	return fmt.Appendf(nil, "[%d]", n)
}
