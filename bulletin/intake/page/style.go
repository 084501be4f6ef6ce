package page

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// attrs are the attributes of a tag that say something here.
type attrs map[string]string

// wanted are those attributes. Anything else is not even kept.
var wanted = map[string]bool{
	"style": true, "hidden": true, "alt": true, "src": true, "colspan": true, "rowspan": true,
	"start": true, "type": true, "value": true, "name": true, "content": true,
}

func attributes(z *html.Tokenizer, more bool) attrs {
	var a attrs
	for more {
		var key, value []byte
		key, value, more = z.TagAttr()
		if wanted[string(key)] {
			if a == nil {
				a = attrs{}
			}
			a[string(key)] = string(value)
		}
	}
	return a
}

func (a attrs) number(key string, otherwise int) int {
	n, err := strconv.Atoi(strings.TrimSpace(a[key]))
	if err != nil || n < -9999 || n > 9999 {
		return otherwise
	}
	return n
}

// style returns a property of the style attribute, in small letters, or "".
func (a attrs) style(property string) string {
	style := strings.ToLower(a["style"])
	for declaration := range strings.SplitSeq(style, ";") {
		key, value, _ := strings.Cut(declaration, ":")
		if strings.TrimSpace(key) == property {
			return strings.TrimSpace(value)
		}
	}
	return ""
}

// format changes what an element inherited by what it is and says itself.
func (e *element) format(a attrs) {
	e.number, e.style = 0, ""
	switch e.tag {
	case atom.B, atom.Strong, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Th:
		e.bold = true
	case atom.Pre:
		e.pre = true
	case atom.Del:
		e.hide(struck)
	case atom.Title:
		e.hide(titleTag)
	case atom.Style, atom.Script, atom.Noscript, atom.Template, atom.Svg, atom.Math, atom.Iframe, atom.Object,
		atom.Textarea, atom.Select, atom.Noframes, atom.Rt, atom.Rp:
		e.hide(noText)
	}
	if len(a) == 0 {
		return
	}
	switch weight := a.style("font-weight"); {
	case weight == "bold", weight == "bolder", weight >= "600" && weight <= "999":
		e.bold = true
	case weight != "" && weight != "inherit":
		e.bold = false
	}
	if strings.HasPrefix(a.style("white-space"), "pre") {
		e.pre = true
	}
	_, hiddenToo := a["hidden"]
	if hiddenToo || a.style("display") == "none" || a.style("mso-hide") == "all" || a.style("visibility") == "hidden" {
		e.hide(unseen)
	}
}

// hide mutes an element, unless one around it does already.
func (e *element) hide(why muteness) {
	if e.mute == shown {
		e.mute = why
	}
}
