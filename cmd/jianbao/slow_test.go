package main

import (
	"bufio"
	"context"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"
)

// served answers on a port with a bearing, and returns the address.
func served(t *testing.T, b bearing, handler http.HandlerFunc) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- b.answering(listener, handler)(ctx) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	return listener.Addr().String()
}

// heldFor says a text to an address and returns how long the connection was held
// after it, and what was answered.
func heldFor(t *testing.T, address, text string) (time.Duration, string) {
	t.Helper()
	conn, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if err := conn.SetDeadline(time.Now().Add(soon)); err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	if _, err := io.WriteString(conn, text); err != nil {
		t.Fatal(err)
	}
	said, err := io.ReadAll(conn)
	if wait, ok := err.(net.Error); ok && wait.Timeout() {
		t.Fatalf("the connection is still open after %s", soon)
	}
	return time.Since(began), string(said)
}

// TestSlowClientsHoldNothing: a head that never ends, a body that never comes, and
// a connection that says nothing more are cut off when their time is over, with a
// real server and real connections.
func TestSlowClientsHoldNothing(t *testing.T) {
	const short = 60 * time.Millisecond
	address := served(t, bearing{head: short, body: 3 * short, answer: soon, idle: 2 * short, headBytes: 4 << 10}, func(w http.ResponseWriter, r *http.Request) {
		if _, err := io.Copy(io.Discard, r.Body); err != nil {
			w.WriteHeader(http.StatusRequestTimeout)
		}
	})
	for what, c := range map[string]struct {
		text  string
		least time.Duration
		want  string
	}{
		"a head without end":   {"GET / HTTP/1.1\r\nHost: x\r\nX-A: ", short, ""},
		"a body that is late":  {"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\na", 2 * short, "408"},
		"nothing more":         {"GET / HTTP/1.1\r\nHost: x\r\n\r\n", 2 * short, "200 OK"},
		"a head that is large": {"GET / HTTP/1.1\r\nHost: x\r\nX-A: " + strings.Repeat("a", 16<<10) + "\r\n\r\n", 0, "431"},
	} {
		held, said := heldFor(t, address, c.text)
		if held < c.least || !strings.Contains(said, c.want) {
			t.Errorf("%s: cut off after %s with %q", what, held, said)
		}
	}
}

// TestEachTimeIsItsOwn: a head has a time of its own, whatever a body may take, and
// so has an answer that nobody reads.
func TestEachTimeIsItsOwn(t *testing.T) {
	const short = 60 * time.Millisecond
	address := served(t, bearing{head: short, body: 2 * soon, answer: 2 * soon, idle: 2 * soon}, func(http.ResponseWriter, *http.Request) {})
	if held, _ := heldFor(t, address, "GET / HTTP/1.1\r\nHost: x\r\nX-A: "); held < short {
		t.Errorf("a head without end was cut off after %s", held)
	}
	address = served(t, bearing{head: 2 * soon, body: 2 * soon, answer: 2 * soon, idle: short}, func(http.ResponseWriter, *http.Request) {})
	if held, said := heldFor(t, address, "GET / HTTP/1.1\r\nHost: x\r\n\r\n"); held < short || !strings.Contains(said, "200 OK") {
		t.Errorf("a connection that says nothing more was cut off after %s with %q", held, said)
	}
	unread := make(chan error, 1)
	address = served(t, bearing{head: soon, body: 2 * soon, answer: short, idle: 2 * soon}, func(w http.ResponseWriter, _ *http.Request) {
		_, err := io.CopyN(w, endless{}, 1<<30)
		unread <- err
	})
	conn, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if _, err := io.WriteString(conn, "GET / HTTP/1.1\r\nHost: x\r\n\r\n"); err != nil {
		t.Fatal(err)
	}
	select {
	case err := <-unread:
		if err == nil {
			t.Error("an answer that nobody reads was written")
		}
	case <-time.After(soon):
		t.Error("an answer that nobody reads has no end")
	}
}

// endless are zeros without an end.
type endless struct{}

func (endless) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}

// TestTheProgramBearsSlowClientsForSecondsOnly: what the test above measures is
// what the program runs with, and nothing is without an end.
func TestTheProgramBearsSlowClientsForSecondsOnly(t *testing.T) {
	b := usualBearing
	if b.head <= 0 || b.head > 10*time.Second || b.body <= 0 || b.body > time.Minute || b.answer <= 0 || b.answer > 2*time.Minute || b.idle <= 0 || b.idle > 5*time.Minute || b.headBytes <= 0 || b.headBytes > 64<<10 {
		t.Errorf("%+v", b)
	}
}

// TestTheThrottleSeesThroughTheProxy: behind a proxy that is named, everybody is
// counted by themselves; who names somebody else without one is not believed.
func TestTheThrottleSeesThroughTheProxy(t *testing.T) {
	w := &world{t: t, dir: t.TempDir(), key: make([]byte, 32)}
	w.open()
	t.Cleanup(func() { _ = w.here.close() })
	if err := w.here.proxies.UnmarshalText([]byte("127.0.0.1")); err != nil {
		t.Fatal(err)
	}
	site, err := w.here.everything(true)
	if err != nil {
		t.Fatal(err)
	}
	address := served(t, usualBearing, site.ServeHTTP)
	guess := func(from string) int {
		r, err := http.NewRequestWithContext(t.Context(), "GET", "http://"+address+"/receipt/"+strings.Repeat("x", 43), nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("X-Forwarded-For", from)
		answer, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		defer answer.Body.Close()
		_, _ = bufio.NewReader(answer.Body).WriteTo(io.Discard)
		return answer.StatusCode
	}
	last := 0
	for range 40 {
		last = guess("9.9.9.9, 10.0.0.1")
	}
	if last != http.StatusTooManyRequests {
		t.Errorf("40 guesses: %d", last)
	}
	if got := guess("10.0.0.2"); got != http.StatusNotFound {
		t.Errorf("somebody else behind the same proxy: %d", got)
	}
}
