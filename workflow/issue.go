package workflow

import (
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/bulletin"
	"jianbao/recipients"
	"jianbao/recipients/copies"
)

// A State is where an issue stands.
type State string

// The states of an issue, in the order of its way.
const (
	Draft       State = "draft"       // 草稿
	Review      State = "review"      // 审签中: at a step after the edit
	Approved    State = "approved"    // 已签
	Registered  State = "registered"  // 已登记: it has its number
	Scheduled   State = "scheduled"   // 待发: frozen until its time
	Dispatching State = "dispatching" // 发送中
	Dispatched  State = "dispatched"  // 已发
	Archived    State = "archived"    // 已归档
	Withdrawn   State = "withdrawn"   // 已撤回
	Corrected   State = "corrected"   // 已更正: its correction is out
	Recalled    State = "recalled"    // 已撤销: after it was out
	Destroyed   State = "destroyed"   // 已销毁: its content; its number and history stay
)

// States lists every state in order.
func States() []State {
	return []State{Draft, Review, Approved, Registered, Scheduled, Dispatching, Dispatched, Archived, Withdrawn, Corrected, Recalled, Destroyed}
}

// An Issue is one edition of a series, from the first draft to the archive.
type Issue struct {
	ID     uuid.UUID
	Series uuid.UUID
	Kind   bulletin.Kind
	State  State
	Route  Route
	Step   int // index into Route; 0 while a draft
	// Round counts the ways through the route: a return begins a new one, and
	// decisions of earlier rounds count no more.
	Round int

	Text        string // what the editor edits
	Document    bulletin.Document
	Problems    []bulletin.Problem
	Circulation recipients.Circulation
	Copies      copies.Plan
	Attachments []Attachment // in the order in which they go out
	Pictures    []Attachment // that the text refers to, by name
	Template    int
	Authors     []uuid.UUID // whoever's hand is in the text

	Decisions  []Decision
	Assigned   []Assignment
	Amendments []Amendment // changes of what was signed off already
	// Emergency is set while the issue is on its way without all approvals, and
	// stays when they were made good.
	Emergency *Emergency
	// Reached is when it came to the step it is at: its deadline counts from
	// then.
	Reached time.Time

	Number    Number        // zero before registration
	Total     int           // 总第N期; 0 before registration, or where the series has none
	Date      bulletin.Date // the date it bears; zero before registration
	ReleaseAt time.Time
	Released  time.Time

	// Corrects is the issue that this one corrects, or uuid.Nil; Edition is
	// then which edition of the number it is, 2 for the first correction.
	// CorrectedBy is its own correction, open or out.
	Corrects, CorrectedBy uuid.UUID
	Edition               int
	// Recall is set once somebody asked for the recall of the issue.
	Recall *Recalling
	// Rulings are what was decided about single units after the release, the
	// first one first.
	Rulings []Ruling
	// Late is set once circulation or copies changed after the sign-off.
	Late *Lateness
	// Permission lets an internal issue go outside; nil: it does not.
	Permission *Permission
	// Widenings are what was asked and decided about further readers.
	Widenings []Widening

	Version int
	Opened  time.Time
	Changed time.Time
	// Events and Head are the length and the last hash of its history.
	Events int
	Head   string

	digest Digest // of what is withheld, once that is taken out; see Shown
}

// An Attachment is a file that goes out with the issue. Its bytes are kept
// under their hash.
type Attachment struct {
	Name   string `json:"name"`
	Type   string `json:"type"`
	Size   int    `json:"size"` // bytes
	SHA256 string `json:"sha256"`
}

// A Number is the number of an issue in the register of its series: unique per
// (series, kind, year), given once and never again. The zero Number is none.
type Number struct {
	Kind bulletin.Kind `json:"kind,omitempty"`
	Year int           `json:"year,omitempty"`
	No   int           `json:"no,omitempty"`
}

// IsZero reports whether there is no number.
func (n Number) IsZero() bool { return n.No == 0 }

// A RegisterLine is a line of the number register (发文登记).
type RegisterLine struct {
	Number
	Series uuid.UUID
	// Issue is uuid.Nil for what the program never saw: a back issue, or one
	// that circulates on paper only.
	Issue uuid.UUID
	Title string
	Date  bulletin.Date
	At    time.Time
	By    string
	Total int // 总第N期, or 0
	// Back says that the number was given elsewhere and entered here later.
	Back bool
	// Void is why the number stands for nothing, or ""; by whom and when.
	Void   string
	VoidBy string
	VoidAt time.Time
	// Paper is set where the issue circulates on paper only.
	Paper Paper
}

// An Actor is who acts: a person, or a robot of the program under its name.
type Actor struct {
	Person accounts.Person
	Robot  string
}

// Name returns what history calls the actor.
func (a Actor) Name() string {
	if a.Robot != "" {
		return a.Robot
	}
	return a.Person.Name
}
