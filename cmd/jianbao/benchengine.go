package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"strconv"
	"time"

	"github.com/google/uuid"

	"jianbao/fault"
	"jianbao/mailer"
	"jianbao/store"
)

// benchEngine is one more process that sends what a measurement released, or
// the one that the fault tests in the folder faults break.
type benchEngine struct {
	Connections int           `default:"16"`
	Window      int           `default:"1"`
	Relay       string        `required:""`
	DB          string        `name:"db" required:""`
	Policy      mailer.Policy `enum:"ask,resend" default:"ask"`
	Lease       time.Duration `default:"5m"`
	Log         bool          // to the standard error
}

// engine returns the engine of a measurement: to a relay of this machine, which
// it trusts, without any limit.
func (b benchEngine) engine(books *store.Store, relay string) *mailer.Engine {
	return &mailer.Engine{
		Queue: books, Parts: withLinks{books}, Log: slog.New(slog.DiscardHandler), Connections: b.Connections, Window: b.Window,
		Policy: b.Policy, Lease: b.Lease,
		Relay: mailer.Relay{Addr: relay, Security: mailer.Plain, Hello: "bench.example"}, Poll: 20 * time.Millisecond,
	}
}

// Run sends until the standard input ends.
func (b *benchEngine) Run(ctx context.Context, c *console) error {
	if err := onlyHere(ctx, b.Relay); err != nil {
		return err
	}
	books, err := store.Open(ctx, b.DB)
	if err != nil {
		return err
	}
	defer books.Close()
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin) // its end is all that is wanted
		stop()
	}()
	e := b.engine(books, b.Relay)
	if b.Log {
		e.Log = slog.New(slog.NewTextHandler(c.Err, &slog.HandlerOptions{Level: slog.LevelWarn}))
	}
	fmt.Fprintln(c.Out, "ready")
	return e.Run(ctx)
}

var benchAlone = fault.Say("cmd.bench-alone", "几个进程一起测速，须用 --db 给出它们共用的数据库", "several processes need a database that they share: --db")

// others starts the other processes of a measurement, and waits until they are
// ready.
func (b *benchMail) others(ctx context.Context, relay string) (end func(), err error) {
	var ends []func()
	end = func() {
		for _, f := range ends {
			f()
		}
	}
	if b.Engines > 1 && b.DB == "" {
		return end, fault.New(fault.Usage, benchAlone.With())
	}
	for range b.Engines - 1 {
		_, stop, err := child(ctx, "bench", "engine", "--db", b.DB, "--relay", relay,
			"--connections", strconv.Itoa(b.Connections), "--window", strconv.Itoa(b.Window))
		if err != nil {
			end()
			return nil, err
		}
		ends = append(ends, stop)
	}
	return end, nil
}

// child starts this program once more, and returns the first line that it
// prints and what ends it.
func child(ctx context.Context, arguments ...string) (line string, end func(), err error) {
	self, err := os.Executable()
	if err != nil {
		return "", nil, fmt.Errorf("bench: %w", err)
	}
	cmd := exec.CommandContext(ctx, self, arguments...)
	in, err := cmd.StdinPipe()
	if err != nil {
		return "", nil, fmt.Errorf("bench: %w", err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return "", nil, fmt.Errorf("bench: %w", err)
	}
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		return "", nil, fmt.Errorf("bench: %w", err)
	}
	end = func() {
		_ = in.Close()
		_ = cmd.Wait()
	}
	if _, err := fmt.Fscanln(out, &line); err != nil {
		end()
		return "", nil, fmt.Errorf("bench: %s does not start: %w", arguments[1], err)
	}
	return line, end, nil
}

// withLinks gives every letter a part of its own, as the link of a receipt is.
type withLinks struct{ mailer.Parts }

// Content implements mailer.Parts.
func (p withLinks) Content(ctx context.Context, dispatch uuid.UUID) (mailer.Content, error) {
	c, err := p.Parts.Content(ctx, dispatch)
	c.Personal = func(d mailer.Delivery) (text, page string) {
		link := "https://bench.example/receipt/" + d.ID.String()
		return "签收：" + link, `<p><a href="` + link + `">签收</a></p>`
	}
	return c, err
}
