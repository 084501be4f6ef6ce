// Package refusals keeps who was not let in: wrong passwords and codes, tries that
// came too soon, tokens that open nothing any more. Auditors read it with the rest
// of the trail (package workflow/trail).
//
// Whoever is not let in is a stranger, who could fill any book. Therefore a [Line]
// is an hour of one sort of refusals, of one account or, where it is nobody's, of
// one network, with how often; of networks an hour has at most [MostNetworks], and
// one line for all others together. What was typed is not kept: people type
// passwords where logins go.
//
// A [Recorder] writes what cost somebody a try at once, since tries are bounded
// (package web/throttle), and those that came too soon now and then.
package refusals

import (
	"context"
	"log/slog"
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"

	"jianbao/fault"
)

// Why says what was refused.
type Why string

// The sorts of refusals.
const (
	Password Why = "password" // the login, the password, or a closed account
	Code     Why = "code"     // a second factor
	Provider Why = "provider" // what single sign-on brought
	Token    Why = "token"    // of the API or of monitoring
	Proof    Why = "proof"    // a password or code of somebody who is in, asked for once more
	Held     Why = "held"     // it came too soon and was not looked at
)

var titles = map[Why]fault.Sentence{
	Password: fault.Say("refusals.password", "登录被拒：登录名或密码不对，或账号已停用", "not let in: the login or the password is wrong, or the account closed"),
	Code:     fault.Say("refusals.code", "登录被拒：动态口令不对", "not let in: the one-time code is wrong"),
	Provider: fault.Say("refusals.provider", "登录被拒：统一登录没有证明身份", "not let in: single sign-on proved nobody"),
	Token:    fault.Say("refusals.token", "令牌被拒", "a token was refused"),
	Proof:    fault.Say("refusals.proof", "已登录，再次证明身份时输错", "signed in, and wrong when asked to prove it again"),
	Held:     fault.Say("refusals.held", "试得太频繁，暂时不予受理", "tried too often, and held back for a while"),
}

// Title is what people call it.
func (w Why) Title() fault.Reason { return titles[w].With() }

// A Refusal is one that happened.
type Refusal struct {
	Why Why
	// Person is whose account it was about. Where that is not known yet, Login is
	// what was typed, by which the book finds it.
	Person uuid.UUID
	Login  string
	Token  string // the beginning of a token that somebody made here, or ""
	From   string // the network
	At     time.Time
}

// A Line is the refusals of an hour.
type Line struct {
	Times   int
	Several bool // from several networks
	Token   string
}

var (
	times   = fault.Say("refusals.times", "一小时内%d次", "%d times within an hour")
	several = fault.Say("refusals.several", "来自多个地址", "from several addresses")
	others  = fault.Say("refusals.others", "其余各地址合计", "all other addresses together")
	prefix  = fault.Say("refusals.prefix", "令牌%s…", "token %s…")
)

// Facts say it in words; from is the network that the line names, "" for the
// others together.
func (l Line) Facts(from string) []fault.Reason {
	said := []fault.Reason{times.With(l.Times)}
	if l.Token != "" {
		said = append(said, prefix.With(l.Token))
	}
	switch {
	case from == "":
		said = append(said, others.With())
	case l.Several:
		said = append(said, several.With())
	}
	return said
}

// MostNetworks is how many networks an hour names that tried what is nobody's.
const MostNetworks = 200

// Books is where lines are kept.
type Books interface {
	// AddRefusals adds n refusals to the line of their hour. It is one
	// transaction, which takes as long for a login that nobody has.
	AddRefusals(ctx context.Context, r Refusal, n int) error
}

const (
	heldEvery = 10 * time.Second // between two writes of one sort of what came too soon
	maxHeld   = 10_000
	writeTime = 5 * time.Second
)

// A Recorder is told of refusals. The nil Recorder forgets them.
type Recorder struct {
	books Books
	log   *slog.Logger
	mutex sync.Mutex
	held  map[Refusal]*waiting // by what they have in common
}

type waiting struct {
	written time.Time
	n       int // since then
}

// NewRecorder returns a recorder that writes into books.
func NewRecorder(books Books, log *slog.Logger) *Recorder {
	return &Recorder{books: books, log: log, held: map[Refusal]*waiting{}}
}

// Refused notes a refusal. Whoever is refused is refused in any case: what cannot
// be written goes to the log.
func (c *Recorder) Refused(ctx context.Context, r Refusal) {
	if c == nil {
		return
	}
	r.Login = strings.ToLower(strings.TrimSpace(r.Login))
	n := 1
	if r.Why == Held {
		n = c.due(r)
	}
	if n == 0 {
		return
	}
	during, stop := context.WithTimeout(context.WithoutCancel(ctx), writeTime)
	defer stop()
	if err := c.books.AddRefusals(during, r, n); err != nil {
		c.log.ErrorContext(ctx, "a refusal is not in the trail", "why", string(r.Why), "error", err)
	}
}

// due returns how many refusals of the sort are to be written now.
func (c *Recorder) due(r Refusal) int {
	now := r.At
	r.At = time.Time{}
	c.mutex.Lock()
	defer c.mutex.Unlock()
	w := c.held[r]
	if w == nil {
		if len(c.held) >= maxHeld {
			clear(c.held)
		}
		w = &waiting{}
		c.held[r] = w
	}
	w.n++
	if now.Sub(w.written) < heldEvery {
		return 0
	}
	n := w.n
	w.written, w.n = now, 0
	return n
}
