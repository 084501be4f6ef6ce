package api

import (
	"context"
	"math"
	"net/http"
	"strings"
	"time"

	"jianbao/accounts"
	"jianbao/accounts/refusals"
	"jianbao/fault"
	"jianbao/web/api/op"
	"jianbao/web/throttle"
)

// How often may be asked. A wrong token costs an address a try, as a wrong
// password does at the door of the pages; a right one may ask much at once and
// then steadily.
const (
	wrongTries    = 30
	wrongEvery    = 10 * time.Second
	tokenTries    = 300
	tokenEvery    = 50 * time.Millisecond
	tokenLot      = 50 // of which other processes are told at once
	maxRemembered = 10_000
)

// known lets a request pass whose token opens something.
func (s *server) known(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		who, err := s.caller(r)
		if err == nil {
			err = s.allowed(r, who)
		}
		if err != nil {
			s.kit.Refuse(w, r, err)
			return
		}
		by := accounts.Author{ID: who.Person.ID, Name: who.Person.Name, From: throttle.Network(r.RemoteAddr)}
		r = r.WithContext(accounts.WithAuthor(op.WithCaller(r.Context(), who), by))
		if err := s.looked(r, who); err != nil {
			s.kit.Refuse(w, r, err)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// looked tells that somebody reads something.
func (s *server) looked(r *http.Request, who op.Caller) error {
	if s.Looked == nil || r.Method != http.MethodGet && r.Method != http.MethodHead {
		return nil
	}
	return s.Looked(r.Context(), who.Person, r.URL.Path)
}

// caller finds out who asks. Of a network that tried too many wrong tokens only
// those are looked at that opened something before. Only what was wrong counts as
// tried.
func (s *server) caller(r *http.Request) (op.Caller, error) {
	now := s.Now()
	try := s.wrong.Ask(now, throttle.Network(r.RemoteAddr), bearer(r))
	if try.Wait > 0 {
		s.refused(r, refusals.Refusal{Why: refusals.Held})
		return op.Caller{}, tooSoon(try.Wait)
	}
	who, err := s.callerBy(r.Context(), bearer(r))
	switch {
	case err == nil:
		try.Opened()
	case fault.Is(err, fault.Unauthenticated):
		try.Nothing(r.Context(), now)
		if bearer(r) != "" {
			s.refused(r, refusals.Refusal{Why: refusals.Token, Person: who.Token.Person, Token: who.Token.Prefix})
		}
	default:
		try.Unknown()
	}
	return who, err
}

// refused has it in the trail that somebody was not let in.
func (s *server) refused(r *http.Request, not refusals.Refusal) {
	not.From, not.At = throttle.Network(r.RemoteAddr), s.Now()
	s.Refused.Refused(r.Context(), not)
}

// bearer returns the token of a request, or "" (RFC 6750 section 2.1).
func bearer(r *http.Request) string {
	scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if !strings.EqualFold(scheme, "Bearer") {
		return ""
	}
	return strings.TrimSpace(token)
}

// callerBy is who has a token. Of one that opens nothing any more it returns the
// token alone, with the error.
func (s *server) callerBy(ctx context.Context, secret string) (op.Caller, error) {
	if secret == "" {
		return op.Caller{}, fault.New(fault.Unauthenticated, noToken.With())
	}
	unknown := fault.New(fault.Unauthenticated, unknownToken.With())
	if accounts.TokenPrefix(secret) == "" {
		return op.Caller{}, unknown
	}
	token, err := s.Tokens.TokenByHash(ctx, accounts.TokenHash(secret))
	if fault.Is(err, fault.NotFound) {
		return op.Caller{}, unknown
	}
	if err == nil {
		err = token.Check(s.Now())
	}
	if err == nil && token.Kind == accounts.Monitor {
		err = fault.New(fault.Forbidden, onlyNumbers.With(token.Prefix))
	}
	if err != nil {
		return op.Caller{Token: token}, err
	}
	person, err := s.People.PersonByID(ctx, token.Person)
	if err == nil && !person.Active {
		err = unknown
	}
	person.Password = "" // nothing behind the door needs it
	return op.Caller{Token: token, Secret: secret, Person: token.Narrow(person)}, err
}

// allowed reports whether the token may ask now, and notes its use.
func (s *server) allowed(r *http.Request, who op.Caller) error {
	now := s.Now()
	token := who.Token.ID.String()
	if wait := s.tokens.Take(now, token); wait > 0 {
		return tooSoon(wait)
	}
	s.tokens.Count(r.Context(), now, token)
	if !who.Token.Acts && r.Method != http.MethodGet && r.Method != http.MethodHead {
		return fault.New(fault.Forbidden, readOnly.With(who.Token.Prefix))
	}
	return s.Tokens.TokenUsed(r.Context(), who.Token, now)
}

func tooSoon(wait time.Duration) error {
	seconds := int(math.Ceil(wait.Seconds()))
	return op.Wait(fault.New(fault.TooMany, tooOften.With(seconds)), seconds)
}
