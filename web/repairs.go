package web

import (
	"net/http"

	"jianbao/bulletin/repair"
	"jianbao/fault"
	"jianbao/workflow"

	"jianbao/web/page"
)

// maxOffers is how many places one rule shows; the others come up when some are
// done. The rule as a whole still makes all of them.
const maxOffers = 30

// A repairRule is one rule with what it offers in the text of a draft.
type repairRule struct {
	Rule   repair.Rule
	Offers []repair.Offer // the first maxOffers
	All    int
	// Free is how many of them the rule makes by itself; the others stand
	// beside a leader's name or title and are left to a person.
	Free int
}

// repairsOf returns the rules that offer something, in the order in which they
// are best applied.
func repairsOf(text string, series workflow.Series) []repairRule {
	byRule := map[repair.Rule]*repairRule{}
	for _, o := range repair.Offers(text, guardOf(series)) {
		r := byRule[o.Rule]
		if r == nil {
			r = &repairRule{Rule: o.Rule}
			byRule[o.Rule] = r
		}
		if r.All++; !o.Guarded {
			r.Free++
		}
		if r.All <= maxOffers {
			r.Offers = append(r.Offers, o)
		}
	}
	var all []repairRule
	for _, rule := range repair.Rules() {
		if r := byRule[rule]; r != nil {
			all = append(all, *r)
		}
	}
	return all
}

// guardOf is what no rule may touch without a person.
func guardOf(series workflow.Series) repair.Guard {
	var g repair.Guard
	for _, leader := range series.Leaders {
		g.Names = append(g.Names, leader.Name)
		g.Titles = append(g.Titles, leader.Titles...)
	}
	return g
}

// repair makes one offer, or all that a rule offers and nobody guards, and saves
// the text as its next version. What was chosen in an older text the desk
// refuses by its version.
func (s *server) repair(w http.ResponseWriter, r *http.Request) {
	q, ok := s.change(w, r)
	if !ok {
		return
	}
	text, err := repaired(q.issue.Text, q.series, r.PostForm.Get("key"), repair.Rule(r.PostForm.Get("rule")))
	if err == nil {
		_, err = s.Desk.Save(r.Context(), page.Actor(r), q.issue.ID, q.version, text)
	}
	if err != nil {
		s.again(w, r, attempt{err: err})
		return
	}
	page.See(w, r, "/issues/"+q.issue.ID.String()+"#repairs")
}

// repaired is a text with one offer made, or with all of a rule.
func repaired(text string, series workflow.Series, key string, rule repair.Rule) (string, error) {
	if key != "" {
		if picked := repair.Pick(repair.Offers(text, guardOf(series)), key); len(picked) > 0 {
			return repair.Apply(text, picked...)
		}
		return "", fault.New(fault.Conflict, noSuchRepair.With())
	}
	mended, made := repair.ApplyRule(text, rule, guardOf(series))
	if len(made) == 0 {
		return "", fault.New(fault.Conflict, noSuchRepair.With())
	}
	return mended, nil
}
