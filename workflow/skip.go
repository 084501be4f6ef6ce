package workflow

import (
	"strings"

	"jianbao/bulletin"
	"jianbao/fault"
)

// A SkipRule says when a step is passed over. It looks at nothing but what the
// digest covers, so that whoever approved before it approved that, too.
type SkipRule struct {
	Says  fault.Sentence
	holds func(Issue, Step) bool
}

// SkipRules returns the rules by the name that a route gives them.
func SkipRules() map[string]SkipRule { return skipRules }

var skipRules = map[string]SkipRule{
	"not-ordinary": {
		fault.Say("workflow.skip.not-ordinary", "增刊、专刊、特刊免办", "passed over for supplements and specials"),
		func(i Issue, _ Step) bool { return i.Document.Number.Kind != bulletin.Ordinary }},
	"not-mentioned": {
		fault.Say("workflow.skip.not-mentioned", "正文未提到所列单位的免办", "passed over where no item mentions a unit that is named at the step"),
		func(i Issue, s Step) bool { return !i.mentions(s.Units) }},
	"urgent": {
		fault.Say("workflow.skip.urgent", "标有紧急程度的免办", "passed over for an issue that is marked urgent"),
		func(i Issue, _ Step) bool { return i.Document.Urgency != "" }},
}

// skipped returns the rule under which a step is passed over, and whether one
// does.
func (i Issue) skipped(n int) (SkipRule, bool) {
	rule, known := skipRules[i.Route[n].Skip]
	return rule, known && rule.holds(i, i.Route[n])
}

// mentions reports whether an item has the name of one of the units.
func (i Issue) mentions(units []Named) bool {
	for _, item := range i.Document.Items() {
		for _, unit := range units {
			if unit.Name != "" && strings.Contains(itemText(item), unit.Name) {
				return true
			}
		}
	}
	return false
}
