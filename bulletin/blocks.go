package bulletin

import (
	"regexp"
	"strings"
)

// A BodyBlock is one thing that is set by itself: a paragraph of text, a table
// or a picture. Exactly one of the three is there. (The severity has the
// shorter name [Block].)
type BodyBlock struct {
	Text    string
	Table   *Table
	Picture *Picture
}

// A Table is rows of cells; every row has as many cells as the longest. Header
// says that the first row names the columns. A line break inside a cell is \n.
type Table struct {
	Header bool
	Rows   [][]string
}

// A Picture names a picture that travels beside the text.
type Picture struct {
	Caption string
	Name    string // of the file, without a folder
}

// Blocks returns the paragraphs of the item with its tables and pictures.
func (it Item) Blocks() []BodyBlock { return Blocks(it.Paragraphs) }

// Blocks turns paragraphs, as an [Item] or an [Annex] holds them, into what is
// set one after the other. Rows that follow one another are one table; every
// other paragraph is a block by itself.
func Blocks(paragraphs []string) []BodyBlock {
	var all []BodyBlock
	for i := 0; i < len(paragraphs); i++ {
		if picture, ok := pictureOf(paragraphs[i]); ok {
			all = append(all, BodyBlock{Picture: &picture})
			continue
		}
		n := 0
		for i+n < len(paragraphs) && isRow(paragraphs[i+n]) {
			n++
		}
		if n == 0 {
			all = append(all, BodyBlock{Text: paragraphs[i]})
			continue
		}
		all = append(all, BodyBlock{Table: tableOf(paragraphs[i : i+n])})
		i += n - 1
	}
	return all
}

// isRow reports whether a paragraph is a row of a table: | 单位 | 数量 |.
func isRow(s string) bool {
	return len(s) > 1 && s[0] == '|' && s[len(s)-1] == '|' && !strings.HasSuffix(s, `\|`)
}

var ruleForm = regexp.MustCompile(`^\|(?: *:?-{3,}:? *\|)+$`)

func tableOf(rows []string) *Table {
	t := &Table{Header: len(rows) > 1 && ruleForm.MatchString(rows[1])}
	columns := 0
	for i, row := range rows {
		if i == 1 && t.Header {
			continue
		}
		cells := cellsOf(row)
		columns = max(columns, len(cells))
		t.Rows = append(t.Rows, cells)
	}
	for i := range t.Rows {
		t.Rows[i] = append(t.Rows[i], make([]string, columns-len(t.Rows[i]))...)
	}
	return t
}

var unescape = strings.NewReplacer(`\\`, `\`, `\|`, "|", "<br>", "\n")

// cellsOf splits a row at its bars, but not at \|.
func cellsOf(row string) []string {
	var cells []string
	row = row[1:]
	for start, i := 0, 0; i < len(row); i++ {
		switch row[i] {
		case '\\':
			i++
		case '|':
			cells = append(cells, unescape.Replace(strings.TrimFunc(row[start:i], isSpace)))
			start = i + 1
		}
	}
	return cells
}

var escape = strings.NewReplacer(`\`, `\\`, "|", `\|`, "\r\n", "<br>", "\n", "<br>", "\r", "<br>")

// Row writes one row of a table as a paragraph.
func Row(cells []string) string {
	var b strings.Builder
	b.WriteString("|")
	for _, c := range cells {
		b.WriteString(" " + escape.Replace(strings.TrimFunc(c, isSpace)) + " |")
	}
	return b.String()
}

// Paragraphs writes a table as the paragraphs that [Blocks] reads.
func (t Table) Paragraphs() []string {
	var all []string
	for i, r := range t.Rows {
		all = append(all, Row(r))
		if i == 0 && t.Header {
			all = append(all, "|"+strings.Repeat("---|", max(1, len(r))))
		}
	}
	return all
}

var pictureForm = regexp.MustCompile(`^!\[([^\]\n]*)\]\(([^()\n/\\]+)\)$`)

func pictureOf(s string) (Picture, bool) {
	if !strings.HasPrefix(s, "![") {
		return Picture{}, false
	}
	m := pictureForm.FindStringSubmatch(s)
	if m == nil {
		return Picture{}, false
	}
	return Picture{Caption: strings.TrimFunc(m[1], isSpace), Name: strings.TrimFunc(m[2], isSpace)}, true
}

var bare = strings.NewReplacer("[", "", "]", "", "(", "", ")", "", "/", "", `\`, "", "\n", " ", "\r", " ")

// Paragraph writes a picture as the paragraph that [Blocks] reads.
func (p Picture) Paragraph() string {
	return "![" + bare.Replace(p.Caption) + "](" + bare.Replace(p.Name) + ")"
}
