package main

import (
	"context"
	"flag"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/performance"
	"github.com/chromedp/chromedp"
	"github.com/google/uuid"

	"jianbao/mailer"
	"jianbao/mailer/drain"
	"jianbao/recipients"
	"jianbao/seeds"
)

// boardLetters is how long the board is that is measured; 10,000 is a province.
var boardLetters = flag.Int("letters", 0, "measure the board of so many letters in a browser, and print what it took")

// What a board may cost a browser while letters are under way. The times are held
// where the board is measured: on a machine that does something else they say
// nothing.
const (
	eventBytes = 20 << 10        // of an event that changes a board
	turnTime   = 2 * time.Second // of three, the least
	heapBytes  = 16 << 20
)

// wideOffice has an issue for so many units, which goes out slowly enough to be
// watched: some 400 letters a second.
func wideOffice(t *testing.T, units int) (o *office, base string, issue uuid.UUID) {
	t.Helper()
	relay, err := drain.Start("127.0.0.1:0", drain.Config{Latency: 5 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(relay.Close)
	o, base = sendingTo(t, relay.Addr())
	var names []string
	for n := range units {
		name := fmt.Sprintf("鄂尔多斯市第%d中学", n+1)
		unit := recipients.Unit{ID: uuid.New(), Name: name, Place: "鄂尔多斯", Channel: recipients.ByMail,
			Addresses: []string{fmt.Sprintf("office@s%d.example", n+1)}, Version: 1}
		if err := o.store.AddUnit(t.Context(), unit); err != nil {
			t.Fatal(err)
		}
		names = append(names, name)
	}
	before, list, _ := strings.Cut(seeds.Issue8, "送：")
	_, after, _ := strings.Cut(list, "。")
	text := before + "送：" + strings.Join(names, "、") + "。" + strings.Replace(after, "20 份", "9 份", 1)
	w := &walk{office: o}
	opened, err := o.desk.Open(t.Context(), w.as(t.Context(), seeds.EditorLogin), seeds.SeriesID, text)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.onward(t.Context(), opened); err != nil {
		t.Fatal(err)
	}
	eventually(t.Context(), t, "letters are under way", func() bool {
		counts, err := o.store.LetterCounts(t.Context(), opened.ID)
		if err != nil {
			t.Fatal(err)
		}
		return counts[mailer.Accepted] > 0
	})
	return o, base, opened.ID
}

// A stream is what came to a browser of the board's events.
type stream struct {
	sync.Mutex
	n, bytes, most int // events that change the board, what they weigh, the heaviest
}

func (s *stream) listen(event any) {
	if e, is := event.(*network.EventEventSourceMessageReceived); is && (e.EventName == "head" || e.EventName == "rows") {
		s.Lock()
		defer s.Unlock()
		s.n++
		s.bytes += len(e.Data)
		s.most = max(s.most, len(e.Data))
	}
}

// TestALongBoardOnThePages watches a board of many letters while they go: it shows
// more letters done by itself, sends the rows that changed only, is filtered and
// turned. With -letters it prints what that took.
func TestALongBoardOnThePages(t *testing.T) {
	units := max(*boardLetters, 1200)
	_, base, issue := wideOffice(t, units)
	board := base + "/issues/" + issue.String() + "/dispatch"
	ctx := browser(t)
	var seen stream
	chromedp.ListenTarget(ctx, seen.listen)
	do := func(actions ...chromedp.Action) {
		t.Helper()
		if err := chromedp.Run(ctx, actions...); err != nil {
			t.Fatal(err)
		}
	}
	// took is the least of three times: what a machine that does something else
	// adds is the least then.
	took := func(actions ...chromedp.Action) time.Duration {
		least := time.Hour
		for range 3 {
			do(chromedp.Navigate(board))
			began := time.Now()
			do(actions...)
			least = min(least, time.Since(began))
		}
		return least
	}
	metrics := func() map[string]float64 {
		all := map[string]float64{}
		do(chromedp.ActionFunc(func(ctx context.Context) error {
			found, err := performance.GetMetrics().Do(ctx)
			for _, m := range found {
				all[m.Name] = m.Value
			}
			return err
		}))
		return all
	}
	var paint, scroll float64
	var first int
	const done = `Number(document.getElementById("progress").value)`
	do(performance.Enable(), network.Enable(), chromedp.EmulateViewport(1280, 900), signIn(base, seeds.ClerkLogin), chromedp.Navigate(board),
		until(`performance.getEntriesByName("first-contentful-paint").length > 0`),
		chromedp.Evaluate(`performance.getEntriesByName("first-contentful-paint")[0].startTime`, &paint), chromedp.Evaluate(done, &first))
	before, began := metrics(), time.Now()
	do(until(fmt.Sprintf(`%s >= %d`, done, min(first+units/10, units))))
	after, watched := metrics(), time.Since(began)
	do(chromedp.Evaluate(frames, &scroll, awaited))
	filtered := took(hit(`.counts .letter-accepted a`))
	turned := took(hit(`.pager a:last-child`))
	searched := took(chromedp.SetValue(`#q`, "第77", chromedp.ByQuery), hit(`form.filter button`))
	var rows int
	do(chromedp.Evaluate(`document.querySelectorAll("#board tbody tr").length`, &rows))
	if rows == 0 || rows > 100 {
		t.Errorf("%d rows are shown", rows)
	}
	seen.Lock()
	defer seen.Unlock()
	if seen.n == 0 || seen.most > eventBytes {
		t.Errorf("%d events changed the board, the heaviest of %d bytes", seen.n, seen.most)
	}
	v, server, sent := visit(t, base, seeds.ClerkLogin, testPassword), time.Hour, 0
	v.pagesOfMany(t, strings.TrimSuffix(strings.TrimPrefix(board, base), "/dispatch"))
	if *boardLetters == 0 {
		return
	}
	for range 5 {
		began := time.Now()
		_, sent = v.raw(t, strings.TrimPrefix(board, base))
		server = min(server, time.Since(began))
	}
	heap, busy := after["JSHeapUsedSize"], after["TaskDuration"]-before["TaskDuration"]
	fmt.Printf("board of %d letters\n  server %d ms, %.1f KB on the wire\n  first paint %.0f ms, by state %d ms, next page %d ms, search %d ms\n", units,
		server.Milliseconds(), kb1(sent), paint, filtered.Milliseconds(), turned.Milliseconds(), searched.Milliseconds())
	fmt.Printf("  %d events in %.0f s, %.1f KB each, %.1f KB the heaviest; the browser busy %.0f ms of each second\n", seen.n, watched.Seconds(), kb1(seen.bytes)/float64(max(seen.n, 1)), kb1(seen.most), 1000*busy/watched.Seconds())
	fmt.Printf("  the longest frame of scrolling %.0f ms; %.1f MB of scripts' memory, %.0f nodes\n", scroll, heap/(1<<20), after["Nodes"])
	if slowest := max(filtered, turned, searched); slowest > turnTime || heap > heapBytes {
		t.Errorf("a page took %s, the memory is %.0f bytes", slowest, heap)
	}
}

// pagesOfMany asks for the other pages about an issue of very many units: each
// shows a part of them and leads to the others. With -letters it prints what they
// cost.
func (v *visitor) pagesOfMany(t *testing.T, issue string) {
	t.Helper()
	for _, path := range []string{issue, issue + "?q=77", issue + "/receipts", issue + "/receipts?q=77", issue + "/calls", issue + "/calls?q=77", issue + "/holders", "/units"} {
		c := v.cost(t, place{name: strings.Replace(path, issue, "issue", 1), path: path})
		if page, _ := v.raw(t, path); c.files > pageBytes || strings.Count(page, "<tr") > 150 {
			t.Errorf("%s is %d bytes on the wire, and has %d rows", c.name, c.files, strings.Count(page, "<tr"))
		}
		if *boardLetters > 0 {
			fmt.Printf("  %-20s %4d ms, %.1f KB, %.1f KB on the wire\n", c.name, c.time.Milliseconds(), kb1(c.page), kb1(c.files))
		}
	}
}

// hit clicks what is there at that moment, since the board is made anew meanwhile,
// and waits until another document is there.
func hit(selector string) chromedp.Action {
	return chromedp.ActionFunc(func(ctx context.Context) error {
		_, err := chromedp.RunResponse(ctx, chromedp.Evaluate("document.querySelector(`"+selector+"`).click()", nil))
		return err
	})
}

// frames scrolls through the page and returns the longest time between two
// frames, in milliseconds.
const frames = `new Promise(done => { let last = performance.now(), longest = 0, n = 0;
	const step = now => { if (n > 2) longest = Math.max(longest, now - last); last = now; scrollBy(0, 120);
		if (n++ < 60) requestAnimationFrame(step); else { scrollTo(0, 0); done(longest) } };
	requestAnimationFrame(step) })`
