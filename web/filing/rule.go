package filing

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"jianbao/fault"
	"jianbao/web/page"
	"jianbao/workflow"
	"jianbao/workflow/calendar"
	"jianbao/workflow/filing"
	"jianbao/workflow/retention"
)

// A ruleView is the rule of a series, how it came about, and the form.
type ruleView struct {
	frame
	History []filing.RuleLine // the newest first
	Typed   typedRule
	Next    calendar.Day // by when the issues of this year are filed
}

// A typedRule is the form of a rule, as it was typed.
type typedRule struct {
	Class                          retention.Class
	Month, Day, Ahead, Fonds, Code string
	NoReceipts                     bool
	Reason                         string
}

// Classes are what can be chosen.
func (v ruleView) Classes() []retention.Class { return retention.Classes() }

func typedOf(r retention.Rule) typedRule {
	deadline := r.Deadline(2000)
	ahead := r.Ahead
	if ahead == 0 {
		ahead = 30
	}
	return typedRule{Class: r.Keeps(), Month: strconv.Itoa(int(deadline.Month)), Day: strconv.Itoa(deadline.Day), Ahead: strconv.Itoa(ahead), Fonds: r.Fonds, Code: r.Code, NoReceipts: r.NoReceipts}
}

func (rm *room) ruleOf(r *http.Request, s workflow.Series) (v ruleView, err error) {
	if v.frame, err = rm.frame(r, s); err != nil {
		return v, err
	}
	v.Typed, v.Next = typedOf(v.Rule), v.Rule.Deadline(v.Today.Year)
	all, err := rm.Books.FilingRules(r.Context(), s.ID)
	for n := len(all) - 1; n >= 0; n-- {
		v.History = append(v.History, all[n])
	}
	return v, err
}

func (rm *room) rule(w http.ResponseWriter, r *http.Request, s workflow.Series) {
	view, err := rm.ruleOf(r, s)
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	rm.show(w, r, "rule", view)
}

func (rm *room) setRule(w http.ResponseWriter, r *http.Request, s workflow.Series) {
	_, err := rm.ReadForm(w, r)
	get := func(name string) string { return strings.TrimSpace(r.PostForm.Get(name)) }
	typed := typedRule{
		Class: retention.Class(get("class")), Month: get("month"), Day: get("day"), Ahead: get("ahead"),
		Fonds: get("fonds"), Code: get("code"), NoReceipts: get("no-receipts") != "", Reason: get("reason"),
	}
	before, bad := strconv.Atoi(get("seq"))
	if err == nil {
		err = page.Unreadable(bad)
	}
	if err == nil {
		var rule retention.Rule
		if rule, err = typed.rule(); err == nil {
			err = rm.Desk.SetRule(r.Context(), page.Actor(r), s.ID, before, rule, typed.Reason)
		}
	}
	if err != nil {
		view, failed := rm.ruleOf(r, s)
		view.Typed = typed
		rm.refuse(w, r, "rule", view, failed, err)
		return
	}
	page.See(w, r, address(s, "filing/rule"))
}

// rule reads the numbers of the form; all that are none are told at once.
func (t typedRule) rule() (retention.Rule, error) {
	rule := retention.Rule{Class: t.Class, NoReceipts: t.NoReceipts, Fonds: t.Fonds, Code: t.Code}
	var reasons []fault.Reason
	read := func(text string) int {
		n, err := strconv.Atoi(text)
		if err != nil {
			reasons = append(reasons, page.BadNumber.With(text))
		}
		return n
	}
	rule.Month, rule.Day, rule.Ahead = time.Month(read(t.Month)), read(t.Day), read(t.Ahead)
	if len(reasons) > 0 {
		return rule, fault.New(fault.Invalid, page.BadForm.With(), reasons...)
	}
	return rule, nil
}
