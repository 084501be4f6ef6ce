package op

import (
	"context"
	"log/slog"
	"net/http"
	"slices"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/uuid"

	"jianbao/fault"
	"jianbao/workflow"
)

// A Room registers the operations of one subject.
type Room func(*Kit)

// Reads is what nearly every operation looks up. It asks for no rights; the
// operations do.
type Reads interface {
	// Issue returns an issue, or fault.NotFound.
	Issue(ctx context.Context, id uuid.UUID) (workflow.Issue, error)

	// Series returns a series, or fault.NotFound.
	Series(ctx context.Context, id uuid.UUID) (workflow.Series, error)

	// SeriesAll returns every series.
	SeriesAll(ctx context.Context) ([]workflow.Series, error)
}

// A Kit is what all rooms of the API share.
type Kit struct {
	API   huma.API
	Reads Reads
	Now   func() time.Time
	Log   *slog.Logger
	// MaxBody is the largest request that is read, in bytes.
	MaxBody int64
}

// problems are the statuses of refusals that any operation may answer with.
var problems = []int{401, 403, 404, 422, 429, 500, 503}

// conflicts are those of changes besides.
var conflicts = []int{400, 409, 413}

// On registers an operation. What it fails with becomes a problem; a conflict
// where If-Match no longer holds is for the operation to say ([Overtaken]).
func On[I, O any](k *Kit, op huma.Operation, do func(ctx context.Context, in *I) (*O, error)) {
	op.Errors = slices.Clone(problems)
	if op.Method != http.MethodGet {
		op.Errors = append(op.Errors, conflicts...)
		op.MaxBodyBytes, op.BodyReadTimeout = k.MaxBody, -1 // it is read already
		if _, ok := any(new(I)).(interface{ Seen() (int, error) }); ok {
			op.Errors = append(op.Errors, http.StatusPreconditionFailed, http.StatusPreconditionRequired)
		}
	}
	huma.Register(k.API, op, func(ctx context.Context, in *I) (*O, error) {
		out, err := do(ctx, in)
		if err != nil {
			return nil, k.Problem(ctx, err)
		}
		return out, nil
	})
}

// Get and its like describe an operation in one line: its name, its path, what
// it is about, and what it does.
func Get(id, path, tag, summary string) huma.Operation {
	return huma.Operation{OperationID: id, Method: http.MethodGet, Path: path, Tags: []string{tag}, Summary: summary}
}

// Post describes an act. It answers 200.
func Post(id, path, tag, summary string) huma.Operation {
	op := Get(id, path, tag, summary)
	op.Method, op.DefaultStatus = http.MethodPost, http.StatusOK
	return op
}

// Make describes an act that makes something. It answers 201.
func Make(id, path, tag, summary string) huma.Operation {
	op := Post(id, path, tag, summary)
	op.DefaultStatus = http.StatusCreated
	return op
}

// Put describes an act that can be done twice with the same end.
func Put(id, path, tag, summary string) huma.Operation {
	op := Post(id, path, tag, summary)
	op.Method = http.MethodPut
	return op
}

// Delete describes an act that takes something away.
func Delete(id, path, tag, summary string) huma.Operation {
	op := Post(id, path, tag, summary)
	op.Method = http.MethodDelete
	return op
}

// Bytes says that an operation answers with a file.
func Bytes(op huma.Operation) huma.Operation {
	op.Responses = map[string]*huma.Response{"200": {
		Description: "The file",
		Content:     map[string]*huma.MediaType{"*/*": {}},
	}}
	return op
}

// Find returns an issue and its series, or fault.NotFound where there is none
// that the caller may see.
func (k *Kit) Find(ctx context.Context, id uuid.UUID) (workflow.Issue, workflow.Series, error) {
	issue, err := k.Reads.Issue(ctx, id)
	if fault.Is(err, fault.NotFound) || err == nil && !CallerOf(ctx).Person.Sees(issue.Series) {
		return workflow.Issue{}, workflow.Series{}, NotHere()
	}
	if err != nil {
		return workflow.Issue{}, workflow.Series{}, err
	}
	series, err := k.Reads.Series(ctx, issue.Series)
	return issue, series, err
}

// SeriesOf returns a series, or fault.NotFound where there is none that the
// caller may see.
func (k *Kit) SeriesOf(ctx context.Context, id uuid.UUID) (workflow.Series, error) {
	if !CallerOf(ctx).Person.Sees(id) {
		return workflow.Series{}, NotHere()
	}
	return k.Reads.Series(ctx, id)
}

// Seen returns every series that the caller may see.
func (k *Kit) Seen(ctx context.Context) ([]workflow.Series, error) {
	all, err := k.Reads.SeriesAll(ctx)
	var some []workflow.Series
	for _, one := range all {
		if CallerOf(ctx).Person.Sees(one.ID) {
			some = append(some, one)
		}
	}
	return some, err
}
