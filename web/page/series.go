package page

import (
	"context"
	"net/http"

	"github.com/google/uuid"
)

// SeriesID returns the series that a request names by {id}. It fails as
// [NotHere] where that is none, or one in which the person holds no role: whether
// it exists is not theirs to know.
func SeriesID(r *http.Request) (uuid.UUID, error) {
	id, err := uuid.Parse(r.PathValue("id"))
	if err != nil || !Person(r).Sees(id) {
		return uuid.Nil, NotHere()
	}
	return id, nil
}

// OfSeries shows a page about a series, to who holds a role in it alone. read
// reads what the page wants of the series; it is not called for anybody else.
func OfSeries[T any](k *Kit, read func(context.Context, uuid.UUID) (T, error), next func(http.ResponseWriter, *http.Request, T)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		id, err := SeriesID(r)
		if err != nil {
			k.Fail(w, r, err)
			return
		}
		of, err := read(r.Context(), id)
		if err != nil {
			k.Fail(w, r, err)
			return
		}
		next(w, r, of)
	}
}
