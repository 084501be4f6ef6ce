package op

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"

	"github.com/danielgtaylor/huma/v2"

	"jianbao/fault"
)

// A Problem is a refusal as a program reads it (RFC 9457). Its type is
// about:blank, so the title is that of the status; Code is what to branch on.
type Problem struct {
	Type    string   `json:"type" doc:"always about:blank; branch on code"`
	Title   string   `json:"title" doc:"the phrase of the status"`
	Status  int      `json:"status" doc:"the HTTP status"`
	Code    string   `json:"code" enum:"invalid,unauthenticated,forbidden,not-found,conflict,blocked,refused,too-many,unavailable,internal" doc:"what the caller can do about it"`
	Detail  string   `json:"detail" doc:"what is wrong, in the language of the request"`
	Reasons []Reason `json:"reasons" doc:"every cause, in the order in which a person would mend them"`

	wait  int // seconds, 0 is none
	cause error
}

// A Reason is one cause of a refusal.
type Reason struct {
	Key  string `json:"key" doc:"stays the same whatever the language"`
	Text string `json:"text"`
}

// Error returns the sentence, for logs.
func (p *Problem) Error() string { return p.Detail }

// GetStatus returns the HTTP status; see huma.StatusError.
func (p *Problem) GetStatus() int { return p.Status }

// GetHeaders says when to try again; see huma.HeadersError.
func (p *Problem) GetHeaders() http.Header {
	h := http.Header{}
	if p.wait > 0 {
		h.Set("Retry-After", strconv.Itoa(p.wait))
	}
	if p.Status == http.StatusUnauthorized {
		h.Set("WWW-Authenticate", `Bearer realm="jianbao"`) // RFC 6750 section 3
	}
	return h
}

// ContentType is that of problems; see huma.ContentTypeFilter.
func (p *Problem) ContentType(string) string { return ProblemType }

// ProblemType is the media type of refusals (RFC 9457 section 3).
const ProblemType = "application/problem+json"

// A withStatus is a fault whose status says more than its code does.
type withStatus struct {
	error
	status int
	wait   int
}

// Unwrap returns the fault itself, so that errors.Is and errors.As find it.
func (w withStatus) Unwrap() error { return w.error }

// WithStatus gives a fault an HTTP status that says more than its code does.
func WithStatus(err error, status int) error { return withStatus{error: err, status: status} }

// Wait is a refusal of who asks too often (429), and for how many seconds.
func Wait(err error, seconds int) error {
	return withStatus{error: err, status: http.StatusTooManyRequests, wait: seconds}
}

// ProblemOf is what a program is told of an error, in a language.
func ProblemOf(lang fault.Lang, err error) *Problem {
	shown := fault.Shown(err)
	p := &Problem{Type: "about:blank", Status: fault.Status(shown.Code), Code: string(shown.Code), Detail: shown.Message.In(lang), Reasons: []Reason{}, cause: err}
	var more withStatus
	if errors.As(err, &more) {
		p.Status, p.wait = more.status, more.wait
	}
	p.Title = http.StatusText(p.Status)
	for _, r := range shown.Reasons {
		p.Reasons = append(p.Reasons, Reason{r.Key, r.In(lang)})
	}
	return p
}

// Problem is what a request is told of an error; what its caller cannot mend is
// logged. What a body held is never logged.
func (k *Kit) Problem(ctx context.Context, err error) *Problem {
	p := ProblemOf(Lang(ctx), err)
	if p.Status >= http.StatusInternalServerError {
		k.Log.ErrorContext(ctx, "api", "error", err)
	}
	return p
}

// Refuse answers with a problem where no operation is reached.
func (k *Kit) Refuse(w http.ResponseWriter, r *http.Request, err error) {
	p := k.Problem(r.Context(), err)
	for name, values := range p.GetHeaders() {
		w.Header()[name] = values
	}
	w.Header().Set("Content-Type", ProblemType)
	w.WriteHeader(p.Status)
	_ = json.NewEncoder(w).Encode(p) // whoever went away needs no answer
}

// What huma says of a request that is not as the document says becomes a
// problem like all others. huma has these as variables of the program; nothing
// else in it uses huma.
func init() {
	huma.DefaultArrayNullable = false
	huma.NewError = func(status int, _ string, errs ...error) huma.StatusError {
		return misformed(fault.ZH, status, errs)
	}
	huma.NewErrorWithContext = func(ctx huma.Context, status int, _ string, errs ...error) huma.StatusError {
		return misformed(Lang(ctx.Context()), status, errs)
	}
}

// misformed is the problem of a request that cannot be read.
func misformed(lang fault.Lang, status int, errs []error) *Problem {
	var reasons []fault.Reason
	for _, err := range errs {
		var where huma.ErrorDetailer
		if errors.As(err, &where) && where.ErrorDetail().Location != "" {
			reasons = append(reasons, badField.With(where.ErrorDetail().Location, where.ErrorDetail().Message))
		} else if err != nil {
			reasons = append(reasons, badPart.With(err.Error()))
		}
	}
	if status >= http.StatusInternalServerError {
		return ProblemOf(lang, errors.Join(errs...))
	}
	return ProblemOf(lang, withStatus{error: fault.New(fault.Invalid, badRequest.With(), reasons...), status: max(status, http.StatusBadRequest)})
}
