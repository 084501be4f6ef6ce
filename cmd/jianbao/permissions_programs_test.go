package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"jianbao/web/api"
)

// programsAsk says what stands for the places of addresses that programs alone ask for.
func (w *world) programsAsk() {
	w.t.Helper()
	same := func(place, page string) {
		w.t.Helper()
		thing, there := w.things[page]
		if !there {
			w.t.Fatalf("%s: there is no %s", place, page)
		}
		w.of(api.Prefix+place, thing)
	}
	same("/absences/{absence}", "/desk/away/{id}")
	same("/holidays/{year}", "/holidays/{year}")
	w.of(api.Prefix+"/holidays/{year}/table/{form}", "ics")
	w.of(api.Prefix+"/audit/lines/{form}", "csv")
	w.of(api.Prefix+"/issues/{issue}/copies/papers/{paper}", "handover")
	tokens, err := w.here.store.Tokens(w.t.Context())
	w.must(err)
	w.of(api.Prefix+"/tokens/{token}", tokens[0].ID.String())
	same("/hooks/{hook}", "/hooks/{id}")
	same("/units/{unit}", "/units/{id}")
	same("/people/{person}", "/people/{id}")
	same("/tray/{mail}", "/tray/{id}")
	same("/tray/{mail}/files/{file}", "/tray/{id}/files/{n}")
	same("/receipt-mails/{mail}", "/receipts/mails/{mail}")
	same("/issues/{issue}/letters/{letter}", "/issues/{id}/letters/{letter}")
	same("/issues/{issue}/deliveries/{delivery}", "/issues/{id}/letters/{letter}")
	same("/issues/{issue}/receipts/{unit}", "/issues/{id}/receipts/{unit}")
	same("/issues/{issue}/copies/extra/{unit}", "/issues/{id}/receipts/{unit}")
	w.of(api.Prefix+"/issues/{issue}/copies/numbers/{number}", "1")
	for _, of := range []string{"/issues/{issue}", "/series/{series}"} {
		w.of(api.Prefix+of+"/registers/{register}", "dispatch")
		w.of(api.Prefix+of+"/registers/{register}/{form}", "csv")
	}
	directory, err := w.here.store.Directory(w.t.Context(), uuid.Nil)
	w.must(err)
	if len(directory.Collectives) == 0 {
		w.t.Fatal("no collective entry")
	}
	w.of(api.Prefix+"/rosters/{roster}", directory.Collectives[0].ID.String())
	same("/series/{series}/destructions/{list}", "/series/{id}/destruction/{no}")
}

// A described is the document of the API, as far as it says how to ask.
type described struct {
	Paths      map[string]map[string]operation
	Components struct{ Schemas map[string]shape }
}

type operation struct {
	Parameters []struct {
		Name, In string
		Required bool
		Schema   shape
	}
	RequestBody struct {
		Content map[string]struct{ Schema shape }
	}
}

type shape struct {
	Ref             string `json:"$ref"`
	Type            any
	Format          string
	Enum            []any
	Minimum         float64
	MinItems        int
	Items           *shape
	Required        []string
	Properties      map[string]shape
	ContentEncoding string
}

// readsDescription asks for the document of the API.
func (w *world) readsDescription() {
	w.t.Helper()
	answer := httptest.NewRecorder()
	w.site.ServeHTTP(answer, httptest.NewRequest(http.MethodGet, api.Prefix+"/openapi.json", nil))
	w.must(json.Unmarshal(answer.Body.Bytes(), &w.described))
	if len(w.described.Paths) == 0 {
		w.t.Fatal("the document of the API describes nothing")
	}
}

// operation is what the document says of a route.
func (w *world) operation(method, path string) operation {
	all := w.described.Paths
	of, there := all[strings.TrimPrefix(path, api.Prefix)]
	if !there {
		of = all[path]
	}
	return of[strings.ToLower(method)]
}

// least is the smallest body that has the shape that an operation asks for, so
// that whoever asks is asked who they are before anything else is wrong.
func (w *world) least(method, path string) string {
	content, there := w.operation(method, path).RequestBody.Content["application/json"]
	if !there {
		return ""
	}
	text, err := json.Marshal(w.value("", content.Schema))
	w.must(err)
	return string(text)
}

// query is what an operation wants to be asked with.
func (w *world) query(method, path string) string {
	var all []string
	for _, p := range w.operation(method, path).Parameters {
		if p.In == "query" && p.Required {
			all = append(all, fmt.Sprintf("%s=%v", p.Name, w.value(p.Name, p.Schema)))
		}
	}
	if len(all) == 0 {
		return ""
	}
	return "?" + strings.Join(all, "&")
}

// value is the smallest value of a shape.
func (w *world) value(name string, s shape) any {
	if s.Ref != "" {
		s = w.described.Components.Schemas[s.Ref[strings.LastIndex(s.Ref, "/")+1:]]
	}
	if len(s.Enum) > 0 {
		return s.Enum[0]
	}
	switch kind := kindOf(s.Type); kind {
	case "object":
		all := map[string]any{}
		for _, need := range s.Required {
			all[need] = w.value(need, s.Properties[need])
		}
		return all
	case "array":
		all := []any{}
		for range s.MinItems {
			all = append(all, w.value(name, *s.Items))
		}
		return all
	case "boolean":
		return false
	case "integer", "number":
		return max(s.Minimum, 1)
	}
	return w.text(name, s)
}

func kindOf(kind any) string {
	if all, several := kind.([]any); several {
		kind = all[slices.IndexFunc(all, func(k any) bool { return k != "null" })]
	}
	text, _ := kind.(string)
	return text
}

func (w *world) text(name string, s shape) string {
	switch {
	case s.ContentEncoding == "base64":
		return "YQ=="
	case s.Format == "date":
		return "2026-07-01"
	case s.Format == "date-time":
		return time.Now().Add(time.Hour).Format(time.RFC3339)
	case s.Format != "uuid":
		return "x"
	}
	switch name {
	case "series":
		return w.things["{series}"]
	case "issue", "issues":
		return w.things["{issue}"]
	case "unit", "units":
		return w.things["/units/{id}"]
	case "person", "deputy":
		return w.things["/people/{id}"]
	}
	return uuid.NewString()
}

// versionsAt are those of what programs change that is no issue, by the beginnings
// of their routes.
var versionsAt = []struct{ begin, version string }{
	{"/holidays/", "0"}, {"/series/{series}/lists", "0"}, {"/series/{series}/filing/", "0"}, {"/me/", "0"},
	{"/hooks/", "1"}, {"/units/", "1"}, {"/rosters/", "1"}, {"/people/", "1"}, {"/series/", "1"},
}

// versionFor is the version of what a route of the API is about.
func (w *world) versionFor(path string) string {
	if onDraft(path) {
		return w.things["{version}"]
	}
	for _, v := range versionsAt {
		if strings.HasPrefix(path, api.Prefix+v.begin) {
			return v.version
		}
	}
	return w.things["{sent}"]
}
