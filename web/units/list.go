package units

import (
	"net/http"
	"slices"
	"strings"

	"jianbao/recipients"

	"jianbao/web/page"
)

// A listView is the directory: the units that a search finds, a page of them.
type listView struct {
	page.Pager
	Words   string
	Ended   bool // also those that have ended
	Rows    []recipients.Unit
	All     int
	MayKeep bool
	Rosters int
}

func (rm *room) list(w http.ResponseWriter, r *http.Request) {
	dir, err := rm.directory(r)
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	q, now := r.URL.Query(), rm.Now()
	view := listView{Words: strings.TrimSpace(q.Get("q")), Ended: q.Get("ended") != "", All: len(dir.Units), MayKeep: mayKeep(page.Person(r)), Rosters: len(dir.Collectives)}
	all := slices.DeleteFunc(dir.Units, func(u recipients.Unit) bool {
		return !speaksOf(u, view.Words) || view.Words == "" && !view.Ended && !u.Stands(now)
	})
	view.Pager = page.PagerOf("/units", q, len(all))
	view.Rows = page.Rows(view.Pager, all)
	rm.pages.Show(w, r, http.StatusOK, "units", page.Page{Data: view})
}

// speaksOf reports whether a search means a unit: by its name, a short name, a
// person or an address.
func speaksOf(u recipients.Unit, words string) bool {
	if words == "" {
		return true
	}
	texts := append([]string{u.Name, u.Phone, u.Street, u.Contact.Name, u.Contact.Phone, u.Deputy.Name, u.Deputy.Phone}, u.Mailboxes()...)
	for _, a := range u.Aliases {
		texts = append(texts, a.Name)
	}
	return slices.ContainsFunc(texts, func(text string) bool { return strings.Contains(text, words) })
}
