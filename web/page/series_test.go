package page

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/fault"
)

// A page about a series is for who holds a role in it; for all others it is not
// even read.
func TestAPageOfASeries(t *testing.T) {
	kit, err := New(time.Now, slog.New(slog.NewTextHandler(t.Output(), nil)))
	if err != nil {
		t.Fatal(err)
	}
	mine := uuid.New()
	reader := accounts.Person{Active: true, Grants: []accounts.Grant{{Role: accounts.Reader, Series: mine}}}
	for _, c := range []struct {
		name   string
		who    accounts.Person
		id     string
		fails  error
		status int
		read   bool
	}{
		{"whoever holds a role", reader, mine.String(), nil, http.StatusOK, true},
		{"another series", reader, uuid.NewString(), nil, http.StatusNotFound, false},
		{"no role", accounts.Person{Active: true}, mine.String(), nil, http.StatusNotFound, false},
		{"no id", reader, "x", nil, http.StatusNotFound, false},
		{"what cannot be read", reader, mine.String(), fault.New(fault.Unavailable, NotFound.With()), http.StatusServiceUnavailable, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			read := false
			mux := http.NewServeMux()
			mux.HandleFunc("GET /series/{id}", OfSeries(kit, func(_ context.Context, id uuid.UUID) (string, error) {
				read = true
				return id.String(), c.fails
			}, func(w http.ResponseWriter, _ *http.Request, id string) { Plain(w, http.StatusOK, id) }))
			w := httptest.NewRecorder()
			mux.ServeHTTP(w, WithPerson(httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/series/"+c.id, nil), c.who))
			if w.Code != c.status || read != c.read {
				t.Errorf("%d, read %t", w.Code, read)
			}
		})
	}
}
