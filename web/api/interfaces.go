package api

import (
	"context"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/workflow"
)

// Papers is what the desk does besides what the pages ask of it. Everything
// fails as web.Desk.Act does.
type Papers interface {
	// Amend changes an issue that was signed off, to be classed.
	Amend(ctx context.Context, actor workflow.Actor, id uuid.UUID, version int, r workflow.Rewrite) (workflow.Issue, error)

	// Record enters a decision that was made on paper.
	Record(ctx context.Context, actor workflow.Actor, id uuid.UUID, version int, paper workflow.PaperSignature, note string) (workflow.Issue, error)
}

// Pages is where long lists are read piece by piece.
type Pages interface {
	// SummariesBefore returns up to limit issues of the series, the last opened
	// first, that were opened before the one named (uuid.Nil: of all) and are in
	// one of the states (none: in any).
	SummariesBefore(ctx context.Context, series []uuid.UUID, states []workflow.State, before uuid.UUID, limit int) ([]workflow.Summary, error)
}

// Tokens is where tokens are looked up, at every request.
type Tokens interface {
	// TokenByHash returns a token, spent or not, or fault.NotFound.
	TokenByHash(ctx context.Context, hash string) (accounts.Token, error)

	// TokenUsed notes that a token was of use.
	TokenUsed(ctx context.Context, t accounts.Token, at time.Time) error
}

// People is where people are looked up.
type People interface {
	// PersonByID returns a person, or fault.NotFound.
	PersonByID(ctx context.Context, id uuid.UUID) (accounts.Person, error)

	// People returns everybody, ordered by login.
	People(ctx context.Context) ([]accounts.Person, error)
}

// Answers keeps what was answered to requests with an Idempotency-Key.
type Answers interface {
	// BeginAnswer notes that a request is at work, and forgets what began before
	// old. The first with its key gets known "" back; any other one what the
	// first was, and the answer that was kept, nil if there is none yet.
	BeginAnswer(ctx context.Context, token uuid.UUID, key, request string, now, old time.Time) (known string, answer []byte, err error)

	// KeepAnswer keeps the answer of a request that began.
	KeepAnswer(ctx context.Context, token uuid.UUID, key string, answer []byte) error

	// DropAnswer forgets that a request began.
	DropAnswer(ctx context.Context, token uuid.UUID, key string) error
}
