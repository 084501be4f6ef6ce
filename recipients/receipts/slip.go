package receipts

import (
	"time"

	"github.com/google/uuid"

	"jianbao/fault"
)

// A Slip is a receipt slip (回执): the right to acknowledge one version of an
// issue for one unit, once, without an account. Whoever has its token has it;
// kept is the token's hash alone.
type Slip struct {
	ID       uuid.UUID
	Hash     string // SHA-256 of the token, hex
	Issue    uuid.UUID
	Dispatch uuid.UUID
	Version  string
	Unit     uuid.UUID
	Name     string // the unit's full name
	Means    Means  // ByLink or ByCode
	Copies   int    // the paper copies the unit should get
	Made     time.Time
	Expires  time.Time
	Used     time.Time // zero: not yet
}

// SlipTime is how long a slip holds: well beyond every ladder of reminders.
const SlipTime = 60 * 24 * time.Hour

// SlipID returns the id of the slip of a unit for a dispatch. It is the same
// wherever it is made, so that all letters to the unit, to whichever of its
// addresses and however late, have one slip (RFC 9562 5.5).
func SlipID(dispatch, unit uuid.UUID, means Means) uuid.UUID {
	return uuid.NewSHA1(dispatch, append(unit[:], means...))
}

var (
	slipUsed    = fault.Say("receipts.slip-used", "已于%s办理，不必再签", "this was answered on %s already")
	slipExpired = fault.Say("receipts.slip-expired", "这个链接已于%s失效；请回信“已收到”，或打电话告诉编辑部", "this link ended on %s; please answer the letter with “已收到”, or ring the editors")
)

// China is the zone in which slips speak of time.
var China = time.FixedZone("CST", 8*60*60)

// May returns nil if the slip can be used at now, and fault.Blocked with the
// reason otherwise.
func (s Slip) May(now time.Time) error {
	const clock = "2006-01-02 15:04"
	switch {
	case !s.Used.IsZero():
		return fault.New(fault.Blocked, slipUsed.With(s.Used.In(China).Format(clock)))
	case !now.Before(s.Expires):
		return fault.New(fault.Blocked, slipExpired.With(s.Expires.In(China).Format(clock)))
	}
	return nil
}

// Receipt returns what somebody who used the slip said, for its unit and
// version, as it is to be entered at now.
func (s Slip) Receipt(id uuid.UUID, said Said, now time.Time) Receipt {
	return Receipt{
		ID: id, Issue: s.Issue, Version: s.Version, Unit: s.Unit, Name: s.Name, Means: s.Means, Verdict: said.Verdict,
		By: said.By, At: now, Copies: said.Copies, Expected: s.Copies, Reason: said.Reason, Entered: now, EnteredBy: said.Inside, Slip: s.ID,
	}
}

// Said is what the form of a slip asks for.
type Said struct {
	Verdict Verdict
	By      string
	Copies  int
	Reason  string
	// Inside is who pressed the button where that was somebody of the office who
	// has signed in; "" where it was the unit, as far as anybody can tell.
	Inside string
}
