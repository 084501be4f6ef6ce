package receipts

import (
	"slices"
	"strings"

	"jianbao/fault"
	"jianbao/recipients"
)

// A Need is why a unit waits for a person: the issue does not reach it by
// itself.
type Need string

// The needs.
const (
	CameBack Need = "came-back" // 退信: to all of its addresses
	InDoubt  Need = "in-doubt"  // a letter may have gone, and nobody knows
	Halted   Need = "halted"    // its letters are held or cancelled
	Nowhere  Need = "nowhere"   // there is neither a letter nor paper for it
)

// Needs lists every need.
var Needs = []Need{CameBack, InDoubt, Halted, Nowhere}

var needTitles = map[Need]fault.Sentence{
	CameBack: fault.Say("receipts.need-came-back", "全部退信，须换地址或改送纸质", "all mail came back: it needs another address, or paper"),
	InDoubt:  fault.Say("receipts.need-in-doubt", "不确定是否发出，须核实", "mail may or may not have gone: somebody must find out"),
	Halted:   fault.Say("receipts.need-halted", "信件已暂停或取消，须处理", "its letters are held or cancelled: somebody must decide"),
	Nowhere:  fault.Say("receipts.need-nowhere", "既没有邮件也没有纸质件，须处理", "there is neither mail nor paper for it: somebody must decide"),
}

// Title returns what people call the need, in both languages.
func (n Need) Title() fault.Reason { return titleIn(needTitles, n) }

// Need returns why a unit waits for a person, or "". Every unit that is listed
// has answered, can be expected to answer, has something on its way, was
// shelved by a person with a reason, or has a need: none is passed over in
// silence.
func (l Line) Need() Need {
	switch {
	case l.State.Settled() || l.shelved():
		return ""
	case l.State == Uncertain:
		return InDoubt
	case l.State.Got() || l.Given > 0 || l.has(Waiting):
		return ""
	case l.State == Bounced:
		return CameBack
	case l.has(Stopped):
		return Halted
	case l.Copies > 0:
		return ""
	}
	return Nowhere
}

// shelved reports whether a clerk has decided to leave the unit as it is, and no
// letter has come to anything since.
func (l Line) shelved() bool {
	return l.Shelved != nil && !slices.ContainsFunc(l.Letters, func(m Letter) bool { return m.At.After(l.Shelved.At) })
}

func (l Line) has(f Fate) bool {
	return slices.ContainsFunc(l.Letters, func(m Letter) bool { return m.Fate == f })
}

// Untried returns the addresses of a unit, as the directory has it by now, that
// no letter of the line failed at: those that are proposed next.
func (l Line) Untried(u recipients.Unit) (all []string) {
	for _, a := range u.Mailboxes() {
		if !slices.ContainsFunc(l.Letters, func(m Letter) bool { return strings.EqualFold(m.Address, a) && m.Fate == Failed }) {
			all = append(all, a)
		}
	}
	return all
}
