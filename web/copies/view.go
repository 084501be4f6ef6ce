package copies

import (
	"context"
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"jianbao/fault"
	book "jianbao/recipients/copies"
	"jianbao/web/page"
	"jianbao/workflow"
	"jianbao/workflow/registers"
)

// A view is the page of an issue's copies.
type view struct {
	Issue  workflow.Issue
	Series workflow.Series
	Zone   *time.Location
	May    map[workflow.Act]workflow.Option
	// Plan is the equation, as it is or as it was typed; Against is why it cannot
	// be registered, Warnings what should be looked at.
	Plan     book.Plan
	Against  []fault.Reason
	Warnings []fault.Reason

	Ledger *book.Ledger
	Lines  []line
	// Account is the account whose entries alone are shown; "" shows all.
	Account string
	Units   []unitLine
	Handed  []book.Handover
	Deeds   []deedForm
	Found   *found
	Now     string // for a field of time
	// Form is which form was refused, Typed what was typed into it.
	Form  string
	Typed url.Values

	names map[uuid.UUID]string
}

// A line is an entry, with what both accounts have after it.
type line struct {
	book.Entry
	FromLeft, ToLeft int
}

// A unitLine is what a unit was given, took and has.
type unitLine struct {
	book.UnitTally
	Name string
	List string
	Left int // allotted, and not handed over yet
}

// found is where the copy with a number is, and the way it went.
type found struct {
	Number int
	There  bool
	At     book.Account
	Trail  []book.Entry
}

func (rm *room) show(w http.ResponseWriter, r *http.Request, s subject) {
	v, err := rm.viewOf(r, s)
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	p := page.Page{Data: v, Room: "issues"}
	if err := v.Ledger.Verify(); err != nil {
		rm.Log.ErrorContext(r.Context(), "ledger", "issue", s.ID, "error", err)
		p.Fault = fault.New(fault.Internal, brokenLedger.With())
	}
	rm.pages.Show(w, r, http.StatusOK, "copies", p)
}

// again shows the page once more, with what was typed into a form and why it was
// not done.
func (rm *room) again(w http.ResponseWriter, r *http.Request, s subject, form string, why error) {
	v, err := rm.viewOf(r, s)
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	v.Form, v.Typed = form, r.PostForm
	rm.pages.Refuse(w, r, "copies", page.Page{Data: v, Room: "issues"}, why)
}

func (rm *room) viewOf(r *http.Request, s subject) (*view, error) {
	v, err := rm.viewBy(r.Context(), page.Actor(r), s, r.URL.Query().Get("account"))
	if err == nil {
		v.find(r.URL.Query().Get("number"))
	}
	return v, err
}

// viewBy is what somebody sees of the copies, with the entries of one account, ""
// of all.
func (rm *room) viewBy(ctx context.Context, who workflow.Actor, s subject, account string) (*view, error) {
	v := &view{
		Issue: s.Issue, Series: s.of, Zone: s.of.Location(), Plan: s.Copies, May: map[workflow.Act]workflow.Option{},
		Now: rm.Now().In(s.of.Location()).Format(formTime),
	}
	options, err := rm.Desk.Options(ctx, who, s.ID)
	if err != nil {
		return v, err
	}
	for _, o := range options {
		v.May[o.Act] = o
	}
	entries, err := rm.Reads.CopyEntries(ctx, s.ID)
	if err != nil {
		return v, err
	}
	v.Ledger = book.New(entries)
	if v.Handed, err = rm.Reads.Handovers(ctx, s.ID); err != nil {
		return v, err
	}
	if err := rm.name(ctx, v); err != nil {
		return v, err
	}
	v.Against, v.Warnings = v.Plan.Check(), v.Plan.Warnings()
	v.Account = account
	v.run()
	v.units()
	v.deeds()
	return v, nil
}

