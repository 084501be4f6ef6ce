package mailer

import (
	"context"
	"log/slog"
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"

	"jianbao/fault"
)

var sayReturnPath = fault.Say("mailer.return-path", "退信地址“%s”应像 jianbao+*@kjj.example，其中有一个星号", "the return path %q should be like jianbao+*@kjj.example, with a star in it")

// What an Engine does where its fields say nothing.
const (
	DefaultConnections = 4
	DefaultLease       = 5 * time.Minute
	DefaultPoll        = time.Second
)

// MaxWindow is the largest window.
const MaxWindow = 64

// An Engine sends what is in a queue through one relay. Any number of engines,
// in any number of processes, may work on one queue. Its fields are set before
// Run and not changed.
type Engine struct {
	Queue Queue
	Parts Parts
	Relay Relay
	// Second, if it has an Addr, takes the letters while Relay is not there: it
	// was not reached three times in a row, or left three letters unanswered.
	// Relay is tried again from time to time.
	Second Relay
	// Profile is how the relay wants to be treated; the zero Profile sets no
	// limits. Its rates need a Pace.
	Profile Profile
	// Pace is the budget that the engines share; nil for none.
	Pace Pace
	// Connections is how many connections to the relay are open at most; zero
	// is DefaultConnections. Each carries one letter at a time.
	Connections int
	// Window is how many letters of a connection may be behind their mark at
	// once, and so how many of each a crash leaves uncertain at most. Zero is 1;
	// more, up to MaxWindow, is faster, for a bulk relay.
	Window int
	Policy Policy // "" is Ask
	// ReturnPath is where bounces go, if the mailbox takes addresses of one's
	// own making: jianbao+*@kjj.example, in which the star stands for the id of
	// the delivery (VERP). "" is the sender's address.
	ReturnPath string
	// Lease is how long a claim holds without being renewed, and so how long it
	// takes until another engine takes over from one that died. Zero is
	// DefaultLease. It is renewed three times as often.
	Lease time.Duration
	// Poll is how often an idle engine looks into the queue; zero is
	// DefaultPoll. Wake makes it look at once.
	Poll time.Duration
	// Grace is how long, when the engine is told to stop, letters behind their
	// dot are waited for; zero is DefaultGrace.
	Grace time.Duration
	Clock func() time.Time // nil is time.Now
	Log   *slog.Logger     // nil is slog.Default()

	Counters Counters

	once sync.Once
	hint chan struct{}
}

// Wake says that there is something in the queue. It is a hint: what is in the
// queue is found without it.
func (e *Engine) Wake() { knock(e.hints()) }

// knock puts a token into a channel that holds one.
func knock(door chan<- struct{}) {
	select {
	case door <- struct{}{}:
	default:
	}
}

func (e *Engine) hints() chan struct{} {
	e.once.Do(func() { e.hint = make(chan struct{}, 1) })
	return e.hint
}

// Run sends until the context is cancelled. Then letters before their dot are
// given back, letters behind it are waited for, and all that happened is
// written; it returns nil if that succeeded. It fails with fault.Invalid at once
// if the relay's settings are wrong. A relay that is down and a database that
// fails are logged and waited for.
func (e *Engine) Run(ctx context.Context) error {
	if err := e.Check(); err != nil {
		return err
	}
	r := e.prepare()
	working := context.WithoutCancel(ctx)
	go r.recorder.run(working)

	r.reap(working, r.now())
	tending, stop := context.WithCancel(working)
	var tend, connections sync.WaitGroup
	tend.Go(func() { r.tend(tending) })

	letters := make(chan []Delivery, 2*mostClaimed)
	for range r.connections {
		connections.Go(func() { (&connection{run: r, letters: letters}).serve(ctx) })
	}
	r.claim(ctx, letters)
	close(letters)
	connections.Wait()
	stop()
	tend.Wait()
	return r.recorder.close(r.grace)
}

func (e *Engine) relays() []Relay {
	if e.Second.Addr == "" {
		return []Relay{e.Relay}
	}
	return []Relay{e.Relay, e.Second}
}

// Check returns fault.Invalid if the settings cannot be used. It reads the files
// that the relays name.
func (e *Engine) Check() error {
	for _, relay := range e.relays() {
		if err := relay.Check(); err != nil {
			return err
		}
	}
	if e.ReturnPath == "" {
		return nil
	}
	example := strings.Replace(e.ReturnPath, "*", uuid.Nil.String(), 1)
	if reasons := CheckAddress(example); len(reasons) > 0 || example == e.ReturnPath {
		return fault.New(fault.Invalid, sayReturnPath.With(e.ReturnPath), reasons...)
	}
	return nil
}

// A run is one call of Run: the engine with its defaults filled in, and what its
// goroutines share.
type run struct {
	*Engine
	lines       []*line // one or two, with the limits of the profile
	connections int
	window      int
	policy      Policy
	lease, poll time.Duration
	grace       time.Duration
	now         func() time.Time
	log         *slog.Logger
	recorder    *recorder
	held        holdings
	shelf       shelf
	took        chan struct{} // holds a token when a connection has taken letters
	lost        chan struct{} // holds a token when a letter turned out not to be ours
}

func (e *Engine) prepare() *run {
	r := &run{
		Engine:      e,
		connections: or(e.Connections, DefaultConnections),
		window:      min(or(max(e.Window, 0), 1), MaxWindow),
		policy:      or(e.Policy, Ask),
		lease:       or(e.Lease, DefaultLease),
		poll:        or(e.Poll, DefaultPoll),
		grace:       or(e.Grace, DefaultGrace),
		now:         e.Clock,
		log:         e.Log,
		shelf:       shelf{parts: e.Parts},
		took:        make(chan struct{}, 1),
		lost:        make(chan struct{}, 1),
	}
	if r.now == nil {
		r.now = time.Now
	}
	if r.log == nil {
		r.log = slog.Default()
	}
	if n := e.Profile.Connections; n > 0 {
		r.connections = min(r.connections, n)
	}
	for _, relay := range e.relays() {
		if n := e.Profile.PerConnection; n > 0 {
			relay.PerConnection = min(or(relay.PerConnection, n), n)
		}
		r.shelf.keeps = r.shelf.keeps || relay.security() == Plain
		r.lines = append(r.lines, &line{relay: relay, gate: &gate{log: r.log, relay: relay.Addr}})
	}
	r.recorder = newRecorder(e.Queue, r.log, &e.Counters, r.committed)
	return r
}

// or returns the first of its arguments that is not zero.
func or[T comparable](value, otherwise T) T {
	var zero T
	if value == zero {
		return otherwise
	}
	return value
}

// portion is how many letters a connection takes at once: while it sends half a
// window, the marks of the other half are committed.
func (r *run) portion() int { return max(r.window/2, 1) }

// taken says that a connection has taken letters.
func (r *run) taken() { knock(r.took) }

// look asks for a look at which letters are still ours.
func (r *run) look() { knock(r.lost) }

// committed forgets what is settled for good.
func (r *run) committed(outcomes []Outcome) {
	for _, o := range outcomes {
		r.held.drop(o.Delivery, o.Token)
	}
}
