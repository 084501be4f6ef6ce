package workflow

import (
	"encoding/json"
	"strings"
	"time"

	"github.com/google/uuid"

	"jianbao/bulletin"
	"jianbao/fault"
	"jianbao/recipients"
	"jianbao/workflow/calendar"
)

// A Series is a 刊物: what all its issues have in common.
type Series struct {
	ID       uuid.UUID
	Masthead string // 鄂尔多斯科技简报
	Organ    string // 鄂尔多斯市科学技术局
	Place    string // where its short names mean something: 鄂尔多斯
	Mailbox  string // the address its letters come from
	// Domains are those to which internal issues are mailed; none is the domain of
	// the mailbox.
	Domains []string
	Zone    string // IANA time zone; "" is Asia/Shanghai
	Route   Route
	// FileCopies is the number of copies kept on file where the text names
	// none (存档).
	FileCopies int
	Sections   []string // the fixed sections, in order
	Window     calendar.Window
	// Tolerance is how late a release may be before it waits for a person.
	Tolerance time.Duration
	// Template is the version of head and tail; it counts in the digest.
	Template int
	// Layout is the office's own template as JSON, which this room does not
	// read; nil is a built-in one.
	Layout json.RawMessage
	// Leaders are the leaders whose names and titles the office keeps, for the
	// ready check.
	Leaders []Leader
	Cadence Cadence
	// TwoPerson, where set, lets one person hold two offices of an issue.
	TwoPerson *Exception
	// Total says how the total number (总第N期) runs; the zero value is none.
	Total   Total
	Created time.Time
	Version int
}

// An Exception is the two-person exception (两人办刊例外): in an office too small
// for three, one person may hold two offices of an issue. It is the office's
// to have and must say why; the history of every issue that used it says so
// too. Even then the signatory has no hand in the text.
type Exception struct {
	Reason string    `json:"reason"`
	By     uuid.UUID `json:"by"`
	ByName string    `json:"by_name"`
	At     time.Time `json:"at"`
}

var (
	badSeries    = fault.Say("workflow.bad-series", "刊物的设置有误", "the settings of the series cannot be used")
	exceptionWhy = fault.Say("workflow.exception-why", "设定两人办刊例外，须写明理由和设定人", "the two-person exception needs a reason and the name of who set it")
	totalLast    = fault.Say("workflow.total-last", "总期号不能是负数", "a total number is not negative")
)

// Validate returns nil, or a fault.Error with the code Invalid and every reason
// why issues of the series could not go their way: of its route, its exception,
// its domains and its total number.
func (s Series) Validate() error {
	reasons := s.Route.against()
	if e := s.TwoPerson; e != nil {
		reasons = append(reasons, unless(strings.TrimSpace(e.Reason) != "" && e.ByName != "", exceptionWhy.With())...)
	}
	reasons = append(reasons, recipients.CheckDomains(s.Domains)...)
	reasons = append(reasons, unless(s.Total.Last >= 0, totalLast.With())...)
	if len(reasons) > 0 {
		return fault.New(fault.Invalid, badSeries.With(), reasons...)
	}
	return nil
}

// Total is how the total number of a series runs: through the kinds that it
// names, over all years, each above the last.
type Total struct {
	Kinds []bulletin.Kind `json:"kinds,omitempty"`
	// Last is the total number of the last issue before the program, or 0.
	Last int `json:"last,omitempty"`
}

// Location returns the zone of the series. A zone the machine does not know is
// read as China Standard Time, which has had no change of clocks since 1991.
func (s Series) Location() *time.Location {
	name := s.Zone
	if name == "" {
		name = "Asia/Shanghai"
	}
	loc, err := time.LoadLocation(name)
	if err != nil {
		return time.FixedZone("CST", 8*60*60)
	}
	return loc
}

// A Leader is a person whose name and titles must be right wherever an issue
// has them.
type Leader struct {
	Name   string   `json:"name"`
	Titles []string `json:"titles"` // any of which may stand beside the name
	// Order is the place in the protocol's order, the smallest first.
	Order int `json:"order"`
	// From and Until bound the days of office, the last of them included; the
	// zero Date is open.
	From  bulletin.Date `json:"from"`
	Until bulletin.Date `json:"until"`
}

// InOffice reports whether the leader held the titles on a day.
func (l Leader) InOffice(day bulletin.Date) bool {
	at := day.String() // sorts as days do
	return (l.From.IsZero() || l.From.String() <= at) && (l.Until.IsZero() || at <= l.Until.String())
}

// A Cadence says when the next issue should be opened: a cron spec of five
// fields in the zone of the series. An empty Spec means that people open it.
type Cadence struct {
	Spec string `json:"spec,omitempty"`
	// MaxLate is how late a fire may still be made good; 0 means a day.
	MaxLate time.Duration `json:"max_late,omitempty"`
}
