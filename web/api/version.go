package api

import (
	"context"
	"net/http"
	"regexp"
	"strconv"

	"github.com/google/uuid"

	"jianbao/fault"
	"jianbao/workflow"
)

// A Versioned is what every change of an issue says of itself.
type Versioned struct {
	Issue   uuid.UUID `path:"issue" format:"uuid"`
	IfMatch string    `header:"If-Match" maxLength:"40" doc:"the version that was seen, as in ETag: \"7\"; 412 if there is another by now"`
}

// A Keyed is a POST that can be sent again without being done again.
type Keyed struct {
	Key string `header:"Idempotency-Key" doc:"1 to 200 visible characters, new for every request; the same request under the same key is answered as before, for a day"`
}

// tag is the ETag of a version. It is strong: a document of one version is the
// same for everybody, whatever their language.
func tag(version int) string { return `"` + strconv.Itoa(version) + `"` }

// oneTag is an If-Match of one strong tag; any version (*) will not do, since
// whoever decides decides about what they saw.
var oneTag = regexp.MustCompile(`^"(\d{1,9})"$`)

// seen returns the version that a change was made from.
func (v Versioned) seen() (int, error) {
	m := oneTag.FindStringSubmatch(v.IfMatch)
	if m == nil {
		return 0, withStatus{error: fault.New(fault.Invalid, sayVersion.With()), status: http.StatusPreconditionRequired}
	}
	return strconv.Atoi(m[1])
}

// change does what changes an issue that the caller may see, from the version
// they saw. A refusal because of the version is 412, as the condition is what
// failed.
func (s *server) change(ctx context.Context, v Versioned, do func(issue workflow.Issue, version int) (workflow.Issue, error)) (*changed, error) {
	version, err := v.seen()
	if err != nil {
		return nil, err
	}
	issue, _, err := s.find(ctx, v.Issue)
	if err != nil {
		return nil, err
	}
	issue, err = do(issue, version)
	if err != nil {
		return nil, s.overtaken(ctx, v.Issue, version, err)
	}
	return changedOf(issue), nil
}

// overtaken makes a conflict 412 where the issue is at another version by now.
func (s *server) overtaken(ctx context.Context, id uuid.UUID, version int, err error) error {
	if !fault.Is(err, fault.Conflict) {
		return err
	}
	now, broken := s.Reads.Issue(ctx, id)
	if broken != nil || now.Version == version {
		return err
	}
	return withStatus{error: err, status: http.StatusPreconditionFailed}
}

// A changed answers a change.
type changed struct {
	ETag string `header:"ETag" doc:"the version, for the next If-Match"`
	Body IssueBrief
}

func changedOf(i workflow.Issue) *changed {
	return &changed{ETag: tag(i.Version), Body: briefOf(i)}
}
