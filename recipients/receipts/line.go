package receipts

import (
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"jianbao/recipients"
)

// A Line is what is known of one unit of an issue: a line of the receipt board.
type Line struct {
	Unit     uuid.UUID
	Name     string // the full name, as it was written to
	Label    string // 报, 送, 发 …
	Version  string // the digest of what was sent to it last
	State    State
	Sent     time.Time // when that was released
	Copies   int       // the paper copies it should get
	Handed   int       // those that were handed over
	Given    int       // those of Copies that were given after the release, in the place of mail
	Letters  []Letter  // of this version, the first one first
	Receipts []Receipt // of this version, the first one first
	Rungs    []int     // of the ladder that were climbed for it, in order
	// Shelved is what was decided about a unit that the issue does not reach, or
	// nil; Calm, that nobody asks it for a receipt any more.
	Shelved, Calm *Ruling
	// Seen are those of the office who saw the unit's own link, the first one
	// first.
	Seen []Sight
}

// A Letter is one letter of the version to one address of the unit.
type Letter struct {
	ID      uuid.UUID
	Address string
	Fate    Fate
	Code    int // what the relay said, as SMTP; 0 where it said nothing
	Words   string
	At      time.Time // of the last change
}

// A Ruling is what a clerk decided about a unit, and why.
type Ruling struct {
	By     string
	At     time.Time
	Reason string
}

// A Sight is that somebody of the office was shown the very letter of a unit,
// with the link by which the unit signs. What is signed by that link afterwards
// may have been signed by others than the unit, and the board says so.
type Sight struct {
	Slip uuid.UUID
	By   string
	At   time.Time
}

// Doubted returns who of the office had seen the link before a receipt was
// made by it: nobody for receipts that came in other ways.
func (l Line) Doubted(r Receipt) (all []Sight) {
	for _, s := range l.Seen {
		if s.Slip == r.Slip && r.Slip != uuid.Nil && !s.At.After(r.Entered) {
			all = append(all, s)
		}
	}
	return all
}

// Last returns the receipt that holds, and whether there is one.
func (l Line) Last() (Receipt, bool) { return Standing(l.Receipts) }

// Count returns how many lines are in each state.
func Count(lines []Line) map[State]int {
	all := map[State]int{}
	for _, l := range lines {
		all[l.State]++
	}
	return all
}

// A Call is a line of the phone list: whom to ring about a unit that has not
// answered.
type Call struct {
	Line
	Contact recipients.Contact // who is asked first
	Deputy  recipients.Contact // who is asked then
	Phone   string             // of the unit
}

// Reachable reports whether the list knows any number.
func (c Call) Reachable() bool { return c.Contact.Phone != "" || c.Deputy.Phone != "" || c.Phone != "" }

// Calls returns the phone list of an issue: every unit that nobody has an answer
// of, those of which no number is known last, otherwise in the order of the
// lists. units are those of the directory now.
func Calls(lines []Line, units []recipients.Unit) []Call {
	byID := map[uuid.UUID]recipients.Unit{}
	for _, u := range units {
		byID[u.ID] = u
	}
	var all []Call
	for _, l := range lines {
		if !l.State.Settled() {
			u := byID[l.Unit]
			all = append(all, Call{Line: l, Contact: u.Contact, Deputy: u.Deputy, Phone: u.Phone})
		}
	}
	slices.SortStableFunc(all, func(a, b Call) int {
		switch {
		case a.Reachable() == b.Reachable():
			return 0
		case a.Reachable():
			return -1
		}
		return 1
	})
	return all
}

// A Due is one version that a unit was sent, and how that ended: what
// [Punctuality] counts.
type Due struct {
	Unit    uuid.UUID
	Name    string
	Sent    time.Time
	By      time.Time // by when it should have been acknowledged
	Answer  time.Time // when it was received or rejected; zero: not yet
	Verdict Verdict
	Short   int
}

// A Record is how a unit acknowledges: of how many versions sent.
type Record struct {
	Unit    uuid.UUID
	Name    string
	Sent    int
	OnTime  int // acknowledged by the deadline
	Late    int // acknowledged after it
	Refused int
	Open    int // not answered, and the deadline still to come
	Missing int // not answered, and the deadline past
	Short   int // copies that were missing, in all
}

// Rate returns the part acknowledged on time of what is due, in per cent; -1
// where nothing is.
func (r Record) Rate() int {
	due := r.Sent - r.Open - r.Refused
	if due == 0 {
		return -1
	}
	return r.OnTime * 100 / due
}

// Punctuality counts by unit, the least punctual first; a unit is called what it
// was called last.
func Punctuality(all []Due, now time.Time) []Record {
	byUnit, last := map[uuid.UUID]*Record{}, map[uuid.UUID]time.Time{}
	for _, d := range all {
		r := byUnit[d.Unit]
		if r == nil {
			r = &Record{Unit: d.Unit}
			byUnit[d.Unit] = r
		}
		if r.Name == "" || !d.Sent.Before(last[d.Unit]) {
			r.Name, last[d.Unit] = d.Name, d.Sent
		}
		r.count(d, now)
	}
	records := make([]Record, 0, len(byUnit))
	for _, r := range byUnit {
		records = append(records, *r)
	}
	slices.SortFunc(records, func(a, b Record) int {
		if a.Rate() != b.Rate() {
			return a.Rate() - b.Rate()
		}
		return strings.Compare(a.Name+a.Unit.String(), b.Name+b.Unit.String())
	})
	return records
}

func (r *Record) count(d Due, now time.Time) {
	r.Sent++
	r.Short += d.Short
	switch {
	case d.Verdict == Rejected:
		r.Refused++
	case d.Verdict != Received && now.After(d.By):
		r.Missing++
	case d.Verdict != Received:
		r.Open++
	case d.Answer.After(d.By):
		r.Late++
	default:
		r.OnTime++
	}
}
