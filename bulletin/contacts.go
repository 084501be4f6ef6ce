package bulletin

import (
	"strings"
	"unicode"
)

// tokens splits the value behind a contact label.
func tokens(value string) []string {
	return strings.FieldsFunc(value, func(r rune) bool { return isSpace(r) || separatesNames(r) && r != '/' })
}

// numbers reads telephone numbers.
func (p *parser) numbers(l line, f field, into *[]string) {
	if f.value == "" {
		p.leftover = append(p.leftover, f.label+"：")
	}
	for _, t := range tokens(f.value) {
		if !strings.ContainsFunc(t, unicode.IsDigit) {
			p.unknown(l, t)
			continue
		}
		*into = append(*into, fold(t))
		if f.kind == phoneLabel && isLocal(fold(t)) {
			p.problem(Ask, "phone-area", l.no, phoneArea.With(t))
		}
	}
}

// isLocal reports whether a telephone number has seven or eight digits and
// nothing else: without an area code no reader elsewhere can call it.
func isLocal(number string) bool {
	bare := strings.ReplaceAll(number, "-", "")
	return (len(bare) == 7 || len(bare) == 8) && strings.Trim(bare, "0123456789") == "" && bare[0] != '0' && !strings.HasPrefix(bare, "400")
}

func (p *parser) emails(l line, f field) {
	if f.value == "" {
		p.leftover = append(p.leftover, f.label+"：")
	}
	for _, t := range tokens(f.value) {
		if t = fold(t); strings.Contains(t, "@") {
			p.doc.Emails = append(p.doc.Emails, t)
		} else {
			p.unknown(l, t)
		}
	}
}
