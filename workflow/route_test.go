package workflow

import (
	"encoding/json"
	"reflect"
	"testing"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/bulletin"
	"jianbao/fault"
)

func TestWhatRoutesAreRefused(t *testing.T) {
	edit, review := Step{Kind: EditStep, Role: accounts.Editor}, Step{Kind: ReviewStep, Role: accounts.Reviewer}
	a, b := Named{uuid.New(), "甲"}, Named{uuid.New(), "乙"}
	with := func(s Step) Route { return Route{edit, s, review} }
	counter := func(s Step) Route { s.Kind = CountersignStep; return with(s) }
	for what, c := range map[string]struct {
		route Route
		want  []fault.Sentence // the reasons by themselves
	}{
		"nothing":               {nil, []fault.Sentence{routeShort, routeEdit}},
		"an edit alone":         {Route{edit}, []fault.Sentence{routeShort}},
		"only a countersign":    {Route{edit, {Kind: CountersignStep, Units: []Named{a}}}, []fault.Sentence{routeShort}},
		"no edit first":         {Route{review, edit, review}, []fault.Sentence{routeEdit}},
		"two edits":             {Route{edit, edit, review}, []fault.Sentence{routeEdit}},
		"no such kind":          {with(Step{Kind: "stamp", Role: accounts.Clerk}), []fault.Sentence{stepKindBad}},
		"a recheck of nothing":  {with(Step{Kind: RecheckStep, Role: accounts.Clerk}), []fault.Sentence{routeOrder}},
		"a proof of nothing":    {with(Step{Kind: ProofStep, Role: accounts.Clerk}), []fault.Sentence{routeOrder}},
		"nobody decides":        {counter(Step{}), []fault.Sentence{stepNobody}},
		"a role and people":     {counter(Step{Role: accounts.Reviewer, People: []Named{a}}), []fault.Sentence{stepBoth}},
		"readers decide":        {counter(Step{Role: accounts.Reader}), []fault.Sentence{stepRole}},
		"one twice":             {counter(Step{People: []Named{a, a}}), []fault.Sentence{stepTwice}},
		"three of two":          {counter(Step{People: []Named{a}, Units: []Named{b}, Need: 3}), []fault.Sentence{stepNeed}},
		"all of a role":         {counter(Step{Role: accounts.Reviewer, Need: All}), []fault.Sentence{stepNeedRole}},
		"no such skip rule":     {counter(Step{Units: []Named{a}, Skip: "friday"}), []fault.Sentence{stepSkip}},
		"a sign-off skipped":    {Route{edit, review, {Kind: SignOffStep, Role: accounts.Signatory, Skip: "urgent"}}, []fault.Sentence{stepSkipNever}},
		"the only review, too":  {Route{edit, {Kind: ReviewStep, Role: accounts.Reviewer, Skip: "urgent"}}, []fault.Sentence{stepSkipNever}},
		"a year of hours":       {counter(Step{Units: []Named{a}, Hours: 2000}), []fault.Sentence{stepHours}},
		"approve when overdue":  {counter(Step{Units: []Named{a}, Overdue: OverdueRule{Do: "approve"}}), []fault.Sentence{stepOverdue}},
		"escalate to nobody":    {counter(Step{Units: []Named{a}, Overdue: OverdueRule{Do: Escalate}}), []fault.Sentence{stepEscalate}},
		"everything at once":    {Route{review, {Kind: "x", Hours: -1}}, []fault.Sentence{routeShort, routeEdit, stepKindBad, stepNobody, stepHours}},
		"a long one":            {append(Route{edit}, Route{review, review, review, review, review, review, review, review, review, review, review, review}...), []fault.Sentence{routeLong}},
		"default":               {DefaultRoute(), nil},
		"full":                  {FullRoute(a, b), nil},
		"two of three, skipped": {counter(Step{People: []Named{a}, Units: []Named{b, {uuid.New(), "丙"}}, Need: 2, Skip: "urgent", Hours: 16, Overdue: OverdueRule{Do: PassOn}}), nil},
	} {
		var got, want []string
		for _, r := range c.route.against() {
			if r.Key == routeAtStep.Key {
				r = r.Args[1].(fault.Reason)
			}
			got = append(got, r.Key)
		}
		for _, s := range c.want {
			want = append(want, s.Key)
		}
		if !reflect.DeepEqual(got, want) || fault.Is(c.route.Validate(), fault.Invalid) != (want != nil) {
			t.Errorf("%s: %v, not %v", what, got, want)
		}
	}
}

func TestARouteOfBeforeIsReadAsItWas(t *testing.T) {
	var route Route
	if err := json.Unmarshal([]byte(`[{"kind":"edit","role":"editor"},{"kind":"review","role":"reviewer"}]`), &route); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(route, DefaultRoute()) {
		t.Errorf("%+v", route)
	}
	if raw, _ := json.Marshal(DefaultRoute()[1]); string(raw) != `{"kind":"review","role":"reviewer"}` {
		t.Errorf("%s", raw)
	}
}

func TestStepsAreSkippedUnderTheirRule(t *testing.T) {
	for _, rule := range []string{"not-mentioned", "not-ordinary", "urgent"} {
		c := newCourse(t)
		route := FullRoute(c.unitA, c.unitB)
		route[2].Skip = rule
		for _, skipped := range []bool{true, false} {
			c.on(route)
			draft := aDraft("市能源局发布数据。")
			if skipped {
				draft = aDraft("别处的事。")
				draft.Reading.Document.Urgency, draft.Reading.Document.Number.Kind = "特急", bulletin.Supplement
			}
			c.doing(c.editor, Order{Act: Save, Draft: &draft}, Draft, 0)
			c.does(c.editor, Submit, Review, 1)
			if !skipped {
				c.does(c.reviewer, Approve, Review, 2)
				continue
			}
			c.does(c.reviewer, Approve, Review, 3)
			if !c.told(skippedStep) {
				t.Errorf("%s: the history does not tell", rule)
			}
			c.does(c.signatory, Approve, Review, 4)
			c.does(c.clerk, Approve, Approved, 5)
		}
	}
}

// The change of a route under running issues: docs/adr/0009.
func TestARunningIssueKeepsItsRoute(t *testing.T) {
	c := newCourse(t)
	c.does(c.editor, Submit, Review, 1)
	c.series.Route = DefaultRoute()
	c.does(c.reviewer, Approve, Review, 2)
	c.refuses(c.editor, Order{Act: Reroute}, fault.Blocked, wrongState)
	c.does(c.headA, Return, Draft, 0)
	c.refusesAsIs(c.editor, Order{Act: Reroute}, fault.Blocked, noReason)
	c.refuses(c.reviewer, Order{Act: Reroute}, fault.Forbidden, onlyRole)
	c.does(c.editor, Reroute, Draft, 0)
	if !c.told(rerouted) || c.issue.Round != 3 {
		t.Errorf("round %d, %v", c.issue.Round, c.last.Event.Facts)
	}
	c.refuses(c.editor, Order{Act: Reroute}, fault.Blocked, sameRoute)
	c.does(c.editor, Submit, Review, 1)
	c.does(c.reviewer, Approve, Approved, 2)
}

func TestTheSettingsOfASeriesAreChecked(t *testing.T) {
	if err := (Series{Route: DefaultRoute()}).Validate(); err != nil {
		t.Error(err)
	}
	e := fault.As(Series{TwoPerson: &Exception{}, Total: Total{Last: -1}}.Validate())
	if e == nil || e.Code != fault.Invalid || len(e.Reasons) != 4 {
		t.Errorf("%v", e)
	}
}
