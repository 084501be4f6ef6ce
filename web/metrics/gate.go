package metrics

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/netip"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/prometheus/client_golang/prometheus"

	"jianbao/accounts"
	"jianbao/accounts/refusals"
	"jianbao/fault"
	"jianbao/web/throttle"
)

// Path is where the numbers are.
const Path = "/metrics"

// Tokens is where the tokens of monitoring are looked up.
type Tokens interface {
	// TokenByHash returns the token with the hash, or fault.NotFound.
	TokenByHash(ctx context.Context, hash string) (accounts.Token, error)

	// TokenUsed notes that a token was of use.
	TokenUsed(ctx context.Context, token accounts.Token, now time.Time) error

	// PersonByID returns for whom it speaks, or fault.NotFound.
	PersonByID(ctx context.Context, id uuid.UUID) (accounts.Person, error)
}

// A Gate decides who may read the numbers: whoever asks from this machine
// itself, and whoever has a token for monitoring ([accounts.Monitor]), which
// opens nothing else.
//
// Behind a proxy on this machine everybody seems to ask from it. Therefore a
// request that a proxy marked counts as coming from outside, and where Proxied
// is set every one does.
type Gate struct {
	Tokens Tokens
	Now    func() time.Time
	Log    *slog.Logger
	// Counts counts tries for all processes together; nil: each for itself.
	Counts throttle.Counts
	// Refused is told of who is not let in; nil: nobody is told.
	Refused *refusals.Recorder
	// Proxied says that a proxy on this machine may bring requests of others.
	Proxied bool
}

// How often an address may try a wrong token: as at the other doors.
const (
	wrongTries    = 30
	wrongEvery    = 10 * time.Second
	maxRemembered = 10_000
)

// errNotFor is for whoever may not read; it says nothing of why.
var errNotFor = errors.New("metrics: not for this caller")

// Handler serves the numbers of a registry to those who may read them. Others
// are told 401 (RFC 6750 section 3), or 429 after too many wrong tokens.
func (g Gate) Handler(registry prometheus.Gatherer) http.Handler {
	numbers := written(registry, g.Log)
	wrong := throttle.Guess(throttle.Tell("metrics.wrong", throttle.New(wrongTries, wrongEvery, maxRemembered), g.Counts, 1, g.Log), maxRemembered)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Content-Type-Options", "nosniff")
		w.Header().Set("Cache-Control", "no-store")
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			w.Header().Set("Allow", "GET, HEAD")
			w.WriteHeader(http.StatusMethodNotAllowed)
			return
		}
		if !g.near(r) {
			now := g.Now()
			try := wrong.Ask(now, throttle.Network(r.RemoteAddr), r.Header.Get("Authorization"))
			not := refusals.Refusal{Why: refusals.Token, From: throttle.Network(r.RemoteAddr), At: now}
			if try.Wait > 0 {
				not.Why = refusals.Held
				g.Refused.Refused(r.Context(), not)
				w.WriteHeader(http.StatusTooManyRequests)
				return
			}
			err := g.holds(r, now)
			switch {
			case err == nil:
				try.Opened()
			case errors.Is(err, errNotFor):
				try.Nothing(r.Context(), now)
				if r.Header.Get("Authorization") != "" {
					g.Refused.Refused(r.Context(), not)
				}
			default:
				try.Unknown()
			}
			if err != nil {
				g.refuse(w, r, err)
				return
			}
		}
		numbers.ServeHTTP(w, r)
	})
}

func (g Gate) refuse(w http.ResponseWriter, r *http.Request, err error) {
	if !errors.Is(err, errNotFor) {
		g.Log.WarnContext(r.Context(), "metrics: a token could not be looked up", "err", err)
		w.WriteHeader(http.StatusServiceUnavailable)
		return
	}
	w.Header().Set("WWW-Authenticate", `Bearer realm="metrics"`)
	w.WriteHeader(http.StatusUnauthorized)
}

// marks are what proxies write into a request that they pass on.
var marks = []string{"Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-Ip", "Via"}

// near reports whether a request was made on this machine.
func (g Gate) near(r *http.Request) bool {
	if g.Proxied {
		return false
	}
	for _, mark := range marks {
		if r.Header.Get(mark) != "" {
			return false
		}
	}
	from, err := netip.ParseAddrPort(r.RemoteAddr)
	return err == nil && from.Addr().Unmap().IsLoopback()
}

// holds returns nil if the request has a token for monitoring that opens now.
func (g Gate) holds(r *http.Request, now time.Time) error {
	scheme, secret, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	secret = strings.TrimSpace(secret)
	if !strings.EqualFold(scheme, "Bearer") || accounts.TokenPrefix(secret) == "" {
		return errNotFor
	}
	token, err := g.Tokens.TokenByHash(r.Context(), accounts.TokenHash(secret))
	if fault.Is(err, fault.NotFound) || err == nil && (token.Kind != accounts.Monitor || token.Check(now) != nil) {
		return errNotFor
	}
	if err != nil {
		return err
	}
	person, err := g.Tokens.PersonByID(r.Context(), token.Person)
	if fault.Is(err, fault.NotFound) || err == nil && !person.Active {
		return errNotFor
	}
	if err != nil {
		return err
	}
	return g.Tokens.TokenUsed(r.Context(), token, now)
}
