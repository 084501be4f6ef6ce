// Package gzipped answers text compressed (RFC 9110 section 8.4.1.3, RFC 1952)
// to whoever takes it.
//
//	handler = gzipped.Handler(handler, gzipped.OwnSite(secure))
//
// Only text is compressed: pages, scripts, style sheets, JSON, SVG. Pictures, PDF,
// Word and ZIP are compressed already. What has an encoding, answers a range, is a
// stream of events or is very short goes out as it is.
//
// # Secrets
//
// The length of a compressed page tells whether what somebody put into it stands
// in it already; by asking for a page many times with guesses in its address, a
// foreign site learns a secret of that page letter by letter though it is
// encrypted (BREACH, 2013). It has to make the victim's browser ask, with the
// victim's cookie. Browsers say where a request comes from (Fetch Metadata,
// Sec-Fetch-Site), and [OwnSite] admits what comes from the site itself, or was
// typed or opened from a bookmark. So nobody else chooses what is compressed
// beside a secret, and no page has to be left out by its author's remembering.
package gzipped

import (
	"compress/gzip"
	"net/http"
	"strconv"
	"strings"
	"sync"
)

// level is where pages are a fifth of their size and cost about a millisecond.
const level = 5

// least is the shortest first piece of an answer that is compressed, in bytes.
const least = 1 << 10

var writers = sync.Pool{New: func() any {
	w, _ := gzip.NewWriterLevel(nil, level) // the level is one that there is
	return w
}}

// OwnSite admits requests that no foreign site can have caused. A browser that
// says nothing is admitted where there is no encryption to undermine: it then
// came over plain HTTP, on which browsers do not say it. Files under /static/
// hold no secrets.
func OwnSite(secure bool) func(*http.Request) bool {
	return func(r *http.Request) bool {
		if strings.HasPrefix(r.URL.Path, "/static/") {
			return true
		}
		switch r.Header.Get("Sec-Fetch-Site") {
		case "same-origin", "none":
			return true
		case "":
			return !secure
		}
		return false
	}
}

// Handler compresses the answers of next to requests that are admitted.
func Handler(next http.Handler, admit func(*http.Request) bool) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Add("Vary", "Accept-Encoding")
		if r.Method == http.MethodHead || r.Header.Get("Range") != "" || !takes(r.Header.Get("Accept-Encoding")) || !admit(r) {
			next.ServeHTTP(w, r)
			return
		}
		out := &writer{ResponseWriter: w}
		next.ServeHTTP(out, r)
		out.close() // not where next panics: half an answer is cut off
	})
}

// takes reports whether gzip is among the encodings that a client accepts.
func takes(accepted string) bool {
	for one := range strings.SplitSeq(accepted, ",") {
		name, weight, _ := strings.Cut(one, ";")
		if !strings.EqualFold(strings.TrimSpace(name), "gzip") {
			continue
		}
		_, q, found := strings.Cut(weight, "=")
		value, err := strconv.ParseFloat(strings.TrimSpace(q), 64)
		return !found || err == nil && value > 0
	}
	return false
}

// A writer compresses what is written, if it is worth it.
type writer struct {
	http.ResponseWriter
	status int
	begun  bool
	gzip   *gzip.Writer // nil: it goes out as it is
}

// WriteHeader waits for the first bytes: they say whether it is worth it.
func (w *writer) WriteHeader(status int) {
	switch {
	case w.begun || w.status != 0:
	case status < http.StatusOK:
		w.ResponseWriter.WriteHeader(status) // a word beforehand
	default:
		w.status = status
	}
}

// Write implements [http.ResponseWriter]; the first bytes decide whether the rest
// is compressed.
func (w *writer) Write(data []byte) (int, error) {
	w.begin(data)
	if w.gzip != nil {
		return w.gzip.Write(data)
	}
	return w.ResponseWriter.Write(data)
}

// begin sends the header, once.
func (w *writer) begin(first []byte) {
	if w.begun {
		return
	}
	w.begun = true
	h := w.Header()
	if w.status == 0 {
		w.status = http.StatusOK
	}
	if len(first) >= least && w.status != http.StatusPartialContent && h.Get("Content-Encoding") == "" && isText(h.Get("Content-Type")) {
		h.Set("Content-Encoding", "gzip")
		h.Del("Content-Length")
		h.Del("Accept-Ranges")
		if tag := h.Get("ETag"); tag != "" && !strings.HasPrefix(tag, "W/") {
			h.Set("ETag", "W/"+tag) // the same file, in other bytes (RFC 9110 section 8.8.1)
		}
		w.gzip = writers.Get().(*gzip.Writer)
		w.gzip.Reset(w.ResponseWriter)
	}
	w.ResponseWriter.WriteHeader(w.status)
}

// isText reports whether a type of content is worth compressing. A stream of
// events is not: each must reach the browser at once.
func isText(contentType string) bool {
	name, _, _ := strings.Cut(contentType, ";")
	switch name = strings.TrimSpace(name); name {
	case "text/event-stream":
		return false
	case "application/json", "application/problem+json", "application/javascript", "application/xml", "application/toml", "image/svg+xml":
		return true
	}
	return strings.HasPrefix(name, "text/")
}

// FlushError sends what was written so far.
func (w *writer) FlushError() error {
	w.begin(nil)
	if w.gzip != nil {
		if err := w.gzip.Flush(); err != nil {
			return err
		}
	}
	return http.NewResponseController(w.ResponseWriter).Flush()
}

// Unwrap gives http.ResponseController what is below.
func (w *writer) Unwrap() http.ResponseWriter { return w.ResponseWriter }

func (w *writer) close() {
	if w.status != 0 && !w.begun {
		w.begin(nil)
	}
	if w.gzip == nil {
		return
	}
	_ = w.gzip.Close() // the client went away
	writers.Put(w.gzip)
	w.gzip = nil
}
