package docx

import (
	"strconv"
	"strings"

	"jianbao/bulletin/intake/markup"
)

// levels is how many levels a list has (17.9.6).
const levels = 9

// A numbering is what a document says about its automatic numbers (17.9), and
// how far each list has counted.
type numbering struct {
	lists    map[string]*list // by w:abstractNumId
	uses     map[string]*use  // by w:numId
	byStyle  map[string]string
	counters map[*list]*counter
}

// A list is a w:abstractNum: how its levels look.
type list struct {
	levels    [levels]level
	styleLink string // the numbering style whose list this really is
}

// A level is how the numbers of one level look and count.
type level struct {
	start   int
	format  string
	text    string // 第%1章
	restart int    // the level, counted from 1, that makes it begin again; -1: any higher one
	legal   bool   // all its numbers are digits
	style   string // the paragraph style that stands for it
	hidden  bool
	font    string // of the number, as Latin characters have it
}

// A use is a w:num: a list as paragraphs name it, with some levels changed.
type use struct {
	list   string
	levels map[int]level // instead of those of the list
	starts map[int]int   // where its levels begin, at its first paragraph
	begun  bool
}

// A counter is how far a list has counted.
type counter struct {
	n   [levels]int
	set [levels]bool
}

func (d *document) readNumbering() error {
	d.numbers = numbering{lists: map[string]*list{}, uses: map[string]*use{}, byStyle: map[string]string{}, counters: map[*list]*counter{}}
	root, err := d.tree(d.related("numbering"))
	if err != nil {
		return err
	}
	for n := range root.Children() {
		switch n.Name {
		case "w:abstractNum":
			d.numbers.addList(n)
		case "w:num":
			d.numbers.uses[n.Attr("w:numId")] = readUse(n)
		}
	}
	return nil
}

func (nb *numbering) addList(n *markup.Node) {
	id := n.Attr("w:abstractNumId")
	l := &list{styleLink: n.Child("w:numStyleLink").Attr("w:val")}
	for i := range l.levels {
		l.levels[i] = level{format: "none", restart: -1}
	}
	for kid := range n.Children() {
		if i := levelIndex(kid); kid.Name == "w:lvl" && i >= 0 {
			l.levels[i] = readLevel(kid)
		}
	}
	nb.lists[id] = l
	if style := n.Child("w:styleLink").Attr("w:val"); style != "" {
		nb.byStyle[style] = id
	}
}

func levelIndex(n *markup.Node) int {
	i, err := strconv.Atoi(n.Attr("w:ilvl"))
	if err != nil || i < 0 || i >= levels {
		return -1
	}
	return i
}

func readLevel(n *markup.Node) level {
	format := n.Child("w:numFmt")
	return level{
		start:   number(n.Child("w:start"), 0),
		format:  format.Attr("w:val"),
		text:    n.Child("w:lvlText").Attr("w:val"),
		restart: number(n.Child("w:lvlRestart"), -1),
		legal:   isOn(n.Child("w:isLgl")),
		style:   n.Child("w:pStyle").Attr("w:val"),
		hidden:  isOn(n.Child("w:rPr", "w:vanish")),
		font:    n.Child("w:rPr", "w:rFonts").Attr("w:ascii"),
	}
}

func readUse(n *markup.Node) *use {
	u := &use{list: n.Child("w:abstractNumId").Attr("w:val"), levels: map[int]level{}, starts: map[int]int{}}
	for kid := range n.Children() {
		i := levelIndex(kid)
		if kid.Name != "w:lvlOverride" || i < 0 {
			continue
		}
		if lvl := kid.Child("w:lvl"); lvl != nil {
			u.levels[i] = readLevel(lvl)
		}
		if start := kid.Child("w:startOverride"); start != nil {
			u.starts[i] = number(start, 0)
		}
	}
	return u
}

// number returns the automatic number of a paragraph, and counts it. Word counts
// an empty paragraph too, but its number says nothing.
func (r *reader) number(properties *markup.Node, style string, hasText bool) string {
	id, at, ok := r.numberedBy(properties, style)
	if !ok {
		return ""
	}
	number := r.numbers.next(&r.styles, id, at)
	if !hasText {
		return ""
	}
	return number
}

