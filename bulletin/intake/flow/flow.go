// Package flow is where the readers of Word files, pages and markdown meet: each
// of them finds paragraphs, tables and pictures, and this package writes them as
// the text that package bulletin parses.
//
//	var w flow.Writer
//	w.Paragraph(flow.Paragraph{Spans: spans}) // one line, or more where it has breaks
//	w.Table(table)                            // rows between bars, or plain lines
//	w.Picture(caption, name)                  // ![caption](name)
//	text := w.Text()
//
// It knows two rules of how offices write. A paragraph whose beginning alone is
// bold has a run-in lead: **导语。**正文. And a table need not be one: tables of one
// column, tables that hold tables, and those that only put the words of the head
// or the tail beside each other are layout, and become the lines they look like.
package flow

import (
	"crypto/sha256"
	"fmt"
	"strings"
	"unicode"

	"jianbao/bulletin"
	"jianbao/fault"
)

// A Paragraph is one paragraph. Number is its automatic number (一、) or bullet,
// which a program showed and no span holds. Heading says that its style makes
// it a heading, so that it has no lead.
type Paragraph struct {
	Number  string
	Spans   []Span
	Heading bool
}

// A Span is text of one weight. LF in it is a line break.
type Span struct {
	Text string
	Bold bool
}

// A Writer collects the text of a draft. The zero Writer is ready.
type Writer struct {
	// Notes say what the reader left out or put in other words.
	Notes []fault.Reason
	// Apart are words that do not stand in the run of the text: text boxes,
	// page headers, cells of the head. A label of state secrets is looked for
	// in each by itself.
	Apart []string
	// Pictures are what the picture lines name, in their order.
	Pictures []Picture

	noted map[string]bool              // what Notes has
	root  *Writer                      // of the whole draft, where this one writes a cell
	kept  map[[sha256.Size]byte]string // names by content
	stems map[string]int               // how often a name was asked for
	blank bool                         // the last line is blank, or none was written
	out   strings.Builder
	n     int
	body  bool // a line was written that cannot be part of a head
}

// Text returns what was written.
func (w *Writer) Text() string { return w.out.String() }

// Cell returns a writer for the text of one cell. What is written into it
// counts for the draft; its pictures and notes are the draft's.
func (w *Writer) Cell() *Writer { return &Writer{root: w.draft()} }

func (w *Writer) draft() *Writer {
	if w.root != nil {
		return w.root
	}
	return w
}

// longestBeside bounds, in bytes, what is kept of words apart: a label stands at
// their beginning.
const longestBeside = 2048

// Beside tells of words that do not stand in the run of the text.
func (w *Writer) Beside(words string) {
	d := w.draft()
	d.Apart = append(d.Apart, words[:min(len(words), longestBeside)])
}

// Aside calls write, and tells of the lines it writes as words apart: those of a
// text box.
func (w *Writer) Aside(write func()) {
	from := w.out.Len()
	write()
	w.Beside(w.out.String()[from:])
}

// Full returns a fault.Invalid once the draft is longer than any bulletin.
func (w *Writer) Full() error {
	if w.draft().n <= MaxLines {
		return nil
	}
	return fault.New(fault.Invalid, TooLong.With(MaxLines))
}

// MaxLines is the most lines a draft has.
const MaxLines = 50_000

// TooLong is said of a draft with more lines.
var TooLong = fault.Say("intake.too-long", "全文超过 %d 段：一个文件请只放一期简报", "the text has more than %d paragraphs: put one bulletin into a file")

// mostNotes bounds the notes of one draft: nobody reads more.
const mostNotes = 100

// Note adds a note, once.
func (w *Writer) Note(note fault.Reason) {
	w = w.draft()
	if len(w.Notes) == mostNotes {
		return
	}
	key := fmt.Sprint(note.Key, note.Args)
	if w.noted[key] {
		return
	}
	if w.noted == nil {
		w.noted = map[string]bool{}
	}
	w.noted[key] = true
	w.Notes = append(w.Notes, note)
}

// Paragraph writes a paragraph.
func (w *Writer) Paragraph(p Paragraph) {
	if number := numbered(p); number != "" {
		p.Spans = append([]Span{{Text: number, Bold: len(p.Spans) > 0 && p.Spans[0].Bold}}, p.Spans...)
	}
	if lead, rest := lead(p); lead != "" {
		w.lines("**" + lead + "**" + rest)
		return
	}
	w.lines(guard(text(p.Spans)))
}

// Picture writes the line of a picture.
func (w *Writer) Picture(caption, name string) {
	caption = strings.NewReplacer("[", "（", "]", "）", "(", "（", ")", "）").Replace(caption)
	w.lines(bulletin.Picture{Caption: strings.TrimSpace(Clean(caption)), Name: name}.Paragraph())
}

// lines writes lines. Blank ones are layout: of several only one is written.
func (w *Writer) lines(text string) {
	for line := range strings.SplitSeq(text, "\n") {
		w.draft().n++
		line = strings.TrimRightFunc(line, unicode.IsSpace)
		if line == "" && (w.blank || w.out.Len() == 0) {
			continue
		}
		w.blank = line == ""
		w.out.WriteString(line)
		w.out.WriteByte('\n')
		w.body = w.body || isBody(line)
	}
}

// numbered returns the number as it stands before the text: close to it, but
// for digits that would run into those of the text.
func numbered(p Paragraph) string {
	number := strings.TrimSpace(p.Number)
	if number == "" {
		return ""
	}
	body := strings.TrimSpace(text(p.Spans))
	if body == "" {
		return ""
	}
	last := lastRune(number)
	if last < 0x80 || unicode.IsDigit(last) || unicode.Is(unicode.So, last) {
		if first := body[0]; first < 0x80 || last != '.' && last != ')' {
			return number + " "
		}
	}
	return number
}

func text(spans []Span) string { return Clean(raw(spans)) }

// guard keeps text that only happens to look like this format from being read
// as such.
func guard(text string) string {
	if strings.HasPrefix(text, "**") || strings.HasPrefix(text, "![") {
		return "¶" + text
	}
	return text
}

// isBody reports whether a line cannot stand in the head of a bulletin.
func isBody(line string) bool {
	return strings.Contains(line, "。") || strings.Contains(line, "【") || len(line) > 40*3
}

// Clean takes out of a text what is not seen on paper: soft hyphens and
// zero-width marks, and puts plain spaces for no-break ones and for control
// characters.
func Clean(text string) string {
	if !strings.ContainsFunc(text, unclean) {
		return text
	}
	return strings.Map(func(r rune) rune {
		switch {
		case !unclean(r):
			return r
		case r == '\u00a0', unicode.IsControl(r):
			return ' '
		case r == '\u2028', r == '\u2029':
			return '\n'
		}
		return -1
	}, text)
}

func unclean(r rune) bool {
	switch r {
	case '\n', '\t':
		return false
	case '\u00a0', '\u00ad', '\u200b', '\u200e', '\u200f', '\u2028', '\u2029', '\u2060', '\ufeff':
		return true
	}
	return unicode.IsControl(r)
}
