package hooks

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"math/rand/v2"
	"net"
	"net/http"
	"strconv"
	"sync"
	"time"

	"github.com/google/uuid"

	"jianbao/fault"
)

// Outbox is where messages wait. Every method is one transaction.
type Outbox interface {
	// ClaimHooks gives out up to limit messages that are due, under a lease that
	// ends at until: a few of each target that is neither paused nor left alone,
	// one of a target that is ailing. What was claimed under a lease that ran out
	// is due again, and what became too old is given up.
	ClaimHooks(ctx context.Context, limit int, now, until time.Time) ([]Claim, error)

	// SettleHook writes what came of a claim: judge makes of the message and the
	// target what they are now. It does nothing if the lease is lost.
	SettleHook(ctx context.Context, claim Claim, judge func(Message, Target) (Message, Target, []Change)) error

	// ForgetHooks removes messages that ended before a moment.
	ForgetHooks(ctx context.Context, before time.Time) error
}

// A Claim is a message that a process may send until its lease ends.
type Claim struct {
	Message Message
	Target  Target
	Token   uuid.UUID
}

const (
	// Timeout is how long a receiver has for its answer, from the first dialling
	// on.
	Timeout = 15 * time.Second
	lease   = 2 * time.Minute
	atOnce  = 16 // messages
	// keep is how long what came of a message can be seen.
	keep = 30 * 24 * time.Hour
	// mostAnswer is how much of an answer is read, to keep the connection clean;
	// none of it is kept.
	mostAnswer = 16 << 10 // bytes
)

// A Sender posts messages until it is told to stop.
type Sender struct {
	Outbox Outbox
	Key    Key
	Guard  Guard
	Site   string // the address of the pages, for links; "" has none
	Now    func() time.Time
	Log    *slog.Logger
	// Every is the time between two looks; 0 means two seconds.
	Every time.Duration
	// May returns why nothing may be sent from here, or nil; a nil May lets all
	// go.
	May func(ctx context.Context) error

	once   sync.Once
	client *http.Client
	forgot time.Time
}

