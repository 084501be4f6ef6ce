package main

import (
	"context"
	"fmt"
	"net"
	netmail "net/mail"
	"slices"
	"sync"
	"time"

	"github.com/google/uuid"

	"jianbao/fault"
	"jianbao/mailer"
	"jianbao/mailer/relays"
	"jianbao/mailer/sink"
	relaypages "jianbao/web/relays"
)

// relayLook is how often the relays of the pages are looked at.
const relayLook = 10 * time.Second

// A postRoom sends by the relays that are set on the pages, where the
// configuration sets none. It runs an engine for them and, when they are
// changed, another.
type postRoom struct {
	office   *office
	settings smtpRelay
	look     time.Duration

	mutex   sync.Mutex
	running *mailer.Engine
	before  mailer.Counters // of the engines that ended
	box     *sink.Sink
}

// did returns what the engines did, one after the other, and whether one runs.
func (p *postRoom) did() (*mailer.Counters, bool) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	all := &mailer.Counters{}
	all.Add(&p.before)
	if p.running != nil {
		all.Add(&p.running.Counters)
	}
	return all, p.running != nil
}

// wake says that there is something in the queue.
func (p *postRoom) wake() {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	if p.running != nil {
		p.running.Wake()
	}
}

// trial returns what the relay for trying took, and whether it runs here.
func (p *postRoom) trial() ([]sink.Message, bool) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	if p.box == nil {
		return nil, false
	}
	return p.box.Messages(), true
}

// Run sends until the context ends.
func (p *postRoom) Run(ctx context.Context) error {
	defer p.closeBox()
	tick := time.NewTicker(p.look)
	defer tick.Stop()
	var now []relays.Setting
	stop := func() error { return nil }
	for {
		set, err := p.office.store.Relays(ctx)
		switch {
		case ctx.Err() != nil:
			return stop()
		case err != nil:
			p.office.log.ErrorContext(ctx, "relays", "error", err)
		case !slices.Equal(set, now):
			if err := stop(); err != nil {
				return err
			}
			if stop, err = p.start(ctx, set); err != nil {
				// Said each time, and tried again: a key that was missing may have come.
				p.office.log.ErrorContext(ctx, "the relay cannot be used, and letters wait", "error", err)
				set = nil
			}
			now = set
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return stop()
		}
	}
}

// start runs an engine for the relays and returns what ends it. It fails for
// relays that cannot be used; letters wait.
func (p *postRoom) start(ctx context.Context, set []relays.Setting) (stop func() error, err error) {
	none := func() error { return nil }
	if len(set) == 0 || set[0].Place != relays.First {
		return none, nil
	}
	engine, err := p.engine(set)
	if err != nil {
		return none, err
	}
	p.mutex.Lock()
	p.running = engine
	p.mutex.Unlock()
	own, cancel := context.WithCancel(ctx)
	ended := make(chan error, 1)
	go func() { ended <- engine.Run(own) }()
	return func() error {
		cancel()
		err := <-ended
		p.mutex.Lock()
		defer p.mutex.Unlock()
		p.before.Add(&engine.Counters)
		p.running = nil
		return err
	}, nil
}

// engine is a mail engine for the relays of the pages, otherwise as the
// configuration has it.
func (p *postRoom) engine(set []relays.Setting) (*mailer.Engine, error) {
	letters := posting{smtpRelay: p.settings}
	for _, s := range set {
		relay, err := p.relay(s)
		if err != nil {
			return nil, err
		}
		if s.Place == relays.First {
			letters.first, letters.smtpRelay.Relay = relay, relay.Addr
		} else {
			letters.other = relay
		}
	}
	engine := letters.engine()
	if err := engine.Check(); err != nil {
		return nil, err
	}
	p.office.dress(engine)
	engine.Queue = inHours{engine.Queue, p.settings.MailWindow, p.settings.Zone.location()}
	return engine, nil
}

