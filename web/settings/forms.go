package settings

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"jianbao/fault"
	"jianbao/web/page"
	"jianbao/workflow"
	"jianbao/workflow/setup"
)

// parts are the forms of the page: what each writes into the sheet.
var parts = map[string]func(*form, *setup.Sheet){
	"basics": basics, "route": route, "sending": sending, "cadence": cadence, "hours": hoursForm,
	"reminders": reminders, "receipts": receipts, "leaders": leaders, "heads": heads,
}

// change writes what the form of a part says. Buttons that move the steps of the
// route write nothing: they answer with the page as it would be.
func (rm *room) change(w http.ResponseWriter, r *http.Request, s setup.Settings) {
	part := r.PathValue("part")
	fill, known := parts[part]
	if !known {
		rm.Nothing(w, r)
		return
	}
	if err := may(r, part, s); err != nil {
		rm.Fail(w, r, err)
		return
	}
	if _, err := rm.ReadForm(w, r); err != nil {
		rm.Fail(w, r, err)
		return
	}
	d, err := rm.directory(r.Context())
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	f := &form{Values: r.PostForm}
	with := setup.Reading{Directory: d, Layout: rm.Layout, By: by(r), At: rm.Now(), Version: f.number("version")}
	decide := func(now setup.Settings) (setup.Settings, error) {
		sheet := setup.SheetOf(now, d)
		fill(f, &sheet)
		return f.settings(sheet, now, with)
	}
	if !f.moves() {
		if _, err = rm.Books.ChangeSettings(r.Context(), s.Series.ID, by(r), rm.Now(), decide); err == nil {
			page.See(w, r, address(s.Series.ID)+"#"+part)
			return
		}
	}
	sheet := setup.SheetOf(s, d)
	fill(f, &sheet)
	with.Version = 0
	drawn, _ := sheet.Settings(s, with) // what is wrong is said when it is saved
	rm.answer(w, r, s, sheet, drawn, d, err)
}

// may is why somebody may not send the form of a part.
func may(r *http.Request, part string, s setup.Settings) error {
	who := page.Person(r)
	switch {
	case !setup.MayChange(who, s.Series.ID):
		return forbidden(onlyAdmins.With(who.Name))
	case part == "heads" && !setup.MayFound(who):
		return forbidden(onlyFounders.With(who.Name))
	}
	return nil
}

func forbidden(why fault.Reason) error { return fault.New(fault.Forbidden, why) }

// A form is what was typed, and what of it is no number.
type form struct {
	url.Values
	reasons []fault.Reason
}

// settings reads the sheet and says all that is wrong, numbers among it.
func (f *form) settings(sheet setup.Sheet, base setup.Settings, with setup.Reading) (setup.Settings, error) {
	next, err := sheet.Settings(base, with)
	refusal := fault.As(err)
	if len(f.reasons) == 0 || refusal != nil && refusal.Code != fault.Invalid {
		return next, err
	}
	all := slices.Clone(f.reasons)
	if refusal != nil {
		all = append(all, refusal.Reasons...)
	}
	return next, fault.New(fault.Invalid, page.BadForm.With(), all...)
}

func (f *form) text(name string) string { return strings.TrimSpace(f.Get(name)) }

// number reads a whole number, 0 where the field is blank.
func (f *form) number(name string) int {
	n, ok := setup.Number(f.Get(name))
	if why := page.BadNumber.With(f.Get(name)); !ok && !slices.ContainsFunc(f.reasons, func(r fault.Reason) bool { return r.In(fault.ZH) == why.In(fault.ZH) }) {
		f.reasons = append(f.reasons, why)
	}
	return n
}

// lines is what stands in a field, line by line.
func (f *form) lines(name string) []string {
	return strings.Split(strings.ReplaceAll(f.Get(name), "\r", ""), "\n")
}

// list is what stands in a field between commas of any kind.
func (f *form) list(name string) (all []string) {
	for _, word := range strings.FieldsFunc(f.Get(name), func(r rune) bool { return strings.ContainsRune("、，,；;\n\r", r) }) {
		if word = strings.TrimSpace(word); word != "" {
			all = append(all, word)
		}
	}
	return all
}

// mostRows is more rows than any part of the settings may have.
const mostRows = 50

// rows are the numbers of the rows of a form whose first field is not blank.
func (f *form) rows(field string) (all []string) {
	for n := range mostRows {
		if at := "-" + strconv.Itoa(n); f.text(field+at) != "" {
			all = append(all, at)
		}
	}
	return all
}

// moves reports whether a button was pressed that moves rows.
func (f *form) moves() bool { return f.Has("do") && f.Get("do") != "save" }

