package docx

import (
	"strings"

	"jianbao/bulletin/intake/flow"
	"jianbao/bulletin/intake/markup"
)

// A reader writes the blocks of one story: the body, a text box, a cell, a note.
type reader struct {
	*document
	w *flow.Writer

	// carry is the text of a paragraph whose mark was deleted or hidden: it
	// belongs to the next one (17.13.5.15).
	carry  []flow.Span
	fields []field
}

// into returns a reader for a story inside this one.
func (r *reader) into(w *flow.Writer) *reader {
	return &reader{document: r.document, w: w}
}

// block writes one child of a body, cell or text box.
func (r *reader) block(n *markup.Node) {
	switch n.Name {
	case "w:p":
		r.paragraph(n)
	case "w:tbl":
		r.endBlocks()
		r.table(n)
	case "mc:AlternateContent":
		r.blocks(choice(n))
	case "w:sdt":
		if !r.placeholder(n) {
			r.blocks(n.Child("w:sdtContent"))
		}
	case "w:altChunk":
		r.w.Note(chunkLeft.With())
	case "w:sectPr", "w:tcPr", "w:sdtPr", "w:del", "w:moveFrom", "":
	default:
		r.blocks(n)
	}
}

func (r *reader) blocks(n *markup.Node) {
	for kid := range n.Children() {
		r.block(kid)
	}
}

// story writes all blocks of a node.
func (r *reader) story(n *markup.Node) {
	r.blocks(n)
	r.endBlocks()
}

// endBlocks writes what waits for a paragraph that does not come.
func (r *reader) endBlocks() {
	if len(r.carry) > 0 {
		r.w.Paragraph(flow.Paragraph{Spans: r.carry})
		r.carry = nil
	}
}

// choice returns what a program that knows the newer markup shows; the fallback
// holds the same once more (29500-3 7.6).
func choice(n *markup.Node) *markup.Node {
	if c := n.Child("mc:Choice"); c != nil {
		return c
	}
	return n.Child("mc:Fallback")
}

// placeholder reports whether a content control still asks to be filled in.
func (r *reader) placeholder(n *markup.Node) bool {
	if !isOn(n.Child("w:sdtPr", "w:showingPlcHdr")) {
		return false
	}
	r.w.Note(placeholderLeft.With(quote(n.Child("w:sdtContent").Content())))
	return true
}

// table writes a table. One of a single column only frames its paragraphs, and
// a row that holds tables only arranges them; the rows between such rows are
// tables of their own.
func (r *reader) table(n *markup.Node) {
	rows := tableRows(n, nil)
	single := oneColumn(rows)
	for from := 0; from < len(rows); {
		to := from
		for to < len(rows) && !single && !rows[to].frames() {
			to++
		}
		if to > from {
			r.rows(rows[from:to], from == 0)
			from = to
			continue
		}
		for _, cell := range rows[from].cells {
			r.into(r.w).story(cell)
		}
		from++
	}
}

// rows writes rows as one table; top says that the table begins with them.
func (r *reader) rows(rows []row, top bool) {
	t := flow.Table{Header: top && isOn(rows[0].properties.Child("w:tblHeader"))}
	for _, row := range rows {
		cells := padding(row.properties.Child("w:gridBefore"))
		for _, cell := range row.cells {
			cells = append(cells, r.cell(cell))
		}
		t.Rows = append(t.Rows, cells)
	}
	r.w.Table(t)
}

func (r *reader) cell(n *markup.Node) flow.Cell {
	c := flow.Cell{Span: number(n.Child("w:tcPr", "w:gridSpan"), 1)}
	if merge := n.Child("w:tcPr", "w:vMerge"); merge != nil && merge.Attr("w:val") != "restart" {
		return c // it shows the cell above
	}
	w := r.w.Cell()
	r.into(w).story(n)
	c.Text = strings.TrimSpace(w.Text())
	return c
}

// padding is the empty grid before a row that begins further right (17.4.15).
func padding(before *markup.Node) []flow.Cell {
	if n := number(before, 0); n > 0 {
		return []flow.Cell{{Span: n}}
	}
	return nil
}

// A row is one row of a table; its cells may lie in content controls.
type row struct {
	properties *markup.Node
	cells      []*markup.Node
}

func tableRows(n *markup.Node, rows []row) []row {
	for kid := range n.Children() {
		switch kid.Name {
		case "w:tr":
			properties := kid.Child("w:trPr")
			if properties.Child("w:del") == nil {
				rows = append(rows, row{properties, tableCells(kid, nil)})
			}
		case "w:sdt", "w:sdtContent", "w:customXml", "w:ins":
			rows = tableRows(kid, rows)
		}
	}
	return rows
}

func tableCells(n *markup.Node, cells []*markup.Node) []*markup.Node {
	for kid := range n.Children() {
		switch kid.Name {
		case "w:tc":
			cells = append(cells, kid)
		case "w:sdt", "w:sdtContent", "w:customXml":
			cells = tableCells(kid, cells)
		}
	}
	return cells
}

func oneColumn(rows []row) bool {
	for _, row := range rows {
		if len(row.cells) > 1 {
			return false
		}
	}
	return true
}

// frames reports whether a row holds tables itself.
func (r row) frames() bool {
	for _, cell := range r.cells {
		if cell.Child("w:tbl") != nil {
			return true
		}
	}
	return false
}
