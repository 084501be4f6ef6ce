package typeset

import (
	"fmt"
	"strconv"
	"strings"

	"jianbao/bulletin"
	"jianbao/fault"
)

// Printed is what head and tail of the paper say, in the words of a template.
// A line that is "" is not printed.
type Printed struct {
	Urgency, Notice string
	Number          string
	Organs          string
	Undertakers     string
	Date            string
	Lists           []Labelled // 报, 送, 发 …
	Contacts        []Labelled // 编辑, 审核 …, 电话
	PrintLine       string     // 某某局办公室　2021年7月15日印发
	PrintRun        string     // （共印20份）
}

// A Labelled line is printed as its label, a colon and its text.
type Labelled struct{ Label, Text string }

// Printed returns the words of head and tail. A sheet without a number that is
// not provisional is fault.Invalid.
func (s Sheet) Printed(t Template) (Printed, error) {
	if !s.Provisional && !s.numbered() {
		return Printed{}, fault.New(fault.Invalid, noNumber.With())
	}
	d := s.Document
	p := Printed{
		Urgency:   d.Urgency,
		Notice:    d.Notice,
		Number:    t.Words.numberLine(s),
		Organs:    strings.Join(d.Organs, "　"),
		Date:      s.Date.Chinese(),
		PrintLine: printLine(d),
	}
	if len(d.Undertakers) > 0 {
		p.Undertakers = fill(t.Words.Undertaker, strings.Join(d.Undertakers, "　"))
	}
	if s.PrintRun > 0 {
		p.PrintRun = fill(t.Words.PrintRun, strconv.Itoa(s.PrintRun))
	}
	for _, e := range s.tail() {
		p.Contacts = append(p.Contacts, Labelled(e))
	}
	for _, l := range s.Lists {
		if l.Text != "" {
			p.Lists = append(p.Lists, p.Contacts[0])
			p.Contacts = p.Contacts[1:]
		}
	}
	return p, nil
}

// numberLine returns 第8期, 2021年第8期, 增刊第2期 or 总第377期, with the running
// total behind it where there is one. The year is printed where the template
// has a place for it or the office writes it in its texts; a line that is no
// plain number (2023—2024学年第二学期第5期) is printed as the office wrote it, with
// the number that was given.
func (w Words) numberLine(s Sheet) string {
	n, written := s.Number, s.Document.Number
	if s.Provisional {
		return w.Unnumbered
	}
	if written.Label != "" && (written.No > 0 || n.No == 0) {
		return strings.Replace(written.Label, number(written.No), number(n.No), 1)
	}
	line := ""
	if n.No > 0 {
		line = w.plainNumber(s)
	}
	switch {
	case n.Total > 0 && line == "":
		return strings.Trim(fill(w.Total, strconv.Itoa(n.Total)), "（）()")
	case n.Total > 0:
		return line + fill(w.Total, strconv.Itoa(n.Total))
	}
	return line
}

func (w Words) plainNumber(s Sheet) string {
	n, written := s.Number, s.Document.Number
	line := fill(w.Number, strconv.Itoa(n.No))
	if n.Kind != "" && n.Kind != bulletin.Ordinary {
		line = string(n.Kind) + line
	}
	year := n.Year
	if year == 0 {
		year = s.Date.Year
	}
	if written.Year > 0 && !written.YearFromDate && !strings.Contains(line, "{year}") {
		line = "{year}年" + line
	}
	return strings.ReplaceAll(line, "{year}", strconv.Itoa(year))
}

// number is how a number stands in a line: 第5期.
func number(no int) string { return fmt.Sprintf("第%d期", no) }

// fill puts a value into the place that a form keeps for it.
func fill(form, value string) string { return strings.ReplaceAll(form, "{}", value) }

// Contributed returns （甲县局供稿）.
func (w Words) Contributed(by string) string { return fill(w.Contributor, by) }

// Copy returns the copy number as it is printed.
func (w Words) Copy(number string) string { return fill(w.CopyNumber, number) }
