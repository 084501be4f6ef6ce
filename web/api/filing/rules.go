package filing

import (
	"context"
	"time"

	"jianbao/web/api/op"
	"jianbao/workflow/filing"
	"jianbao/workflow/retention"
)

func (rm *room) describeRules() {
	k := rm.Kit
	op.On(k, op.Get("read-filing-rule", "/series/{series}/filing/rule", "filing", "How long issues of a series are kept, and by when they are filed"), rm.rule)
	op.On(k, op.Put("set-filing-rule", "/series/{series}/filing/rule", "filing", "Change the rule from now on; what is filed keeps its class"), rm.setRule)
}

// FilingRule is what a series has for filing.
type FilingRule struct {
	Class      string `json:"class" enum:"permanent,30,10"`
	Month      int    `json:"month" minimum:"1" maximum:"12" doc:"of the last day on which the issues of the year before are filed"`
	Day        int    `json:"day" minimum:"1" maximum:"31"`
	Ahead      int    `json:"ahead" minimum:"0" doc:"days before that on which somebody is reminded"`
	NoReceipts bool   `json:"no_receipts" doc:"units are not asked for receipts"`
	Fonds      string `json:"fonds,omitempty" maxLength:"50" doc:"全宗号"`
	Code       string `json:"code,omitempty" maxLength:"50" doc:"机构或问题代码"`
}

// FilingRuleFile is the rule with who set it.
type FilingRuleFile struct {
	FilingRule
	Set []FilingHand `json:"set" doc:"who set it and why, the last first"`
}

// usualAhead is how many days before the deadline somebody is reminded where
// the rule does not say.
const usualAhead = 30

func ruleOf(r retention.Rule) FilingRule {
	deadline := r.Deadline(2000)
	out := FilingRule{string(r.Keeps()), int(deadline.Month), deadline.Day, r.Ahead, r.NoReceipts, r.Fonds, r.Code}
	if out.Ahead == 0 {
		out.Ahead = usualAhead
	}
	return out
}

type ruleBody struct {
	ETag string `header:"ETag" doc:"the version, for the next If-Match"`
	Body FilingRuleFile
}

func (rm *room) rule(ctx context.Context, in *op.OfSeries) (*ruleBody, error) {
	s, err := rm.series(ctx, in.Series)
	if err != nil {
		return nil, err
	}
	all, err := rm.Books.FilingRules(ctx, s.ID)
	if err != nil {
		return nil, err
	}
	var holds filing.RuleLine
	out := FilingRuleFile{Set: []FilingHand{}}
	for n := len(all) - 1; n >= 0; n-- {
		if h := handOf(all[n].Set); h != nil {
			out.Set = append(out.Set, *h)
		}
		holds = all[len(all)-1]
	}
	out.FilingRule = ruleOf(holds.Rule)
	return &ruleBody{op.Tag(holds.Seq), out}, nil
}

type setRuleInput struct {
	op.OfSeries
	op.Condition
	Body struct {
		FilingRule
		Reason string `json:"reason" maxLength:"500"`
	}
}

func (rm *room) setRule(ctx context.Context, in *setRuleInput) (*ruleBody, error) {
	version, err := in.Seen()
	if err != nil {
		return nil, err
	}
	before, err := rm.rule(ctx, &in.OfSeries)
	if err != nil {
		return nil, err
	}
	b := in.Body
	rule := retention.Rule{Class: retention.Class(b.Class), Month: time.Month(b.Month), Day: b.Day, Ahead: b.Ahead, NoReceipts: b.NoReceipts, Fonds: b.Fonds, Code: b.Code}
	err = rm.Desk.SetRule(ctx, op.CallerOf(ctx).Actor(), in.Series, version, rule, b.Reason)
	if err != nil {
		if before.ETag != op.Tag(version) {
			err = op.Overtaken(err, version, -1)
		}
		return nil, err
	}
	return rm.rule(ctx, &in.OfSeries)
}
