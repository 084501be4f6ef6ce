package web

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"jianbao/mailer"
)

// pageRows is how many rows of a long table a page shows.
const pageRows = 100

// A filter is what somebody wants to see of a board.
type filter struct {
	State mailer.State // "" is every one
	Words string       // in the name or the address
	Page  int          // 1-based
}

func filterOf(r *http.Request) filter {
	q := r.URL.Query()
	n, err := strconv.Atoi(q.Get("page"))
	if err != nil || n < 1 {
		n = 1
	}
	return filter{State: mailer.State(q.Get("state")), Words: strings.TrimSpace(q.Get("q")), Page: n}
}

// sift returns the rows that the filter lets through.
func (f filter) sift(rows []dispatchRow) []dispatchRow {
	if f.State == "" && f.Words == "" {
		return rows
	}
	return slices.DeleteFunc(slices.Clone(rows), func(r dispatchRow) bool {
		if f.State != "" && (r.Last == nil || r.Last.State != f.State) {
			return true
		}
		return !strings.Contains(r.Name, f.Words) && (r.Last == nil || !strings.Contains(r.Last.Address, f.Words))
	})
}

// page returns the rows of the filter's page; one behind the last is empty.
func (f filter) page(rows []dispatchRow) []dispatchRow {
	from := min((f.Page-1)*pageRows, len(rows))
	return rows[from:min(from+pageRows, len(rows))]
}

// Query is the filter as the address of a page has it, with another page.
func (f filter) Query(page int) string {
	q := url.Values{}
	for key, value := range map[string]string{"state": string(f.State), "q": f.Words} {
		if value != "" {
			q.Set(key, value)
		}
	}
	if page > 1 {
		q.Set("page", strconv.Itoa(page))
	}
	return "?" + q.Encode()
}

// Before and After are the queries of the pages beside this one, "" where there
// is none.
func (v *dispatchView) Before() string {
	if v.Filter.Page == 1 {
		return ""
	}
	return v.Filter.Query(v.Filter.Page - 1)
}

// After is the query of the next page, or "".
func (v *dispatchView) After() string {
	if v.Filter.Page*pageRows >= v.Found {
		return ""
	}
	return v.Filter.Query(v.Filter.Page + 1)
}

// From and To are the places of the first and the last row that is shown.
func (v *dispatchView) From() int { return min((v.Filter.Page-1)*pageRows+1, v.Found) }

// To is the place of the last row that is shown.
func (v *dispatchView) To() int { return min(v.Filter.Page*pageRows, v.Found) }

// Query is the filter as the page's own address has it.
func (v *dispatchView) Query() string { return v.Filter.Query(v.Filter.Page) }

// Only is the query that shows one state.
func (v *dispatchView) Only(state mailer.State) string {
	return filter{State: state, Words: v.Filter.Words}.Query(1)
}
