package main

import (
	"archive/zip"
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"jianbao/seeds"
	"jianbao/web/api"
	"jianbao/workflow"
)

// ofNoSeries are the beginnings of what has a thing in its address that belongs to
// the office, to one person, or to whoever has a token; all others are in
// ofASeries.
var ofNoSeries = []string{
	"/answer/{token}", "/calendar/{file}", "/own/{token}", "/pass/{token}", "/receipt/{token}", // whoever has the token
	"/desk/away/{id}", "/people/{id}", "/me/access/{part}", "/relays/letters/{n}", // people, the relay for trying
	"/units/{id}", "/units/rosters/{id}", "/unit-links/{id}", "/holidays/{year}", // the directory and the calendar
	"/{$}", "/{other...}", "/desk/{more...}", "/help/{chapter}", "/help/pictures/{name}", "/static/{file...}",
	api.Prefix + "/absences/{absence}", api.Prefix + "/people/{person}", api.Prefix + "/tokens/{token}", api.Prefix + "/units/{unit}",
	api.Prefix + "/rosters/{roster}", api.Prefix + "/holidays/{year}", api.Prefix + "/audit/lines/{form}",
}

// choices are places of addresses that name no thing, but a form, a part or a year.
var choices = []string{"{form}", "{part}", "{n}", "{year}", "{file}", "{reform}", "{register}", "{paper}"}

// TestNothingIsReachedThroughAnother: whoever has a series and an issue of their
// own asks there for what belongs to another: comments, files, letters, lists, by
// address and within forms. And no list, search, export or file of theirs names
// anything of the other.
func TestNothingIsReachedThroughAnother(t *testing.T) {
	w := newWorld(t)
	foreign := w.marks()
	own := w.ownIssue()
	for _, route := range w.routes {
		method, path, _ := strings.Cut(route, " ")
		names := places.FindAllString(path, -1)
		if len(names) > 0 && belongs(path, ofASeries) == belongs(path, ofNoSeries) {
			t.Errorf("%s: say in ofASeries or in ofNoSeries whose the thing in its address is", route)
		}
		if len(names) > 0 && belongs(path, ofASeries) && w.crosses(method, path) {
			w.throughOwn(method, path, own)
		}
		if method == http.MethodGet && len(names) == 0 {
			w.lists(path, foreign)
		}
	}
}

// lists asks for what has no thing in its address: lists, searches, exports.
func (w *world) lists(path string, foreign []string) {
	w.t.Helper()
	for _, name := range []string{"stranger", "elsewhere"} {
		if name == "elsewhere" && !forPrograms(path) {
			continue
		}
		answer := w.answer(name, http.MethodGet, path, path)
		for _, mark := range foreign {
			if strings.Contains(plainOf(w.t, answer), mark) {
				w.t.Errorf("GET %s names %s to %s, who is of another series", path, mark, name)
			}
		}
	}
}

// throughOwn asks for a second thing under an own first one. What only leads back
// to the own page shows nothing.
func (w *world) throughOwn(method, path, own string) {
	w.t.Helper()
	address := w.through(path, own)
	answer := w.answer("stranger", method, path, address)
	led := answer.Code == http.StatusSeeOther
	if got := verdict(answer.Code, answer.Header().Get("Location")); method == http.MethodGet && !led && got != notThere || method != http.MethodGet && got == letIn {
		w.t.Errorf("%s %s (%s), through an own issue or series: somebody of another series is answered %d", method, path, address, answer.Code)
	}
	if method != http.MethodGet && answer.Code < 400 {
		w.back()
	}
}

func belongs(path string, to []string) bool {
	return slices.ContainsFunc(to, func(begin string) bool {
		rest, is := strings.CutPrefix(path, begin)
		return is && (rest == "" || strings.ContainsAny(rest[:1], "/."))
	})
}

// marks are what nothing that is shown to others has in it.
func (w *world) marks() []string {
	w.t.Helper()
	all := []string{seeds.SeriesID.String(), w.draft}
	for _, place := range []string{"/issues/{id}", "/remarks/{id}", "/hooks/{id}", "/tray/{id}", "/receipts/mails/{mail}", "/issues/{id}/letters/{letter}", "/issues/{id}/comments/{comment}"} {
		all = append(all, w.things[place])
	}
	series, err := w.here.store.Series(w.t.Context(), seeds.SeriesID)
	w.must(err)
	return append(all, series.Masthead)
}

// ownIssue makes the stranger a draft, with a file and a comment, in a database to
// which every change goes back.
func (w *world) ownIssue() string {
	w.t.Helper()
	ctx := w.t.Context()
	p, err := w.here.store.ByLogin(ctx, "p-stranger")
	w.must(err)
	actor := workflow.Actor{Person: p}
	is, err := w.here.desk.Open(ctx, actor, w.other, strings.Replace(settledText(w.t), "第 8 期", "第 10 期", 1))
	w.must(err)
	is, err = w.here.desk.Attach(ctx, actor, is.ID, is.Version, "别的.txt", "text/plain", []byte("别的"))
	w.must(err)
	_, err = w.here.desk.Comment(ctx, actor, is.ID, is.Version, 1, "", "自己的")
	w.must(err)
	w.keep()
	return is.ID.String()
}

// crosses reports whether a request names a second thing, in its address or in
// its form.
func (w *world) crosses(method, path string) bool {
	names := places.FindAllString(path, -1)
	second := len(names) > 1 && !slices.Contains(choices, names[1]) && !slices.Contains([]string{"{unit}", "{number}"}, names[1])
	form := formOf[method+" "+path]
	return second || strings.Contains(form, "{issue}")
}

// through is the address of a second thing under an own first one.
func (w *world) through(path, own string) string {
	first := places.FindString(path)
	if strings.HasPrefix(path, "/series/") || strings.HasPrefix(path, api.Prefix+"/series/") {
		own = w.other.String()
	}
	address, _ := w.address("GET " + path)
	at := strings.Index(path, first)
	rest := strings.IndexByte(address[at:], '/')
	if rest < 0 {
		return path[:at] + own
	}
	return path[:at] + own + address[at+rest:]
}

// plainOf is what an answer says, packed or not.
func plainOf(t *testing.T, answer *httptest.ResponseRecorder) string {
	t.Helper()
	body := answer.Body.Bytes()
	files, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
	if err != nil {
		return string(body)
	}
	var all strings.Builder
	for _, f := range files.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		_, _ = io.Copy(&all, r)
		_ = r.Close()
	}
	return all.String()
}
