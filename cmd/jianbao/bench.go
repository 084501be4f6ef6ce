package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"sync"
	"time"

	"jianbao/fault"
	"jianbao/mailer/drain"
)

// bench measures on this machine.
type bench struct {
	Mail   benchMail   `cmd:"" help:"Send letters to a relay of this machine, from their release to the last row settled, and measure."`
	Engine benchEngine `cmd:"" hidden:""`
	Wire   benchWire   `cmd:"" help:"Send as many bytes over as many connections and keep no books, for comparison."`
	Drain  benchDrain  `cmd:"" help:"Be a relay that takes everything and keeps nothing, until the standard input ends."`
}

var notHere = fault.Say("cmd.bench-not-here", "测速只向本机（127.0.0.1）发信，%s 不是本机", "measurements send to this machine alone (127.0.0.1), and %s is another")

// onlyHere returns why an address is not this machine's.
func onlyHere(ctx context.Context, address string) error {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return fault.New(fault.Usage, badAddress.With(address)).Because(err)
	}
	found, err := net.DefaultResolver.LookupIPAddr(ctx, host)
	for _, at := range found {
		if !at.IP.IsLoopback() {
			return fault.New(fault.Refused, notHere.With(address))
		}
	}
	if err != nil || len(found) == 0 {
		return fault.New(fault.Refused, notHere.With(address)).Because(err)
	}
	return nil
}

// benchDrain is the wall that letters are thrown against.
type benchDrain struct {
	Listen  string        `help:"HOST:PORT of this machine; port 0 is any that is free." default:"127.0.0.1:0"`
	Latency time.Duration `help:"How long it waits before each of its replies." default:"0s"`
	Took    string        `help:"Write a line to FILE for every letter that was taken: its recipient and its Message-ID." type:"path" placeholder:"FILE"`
}

// Run prints the address and drains until the standard input ends.
func (d *benchDrain) Run(ctx context.Context, c *console) error {
	if err := onlyHere(ctx, d.Listen); err != nil {
		return err
	}
	list, err := d.list()
	if err != nil {
		return err
	}
	wall, err := drain.Start(d.Listen, drain.Config{Latency: d.Latency, Took: list.took})
	if err != nil {
		return fault.New(fault.Unavailable, portTaken.With(d.Listen)).Because(err)
	}
	defer wall.Close()
	fmt.Fprintln(c.Out, wall.Addr())
	ended := make(chan struct{})
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin) // its end is all that is wanted
		close(ended)
	}()
	select {
	case <-ctx.Done():
	case <-ended:
	}
	wall.Close()
	fmt.Fprintf(c.Err, "drain: %d letters, %.2f s of CPU\n", wall.Count(), spent().cpu.Seconds())
	return list.close()
}

// A takenList is the file in which a drain writes down what it took.
type takenList struct {
	took  func(to, id string) // nil: nothing is written down
	close func() error
}

// list opens the list. A line is written before its letter is answered for, and
// is the file's then, so that it outlives the drain's process.
func (d *benchDrain) list() (takenList, error) {
	if d.Took == "" {
		return takenList{close: func() error { return nil }}, nil
	}
	file, err := os.Create(d.Took)
	if err != nil {
		return takenList{}, fault.New(fault.Invalid, fileNotMade.With(d.Took)).Because(err)
	}
	var mu sync.Mutex
	var failed error
	took := func(to, id string) {
		mu.Lock()
		defer mu.Unlock()
		if _, err := fmt.Fprintf(file, "%s %s\n", to, id); failed == nil {
			failed = err
		}
	}
	return takenList{took: took, close: func() error { return errors.Join(failed, file.Close()) }}, nil
}

var fileNotMade = fault.Say("cmd.bench-file", "文件 %s 建不成", "the file %s cannot be made")
