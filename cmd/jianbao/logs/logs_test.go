package logs

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// lines are the lines of a log in JSON.
func lines(t *testing.T, text string) (all []map[string]any) {
	t.Helper()
	for line := range strings.Lines(text) {
		var one map[string]any
		if err := json.Unmarshal([]byte(line), &one); err != nil {
			t.Fatalf("%q: %v", line, err)
		}
		all = append(all, one)
	}
	return all
}

func patterned(pattern string) func(*http.Request) (*http.Request, func() string) {
	return func(r *http.Request) (*http.Request, func() string) { return r, func() string { return pattern } }
}

func TestLinesOfARequestSayWhich(t *testing.T) {
	const issue = "0199a1b2-1111-4111-8111-0199a1b20001"
	var out bytes.Buffer
	log := New(&out, JSON)
	h := HTTP(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		log.With("part", "desk").WarnContext(r.Context(), "within")
		log.WarnContext(r.Context(), "of another", "issue", "another")
		w.WriteHeader(http.StatusConflict)
		w.WriteHeader(http.StatusOK) // too late
	}), log, patterned("POST /issues/{id}/acts"))
	in := httptest.NewRequest("POST", "/issues/"+issue+"/acts?q=secret", nil)
	in.Header.Set(RequestID, "forged")
	answer := httptest.NewRecorder()
	h.ServeHTTP(answer, in)
	id := answer.Header().Get(RequestID)
	all := lines(t, out.String())
	if len(all) != 3 || id == "" || id == "forged" {
		t.Fatalf("%q: %v", id, all)
	}
	for n, want := range []string{issue, "another", issue} {
		if all[n]["request"] != id || all[n]["issue"] != want {
			t.Errorf("line %d: %v", n, all[n])
		}
	}
	if last := all[2]; last["route"] != "/issues/{id}/acts" || last["status"] != float64(409) || last["method"] != "POST" {
		t.Errorf("%v", last)
	}
	if strings.Contains(out.String(), "secret") || all[0]["part"] != "desk" {
		t.Error(out.String())
	}
}

// What strangers make up as a method is kept short.
func TestAMethodIsKeptShort(t *testing.T) {
	var out bytes.Buffer
	in := httptest.NewRequest("POST", "/desk", nil)
	in.Method = strings.Repeat("A", 1000)
	HTTP(http.NotFoundHandler(), New(&out, JSON), patterned("/desk")).ServeHTTP(httptest.NewRecorder(), in)
	if all := lines(t, out.String()); len(all) != 1 || all[0]["method"] != "AAAAAAAAAA" {
		t.Errorf("%v", all)
	}
}

func TestProbesAreQuiet(t *testing.T) {
	for pattern, want := range map[string]int{
		"GET /livez": 0, "GET /readyz": 0, "GET /metrics": 0, "GET /static/{file...}": 0, "GET /desk": 1, "/": 1, "": 1, "GET /livezz": 1,
	} {
		var out bytes.Buffer
		HTTP(http.NotFoundHandler(), New(&out, JSON), patterned(pattern)).ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "/x", nil))
		if got := len(lines(t, out.String())); got != want {
			t.Errorf("%s: %d lines", pattern, got)
		}
	}
}

// What is no issue's id is not called one; text has the same keys.
func TestTextHasTheSameKeys(t *testing.T) {
	var out bytes.Buffer
	HTTP(http.NotFoundHandler(), New(&out, Text), patterned("")).ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "/issues/new", nil))
	if text := out.String(); !strings.Contains(text, " request=") || !strings.Contains(text, "status=404") || strings.Contains(text, "issue=") {
		t.Error(text)
	}
	if New(&out, Text).Enabled(t.Context(), slog.LevelDebug) {
		t.Error("it chatters")
	}
}
