package numbers

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"jianbao/bulletin"
	"jianbao/fault"
	"jianbao/recipients/table"
	"jianbao/workflow"
)

// columns are the heads of the spreadsheet, and the English ones that are read
// as well. The first three must be there.
var columns = [][]string{
	{"期号", "number"}, {"日期", "date"}, {"名称", "title"}, {"年份", "year"}, {"刊别", "kind"}, {"总期号", "total"},
}

const mustBeThere = 3

var (
	noColumn  = fault.Say("numbers.no-column", "表里没有“%s”一列", "the sheet has no column %q")
	noRows    = fault.Say("numbers.no-rows", "表里没有内容", "the sheet has no rows")
	rowNumber = fault.Say("numbers.row-number", "第%d行：看不懂的数%q", "line %d: %q is no number")
	rowDate   = fault.Say("numbers.row-date", "第%d行：看不懂的日期%q，应如2020-07-15", "line %d: %q is no date such as 2020-07-15")
	badSheet  = fault.Say("numbers.bad-sheet", "这张表读不出来", "the sheet cannot be read")
	tooManyIn = fault.Say("numbers.too-many", "一次最多%d行", "at most %d rows at once")
)

// mostRows is how many issues are entered at once: a weekly bulletin of forty
// years.
const mostRows = 2000

// readLines reads earlier issues from a spreadsheet. It fails with fault.Invalid
// and all that cannot be read.
func readLines(t table.Table) (lines []workflow.BackLine, err error) {
	at := make([]int, len(columns))
	var wrong []fault.Reason
	for n, names := range columns {
		at[n] = slices.IndexFunc(t.Header, func(head string) bool {
			return slices.ContainsFunc(names, func(name string) bool { return strings.EqualFold(strings.TrimSpace(head), name) })
		})
		if at[n] < 0 && n < mustBeThere {
			wrong = append(wrong, noColumn.With(names[0]))
		}
	}
	if len(wrong) == 0 && len(t.Rows) == 0 {
		wrong = append(wrong, noRows.With())
	}
	if len(t.Rows) > mostRows {
		wrong = append(wrong, tooManyIn.With(mostRows))
	}
	if len(wrong) > 0 {
		return nil, fault.New(fault.Invalid, badSheet.With(), wrong...)
	}
	for row := range t.Rows {
		line, reasons := readLine(t, row, at)
		lines, wrong = append(lines, line), append(wrong, reasons...)
	}
	if len(wrong) > 0 {
		return nil, fault.New(fault.Invalid, badSheet.With(), wrong...)
	}
	return lines, nil
}

// readLine reads one row; at says where the columns are.
func readLine(t table.Table, row int, at []int) (b workflow.BackLine, wrong []fault.Reason) {
	cell := func(column int) string {
		if at[column] < 0 {
			return ""
		}
		return t.Text(row, at[column])
	}
	number := func(column int) int {
		text := strings.TrimSuffix(strings.TrimPrefix(cell(column), "第"), "期")
		n, err := strconv.Atoi(strings.TrimSuffix(text, "年"))
		if err != nil && text != "" {
			wrong = append(wrong, rowNumber.With(t.Line(row), cell(column)))
		}
		return n
	}
	var ok bool
	if b.Date, ok = dayIn(cell(1)); !ok {
		wrong = append(wrong, rowDate.With(t.Line(row), cell(1)))
	}
	b.No, b.Title, b.Year, b.Total = number(0), cell(2), number(3), number(5)
	b.Kind = bulletin.Kind(cell(4))
	if b.Kind == "" {
		b.Kind = bulletin.Ordinary
	}
	if b.Year == 0 {
		b.Year = b.Date.Year
	}
	return b, wrong
}

var dayWritten = regexp.MustCompile(`^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?: 00:00(?::00)?)?$`)

// dayIn reads a day as people and spreadsheets write it.
func dayIn(text string) (bulletin.Date, bool) {
	m := dayWritten.FindStringSubmatch(text)
	if m == nil {
		return bulletin.Date{}, false
	}
	var n [3]int
	for i := range n {
		n[i], _ = strconv.Atoi(m[i+1]) // digits
	}
	d := bulletin.Date{Year: n[0], Month: time.Month(n[1]), Day: n[2]}
	return d, d.Real()
}
