package docx

import (
	"strconv"
	"strings"

	"jianbao/bulletin/intake/markup"
)

// styles are the formats of a document (17.7), as far as they matter here.
type styles struct {
	byID     map[string]*styleDef
	fallback string // the default paragraph style
	defaults *markup.Node
	looks    map[lookKey]look
}

// A styleDef is one style.
type styleDef struct {
	id      string
	basedOn string
	name    string
	rPr     *markup.Node
	pPr     *markup.Node
}

// longestChain bounds how many styles are based on each other.
const longestChain = 32

func (d *document) readStyles() error {
	d.styles = styles{byID: map[string]*styleDef{}, looks: map[lookKey]look{}}
	root, err := d.tree(d.related("styles"))
	if err != nil {
		return err
	}
	d.styles.defaults = root.Child("w:docDefaults", "w:rPrDefault", "w:rPr")
	for n := range root.Children() {
		if n.Name != "w:style" {
			continue
		}
		s := &styleDef{
			id:      n.Attr("w:styleId"),
			basedOn: n.Child("w:basedOn").Attr("w:val"),
			name:    strings.ToLower(n.Child("w:name").Attr("w:val")),
			rPr:     n.Child("w:rPr"),
			pPr:     n.Child("w:pPr"),
		}
		d.styles.byID[s.id] = s
		if n.Attr("w:type") == "paragraph" && onOff(n.Attr("w:default"), false) {
			d.styles.fallback = s.id
		}
	}
	return nil
}

// chain calls visit with a style and those it is based on, until visit is
// content.
func (s *styles) chain(id string, visit func(*styleDef) bool) {
	for range longestChain {
		st := s.byID[id]
		if st == nil || visit(st) {
			return
		}
		id = st.basedOn
	}
}

// A look is how the characters of a run look.
type look struct {
	bold   bool // or in a black face
	hidden bool
	struck bool
}

type lookKey struct{ paragraph, character string }

// look returns how a run looks in a paragraph of a style.
func (s *styles) look(paragraph string, rPr *markup.Node) look {
	if s.byID[paragraph] == nil {
		paragraph = s.fallback
	}
	key := lookKey{paragraph, rPr.Child("w:rStyle").Attr("w:val")}
	base, known := s.looks[key]
	if !known {
		base = look{
			bold:   s.toggled(key, "w:b"),
			hidden: s.toggled(key, "w:vanish"),
			struck: s.toggled(key, "w:strike"),
		}
		s.looks[key] = base
	}
	base.bold = direct(rPr, "w:b", base.bold) || isBlack(s.face(key, rPr))
	base.hidden = direct(rPr, "w:vanish", base.hidden)
	base.struck = direct(rPr, "w:strike", base.struck)
	return base
}

func direct(rPr *markup.Node, property string, inherited bool) bool {
	if n := rPr.Child(property); n != nil {
		return isOn(n)
	}
	return inherited
}

// toggled returns what the styles say of a toggle property (17.7.3): on where
// the defaults have it on; else where one of the paragraph's and the character's
// style has it on, but not both.
func (s *styles) toggled(key lookKey, property string) bool {
	if isOn(s.defaults.Child(property)) {
		return true
	}
	of := func(id string) (on bool) {
		s.chain(id, func(st *styleDef) bool {
			n := st.rPr.Child(property)
			on = isOn(n)
			return n != nil
		})
		return on
	}
	return of(key.paragraph) != of(key.character)
}

// face returns the name of the font that Chinese characters are set in.
func (s *styles) face(key lookKey, rPr *markup.Node) string {
	if name := rPr.Child("w:rFonts").Attr("w:eastAsia"); name != "" {
		return name
	}
	name := ""
	for _, id := range []string{key.character, key.paragraph} {
		s.chain(id, func(st *styleDef) bool {
			name = st.rPr.Child("w:rFonts").Attr("w:eastAsia")
			return name != ""
		})
		if name != "" {
			return name
		}
	}
	return s.defaults.Child("w:rFonts").Attr("w:eastAsia")
}

// isBlack reports whether a font is one of the black faces, in which offices set
// leads and headings instead of making them bold (GB/T 9704 7.3.3).
func isBlack(font string) bool {
	return strings.Contains(font, "黑") && !strings.Contains(font, "雅黑") || strings.EqualFold(font, "SimHei") || strings.EqualFold(font, "STHeiti")
}

// isHeading reports whether a paragraph is a heading by its outline level or
// the name of its style.
func (s *styles) isHeading(properties *markup.Node, id string) bool {
	if n := properties.Child("w:outlineLvl"); n != nil {
		return number(n, 9) < 9
	}
	heading := false
	s.chain(id, func(st *styleDef) bool {
		if n := st.pPr.Child("w:outlineLvl"); n != nil {
			heading = number(n, 9) < 9
			return true
		}
		heading = strings.HasPrefix(st.name, "heading") || st.name == "title"
		return heading
	})
	return heading
}

// isOn reads an on-off property (17.17.4): there without a value is on.
func isOn(n *markup.Node) bool {
	if n == nil {
		return false
	}
	value, _ := n.Lookup("w:val")
	return onOff(value, true)
}

func onOff(value string, otherwise bool) bool {
	switch value {
	case "1", "true", "on":
		return true
	case "0", "false", "off", "none":
		return false
	}
	return otherwise
}

// number returns the w:val of a node, or otherwise.
func number(n *markup.Node, otherwise int) int {
	value, err := strconv.Atoi(n.Attr("w:val"))
	if err != nil || value < -1_000_000 || value > 1_000_000 {
		return otherwise
	}
	return value
}
