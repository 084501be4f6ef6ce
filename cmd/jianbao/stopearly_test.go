package main

import (
	"context"
	"net"
	"net/http"
	"path/filepath"
	"testing"
)

// Told to stop while it is still starting, the program ends well; what is wrong
// with its settings is told all the same.
func TestStoppedWhileItStarts(t *testing.T) {
	dir := t.TempDir()
	stopped, stop := context.WithCancel(t.Context())
	stop()
	args := []string{"serve", "--db", filepath.Join(dir, "jianbao.db"), "--dir", dir, "--listen", "127.0.0.1:0", "--installation", filepath.Join(dir, "installation")}
	if code := run(stopped, args, t.Output(), t.Output()); code != 0 {
		t.Errorf("exit %d", code)
	}
	if code := run(t.Context(), append(args, "--relay", "nowhere:not-a-port"), t.Output(), t.Output()); code == 0 {
		t.Error("a relay without a port is taken")
	}
}

// A request that is under way when the program is told to stop is answered before
// the job ends, since the database is closed after it.
func TestTheLastRequestIsAnswered(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	began, finish, served := make(chan struct{}), make(chan struct{}), false
	job := answering(listener, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		close(began)
		<-finish
		served = true
	}))
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- job(ctx) }()
	answered := make(chan error, 1)
	go func() {
		r, err := http.Get("http://" + listener.Addr().String())
		if err == nil {
			err = r.Body.Close()
		}
		answered <- err
	}()
	<-began
	stop()
	select {
	case err := <-ended:
		t.Fatalf("it ended before its request: %v", err)
	case finish <- struct{}{}:
	}
	if err := <-ended; err != nil || !served {
		t.Errorf("%v, answered %v", err, served)
	}
	if err := <-answered; err != nil {
		t.Error(err)
	}
}
