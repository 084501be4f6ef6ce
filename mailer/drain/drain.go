// Package drain is an SMTP server that takes letters as fast as they come and
// keeps nothing of them but a count: the wall that benchmarks push against.
// Package sink, which keeps everything and can misbehave, is for tests.
//
//	d, err := drain.Start("127.0.0.1:0", drain.Config{Latency: 5 * time.Millisecond})
//	defer d.Close()
//	// send something to d.Addr()
//	fmt.Println(d.Count())
//
// It offers PIPELINING (RFC 2920), 8BITMIME and SIZE, and answers what came
// together with one write. It believes its peer: it is no server to put on a
// network.
package drain

import (
	"bufio"
	"bytes"
	"fmt"
	"net"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// A Config is how a drain behaves. The zero Config takes everything at once.
type Config struct {
	// Latency is waited before each write of replies, as a distant relay makes
	// one wait.
	Latency time.Duration
	// Took is called with the recipient and the Message-ID, without angle
	// brackets, of every letter that was taken, before the reply; nil for none.
	// It is called from several goroutines. The letters must have a header.
	Took func(to, id string)
}

// A Drain is a running server.
type Drain struct {
	config   Config
	listener net.Listener
	count    atomic.Int64

	mu    sync.Mutex
	conns map[net.Conn]bool
	done  sync.WaitGroup
}

// Start starts a drain on an address such as 127.0.0.1:0, where 0 is any free
// port. It fails if the port cannot be had.
func Start(addr string, config Config) (*Drain, error) {
	listener, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("drain: %w", err)
	}
	d := &Drain{config: config, listener: listener, conns: map[net.Conn]bool{}}
	d.done.Go(d.accept)
	return d, nil
}

// Addr returns host:port.
func (d *Drain) Addr() string { return d.listener.Addr().String() }

// Count returns how many letters were taken so far.
func (d *Drain) Count() int64 { return d.count.Load() }

// Close stops the server and drops its connections.
func (d *Drain) Close() {
	_ = d.listener.Close()
	d.mu.Lock()
	for conn := range d.conns {
		_ = conn.Close()
	}
	d.mu.Unlock()
	d.done.Wait()
}

func (d *Drain) accept() {
	for {
		conn, err := d.listener.Accept()
		if err != nil {
			return
		}
		d.mu.Lock()
		d.conns[conn] = true
		d.mu.Unlock()
		d.done.Go(func() {
			(&session{drain: d, conn: conn, r: bufio.NewReaderSize(conn, 128<<10)}).serve()
			_ = conn.Close()
			d.mu.Lock()
			delete(d.conns, conn)
			d.mu.Unlock()
		})
	}
}

// A session is one connection. out are the replies that were not written yet.
type session struct {
	drain *Drain
	conn  net.Conn
	r     *bufio.Reader
	out   []byte
	to    string
	id    string
}

func (s *session) serve() {
	s.out = append(s.out, "220 drain.example ESMTP\r\n"...)
	for {
		if s.r.Buffered() == 0 && !s.flush() {
			return
		}
		line, err := s.r.ReadSlice('\n')
		if err != nil || !s.command(line) {
			return
		}
	}
}

func (s *session) flush() bool {
	if len(s.out) == 0 {
		return true
	}
	if s.drain.config.Latency > 0 {
		time.Sleep(s.drain.config.Latency)
	}
	_, err := s.conn.Write(s.out)
	s.out = s.out[:0]
	return err == nil
}

// command answers one line. It returns false when the session is over.
func (s *session) command(line []byte) bool {
	verb, argument, _ := bytes.Cut(bytes.TrimRight(line, "\r\n"), []byte(" "))
	switch strings.ToUpper(string(verb)) {
	case "EHLO":
		s.out = append(s.out, "250-drain.example\r\n250-PIPELINING\r\n250-8BITMIME\r\n250 SIZE 104857600\r\n"...)
	case "RCPT":
		if s.drain.config.Took != nil {
			_, s.to, _ = strings.Cut(string(argument), "<")
			s.to, _, _ = strings.Cut(s.to, ">")
		}
		s.out = append(s.out, "250 2.1.5 Ok\r\n"...)
	case "DATA":
		s.out = append(s.out, "354 Go on\r\n"...)
		return s.flush() && (s.drain.config.Took == nil || s.header()) && s.text()
	case "QUIT":
		s.out = append(s.out, "221 2.0.0 Bye\r\n"...)
		s.flush()
		return false
	default:
		s.out = append(s.out, "250 2.0.0 Ok\r\n"...)
	}
	return true
}

// header looks for the Message-ID in the header, and stops before the empty line
// behind it.
func (s *session) header() bool {
	s.id = ""
	for {
		next, err := s.r.Peek(2)
		if err != nil || next[0] == '\r' {
			return err == nil
		}
		line, err := s.r.ReadSlice('\n')
		if err != nil {
			return false
		}
		if name, value, _ := bytes.Cut(line, []byte(":")); strings.EqualFold(string(name), "Message-ID") {
			s.id = strings.Trim(string(value), " \t\r\n<>")
		}
	}
}

var finalDot = []byte("\r\n.\r\n")

// text reads up to the final dot.
func (s *session) text() bool {
	for {
		if _, err := s.r.Peek(len(finalDot)); err != nil {
			return false
		}
		held, _ := s.r.Peek(s.r.Buffered())
		if end := dotIn(held); end >= 0 {
			_, _ = s.r.Discard(end + len(finalDot))
			break
		}
		_, _ = s.r.Discard(len(held) - len(finalDot) + 1)
	}
	if s.drain.config.Took != nil {
		s.drain.config.Took(s.to, s.id)
	}
	n := s.drain.count.Add(1)
	s.out = fmt.Appendf(s.out, "250 2.0.0 Ok: queued as D%07d\r\n", n)
	return true
}

// dotIn returns where the final dot begins, or -1. It looks for the dot alone,
// of which a text has few: to look for line ends costs a third of all that a
// drain does.
func dotIn(held []byte) int {
	for from := 2; from < len(held); {
		n := bytes.IndexByte(held[from:], '.')
		if n < 0 {
			return -1
		}
		from += n
		if bytes.HasPrefix(held[from-2:], finalDot) {
			return from - 2
		}
		from++
	}
	return -1
}
