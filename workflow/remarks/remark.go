package remarks

import (
	"time"

	"github.com/google/uuid"

	"jianbao/bulletin"
	"jianbao/workflow"
	"jianbao/workflow/calendar"
)

// A Remark is what a leader wrote on an issue (批示), and what became of it:
//
//	entered → checked → assigned ⇄ replied → closed → reported
//
// Whoever enters it and whoever checks it against the paper are two people. One
// that asks nobody for anything (阅, 很好) is closed without a slip. Void ends one
// that was entered by mistake, with the reason.
type Remark struct {
	ID     uuid.UUID
	Series uuid.UUID
	Issue  uuid.UUID
	State  State
	Writing

	Entered Hand
	Checked Hand
	Slip    *Slip // once it was given to units
	Closed  Hand  // with the outcome as its note
	Told    Hand  // who reported to the leader, and how
	// Shown are the later issues whose texts took it over (批示选登).
	Shown []uuid.UUID `json:"shown,omitempty"`

	Version int
	// Lines and Head are the length and the last hash of its history.
	Lines int
	Head  string
}

// A Writing is the remark itself.
type Writing struct {
	Leader string `json:"leader"`
	Role   string `json:"role,omitempty"` // 市长
	Text   string `json:"text"`
	// Date is as it was written: the year may be missing (0).
	Date bulletin.Date `json:"date"`
	// Item is the place of the item it is on, from 1; 0 is the whole issue.
	Item   int    `json:"item,omitempty"`
	Source Source `json:"source"`
	// Scan is the kept file that shows it, for FromScan.
	Scan workflow.Attachment `json:"scan,omitzero"`
	// Mail is the mail that came in and that it was read in, for FromReply;
	// uuid.Nil is none.
	Mail uuid.UUID `json:"mail,omitzero"`
}

// A Source is where a remark was read.
type Source string

// The sources.
const (
	FromReply Source = "reply" // 回复邮件
	FromScan  Source = "scan"  // 扫描件
	ByKeying  Source = "keyed" // 录入: of the paper itself, or of a call
)

// Sources returns every source.
func Sources() []Source { return []Source{FromReply, FromScan, ByKeying} }

// A State is where a remark stands.
type State string

// The states.
const (
	Entered  State = "entered"  // 待核对
	Checked  State = "checked"  // 待交办
	Assigned State = "assigned" // 办理中
	Replied  State = "replied"  // 已反馈: all units have, and nobody sent it back
	Closed   State = "closed"   // 已办结
	Reported State = "reported" // 已报告
	Voided   State = "void"     // 作废
)

// A Hand is who did something, when, and what they said. The zero Hand is
// nobody.
type Hand struct {
	By   uuid.UUID `json:"by"`
	Name string    `json:"name"`
	At   time.Time `json:"at"`
	Note string    `json:"note,omitempty"`
}

// An Slip is what units get (督办单): what is to be done, by whom and until when.
type Slip struct {
	Year  int              `json:"year"`
	No    int              `json:"no"` // runs within series and year, without a gap
	Task  string           `json:"task"`
	Units []workflow.Named `json:"units"` // the first leads
	// Due is the last day; Words are those of the remark that it was found in,
	// "" where it was set.
	Due        calendar.Day `json:"due"`
	Words      string       `json:"words,omitempty"`
	Given      Hand         `json:"given"`
	Replies    []Reply      `json:"replies,omitempty"`
	Extensions []Extension  `json:"extensions,omitempty"`
}

// A Reply is what a unit answered; Back is set where that did not do.
type Reply struct {
	Unit uuid.UUID `json:"unit"`
	Name string    `json:"name"`
	Text string    `json:"text"`
	Hand Hand      `json:"hand"` // who entered it
	Back Hand      `json:"back,omitzero"`
}

// An Extension is more time that a unit asked for before the time was up.
type Extension struct {
	To      calendar.Day `json:"to"`
	Asked   Hand         `json:"asked"`
	Decided Hand         `json:"decided,omitzero"`
	Granted bool         `json:"granted,omitempty"`
}

// answered reports whether the last reply of a unit stands.
func (s *Slip) answered(unit uuid.UUID) bool {
	for n := len(s.Replies) - 1; n >= 0; n-- {
		if s.Replies[n].Unit == unit {
			return s.Replies[n].Back.By == uuid.Nil
		}
	}
	return false
}

// Waiting returns the units that have not answered so that it would do.
func (s *Slip) Waiting() (units []workflow.Named) {
	for _, u := range s.Units {
		if !s.answered(u.ID) {
			units = append(units, u)
		}
	}
	return units
}

// Answered returns the units whose last reply stands.
func (s *Slip) Answered() (units []workflow.Named) {
	for _, u := range s.Units {
		if s.answered(u.ID) {
			units = append(units, u)
		}
	}
	return units
}

// Asked returns the extension that waits for a decision.
func (s *Slip) Asked() (Extension, bool) {
	if n := s.asked(); n >= 0 {
		return s.Extensions[n], true
	}
	return Extension{}, false
}

// asked is the place of the extension that waits for a decision, or -1.
func (s *Slip) asked() int {
	if n := len(s.Extensions) - 1; n >= 0 && s.Extensions[n].Decided.By == uuid.Nil {
		return n
	}
	return -1
}

// Written returns the day on which a remark was written, in full: where it has
// no year, the first such day on or after the day the issue bears. The zero
// Date stays zero.
func (t Writing) Written(issue bulletin.Date) bulletin.Date {
	d := t.Date
	if d.Year != 0 || d.Day == 0 || issue.IsZero() {
		return d
	}
	for d.Year = issue.Year; d.Year < issue.Year+9; d.Year++ { // February 29 may be some years off
		if d.Real() && d.String() >= issue.String() {
			return d
		}
	}
	return t.Date
}
