package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"sync"
	"time"

	"jianbao/fault"
)

// benchWire sends the bytes of a measurement and nothing else: the same text for
// all, one write and one read for each letter, no row, no header of its own, no
// deadline, and no attempt to find out what became of it. No sender in Go that
// keeps to SMTP does with less, so that what an engine needs beyond it is what
// its promises cost.
type benchWire struct {
	Recipients  int    `help:"How many letters, up to 1,000,000." default:"1000"`
	Bytes       int    `help:"How long the text of each is." default:"10240"`
	Connections int    `help:"How many connections, up to 64." default:"16"`
	Relay       string `help:"HOST:PORT of a relay on this machine that offers PIPELINING." required:"" placeholder:"HOST:PORT"`
	JSON        bool   `help:"Print the figures as JSON."`
}

// wireFigures are what benchWire measures.
type wireFigures struct {
	Messages      int     `json:"messages"`
	Seconds       float64 `json:"seconds"`
	PerSecond     float64 `json:"per_second"`
	CPUPerMessage float64 `json:"cpu_us_per_message"`
}

var (
	wireResult = fault.Say("cmd.bench-wire", "只发字节、不记账：%d封，%.2f秒，每秒%.0f封，每封CPU %.1f微秒", "bytes alone and no books: %d letters, %.2f s, %.0f a second, %.1f µs of CPU each")
	wireBroken = fault.Say("cmd.bench-wire-broken", "中继%s没有照预期应答", "the relay %s did not answer as expected")
)

// Run measures once.
func (b *benchWire) Run(ctx context.Context, c *console) error {
	if b.Recipients < 1 || b.Recipients > mostBenched || b.Connections < 1 || b.Connections > maxConnections || b.Bytes < 1 || b.Bytes > 1<<20 {
		return fault.New(fault.Usage, benchLimits.With(mostBenched, maxConnections, 1))
	}
	if err := onlyHere(ctx, b.Relay); err != nil {
		return err
	}
	text := append(bytes.Repeat([]byte("Seventy-six signs and a line end, as base64 has them, again and once again.\r\n"), b.Bytes/77+1)[:b.Bytes], "\r\n.\r\n"...)
	failed := make([]error, b.Connections)
	before, from := spent(), time.Now()
	var all sync.WaitGroup
	for n := range b.Connections {
		letters := b.Recipients / b.Connections
		if n < b.Recipients%b.Connections {
			letters++
		}
		all.Go(func() { failed[n] = throw(ctx, b.Relay, text, letters) })
	}
	all.Wait()
	took, after := time.Since(from), spent()
	if err := errors.Join(failed...); err != nil {
		return fault.New(fault.Unavailable, wireBroken.With(b.Relay)).Because(err)
	}
	f := wireFigures{
		Messages: b.Recipients, Seconds: took.Seconds(), PerSecond: float64(b.Recipients) / took.Seconds(),
		CPUPerMessage: float64((after.cpu - before.cpu).Microseconds()) / float64(b.Recipients),
	}
	if b.JSON {
		return json.NewEncoder(c.Out).Encode(f)
	}
	c.line(wireResult.With(f.Messages, f.Seconds, f.PerSecond, f.CPUPerMessage))
	return nil
}

// envelope is what goes before every text, behind the dot of the one before (RFC
// 2920 section 3.1).
const envelope = "MAIL FROM:<a@bench.example>\r\nRCPT TO:<b@unit.example>\r\nDATA\r\n"

// throw sends a text so many times over one connection.
func throw(ctx context.Context, relay string, text []byte, letters int) error {
	if letters == 0 {
		return nil
	}
	conn, err := (&net.Dialer{}).DialContext(ctx, "tcp", relay)
	if err != nil {
		return fmt.Errorf("bench: %w", err)
	}
	defer conn.Close()
	defer context.AfterFunc(ctx, func() { _ = conn.Close() })()
	r := bufio.NewReader(conn)
	if err := replies(r, 1, '2'); err != nil {
		return err
	}
	if _, err := conn.Write([]byte("EHLO bench.example\r\n")); err != nil {
		return err
	}
	if err := replies(r, 1, '2'); err != nil {
		return err
	}
	if _, err := conn.Write([]byte(envelope)); err != nil {
		return err
	}
	next := append(bytes.Clone(text), envelope...)
	for n := range letters {
		if err := replies(r, 3, '3'); err != nil {
			return err
		}
		if n == letters-1 {
			next = next[:len(text)]
		}
		if _, err := conn.Write(next); err != nil {
			return err
		}
		if err := replies(r, 1, '2'); err != nil {
			return err
		}
	}
	return nil
}

// replies reads so many replies, of which the last must be of a class.
func replies(r *bufio.Reader, n int, class byte) error {
	for n > 0 {
		line, err := r.ReadSlice('\n')
		if err != nil {
			return fmt.Errorf("bench: %w", err)
		}
		if len(line) < 4 || line[3] == '-' {
			continue
		}
		if n--; n == 0 && line[0] != class {
			return fmt.Errorf("bench: %q", line)
		}
	}
	return nil
}
