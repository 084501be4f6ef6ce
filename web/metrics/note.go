package metrics

import (
	"context"
	"net/http"
)

// Noted returns a request that remembers by which pattern it is served (see
// [Named]), and what tells it afterwards; "" where no mux knew it.
func Noted(r *http.Request) (*http.Request, func() string) {
	note, counted := r.Context().Value(noteKey{}).(*routeNote)
	if !counted {
		note = &routeNote{}
		r = r.WithContext(context.WithValue(r.Context(), noteKey{}, note))
	}
	return r, func() string { return note.pattern }
}
