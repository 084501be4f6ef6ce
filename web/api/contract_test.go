package api

import (
	"encoding/json"
	"flag"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"jianbao/seeds"
)

var update = flag.Bool("update", false, "write docs/openapi.json anew")

// kept is where the document lies that other programs are written against.
var kept = filepath.Join("..", "..", "docs", "openapi.json")

func TestTheDocumentIsTheOneThatIsKept(t *testing.T) {
	o := newOffice(t)
	w := httptest.NewRecorder()
	o.handler.ServeHTTP(w, httptest.NewRequest("GET", Prefix+"/openapi.json", nil))
	var pretty any
	if w.Code != http.StatusOK || json.Unmarshal(w.Body.Bytes(), &pretty) != nil {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	now, err := json.MarshalIndent(pretty, "", "  ")
	must(t, err)
	now = append(now, '\n')
	if *update {
		must(t, os.WriteFile(kept, now, 0o644))
	}
	if was, err := os.ReadFile(kept); err != nil || string(was) != string(now) {
		t.Errorf("docs/openapi.json is another one (%v); go test ./web/api -update writes it anew", err)
	}
}

// A contract is the kept document, and what was seen of it.
type contract struct {
	t    *testing.T
	doc  map[string]any
	seen map[string]bool // operation ids that succeeded
	all  []string
}

func contractOf(t *testing.T) *contract {
	t.Helper()
	raw, err := os.ReadFile(kept)
	must(t, err)
	c := &contract{t: t, seen: map[string]bool{}}
	must(t, json.Unmarshal(raw, &c.doc))
	for _, item := range object(c.doc["paths"]) {
		for _, op := range object(item) {
			c.all = append(c.all, object(op)["operationId"].(string))
		}
	}
	slices.Sort(c.all)
	return c
}

// operation returns the operation that a request is for.
func (c *contract) operation(method, path string) map[string]any {
	c.t.Helper()
	path, _, _ = strings.Cut(path, "?")
	var found map[string]any
	fewest := len(path)
	for template, item := range object(c.doc["paths"]) {
		form := regexp.MustCompile(`\\\{[a-z0-9]+\\\}`).ReplaceAllString(regexp.QuoteMeta(template), `[^/]+`)
		op, ok := object(item)[strings.ToLower(method)]
		// A template without parameters means what it says (OpenAPI 3.1, 4.8.8.2).
		if open := strings.Count(template, "{"); ok && open < fewest && regexp.MustCompile("^"+form+"$").MatchString(path) {
			found, fewest = object(op), open
		}
	}
	if found != nil {
		return found
	}
	c.t.Fatalf("the document has no %s %s", method, path)
	return nil
}

// holds holds a reply against the document: the status is one that the
// operation may answer with, and the body is of the schema for it.
func (c *contract) holds(method, path string, r reply) {
	c.t.Helper()
	op := c.operation(method, path)
	status, ok := object(op["responses"])[itoa(r.status)]
	if !ok {
		c.t.Fatalf("%s %s answers %d, of which the document says nothing: %s", method, path, r.status, r.body)
	}
	if r.status < 300 {
		c.seen[op["operationId"].(string)] = true
	}
	content := object(object(status)["content"])
	if content["*/*"] != nil || r.status == http.StatusNotModified {
		return
	}
	media, ok := content[r.header.Get("Content-Type")]
	if !ok {
		c.t.Fatalf("%s %s answers %d as %q", method, path, r.status, r.header.Get("Content-Type"))
	}
	var value any
	r.into(&value)
	for _, wrong := range (schemas{c.doc}).check(object(media)["schema"], value, "$") {
		c.t.Errorf("%s %s: %d: %.200s", method, path, r.status, wrong)
	}
}

// A tester asks as a login, and holds every reply against the document.
type tester struct {
	*contract
	o *office
}

func (c tester) ask(login, method, path string, body any, head ...string) reply {
	c.t.Helper()
	r := c.o.ask(login, method, path, body, head...)
	c.holds(method, path, r)
	return r
}

// Every operation is exercised, on the whole way of an issue, and every answer
// is as the document says.
func TestEveryOperationIsAsTheDocumentSays(t *testing.T) {
	o := newOffice(t)
	c := tester{contractOf(t), o}
	c.hired()
	path := c.edits()
	c.decides(path)
	c.remarksOn(path)
	c.reads(path)
	c.refuses(path)
	issue := c.release(path)
	unit := issue.Circulation.All()[0].Unit
	c.counts(path, unit)
	c.receives(path, unit)
	c.recalls(path)
	for _, subject := range []func(){c.keeps, c.arranges, c.sets, c.leaves, c.holidays, c.numbers, c.audits, c.hires, c.figures, c.hooks, c.tray, c.files} {
		subject()
	}
	for _, id := range c.all {
		if !c.seen[id] {
			t.Errorf("%s is never exercised", id)
		}
	}
}

// edits makes a draft, and everything that is done to drafts.
func (c tester) edits() (path string) {
	c.t.Helper()
	r := c.ask(seeds.EditorLogin, "POST", "/issues", map[string]any{"series": seeds.SeriesID, "text": seeds.Issue8}).is(201, `"blocking":1`)
	path = strings.TrimPrefix(r.header.Get("Location"), Prefix)
	var issue Issue
	r = c.ask(seeds.EditorLogin, "GET", path, nil).is(200)
	r.into(&issue)
	c.ask(seeds.EditorLogin, "GET", path, nil, "If-None-Match", r.header.Get("ETag")).is(304)
	for _, p := range issue.Problems {
		if p.Severity == "block" {
			r = c.ask(seeds.EditorLogin, "POST", path+"/problems/settle", map[string]any{"code": p.Code, "line": p.Line, "choice": p.Choices[0].Key}, "If-Match", r.header.Get("ETag")).is(200, `"blocking":0`)
		}
	}
	r = c.ask(seeds.EditorLogin, "PUT", path+"/text", map[string]any{"file": map[string]any{"name": "稿.txt", "data": []byte(settled(c.t))}}, "If-Match", r.header.Get("ETag")).is(200)
	r = c.settlesNames(path, r.header.Get("ETag"))
	for _, name := range []string{"一.txt", "二 表.txt"} {
		r = c.ask(seeds.EditorLogin, "POST", path+"/attachments", map[string]any{"name": name, "type": "text/plain", "data": []byte(name)}, "If-Match", r.header.Get("ETag")).is(200)
	}
	r = c.ask(seeds.EditorLogin, "PUT", path+"/attachments", map[string]any{"names": []string{"二 表.txt", "一.txt"}}, "If-Match", r.header.Get("ETag")).is(200)
	r = c.ask(seeds.EditorLogin, "DELETE", path+"/attachments/%E4%BA%8C%20%E8%A1%A8.txt", nil, "If-Match", r.header.Get("ETag")).is(200)
	var files []FileInfo
	c.ask(seeds.EditorLogin, "GET", path+"/attachments", nil).is(200).into(&files)
	c.ask(seeds.EditorLogin, "GET", path+"/files/"+files[0].SHA256, nil).is(200, "一.txt")
	c.ask(seeds.EditorLogin, "GET", path+"/checks", nil).is(200)
	c.ask(seeds.EditorLogin, "GET", path+"/options", nil).is(200, `"act":"submit"`)
	c.ask(seeds.EditorLogin, "POST", path+"/acts", map[string]any{"act": "submit"}, "If-Match", r.header.Get("ETag")).is(200, `"state":"review"`)
	return path
}

// settlesNames has a list with a name that nobody knows, and says what it means.
func (c tester) settlesNames(path, tag string) reply {
	c.t.Helper()
	text := strings.Replace(settled(c.t), "送：市发改委", "送：市发改部门", 1)
	r := c.ask(seeds.EditorLogin, "PUT", path+"/text", map[string]any{"text": text}, "If-Match", tag).is(200)
	c.ask(seeds.EditorLogin, "GET", path+"/circulation", nil).is(200, `"name":"市发改部门"`)
	settle := func(status int, words, name, unit string) reply {
		return c.ask(seeds.EditorLogin, "POST", path+"/circulation/settle", map[string]any{"name": name, "unit_name": unit}, "If-Match", r.header.Get("ETag")).is(status, words)
	}
	settle(422, "没有待核定的", "市某局", "鄂尔多斯市财政局")
	settle(422, "通讯录里没有这个单位", "市发改部门", "没有的局")
	return settle(200, "", "市发改部门", "鄂尔多斯市发展和改革委员会")
}

// decides brings the issue to its schedule.
func (c tester) decides(path string) {
	c.t.Helper()
	tag := func() string { return c.ask("admin", "GET", path, nil).is(200).header.Get("ETag") }
	var issue Issue
	c.ask(seeds.ReviewerLogin, "GET", path, nil).into(&issue)
	var comment Comment
	c.ask(seeds.ReviewerLogin, "POST", path+"/comments", map[string]any{"version": issue.Version, "line": 1, "words": "刊头无误"}).is(201).into(&comment)
	c.ask(seeds.EditorLogin, "POST", path+"/comments/"+comment.ID.String()+"/settle", nil).is(200, `"settled_by"`)
	c.ask(seeds.ReviewerLogin, "GET", path+"/comments", nil).is(200, "刊头无误")
	c.ask(seeds.ReviewerLogin, "POST", path+"/acts", map[string]any{"act": "approve", "note": "同意"}, "If-Match", tag()).is(200, `"state":"approved"`)
	c.plans(path)
	c.ask(seeds.ClerkLogin, "POST", path+"/acts", map[string]any{"act": "register", "keep_date": true}, "If-Match", tag()).is(200, `"no":8`)
	c.ask(seeds.ClerkLogin, "POST", path+"/trial", nil).is(200)
	c.ask(seeds.ClerkLogin, "POST", path+"/acts", map[string]any{"act": "schedule"}, "If-Match", tag()).is(200, `"state":"scheduled"`)
}

// reads reads all the books.
func (c tester) reads(path string) {
	c.t.Helper()
	c.ask("admin", "GET", "/me", nil).is(200, `"kind":"personal"`)
	c.ask("admin", "GET", "/issues?state=scheduled,draft&limit=1&series="+seeds.SeriesID.String(), nil).is(200, `"no":8`)
	for _, book := range []string{"events", "decisions", "circulation", "copies", "deliveries"} {
		c.ask("admin", "GET", path+"/"+book, nil).is(200)
	}
	c.ask("admin", "GET", path+"/forms/pdf?large=true", nil).is(200, "%PDF")
	c.ask("admin", "GET", "/series", nil).is(200, "鄂尔多斯科技简报")
	c.ask("admin", "GET", ofSeries, nil).is(200, `"kind":"review"`)
}

// refuses holds refusals against the document too.
func (c tester) refuses(path string) {
	c.t.Helper()
	c.ask("nobody", "GET", "/me", nil).is(401)
	c.ask(seeds.EditorLogin, "GET", "/people", nil).is(403, `"code":"forbidden"`)
	c.ask("admin", "GET", path+"0/events", nil).is(422, "path.issue")
	c.ask("admin", "GET", "/issues/"+seeds.SeriesID.String(), nil).is(404)
	c.ask(seeds.EditorLogin, "PUT", path+"/text", map[string]any{"text": "x"}).is(428, "If-Match")
	c.ask(seeds.EditorLogin, "PUT", path+"/text", map[string]any{"text": settled(c.t)}, "If-Match", `"1"`).is(412, `"code":"conflict"`)
	c.ask(seeds.EditorLogin, "POST", path+"/acts", "{").is(400, `"code":"invalid"`)
	c.ask(seeds.EditorLogin, "POST", path+"/acts", map[string]any{"act": "approve", "more": 1}, "If-Match", `"1"`).is(422, "body.more")
	c.ask("admin", "GET", "/issues?sort=x", nil).is(422, "query.sort")
	c.ask("admin", "GET", "/issues?cursor=%21", nil).is(422, "next")
}
