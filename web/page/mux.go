package page

import (
	"net/http"
	"slices"
)

// A Mux is an [http.ServeMux] that knows what was registered on it, so that
// tests can ask for everything there is. Its Handle and HandleFunc are to be
// called before it serves.
type Mux struct {
	*http.ServeMux
	patterns []string
}

// NewMux returns an empty mux.
func NewMux() *Mux { return &Mux{ServeMux: http.NewServeMux()} }

// Handle registers a handler; see [http.ServeMux.Handle].
func (m *Mux) Handle(pattern string, h http.Handler) {
	m.ServeMux.Handle(pattern, h)
	m.patterns = append(m.patterns, pattern)
}

// HandleFunc registers a function; see [http.ServeMux.HandleFunc].
func (m *Mux) HandleFunc(pattern string, h func(http.ResponseWriter, *http.Request)) {
	m.Handle(pattern, http.HandlerFunc(h))
}

// Patterns returns everything that was registered, in order of the text.
func (m *Mux) Patterns() []string { return slices.Sorted(slices.Values(m.patterns)) }

// A Site is a handler that knows its routes.
type Site struct {
	http.Handler
	// Routes are the patterns of everything that can be asked for.
	Routes []string
}
