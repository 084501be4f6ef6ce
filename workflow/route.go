package workflow

import (
	"slices"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/fault"
)

// A Route is the ordered steps of an issue. The first step is the edit; an
// issue keeps the route that it started with (docs/adr/0009).
type Route []Step

// A Step is one station of a Route: who may decide there, how many must, and
// how long they have.
type Step struct {
	Kind StepKind `json:"kind"`
	// Who may decide: whoever holds the role; or the people and the heads of
	// the units, who decide side by side.
	Role   accounts.Role `json:"role,omitempty"`
	People []Named       `json:"people,omitempty"`
	Units  []Named       `json:"units,omitempty"`
	// Need is how many of them must approve, each once: 0 is one of them, All
	// is everyone named.
	Need int `json:"need,omitempty"`
	// Skip names the rule under which the step is passed over, or is "".
	Skip string `json:"skip,omitempty"`
	// Hours is the deadline in working hours from the moment the issue came to
	// the step; 0 is none.
	Hours   int         `json:"hours,omitempty"`
	Overdue OverdueRule `json:"overdue,omitzero"`
}

// All is everyone who is named at a step, as the Need of it.
const All = -1

// Named is a person or a unit, with the name under which the route lists it.
type Named struct {
	ID   uuid.UUID `json:"id"`
	Name string    `json:"name"`
}

// A StepKind says what is done at a step.
type StepKind string

// The kinds of steps.
const (
	EditStep        StepKind = "edit"        // 编辑
	ReviewStep      StepKind = "review"      // 审核
	CountersignStep StepKind = "countersign" // 会签
	SignOffStep     StepKind = "sign-off"    // 签发
	RecheckStep     StepKind = "recheck"     // 复核
	ProofStep       StepKind = "proof"       // 校对
)

// StepKinds lists every kind in the order in which routes have them.
func StepKinds() []StepKind {
	return []StepKind{EditStep, ReviewStep, CountersignStep, SignOffStep, RecheckStep, ProofStep}
}

// An OverdueRule is what happens when a deadline has passed. Nothing of it
// approves: only people do.
type OverdueRule struct {
	Do OverdueAct `json:"do,omitempty"` // "" is Remind
	// To is whom it is escalated to.
	To Named `json:"to,omitzero"`
}

// An OverdueAct is what is done about a step that is overdue.
type OverdueAct string

// What can be done.
const (
	Remind   OverdueAct = "remind"   // 催办
	Escalate OverdueAct = "escalate" // 提请上级
	PassOn   OverdueAct = "pass-on"  // 转代办人: to the deputies of those who are late
)

// DefaultRoute is 编辑 → 审核, the least that keeps editor and reviewer apart.
func DefaultRoute() Route {
	return Route{{Kind: EditStep, Role: accounts.Editor}, {Kind: ReviewStep, Role: accounts.Reviewer}}
}

// FullRoute is 编辑 → 审核 → 会签 → 签发 → 复核, the chain of the Regulation
// (中办发〔2012〕14号, art. 20 to 25). Those who countersign are the office's to
// name; without them the step falls away.
func FullRoute(countersign ...Named) Route {
	route := append(DefaultRoute(),
		Step{Kind: CountersignStep, Units: countersign, Need: All},
		Step{Kind: SignOffStep, Role: accounts.Signatory},
		Step{Kind: RecheckStep, Role: accounts.Clerk})
	if len(countersign) == 0 {
		return slices.Delete(route, 2, 3)
	}
	return route
}

// seats is how many seats are named at the step; 0 where a role decides.
func (s Step) seats() int { return len(s.People) + len(s.Units) }

// need is how many must approve.
func (s Step) need() int {
	if s.Need == All {
		return s.seats()
	}
	return max(1, s.Need)
}

// signatory is the step at which the responsible person signs: the last
// sign-off, or where the route has none the last review.
func (r Route) signatory() int {
	if n := r.last(SignOffStep); n >= 0 {
		return n
	}
	return r.last(ReviewStep)
}

// last returns the last step of a kind, or -1.
func (r Route) last(kind StepKind) int {
	for n := len(r) - 1; n >= 0; n-- {
		if r[n].Kind == kind {
			return n
		}
	}
	return -1
}

