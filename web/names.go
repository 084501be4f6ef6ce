package web

import (
	"context"
	"net/http"
	"strings"

	"github.com/google/uuid"

	"jianbao/recipients"
	"jianbao/workflow/naming"

	"jianbao/web/page"
)

// maxProposed is how many units the field for a name proposes while somebody
// types. A longer directory proposes none: the page would weigh megabytes.
// Typing the full name works all the same.
const maxProposed = 3000

// An unknownName is a name of the lists that means no unit, or more than one.
type unknownName struct {
	recipients.Unsettled
	// Typed is what somebody entered and was refused.
	Typed string
}

// unknownNames returns every such name of a circulation once, in printed order.
func unknownNames(c recipients.Circulation) (all []unknownName) {
	for _, name := range c.Unsettled() {
		all = append(all, unknownName{Unsettled: name})
	}
	return all
}

// settleName takes from a person which unit a name of the lists means. The
// series remembers it, and the issue's lists are resolved anew.
func (s *server) settleName(w http.ResponseWriter, r *http.Request) {
	q, ok := s.change(w, r)
	if !ok {
		return
	}
	name, meant := r.PostForm.Get("name"), naming.Meant{Words: strings.TrimSpace(r.PostForm.Get("unit-name"))}
	meant.Unit, _ = uuid.Parse(r.PostForm.Get("unit")) // what is no id is no unit
	if _, err := s.Names.Settle(r.Context(), page.Actor(r), q.issue.ID, q.version, name, meant); err != nil {
		s.again(w, r, attempt{name: name, unit: meant.Words, err: err})
		return
	}
	page.See(w, r, "/issues/"+q.issue.ID.String()+"#circulation")
}

// unitNames returns what the field for a name proposes: the units that stand.
func (s *server) unitNames(ctx context.Context) ([]string, error) {
	units, err := s.Names.Choices(ctx)
	if err != nil || len(units) > maxProposed {
		return nil, err
	}
	names := make([]string, len(units))
	for n, u := range units {
		names[n] = u.Name
	}
	return names, nil
}
