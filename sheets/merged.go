package sheets

import (
	"bytes"
	"encoding/xml"
	"path"
	"regexp"
	"strings"

	"github.com/xuri/excelize/v2"

	"jianbao/recipients/table"
)

// mostMerged is how many lines merged ranges may cover together; what is beyond
// is read as it stands in the file, empty.
const mostMerged = 200_000

// A span is a merged range; lines and columns count from 1, both ends are of it.
type span struct {
	left, top, right, bottom int
	text                     string // of its first cell, once that was read
}

// merges are the merged ranges of a sheet, by the lines that they cover.
type merges map[int][]*span

// mergedRange is a range as it stands behind the cells (ECMA-376-1, 18.3.1.54).
var mergedRange = regexp.MustCompile(`<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]+[0-9]+):([A-Z]+[0-9]+)"`)

// mergesOf returns the merged ranges of a sheet. They are read from the part
// itself, since the library would make objects of every cell to tell them. A
// file whose parts are arranged otherwise has none.
func mergesOf(file *excelize.File, name string) merges {
	data := part(file, sheetPart(file, name))
	if at := bytes.LastIndex(data, []byte("sheetData")); at >= 0 {
		data = data[at:]
	}
	all, lines := merges{}, 0
	for _, m := range mergedRange.FindAllSubmatch(data, -1) {
		left, top, err := excelize.CellNameToCoordinates(string(m[1]))
		if err != nil {
			continue
		}
		right, bottom, err := excelize.CellNameToCoordinates(string(m[2]))
		if err != nil {
			continue
		}
		s := &span{left: left, top: top, right: min(right, MaxColumns), bottom: min(bottom, MaxRows)}
		if lines += s.bottom - s.top + 1; lines > mostMerged {
			break
		}
		for line := s.top; line <= s.bottom; line++ {
			all[line] = append(all[line], s)
		}
	}
	return all
}

// part returns a part of the package, nil if it is not there.
func part(file *excelize.File, name string) []byte {
	kept, _ := file.Pkg.Load(name)
	data, _ := kept.([]byte)
	return data
}

// sheetPart returns the name of the part of a sheet, by workbook and
// relationships (ECMA-376-1, 12.3.23); "" if they do not tell.
func sheetPart(file *excelize.File, name string) string {
	var book struct {
		Sheets []struct {
			Name string `xml:"name,attr"`
			ID   string `xml:"http://schemas.openxmlformats.org/officeDocument/2006/relationships id,attr"`
		} `xml:"sheets>sheet"`
	}
	var relations struct {
		All []struct {
			ID     string `xml:"Id,attr"`
			Target string `xml:"Target,attr"`
		} `xml:"Relationship"`
	}
	if xml.Unmarshal(part(file, "xl/workbook.xml"), &book) != nil || xml.Unmarshal(part(file, "xl/_rels/workbook.xml.rels"), &relations) != nil {
		return ""
	}
	for _, s := range book.Sheets {
		for _, r := range relations.All {
			if s.Name != name || r.ID != s.ID {
				continue
			}
			if whole, absolute := strings.CutPrefix(r.Target, "/"); absolute {
				return whole
			}
			return path.Join("xl", r.Target)
		}
	}
	return ""
}

// fill returns the cells of a line with the texts that they have from others. A
// cell that has one of its own keeps it.
func (m merges) fill(line int, cells []string) []string {
	for _, s := range m[line] {
		if line == s.top && s.left <= len(cells) {
			s.text = cells[s.left-1]
		}
		for column := s.left; column <= s.right && s.text != ""; column++ {
			for len(cells) < column {
				cells = append(cells, "")
			}
			if cells[column-1] == "" {
				cells[column-1] = s.text
			}
		}
	}
	return cells
}

// in returns where the cells of a table have their texts from; lines are those
// of its rows, the header's first.
func (m merges) in(lines []int) map[table.Spot]table.Spread {
	all := map[table.Spot]table.Spread{}
	for n, line := range lines {
		for _, s := range m[line] {
			for column := s.left; column <= s.right && s.text != ""; column++ {
				at := table.Spot{Row: n - 1, Column: column - 1}
				switch {
				case column > s.left:
					all[at] = table.FromLeft
				case line > s.top:
					all[at] = table.FromAbove
				}
			}
		}
	}
	return all
}
