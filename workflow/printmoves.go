package workflow

import (
	"github.com/google/uuid"

	"jianbao/fault"
	"jianbao/recipients/copies"
)

// The acts on printed copies, and on whom an issue goes to besides its lists.
const (
	Apportion Act = "apportion" // 核定份数: the equation, edited
	Stamp     Act = "stamp"     // 编份号
	Permit    Act = "permit"    // 准许外发: mail of an internal issue to outside domains
	Post      Act = "post"      // 登记份数: what is done with copies that are out
	HandOut   Act = "hand-out"  // 交接: a unit takes its copies
	Widen     Act = "widen"     // 申请增发
	Grant     Act = "grant"     // 同意增发
	Deny      Act = "deny"      // 不同意增发
)

// A PrintOrder is the particulars of an act on printed copies. Each act looks at
// its own.
type PrintOrder struct {
	Apportion *copies.Apportionment // Apportion
	// Stamp: the first copy number, 0 for none, and those that were chosen by
	// hand (see [copies.Plan.Number]).
	First  int
	ByHand []copies.Numbers
	Deed   *copies.Order    // Post; who, when and ids are the case's
	Hand   *copies.Handover // HandOut; the clerk and the id are the case's
	Extra  int              // Widen: copies for the unit of the order; 0 for mail alone
	// Name is what the unit of Post and Widen is called; [Desk.Act] finds it.
	Name string
}

// printMoves are the lines of the table for printed copies.
var printMoves = []Move{
	{Act: Apportion, Who: editorOrClerk,
		From: []State{Draft, Review, Approved, Registered}, Stays: true, To: []State{Draft, Review},
		Needs: []Rule{allClassed, sharesFit}, Apply: applyApportion},
	{Act: Stamp, Who: clerk,
		From: []State{Approved, Registered}, Stays: true,
		Needs: []Rule{copiesAddUp, numbersFit}, Apply: applyStamp},
	{Act: Permit, Who: responsible,
		From: []State{Review, Approved, Registered}, Stays: true,
		If: []Rule{goesOutside}, Needs: []Rule{reasonGiven, notAuthor}, Apply: applyPermit},
	{Act: Post, Who: clerk,
		From: inLedger, Stays: true, Together: true,
		Needs: []Rule{deedTaken}, Apply: applyPost},
	{Act: HandOut, Who: clerk,
		From: inLedger, Stays: true, Together: true,
		Needs: []Rule{handTaken}, Apply: applyHandOut},
	{Act: Widen, Who: editorOrClerk,
		From: outState, Stays: true, Together: true,
		Needs: []Rule{reasonGiven, noRecallOpen, noCorrection, newAsk}, Apply: applyWiden},
	{Act: Grant, Who: responsible,
		From: outState, Stays: true, Together: true,
		If: []Rule{wideningAsked}, Needs: []Rule{noRecallOpen, noCorrection, otherThanWidens, extraTaken}, Apply: applyGrant},
	{Act: Deny, Who: responsible,
		From: outState, Stays: true, Together: true,
		If: []Rule{wideningAsked}, Needs: []Rule{reasonGiven, otherThanWidens}, Apply: applyDeny},
}

// inLedger are the states in which copies are in the ledger.
var inLedger = []State{Dispatching, Dispatched, Archived, Corrected, Recalled}

// together reports whether people may do an act at once: it depends on the
// ledger as it is under the lock, and not on the version that they saw.
func (a Act) together() bool {
	for _, m := range table {
		if m.Act == a {
			return m.Together
		}
	}
	return false
}

// slip completes the particulars of an entry with those that are the case's.
func (c Case) slip(s copies.Slip) copies.Slip {
	s.At, s.By, s.NewID = moment(c.Now), c.Actor.Name(), c.Order.NewID
	if s.NewID == nil {
		s.NewID = uuid.New // a rule only tries it
	}
	return s
}

// unitName is what a unit is called: by the issue, or by the directory.
func (c Case) unitName(unit uuid.UUID) string {
	if name, known := c.recipient(unit); known {
		return name
	}
	if c.Order.Print.Name != "" {
		return c.Order.Print.Name
	}
	return unit.String()
}

// account is what an account is called in history.
func (c Case) account(a copies.Account) string {
	if a.Kind == copies.Unit {
		return c.unitName(a.Unit)
	}
	return a.Kind.Title().In(fault.ZH)
}
