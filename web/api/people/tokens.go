package people

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/web/api/op"
)

// Tokens is where tokens are.
type Tokens interface {
	// Tokens returns every token, ended or not.
	Tokens(ctx context.Context) ([]accounts.Token, error)

	// RevokeToken ends a token.
	RevokeToken(ctx context.Context, id uuid.UUID, at time.Time) error

	// Separation returns whether the administrators are separated.
	Separation(ctx context.Context) (accounts.Separation, error)
}

func (rm *room) describeTokens() {
	op.On(rm.Kit, op.Get("list-tokens", "/tokens", "people", "The tokens that hold: one's own, and everybody's for who sees to rights; they are made on pages and by command"), rm.tokens)
	op.On(rm.Kit, op.Delete("revoke-token", "/tokens/{token}", "people", "End a token for good"), rm.revoke)
}

// TokenFile is a token, without its secret.
type TokenFile struct {
	ID      uuid.UUID   `json:"id" format:"uuid"`
	Person  uuid.UUID   `json:"person" format:"uuid" doc:"for whom it speaks"`
	Kind    string      `json:"kind" enum:"personal,service,monitor"`
	Name    string      `json:"name"`
	Prefix  string      `json:"prefix" doc:"its first characters"`
	Series  []uuid.UUID `json:"series" doc:"those it opens; empty: all that its person sees"`
	Acts    bool        `json:"acts" doc:"it may change things"`
	Expires time.Time   `json:"expires"`
	Used    time.Time   `json:"used,omitzero"`
}

func tokenOf(t accounts.Token) TokenFile {
	return TokenFile{t.ID, t.Person, string(t.Kind), t.Name, t.Prefix, append([]uuid.UUID{}, t.Series...), t.Acts, t.Expires, t.Used}
}

// seen are the tokens that the caller sees and that hold. A token for some series
// sees nobody's but its person's.
func (rm *room) seen(ctx context.Context) ([]accounts.Token, error) {
	split, err := rm.Config.Tokens.Separation(ctx)
	if err != nil {
		return nil, err
	}
	who, now := op.CallerOf(ctx).Person, rm.Now()
	all, err := rm.Config.Tokens.Tokens(ctx)
	return slices.DeleteFunc(all, func(t accounts.Token) bool {
		return t.Check(now) != nil || t.Person != who.ID && !split.Grants(who)
	}), err
}

func (rm *room) tokens(ctx context.Context, in *op.Paging) (*op.Listed[TokenFile], error) {
	all, err := rm.seen(ctx)
	if err != nil {
		return nil, err
	}
	return op.Cut(*in, all, func(t accounts.Token) string { return t.ID.String() }, tokenOf)
}

type tokenInput struct {
	Token uuid.UUID `path:"token" format:"uuid"`
}

func (rm *room) revoke(ctx context.Context, in *tokenInput) (*op.Nothing, error) {
	all, err := rm.seen(ctx)
	if err != nil {
		return nil, err
	}
	if !slices.ContainsFunc(all, func(t accounts.Token) bool { return t.ID == in.Token }) {
		return nil, op.NotHere()
	}
	return op.Done(rm.Config.Tokens.RevokeToken(ctx, in.Token, rm.Now()))
}
