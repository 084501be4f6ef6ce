package api

import (
	"context"
	"math"
	"net/http"
	"strings"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/fault"
	"jianbao/web/throttle"
	"jianbao/workflow"
)

// How often may be asked. A wrong token costs an address a try, as a wrong
// password does at the door of the pages; a right one may ask much at once and
// then steadily.
const (
	wrongTries    = 30
	wrongEvery    = 10 * time.Second
	tokenTries    = 300
	tokenEvery    = 50 * time.Millisecond
	maxRemembered = 10_000
)

// A caller is who asks: a person, as far as the token lets them.
type caller struct {
	token  accounts.Token
	secret string // the token itself, for fingerprints
	person accounts.Person
}

type callerKey struct{}

func callerOf(ctx context.Context) caller {
	c, _ := ctx.Value(callerKey{}).(caller)
	return c
}

func (c caller) actor() workflow.Actor { return workflow.Actor{Person: c.person} }

// known lets a request pass whose token opens something.
func (s *server) known(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		who, err := s.caller(r)
		if err == nil {
			err = s.allowed(r, who)
		}
		if err != nil {
			s.refuse(w, r, err)
			return
		}
		next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), callerKey{}, who)))
	})
}

// caller finds out who asks. An address that tried too many wrong tokens is not
// even looked at. Only what was wrong counts as tried.
func (s *server) caller(r *http.Request) (caller, error) {
	now := s.Now()
	try := s.wrong.Book(now, throttle.Network(r.RemoteAddr))
	if wait := try.DelayFrom(now); wait > 0 {
		try.CancelAt(now)
		return caller{}, tooSoon(wait)
	}
	who, err := s.callerBy(r.Context(), bearer(r))
	if !fault.Is(err, fault.Unauthenticated) {
		try.CancelAt(now)
	}
	return who, err
}

// bearer returns the token of a request, or "" (RFC 6750 section 2.1).
func bearer(r *http.Request) string {
	scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if !strings.EqualFold(scheme, "Bearer") {
		return ""
	}
	return strings.TrimSpace(token)
}

func (s *server) callerBy(ctx context.Context, secret string) (caller, error) {
	if secret == "" {
		return caller{}, fault.New(fault.Unauthenticated, noToken.With())
	}
	unknown := fault.New(fault.Unauthenticated, unknownToken.With())
	if accounts.TokenPrefix(secret) == "" {
		return caller{}, unknown
	}
	token, err := s.Tokens.TokenByHash(ctx, accounts.TokenHash(secret))
	if fault.Is(err, fault.NotFound) {
		return caller{}, unknown
	}
	if err == nil {
		err = token.Check(s.Now())
	}
	if err == nil && token.Kind == accounts.Monitor {
		err = fault.New(fault.Forbidden, onlyNumbers.With(token.Prefix))
	}
	if err != nil {
		return caller{}, err
	}
	person, err := s.People.PersonByID(ctx, token.Person)
	if err == nil && !person.Active {
		err = unknown
	}
	person.Password = "" // nothing behind the door needs it
	return caller{token, secret, token.Narrow(person)}, err
}

// allowed reports whether the token may ask now, and notes its use.
func (s *server) allowed(r *http.Request, who caller) error {
	now := s.Now()
	try := s.tokens.Book(now, who.token.ID.String())
	if wait := try.DelayFrom(now); wait > 0 {
		try.CancelAt(now)
		return tooSoon(wait)
	}
	if !who.token.Acts && r.Method != http.MethodGet && r.Method != http.MethodHead {
		return fault.New(fault.Forbidden, readOnly.With(who.token.Prefix))
	}
	return s.Tokens.TokenUsed(r.Context(), who.token, now)
}

func tooSoon(wait time.Duration) error {
	seconds := int(math.Ceil(wait.Seconds()))
	return withStatus{error: fault.New(fault.TooMany, tooOften.With(seconds)), status: http.StatusTooManyRequests, wait: seconds}
}

// mayDecide refuses an act that is for people to decide to a service: nothing
// is approved by itself. Which acts those are is told by the table of moves.
func (c caller) mayDecide(act workflow.Act) error {
	if c.token.Kind != accounts.Service {
		return nil
	}
	for _, m := range workflow.Moves() {
		if m.Act == act && decides(m) {
			return fault.New(fault.Forbidden, onlyPeople.With(act.Title()))
		}
	}
	return nil
}

// decides reports whether a move is somebody's decision about an issue.
func decides(m workflow.Move) bool {
	return m.Who.Step && m.Act != workflow.Reassign || m.Who.Signatory || m.Who.Own || m.Act == workflow.Expedite || m.Act == workflow.Classify || m.Act == workflow.Record
}

// find returns an issue and its series, or fault.NotFound where there is none
// that the caller may see.
func (s *server) find(ctx context.Context, id uuid.UUID) (workflow.Issue, workflow.Series, error) {
	issue, err := s.Reads.Issue(ctx, id)
	if fault.Is(err, fault.NotFound) || err == nil && !callerOf(ctx).person.Sees(issue.Series) {
		return workflow.Issue{}, workflow.Series{}, notHere()
	}
	if err != nil {
		return workflow.Issue{}, workflow.Series{}, err
	}
	series, err := s.Reads.Series(ctx, issue.Series)
	return issue, series, err
}

// seriesOf returns a series, or fault.NotFound where there is none that the
// caller may see.
func (s *server) seriesOf(ctx context.Context, id uuid.UUID) (workflow.Series, error) {
	if !callerOf(ctx).person.Sees(id) {
		return workflow.Series{}, notHere()
	}
	return s.Reads.Series(ctx, id)
}