var (
	badRoute      = fault.Say("workflow.bad-route", "流程不能这样设", "the route cannot be used")
	routeAtStep   = fault.Say("workflow.route-at-step", "第%d步：%s", "step %d: %s")
	routeShort    = fault.Say("workflow.route-short", "流程至少要有编辑和审核（或签发）两步", "a route has at least an edit and a review or a sign-off")
	routeLong     = fault.Say("workflow.route-long", "流程不能超过%d步", "a route has at most %d steps")
	routeEdit     = fault.Say("workflow.route-edit", "编辑应是且只是第一步", "the edit is the first step and no other")
	routeOrder    = fault.Say("workflow.route-order", "复核、校对应在签发之后", "recheck and proof come after the sign-off")
	stepKindBad   = fault.Say("workflow.step-kind", "没有这种环节：%q", "there is no such kind of step: %q")
	stepNobody    = fault.Say("workflow.step-nobody", "请写明由谁办理：一种职责，或若干人、若干单位的负责人", "say who decides: a role, or people, or heads of units")
	stepBoth      = fault.Say("workflow.step-both", "按职责办理的，不能再列人或单位", "where a role decides, no people or units are named")
	stepRole      = fault.Say("workflow.step-role", "“%s”不能办理审签", "the role %q decides nothing")
	stepTwice     = fault.Say("workflow.step-twice", "%s重复列出", "%s is listed twice")
	stepNeed      = fault.Say("workflow.step-need", "需要%d人同意，只列了%d个", "%d must approve and %d are named")
	stepNeedRole  = fault.Say("workflow.step-need-role", "按职责办理的，同意的人数应为1至9，不能是“全部”", "where a role decides, 1 to 9 people must approve, not everyone")
	stepSkip      = fault.Say("workflow.step-skip", "没有这种免办规则：%q", "there is no such rule for skipping: %q")
	stepSkipNever = fault.Say("workflow.step-skip-never", "编辑和签发（没有签发的，审核）不能免办", "the edit and the sign-off (or the review where there is none) cannot be skipped")
	stepHours     = fault.Say("workflow.step-hours", "办理时限应为0至%d个工作小时", "the deadline is 0 to %d working hours")
	stepOverdue   = fault.Say("workflow.step-overdue", "没有这种逾期办法：%q", "there is no such thing to do when overdue: %q")
	stepEscalate  = fault.Say("workflow.step-escalate", "逾期提请上级的，请写明提请谁", "say whom it is escalated to")
)

const (
	mostSteps = 12
	mostHours = 400 // ten weeks of working days
)

// Validate returns nil, or a fault.Error with the code Invalid and every reason
// why issues cannot go this way.
func (r Route) Validate() error {
	if reasons := r.against(); len(reasons) > 0 {
		return fault.New(fault.Invalid, badRoute.With(), reasons...)
	}
	return nil
}

func (r Route) against() []fault.Reason {
	reasons := unless(len(r) >= 2 && r.signatory() > 0, routeShort.With())
	reasons = append(reasons, unless(len(r) <= mostSteps, routeLong.With(mostSteps))...)
	reasons = append(reasons, unless(len(r) > 0 && r[0].Kind == EditStep && r.last(EditStep) == 0, routeEdit.With())...)
	for n, step := range r {
		if step.Kind == RecheckStep || step.Kind == ProofStep {
			reasons = append(reasons, unless(n > r.signatory(), routeAtStep.With(n+1, routeOrder.With()))...)
		}
		for _, why := range step.against(n == 0 || n == r.signatory()) {
			reasons = append(reasons, routeAtStep.With(n+1, why))
		}
	}
	return reasons
}

// against returns everything that is wrong with a step by itself; held says
// that it cannot be skipped.
func (s Step) against(held bool) []fault.Reason {
	reasons := unless(slices.Contains(StepKinds(), s.Kind), stepKindBad.With(string(s.Kind)))
	reasons = append(reasons, s.againstDeciders()...)
	_, known := skipRules[s.Skip]
	switch {
	case s.Skip != "" && held:
		reasons = append(reasons, stepSkipNever.With())
	case s.Skip != "" && !known:
		reasons = append(reasons, stepSkip.With(s.Skip))
	}
	reasons = append(reasons, unless(s.Hours >= 0 && s.Hours <= mostHours, stepHours.With(mostHours))...)
	switch s.Overdue.Do {
	case "", Remind, PassOn:
	case Escalate:
		reasons = append(reasons, unless(s.Overdue.To.ID != uuid.Nil, stepEscalate.With())...)
	default:
		reasons = append(reasons, stepOverdue.With(string(s.Overdue.Do)))
	}
	return reasons
}

// againstDeciders returns what is wrong with who decides at a step.
func (s Step) againstDeciders() []fault.Reason {
	deciding := []accounts.Role{accounts.Editor, accounts.Reviewer, accounts.Signatory, accounts.Clerk}
	var reasons []fault.Reason
	seen := map[uuid.UUID]bool{}
	for _, who := range slices.Concat(s.People, s.Units) {
		reasons = append(reasons, unless(!seen[who.ID], stepTwice.With(who.Name))...)
		seen[who.ID] = true
	}
	switch {
	case s.Role == "" && s.seats() == 0:
		return append(reasons, stepNobody.With())
	case s.Role == "":
		return append(reasons, unless(s.Need >= All && s.Need <= s.seats(), stepNeed.With(s.Need, s.seats()))...)
	case s.seats() > 0:
		reasons = append(reasons, stepBoth.With())
	}
	reasons = append(reasons, unless(slices.Contains(deciding, s.Role), stepRole.With(string(s.Role)))...)
	return append(reasons, unless(s.Need >= 0 && s.Need <= 9, stepNeedRole.With())...)
}
