package web

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"jianbao/web/page"
)

// TestTokensAreNotEnumerated: who asks for addresses that open nothing waits, who
// asks for one that does never.
func TestTokensAreNotEnumerated(t *testing.T) {
	kit, err := page.New(func() time.Time { return noon }, quiet())
	if err != nil {
		t.Fatal(err)
	}
	s := &server{Config: Config{Now: kit.Now}, kit: kit, door: newDoor(nil, quiet())}
	opens := map[string]bool{"/receipt/right": true}
	handler := s.guessed(func(w http.ResponseWriter, r *http.Request) {
		if !opens[r.URL.Path] {
			s.kit.Nothing(w, r)
		}
	})
	ask := func(path, from string) *httptest.ResponseRecorder {
		r := httptest.NewRequest("GET", path, nil)
		r.RemoteAddr = from
		w := httptest.NewRecorder()
		handler(w, r)
		return w
	}
	for n := range 2 * guesses {
		if w := ask("/receipt/right", "10.0.0.1:1"); w.Code != http.StatusOK {
			t.Fatalf("the %d. look at what is there: %d", n+1, w.Code)
		}
	}
	for n := range guesses {
		is(t, ask(fmt.Sprint("/receipt/wrong", n), "10.0.0.1:1"), http.StatusNotFound)
	}
	w := ask("/receipt/wrong", "10.0.0.1:2")
	if is(t, w, http.StatusTooManyRequests, "10秒"); w.Header().Get("Retry-After") != "10" {
		t.Errorf("Retry-After %q", w.Header().Get("Retry-After"))
	}
	is(t, ask("/receipt/wrong", "10.0.0.2:1"), http.StatusNotFound)
}

// TestWhoGuessesShutsNoLetterToOthers: from the same network others open what they
// opened before, and slow answers give back what they took.
func TestWhoGuessesShutsNoLetterToOthers(t *testing.T) {
	now := noon
	kit, err := page.New(func() time.Time { return now }, quiet())
	if err != nil {
		t.Fatal(err)
	}
	s := &server{Config: Config{Now: kit.Now}, kit: kit, door: newDoor(nil, quiet())}
	handler := s.guessed(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/own/slow":
			now = now.Add(time.Second) // while others ask
		case "/own/right":
		default:
			s.kit.Nothing(w, r)
		}
	})
	ask := func(path string) int {
		r := httptest.NewRequest("GET", path, nil)
		r.RemoteAddr = "10.0.0.1:1"
		w := httptest.NewRecorder()
		handler(w, r)
		return w.Code
	}
	for range 3 * guesses {
		if code := ask("/own/slow"); code != http.StatusOK {
			t.Fatalf("a slow answer costs a try: %d", code)
		}
	}
	ask("/own/right")
	for n := range 2 * guesses {
		ask(fmt.Sprint("/own/wrong", n))
	}
	if wrong, right := ask("/own/wrong"), ask("/own/right"); wrong != http.StatusTooManyRequests || right != http.StatusOK {
		t.Errorf("a guess is answered %d, what opened before %d", wrong, right)
	}
}