// name finds what the units are called: as the lists have them, others as they
// were asked for or as the directory has them.
func (rm *room) name(ctx context.Context, v *view) error {
	v.names = map[uuid.UUID]string{}
	for _, w := range v.Issue.Widenings {
		v.names[w.Unit] = w.Name
	}
	for _, p := range v.Issue.Circulation.All() {
		v.names[p.Unit] = p.Name
	}
	var others []uuid.UUID
	for _, b := range v.Ledger.Balances() {
		if b.Account.Kind == book.Unit && v.names[b.Account.Unit] == "" {
			others = append(others, b.Account.Unit)
		}
	}
	if len(others) == 0 {
		return nil
	}
	more, err := rm.Books.UnitNames(ctx, others)
	for id, name := range more {
		v.names[id] = name
	}
	return err
}

// run makes the lines of the ledger with the running balances.
func (v *view) run() {
	held := map[book.Account]int{}
	for _, e := range v.Ledger.Entries() {
		held[e.From] -= e.Count
		held[e.To] += e.Count
		if v.Account == "" || v.Account == e.From.String() || v.Account == e.To.String() {
			v.Lines = append(v.Lines, line{e, held[e.From], held[e.To]})
		}
	}
}

// units counts what every unit was given, took and has.
func (v *view) units() {
	lists := map[uuid.UUID]string{}
	for _, p := range slices.Backward(v.Issue.Circulation.All()) {
		lists[p.Unit] = p.Label
	}
	for _, u := range book.ByUnit([]book.Book{{Entries: v.Ledger.Entries(), Handed: v.Handed}}) {
		v.Units = append(v.Units, unitLine{u, v.names[u.Unit], lists[u.Unit], u.Given - u.Handed})
	}
}

// find looks for the copy with a number, if one was asked for.
func (v *view) find(number string) {
	n, err := strconv.Atoi(strings.TrimSpace(number))
	if err != nil {
		return
	}
	at, there := v.Ledger.Holder(n)
	v.Found = &found{Number: n, There: there, At: at, Trail: v.Ledger.Trail(n)}
}

// Out reports whether the copies are in the ledger.
func (v *view) Out() bool { return len(v.Ledger.Entries()) > 0 }

// Option is an act as it stands for this person; its Act is "" where it makes no
// sense now.
func (v *view) Option(act workflow.Act) workflow.Option { return v.May[act] }

// Allowed reports whether this person may do an act now.
func (v *view) Allowed(act workflow.Act) bool { return v.May[act].Allowed }

// Called returns what an account is called: a unit by its name.
func (v *view) Called(a book.Account) fault.Reason {
	if name := v.names[a.Unit]; name != "" && a.Kind == book.Unit {
		return fault.Reason{Key: name}
	}
	return a.Kind.Title()
}

// Name is what a unit is called.
func (v *view) Name(unit uuid.UUID) string { return v.names[unit] }

// Value is what a field of a form holds: as typed where that form was refused.
func (v *view) Value(form, name string, otherwise any) string {
	if v.Form == form {
		return v.Typed.Get(name)
	}
	return fmt.Sprint(otherwise)
}

// Ways are the ways in which paper reaches a unit.
func (v *view) Ways() []book.Way {
	return []book.Way{book.Exchanged, book.Fetched, book.Delivered, book.Posted}
}

// formTime is how browsers send a local date and time (HTML, datetime-local).
const formTime = "2006-01-02T15:04"

// A shownDeed is what the template of a deed's form is given.
type shownDeed struct {
	View *view
	Form deedForm
}

// functions are what the templates of the room call besides those of the kit.
func functions(fault.Lang) template.FuncMap {
	return template.FuncMap{
		"kinds": registers.Kinds,
		"join":  func(all []string) string { return strings.Join(all, "；") },
		"first": func(n int) int { return max(1, n) },
		"deed":  func(v *view, f deedForm) shownDeed { return shownDeed{v, f} },
		"account": func(text string) book.Account {
			a, _ := book.ParseAccount(text) // what is none has no entries
			return a
		},
	}
}
