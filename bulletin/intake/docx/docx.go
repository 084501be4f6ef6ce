// Package docx reads WordprocessingML (ISO/IEC 29500-1 clause 17, transitional
// and strict) as Word, WPS and LibreOffice write it.
//
//	file, err := zipped.Open(data)
//	part := docx.Main(file)                      // "" if this is no Word document
//	properties, err := docx.Read(file, part, &w) // w is a *flow.Writer
//
// # What becomes text
//
// What a reader of the printed document sees. Automatic numbers are written out
// as Word counts them; fields show their last result; tracked insertions are
// text and tracked deletions are not; text boxes and WordArt become lines before
// the paragraph that holds them, or behind it if its text comes first; pictures
// become lines with their bytes. Whether a character is bold, or in a black face
// (黑体), is followed through runs, styles and defaults, since that is how the
// leads of items are set.
//
// # What does not
//
// Page headers and footers, page numbers, comments, hidden text, deleted text,
// charts and embedded objects are left out, each with a note where it held
// words. Notes at the foot of the page stand at the end, under 附：注释.
package docx

import (
	"errors"
	"maps"
	"path"
	"slices"
	"strings"

	"jianbao/bulletin/intake/flow"
	"jianbao/bulletin/intake/markup"
	"jianbao/bulletin/intake/zipped"
	"jianbao/fault"
)

var (
	unreadable = fault.Say("intake.docx-unreadable", "Word 文档已损坏或结构不正常，不能读取：请用 Word 或 WPS 打开，另存为新的 .docx 后再导入", "the Word document is damaged or not put together as it should be: open it in Word or WPS, save it as a new .docx and bring that")
	badPart    = fault.Say("intake.docx-bad-part", "内部文件“%s”不是完整的 XML", "its part “%s” is no complete XML")
	withDTD    = fault.Say("intake.docx-dtd", "内部文件“%s”带有文档类型声明，Word 不会写出这样的文件", "its part “%s” has a document type declaration, which Word never writes")
	tooComplex = fault.Say("intake.docx-complex", "内部文件“%s”的嵌套太深或元素太多", "its part “%s” is nested too deeply or has too many elements")
	noBody     = fault.Say("intake.docx-no-body", "内部文件“%s”没有正文", "its part “%s” holds no document")
)

// A relation is one line of a .rels part: what it leads to, and whether that is
// outside of the file.
type relation struct {
	kind     string // the last word of its type
	target   string
	external bool
}

// Main returns the name of the part that holds the document, a workbook or a
// presentation, or "" if the container is none of them.
func Main(file *zipped.File) string {
	d := &document{file: file}
	for _, r := range sorted(d.relations("")) {
		if r.kind == "officeDocument" && !r.external {
			return r.target
		}
	}
	return ""
}

// Read writes the text of a document and returns what it says about itself. Part
// is what Main returned. The error is a fault.Invalid.
func Read(file *zipped.File, part string, w *flow.Writer) (properties []string, err error) {
	d := &document{file: file, part: part, notes: map[string]int{}, pictures: map[string]string{}}
	for _, step := range []func() error{d.readRelations, d.readStyles, d.readNumbering, d.readNotes} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	if err := d.body(w); err != nil {
		return nil, err
	}
	if err := d.margins(w); err != nil {
		return nil, err
	}
	return d.properties()
}

// A document is one that is being read.
type document struct {
	file    *zipped.File
	part    string
	rels    map[string]relation
	styles  styles
	numbers numbering
	notes   map[string]int // number of a note, by kind and id, in the order of the text
	texts   map[string]*markup.Node
	order   []string
	left    leftOut
	// pictures are the names that the pictures have in the draft, by part.
	pictures map[string]string
}

// tree reads a part, or returns nil if there is none.
func (d *document) tree(part string) (*markup.Node, error) {
	data, err := d.file.Part(part)
	if err != nil || data == nil {
		return nil, err
	}
	n, err := markup.Parse(data)
	return n, refuse(part, err)
}

// refuse says what is wrong with a part. An error that is a refusal already
// stays one.
func refuse(part string, err error) error {
	if err == nil || fault.As(err) != nil {
		return err
	}
	sentence := badPart
	switch {
	case errors.Is(err, markup.ErrDTD):
		sentence = withDTD
	case errors.Is(err, markup.ErrDepth), errors.Is(err, markup.ErrMany):
		sentence = tooComplex
	}
	return fault.New(fault.Invalid, unreadable.With(), sentence.With(part)).Because(err)
}

// relations returns the relations of a part by id; part "" is the container. A
// broken list of relations is none.
func (d *document) relations(part string) map[string]relation {
	dir, name := path.Split(part)
	root, err := d.tree(dir + "_rels/" + name + ".rels")
	if err != nil || root == nil {
		return nil
	}
	rels := map[string]relation{}
	for n := range root.Children() {
		if n.Name != "rel:Relationship" {
			continue
		}
		r := relation{kind: path.Base(n.Attr("Type")), target: n.Attr("Target"), external: n.Attr("TargetMode") == "External"}
		if !r.external {
			r.target = resolve(dir, r.target)
		}
		rels[n.Attr("Id")] = r
	}
	return rels
}

// resolve returns the name of the part that a target means, seen from a folder.
func resolve(dir, target string) string {
	if !strings.HasPrefix(target, "/") {
		target = path.Join("/", dir, target)
	}
	return strings.TrimPrefix(path.Clean(target), "/")
}

func (d *document) readRelations() error {
	d.rels = d.relations(d.part)
	return nil
}

// related returns the part that a relation of this kind leads to, or "".
func (d *document) related(kind string) string {
	for _, r := range sorted(d.rels) {
		if r.kind == kind && !r.external {
			return r.target
		}
	}
	return ""
}

// sorted returns relations in the order of what they lead to, so that the same
// file always reads the same.
func sorted(rels map[string]relation) []relation {
	all := slices.Collect(maps.Values(rels))
	slices.SortFunc(all, func(a, b relation) int { return strings.Compare(a.target+a.kind, b.target+b.kind) })
	return slices.Compact(all)
}

// body reads the text, block by block.
func (d *document) body(w *flow.Writer) error {
	data, err := d.file.Part(d.part)
	if err != nil {
		return err
	}
	doc, err := markup.Open(data)
	if err != nil {
		return refuse(d.part, err)
	}
	if doc.Name != "w:document" {
		return fault.New(fault.Invalid, unreadable.With(), noBody.With(d.part))
	}
	r := &reader{document: d, w: w}
	err = doc.Each("w:body", func(n *markup.Node) error {
		r.block(n)
		return w.Full()
	})
	if err != nil {
		return refuse(d.part, err)
	}
	r.endBlocks()
	r.appendNotes()
	d.left.report(w)
	return w.Full()
}
