package web

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"jianbao/mailer"
)

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

// values is the filter as the address of a page has it, with another page.
func (f filter) values(page int) url.Values {
	q := url.Values{}
	for key, value := range map[string]string{"state": string(f.State), "q": f.Words} {
		if value != "" {
			q.Set(key, value)
		}
	}
	if page > 1 {
		q.Set("page", strconv.Itoa(page))
	}
	return q
}

// Query is the filter as the page's own address has it.
func (v *dispatchView) Query() string { return "?" + v.Filter.values(v.Page).Encode() }

// Only is the query that shows one state.
func (v *dispatchView) Only(state mailer.State) string {
	return "?" + filter{State: state, Words: v.Filter.Words}.values(1).Encode()
}
