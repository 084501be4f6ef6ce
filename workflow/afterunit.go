package workflow

import (
	"strings"
	"time"

	"github.com/google/uuid"

	"jianbao/fault"
	"jianbao/recipients/copies"
)

// The acts on one unit of an issue that is out, beside [Resend].
const (
	Shelve Act = "shelve" // 搁置: it is known that the issue does not reach it, and left so
	Calm   Act = "calm"   // 停止催办: nobody asks it for a receipt any more
)

// A Ruling is what a clerk decided about one unit after the release, and why.
// It is a line of the issue's history too.
type Ruling struct {
	Unit   uuid.UUID `json:"unit"`
	Act    Act       `json:"act"`              // Resend, Shelve or Calm
	Copies int       `json:"copies,omitempty"` // on paper, of Resend
	By     string    `json:"by"`
	At     time.Time `json:"at"`
	Reason string    `json:"reason"`
}

// unitMoves are the lines of the table for single units.
var unitMoves = []Move{
	{Act: Resend, Who: clerk,
		From: outState, Stays: true,
		Needs: []Rule{reasonGiven, noCorrection, noRecallOpen, listedUnit, paperThere, insideOnly}, Apply: applyResend},
	{Act: Shelve, Who: clerk,
		From: outState, Stays: true,
		Needs: []Rule{reasonGiven, listedUnit}, Apply: applyShelve},
	{Act: Calm, Who: clerk,
		From: outState, Stays: true,
		Needs: []Rule{reasonGiven, listedUnit}, Apply: applyCalm},
}

var (
	sentPaper = fault.Say("workflow.fact.resent-paper", "给%s纸质件%d份", "%s is given %d paper copies")
	leftAsIs  = fault.Say("workflow.fact.shelved", "%s暂不再发：%s", "%s is left as it is: %s")
	calmed    = fault.Say("workflow.fact.calmed", "不再向%s催签收：%s", "%s is not asked for its receipt any more: %s")
	noBook    = fault.Say("workflow.no-copy-book", "本期没有份数台账，不能另给纸质件", "the issue has no book of copies, so that no paper can be given")
	morePaper = fault.Say("workflow.more-paper", "%s按名单应得%d份，补发的纸质件连同以前补发的共%d份；要多给请另行申请增发", "%s is listed with %d copies and would have been sent %d again in all; ask for a wider distribution to give it more")
	badPaper  = fault.Say("workflow.bad-paper", "纸质件份数须在1到%d之间", "paper copies are from 1 to %d")
)

var paperThere = Rule{"paper-there",
	fault.Say("workflow.rule.paper-there", "另给的纸质件记入份数台账", "paper that is given is in the book of copies"),
	func(c Case) []fault.Reason {
		if _, err := c.paper(); err != nil {
			shown := fault.Shown(err)
			return append(shown.Reasons, unless(len(shown.Reasons) > 0, shown.Message)...)
		}
		return nil
	}}

// paper are the entries of paper that an order gives to a unit of the lists:
// what the stock lacks is printed. It stands in the place of what was signed off
// and did not arrive, so that whoever signed consents; more than that is a wider
// distribution (Regulation art. 31), see [Widen].
func (c Case) paper() ([]copies.Entry, error) {
	const most = 1000
	switch {
	case c.Order.Copies == 0:
		return nil, nil
	case c.Order.Copies < 0 || c.Order.Copies > most:
		return nil, fault.New(fault.Invalid, badPaper.With(most))
	case c.Ledger == nil || c.Ledger.Made() == 0:
		return nil, fault.New(fault.Blocked, noBook.With())
	}
	if listed, again := c.paperAgain(); again > listed {
		name, _ := c.recipient(c.Order.Unit)
		return nil, fault.New(fault.Blocked, morePaper.With(name, listed, again))
	}
	_, signed := c.Issue.handsIn()
	if signed == "" {
		signed = c.Actor.Name()
	}
	return c.Ledger.Extra(copies.Slip{
		At: moment(c.Now), By: c.Actor.Name(), Person: signed, Reason: c.Order.Note, NewID: c.Order.NewID,
	}, c.Order.Unit, c.Order.Copies)
}

// paperAgain is how many copies were consented to for the unit of the order, one
// at least, and how many it will have been sent again.
func (c Case) paperAgain() (listed, again int) {
	for _, s := range c.Issue.Copies.Shares {
		if s.Unit == c.Order.Unit {
			listed += s.Copies
		}
	}
	for _, w := range c.Issue.Widenings {
		if w.Unit == c.Order.Unit && w.Decision == Grant {
			listed += w.Copies
		}
	}
	again = c.Order.Copies
	for _, r := range c.Issue.Rulings {
		if r.Unit == c.Order.Unit {
			again += r.Copies
		}
	}
	return max(1, listed), again
}

// rule enters what was decided about a unit.
func (c Case) rule(next *Change) {
	all := append([]Ruling(nil), next.Issue.Rulings...)
	next.Issue.Rulings = append(all, Ruling{
		Unit: c.Order.Unit, Act: c.Order.Act, Copies: c.Order.Copies, By: c.Actor.Name(), At: moment(c.Now), Reason: strings.TrimSpace(c.Order.Note),
	})
}

func applyShelve(c Case, next *Change) []fault.Reason {
	c.Order.Copies = 0
	c.rule(next)
	name, _ := c.recipient(c.Order.Unit)
	return []fault.Reason{leftAsIs.With(name, c.Order.Note)}
}

func applyCalm(c Case, next *Change) []fault.Reason {
	c.Order.Copies = 0
	c.rule(next)
	name, _ := c.recipient(c.Order.Unit)
	return []fault.Reason{calmed.With(name, c.Order.Note)}
}
