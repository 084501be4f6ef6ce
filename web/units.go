package web

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"jianbao/accounts"
	"jianbao/fault"
	"jianbao/recipients"

	"jianbao/web/page"
)

// A unitsView is the directory: the units that a search finds, a page of them.
type unitsView struct {
	Words      string
	Rows       []recipients.Unit
	Found, All int
	Page       int
	MayKeep    bool
}

// mayKeep reports whether a person keeps the directory: whoever is clerk or
// administrator anywhere, since it belongs to all series.
func mayKeep(who accounts.Person) bool {
	return slices.ContainsFunc(who.Grants, func(g accounts.Grant) bool { return g.Role == accounts.Clerk || g.Role == accounts.Admin })
}

// keeper lets only those in who keep the directory.
func (s *server) keeper(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if who := page.Person(r); !mayKeep(who) {
			s.kit.Fail(w, r, fault.New(fault.Forbidden, keepsNothing.With(who.Name)))
			return
		}
		next(w, r)
	}
}

// insider lets in who has a role anywhere.
func (s *server) insider(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if len(page.Person(r).Grants) == 0 {
			s.kit.Nothing(w, r)
			return
		}
		next(w, r)
	}
}

func (s *server) units(w http.ResponseWriter, r *http.Request) {
	all, err := s.Names.Units(r.Context())
	if err != nil {
		s.kit.Fail(w, r, err)
		return
	}
	q := r.URL.Query()
	view := unitsView{Words: strings.TrimSpace(q.Get("q")), All: len(all), MayKeep: mayKeep(page.Person(r))}
	view.Page, _ = strconv.Atoi(q.Get("page"))
	view.Page = max(view.Page, 1)
	all = slices.DeleteFunc(all, func(u recipients.Unit) bool { return !speaksOf(u, view.Words) })
	view.Found = len(all)
	from := min((view.Page-1)*pageRows, len(all))
	view.Rows = all[from:min(from+pageRows, len(all))]
	s.pages.Show(w, r, http.StatusOK, "units", page.Page{Data: view})
}

// speaksOf reports whether a search means a unit: by its name, a short name, a
// person or an address.
func speaksOf(u recipients.Unit, words string) bool {
	if words == "" {
		return true
	}
	texts := append([]string{u.Name, u.Phone, u.Contact.Name, u.Contact.Phone, u.Deputy.Name, u.Deputy.Phone}, u.Mailboxes()...)
	for _, a := range u.Aliases {
		texts = append(texts, a.Name)
	}
	return slices.ContainsFunc(texts, func(text string) bool { return strings.Contains(text, words) })
}

// Before and After are the queries of the pages beside this one, or "".
func (v unitsView) Before() string {
	if v.Page <= 1 {
		return ""
	}
	return filter{Words: v.Words}.Query(v.Page - 1)
}

// After is the query of the next page, or "".
func (v unitsView) After() string {
	if v.Page*pageRows >= v.Found {
		return ""
	}
	return filter{Words: v.Words}.Query(v.Page + 1)
}

// From is the place of the first unit that is shown.
func (v unitsView) From() int { return min((v.Page-1)*pageRows+1, v.Found) }

// To is the place of the last one.
func (v unitsView) To() int { return min(v.Page*pageRows, v.Found) }