// moved are the numbers of the rows as the button that was pressed puts them:
// up-1, down-1, remove-1, or add, which gives a row that the form does not have.
func (f *form) moved(field string) []string {
	all := f.rows(field)
	verb, at, _ := strings.Cut(f.Get("do"), "-")
	n := slices.Index(all, "-"+at)
	switch {
	case verb == "add":
		all = append(all, "-new")
	case n < 0:
	case verb == "remove":
		all = slices.Delete(all, n, n+1)
	case verb == "up" && n > 0:
		all[n-1], all[n] = all[n], all[n-1]
	case verb == "down" && n+1 < len(all):
		all[n+1], all[n] = all[n], all[n+1]
	}
	return all
}

func basics(f *form, s *setup.Sheet) {
	s.Masthead, s.Organ, s.Place = f.text("masthead"), f.text("organ"), f.text("place")
	s.Mailbox, s.Zone = f.text("mailbox"), f.text("zone")
	s.Domains = f.lines("domains")
	s.Sections, s.FileCopies = f.lines("sections"), f.number("file-copies")
	s.TwoPerson = f.text("two-person")
	s.Total = setup.TotalLines{Kinds: f.Values["total-kind"], Last: f.number("total-last")}
	if s.Layout = f.Get("layout"); s.Layout == "own" {
		s.Layout = strings.ReplaceAll(f.Get("own-layout"), "\r\n", "\n") // as browsers send it (HTML, 4.10.22.8)
	}
}

func route(f *form, s *setup.Sheet) {
	s.Route = nil
	for _, at := range f.moved("kind") {
		line := setup.StepLine{
			Kind: f.text("kind" + at), Role: f.text("role" + at), People: f.list("people" + at), Units: f.list("units" + at),
			Need: f.text("need" + at), Skip: f.text("skip" + at), Hours: f.number("hours" + at),
			Overdue: f.text("overdue" + at), EscalateTo: f.text("escalate" + at),
		}
		if at == "-new" {
			line.Kind = string(workflow.ReviewStep)
		}
		s.Route = append(s.Route, line)
	}
}

func sending(f *form, s *setup.Sheet) {
	s.Sending.Tolerance, s.Sending.Window = f.text("tolerance"), ""
	days := strings.Join(f.Values["day"], ",")
	if from, to := f.text("from"), f.text("to"); days+from+to != "" {
		s.Sending.Window = days + " " + from + "-" + to
	}
}

func cadence(f *form, s *setup.Sheet) {
	s.Cadence = setup.CadenceLines{
		Opens: f.text("opens"), MaxLate: f.text("max-late"), CatchUp: f.text("catch-up"), Appears: f.text("appears"), Ahead: f.text("ahead"),
	}
}

func hoursForm(f *form, s *setup.Sheet) {
	s.Hours = setup.HoursLines{Work: f.list("work"), Quiet: f.text("quiet"), QuietDaysOff: f.Has("quiet-days-off")}
}

func reminders(f *form, s *setup.Sheet) {
	s.Reminders.Ladder = []setup.ReminderLine{}
	for _, at := range f.rows("rung") {
		hours := f.number("rung" + at)
		if f.text("side"+at) == "before" {
			hours = -hours
		}
		s.Reminders.Ladder = append(s.Reminders.Ladder, setup.ReminderLine{Hours: hours, Raise: f.Has("raise" + at)})
	}
	slices.SortStableFunc(s.Reminders.Ladder, func(a, b setup.ReminderLine) int { return a.Hours - b.Hours })
}

func receipts(f *form, s *setup.Sheet) {
	s.Receipts = setup.ReceiptLines{Within: f.number("within")}
	for _, at := range f.rows("days") {
		s.Receipts.Chase = append(s.Receipts.Chase, setup.ChaseLine{Days: f.number("days" + at), Whom: f.text("whom" + at)})
	}
	slices.SortStableFunc(s.Receipts.Chase, func(a, b setup.ChaseLine) int { return a.Days - b.Days })
}

func leaders(f *form, s *setup.Sheet) {
	s.Leaders = nil
	for _, at := range f.rows("leader") {
		s.Leaders = append(s.Leaders, setup.LeaderLine{
			Name: f.text("leader" + at), Titles: f.list("titles" + at), Order: f.number("order" + at), From: f.text("since" + at), Until: f.text("until" + at),
		})
	}
}

func heads(f *form, s *setup.Sheet) {
	for n := range s.Heads {
		if at := "-" + strconv.Itoa(n); f.text("unit"+at) == s.Heads[n].Unit {
			s.Heads[n].People = f.list("heads" + at)
		}
	}
}
