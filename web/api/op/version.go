package op

import (
	"context"
	"net/http"
	"regexp"
	"strconv"

	"jianbao/fault"
	"jianbao/workflow"
)

// A Condition says which version of something a change was decided on.
type Condition struct {
	IfMatch string `header:"If-Match" maxLength:"40" doc:"the version that was seen, as in ETag: \"7\"; 412 if there is another by now"`
}

// A Versioned is what every change of an issue says of itself.
type Versioned struct {
	OfIssue
	Condition
}

// A Keyed is a POST that can be sent again without being done again.
type Keyed struct {
	Key string `header:"Idempotency-Key" doc:"1 to 200 visible characters, new for every request; the same request under the same key is answered as before, for a day"`
}

// Tag is the ETag of a version. It is strong: a document of one version is the
// same for everybody, whatever their language.
func Tag(version int) string { return `"` + strconv.Itoa(version) + `"` }

// oneTag is an If-Match of one strong tag; any version (*) will not do, since
// whoever decides decides about what they saw.
var oneTag = regexp.MustCompile(`^"(\d{1,9})"$`)

// Seen returns the version that a change was made from. Without one it fails
// with 428 (RFC 6585 section 3).
func (c Condition) Seen() (int, error) {
	m := oneTag.FindStringSubmatch(c.IfMatch)
	if m == nil {
		return 0, WithStatus(fault.New(fault.Invalid, sayVersion.With()), http.StatusPreconditionRequired)
	}
	return strconv.Atoi(m[1])
}

// Overtaken makes a conflict 412, as the condition is what failed. now is the
// version by now; where that is still the one that was seen, the conflict is
// another and stays 409.
func Overtaken(err error, seen, now int) error {
	if !fault.Is(err, fault.Conflict) || seen == now {
		return err
	}
	return WithStatus(err, http.StatusPreconditionFailed)
}

// Change does what changes an issue that the caller may see, from the version
// they saw.
func (k *Kit) Change(ctx context.Context, v Versioned, do func(issue workflow.Issue, version int) (workflow.Issue, error)) (*Changed, error) {
	version, err := v.Seen()
	if err != nil {
		return nil, err
	}
	issue, _, err := k.Find(ctx, v.Issue)
	if err != nil {
		return nil, err
	}
	changed, err := do(issue, version)
	if fault.Is(err, fault.Conflict) {
		if now, broken := k.Reads.Issue(ctx, v.Issue); broken == nil {
			err = Overtaken(err, version, now.Version)
		}
	}
	if err != nil {
		return nil, err
	}
	return &Changed{Tag(changed.Version), BriefOf(changed)}, nil
}

// A Changed answers a change of an issue.
type Changed struct {
	ETag string `header:"ETag" doc:"the version, for the next If-Match"`
	Body IssueBrief
}
