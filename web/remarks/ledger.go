package remarks

import (
	"bytes"
	"context"
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/google/uuid"

	"jianbao/fault"
	"jianbao/sheets"
	"jianbao/web/page"
	"jianbao/workflow"
	"jianbao/workflow/calendar"
	"jianbao/workflow/remarks"
)

// mostIssues is how many issues of a series are named in its ledger.
const mostIssues = 5000

// A homeView is the ledgers that somebody may see.
type homeView struct {
	Ledgers []ledgerLine
	Mails   int
	MayRead bool // of the tray
}

type ledgerLine struct {
	Series        workflow.Series
	Open, Overdue int
}

func (rm *room) home(w http.ResponseWriter, r *http.Request) {
	view, err := rm.homeView(r)
	switch {
	case err != nil:
		rm.Fail(w, r, err)
	case len(view.Ledgers) == 0 && !page.Person(r).Sees(uuid.Nil): // who sees all sees that there is none yet
		rm.Nothing(w, r)
	default:
		rm.pages.Show(w, r, http.StatusOK, "home", page.Page{Room: "remarks", Data: view})
	}
}

func (rm *room) homeView(r *http.Request) (view homeView, err error) {
	all, err := rm.Reads.SeriesAll(r.Context())
	if err != nil {
		return view, err
	}
	for _, s := range all {
		if !page.Person(r).Sees(s.ID) {
			continue
		}
		view.MayRead = view.MayRead || remarks.MayEnter(page.Actor(r), s.ID)
		from, until := always()
		found, err := rm.Books.Remarks(r.Context(), s.ID, from, until)
		if err != nil {
			return view, err
		}
		line, today := ledgerLine{Series: s}, calendar.DayOf(rm.Now().In(s.Location()))
		for _, x := range found {
			line.Open += one(x.Open())
			line.Overdue += one(x.Overdue(today))
		}
		view.Ledgers = append(view.Ledgers, line)
	}
	mails, err := rm.mails(r)
	view.Mails = len(mails)
	return view, err
}

