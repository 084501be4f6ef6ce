package workflow

import (
	"slices"

	"jianbao/accounts"
	"jianbao/fault"
)

var (
	sayRecall   = fault.Say("workflow.notice.recall", "%s：%s提出撤销，未发出的信件已停发，请决定", "%s: %s asked for its recall, and its letters are stopped; please decide")
	sayNoSecond = fault.Say("workflow.notice.recall-nobody", "%s：%s提出撤销，却没有别的审核人或签发人能决定，请指定", "%s: %s asked for its recall, and there is no other reviewer or signatory who could decide; please appoint one")
)

// MayConfirm returns who can be the second person of a recall that was asked
// for: reviewers and signatories other than the first.
func (s Sight) MayConfirm() (all []accounts.Person) {
	return s.who(func(p accounts.Person) bool {
		holds := slices.ContainsFunc(responsible.Roles, func(r accounts.Role) bool { return p.Has(r, s.Series.ID) })
		return p.Active && holds && s.Issue.Recall.Open() && p.ID != s.Issue.Recall.By
	})
}

// recall tells those who may be the second person. It says which issue it is,
// and nothing of what it says or why.
func (t *teller) recall() {
	r := t.Issue.Recall
	if !r.Open() {
		return
	}
	key := "recall/" + r.At.UTC().Format("20060102T150405.000000")
	if second := t.MayConfirm(); len(second) > 0 {
		t.say(ToRecall, key, second, sayRecall.With(t.name(), r.ByName))
		return
	}
	t.say(Unattended, key, append(t.holding(accounts.Clerk), t.holding(accounts.Admin)...), sayNoSecond.With(t.name(), r.ByName))
}
