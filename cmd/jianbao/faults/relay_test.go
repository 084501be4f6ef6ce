package faults

import (
	"sync"
	"testing"
	"time"

	"jianbao/mailer/drain"
)

// A witness is the relay: it takes everything and writes down what it took.
type witness struct {
	*drain.Drain
	mu    sync.Mutex
	taken taken
	n     int
	calls map[int]chan struct{} // closed when so many letters were taken
}

// startWitness starts a relay with a latency for each of its replies.
func startWitness(t *testing.T, latency time.Duration) *witness {
	t.Helper()
	w := &witness{taken: taken{}, calls: map[int]chan struct{}{}}
	d, err := drain.Start("127.0.0.1:0", drain.Config{Latency: latency, Took: w.took})
	if err != nil {
		t.Fatal(err)
	}
	w.Drain = d
	t.Cleanup(d.Close)
	return w
}

func (w *witness) took(to, id string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.taken[to] = append(w.taken[to], id)
	w.n++
	if call, ok := w.calls[w.n]; ok {
		close(call)
	}
}

// at returns what is closed when n letters were taken in all.
func (w *witness) at(n int) <-chan struct{} {
	w.mu.Lock()
	defer w.mu.Unlock()
	call := make(chan struct{})
	if w.calls[n] = call; w.n >= n {
		close(call)
		delete(w.calls, n)
	}
	return call
}

// wait waits until n letters were taken, as long as something is taken at all.
func (w *witness) wait(t *testing.T, n int, e *engine) {
	t.Helper()
	call := w.at(n)
	for before := w.count(); ; before = w.count() {
		select {
		case <-call:
			return
		case <-time.After(soon):
			if w.count() == before {
				t.Fatalf("%d letters were taken and no more, want %d\n%s", before, n, e.words())
			}
		}
	}
}

func (w *witness) count() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.n
}

// ended stops the relay and returns all that it took.
func (w *witness) ended() taken {
	w.Close()
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.taken
}