func one(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

// A ledgerView is the ledger of a series.
type ledgerView struct {
	Series  workflow.Series
	Filter  string
	Filters []filter
	Year    int
	Month   string // 2021-07, for the spreadsheet
	Rows    []row
}

// A filter is a part of the ledger and how many lines it has.
type filter struct {
	Name  string
	Count int
}

// A row is a remark with what is shown of it.
type row struct {
	remarks.Remark
	Of      string // the issue
	Left    fault.Reason
	Due     string
	Overdue bool
}

// parts are the filters, the usual one first.
var parts = []string{"open", "overdue", "closed", "all"}

func (rm *room) ledger(w http.ResponseWriter, r *http.Request) {
	s, err := rm.seriesOf(r)
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	view, err := rm.ledgerView(r, s)
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	rm.pages.Show(w, r, http.StatusOK, "ledger", page.Page{Room: "remarks", Data: view})
}

func (rm *room) ledgerView(r *http.Request, s workflow.Series) (view ledgerView, err error) {
	cal, today, err := rm.calendarOf(r.Context(), s)
	if err != nil {
		return view, err
	}
	view = ledgerView{Series: s, Filter: r.URL.Query().Get("show"), Year: today.Year, Month: rm.Now().In(s.Location()).Format("2006-01")}
	if !slices.Contains(parts, view.Filter) {
		view.Filter = parts[0]
	}
	if year, err := strconv.Atoi(r.URL.Query().Get("year")); err == nil && year > 1900 && year < 9999 {
		view.Year = year
	}
	from, until := always()
	all, err := rm.Books.Remarks(r.Context(), s.ID, from, until)
	if err != nil {
		return view, err
	}
	named, err := rm.names(r.Context(), s)
	counts := map[string]int{}
	for _, x := range all {
		for _, part := range view.partsOf(x, today) {
			counts[part]++
			if part == view.Filter {
				view.Rows = append(view.Rows, rowOf(x, named, cal, today))
			}
		}
	}
	for _, part := range parts {
		view.Filters = append(view.Filters, filter{part, counts[part]})
	}
	view.sort()
	return view, err
}

// partsOf are the filters that a remark passes: what is open in whatever year,
// what is not in the year of the page.
func (v ledgerView) partsOf(x remarks.Remark, today calendar.Day) (all []string) {
	inYear := x.Entered.At.In(v.Series.Location()).Year() == v.Year
	for part, fits := range map[string]bool{
		"open": x.Open(), "overdue": x.Overdue(today), "closed": inYear && !x.Open() && x.State != remarks.Voided, "all": inYear,
	} {
		if fits {
			all = append(all, part)
		}
	}
	return all
}

// sort puts what is due first in front; where nothing is, the last entered.
func (v *ledgerView) sort() {
	slices.SortStableFunc(v.Rows, func(a, b row) int {
		switch {
		case v.Filter == "all" || v.Filter == "closed" || a.Due == b.Due:
			return b.Entered.At.Compare(a.Entered.At)
		case a.Due == "" || b.Due == "":
			return one(b.Due == "") - one(a.Due == "") // what waits for the office itself
		case a.Due < b.Due:
			return -1
		}
		return 1
	})
}

func rowOf(x remarks.Remark, named func(uuid.UUID) string, cal calendar.Calendar, today calendar.Day) row {
	one := row{Remark: x, Of: named(x.Issue), Overdue: x.Overdue(today)}
	if x.Slip == nil {
		return one
	}
	one.Due = x.Slip.Due.String()
	if x.State == remarks.Assigned {
		one.Left = left(today, x.Slip.Due, cal)
	}
	return one
}

// left says how many working days there are.
func left(today, due calendar.Day, cal calendar.Calendar) fault.Reason {
	days := remarks.Left(today, due, cal)
	switch {
	case due.Before(today):
		return overdueBy.With(max(1, -days))
	case days == 0:
		return dueNow.With()
	}
	return daysLeft.With(days)
}

// names returns what the issues of a series are called.
func (rm *room) names(ctx context.Context, s workflow.Series) (func(uuid.UUID) string, error) {
	all, err := rm.Reads.Summaries(ctx, []uuid.UUID{s.ID}, mostIssues)
	numbers := map[uuid.UUID]string{}
	for _, i := range all {
		numbers[i.ID] = page.NumberOf(i.Number).In(fault.ZH)
	}
	return func(id uuid.UUID) string { return numbers[id] }, err
}

// monthSheet answers with a month as XLSX.
func (rm *room) monthSheet(w http.ResponseWriter, r *http.Request) {
	s, err := rm.seriesOf(r)
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	month, err := time.Parse("2006-01", r.URL.Query().Get("month"))
	if err != nil {
		rm.Fail(w, r, fault.New(fault.Invalid, badMonth.With(r.URL.Query().Get("month"))))
		return
	}
	all, named, today, err := rm.written(r.Context(), s)
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	var out bytes.Buffer
	if err := sheets.WriteXLSX(&out, remarks.Monthly(s, month.Year(), month.Month(), all, named, today)...); err != nil {
		rm.Fail(w, r, err)
		return
	}
	name := monthFile.With(s.Masthead, month.Year(), int(month.Month())).In(fault.ZH) + ".xlsx"
	page.Send(w, workflow.File{Name: name, Type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", Data: out.Bytes()}, "attachment")
}

// ledgerSheet answers with the whole ledger as CSV.
func (rm *room) ledgerSheet(w http.ResponseWriter, r *http.Request) {
	s, err := rm.seriesOf(r)
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	all, named, today, err := rm.written(r.Context(), s)
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	var out bytes.Buffer
	if err := sheets.WriteCSV(&out, remarks.Ledger(s, all, named, today)); err != nil {
		rm.Fail(w, r, err)
		return
	}
	page.Send(w, workflow.File{Name: ledgerFile.With(s.Masthead).In(fault.ZH) + ".csv", Type: "text/csv; charset=utf-8", Data: out.Bytes()}, "attachment")
}

// written is what spreadsheets are made of.
func (rm *room) written(ctx context.Context, s workflow.Series) (all []remarks.Remark, named func(uuid.UUID) string, today calendar.Day, err error) {
	from, until := always()
	if all, err = rm.Books.Remarks(ctx, s.ID, from, until); err != nil {
		return nil, nil, today, err
	}
	named, err = rm.names(ctx, s)
	return all, named, calendar.DayOf(rm.Now().In(s.Location())), err
}
