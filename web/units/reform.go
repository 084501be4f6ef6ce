package units

import (
	"net/http"
	"strings"

	"jianbao/fault"
	"jianbao/recipients"
	"jianbao/recipients/keeping"

	"jianbao/web/page"
)

// A reformView is a reform as a form, and what it would do.
type reformView struct {
	Unit  recipients.Unit
	Kind  recipients.ReformKind
	Names []string // of units that a field may offer
	Below []fault.Reason

	// What was typed.
	Name, Short, Others, Into, Day, Reason string
	Stays                                  bool

	// Looked says that Would is what it would do.
	Looked bool
	Would  []fault.Reason
}

func (rm *room) reform(w http.ResponseWriter, r *http.Request) {
	view, _, err := rm.reformOf(r)
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	view.Day = Day(rm.Now())
	rm.pages.Show(w, r, http.StatusOK, "reform", page.Page{Room: "units", Data: view})
}

func (rm *room) reformOf(r *http.Request) (view reformView, dir recipients.Directory, err error) {
	view.Kind = recipients.ReformKind(r.PathValue("reform"))
	switch view.Kind {
	case recipients.Renamed, recipients.Merged, recipients.Divided, recipients.Closed:
	default:
		return view, dir, page.NotHere()
	}
	if dir, err = rm.directory(r); err != nil {
		return view, dir, err
	}
	known := false
	if view.Unit, known = find(dir, r.PathValue("id")); !known {
		return view, dir, page.NotHere()
	}
	view.Names, view.Below = proposed(dir, rm.Now()), dir.Below(view.Unit.ID)
	if view.Kind == recipients.Renamed {
		view.Short = shortNames(view.Unit)
	}
	return view, dir, nil
}

// shortNames are the short names that are in use, one a line.
func shortNames(u recipients.Unit) string {
	var all []string
	for _, a := range u.Aliases {
		if !a.Former && a.Until.IsZero() {
			all = append(all, a.Name)
		}
	}
	return strings.Join(all, "\n")
}

// reformed says what a reform would do, or does it.
func (rm *room) reformed(w http.ResponseWriter, r *http.Request) {
	view, dir, err := rm.reformOf(r)
	if err == nil {
		_, err = rm.ReadForm(w, r)
	}
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	f := &form{Request: r}
	reform := view.read(f)
	decide := reform.Decide(rm.hand(r))
	enter := r.PostForm.Get("do") == "enter"
	var change recipients.Change
	switch err = f.err(); {
	case err != nil:
	case enter:
		_, err = rm.Books.ChangeUnits(r.Context(), decide)
	default:
		change, err = decide(dir)
	}
	switch {
	case err != nil:
		rm.pages.Refuse(w, r, "reform", page.Page{Room: "units", Data: view}, err)
	case enter:
		page.See(w, r, "/units/"+view.Unit.ID.String()+"#past")
	default:
		view.Looked, view.Would = true, keeping.Consequences(dir, change)
		rm.pages.Show(w, r, http.StatusOK, "reform", page.Page{Room: "units", Data: view})
	}
}

// read takes what was typed.
func (v *reformView) read(f *form) keeping.Reform {
	v.Name, v.Short, v.Others, v.Into = f.text("name"), f.text("short"), f.text("others"), f.text("into")
	v.Day, v.Reason, v.Stays = f.text("day"), f.text("reason"), f.text("stays") != ""
	return keeping.Reform{
		Kind: v.Kind, Unit: v.Unit.ID, Name: v.Name, Short: f.names("short"), Others: f.names("others"),
		Into: keeping.Parts(v.Into), Stays: v.Stays, Day: f.day(v.Day), Reason: v.Reason,
	}
}

// Is reports whether the page is of a kind of reform.
func (v reformView) Is(kind string) bool { return string(v.Kind) == kind }
