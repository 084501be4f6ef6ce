package setup

import (
	"slices"

	"jianbao/fault"
	"jianbao/workflow"
)

var (
	stepAdded   = fault.Say("setup.step-added", "流程新增第%d步：%s", "the route gets step %d: %s")
	stepGone    = fault.Say("setup.step-gone", "流程去掉原第%d步：%s", "the route loses what was step %d: %s")
	stepChanged = fault.Say("setup.step-changed", "流程第%d步：由“%s”改为“%s”", "step %d of the route: from “%s” to “%s”")

	stepIs      = fault.Say("setup.step", "%s，%s办理", "%s by %s")
	stepNeeds   = fault.Say("setup.step-needs", "%s，%d人同意", "%s, %d must approve")
	stepNeedAll = fault.Say("setup.step-needs-all", "%s，全部同意", "%s, all must approve")
	stepSkipped = fault.Say("setup.step-skipped", "%s，%s", "%s, %s")
	stepTimed   = fault.Say("setup.step-timed", "%s，限%d个工作小时", "%s, within %d working hours")
	stepLate    = fault.Say("setup.step-late", "%s，逾期%s", "%s, when overdue %s")
	headsOfUnit = fault.Say("setup.heads-of-unit", "%s负责人", "the head of %s")
	roleHolders = fault.Say("setup.role-holders", "本刊%s", "%s of the series")

	lateEscalate = fault.Say("setup.late.escalate-to", "提请%s", "escalate to %s")
)

// lateWords are what is done about a step that is overdue.
var lateWords = map[workflow.OverdueAct]fault.Sentence{
	workflow.Remind:   fault.Say("setup.late.remind", "催办", "remind"),
	workflow.Escalate: fault.Say("setup.late.escalate", "提请上级", "escalate"),
	workflow.PassOn:   fault.Say("setup.late.pass-on", "转代办人", "pass on to deputies"),
}

// StepWords says in one sentence who decides at a step, how many must, and how
// long they have.
func StepWords(s workflow.Step) fault.Reason {
	words := stepIs.With(s.Kind.Title(), Deciders(s))
	switch {
	case s.Need == workflow.All:
		words = stepNeedAll.With(words)
	case s.Need > 1:
		words = stepNeeds.With(words, s.Need)
	}
	if s.Hours > 0 {
		words = stepTimed.With(words, s.Hours)
	}
	switch s.Overdue.Do {
	case workflow.Escalate:
		words = stepLate.With(words, lateEscalate.With(s.Overdue.To.Name))
	case workflow.PassOn:
		words = stepLate.With(words, lateWords[workflow.PassOn].With())
	}
	if rule, known := workflow.SkipRules()[s.Skip]; known {
		words = stepSkipped.With(words, rule.Says.With())
	}
	return words
}

// Deciders says who may decide at a step.
func Deciders(s workflow.Step) fault.Reason {
	if s.Role != "" {
		return roleHolders.With(s.Role.Title())
	}
	var all []fault.Reason
	for _, who := range s.People {
		all = append(all, text(who.Name))
	}
	for _, unit := range s.Units {
		all = append(all, headsOfUnit.With(unit.Name))
	}
	return listed(all)
}

// sameStep reports whether two steps come to the same.
func sameStep(a, b workflow.Step) bool {
	return a.Kind == b.Kind && a.Role == b.Role && sameNamed(a.People, b.People) && sameNamed(a.Units, b.Units) &&
		(a.Need == b.Need || max(a.Need, b.Need) == 1 && min(a.Need, b.Need) == 0) && a.Skip == b.Skip && a.Hours == b.Hours &&
		or(a.Overdue.Do, workflow.Remind) == or(b.Overdue.Do, workflow.Remind) &&
		(a.Overdue.Do != workflow.Escalate || a.Overdue.To.ID == b.Overdue.To.ID)
}

// routeDifferences says what is other in a route. Steps are held against each
// other in their order: those of one kind, so that as few as can be are new.
func routeDifferences(before, after workflow.Route) (all []fault.Reason) {
	pairs := pairUp(before, after)
	for n, step := range before {
		if pairs.gone(n) {
			all = append(all, stepGone.With(n+1, StepWords(step)))
		}
	}
	for n, step := range after {
		switch was := pairs[n]; {
		case was < 0:
			all = append(all, stepAdded.With(n+1, StepWords(step)))
		case !sameStep(before[was], step):
			all = append(all, stepChanged.With(n+1, StepWords(before[was]), StepWords(step)))
		}
	}
	return all
}

// OfRoute reports whether a difference is one of the route, of which
// [RunningKeep] is to be said.
func OfRoute(difference fault.Reason) bool {
	return slices.Contains([]string{stepAdded.Key, stepGone.Key, stepChanged.Key}, difference.Key)
}

// A pairing has for each step of the new route which of the old one it is, or
// -1.
type pairing []int

func (p pairing) gone(old int) bool {
	for _, was := range p {
		if was == old {
			return false
		}
	}
	return true
}

// pairUp finds the longest common run of kinds, steps that are the same before
// others of their kind: with at most a dozen steps the plain table will do.
func pairUp(before, after workflow.Route) pairing {
	worth := make([][]int, len(before)+1)
	for n := range worth {
		worth[n] = make([]int, len(after)+1)
	}
	match := func(a, b int) int {
		switch {
		case before[a].Kind != after[b].Kind:
			return 0
		case sameStep(before[a], after[b]):
			return 3
		}
		return 2
	}
	for a := len(before) - 1; a >= 0; a-- {
		for b := len(after) - 1; b >= 0; b-- {
			worth[a][b] = max(worth[a+1][b], worth[a][b+1])
			if m := match(a, b); m > 0 {
				worth[a][b] = max(worth[a][b], m+worth[a+1][b+1])
			}
		}
	}
	pairs := make(pairing, len(after))
	for a, b := 0, 0; b < len(after); {
		pairs[b] = -1
		switch {
		case a == len(before):
			b++
		case match(a, b) > 0 && worth[a][b] == match(a, b)+worth[a+1][b+1]:
			pairs[b] = a
			a, b = a+1, b+1
		case worth[a][b] == worth[a+1][b]:
			a++
		default:
			b++
		}
	}
	return pairs
}
