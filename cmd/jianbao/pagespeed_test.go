package main

import (
	"compress/gzip"
	"flag"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"jianbao/seeds"
	"jianbao/workflow"
)

// year is how many issues went out before the pages are measured: 52 is a year
// of a weekly.
var year = flag.Int("year", 0, "measure the pages with so many issues behind them, and print a table")

// What a page may cost: its answer on the server, and everything that a browser
// without any of it is sent, fonts apart.
const (
	pageTime  = 100 * time.Millisecond
	pageBytes = 150 << 10
)

// A cost is what one page took.
type cost struct {
	name              string
	time              time.Duration // the middle of five
	page, sent, files int           // bytes: plain, as sent, with scripts and styles
}

// TestPagesAreLightOnTheWire asks for every page as a browser does. With -year it
// has a year behind it, prints the table, and holds their time as well, which on
// a machine that does something else says nothing.
func TestPagesAreLightOnTheWire(t *testing.T) {
	x := exhibit(t)
	x.aYear(t)
	visitors := map[string]*visitor{}
	var all []cost
	for _, p := range x.places(t) {
		if p.login == nobody || p.first != nil || p.name == "nothing" || p.name == "not-for-clerks" {
			continue
		}
		v := visitors[p.login]
		if v == nil {
			v = visit(t, x.base, p.login, testPassword)
			visitors[p.login] = v
		}
		c := v.cost(t, p)
		all = append(all, c)
		if c.files > pageBytes {
			t.Errorf("%s is %d bytes on the wire", c.name, c.files)
		}
		if *year > 0 && c.time > pageTime {
			t.Errorf("%s took %s", c.name, c.time)
		}
	}
	if *year == 0 {
		return
	}
	proof := x.proofTime(t)
	if proof > 2*pageTime {
		t.Errorf("the proof of the editor took %s", proof)
	}
	all = append(all, cost{name: "(editor's proof)", time: proof})
	slices.SortFunc(all, func(a, b cost) int { return int(b.time - a.time) })
	fmt.Printf("%-18s %10s %10s %10s %10s\n", "page", "server", "plain", "sent", "with files")
	for _, c := range all {
		fmt.Printf("%-18s %8.1fms %8.1fKB %8.1fKB %8.1fKB\n", c.name, float64(c.time.Microseconds())/1000, kb1(c.page), kb1(c.sent), kb1(c.files))
	}
}

func kb1(n int) float64 { return float64(n) / 1024 }

// aYear sends as many issues as the flag says.
func (x exhibition) aYear(t *testing.T) {
	t.Helper()
	w := &walk{office: x.office}
	for n := range *year {
		issue := w.opened(t, fmt.Sprintf("第%d期", 20+n))
		for issue.State != workflow.Registered {
			next, err := w.step(t.Context(), issue)
			if err != nil {
				t.Fatal(err)
			}
			issue = next
		}
		// By the exhibition's clock, in which it is another day.
		order := workflow.Order{Act: workflow.Schedule, Version: issue.Version, At: x.desk.Now()}
		if _, err := x.desk.Act(t.Context(), w.as(t.Context(), seeds.ClerkLogin), issue.ID, order); err != nil {
			t.Fatal(err)
		}
		x.untilDispatched(t, issue.ID)
		x.box.Forget() // a year of letters is more than it keeps
	}
}

var pageFiles = regexp.MustCompile(`(?:src|href)="(/static/[^"]+\.(?:js|css))"`)

// cost asks for a page five times, and once for the files it loads.
func (v *visitor) cost(t *testing.T, p place) (c cost) {
	t.Helper()
	c.name = p.name
	var times []time.Duration
	for range 5 {
		began := time.Now()
		page, sent := v.raw(t, p.path)
		times = append(times, time.Since(began))
		c.page, c.sent = len(page), sent
		if c.files == 0 {
			for _, file := range pageFiles.FindAllStringSubmatch(page, -1) {
				_, bytes := v.raw(t, file[1])
				c.files += bytes
			}
		}
	}
	c.files += c.sent
	slices.Sort(times)
	c.time = times[len(times)/2]
	return c
}

// raw asks as browsers do, and returns the page with how many bytes were sent.
func (v *visitor) raw(t *testing.T, path string) (string, int) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, v.base+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Accept-Encoding", "gzip")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	answer, err := v.client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	sent, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != http.StatusOK && answer.StatusCode != http.StatusSeeOther {
		t.Fatalf("%s: %d %v", path, answer.StatusCode, err)
	}
	if answer.Header.Get("Content-Encoding") == "" {
		return string(sent), len(sent)
	}
	plain, err := gzip.NewReader(strings.NewReader(string(sent)))
	if err != nil {
		t.Fatal(err)
	}
	page, err := io.ReadAll(plain)
	if err != nil {
		t.Fatal(err)
	}
	return string(page), len(sent)
}

// proofTime is how long the pages take that the editor asks for while somebody types.
func (x exhibition) proofTime(t *testing.T) time.Duration {
	t.Helper()
	v := visit(t, x.base, seeds.EditorLogin, testPassword)
	var times []time.Duration
	for range 9 {
		began := time.Now()
		if a := v.post("/issues/"+x.draft.ID.String()+"/proof", "text", x.draft.Text); a.status != http.StatusOK || !strings.Contains(a.page, "<svg") {
			t.Fatalf("no proof: %d", a.status)
		}
		times = append(times, time.Since(began))
	}
	slices.Sort(times)
	return times[len(times)/2]
}
