package receipts

import "jianbao/fault"

// A State is what is known of one version of an issue at one unit, over all its
// addresses and its paper.
type State string

// The states, from the least that can be known to the most.
const (
	NotSent      State = "not-sent"     // 未发出: nothing left yet, or it is on its way
	Bounced      State = "bounced"      // 退信: every letter failed or came back
	Uncertain    State = "uncertain"    // 不确定: a letter may have gone
	Accepted     State = "accepted"     // 已发出: a relay took a letter
	Reached      State = "reached"      // 已到达: the mailbox has answered, or said that it has it
	HandedOver   State = "handed-over"  // 已领取: paper was handed over by name
	Acknowledged State = "acknowledged" // 已签收
	Refused      State = "refused"      // 拒收
)

// States lists every state.
var States = []State{NotSent, Bounced, Uncertain, Accepted, Reached, HandedOver, Acknowledged, Refused}

var stateTitles = map[State]fault.Sentence{
	NotSent:      fault.Say("receipts.state-not-sent", "未发出", "not sent"),
	Bounced:      fault.Say("receipts.state-bounced", "退信", "bounced"),
	Uncertain:    fault.Say("receipts.state-uncertain", "不确定是否发出", "may or may not have gone"),
	Accepted:     fault.Say("receipts.state-accepted", "已交邮件服务器", "taken by the relay"),
	Reached:      fault.Say("receipts.state-reached", "已到达", "reached"),
	HandedOver:   fault.Say("receipts.state-handed-over", "纸质件已领取", "paper handed over"),
	Acknowledged: fault.Say("receipts.state-acknowledged", "已签收", "acknowledged"),
	Refused:      fault.Say("receipts.state-refused", "拒收", "refused"),
}

// Title returns what people call the state, in both languages.
func (s State) Title() fault.Reason { return titleIn(stateTitles, s) }

// Settled reports whether nobody has to ask the unit any more: it has answered,
// or signed for its paper.
func (s State) Settled() bool { return s == Acknowledged || s == Refused || s == HandedOver }

// Got reports whether the unit can be expected to have it and to answer.
func (s State) Got() bool { return s == Accepted || s == Reached || s == Uncertain }

// A Fate is what became of one letter.
type Fate string

// The fates.
const (
	Waiting  Fate = "waiting" // queued or being tried
	Stopped  Fate = "stopped" // held or cancelled: it goes nowhere by itself
	Failed   Fate = "failed"  // refused, given up or bounced
	Perhaps  Fate = "perhaps" // it may have gone
	Taken    Fate = "taken"   // the relay took it
	Answered Fate = "answered"
)

var fateTitles = map[Fate]fault.Sentence{
	Waiting:  fault.Say("receipts.fate-waiting", "待发", "waits to go"),
	Stopped:  fault.Say("receipts.fate-stopped", "已停发", "stopped"),
	Failed:   fault.Say("receipts.fate-failed", "退信或失败", "failed or came back"),
	Perhaps:  fault.Say("receipts.fate-perhaps", "不确定是否发出", "may or may not have gone"),
	Taken:    fault.Say("receipts.fate-taken", "已交邮件服务器", "taken by the relay"),
	Answered: fault.Say("receipts.fate-answered", "对方已回信", "answered"),
}

// Title returns what people call the fate, in both languages.
func (f Fate) Title() fault.Reason { return titleIn(fateTitles, f) }

// rank sorts fates by how much they promise, and says what state each is.
var rank = []struct {
	fate  Fate
	state State
}{{Answered, Reached}, {Taken, Accepted}, {Perhaps, Uncertain}, {Waiting, NotSent}, {Stopped, NotSent}, {Failed, Bounced}}

// Facts are what the state of a unit is made of.
type Facts struct {
	Letters []Fate // of this version, to each of its addresses
	Handed  int    // paper copies handed over by name
	// Verdict is that of the receipt that holds; "" where none does.
	Verdict Verdict
}

// StateOf returns the state of a unit. Its own word comes first, and of several
// the last; then paper that somebody signed for; then the best of its letters. A
// letter that waits weighs more than one that failed, since the unit may still
// get it. It is made anew of the facts each time and kept nowhere.
func StateOf(f Facts) State {
	switch f.Verdict {
	case Received:
		return Acknowledged
	case Rejected:
		return Refused
	}
	if f.Handed > 0 {
		return HandedOver
	}
	for _, r := range rank {
		for _, fate := range f.Letters {
			if fate == r.fate {
				return r.state
			}
		}
	}
	return NotSent
}
