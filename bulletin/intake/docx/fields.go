package docx

import (
	"regexp"
	"strings"

	"jianbao/bulletin/intake/markup"
)

// A field is one that is open (17.16.18): first its code, then its result.
type field struct {
	code   strings.Builder
	result bool
	silent bool // its result is no text of the document
}

// longestCode bounds what is kept of a field's code.
const longestCode = 1 << 12

// pageFields show page numbers, which the text has none of.
var pageFields = map[string]bool{"PAGE": true, "NUMPAGES": true, "SECTIONPAGES": true, "PAGEREF": true}

func (r *reader) fieldMark(n *markup.Node) {
	switch n.Attr("w:fldCharType") {
	case "begin":
		r.fields = append(r.fields, field{})
	case "separate":
		if f := r.field(); f != nil {
			f.result = true
			f.silent = pageFields[fieldName(f.code.String())]
		}
	}
}

// field returns the innermost open field, or nil.
func (r *reader) field() *field {
	if len(r.fields) == 0 {
		return nil
	}
	return &r.fields[len(r.fields)-1]
}

func (p *paragraph) fieldMark(n *markup.Node) {
	p.reader.fieldMark(n)
	f := p.field()
	if f == nil || n.Attr("w:fldCharType") != "end" {
		return
	}
	code, shown := f.code.String(), f.result
	p.paged = p.paged || f.silent
	p.fields = p.fields[:len(p.fields)-1]
	if !shown {
		p.text(p.computed(code))
	}
}

func (r *reader) instruction(code string) {
	if f := r.field(); f != nil && !f.result && f.code.Len()+len(code) < longestCode {
		f.code.WriteString(code)
	}
}

// silenced reports whether a field hides the text that is being read.
func (r *reader) silenced() bool {
	for i := range r.fields {
		if !r.fields[i].result || r.fields[i].silent {
			return true
		}
	}
	return false
}

// endCodes ends the fields whose code goes beyond its paragraph: in a broken
// file their end is missing, and everything behind would be lost.
func (r *reader) endCodes() {
	for len(r.fields) > 0 && !r.field().result {
		r.fields = r.fields[:len(r.fields)-1]
	}
}

func (p *paragraph) simpleField(n *markup.Node) {
	if pageFields[fieldName(n.Attr("w:instr"))] {
		p.paged = true
		return
	}
	p.inline(n)
}

func fieldName(code string) string {
	name, _, _ := strings.Cut(strings.TrimSpace(code), " ")
	return strings.ToUpper(name)
}

var (
	circledCode = regexp.MustCompile(`(?i)^\s*eq\s+\\o\s*\\ac\s*\((.*)[,;](.*)\)\s*$`)
	symbolCode  = regexp.MustCompile(`(?i)^\s*symbol\s+(\d+)(?:.*\\f\s*"?([^"\\]+))?`)
)

// computed returns what a field without a result shows. Word keeps none for the
// two that draw characters: EQ, with which it circles them (带圈字符), and SYMBOL.
func (p *paragraph) computed(code string) string {
	if m := circledCode.FindStringSubmatch(code); m != nil {
		return circled(strings.TrimSpace(m[2]))
	}
	if m := symbolCode.FindStringSubmatch(code); m != nil {
		return p.symbol(strings.TrimSpace(m[2]), hexOf(m[1]))
	}
	if fieldName(code) == "EQ" {
		_, formula, _ := strings.Cut(strings.TrimSpace(code), " ")
		p.w.Note(equationRead.With(quote(formula)))
		return strings.TrimSpace(formula)
	}
	return ""
}
