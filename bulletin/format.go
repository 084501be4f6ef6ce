package bulletin

import (
	"fmt"
	"strings"
)

// Format writes a document as the text that people edit, close to how offices
// write it. Parse(Format(d)) is d again, but for line numbers, for every bulletin
// d that Parse can return, and with any text in its paragraphs: where Parse would
// read something else than d has, the text says it outright, with a ¶ at the
// start of a line, asterisks around a lead, a marker, or a label in the head.
func Format(d Document) string {
	var rest writer
	rest.remark(d)
	rest.body(d)
	rest.tail(d)
	rest.annexes(d.Annexes)
	var w writer
	w.plainHead(d)
	if !headReads(w.String(), rest.String(), d) {
		w = writer{}
		w.labelledHead(d)
	}
	if w.Len() == 0 || rest.Len() == 0 {
		return w.String() + rest.String()
	}
	return w.String() + "\n" + rest.String()
}

// A writer writes paragraphs with a blank line between them.
type writer struct{ strings.Builder }

func (w *writer) line(s string) {
	if w.Len() > 0 {
		w.WriteByte('\n')
	}
	w.WriteString(s)
	w.WriteByte('\n')
}

func (w *writer) lineIf(s string) {
	if s != "" {
		w.line(s)
	}
}

// field writes a labelled line where there is something to say.
func (w *writer) field(label, value string) {
	if value != "" {
		w.line(label + "：" + value)
	}
}

// asLine is how a line would be read by itself.
func asLine(text string) line {
	l := line{raw: text}
	l.text, l.ends = unmark(clean(text))
	l.indent = indented(text)
	l.class()
	return l
}

// isPlain reports whether a paragraph, written as it is, is read as plain text
// wherever it stands.
func (d Document) isPlain(text string) bool {
	l := asLine(text)
	p := parser{doc: d}
	if _, _, number := plainNumber(text); number {
		return false // another bulletin could begin there
	}
	return l.kind == plain && l.text == text && l.bold == 0 && !l.fresh && !l.forced && !l.ends && !isRule(text) &&
		!p.isRunningHead(l) && !p.signs(l, false) && !p.signs(l, true)
}

// plainHead writes the head as offices print it.
func (w *writer) plainHead(d Document) {
	for _, s := range d.Extra {
		w.line(s)
	}
	w.lineIf(d.CopyNo)
	w.lineIf(d.Urgency)
	w.lineIf(d.Notice)
	w.lineIf(Spaced(d.Masthead))
	for _, s := range d.Number.lines() {
		w.line(s)
	}
	for _, o := range d.Organs {
		w.line(organLine(o))
	}
	for _, u := range d.Undertakers {
		w.field("承办", u)
	}
	w.lineIf(spacedDate(d.Date))
}

// labelledHead writes the head so that nothing in it has to be guessed.
func (w *writer) labelledHead(d Document) {
	for _, s := range d.Extra {
		w.field("报头附注", s)
	}
	w.field("份号", d.CopyNo)
	w.field("紧急程度", d.Urgency)
	w.lineIf(d.Notice)
	w.field("简报名称", d.Masthead)
	for _, s := range d.Number.lines() {
		w.field("期号", s)
	}
	for _, o := range d.Organs {
		w.field("主办", o)
	}
	for _, u := range d.Undertakers {
		w.field("承办", u)
	}
	w.field("日期", d.Date.Chinese())
}

// headReads reports whether a head, with the text that follows it, is read as
// the head of d and no line more.
func headReads(head, rest string, d Document) bool {
	const enough = 4 << 10 // of the rest: no head is deeper
	if i := strings.LastIndexByte(rest[:min(len(rest), enough)], '\n'); i > 0 {
		rest = rest[:i]
	}
	lines := read(head + "\n" + rest)
	p := &parser{lines: lines}
	next := p.head()
	p.check()
	if until := strings.Count(head, "\n"); next > 0 && lines[next-1].no > until && p.doc.Title == "" && !p.doc.Remark.Slot {
		return false
	} else if next < len(lines) && lines[next].no <= until {
		return false
	}
	got := p.doc
	same := got.Masthead == d.Masthead && equal(got.Organs, d.Organs) && equal(got.Undertakers, d.Undertakers) && equal(got.Extra, d.Extra) &&
		got.Date == d.Date && got.Urgency == d.Urgency && got.Notice == d.Notice && got.CopyNo == d.CopyNo
	want := d.Number
	if want.Kind == "" {
		want.Kind = Ordinary
	}
	return same && got.Number == want
}

func equal(a, b []string) bool { return strings.Join(a, "\n") == strings.Join(b, "\n") }

// organLine labels an organ that its name alone would not show to be one.
func organLine(name string) string {
	if isOrgan(name) && organName(name) == name {
		return name
	}
	return "主办：" + name
}

func spacedDate(d Date) string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%d 年 %d 月 %d 日", d.Year, d.Month, d.Day)
}

// remark writes the slot. Without a signature, a paragraph mark ends it.
func (w *writer) remark(d Document) {
	r := d.Remark
	if !r.Slot {
		return
	}
	lines := strings.Split(r.Text, "\n")
	for i := range lines[1:] {
		lines[i+1] = d.paragraph(lines[i+1])
	}
	if r.By != "" {
		w.line("领导批示：")
		lines[0] = d.paragraph(lines[0])
	} else {
		lines[0] = "领导批示：" + lines[0]
	}
	if r.By == "" && (r.Text != "" || d.Title != "" || len(d.Sections) > 0 && d.Sections[0].Name == "") {
		lines[len(lines)-1] += Mark
	}
	for _, l := range lines {
		w.lineIf(l)
	}
	if r.By != "" {
		w.line("\u3000\u3000\u3000\u3000" + r.By + "  " + strings.TrimPrefix(r.Date.Chinese(), "0年"))
	}
}

// paragraph marks a paragraph that would be read as something else.
func (d Document) paragraph(text string) string {
	if text == "" || d.isPlain(text) || isRow(text) || asLine(text).kind == picture {
		return text
	}
	return Mark + text
}
