package docx

import (
	"fmt"
	"strings"

	"jianbao/bulletin/intake/flow"
	"jianbao/bulletin/intake/markup"
	"jianbao/fault"
)

var (
	revisionsTaken  = fault.Say("intake.docx-revisions", "文档带有修订：插入的已采用（%d 处），删除的已略去（%d 处）", "the document has tracked changes: what was inserted was taken (%d places), what was deleted was left out (%d places)")
	hiddenLeft      = fault.Say("intake.docx-hidden", "有隐藏文字，已略去：“%s”", "hidden text was left out: “%s”")
	struckKept      = fault.Say("intake.docx-struck", "有带删除线的文字，已作为正文保留：如要删去，请在稿中删除", "text that is struck through was kept as text: delete it if it is meant to go")
	rubyLeft        = fault.Say("intake.docx-ruby", "文字上方的注音已略去", "the readings above characters were left out")
	commentsLeft    = fault.Say("intake.docx-comments", "有 %d 条批注，已略去：其中要采用的请先改入正文", "%d comments were left out: work into the text what is to be taken from them")
	marginLeft      = fault.Say("intake.docx-margin", "页眉、页脚中有正文没有的文字，已略去：“%s”", "the header or footer of the pages says what the text does not, and was left out: “%s”")
	notesAppended   = fault.Say("intake.docx-notes", "有 %d 条脚注、尾注，已列在文末", "%d footnotes and endnotes were put at the end of the text")
	placeholderLeft = fault.Say("intake.docx-placeholder", "有未填写的填写项，已略去：“%s”", "a field that was not filled in was left out: “%s”")
	chunkLeft       = fault.Say("intake.docx-chunk", "文档中嵌有另一份文档，其文字已略去：请打开后另存一次，再导入", "another document is embedded, and its text was left out: open the file, save it once more and bring that")
	chartLeft       = fault.Say("intake.docx-chart", "图表、示意图“%s”已略去：请把它存为图片后重新插入", "the chart or diagram “%s” was left out: save it as a picture and put that in")
	objectLeft      = fault.Say("intake.docx-object", "嵌入的对象（%s）已略去：请把它存为图片后重新插入，或把内容写入正文", "an embedded object (%s) was left out: put a picture of it in, or write what it says into the text")
	equationRead    = fault.Say("intake.docx-equation", "公式已改写为一行文字，请核对：“%s”", "an equation was written on one line, please check it: “%s”")
	symbolUnknown   = fault.Say("intake.docx-symbol", "有一个符号（字体 %s，编码 %s）不能识别，已用“〓”代替，请改正", "a symbol (font %s, code %s) is unknown and stands as “〓”: put the right one")
)

// leftOut is what was met while reading, to be told once at the end.
type leftOut struct {
	inserted, deleted int
	hidden            []string // by paragraph
	struck, ruby      bool
}

// report notes what was left out.
func (l *leftOut) report(w *flow.Writer) {
	if l.inserted+l.deleted > 0 {
		w.Note(revisionsTaken.With(l.inserted, l.deleted))
	}
	for _, text := range l.hidden {
		w.Beside(text)
		w.Note(hiddenLeft.With(quote(text)))
	}
	if l.struck {
		w.Note(struckKept.With())
	}
	if l.ruby {
		w.Note(rubyLeft.With())
	}
}

// longestQuote bounds, in characters, what a note shows of a text.
const longestQuote = 20

func quote(text string) string {
	text = strings.Join(strings.Fields(flow.Clean(text)), " ")
	if runes := []rune(text); len(runes) > longestQuote {
		return string(runes[:longestQuote]) + "…"
	}
	return text
}

// noteKinds are the parts that hold notes, with the name of one note in them.
var noteKinds = map[string]string{"footnotes": "w:footnote", "endnotes": "w:endnote"}

// readNotes takes the footnotes and endnotes in, by kind and id.
func (d *document) readNotes() error {
	d.texts = map[string]*markup.Node{}
	for kind, name := range noteKinds {
		root, err := d.tree(d.related(kind))
		if err != nil {
			return err
		}
		for n := range root.Children() {
			if n.Name == name && (n.Attr("w:type") == "" || n.Attr("w:type") == "normal") {
				d.texts[name+n.Attr("w:id")] = n
			}
		}
	}
	return nil
}

// noteMark writes （注1） where a note is referred to.
func (p *paragraph) noteMark(n *markup.Node) {
	key := strings.TrimSuffix(n.Name, "Reference") + n.Attr("w:id")
	if p.texts[key] == nil || p.silenced() {
		return
	}
	if p.notes[key] == 0 {
		p.order = append(p.order, key)
		p.notes[key] = len(p.order)
	}
	p.text(fmt.Sprintf("（注%d）", p.notes[key]))
}

// appendNotes writes the notes below the text, as an annex.
func (r *reader) appendNotes() {
	if len(r.order) == 0 {
		return
	}
	line := func(text string) {
		r.w.Paragraph(flow.Paragraph{Spans: []flow.Span{{Text: text}}, Heading: true})
	}
	line("")
	line("附：注释")
	for i := 0; i < len(r.order); i++ { // a note may refer to another one
		w := r.w.Cell()
		r.into(w).story(r.texts[r.order[i]])
		line(fmt.Sprintf("注%d：%s", i+1, strings.Join(strings.Fields(w.Text()), " ")))
	}
	r.w.Note(notesAppended.With(len(r.order)))
}

// margins looks at what stands beside the text: page headers and footers, and
// comments.
func (d *document) margins(w *flow.Writer) error {
	body := squeeze(w.Text())
	for _, rel := range sorted(d.rels) {
		if rel.external {
			continue
		}
		switch rel.kind {
		case "header", "footer":
			text, err := d.margin(rel.target)
			if err != nil {
				return err
			}
			w.Beside(text)
			for line := range strings.SplitSeq(text, "\n") {
				if says(line) && !strings.Contains(body, squeeze(line)) {
					w.Note(marginLeft.With(quote(line)))
				}
			}
		case "comments":
			if err := d.comments(rel.target, w); err != nil {
				return err
			}
		}
	}
	return nil
}

func (d *document) margin(part string) (string, error) {
	root, err := d.tree(part)
	if err != nil || root == nil {
		return "", err
	}
	inner := *d
	inner.rels = d.relations(part)
	var w flow.Writer
	r := &reader{document: &inner, w: w.Cell()}
	r.blocks(root)
	r.endBlocks()
	return r.w.Text(), nil
}

func (d *document) comments(part string, w *flow.Writer) error {
	root, err := d.tree(part)
	if err != nil {
		return err
	}
	n := 0
	for kid := range root.Children() {
		if kid.Name == "w:comment" {
			n++
		}
	}
	if n > 0 {
		w.Note(commentsLeft.With(n))
	}
	return nil
}

// says reports whether a line has more than page numbers and what stands around
// them.
func says(line string) bool {
	return strings.Trim(squeeze(line), pageMarks+"0123456789") != "" && !strings.HasPrefix(line, "![")
}

// pageMarks stand around page numbers.
const pageMarks = "-—–·.第页共/|"

func squeeze(text string) string { return strings.Join(strings.Fields(text), "") }
