package filing

import (
	"strings"
	"time"

	"github.com/google/uuid"

	"jianbao/fault"
	"jianbao/workflow"
	"jianbao/workflow/calendar"
)

// A Hold keeps an item off destruction lists (延期、暂缓销毁): an appraisal that it
// is of use still, an inquiry, a lawsuit. It ends with a year, or when somebody
// lifts it.
type Hold struct {
	ID     uuid.UUID `json:"id"`
	Issue  uuid.UUID `json:"issue"`
	Until  int       `json:"until,omitempty"` // the last year that it holds; 0 is until it is lifted
	Placed Hand      `json:"placed"`          // with the reason as its note
	Lifted Hand      `json:"lifted,omitzero"`
}

// Stands reports whether the hold holds on a day.
func (h Hold) Stands(today calendar.Day) bool {
	return !h.Lifted.Done() && (h.Until == 0 || today.Year <= h.Until)
}

// A HoldOrder places a hold or, where Lift says so, lifts the one that stands.
type HoldOrder struct {
	Lift   bool
	Until  int
	Reason string
}

// A HoldCase is all that is looked at to decide about a hold.
type HoldCase struct {
	Standing
	Series workflow.Series
	Actor  workflow.Actor
	Order  HoldOrder
	Now    time.Time
}

var (
	holdRefused = fault.Say("filing.hold.refused", "不能这样办理暂缓销毁", "this cannot be done about a hold")
	holdRole    = fault.Say("filing.hold.role", "%s没有本刊的收发、审核或签发职责，不能办理暂缓销毁", "%s is no clerk, reviewer or signatory of this series and may place or lift no hold")
	holdReason  = fault.Say("filing.hold.reason", "请写明理由，不超过%d个字", "give a reason, of at most %d characters")
	holdYear    = fault.Say("filing.hold.year", "暂缓到的年份%d已经过去，或早于原保管期限", "the hold until %d has ended before it begins, or ends before the period does")
	holdThere   = fault.Say("filing.hold.there", "已有暂缓销毁：%s（%s）", "a hold stands already: %s (%s)")
	holdNone    = fault.Say("filing.hold.none", "没有暂缓销毁可以解除", "there is no hold to lift")
	holdGone    = fault.Say("filing.hold.gone", "内容已经销毁", "its content is destroyed already")
)

// DecideHold places or lifts a hold. It fails with fault.Forbidden if the actor
// may not, and otherwise with fault.Blocked and every reason.
func DecideHold(c HoldCase, id uuid.UUID) (Hold, error) {
	if !holds(c.Actor, c.Series.ID, append(heads, clerks...)...) {
		return Hold{}, fault.New(fault.Forbidden, holdRefused.With(), holdRole.With(c.Actor.Name()))
	}
	today := calendar.DayOf(c.Now.In(c.Series.Location()))
	stands, held := c.Held(today)
	hand := handOf(c.Actor, c.Now, c.Order.Reason)
	reasons := unless(strings.TrimSpace(c.Order.Reason) != "" && brief(c.Order.Reason), holdReason.With(mostWords))
	reasons = append(reasons, unless(c.State != workflow.Destroyed, holdGone.With())...)
	if c.Order.Lift {
		reasons = append(reasons, unless(held, holdNone.With())...)
		stands.Lifted = hand
	} else {
		if held {
			reasons = append(reasons, holdThere.With(stands.Placed.Note, stands.Placed.Name))
		}
		last, ends := c.Item.Class.Last(c.Item.Year)
		fits := c.Order.Until == 0 || c.Order.Until >= today.Year && !(ends && c.Order.Until <= last.Year)
		reasons = append(reasons, unless(fits, holdYear.With(c.Order.Until))...)
		stands = Hold{ID: id, Issue: c.Item.Issue, Until: c.Order.Until, Placed: hand}
	}
	if len(reasons) > 0 {
		return Hold{}, fault.New(fault.Blocked, holdRefused.With(), reasons...)
	}
	return stands, nil
}
