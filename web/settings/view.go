package settings

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"jianbao/accounts"
	"jianbao/fault"
	"jianbao/web/page"
	"jianbao/workflow"
	"jianbao/workflow/calendar"
	"jianbao/workflow/setup"
)

// A view is the page of one series. Sheet is what stands in the forms: what is
// set, or what was typed and not written.
type view struct {
	Settings setup.Settings
	Sheet    setup.Sheet
	own      string // a layout of the office's own, as it was typed
	Unsaved  bool   // the steps of the route were moved and not saved yet
	May      bool   // change
	MayHead  bool   // say who heads a unit
	Drawing  drawing
	Next     []time.Time // when issues are opened
	Due      []time.Time // by when they are out
	Doubts   []fault.Reason
	History  []setup.Change
	People   []accounts.Person // of the series, for people to know their logins
	Zone     *time.Location
	layouts  []string
}

// A choice is one option of a select.
type choice struct {
	Value string
	Title fault.Reason
}

// viewOf makes the page. drawn are the settings whose route is drawn and whose
// moments are shown: those that were typed, as far as they could be read.
func (rm *room) viewOf(r *http.Request, s setup.Settings, sheet setup.Sheet, drawn setup.Settings, d setup.Directory) (view, error) {
	who, zone := page.Person(r), s.Series.Location()
	v := view{
		Settings: s, Sheet: sheet, Zone: zone, May: setup.MayChange(who, s.Series.ID), layouts: rm.Layouts,
		Drawing: drawingOf(drawn.Series.Route, page.Lang(r)), Doubts: drawn.Doubts(d.People),
		Next: setup.Moments(drawn.Series.Cadence.Spec, zone, rm.Now(), 5), Due: setup.Moments(drawn.Timetable.Appears, zone, rm.Now(), 1),
	}
	v.MayHead = setup.MayFound(who)
	for _, p := range d.People {
		if p.Active && p.Sees(s.Series.ID) {
			v.People = append(v.People, p)
		}
	}
	var err error
	v.History, err = rm.Books.SettingsHistory(r.Context(), s.Series.ID)
	return v, err
}

func (rm *room) show(w http.ResponseWriter, r *http.Request, s setup.Settings) {
	d, err := rm.directory(r.Context())
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	rm.answer(w, r, s, setup.SheetOf(s, d), s, d, nil)
}

// answer shows the page, and why something was refused if it was.
func (rm *room) answer(w http.ResponseWriter, r *http.Request, s setup.Settings, sheet setup.Sheet, drawn setup.Settings, d setup.Directory, refused error) {
	v, err := rm.viewOf(r, s, sheet, drawn, d)
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	p := page.Page{Room: "settings", Data: v}
	if refused != nil {
		v.own = r.PostForm.Get("own-layout")
		p.Data = v
		rm.pages.Refuse(w, r, "series", p, refused)
		return
	}
	v.Unsaved = r.Method == http.MethodPost
	p.Data = v
	rm.pages.Show(w, r, http.StatusOK, "series", p)
}

// text answers the file that jianbao series set reads.
func (rm *room) text(w http.ResponseWriter, r *http.Request, s setup.Settings) {
	d, err := rm.directory(r.Context())
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	w.Header().Set("Content-Type", "application/toml; charset=utf-8")
	w.Header().Set("Content-Disposition", `attachment; filename="series.toml"`)
	_, _ = w.Write([]byte(setup.SheetOf(s, d).Text(page.Lang(r))))
}

// Parts are the parts of the page, in order.
func (v view) Parts() []string {
	all := []string{"basics", "route", "heads", "sending", "cadence", "hours", "reminders", "receipts", "leaders", "history"}
	if len(v.Sheet.Heads) == 0 {
		return slices.Delete(all, 2, 3)
	}
	return all
}

// Address is where the form of a part is sent.
func (v view) Address(part string) string { return address(v.Settings.Series.ID) + "/" + part }

// A formHead is what every form begins with.
type formHead struct {
	Address, Title string
	Version        int
	May            bool
}

// Form is the head of the form of a part.
func (v view) Form(part string) formHead {
	return formHead{v.Address(part), "settings." + part, v.Settings.Series.Version, v.May && (part != "heads" || v.MayHead)}
}

// Kinds are the kinds of steps.
func (v view) Kinds() (all []choice) {
	for _, k := range workflow.StepKinds() {
		all = append(all, choice{string(k), k.Title()})
	}
	return all
}

// Roles are the roles that decide.
func (v view) Roles() (all []choice) {
	for _, r := range []accounts.Role{accounts.Editor, accounts.Reviewer, accounts.Signatory, accounts.Clerk} {
		all = append(all, choice{string(r), r.Title()})
	}
	return all
}

// Skips are the rules for passing over a step.
func (v view) Skips() (all []choice) {
	for name, rule := range workflow.SkipRules() {
		all = append(all, choice{name, rule.Says.With()})
	}
	slices.SortFunc(all, func(a, b choice) int { return strings.Compare(a.Value, b.Value) })
	return all
}