// relay is one relay as the mailer wants it.
func (p *postRoom) relay(s relays.Setting) (mailer.Relay, error) {
	if s.Kind == relays.Trial {
		box, err := p.openBox()
		if err != nil {
			return mailer.Relay{}, err
		}
		return mailer.Relay{Addr: box.Addr(), Security: mailer.Plain}, nil
	}
	password := ""
	if s.Sealed != "" {
		text, err := p.office.keys.Open(s.SealedPlace(), s.Sealed)
		if err != nil {
			return mailer.Relay{}, err
		}
		password = string(text)
	}
	r := s.Relay(password)
	r.CAFile, r.CertFile, r.KeyFile = p.settings.RelayCA, p.settings.RelayCert, p.settings.RelayKey
	r.Timeout, r.ReplyTimeout, r.PerConnection = time.Duration(p.settings.RelayTimeout), time.Duration(p.settings.ReplyTimeout), p.settings.LettersPerConnect
	return r, nil
}

func (p *postRoom) openBox() (*sink.Sink, error) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	if p.box != nil {
		return p.box, nil
	}
	box, err := sink.Start("127.0.0.1:0")
	p.box = box
	return box, err
}

func (p *postRoom) closeBox() {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	if p.box != nil {
		_ = p.box.Close()
	}
}

// mailing reports whether letters go to people: by a relay of the configuration,
// or one of the pages that is not for trying.
func (s *serve) mailing(o *office) func(context.Context) (bool, error) {
	return func(ctx context.Context) (bool, error) {
		if s.Relay != "" {
			return true, nil
		}
		set, err := o.store.Relays(ctx)
		return slices.ContainsFunc(set, func(r relays.Setting) bool { return r.Place == relays.First && r.Kind == relays.SMTP }), err
	}
}

var (
	trialSubject = fault.Say("cmd.trial-subject", "简报台的试发信", "a trial letter of the bulletin desk")
	trialText    = fault.Say("cmd.trial-text", "这封信说明发信的设置可用。", "This letter shows that mail is set up.")
)

// sendTrial queues a letter that says that letters come.
func (o *office) sendTrial(ctx context.Context, from, to string) error {
	id := o.desk.NewID()
	letter := mailer.Delivery{ID: o.desk.NewID(), Dispatch: id, Unit: uuid.Nil, Name: to, Address: to, State: mailer.Queued, NextAt: time.Now(), Created: time.Now()}
	content := mailer.Content{
		Dispatch: id, Urgent: true, From: netmail.Address{Name: officeLabel.ZH, Address: from}, Subject: trialSubject.ZH,
		Text: []byte(trialText.ZH + "\n\n" + trialText.EN + "\n"),
	}
	return o.store.PostLetters(ctx, content, func(yield func(mailer.Delivery) bool) { yield(letter) })
}

// relayPages are what the pages of relays are made with. What an office was
// given by hand counts as configured.
func (o *office) relayPages() relaypages.Config {
	c := relaypages.Config{
		Books: o.store, Safe: o.keys, DKIM: o.dkim, Names: net.DefaultResolver, Limit: o.desk.Limit, Send: o.sendTrial,
		Profile: func(addr string) string { return mailer.ProfileOf(addr).Name },
		Trial:   func() ([]sink.Message, bool) { return nil, false },
	}
	if o.engine != nil {
		c.Configured = append(c.Configured, o.engine.Relay)
		if o.engine.Second.Addr != "" {
			c.Configured = append(c.Configured, o.engine.Second)
		}
	}
	if o.configured != nil {
		c.Configured = o.configured
	}
	if o.post != nil {
		c.Trial = o.post.trial
	}
	return c
}

// postBy gives the office the relays of the pages, where the configuration has
// none, and returns the job that sends by them.
func (s *serve) postBy(o *office) func(context.Context) error {
	o.post = &postRoom{office: o, settings: s.smtpRelay, look: relayLook}
	o.scheduler.Released = o.post.wake
	return o.post.Run
}

// saysWhoMails tells the office whether letters go out, and says so if no relay
// is set anywhere.
func (s *serve) saysWhoMails(ctx context.Context, o *office, c *console) error {
	o.mails = s.mailing(o)
	if s.Relay != "" {
		p, err := s.posting()
		if err != nil && s.runs("mailer") {
			return err
		}
		if err != nil { // another process sends, and has the password
			p.first = mailer.Relay{Addr: s.Relay}
		}
		o.configured = []mailer.Relay{p.first}
		if p.other.Addr != "" {
			o.configured = append(o.configured, p.other)
		}
		return nil
	}
	set, err := o.store.Relays(ctx)
	if err == nil && len(set) == 0 && s.runs("mailer") {
		fmt.Fprintln(c.Err, noRelay.With().In(c.Lang))
	}
	return err
}
