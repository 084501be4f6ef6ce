package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	mailbox "net/mail"
	"os"
	"path/filepath"
	"runtime/pprof"
	"strings"
	"time"

	"github.com/google/uuid"

	"jianbao/fault"
	"jianbao/mailer"
	"jianbao/store"
)

// benchMail measures the mail engine with all that it does for a letter: its row
// that is claimed, its mark before the dot, its settlement and its attempt. It
// counts from the moment when the letters are released until the last row is
// settled, and only this process: the relay is another one, and so is
// PostgreSQL.
type benchMail struct {
	Recipients  int           `help:"How many letters, up to 1,000,000." default:"1000"`
	Size        string        `help:"Of a letter: 10k is 10 KB on the wire, 300k has an attachment of 300 KB, 430 KB on the wire." enum:"10k,300k" default:"10k"`
	Connections int           `help:"How many connections, up to 64." default:"16"`
	Window      int           `help:"How many letters of a connection may be behind their mark, up to 64." default:"1"`
	Engines     int           `help:"How many processes send, up to 8; the figures of CPU and memory are those of one." default:"1"`
	Relay       string        `help:"HOST:PORT of a relay on this machine; without it a drain of our own." placeholder:"HOST:PORT"`
	DB          string        `name:"db" help:"An empty database, for nothing else; without it a SQLite file that is thrown away." placeholder:"URL"`
	Timeout     time.Duration `help:"After which it is given up." default:"10m"`
	Profile     string        `help:"Write a profile of this process's CPU to FILE, for go tool pprof." type:"path" placeholder:"FILE"`
	JSON        bool          `name:"json" help:"Print the figures as JSON."`

	progress store.Progress
}

var (
	benching    = fault.Say("cmd.bench-progress", "测速", "measuring")
	benchLimits = fault.Say("cmd.bench-limits", "测速的信数应在1到%d之间，连接数和窗口在1到%d之间，进程数在1到%d之间", "a measurement has 1 to %d letters, 1 to %d connections and letters in a window, and 1 to %d processes")
	benchInUse  = fault.Say("cmd.bench-in-use", "测速要用空的数据库，这里已经有%d封信或刊物", "a measurement wants an empty database; this one has %d letters or series")
	benchShort  = fault.Say("cmd.bench-short", "到时限时还有%d封没有结果", "%d letters had no outcome when the time was over")
	benchResult = fault.Say("cmd.bench-result", "%d封，%.2f秒，每秒%.0f封；每封本进程CPU %.1f微秒；内存最多%.0f MB；收下%d，不确定%d，失败%d（写入队列另用%.2f秒）",
		"%d letters in %.2f s, %.0f a second; %.1f µs of this process for each; at most %.0f MB; accepted %d, uncertain %d, failed %d (and %.2f s to write the queue)")
)

// What a measurement may do to a machine at most.
const (
	mostBenched = 1_000_000
	mostEngines = 8
)

// A benchFigures is what one measurement came to.
type benchFigures struct {
	Messages       int     `json:"messages"`
	Seconds        float64 `json:"seconds"`
	PerSecond      float64 `json:"per_second"`
	CPUPerMessage  float64 `json:"cpu_us_per_message"`
	PeakMB         float64 `json:"peak_rss_mb"`
	Accepted       int     `json:"accepted"`
	Uncertain      int     `json:"uncertain"`
	Failed         int     `json:"failed"`
	ReleaseSeconds float64 `json:"release_seconds"`
}

// Run measures once.
func (b *benchMail) Run(ctx context.Context, c *console) error {
	if b.Engines < 1 || b.Engines > mostEngines || b.Recipients < 1 || b.Recipients > mostBenched || min(b.Connections, b.Window) < 1 || max(b.Connections, b.Window) > maxConnections {
		return fault.New(fault.Usage, benchLimits.With(mostBenched, maxConnections, mostEngines))
	}
	ctx, cancel := context.WithTimeout(ctx, b.Timeout)
	defer cancel()
	relay := b.Relay
	if relay == "" {
		address, end, err := child(ctx, "bench", "drain")
		if err != nil {
			return err
		}
		defer end()
		relay = address
	}
	if err := onlyHere(ctx, relay); err != nil {
		return err
	}
	books, end, err := b.books(ctx)
	if err != nil {
		return err
	}
	defer end()
	b.progress = c.progress(benching.With())
	figures, err := b.measure(ctx, books, relay)
	if err != nil {
		return err
	}
	return b.print(c, figures)
}

// books opens the database and sees that it is for nothing else.
func (b *benchMail) books(ctx context.Context) (*store.Store, func(), error) {
	address, dir := b.DB, ""
	if address == "" {
		var err error
		if dir, err = os.MkdirTemp("", "jianbao-bench-"); err != nil {
			return nil, nil, fmt.Errorf("bench: %w", err)
		}
		address = filepath.Join(dir, "bench.db")
	}
	books, err := store.Open(ctx, address)
	end := func() {
		if books != nil {
			_ = books.Close() // it was for this measurement alone
		}
		_ = os.RemoveAll(dir)
	}
	if err == nil {
		err = unused(ctx, books)
	}
	if err != nil {
		end()
		return nil, nil, err
	}
	return books, end, nil
}

func unused(ctx context.Context, books *store.Store) error {
	series, err := books.SeriesAll(ctx)
	if err != nil {
		return err
	}
	letters, err := books.LetterCounts(ctx, uuid.Nil)
	if n := len(series) + len(letters); err == nil && n > 0 {
		return fault.New(fault.Refused, benchInUse.With(n))
	}
	return err
}

