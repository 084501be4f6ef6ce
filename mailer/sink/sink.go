// Package sink is an SMTP server that keeps what it is sent and delivers
// nothing. The demonstration sends to it, and the tests of package mailer find
// out over real sockets what happens when a relay refuses, hangs up or falls
// silent: see [Config.Script].
//
//	s, err := sink.Start("127.0.0.1:0")
//	defer s.Close()
//	// send something to s.Addr()
//	for _, m := range s.Messages() { fmt.Println(m.To, m.Subject()) }
//
// It is bounded: when [MaxMessages] or [MaxBytes] are reached it answers 452,
// as a relay with a full disk does. It speaks plain SMTP, STARTTLS and TLS, and
// asks for a password if it is given one.
package sink

import (
	"cmp"
	"crypto/tls"
	"fmt"
	"io"
	"log"
	"net"
	"sync"
	"time"

	"github.com/emersion/go-smtp"
)

// The bounds of a sink.
const (
	MaxMessages     = 20_000
	MaxBytes        = 256 << 20 // of all messages together
	MaxMessageBytes = 32 << 20  // of one; a larger one gets 552
)

// A Config is how a sink behaves. The zero Config takes everything.
type Config struct {
	TLS      *tls.Config // offers STARTTLS; nil for none
	Implicit bool        // TLS from the first byte instead
	Username string      // requires AUTH PLAIN; "" for none
	Password string
	// MaxBytes is the largest message, declared as SIZE (RFC 1870); 0 is
	// MaxMessageBytes.
	MaxBytes int64
	// Script is asked at every Point of every letter what to do; nil goes on.
	// It is called from several goroutines.
	Script func(Point, Message) Act
}

// A Sink is a running server.
type Sink struct {
	config   Config
	listener net.Listener
	server   *smtp.Server
	stopped  chan struct{}
	served   chan struct{}

	mu       sync.Mutex
	messages []Message
	bytes    int
	once     sync.Once
}

// Start starts a sink that takes everything, on an address such as
// 127.0.0.1:0, where 0 is any free port. It fails if the port cannot be had.
func Start(addr string) (*Sink, error) { return StartWith(addr, Config{}) }

// StartWith starts a sink that behaves as the Config says.
func StartWith(addr string, config Config) (*Sink, error) {
	listener, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("sink: %w", err)
	}
	s := &Sink{config: config, listener: listener, stopped: make(chan struct{}), served: make(chan struct{})}
	s.server = smtp.NewServer(smtp.BackendFunc(s.session))
	s.server.Domain = "sink.example"
	s.server.MaxMessageBytes = cmp.Or(config.MaxBytes, MaxMessageBytes)
	s.server.ReadTimeout = time.Minute
	s.server.WriteTimeout = time.Minute
	s.server.AllowInsecureAuth = true
	s.server.ErrorLog = log.New(io.Discard, "", 0) // tests hang up on it on purpose
	if config.Implicit {
		listener = tls.NewListener(listener, config.TLS)
	} else {
		s.server.TLSConfig = config.TLS
	}
	go func() {
		defer close(s.served)
		_ = s.server.Serve(listener)
	}()
	return s, nil
}

// Addr returns host:port.
func (s *Sink) Addr() string { return s.listener.Addr().String() }

// Messages returns what was taken so far, in that order. The raw bytes are
// shared and must not be changed.
func (s *Sink) Messages() []Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Message(nil), s.messages...)
}

// Count returns how many messages were taken so far.
func (s *Sink) Count() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.messages)
}

// Forget makes room: what was taken so far is no longer kept nor counted.
func (s *Sink) Forget() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.messages, s.bytes = nil, 0
}

// Close stops the server and drops its connections. What was taken stays
// readable.
func (s *Sink) Close() error {
	var err error
	s.once.Do(func() {
		close(s.stopped)
		err = s.server.Close()
		_ = s.listener.Close()
		<-s.served
	})
	return err
}

var errFull = &smtp.SMTPError{Code: 452, EnhancedCode: smtp.EnhancedCode{4, 3, 1}, Message: "the sink is full"}

// keep takes a message and returns its number, from 1.
func (s *Sink) keep(m Message) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.messages) >= MaxMessages || s.bytes+len(m.Raw) > MaxBytes {
		return 0, errFull
	}
	s.bytes += len(m.Raw)
	s.messages = append(s.messages, m)
	return len(s.messages), nil
}
