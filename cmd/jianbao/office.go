package main

import (
	"context"
	"crypto/rand"
	"errors"
	"log/slog"
	"sync/atomic"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/accounts/entry"
	"jianbao/accounts/refusals"
	"jianbao/cmd/jianbao/traces"
	"jianbao/hooks"
	"jianbao/mailer"
	"jianbao/mailer/mailbox"
	"jianbao/store"
	"jianbao/web"
	"jianbao/web/origin"
	"jianbao/workflow"
)

// office is the rooms wired together over one database.
type office struct {
	store     *store.Store
	desk      *workflow.Desk
	scheduler *workflow.Scheduler
	engine    *mailer.Engine
	poller    *mailbox.Poller // nil: no mail is fetched
	hasher    *accounts.Hasher
	refused   *refusals.Recorder // of who is not let in
	press     renderer
	receiving workflow.Receiving
	numbers   readings
	answering workflow.Answering
	log       *slog.Logger
	// belongs says why the database is not this machine's, or nil; it is nil
	// where nobody asks.
	belongs func(context.Context) error
	traced  *traces.Tracer // nil: what is done is not traced
	site    string         // the address of the pages, "" if it is not known
	guard   hooks.Guard
	proxies origin.Proxies // in front of the pages
	hookKey hooks.Key
	passKey entry.Key
	// keys seal secrets; nil seals none. mails reports whether letters go out;
	// nil is never.
	keys  *keyFile
	mails func(context.Context) (bool, error)
	// provider is single sign-on; nil is none.
	provider web.Provider
	// links makes an engine this machine's; nil until it is known which that is.
	links func(*mailer.Engine)
	// post sends by the relays of the pages, nil where it is not done here;
	// configured are those that the configuration sets.
	post       *postRoom
	configured []mailer.Relay
	// setUp is the key of the codes that guard an empty office, and installation
	// whose office it is; neither is known where nobody asks.
	setUp        []byte
	installation string
	// settled says that somebody has an account.
	settled atomic.Bool
	// dkim signs letters; nil signs none.
	dkim *mailer.DKIM
}

// open wires an office. Only what a relay is given for can send.
func open(ctx context.Context, url string, log *slog.Logger) (*office, error) {
	books, err := store.Open(ctx, url)
	if err != nil {
		return nil, err
	}
	newID := func() uuid.UUID { return uuid.Must(uuid.NewV7()) }
	desk := &workflow.Desk{Books: books, Staff: books, Comments: books, Letters: books, Now: time.Now, NewID: newID}
	o := &office{
		store: books, desk: desk, log: log,
		scheduler: &workflow.Scheduler{Desk: desk, Agenda: books, Watch: books, Log: log},
		hasher:    accounts.NewHasher(accounts.DefaultCost, 2),
		refused:   refusals.NewRecorder(books, log),
	}
	o.hookKey = make([]byte, 32) // until it is known whose office it is
	_, _ = rand.Read(o.hookKey)  // never fails (crypto/rand)
	o.passKey = make([]byte, 32)
	_, _ = rand.Read(o.passKey)
	o.count()
	o.chores()
	o.answering = workflow.Answering{Desk: desk, Tickets: books, Mails: books}
	o.scheduler.Answering = o.answering
	o.receive(machine{}, "") // without links, until it is known whose office it is
	o.remind()
	o.remindOfFiling()
	return o, o.printWith("")
}

// printWith gives the office the fonts of a directory; "" is the built-in ones
// alone.
func (o *office) printWith(dir string) error {
	r, err := newRenderer(o.store, dir)
	if err != nil {
		return err
	}
	o.press, o.desk.Render, o.desk.Missing = r, r, r.fonts.Missing
	return nil
}

// sendThrough gives the office a mail engine with one relay.
func (o *office) sendThrough(relay mailer.Relay, connections int) {
	o.sendBy(&mailer.Engine{Relay: relay, Connections: connections, Profile: mailer.ProfileOf(relay.Addr)})
}

// sendBy gives the office a mail engine, which sends what is in its books.
func (o *office) sendBy(engine *mailer.Engine) {
	o.dress(engine)
	o.engine, o.scheduler.Released = engine, engine.Wake
}

// dress gives an engine what it sends. Where it is known whose office it is, it
// sends nothing of another's, and with the links of this one.
func (o *office) dress(engine *mailer.Engine) {
	engine.Queue, engine.Parts, engine.Pace, engine.Log = o.traced.Letters(o.store), o.store, o.store, o.log
	if o.links != nil {
		o.links(engine)
	}
}

func (o *office) close() error { return o.store.Close() }

// together runs jobs until the first fails or ctx ends, then waits for all.
func together(ctx context.Context, jobs ...func(context.Context) error) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	ended := make(chan error, len(jobs))
	for _, job := range jobs {
		go func() {
			err := job(ctx)
			stop()
			ended <- err
		}()
	}
	var all error
	for range jobs {
		all = errors.Join(all, <-ended)
	}
	return all
}
