package docx

import (
	"strings"
	"unicode"

	"jianbao/bulletin/intake/markup"
)

// said are the core properties (29500-2 clause 11) in which people write words
// of their own. Names and dates are not among them.
var said = map[string]bool{
	"dc:title": true, "dc:subject": true, "dc:description": true,
	"cp:keywords": true, "cp:category": true, "cp:contentStatus": true,
}

// properties returns what a document says about itself. Keywords come one by one
// as well.
func (d *document) properties() ([]string, error) {
	var all []string
	for _, rel := range sorted(d.relations("")) {
		if rel.external || rel.kind != "core-properties" && rel.kind != "custom-properties" {
			continue
		}
		root, err := d.tree(rel.target)
		if err != nil {
			return nil, err
		}
		for n := range root.Children() {
			all = append(all, property(n)...)
		}
	}
	return all, nil
}

func property(n *markup.Node) []string {
	text := strings.TrimSpace(n.Content())
	if text == "" || !said[n.Name] && n.Name != "custom:property" {
		return nil
	}
	if n.Name != "cp:keywords" {
		return []string{text}
	}
	words := strings.FieldsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(",;，；、", r) })
	if len(words) < 2 {
		return []string{text}
	}
	return append(words, text)
}
