package web

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"time"

	"github.com/google/uuid"

	"jianbao/mailer"

	"jianbao/web/page"
)

// liveFor is how long one stream of events lasts; the browser opens the next by
// itself. It is shorter than what a server waits for when it is told to stop.
const liveFor = 15 * time.Second

// liveEvery is how often the letters are counted while somebody watches, and
// liveSeldom where hints come of whatever happens to them.
const (
	liveEvery  = time.Second
	liveSeldom = 5 * time.Second
)

// Hints say sooner than one would look that there is something to see.
type Hints interface {
	// Moved returns a channel that holds a token when letters of an issue may
	// stand elsewhere than before, until end is called.
	Moved(issue uuid.UUID) (moved <-chan struct{}, end func())

	// Heard reports whether such hints come of what other processes do.
	Heard() bool
}

// noHints is a page of which nobody hints at anything.
type noHints struct{}

// Moved implements Hints.
func (noHints) Moved(uuid.UUID) (<-chan struct{}, func()) { return nil, func() {} }

// Heard implements Hints.
func (noHints) Heard() bool { return false }

// live streams the board of an issue's letters as server-sent events (HTML
// Living Standard, section 9.2) until nothing is under way: first as it stands
// (board), then its head and its changed rows (head, rows), and as it stands at
// the end (last). It looks when it is hinted at that, and from time to time; the
// first time after a while, since the page that asks was made a moment ago, and
// who turns pages would wait for each twice.
func (s *server) live(w http.ResponseWriter, r *http.Request) {
	issue, series, err := s.find(r)
	if err != nil {
		s.kit.Fail(w, r, err)
		return
	}
	out := http.NewResponseController(w)
	_ = out.SetWriteDeadline(time.Now().Add(liveFor + 10*time.Second)) // a writer without deadlines has none to extend
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("X-Accel-Buffering", "no") // nginx would keep the events back
	w.WriteHeader(http.StatusOK)
	fmt.Fprint(w, "retry: 1000\n\n")
	ctx, stop := context.WithTimeout(r.Context(), s.liveFor)
	defer stop()
	moved, end := s.Hints.Moved(issue.ID)
	defer end()
	if _ = out.Flush(); !pause(ctx, s.liveEvery) {
		return
	}
	watch := watcher{server: s, issue: issue, series: series, filter: filterOf(r), lang: page.Lang(r)}
	for {
		more, err := watch.tell(ctx, w)
		if err != nil || out.Flush() != nil || !more {
			return
		}
		if s.untilMoved(ctx, moved); ctx.Err() != nil {
			return
		}
	}
}

// pause waits, and reports whether somebody still watches then.
func pause(ctx context.Context, d time.Duration) bool {
	select {
	case <-time.After(d):
		return true
	case <-ctx.Done():
		return false
	}
}

// untilMoved waits for a hint, or until it is time to look without one.
func (s *server) untilMoved(ctx context.Context, moved <-chan struct{}) {
	wait := s.liveEvery
	if s.Hints.Heard() {
		wait = s.liveSeldom
	}
	look := time.NewTimer(wait)
	defer look.Stop()
	select {
	case <-moved:
	case <-look.C:
	case <-ctx.Done():
	}
}

// A progress is how far an issue's letters are.
type progress struct {
	counts map[mailer.State]int
	paused bool
}

func (a progress) same(b progress) bool {
	return a.paused == b.paused && maps.Equal(a.counts, b.counts)
}
