package naming

import (
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"jianbao/fault"
	"jianbao/recipients"
	"jianbao/workflow"
)

// A Case is all that the rule looks at.
type Case struct {
	Issue   workflow.Issue
	Actor   workflow.Actor
	Options []workflow.Option // of the actor, for the issue
	Units   []recipients.Unit // of the directory
	Now     time.Time
}

// Meant is the unit that somebody chose: by its id or, where Words are not
// empty, by its full name.
type Meant struct {
	Unit  uuid.UUID
	Words string
}

var (
	notWaiting = fault.Say("naming.not-waiting", "名单里没有待核定的“%s”，可能已有人核定；请刷新后再看", "“%s” is not among the names to be settled; perhaps somebody has settled it. Reload the page")
	noSuchUnit = fault.Say("naming.no-such-unit", "通讯录里没有这个单位；请为“%s”选一个，或照通讯录写单位全称", "the directory has no such unit; choose one for “%s”, or write its full name as in the directory")
	unitEnded  = fault.Say("naming.unit-ended", "“%s”已于%s撤并，不能再选", "%s ended on %s and can no longer be chosen")
	heirsAre   = fault.Say("naming.heirs-are", "接替它的是：%s", "in its place came: %s")
	mayNot     = fault.Say("naming.may-not", "%s不能核定名单上的名称", "%s may not settle names of the lists")
	tooLate    = fault.Say("naming.too-late", "本期%s，名单不能再改", "this issue is %s; its lists can no longer change")
	settledAs  = fault.Say("naming.settled-as", "核定名单：“%s”即%s", "settled by hand: “%s” is %s")
)

// Decide returns the unit that a name is to mean. It fails with fault.Invalid if
// no such name waits or there is no such unit, or none any more, with
// fault.Forbidden and all reasons if the actor may not, and with fault.Blocked
// if the lists can no longer change.
func Decide(c Case, name string, meant Meant) (recipients.Unit, error) {
	if !slices.ContainsFunc(c.Issue.Circulation.Unsettled(), func(n recipients.Unsettled) bool { return n.Name == name }) {
		return recipients.Unit{}, fault.New(fault.Invalid, notWaiting.With(name))
	}
	if err := c.may(); err != nil {
		return recipients.Unit{}, err
	}
	n := slices.IndexFunc(c.Units, meant.is)
	if n < 0 {
		return recipients.Unit{}, fault.New(fault.Invalid, noSuchUnit.With(name))
	}
	unit := c.Units[n]
	if !unit.Stands(c.Now) {
		return recipients.Unit{}, fault.New(fault.Invalid, unitEnded.With(unit.Name, unit.Ended.Format(time.DateOnly)), c.heirs(unit)...)
	}
	return unit, nil
}

func (m Meant) is(u recipients.Unit) bool {
	if words := recipients.Tidy(m.Words); words != "" {
		return recipients.Tidy(u.Name) == words
	}
	return m.Unit != uuid.Nil && u.ID == m.Unit
}

// may returns why the actor may not have the lists resolved anew.
func (c Case) may() error {
	for _, o := range c.Options {
		switch {
		case o.Act != workflow.Circulate:
		case o.Allowed:
			return nil
		default:
			return fault.New(fault.Forbidden, mayNot.With(c.Actor.Name()), o.Reasons...)
		}
	}
	return fault.New(fault.Blocked, tooLate.With(c.Issue.State.Title()))
}

// heirs names the units that took the place of one that has ended.
func (c Case) heirs(ended recipients.Unit) []fault.Reason {
	var names []string
	for _, u := range c.Units {
		if slices.Contains(ended.Successors, u.ID) {
			names = append(names, u.Name)
		}
	}
	if names == nil {
		return nil
	}
	return []fault.Reason{heirsAre.With(strings.Join(names, "、"))}
}
