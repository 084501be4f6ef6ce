package calendar

import (
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"jianbao/fault"
)

// A Change is one line of the record of who made the office's own tables what
// they are. Lines are only added.
type Change struct {
	ID     uuid.UUID
	At     time.Time
	By     uuid.UUID // uuid.Nil: at the command line
	ByName string
	Reason string
	Year   int
	// Table is what the year's table became; nil where the office's own was
	// taken away, so that the built-in one holds again.
	Table *Year
	// Version is that of the office's own table which was changed; 0 is none.
	Version int
}

const longestReason = 200 // characters

var (
	badChange    = fault.Say("calendar.bad-change", "放假安排没有改", "the table of holidays was not changed")
	whyChanged   = fault.Say("calendar.why", "请写明改动的依据，如“国办通知”“市政府通知”，不超过%d字", "say why it is changed, such as the notice it follows, in at most %d characters")
	nothingToSay = fault.Say("calendar.nothing-changed", "与现在的安排相同，没有要改的", "this is what the table says already")
)

// Validate returns nil, or a fault.Error with the code Invalid and everything
// that is wrong with a change of what held before it.
func (c Change) Validate(before Year) error {
	var reasons []fault.Reason
	if n := utf8.RuneCountInString(c.Reason); strings.TrimSpace(c.Reason) == "" || n > longestReason {
		reasons = append(reasons, whyChanged.With(longestReason))
	}
	if c.Table != nil {
		reasons = append(reasons, c.Table.Validate()...)
		if len(Compare(before, *c.Table)) == 0 && c.Version > 0 && before.Source == c.Table.Source {
			reasons = append(reasons, nothingToSay.With())
		}
	}
	if len(reasons) > 0 {
		return fault.New(fault.Invalid, badChange.With(), reasons...)
	}
	return nil
}
