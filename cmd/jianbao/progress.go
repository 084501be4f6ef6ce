package main

import (
	"io"
	"os"
	"time"

	"github.com/mattn/go-isatty"
	"github.com/schollz/progressbar/v3"

	"jianbao/fault"
	"jianbao/store"
)

// progress shows on a terminal how far something is, and nothing elsewhere: a log
// or a pipe has no use for it.
func (c *console) progress(what fault.Reason) store.Progress {
	if !c.terminal() {
		return nil
	}
	return barOn(c.Err, what.In(c.Lang))
}

// terminal reports whether the standard error is one.
func (c *console) terminal() bool {
	file, isFile := c.Err.(*os.File)
	return isFile && isatty.IsTerminal(file.Fd())
}

// barOn draws a bar for as many as there turn out to be, and removes it when all
// of them are through.
func barOn(w io.Writer, what string) store.Progress {
	var bar *progressbar.ProgressBar
	return func(done, total int64) {
		if bar == nil {
			bar = progressbar.NewOptions64(max(total, 1), drawn(w, what)...)
		}
		_ = bar.Set64(min(done, max(total, 1))) // what cannot be drawn is not worth a failure
		if done >= total {
			_ = bar.Finish()
		}
	}
}

func drawn(w io.Writer, what string) []progressbar.Option {
	return []progressbar.Option{
		progressbar.OptionSetWriter(w), progressbar.OptionSetDescription(what), progressbar.OptionShowCount(),
		progressbar.OptionThrottle(100 * time.Millisecond), progressbar.OptionClearOnFinish(), progressbar.OptionUseANSICodes(true),
		progressbar.OptionFullWidth(),
	}
}

// busy shows on a terminal that something is under way of which nobody knows how
// long it takes, until ended is called.
func (c *console) busy(what fault.Reason) (ended func()) {
	if !c.terminal() {
		return func() {}
	}
	return spinnerOn(c.Err, what.In(c.Lang))
}

func spinnerOn(w io.Writer, what string) (ended func()) {
	bar := progressbar.NewOptions64(-1, append(drawn(w, what), progressbar.OptionSpinnerType(14))...)
	stop, gone := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(gone)
		tick := time.NewTicker(100 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-stop:
				_ = bar.Finish()
				return
			case <-tick.C:
				_ = bar.Add(1)
			}
		}
	}()
	return func() {
		close(stop)
		<-gone
	}
}