// numberedBy returns the list and level of a paragraph: its own, or those of its
// style (17.9.23).
func (r *reader) numberedBy(properties *markup.Node, style string) (id string, at int, ok bool) {
	own := properties.Child("w:numPr")
	id = own.Child("w:numId").Attr("w:val")
	at = number(own.Child("w:ilvl"), -1)
	if id == "" {
		if r.styles.byID[style] == nil {
			style = r.styles.fallback
		}
		r.styles.chain(style, func(st *styleDef) bool {
			n := st.pPr.Child("w:numPr")
			id = n.Child("w:numId").Attr("w:val")
			if id == "" {
				return false
			}
			if at < 0 {
				at = r.numbers.levelOf(&r.styles, id, st.id, number(n.Child("w:ilvl"), 0))
			}
			return true
		})
	}
	at = max(at, 0)
	return id, at, id != "" && id != "0" && at < levels
}

// levelOf returns the level that stands for a paragraph style, or otherwise.
func (nb *numbering) levelOf(s *styles, id, style string, otherwise int) int {
	u := nb.uses[id]
	if l := nb.listOf(s, u); l != nil {
		for i := range l.levels {
			if l.levels[i].style == style {
				return i
			}
		}
	}
	return otherwise
}

// listOf returns the list of a use. Some lists only name the numbering style
// that has the real one (17.9.21).
func (nb *numbering) listOf(s *styles, u *use) *list {
	for range 4 {
		if u == nil {
			return nil
		}
		l := nb.lists[u.list]
		if l == nil || l.styleLink == "" {
			return l
		}
		if id, ok := nb.byStyle[l.styleLink]; ok && nb.lists[id].styleLink == "" {
			return nb.lists[id]
		}
		st := s.byID[l.styleLink]
		if st == nil {
			return nil
		}
		u = nb.uses[st.pPr.Child("w:numPr", "w:numId").Attr("w:val")]
	}
	return nil
}

// next counts one more at a level and returns the number as shown.
func (nb *numbering) next(s *styles, id string, at int) string {
	u := nb.uses[id]
	l := nb.listOf(s, u)
	if l == nil {
		return ""
	}
	c := nb.counters[l]
	if c == nil {
		c = &counter{}
		nb.counters[l] = c
	}
	if !u.begun {
		u.begun = true
		for i := range u.starts {
			c.set[i] = false
		}
	}
	c.step(at, func(i int) level { return u.level(l, i) })
	return shown(c, at, func(i int) level { return u.level(l, i) })
}

// level returns how a level looks in this use, and where it begins.
func (u *use) level(l *list, i int) level {
	lvl, changed := u.levels[i]
	if !changed {
		lvl = l.levels[i]
	}
	if start, ok := u.starts[i]; ok {
		lvl.start = start
	}
	return lvl
}

// step counts one more at a level; the levels below begin again, unless they
// say otherwise (17.9.10).
func (c *counter) step(at int, look func(int) level) {
	if c.set[at] {
		c.n[at]++
	} else {
		c.n[at], c.set[at] = look(at).start, true
	}
	for i := range levels {
		if i < at && !c.set[i] {
			c.n[i] = look(i).start
		}
		if restart := look(i).restart; i > at && (restart < 0 || at < restart) {
			c.set[i] = false
		}
	}
}

// shown returns the number at a level: its text, with the numbers of the levels
// put in.
func shown(c *counter, at int, look func(int) level) string {
	lvl := look(at)
	switch {
	case lvl.hidden:
		return ""
	case lvl.format == "bullet":
		return bullet(lvl.text, lvl.font)
	}
	text := lvl.text
	for i := range levels {
		place := "%" + strconv.Itoa(i+1)
		if !strings.Contains(text, place) {
			continue
		}
		format := look(i).format
		if lvl.legal {
			format = "decimal"
		}
		text = strings.ReplaceAll(text, place, numeral(format, c.n[i]))
	}
	return text
}
