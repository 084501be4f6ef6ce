package gzipped_test

import (
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"jianbao/web/gzipped"
)

var long = strings.Repeat("科技简报，审核后发。", 200)

func anyone(*http.Request) bool { return true }

func ask(t *testing.T, next http.HandlerFunc, admit func(*http.Request) bool, headers ...string) *http.Response {
	t.Helper()
	r := httptest.NewRequest(http.MethodGet, "/desk", nil)
	r.Header.Set("Accept-Encoding", "br;q=1.0, gzip;q=0.8, *;q=0.1")
	for n := 0; n < len(headers); n += 2 {
		r.Header.Set(headers[n], headers[n+1])
	}
	w := httptest.NewRecorder()
	gzipped.Handler(next, admit).ServeHTTP(w, r)
	return w.Result()
}

func says(contentType, text string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", contentType)
		w.Header().Set("ETag", `"abc"`)
		w.WriteHeader(http.StatusUnprocessableEntity)
		_, _ = io.WriteString(w, text)
	}
}

func TestTextIsCompressed(t *testing.T) {
	got := ask(t, says("text/html; charset=utf-8", long), anyone)
	if got.StatusCode != http.StatusUnprocessableEntity || got.Header.Get("Content-Encoding") != "gzip" || got.Header.Get("ETag") != `W/"abc"` ||
		got.Header.Get("Vary") != "Accept-Encoding" || got.Header.Get("Content-Length") != "" {
		t.Fatalf("%d %v", got.StatusCode, got.Header)
	}
	body, err := gzip.NewReader(got.Body)
	if err != nil {
		t.Fatal(err)
	}
	if text, err := io.ReadAll(body); err != nil || string(text) != long {
		t.Errorf("%v: %.40q", err, text)
	}
}

func TestWhatIsNotWorthItGoesAsItIs(t *testing.T) {
	for _, c := range []struct {
		name, contentType, text string
		headers                 []string
	}{
		{"a picture", "image/png", long, nil},
		{"a stream of events", "text/event-stream", long, nil},
		{"a word", "text/plain", "ok", nil},
		{"nobody asked", "text/html", long, []string{"Accept-Encoding", "br"}},
		{"it is refused", "text/html", long, []string{"Accept-Encoding", "gzip;q=0"}},
		{"a range", "text/html", long, []string{"Range", "bytes=0-9"}},
	} {
		got := ask(t, says(c.contentType, c.text), anyone, c.headers...)
		body, _ := io.ReadAll(got.Body)
		if got.Header.Get("Content-Encoding") != "" || string(body) != c.text || got.StatusCode != http.StatusUnprocessableEntity {
			t.Errorf("%s: %d %v", c.name, got.StatusCode, got.Header)
		}
	}
}

func TestAnAnswerWithoutBodyKeepsItsStatus(t *testing.T) {
	got := ask(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNotModified) }, anyone)
	if got.StatusCode != http.StatusNotModified || got.Header.Get("Content-Encoding") != "" {
		t.Errorf("%d %v", got.StatusCode, got.Header)
	}
}

func TestOnlyOurOwnPagesCauseCompression(t *testing.T) {
	for _, c := range []struct {
		secure bool
		site   string
		path   string
		want   bool
	}{
		{true, "same-origin", "/desk", true}, {true, "none", "/desk", true},
		{true, "cross-site", "/desk", false}, {true, "same-site", "/desk", false}, {false, "cross-site", "/desk", false},
		{true, "", "/desk", false}, {false, "", "/desk", true},
		{true, "cross-site", "/static/style.css", true},
	} {
		r := httptest.NewRequest(http.MethodGet, c.path, nil)
		if c.site != "" {
			r.Header.Set("Sec-Fetch-Site", c.site)
		}
		if got := gzipped.OwnSite(c.secure)(r); got != c.want {
			t.Errorf("%+v: %v", c, got)
		}
	}
}

func TestWhatIsFlushedArrives(t *testing.T) {
	server := httptest.NewServer(gzipped.Handler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/csv")
		_, _ = io.WriteString(w, long)
		if err := http.NewResponseController(w).Flush(); err != nil {
			t.Error(err)
		}
		<-r.Context().Done() // the reader has what it waited for, and goes
	}), anyone))
	defer server.Close()
	answer, err := server.Client().Get(server.URL) // its transport asks for gzip
	if err != nil {
		t.Fatal(err)
	}
	got := make([]byte, len(long))
	if _, err := io.ReadFull(answer.Body, got); err != nil || string(got) != long || !answer.Uncompressed {
		t.Errorf("%v, compressed: %v", err, answer.Uncompressed)
	}
	_ = answer.Body.Close()
}
