package receipts

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"jianbao/fault"
	domain "jianbao/recipients/receipts"
	"jianbao/web/page"
	"jianbao/workflow"
	"jianbao/workflow/calendar"
)

// A boardView is the receipt board of an issue.
type boardView struct {
	subject
	page.Pager
	Rows   []row
	All    int
	Counts []count
	Needy  int // units that wait for a person
	Words  string
	State  domain.State
	Only   string // need: those that wait for a person; short: those that miss copies
	Short  int    // copies that are missing, in all
	// Edition and Version say what it is that was acknowledged: the digest of the
	// text, cut short.
	Edition int
	Version string
}

// A row is a unit on the board.
type row struct {
	domain.Line
	Holds   domain.Receipt // that holds
	Signed  bool
	Doubted []domain.Sight
}

type count struct {
	State domain.State
	N     int
}

func rowOf(l domain.Line) row {
	r := row{Line: l}
	if r.Holds, r.Signed = l.Last(); r.Signed {
		r.Doubted = l.Doubted(r.Holds)
	}
	return r
}

func (rm *room) board(w http.ResponseWriter, r *http.Request) {
	s, err := rm.find(r)
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	lines, err := rm.Board.ReceiptLines(r.Context(), s.Issue.ID)
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	rm.pages.Show(w, r, http.StatusOK, "board", page.Page{Room: "issues", Data: boardOf(s, lines, r.URL.Query())})
}

// boardOf counts all units and keeps those that are asked for.
func boardOf(s subject, lines []domain.Line, query url.Values) boardView {
	v := boardView{subject: s, All: len(lines), Words: strings.TrimSpace(query.Get("q")), State: domain.State(query.Get("state")), Only: query.Get("only")}
	v.Edition = max(1, s.Issue.Edition)
	if len(lines) > 0 {
		v.Version = lines[0].Version[:min(12, len(lines[0].Version))]
	}
	in := domain.Count(lines)
	for _, state := range slices.Backward(domain.States) {
		if in[state] > 0 {
			v.Counts = append(v.Counts, count{state, in[state]})
		}
	}
	for _, l := range lines {
		one := rowOf(l)
		v.Short += one.Holds.Short()
		if l.Need() != "" {
			v.Needy++
		}
		if v.keeps(one) {
			v.Rows = append(v.Rows, one)
		}
	}
	v.Pager = page.PagerOf("/issues/"+s.Issue.ID.String()+"/receipts", query, len(v.Rows))
	v.Rows = page.Rows(v.Pager, v.Rows)
	return v
}

// With is the query that shows those of a state, or of a kind (only), among what
// is searched for.
func (v boardView) With(name, value string) string {
	query := url.Values{name: {value}}
	if v.Words != "" {
		query.Set("q", v.Words)
	}
	return "?" + query.Encode()
}

func (v boardView) keeps(r row) bool {
	switch {
	case v.State != "" && r.State != v.State, v.Only == "need" && r.Need() == "", v.Only == "short" && r.Holds.Short() == 0:
		return false
	}
	return strings.Contains(r.Name, v.Words)
}

// A callsView is the phone list of an issue: the units that a search finds, a page
// of them, or all of them to be printed.
type callsView struct {
	subject
	page.Pager
	Calls []domain.Call
	Open  int // units that have not answered
	Words string
	Whole bool // all that are found are on this page
	Now   time.Time
}

func (rm *room) calls(w http.ResponseWriter, r *http.Request) {
	s, err := rm.find(r)
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	lines, err := rm.Board.ReceiptLines(r.Context(), s.Issue.ID)
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	units, err := rm.Reads.Units(r.Context())
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	v := callsOf(s, domain.Calls(lines, units), r.URL.Query())
	v.Now = rm.Now()
	rm.pages.Show(w, r, http.StatusOK, "calls", page.Page{Room: "issues", Data: v})
}

// callsOf keeps the calls that are asked for.
func callsOf(s subject, all []domain.Call, query url.Values) callsView {
	v := callsView{subject: s, Open: len(all), Words: strings.TrimSpace(query.Get("q"))}
	v.Calls = slices.DeleteFunc(all, func(c domain.Call) bool { return !speaksOf(c, v.Words) })
	v.Pager = page.PagerOf("/issues/"+s.Issue.ID.String()+"/calls", url.Values{"q": query["q"], "page": query["page"]}, len(v.Calls))
	if v.Whole = query.Get("whole") != "" || len(v.Calls) <= page.PageRows; !v.Whole {
		v.Calls = page.Rows(v.Pager, v.Calls)
	}
	return v
}

// Long reports whether the list has more units than a page shows.
func (v callsView) Long() bool { return v.Open > page.PageRows }

// speaksOf reports whether a search means a unit of the phone list: by its name, a
// person or a number.
func speaksOf(c domain.Call, words string) bool {
	return slices.ContainsFunc([]string{c.Name, c.Contact.Name, c.Contact.Phone, c.Deputy.Name, c.Deputy.Phone, c.Phone}, func(text string) bool {
		return strings.Contains(text, words)
	})
}

// A rung is a rung of the ladder as it stands for one unit.
type rung struct {
	Days    int
	Whom    fault.Reason
	Climbed bool
	At      time.Time // of the next one; zero for the others
}

var whomWords = map[workflow.Whom]fault.Sentence{
	workflow.AskContact: fault.Say("receipts.page.ask-contact", "联系人", "the contact"),
	workflow.AskDeputy:  fault.Say("receipts.page.ask-deputy", "副联系人", "the deputy"),
	workflow.AskByPhone: fault.Say("receipts.page.ask-phone", "电话催问", "by telephone"),
}

// ladder is where the chasing stands for a unit.
func ladder(s workflow.Series, t workflow.Timetable, years []calendar.Year, l domain.Line) (all []rung) {
	next, at, _ := workflow.Upcoming(t.Calendar(s, years), t.Chasing, l)
	for n, r := range t.Chasing.Rungs {
		one := rung{Days: r.Days, Whom: whomWords[r.Whom].With(), Climbed: slices.Contains(l.Rungs, n)}
		if n == next {
			one.At = at
		}
		all = append(all, one)
	}
	return all
}
