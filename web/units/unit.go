package units

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"jianbao/fault"
	"jianbao/recipients"
	"jianbao/recipients/keeping"
	"jianbao/workflow"

	"jianbao/web/page"
)

// A unitView is one unit as a form, and what is known of it besides.
type unitView struct {
	Unit     recipients.Unit
	New      bool
	MayKeep  bool
	Above    string // the name of the unit above it, as it was typed
	Copies   string // as they were typed
	Parent   uuid.UUID
	Channels []recipients.Channel
	Levels   []recipients.Level
	Aliases  []aliasLine
	Names    []string // of units that a field may offer
	Kinds    []recipients.ReformKind

	Past    []recipients.Reform
	Notes   []recipients.Note
	Got     []workflow.Got
	Rosters []recipients.Collective
	Below   []recipients.Unit
	Heirs   []recipients.Unit
}

// An aliasLine is a line of the form.
type aliasLine struct {
	Name        string
	Former      bool
	From, Until string
}

// emptyLines is how many lines for more names the form has.
const emptyLines = 2

// most bounds the lists beside the form.
const most = 50

func (rm *room) unit(w http.ResponseWriter, r *http.Request) {
	view, _, err := rm.view(r)
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	view.lines()
	rm.show(w, r, view, nil)
}

func (rm *room) show(w http.ResponseWriter, r *http.Request, view unitView, err error) {
	p := page.Page{Room: "units", Data: view}
	if err != nil {
		rm.pages.Refuse(w, r, "unit", p, err)
		return
	}
	rm.pages.Show(w, r, http.StatusOK, "unit", p)
}

// view returns the unit of a request with all that is known of it; a new one
// where its id is "new".
func (rm *room) view(r *http.Request) (view unitView, dir recipients.Directory, err error) {
	view = unitView{
		MayKeep: mayKeep(page.Person(r)), Channels: recipients.Channels, Levels: recipients.Levels,
		Kinds: []recipients.ReformKind{recipients.Renamed, recipients.Merged, recipients.Divided, recipients.Closed},
	}
	if dir, err = rm.directory(r); err != nil {
		return view, dir, err
	}
	if view.MayKeep {
		view.Names = proposed(dir, rm.Now())
	}
	if r.PathValue("id") == "new" {
		if !view.MayKeep {
			return view, dir, fault.New(fault.Forbidden, keepsNothing.With(page.Person(r).Name))
		}
		view.New, view.Unit = true, recipients.Unit{ID: rm.NewID(), Channel: recipients.ByPaper, Copies: 1}
		return view, dir, nil
	}
	known := false
	if view.Unit, known = find(dir, r.PathValue("id")); !known {
		return view, dir, page.NotHere()
	}
	if parent, has := find(dir, view.Unit.Parent.String()); has {
		view.Above, view.Parent = parent.Name, parent.ID
	}
	return view, dir, rm.known(r, &view, dir)
}

// known fills in what is known of a unit besides its form.
func (rm *room) known(r *http.Request, v *unitView, dir recipients.Directory) (err error) {
	v.Past = dir.Past(v.Unit.ID)
	slices.Reverse(v.Past)
	for _, u := range dir.Units {
		if u.Parent == v.Unit.ID && u.Stands(rm.Now()) {
			v.Below = append(v.Below, u)
		}
		if slices.Contains(v.Unit.Successors, u.ID) {
			v.Heirs = append(v.Heirs, u)
		}
	}
	v.Below = v.Below[:min(len(v.Below), most)]
	for _, c := range dir.Collectives {
		if slices.ContainsFunc(c.Members, func(m recipients.Member) bool { return m.Unit == v.Unit.ID }) {
			v.Rosters = append(v.Rosters, c)
		}
	}
	if v.Notes, err = rm.Books.UnitNotes(r.Context(), v.Unit.ID, most); err != nil {
		return err
	}
	all, err := rm.Books.SeriesAll(r.Context())
	if err != nil {
		return err
	}
	var seen []uuid.UUID
	for _, s := range all {
		if page.Person(r).Sees(s.ID) {
			seen = append(seen, s.ID)
		}
	}
	v.Got, err = rm.Books.Got(r.Context(), seen, v.Unit.ID, most)
	return err
}

// lines makes the lines of the form from the unit's names.
func (v *unitView) lines() {
	v.Copies = strconv.Itoa(v.Unit.Copies)
	v.Aliases = nil
	for _, a := range v.Unit.Aliases {
		v.Aliases = append(v.Aliases, aliasLine{a.Name, a.Former, Day(a.From), Day(a.Until)})
	}
	if v.MayKeep {
		v.Aliases = append(v.Aliases, make([]aliasLine, emptyLines)...)
	}
}

// save writes the form of a unit.
func (rm *room) save(w http.ResponseWriter, r *http.Request) {
	view, dir, err := rm.view(r)
	if err == nil {
		_, err = rm.ReadForm(w, r)
	}
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	f := &form{Request: r}
	f.unit(&view.Unit, view.New, dir)
	view.Above = f.text("above")
	if err = f.err(); err == nil {
		_, err = rm.Books.ChangeUnits(r.Context(), keeping.Put(view.Unit, rm.hand(r)))
	}
	if err != nil {
		view.typed(f)
		rm.show(w, r, view, err)
		return
	}
	page.See(w, r, "/units/"+view.Unit.ID.String())
}

// typed makes the lines of the form from what was typed.
func (v *unitView) typed(f *form) {
	v.lines()
	v.Copies = f.text("copies")
	if len(f.PostForm["alias"]) == 0 {
		return
	}
	v.Aliases = nil
	at := func(name string, n int) string {
		if all := f.PostForm[name]; n < len(all) {
			return all[n]
		}
		return ""
	}
	for n, name := range f.PostForm["alias"] {
		v.Aliases = append(v.Aliases, aliasLine{name, at("alias-kind", n) == "former", at("alias-from", n), at("alias-until", n)})
	}
}

// Address is where the form is sent.
func (v unitView) Address() string {
	if v.New {
		return "/units/new"
	}
	return "/units/" + v.Unit.ID.String()
}

// Ended reports whether the unit is no more.
func (v unitView) Ended() bool { return !v.Unit.Ended.IsZero() }

// Locked reports whether the form may not be changed.
func (v unitView) Locked() bool { return !v.MayKeep || v.Ended() }

// Lines is how a field shows several of them.
func (v unitView) Lines(all []string) string { return strings.Join(all, "\n") }

// Day is how a page writes a day; "" for the zero time.
func (v unitView) Day(t time.Time) string { return Day(t) }

// Called are the names of candidates in one line.
func (v unitView) Called(all []recipients.Candidate) string {
	var names []string
	for _, c := range all {
		names = append(names, c.Name)
	}
	return strings.Join(names, "、")
}
