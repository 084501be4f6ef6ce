package units

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"jianbao/recipients"
	"jianbao/recipients/keeping"

	"jianbao/web/page"
)

// A rostersView is the collective entries.
type rostersView struct {
	All     []rosterLine
	MayKeep bool
}

// A rosterLine is one of them in the list.
type rosterLine struct {
	recipients.Collective
	Names []string // of the units that it reaches today
	Gone  bool     // one of them is no more
}

func (rm *room) rosters(w http.ResponseWriter, r *http.Request) {
	dir, err := rm.directory(r)
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	view := rostersView{MayKeep: mayKeep(page.Person(r))}
	for _, c := range dir.Collectives {
		line := rosterLine{Collective: c}
		for _, m := range c.At(rm.Now()) {
			unit, known := find(dir, m.Unit.String())
			line.Names = append(line.Names, unit.Name)
			line.Gone = line.Gone || !known || !unit.Stands(rm.Now())
		}
		view.All = append(view.All, line)
	}
	rm.pages.Show(w, r, http.StatusOK, "rosters", page.Page{Room: "units", Data: view})
}

// A rosterView is one collective entry as a form.
type rosterView struct {
	Entry   recipients.Collective
	New     bool
	MayKeep bool
	Lines   []memberLine
	Names   []string
	Notes   []recipients.Note
}

// A memberLine is a line of the form.
type memberLine struct {
	Words, Via, From, Until string
}

func (rm *room) roster(w http.ResponseWriter, r *http.Request) {
	view, dir, err := rm.rosterOf(r)
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	view.lines(dir)
	rm.pages.Show(w, r, http.StatusOK, "roster", page.Page{Room: "units", Data: view})
}

func (rm *room) rosterOf(r *http.Request) (view rosterView, dir recipients.Directory, err error) {
	view.MayKeep = mayKeep(page.Person(r))
	if dir, err = rm.directory(r); err != nil {
		return view, dir, err
	}
	if view.MayKeep {
		view.Names = proposed(dir, rm.Now())
	}
	if r.PathValue("id") == "new" {
		view.New, view.Entry.ID = true, rm.NewID()
		return view, dir, nil
	}
	n := slices.IndexFunc(dir.Collectives, func(c recipients.Collective) bool { return c.ID.String() == r.PathValue("id") })
	if n < 0 {
		return view, dir, page.NotHere()
	}
	view.Entry = dir.Collectives[n]
	view.Notes, err = rm.Books.UnitNotes(r.Context(), view.Entry.ID, most)
	return view, dir, err
}

// lines makes the lines of the form from the members.
func (v *rosterView) lines(dir recipients.Directory) {
	v.Lines = nil
	for _, m := range v.Entry.Members {
		unit, _ := find(dir, m.Unit.String())
		v.Lines = append(v.Lines, memberLine{m.Words, unit.Name, Day(m.From), Day(m.Until)})
	}
	if v.MayKeep {
		v.Lines = append(v.Lines, make([]memberLine, emptyLines+1)...)
	}
}

// saveRoster writes the form of a collective entry, drops the entry, or shows
// the form with one of its lines moved.
func (rm *room) saveRoster(w http.ResponseWriter, r *http.Request) {
	view, dir, err := rm.rosterOf(r)
	if err == nil {
		_, err = rm.ReadForm(w, r)
	}
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	f := &form{Request: r}
	view.typed(f)
	do := r.PostForm.Get("do")
	if at, moved := strings.CutPrefix(do, "up "); moved {
		view.up(at)
		rm.pages.Show(w, r, http.StatusOK, "roster", page.Page{Room: "units", Data: view})
		return
	}
	before := view.Entry.Members
	view.Entry.Text, view.Entry.Place = f.text("text"), f.text("place")
	if !view.New {
		view.Entry.Version = f.number("version")
	}
	view.Entry.Members = f.members(view.Lines, before, dir)
	if err = f.err(); err == nil {
		decide := keeping.PutRoster(view.Entry, rm.hand(r))
		if do == "drop" {
			decide = keeping.DropRoster(view.Entry.ID, rm.hand(r))
		}
		_, err = rm.Books.ChangeUnits(r.Context(), decide)
	}
	switch {
	case err != nil:
		rm.pages.Refuse(w, r, "roster", page.Page{Room: "units", Data: view}, err)
	case do == "drop":
		page.See(w, r, "/units/rosters")
	default:
		page.See(w, r, "/units/rosters/"+view.Entry.ID.String())
	}
}

// typed makes the lines of the form from what was typed.
func (v *rosterView) typed(f *form) {
	v.Lines = nil
	at := func(name string, n int) string {
		if all := f.PostForm[name]; n < len(all) {
			return strings.TrimSpace(all[n])
		}
		return ""
	}
	for n := range f.PostForm["words"] {
		v.Lines = append(v.Lines, memberLine{at("words", n), at("via", n), at("from", n), at("until", n)})
	}
}

// up moves a line of the form above the one before it.
func (v *rosterView) up(line string) {
	if n, err := strconv.Atoi(line); err == nil && n > 0 && n < len(v.Lines) {
		v.Lines[n-1], v.Lines[n] = v.Lines[n], v.Lines[n-1]
	}
}

// members reads the lines; one without words and unit is dropped. Days that
// nobody touched keep their moments.
func (f *form) members(lines []memberLine, before []recipients.Member, dir recipients.Directory) (all []recipients.Member) {
	for _, l := range lines {
		if l.Words == "" && l.Via == "" {
			continue
		}
		unit, known := named(dir, l.Via)
		if !known && l.Via != "" {
			f.wrong = append(f.wrong, noSuchUnit.With(l.Via))
		}
		if l.Words == "" {
			l.Words = unit.Name
		}
		m := recipients.Member{Words: l.Words, Unit: unit.ID}
		same := func(read func(recipients.Member) time.Time, text string) time.Time {
			for _, b := range before {
				if b.Unit == m.Unit && Day(read(b)) == text {
					return read(b)
				}
			}
			return f.day(text)
		}
		m.From = same(func(b recipients.Member) time.Time { return b.From }, l.From)
		m.Until = same(func(b recipients.Member) time.Time { return b.Until }, l.Until)
		all = append(all, m)
	}
	return all
}
