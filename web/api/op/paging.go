package op

import (
	"encoding/base64"
	"slices"

	"jianbao/fault"
)

// A Paging is how a list is read piece by piece.
type Paging struct {
	Limit  int    `query:"limit" minimum:"1" maximum:"200" default:"50" doc:"how many at most"`
	Cursor string `query:"cursor" maxLength:"100" doc:"the next of the page before, as it was"`
}

// A Page is a piece of a list.
type Page[T any] struct {
	Items []T    `json:"items"`
	Next  string `json:"next,omitempty" doc:"the cursor of the next page; absent on the last"`
}

// A Listed answers with a piece of a list.
type Listed[T any] struct{ Body Page[T] }

// Cut returns the piece of a whole list that comes behind the cursor. key names
// each line, for good: lines that are added later move no cursor.
func Cut[V, T any](p Paging, all []V, key func(V) string, shown func(V) T) (*Listed[T], error) {
	if p.Cursor != "" {
		n := slices.IndexFunc(all, func(v V) bool { return Cursor(key(v)) == p.Cursor })
		if n < 0 {
			return nil, BadCursor(nil)
		}
		all = all[n+1:]
	}
	page := &Listed[T]{Page[T]{Items: []T{}}}
	for _, v := range all[:min(p.Limit, len(all))] {
		page.Body.Items = append(page.Body.Items, shown(v))
	}
	if len(all) > p.Limit {
		page.Body.Next = Cursor(key(all[p.Limit-1]))
	}
	return page, nil
}

// Each shows every one of a list.
func Each[V, T any](all []V, shown func(V) T) []T {
	out := make([]T, len(all))
	for n, v := range all {
		out[n] = shown(v)
	}
	return out
}

// Cursor writes the name of a line so that it fits into an address and nobody
// is tempted to make one.
func Cursor(key string) string { return base64.RawURLEncoding.EncodeToString([]byte(key)) }

// Named returns the name that a cursor was made of.
func (p Paging) Named() (string, error) {
	key, err := base64.RawURLEncoding.DecodeString(p.Cursor)
	if err != nil {
		return "", BadCursor(err)
	}
	return string(key), nil
}

// BadCursor is the refusal of a cursor that no page had as its next.
func BadCursor(cause error) error {
	return fault.New(fault.Invalid, badCursor.With()).Because(cause)
}
