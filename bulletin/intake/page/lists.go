package page

import (
	"strconv"
	"strings"

	"golang.org/x/net/html/atom"
)

// list sets how the items of a list are numbered.
func (e *element) list(a attrs) {
	e.number = a.number("start", 1)
	e.style = a.style("list-style-type")
	switch {
	case e.style != "":
	case e.tag == atom.Ul:
		e.style = "disc"
	default:
		e.style = map[string]string{"a": "lower-alpha", "A": "upper-alpha"}[a["type"]]
	}
}

// item begins an item of the innermost list with its number.
func (r *reader) item(a attrs) {
	for i := len(r.open) - 2; i >= 0; i-- {
		list := &r.open[i]
		if list.tag != atom.Ol && list.tag != atom.Ul {
			continue
		}
		n := a.number("value", list.number)
		list.number = n + 1
		r.paragraph.number = marker(list.style, n)
		return
	}
}

// marker returns the number of an item as CSS Counter Styles 3 names its style.
func marker(style string, n int) string {
	switch style {
	case "none":
		return ""
	case "disc", "circle", "square":
		return "●"
	case "cjk-ideographic", "simp-chinese-informal", "trad-chinese-informal", "cjk-decimal":
		if n > 0 && n < 100 {
			return han(n) + "、"
		}
	case "lower-alpha", "lower-latin":
		if n > 0 && n <= 26 {
			return string(rune('a'+n-1)) + "."
		}
	case "upper-alpha", "upper-latin":
		if n > 0 && n <= 26 {
			return string(rune('A'+n-1)) + "."
		}
	}
	return strconv.Itoa(n) + "."
}

// han writes a number under 100 as 二十三.
func han(n int) string {
	digits := strings.Split("一二三四五六七八九", "")
	var s string
	if n >= 20 {
		s = digits[n/10-1]
	}
	if n >= 10 {
		s += "十"
	}
	if n%10 > 0 {
		s += digits[n%10-1]
	}
	return s
}