// Run looks until ctx ends, and returns nil then.
func (s *Sender) Run(ctx context.Context) error {
	every := s.Every
	if every == 0 {
		every = 2 * time.Second
	}
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		if err := s.Look(ctx); err != nil && ctx.Err() == nil {
			s.Log.Error("hooks: look", "err", err)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}

// Look sends what is due now, and returns what failed, joined. What a receiver
// answers is no failure of it.
func (s *Sender) Look(ctx context.Context) error {
	if s.May != nil && s.May(ctx) != nil {
		return nil
	}
	now := s.Now()
	claims, err := s.Outbox.ClaimHooks(ctx, atOnce, now, now.Add(lease))
	failed := make([]error, len(claims))
	var group sync.WaitGroup
	for n, c := range claims {
		group.Go(func() { failed[n] = s.deliver(ctx, c) })
	}
	group.Wait()
	if now.Sub(s.forgot) >= time.Hour || now.Before(s.forgot) {
		err = errors.Join(err, s.Outbox.ForgetHooks(ctx, now.Add(-keep)))
		s.forgot = now
	}
	return errors.Join(append(failed, err)...)
}

// deliver sends one message and writes down what came of it, also where the
// program is told to stop meanwhile.
func (s *Sender) deliver(ctx context.Context, c Claim) error {
	o := s.post(ctx, c)
	if ctx.Err() != nil && o.Status == 0 {
		return nil // broken off by ourselves: the lease ends, and it is sent again
	}
	s.Log.Info("hook", "target", c.Target.ID, "message", c.Message.ID, "kind", c.Message.Kind, "issue", c.Message.Fact.Issue, "status", o.Status, "try", c.Message.Tries+1)
	return s.Outbox.SettleHook(context.WithoutCancel(ctx), c, func(m Message, t Target) (Message, Target, []Change) {
		return Judge(m, t, o, rand.Float64())
	})
}

// Judge returns message and target after a try, and what the target's record
// should keep of it.
func Judge(m Message, t Target, o Outcome, jitter float64) (Message, Target, []Change) {
	m = m.Judge(o, jitter)
	t.Health = t.Health.After(o.Well(), o.At)
	if o.Gone() && !t.Paused {
		t.Paused = true
		return m, t, []Change{{Target: t.ID, At: o.At, What: SayGone.With()}}
	}
	return m, t, nil
}

var (
	sayStatus  = fault.Say("hooks.status", "对方回答%d", "the receiver answered %d")
	sayMoved   = fault.Say("hooks.moved", "对方要求转到别处（%d），不跟随", "the receiver redirects (%d), which is not followed")
	sayInner   = fault.Say("hooks.inner", "地址指向内部网络或不允许的端口，没有发送", "the address leads into an internal network or to a port that is not allowed; nothing was sent")
	saySlow    = fault.Say("hooks.slow", "%d秒内没有应答", "no answer within %d seconds")
	sayUnknown = fault.Say("hooks.unknown-host", "找不到这台主机", "there is no such host")
	sayNoLink  = fault.Say("hooks.no-connection", "连不上，或安全连接（TLS）建立不了", "no connection, or none that is safe (TLS)")
)

// post sends a message once.
func (s *Sender) post(ctx context.Context, c Claim) Outcome {
	s.once.Do(func() { s.client = clientOf(s.Guard) })
	ctx, cancel := context.WithTimeout(ctx, Timeout)
	defer cancel()
	request, err := s.request(ctx, c)
	if err != nil {
		return Outcome{Why: sayNoLink.With(), At: s.Now()}
	}
	answer, err := s.client.Do(request)
	if err != nil {
		return Outcome{Why: whyNot(err), At: s.Now()}
	}
	defer answer.Body.Close()
	_, _ = io.Copy(io.Discard, io.LimitReader(answer.Body, mostAnswer))
	o := Outcome{Status: answer.StatusCode, Why: sayStatus.With(answer.StatusCode), At: s.Now()}
	if answer.StatusCode >= 300 && answer.StatusCode < 400 {
		o.Why = sayMoved.With(answer.StatusCode)
	}
	if seconds, err := strconv.Atoi(answer.Header.Get("Retry-After")); err == nil && seconds > 0 {
		o.RetryAfter = time.Duration(min(seconds, 24*60*60)) * time.Second
	}
	return o
}

func (s *Sender) request(ctx context.Context, c Claim) (*http.Request, error) {
	body, err := c.Message.Body(s.Site)
	if err != nil {
		return nil, err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, c.Target.URL, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	id, now := c.Message.ID.String(), s.Now()
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("User-Agent", "jianbao-hooks")
	request.Header.Set("Webhook-Id", id)
	request.Header.Set("Webhook-Timestamp", strconv.FormatInt(now.Unix(), 10))
	request.Header.Set("Webhook-Signature", s.Key.signatures(c.Target, id, now, body))
	return request, nil
}

// whyNot says in plain words why there was no answer. The words of the error
// itself may name what lies within the network.
func whyNot(err error) fault.Reason {
	var unknown *net.DNSError
	var slow net.Error
	switch {
	case errors.Is(err, errInner):
		return sayInner.With()
	case errors.As(err, &unknown) && unknown.IsNotFound:
		return sayUnknown.With()
	case errors.As(err, &slow) && slow.Timeout():
		return saySlow.With(int(Timeout.Seconds()))
	}
	return sayNoLink.With()
}

// clientOf is the only client that messages go out by: no proxy, no redirect, no
// compressed answers, nothing that the guard does not let through.
func clientOf(g Guard) *http.Client {
	return &http.Client{
		Timeout:       Timeout,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: &http.Transport{
			DialContext: g.dial, DisableCompression: true, DisableKeepAlives: true, ForceAttemptHTTP2: true,
			TLSHandshakeTimeout: dialTime, MaxResponseHeaderBytes: mostAnswer,
		},
	}
}
