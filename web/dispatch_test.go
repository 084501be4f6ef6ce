package web

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"jianbao/fault"
	"jianbao/mailer"
	"jianbao/workflow"

	"jianbao/web/page"
)

// manyLetters is an office that sent to so many units.
func manyLetters(n int) *office {
	o := newOffice()
	for i := range n {
		o.letters = append(o.letters, mailer.Delivery{ID: uuid.New(), Unit: uuid.New(), Name: fmt.Sprintf("第%05d号单位", i),
			Address: fmt.Sprintf("u%d@example.cn", i), State: mailer.Accepted, Tries: 1, Code: 250, Words: "2.0.0 Ok", Updated: noon})
	}
	return o
}

func TestALongBoardHasPages(t *testing.T) {
	o := manyLetters(250)
	o.letters[7].State, o.letters[7].Code, o.letters[7].Words = mailer.Failed, 550, "5.1.1 User unknown"
	v := inOffice(t, o)
	w := v.get(here + "/dispatch")
	is(t, w, 200, "第00007号单位", "第1至100行，共251行", "?page=2", "邮箱地址不存在", "5.1.1 User unknown")
	lacks(t, w, "第00120号单位")
	is(t, v.get(here+"/dispatch?page=3"), 200, "第00249号单位", "第201至251行")
	is(t, v.get(here+"/dispatch?page=99"), 200, "第201至251行")
	w = v.get(here + "/dispatch?state=failed")
	is(t, w, 200, "第00007号单位", "显示全部251家")
	lacks(t, w, "第00008号单位")
	is(t, v.get(here+"/dispatch?q=u120@"), 200, "第00120号单位")
}

func TestTheBoardIsExported(t *testing.T) {
	o := manyLetters(150)
	o.letters[3].Name = "=HYPERLINK(1)"
	v := inOffice(t, o)
	w := v.get(here + "/dispatch/letters.csv")
	is(t, w, 200, "\uFEFF名单,单位全称,地址", "第00149号单位,u149@example.cn,已交邮件服务器,1,邮件服务器已收下,250 2.0.0 Ok", "'=HYPERLINK(1)")
	if got := w.Header().Get("Content-Disposition"); !strings.HasPrefix(got, "attachment") {
		t.Errorf("disposition %q", got)
	}
	lacks(t, v.get(here+"/dispatch/letters.csv?q=u149@"), "u148@")
	is(t, v.get("/issues/"+theirIssue.String()+"/dispatch/letters.csv"), 404)
	is(t, v.get("/issues/"+theirIssue.String()+"/dispatch/live"), 404)
}

