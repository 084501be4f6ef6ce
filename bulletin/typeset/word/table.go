package word

import (
	"unicode/utf8"

	"jianbao/bulletin"
)

// table writes a table of the text, as wide as the type area, its columns by
// what stands in them. A header row is set again on every page.
func (m *maker) table(t bulletin.Table) {
	if len(t.Rows) == 0 || len(t.Rows[0]) == 0 {
		return
	}
	widths := columns(t.Rows, m.g.measure)
	m.raw(`<w:tbl><w:tblPr><w:tblW w:w="%d" w:type="dxa"/><w:tblBorders>`, m.g.measure)
	for _, side := range []string{"top", "left", "bottom", "right", "insideH", "insideV"} {
		m.raw(`<w:%s w:val="single" w:sz="4" w:space="0" w:color="000000"/>`, side)
	}
	m.WriteString(`</w:tblBorders><w:tblLayout w:type="fixed"/>` +
		`<w:tblCellMar><w:top w:w="40" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="40" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr>`)
	m.grid(widths)
	for i, row := range t.Rows {
		header := t.Header && i == 0
		m.WriteString(`<w:tr><w:trPr><w:cantSplit/>`)
		if header {
			m.WriteString(`<w:tblHeader/>`)
		}
		m.WriteString(`</w:trPr>`)
		for column, cell := range row {
			m.cell(widths[column], cell, header)
		}
		m.WriteString(`</w:tr>`)
	}
	m.WriteString(`</w:tbl>`)
	m.anchor() // two tables that follow one another would become one
}

func (m *maker) grid(widths []int) {
	m.WriteString(`<w:tblGrid>`)
	for _, w := range widths {
		m.raw(`<w:gridCol w:w="%d"/>`, w)
	}
	m.WriteString(`</w:tblGrid>`)
}

func (m *maker) cell(width int, text string, header bool) {
	m.raw(`<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>`, width)
	if header {
		m.open(tableText, `<w:keepNext/><w:jc w:val="center"/>`)
		m.run(leadRun, text)
	} else {
		m.open(tableText, "")
		m.run("", text)
	}
	m.close()
	m.WriteString(`</w:tc>`)
}

// anchor writes a paragraph that takes no room.
func (m *maker) anchor() {
	m.open(tiny, "")
	m.close()
}

// columns shares out the measure by the longest cell of each column; a column
// has at least half of an equal share.
func columns(rows [][]string, measure int) []int {
	longest := make([]int, len(rows[0]))
	sum := 0
	for c := range longest {
		for _, row := range rows {
			longest[c] = max(longest[c], min(40, utf8.RuneCountInString(row[c])))
		}
		longest[c]++
		sum += longest[c]
	}
	widths := make([]int, len(longest))
	left := measure
	for c, n := range longest {
		equal := measure / len(longest)
		widths[c] = equal/2 + (measure-equal/2*len(longest))*n/sum
		left -= widths[c]
	}
	widths[len(widths)-1] += left
	return widths
}
