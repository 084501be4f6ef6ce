package calendar

import (
	"embed"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"jianbao/fault"
)

var (
	badForm  = fault.Say("calendar.form", "%d年的放假安排有错，没有存入", "the table of %d has mistakes and was not taken")
	badLine  = fault.Say("calendar.line", "第%d行应写成“日期,休或班,节日”，例如“2026-10-01,休,国庆节”：%s", "line %d should read date, off (“休”) or worked (“班”), holiday, such as “2026-10-01,休,国庆节”: %s")
	badDay   = fault.Say("calendar.day", "第%d行的日期看不懂，或没有这一天：%s", "line %d: there is no day %s, or it cannot be read")
	badRange = fault.Say("calendar.range", "第%d行的起止日期前后颠倒，或超过一个月：%s", "line %d: the days are in the wrong order, or more than a month: %s")
	tooMuch  = fault.Say("calendar.too-much", "内容太长，不是一年的放假安排", "this is too long for the table of a year")
)

// Limits of a form: a year has 366 days, and no announcement needs a tenth of
// what is taken.
const (
	largestForm = 64 << 10 // bytes
	longestRun  = 31       // days
)

// ReadYear reads the table of a year from a small form, one line for a day or
// for days on end, with commas (of either width), tabs or spaces between:
//
//	# 来源：国办发明电〔2024〕12号
//	日期,休/班,名称
//	2025-01-26,班,春节
//	2025-01-28至2025-02-04,休,春节
//
// A line that begins with # is a remark; one that begins with 来源 behind it
// names the source. The line of titles may be left out, and cells may stand in
// quotation marks, as spreadsheets write them. It fails with fault.Invalid and
// every mistake at once.
func ReadYear(year int, text string) (Year, error) {
	y := Year{Year: year}
	if len(text) > largestForm {
		return y, fault.New(fault.Invalid, badForm.With(year), tooMuch.With())
	}
	var reasons []fault.Reason
	for n, line := range strings.Split(strings.TrimPrefix(text, "\ufeff"), "\n") {
		line = strings.TrimSpace(line)
		if remark, is := strings.CutPrefix(line, "#"); is {
			if source, is := strings.CutPrefix(strings.TrimSpace(remark), "来源："); is {
				y.Source = strings.TrimSpace(source)
			}
			continue
		}
		days, mistakes := readLine(n+1, line)
		y.Days = append(y.Days, days...)
		reasons = append(reasons, mistakes...)
	}
	if len(reasons) == 0 || len(y.Days) > 0 {
		reasons = append(reasons, y.Validate()...)
	}
	if len(reasons) > 0 {
		return y, fault.New(fault.Invalid, badForm.With(year), reasons...)
	}
	return y, nil
}

// cells are what stands between separators.
var cells = regexp.MustCompile(`[^,，"\s\p{Cc}\p{Z}]+`)

// kindWords are what forms have for off and for worked.
var kindWords = map[string]bool{
	"休": true, "放假": true, "休息": true, "假": true, "节假日": true, "法定节假日": true,
	"班": false, "上班": false, "补班": false, "调休上班": false,
}

func readLine(n int, line string) ([]Special, []fault.Reason) {
	return readCells(n, cells.FindAllString(line, -1))
}

// readCells reads a line that is in parts already.
func readCells(n int, parts []string) ([]Special, []fault.Reason) {
	if len(parts) == 0 || parts[0] == "日期" {
		return nil, nil
	}
	if len(parts) < 2 {
		return nil, []fault.Reason{badLine.With(n, strings.Join(parts, ","))}
	}
	off, known := kindWords[parts[1]]
	if !known {
		return nil, []fault.Reason{badLine.With(n, strings.Join(parts, ","))}
	}
	from, to, isRun := strings.Cut(parts[0], "至")
	if !isRun {
		to = from
	}
	first, ok := ParseDay(from)
	last, too := ParseDay(to)
	switch {
	case !ok || !too:
		return nil, []fault.Reason{badDay.With(n, parts[0])}
	case last.Before(first) || first.Add(longestRun).Before(last):
		return nil, []fault.Reason{badRange.With(n, parts[0])}
	}
	var days []Special
	for day := first; !last.Before(day); day = day.Add(1) {
		days = append(days, Special{Day: day, Off: off, Name: strings.Join(parts[2:], " ")})
	}
	return days, nil
}

// Form returns the table as [ReadYear] reads it, days on end in one line.
func (y Year) Form() string {
	var b strings.Builder
	if source := strings.Join(strings.Fields(y.Source), " "); source != "" {
		fmt.Fprintf(&b, "# 来源：%s\n", source)
	}
	b.WriteString("日期,休/班,名称\n")
	days := slices.Clone(y.Days)
	slices.SortFunc(days, func(a, b Special) int { return strings.Compare(a.Day.String(), b.Day.String()) })
	for len(days) > 0 {
		n := 1
		for n < len(days) && n < longestRun && days[n] == (Special{days[0].Day.Add(n), days[0].Off, days[0].Name}) {
			n++
		}
		fmt.Fprintln(&b, days[0].line(days[n-1].Day))
		days = days[n:]
	}
	return b.String()
}

// line is the line of the days from s to the last one.
func (s Special) line(last Day) string {
	days, kind := s.Day.String(), "班"
	if last != s.Day {
		days += "至" + last.String()
	}
	if s.Off {
		kind = "休"
	}
	return days + "," + kind + "," + s.Name
}

// announced are the tables of the years that were announced when this program
// was made.
//
//go:embed years/*.csv
var announced embed.FS

// builtin reads them; what is wrong with one is found by the tests.
var builtin = sync.OnceValue(func() []Year {
	files, err := fs.Glob(announced, "years/*.csv")
	if err != nil {
		panic("calendar: " + err.Error())
	}
	var all []Year
	for _, name := range files {
		text, err := announced.ReadFile(name)
		if err != nil {
			panic("calendar: " + err.Error())
		}
		number, err := strconv.Atoi(name[len("years/") : len(name)-len(".csv")])
		if err != nil {
			panic("calendar: " + err.Error())
		}
		year, err := ReadYear(number, string(text))
		if err != nil {
			panic("calendar: " + name + ": " + err.Error())
		}
		all = append(all, year)
	}
	return all
})