// TestTheBoardTellsWhatChanges reads the stream of a real server: the board as
// it is, and once more when nothing is under way any longer.
func TestTheBoardTellsWhatChanges(t *testing.T) {
	o := manyLetters(1)
	o.letters[0].State = mailer.Queued
	v := inOffice(t, o)
	server := httptest.NewServer(v.handler)
	defer server.Close()
	ctx, stop := context.WithTimeout(t.Context(), 20*time.Second)
	defer stop()
	r, _ := http.NewRequestWithContext(ctx, http.MethodGet, server.URL+here+"/dispatch/live", nil)
	for name, value := range v.cookies {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	buffer := make([]byte, 64<<10)
	n, err := io.ReadAtLeast(answer.Body, buffer, 400)
	if err != nil || !strings.Contains(string(buffer[:n]), "event: board\ndata: ") {
		t.Fatalf("%s %v", buffer[:n], err)
	}
	o.settleAll(mailer.Accepted)
	rest, err := io.ReadAll(answer.Body)
	if err != nil || !strings.Contains(string(rest), "event: last\n") {
		t.Errorf("%s %v", rest, err)
	}
}

// Whoever turns pages waits for each once: a stream that is left at once has read
// no letters.
func TestTheBoardIsNotReadTwiceForAPage(t *testing.T) {
	o := manyLetters(1)
	o.letters[0].State = mailer.Queued
	s := serverOf(t, o)
	s.Hints, s.liveFor, s.liveEvery = noHints{}, 10*time.Second, time.Hour
	s.Reads, s.Desk = o, o
	ctx, leave := context.WithCancel(t.Context())
	r := httptest.NewRequestWithContext(ctx, http.MethodGet, here+"/dispatch/live", nil)
	r.SetPathValue("id", ourIssue.String())
	leave()
	w := httptest.NewRecorder()
	s.live(w, page.WithPerson(r, o.person))
	if told := w.Body.String(); told != "retry: 1000\n\n" {
		t.Errorf("%.300s", told)
	}
}

// TestTheBoardTellsOnlyWhatChanged watches a board on which a letter moves, and
// one on which a row leaves what the filter shows.
func TestTheBoardTellsOnlyWhatChanged(t *testing.T) {
	o := manyLetters(300)
	o.letters[7].State, o.letters[250].State, o.letters[251].State = mailer.Queued, mailer.Queued, mailer.Queued
	s := serverOf(t, o)
	issue, series := o.issues[ourIssue], workflow.Series{ID: ourSeries, Zone: "Asia/Shanghai"}
	told := func(h *watcher) string {
		var out strings.Builder
		if more, err := h.tell(t.Context(), &out); err != nil || !more {
			t.Fatal(more, err)
		}
		return out.String()
	}
	all := &watcher{server: s, issue: issue, series: series, lang: fault.ZH, filter: filter{Page: 1}}
	waiting := &watcher{server: s, issue: issue, series: series, lang: fault.ZH, filter: filter{Page: 1, State: mailer.Queued}}
	for _, h := range []*watcher{all, waiting} {
		if first := told(h); !strings.HasPrefix(first, "event: board\n") || !strings.Contains(first, "第00007号单位") {
			t.Errorf("%.300s", first)
		}
		if again := told(h); again != "" {
			t.Errorf("nothing has changed: %.300s", again)
		}
	}
	o.letters[7].State = mailer.Accepted
	changed := told(all)
	if !strings.HasPrefix(changed, "event: head\n") || strings.Count(changed, "<tr") != 1 || !strings.Contains(changed, "第00007号单位") {
		t.Errorf("%.600s", changed)
	}
	if left := told(waiting); !strings.HasPrefix(left, "event: board\n") || strings.Contains(left, "第00007号单位") {
		t.Errorf("%.600s", left)
	}
	o.letters[250].State = mailer.Accepted
	if elsewhere := told(all); !strings.HasPrefix(elsewhere, "event: head\n") || strings.Contains(elsewhere, "event: rows") {
		t.Errorf("a letter of another page: %.600s", elsewhere)
	}
}

// serverOf is an office's pages without what requests pass before them.
func serverOf(t *testing.T, o *office) *server {
	t.Helper()
	kit, err := page.New(func() time.Time { return noon }, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	pages, err := kit.Parse(templateFiles, nil)
	if err != nil {
		t.Fatal(err)
	}
	return &server{Config: Config{Letters: o}, kit: kit, pages: pages}
}

func BenchmarkTheBoardOfTenThousand(b *testing.B) {
	o := manyLetters(10000)
	v := inOffice(&testing.T{}, o)
	for b.Loop() {
		v.get(here + "/dispatch?page=50")
	}
}

func TestTheBoardSaysThatItIsPaused(t *testing.T) {
	o := newOffice()
	o.letters = []mailer.Delivery{{ID: uuid.New(), Unit: unitA, Name: "市发改委", State: mailer.Queued}}
	v := inOffice(t, o)
	lacks(t, v.get(here+"/dispatch"), "分发已暂停")
	o.paused = true
	is(t, v.get(here+"/dispatch"), 200, "分发已暂停", here+"/dispatch/queue")
	if (progress{paused: true}).same(progress{}) {
		t.Error("who watches is not told of the pause")
	}
}

func TestADestroyedIssueOffersNothingEmpty(t *testing.T) {
	o := newOffice()
	issue := o.issues[ourIssue]
	issue.State = workflow.Destroyed
	o.issues[ourIssue] = issue
	v := inOffice(t, o)
	w := v.get(here)
	is(t, w, 200, "已按销毁清册销毁", `id="history"`)
	lacks(t, w, "paper.pdf")
	lacks(t, w, `id="files"`)
	is(t, v.get(here+"/paper.pdf"), 404)
}

// What was classified after it went out is no more to be had than what was
// destroyed, and the page says why.
func TestAWithheldIssueOffersNothing(t *testing.T) {
	o := newOffice()
	issue := o.issues[ourIssue]
	issue.State, issue.Recall = workflow.Recalled, &workflow.Recalling{Reason: "定密", Secret: true}
	o.issues[ourIssue] = issue.Shown()
	v := inOffice(t, o)
	w := v.get(here)
	is(t, w, 200, "因定密提出撤销", `id="history"`)
	lacks(t, w, "paper.pdf")
	lacks(t, w, `id="files"`)
	is(t, v.get(here+"/paper.pdf"), 404)
}
