package page

import (
	"maps"
	"net/url"
	"strconv"
)

// PageRows is how many rows of a long table a page shows: what a screen scrolls
// through in a moment, and a browser lays out in one.
const PageRows = 100

// A Pager says which rows of a long table a page shows, and leads to the others.
// The part "pager" of the templates shows it where there is more than one page.
type Pager struct {
	Page  int // 1-based; where rows were more before, the last there is
	Found int // rows in all
	at    string
	query url.Values
	place string
}

// PagerOf reads which page an address asks for: ?page=2. at is the path of the
// table, with the place in it where it is not the first thing of its page
// (/issues/1#circulation); what else the query says stays in the links.
func PagerOf(at string, query url.Values, found int) Pager {
	p := Pager{Found: found, at: at, query: query}
	if address, err := url.Parse(at); err == nil {
		p.at, p.place = address.Path, address.Fragment
	}
	n, _ := strconv.Atoi(query.Get("page"))
	p.Page = min(max(n, 1), p.last())
	return p
}

// Rows returns the rows that are shown; all are as many as Found.
func Rows[T any](p Pager, all []T) []T {
	return all[(p.Page-1)*PageRows : p.To()]
}

// From is the place of the first row that is shown, 1-based.
func (p Pager) From() int { return min((p.Page-1)*PageRows+1, p.Found) }

// To is the place of the last one.
func (p Pager) To() int { return min(p.Page*PageRows, p.Found) }

// Before is the address of the page before this one, or "".
func (p Pager) Before() string {
	if p.Page <= 1 {
		return ""
	}
	return p.to(p.Page - 1)
}

// After is the address of the next page, or "".
func (p Pager) After() string {
	if p.Page >= p.last() {
		return ""
	}
	return p.to(p.Page + 1)
}

// last is the last page there is.
func (p Pager) last() int { return max(1, (p.Found+PageRows-1)/PageRows) }

func (p Pager) to(n int) string {
	query := maps.Clone(p.query)
	if query == nil {
		query = url.Values{}
	}
	query.Del("page")
	if n > 1 {
		query.Set("page", strconv.Itoa(n))
	}
	return (&url.URL{Path: p.at, RawQuery: query.Encode(), Fragment: p.place}).String()
}
