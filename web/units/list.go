package units

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"jianbao/recipients"

	"jianbao/web/page"
)

// pageRows is how many units a page lists.
const pageRows = 100

// A listView is the directory: the units that a search finds, a page of them.
type listView struct {
	Words      string
	Ended      bool // also those that have ended
	Rows       []recipients.Unit
	Found, All int
	Page       int
	MayKeep    bool
	Rosters    int
}

func (rm *room) list(w http.ResponseWriter, r *http.Request) {
	dir, err := rm.directory(r)
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	q, now := r.URL.Query(), rm.Now()
	view := listView{Words: strings.TrimSpace(q.Get("q")), Ended: q.Get("ended") != "", All: len(dir.Units), MayKeep: mayKeep(page.Person(r)), Rosters: len(dir.Collectives)}
	view.Page, _ = strconv.Atoi(q.Get("page"))
	view.Page = max(view.Page, 1)
	all := slices.DeleteFunc(dir.Units, func(u recipients.Unit) bool {
		return !speaksOf(u, view.Words) || view.Words == "" && !view.Ended && !u.Stands(now)
	})
	view.Found = len(all)
	from := min((view.Page-1)*pageRows, len(all))
	view.Rows = all[from:min(from+pageRows, len(all))]
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

// query is the address of another page of the same search.
func (v listView) query(page int) string {
	q := url.Values{}
	if v.Words != "" {
		q.Set("q", v.Words)
	}
	if v.Ended {
		q.Set("ended", "1")
	}
	if page > 1 {
		q.Set("page", strconv.Itoa(page))
	}
	return "/units?" + q.Encode()
}

// Before is the address of the page before this one, or "".
func (v listView) Before() string {
	if v.Page <= 1 {
		return ""
	}
	return v.query(v.Page - 1)
}

// After is the address of the next page, or "".
func (v listView) After() string {
	if v.Page*pageRows >= v.Found {
		return ""
	}
	return v.query(v.Page + 1)
}

// From is the place of the first unit that is shown.
func (v listView) From() int { return min((v.Page-1)*pageRows+1, v.Found) }

// To is the place of the last one.
func (v listView) To() int { return min(v.Page*pageRows, v.Found) }
