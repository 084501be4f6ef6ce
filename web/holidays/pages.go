package holidays

import (
	"bytes"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"jianbao/fault"
	"jianbao/sheets"
	"jianbao/web/page"
	"jianbao/workflow/calendar"
	"jianbao/workflow/calendar/ics"
)

// A view is the page of a year.
type view struct {
	calendar.Year
	Known   bool
	Builtin bool // there is a table that is built in
	Awaited int  // the year whose table is missing, or 0
	Admin   bool
	Years   []int // that have a table, and this one
	Months  []month
	Runs    []run
	Record  []line
	Typed   typed
	Preview *preview
}

// typed is what somebody typed, to be shown once more where it was refused.
type typed struct{ Day, Kind, Name, DayReason, Text, Reason, RestoreReason string }

// A preview is what taking over a table would change.
type preview struct {
	Form    string // the table itself, which the page carries
	Source  string
	Changes []fault.Reason
}

// A run is days on end that are the same.
type run struct {
	From, To string
	Says     fault.Reason
}

// A line is one of the record.
type line struct {
	calendar.Change
	Days []fault.Reason
}

// fields reads the page's form.
func fields(r *http.Request) typed {
	field := func(name string) string { return strings.TrimSpace(r.PostForm.Get(name)) }
	return typed{
		Day: field("day"), Kind: field("kind"), Name: field("name"), DayReason: field("day-reason"),
		Text: r.PostForm.Get("text"), Reason: field("reason"), RestoreReason: field("restore-reason"),
	}
}

func (rm *room) view(r *http.Request, year int) (view, error) {
	c, y, known, err := rm.tables(r.Context(), year)
	if err != nil {
		return view{}, err
	}
	record, err := rm.Books.YearChanges(r.Context(), year)
	if err != nil {
		return view{}, err
	}
	before, builtin := calendar.YearOf(calendar.Known(), year)
	v := view{
		Year: y, Known: known, Builtin: builtin, Awaited: c.Awaited(rm.Now()), Admin: isAdmin(page.Person(r)),
		Months: monthsOf(c, year), Runs: runsOf(y), Record: linesOf(before, record), Typed: typed{Kind: "off"},
	}
	for _, other := range c.Years {
		v.Years = append(v.Years, other.Year)
	}
	for _, other := range []int{year, v.Awaited, rm.Now().In(page.Zone()).Year() + 1} {
		if other > 0 && !slices.Contains(v.Years, other) {
			v.Years = append(v.Years, other)
		}
	}
	slices.Sort(v.Years)
	return v, nil
}

// linesOf are the lines of the record, the last first, each with the days that
// it changed.
func linesOf(before calendar.Year, record []calendar.Change) []line {
	builtin := before
	var all []line
	for _, c := range record {
		after := builtin
		if c.Table != nil {
			after = *c.Table
		}
		all = append(all, line{c, differences(before, after)})
		before = after
	}
	slices.Reverse(all)
	return all
}

func differences(before, after calendar.Year) (all []fault.Reason) {
	for _, d := range calendar.Compare(before, after) {
		all = append(all, d.Say())
	}
	return all
}

func runsOf(y calendar.Year) (all []run) {
	days := slices.SortedFunc(slices.Values(y.Days), func(a, b calendar.Special) int { return strings.Compare(a.Day.String(), b.Day.String()) })
	for n := 0; n < len(days); {
		last := n
		for last+1 < len(days) && days[last+1] == (calendar.Special{Day: days[last].Day.Add(1), Off: days[n].Off, Name: days[n].Name}) {
			last++
		}
		one := run{From: days[n].Day.String(), Says: calendar.Said(days[n].Day, &days[n])}
		if last > n {
			one.To = days[last].Day.String()
		}
		all, n = append(all, one), last+1
	}
	return all
}

func (rm *room) show(w http.ResponseWriter, r *http.Request) {
	year, known := yearOf(r)
	if !known {
		rm.Nothing(w, r)
		return
	}
	rm.answer(w, r, year, typed{Kind: "off"}, nil, nil)
}

// answer shows the page of a year, with what was typed and why it was refused,
// if it was.
func (rm *room) answer(w http.ResponseWriter, r *http.Request, year int, t typed, p *preview, refused error) {
	v, err := rm.view(r, year)
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	v.Typed, v.Preview = t, p
	if refused != nil {
		rm.pages.Refuse(w, r, "year", page.Page{Room: "holidays", Data: v}, refused)
		return
	}
	rm.pages.Show(w, r, http.StatusOK, "year", page.Page{Room: "holidays", Data: v})
}

const (
	csvType   = "text/csv; charset=utf-8"
	sheetType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
)

// export writes the table of a year as a file.
func (rm *room) export(w http.ResponseWriter, r *http.Request) {
	year, known := yearOf(r)
	_, y, there, err := rm.tables(r.Context(), year)
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	var out bytes.Buffer
	kind, name := "", r.PathValue("file")
	switch name {
	case "table.ics":
		kind = "text/calendar; charset=utf-8"
		out.Write(ics.Write(y.Calendar()))
	case "table.csv":
		kind = csvType
		err = sheets.WriteCSV(&out, y.Table())
	case "table.xlsx":
		kind = sheetType
		err = sheets.WriteXLSX(&out, y.Table())
	}
	switch {
	case kind == "" || !known || !there:
		rm.Nothing(w, r)
	case err != nil:
		rm.Fail(w, r, err)
	default:
		w.Header().Set("Content-Type", kind)
		w.Header().Set("Content-Disposition", fmt.Sprintf(`attachment; filename="holidays-%d%s"`, year, strings.TrimPrefix(name, "table")))
		_, _ = out.WriteTo(w)
	}
}
