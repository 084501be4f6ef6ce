package web

import (
	"net/http"
	"strconv"
	"time"

	"jianbao/fault"
	"jianbao/web/page"
	"jianbao/web/throttle"
)

// How often somebody may ask for what opens by its address alone (a receipt, a
// ticket, a calendar, an invitation) with an address that opens nothing. Nobody
// guesses 256 bits; whoever tries shall not keep the database busy with it.
const (
	guesses    = 30
	guessEvery = 10 * time.Second
)

// guessed counts what leads nowhere, by the network that it is asked from, for
// all processes together. What opens something counts for nothing, so that a whole
// office behind one address reads its letters at the same time; what opened
// something before is let through while somebody there guesses.
func (s *server) guessed(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		now := s.Now()
		try := s.door.guesses.Ask(now, throttle.Network(r.RemoteAddr), r.URL.Path)
		if wait := tooSoon(try.Wait); wait > 0 {
			w.Header().Set("Retry-After", strconv.Itoa(wait.seconds()))
			s.kit.Fail(w, r, fault.New(fault.TooMany, page.TooOften.With(wait.seconds())).Because(wait))
			return
		}
		seen := &noted{ResponseWriter: w}
		next(seen, r)
		switch {
		case seen.status == http.StatusNotFound:
			try.Nothing(r.Context(), now)
		case seen.status < http.StatusBadRequest:
			try.Opened()
		default:
			try.Unknown()
		}
	}
}

// noted remembers the status of an answer.
type noted struct {
	http.ResponseWriter
	status int
}

// WriteHeader implements [http.ResponseWriter].
func (n *noted) WriteHeader(status int) {
	n.status = status
	n.ResponseWriter.WriteHeader(status)
}

// Unwrap is for [http.ResponseController].
func (n *noted) Unwrap() http.ResponseWriter { return n.ResponseWriter }
