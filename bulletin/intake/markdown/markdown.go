// Package markdown reads markdown (CommonMark 0.31 with the tables of GitHub).
//
// Headings, paragraphs, quotations and items of lists become lines, items with
// their number or mark; line breaks inside a paragraph go, as in print, unless
// they are hard. A paragraph that begins in bold has a lead. Links become their
// text; pictures are only named in a note, since their bytes are elsewhere.
// HTML is read as a page.
package markdown

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"jianbao/bulletin/intake/flow"
	"jianbao/bulletin/intake/page"
	"jianbao/fault"
)

// The limits of markdown: bytes in all, marks in one line that may open
// something, and how many lists and quotations one line opens. The library takes
// time beyond linear in them.
const (
	maxSource = 1 << 20
	maxOpen   = 100
	maxNested = 32
)

var (
	tooLarge = fault.Say("intake.markdown-too-large", "Markdown 文件超过 %d MB：请改存为纯文本（.txt）后导入", "the markdown has more than %d MB: save it as plain text (.txt) and bring that")
	tooDeep  = fault.Say("intake.markdown-too-deep", "第 %d 行有过多的标记符号，不像文稿：请改存为纯文本（.txt）后导入", "line %d has more marks than any text: save the file as plain text (.txt) and bring that")
)

var parser = goldmark.New(goldmark.WithExtensions(extension.Table, extension.Strikethrough)).Parser()

// Read writes what markdown says. The error is a fault.Invalid.
func Read(source string, w *flow.Writer) error {
	if len(source) > maxSource {
		return fault.New(fault.Invalid, tooLarge.With(maxSource>>20))
	}
	if line := overmarked(source); line > 0 {
		return fault.New(fault.Invalid, tooDeep.With(line))
	}
	data := []byte(source)
	r := &reader{source: data, w: w}
	r.blocks(parser.Parse(text.NewReader(data)), "")
	return w.Full()
}

// overmarked returns the first line with more opening marks than any text has,
// or 0.
func overmarked(source string) int {
	n := 0
	for line := range strings.SplitSeq(source, "\n") {
		n++
		marks := 0
		for i := range len(line) {
			if strings.IndexByte("[*_>`<!~", line[i]) >= 0 {
				marks++
			}
		}
		if marks > maxOpen || opening(line) > maxNested {
			return n
		}
	}
	return 0
}

// opening counts the lists and quotations that a line opens inside each other.
func opening(line string) int {
	n := 0
	for i := 0; i+1 < len(line) && strings.IndexByte("-+*>.)0123456789 \t", line[i]) >= 0; i++ {
		if strings.IndexByte("-+*>.)", line[i]) >= 0 && (line[i+1] == ' ' || line[i+1] == '\t') {
			n++
		}
	}
	return n
}

type reader struct {
	source []byte
	w      *flow.Writer
}

// blocks writes the blocks inside a node; number stands before the first.
func (r *reader) blocks(n ast.Node, number string) {
	for kid := n.FirstChild(); kid != nil; kid = kid.NextSibling() {
		r.block(kid, number)
		number = ""
	}
}

func (r *reader) block(n ast.Node, number string) {
	switch n := n.(type) {
	case *ast.List:
		r.list(n)
	case *ast.Heading:
		r.w.Paragraph(flow.Paragraph{Number: number, Spans: r.spans(n), Heading: true})
	case *ast.Paragraph, *ast.TextBlock:
		r.w.Paragraph(flow.Paragraph{Number: number, Spans: r.spans(n)})
	case *ast.CodeBlock, *ast.FencedCodeBlock:
		r.w.Paragraph(flow.Paragraph{Number: number, Spans: []flow.Span{{Text: strings.TrimRight(r.lines(n), "\n")}}, Heading: true})
	case *ast.HTMLBlock:
		r.html(r.lines(n))
	case *extast.Table:
		r.table(n)
	case *ast.ThematicBreak:
	default:
		r.blocks(n, number)
	}
}

func (r *reader) list(n *ast.List) {
	i := n.Start
	for item := n.FirstChild(); item != nil; item = item.NextSibling() {
		number := "●"
		if n.IsOrdered() {
			number = strconv.Itoa(i) + string(n.Marker)
			i++
		}
		r.blocks(item, number)
	}
}

func (r *reader) lines(n ast.Node) string {
	var b strings.Builder
	for i := range n.Lines().Len() {
		segment := n.Lines().At(i)
		b.Write(segment.Value(r.source))
	}
	return b.String()
}

func (r *reader) html(source string) {
	if _, err := page.Read(source, r.w); err != nil {
		r.w.Paragraph(flow.Paragraph{Spans: []flow.Span{{Text: source}}, Heading: true})
	}
}

func (r *reader) table(n *extast.Table) {
	t := flow.Table{Header: true}
	for row := n.FirstChild(); row != nil; row = row.NextSibling() {
		var cells []flow.Cell
		for cell := row.FirstChild(); cell != nil; cell = cell.NextSibling() {
			var b strings.Builder
			for _, s := range r.spans(cell) {
				b.WriteString(s.Text)
			}
			cells = append(cells, flow.Cell{Text: b.String()})
		}
		t.Rows = append(t.Rows, cells)
	}
	r.w.Table(t)
}

// spans returns the text of a paragraph.
func (r *reader) spans(n ast.Node) []flow.Span {
	var spans []flow.Span
	add := func(text string, bold bool) {
		if last := len(spans) - 1; last >= 0 && spans[last].Bold == bold {
			spans[last].Text += text
			return
		}
		spans = append(spans, flow.Span{Text: text, Bold: bold})
	}
	r.inline(n, false, add)
	return spans
}

func (r *reader) inline(n ast.Node, bold bool, add func(string, bool)) {
	for kid := n.FirstChild(); kid != nil; kid = kid.NextSibling() {
		switch kid := kid.(type) {
		case *ast.Text:
			add(r.plain(kid)+r.lineEnd(kid), bold)
		case *ast.String:
			add(string(kid.Value), bold)
		case *ast.AutoLink:
			add(string(kid.Label(r.source)), bold)
		case *ast.Image:
			r.w.Note(flow.PictureGone.With(string(kid.Destination)))
		case *ast.RawHTML:
			if tag := string(kid.Segments.Value(r.source)); strings.HasPrefix(strings.ToLower(tag), "<br") {
				add("\n", bold)
			}
		case *ast.Emphasis:
			r.inline(kid, bold || kid.Level == 2, add)
		default:
			r.inline(kid, bold, add)
		}
	}
}

// plain returns a text with its escapes and entities resolved. Code has none.
func (r *reader) plain(n *ast.Text) string {
	raw := n.Segment.Value(r.source)
	if n.Parent().Kind() == ast.KindCodeSpan {
		return string(raw)
	}
	return string(util.ResolveEntityNames(util.ResolveNumericReferences(util.UnescapePunctuations(raw))))
}

// lineEnd returns what a line of the source ends with in print: a space, but none
// between Chinese characters, and a line where the break is hard.
func (r *reader) lineEnd(n *ast.Text) string {
	switch {
	case n.HardLineBreak():
		return "\n"
	case !n.SoftLineBreak():
		return ""
	}
	last, _ := utf8.DecodeLastRune(n.Segment.Value(r.source))
	if unicode.Is(unicode.Han, last) || last >= 0x3000 && last <= 0x303f || last >= 0xff00 && last <= 0xffef {
		return ""
	}
	return " "
}