func (b *benchMail) measure(ctx context.Context, books *store.Store, relay string) (f benchFigures, err error) {
	end, err := b.others(ctx, relay)
	if err != nil {
		return f, err
	}
	defer end()
	content, letters := b.dispatch(time.Now())
	began := time.Now()
	if err := books.PostLetters(ctx, content, letters); err != nil {
		return f, err
	}
	f.ReleaseSeconds = time.Since(began).Seconds()
	profiled, err := profile(b.Profile)
	if err != nil {
		return f, err
	}
	before, from := spent(), time.Now()
	if err := errors.Join(b.send(ctx, books, relay), profiled()); err != nil {
		return f, err
	}
	took, after := time.Since(from), spent()
	counts, err := books.LetterCounts(context.WithoutCancel(ctx), uuid.Nil)
	f.Messages, f.Accepted, f.Uncertain, f.Failed = b.Recipients, counts[mailer.Accepted], counts[mailer.Uncertain], counts[mailer.Failed]
	f.Seconds, f.PerSecond = took.Seconds(), float64(b.Recipients)/took.Seconds()
	f.CPUPerMessage = float64((after.cpu - before.cpu).Microseconds()) / float64(b.Recipients)
	f.PeakMB = float64(after.peak) / (1 << 20)
	if open := b.Recipients - f.Accepted - f.Uncertain - f.Failed; err == nil && open > 0 {
		err = fault.New(fault.Unavailable, benchShort.With(open))
	}
	return f, err
}

// profile starts a profile of the CPU, unless the name of its file is empty.
func profile(name string) (stop func() error, err error) {
	if name == "" {
		return func() error { return nil }, nil
	}
	file, err := os.Create(name)
	if err != nil {
		return nil, fault.New(fault.Invalid, fileNotMade.With(name)).Because(err)
	}
	if err := pprof.StartCPUProfile(file); err != nil {
		return nil, errors.Join(fmt.Errorf("bench: %w", err), file.Close())
	}
	return func() error {
		pprof.StopCPUProfile()
		return file.Close()
	}, nil
}

// send sends until every letter has an outcome, here or in another process, or
// the time is over.
func (b *benchMail) send(ctx context.Context, books *store.Store, relay string) error {
	e := benchEngine{Connections: b.Connections, Window: b.Window}.engine(books, relay)
	running, stop := context.WithCancel(ctx)
	defer stop()
	ended := make(chan error, 1)
	go func() { ended <- e.Run(running) }()
	for ctx.Err() == nil && len(ended) == 0 {
		n, err := b.settled(ctx, books, e)
		if err != nil && ctx.Err() == nil {
			return err
		}
		if b.progress != nil {
			b.progress(int64(n), int64(b.Recipients))
		}
		if n >= b.Recipients {
			break
		}
		time.Sleep(time.Millisecond)
	}
	stop()
	return <-ended
}

// settled returns how many letters have an outcome. An engine knows its own
// without asking the database, which has better things to do.
func (b *benchMail) settled(ctx context.Context, books *store.Store, e *mailer.Engine) (int, error) {
	if b.Engines == 1 {
		return int(e.Counters.Accepted.Load() + e.Counters.Failed.Load() + e.Counters.Uncertain.Load()), nil
	}
	time.Sleep(20 * time.Millisecond)
	counts, err := books.LetterCounts(ctx, uuid.Nil)
	return counts[mailer.Accepted] + counts[mailer.Failed] + counts[mailer.Uncertain], err
}

// dispatch makes up a release of the size that is asked for.
func (b *benchMail) dispatch(now time.Time) (mailer.Content, iter.Seq[mailer.Delivery]) {
	attached := 4_900
	if b.Size == "300k" {
		attached = 300 << 10
	}
	c := mailer.Content{
		Dispatch: uuid.Must(uuid.NewV7()), From: mailbox.Address{Name: "测速", Address: "jianbao@bench.example"}, Subject: "测速简报 第1期",
		Text:        []byte(strings.Repeat("本期是测速用的，不必理会。\n", 4)),
		HTML:        []byte("<html><body>" + strings.Repeat("<p>本期是测速用的，不必理会。</p>\n", 4) + "</body></html>"),
		Attachments: []mailer.Attachment{{Name: "测速.pdf", Type: "application/pdf", Data: make([]byte, attached)}},
	}
	return c, func(yield func(mailer.Delivery) bool) {
		for n := range b.Recipients {
			if !yield(mailer.Delivery{
				ID: uuid.Must(uuid.NewV7()), Dispatch: c.Dispatch, Unit: uuid.Must(uuid.NewV7()), Name: fmt.Sprintf("第%06d号单位", n+1),
				Address: fmt.Sprintf("u%d@unit.example", n+1), State: mailer.Queued, NextAt: now.Add(-time.Minute), Created: now.Add(-time.Minute),
			}) {
				return
			}
		}
	}
}

func (b *benchMail) print(c *console, f benchFigures) error {
	if b.JSON {
		return json.NewEncoder(c.Out).Encode(f)
	}
	c.line(benchResult.With(f.Messages, f.Seconds, f.PerSecond, f.CPUPerMessage, f.PeakMB, f.Accepted, f.Uncertain, f.Failed, f.ReleaseSeconds))
	return nil
}
