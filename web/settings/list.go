package settings

import (
	"net/http"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/web/page"
	"jianbao/workflow"
	"jianbao/workflow/setup"
)

// A listView is the series that a person sees.
type listView struct {
	Series   []seriesLine
	MayFound bool
	// Audits says that the person is an auditor.
	Audits bool
	// Typed is a form that was refused.
	Typed  setup.Founding
	Routes []setup.BuiltinRoute
}

// A seriesLine is one series of the list.
type seriesLine struct {
	workflow.Series
	Next []time.Time // when the next issue is opened
}

func (rm *room) listOf(r *http.Request, typed setup.Founding) (listView, error) {
	who := page.Person(r)
	view := listView{MayFound: setup.MayFound(who), Audits: who.Has(accounts.Auditor, uuid.Nil), Typed: typed, Routes: setup.BuiltinRoutes()}
	all, err := rm.Books.SeriesAll(r.Context())
	for _, s := range all {
		if who.Sees(s.ID) {
			view.Series = append(view.Series, seriesLine{s, setup.Moments(s.Cadence.Spec, s.Location(), rm.Now(), 1)})
		}
	}
	return view, err
}

func (rm *room) list(w http.ResponseWriter, r *http.Request) {
	view, err := rm.listOf(r, setup.Founding{Route: setup.BuiltinRoutes()[0].Name})
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	rm.pages.Show(w, r, http.StatusOK, "list", page.Page{Room: "settings", Data: view})
}

// found makes a new series, and leads to its settings.
func (rm *room) found(w http.ResponseWriter, r *http.Request) {
	if !setup.MayFound(page.Person(r)) {
		rm.Fail(w, r, forbidden(onlyFounders.With(page.Person(r).Name)))
		return
	}
	if _, err := rm.ReadForm(w, r); err != nil {
		rm.Fail(w, r, err)
		return
	}
	f := form{Values: r.PostForm}
	typed := setup.Founding{
		Masthead: f.Get("masthead"), Organ: f.Get("organ"), Place: f.Get("place"), Mailbox: f.Get("mailbox"),
		Route: f.Get("route"), Countersign: f.list("countersign"),
	}
	made, err := rm.write(r, typed)
	if err == nil {
		page.See(w, r, address(made.Series.ID))
		return
	}
	view, broken := rm.listOf(r, typed)
	if broken != nil {
		rm.Fail(w, r, broken)
		return
	}
	rm.pages.Refuse(w, r, "list", page.Page{Room: "settings", Data: view}, err)
}

func (rm *room) write(r *http.Request, typed setup.Founding) (made setup.Settings, err error) {
	d, err := rm.directory(r.Context())
	if err != nil {
		return made, err
	}
	if made, err = typed.Settings(d, rm.NewID(), rm.Now()); err != nil {
		return made, err
	}
	return made, rm.Books.AddSettings(r.Context(), made, by(r), rm.Now())
}