// Overdues is what can be done about a step that is overdue.
func (v view) Overdues() (all []choice) {
	for _, a := range []workflow.OverdueAct{workflow.Remind, workflow.Escalate, workflow.PassOn} {
		all = append(all, choice{string(a), setup.OverdueTitle(a)})
	}
	return all
}

// CatchUps is what can be made of openings that were missed.
func (v view) CatchUps() (all []choice) {
	for _, c := range []workflow.CatchUp{workflow.CatchLatest, workflow.CatchAll, workflow.CatchNone} {
		all = append(all, choice{string(c), setup.CatchUpTitle(c)})
	}
	return all
}

// Whoms are those who are asked for a receipt.
func (v view) Whoms() (all []choice) {
	for _, w := range []workflow.Whom{workflow.AskContact, workflow.AskDeputy, workflow.AskByPhone} {
		all = append(all, choice{string(w), setup.WhomTitle(w)})
	}
	return all
}

// Numbered are the kinds of issues, for the total number.
func (v view) Numbered() (all []choice) {
	for _, k := range setup.Kinds() {
		all = append(all, choice{string(k), page.KindOf(k)})
	}
	return all
}

// Counts reports whether a kind of issues has a total number.
func (v view) Counts(kind string) bool { return slices.Contains(v.Sheet.Total.Kinds, kind) }

// Layouts are the built-in layouts besides the first, which is "".
func (v view) Layouts() []string { return v.layouts[min(1, len(v.layouts)):] }

// FirstLayout is the one that a series has without naming one.
func (v view) FirstLayout() string { return strings.Join(v.layouts[:min(1, len(v.layouts))], "") }

// OwnLayout is the office's own layout, or "", or what was typed for it.
func (v view) OwnLayout() string {
	if v.own != "" {
		return v.own
	}
	if slices.Contains(v.layouts, v.Sheet.Layout) {
		return ""
	}
	return v.Sheet.Layout
}

// Lines is a list, one to a line.
func (v view) Lines(all []string) string { return strings.Join(all, "\n") }

// List is a list as it is typed into one field.
func (v view) List(all []string) string { return strings.Join(all, "、") }

// A weekday is one day of the send window.
type weekday struct {
	No    int
	Title fault.Reason
	Open  bool
}

// Days are the days of the send window.
func (v view) Days() (all []weekday) {
	days, _, _ := strings.Cut(v.Sheet.Sending.Window, " ")
	w, _ := calendar.ParseWindow(days + " 0:00-24:00")
	for n := 1; n <= 7; n++ {
		all = append(all, weekday{n, dayWords[n-1].With(), slices.Contains(w.Days, time.Weekday(n%7))})
	}
	return all
}

// Open are the hours of the send window.
func (v view) Open() (h hours) {
	_, text, _ := strings.Cut(v.Sheet.Sending.Window, " ")
	h.From, h.To, _ = strings.Cut(text, "-")
	return h
}

type hours struct{ From, To string }

// Running is how a change of the route is to be understood.
func (v view) Running() fault.Reason { return setup.RunningKeep.With() }

// Exception is who set the two-person exception, and when.
func (v view) Exception() *workflow.Exception { return v.Settings.Series.TwoPerson }

// blanks is how many blank rows a list has for more.
const blanks = 2

// A rungRow is one row of the form of reminders.
type rungRow struct {
	Hours       string
	Late, Raise bool // at the deadline and after it, not before
}

// Rungs are the reminders, and blank rows.
func (v view) Rungs() (all []rungRow) {
	for _, r := range v.Sheet.Reminders.Ladder {
		all = append(all, rungRow{strconv.Itoa(max(r.Hours, -r.Hours)), r.Hours >= 0, r.Raise})
	}
	return append(all, make([]rungRow, blanks)...)
}

// A chaseRow is one row of the form of asking for receipts.
type chaseRow struct{ Days, Whom string }

// Chases is when receipts are asked for, and blank rows.
func (v view) Chases() (all []chaseRow) {
	for _, c := range v.Sheet.Receipts.Chase {
		all = append(all, chaseRow{strconv.Itoa(c.Days), c.Whom})
	}
	return append(all, make([]chaseRow, blanks)...)
}

// Leaders are the leaders, and blank rows.
func (v view) Leaders() []setup.LeaderLine {
	return append(slices.Clone(v.Sheet.Leaders), make([]setup.LeaderLine, blanks)...)
}

// Needs are the numbers of people that a role can be asked for.
func (v view) Needs() (all []string) {
	for n := 2; n <= 9; n++ {
		all = append(all, strconv.Itoa(n))
	}
	return all
}

// Last reports whether a step is the last one.
func (v view) Last(n int) bool { return n == len(v.Sheet.Route)-1 }

// One is how people count what begins with 0.
func (v view) One(n int) int { return n + 1 }
