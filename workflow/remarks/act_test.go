package remarks

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"jianbao/accounts"
	"jianbao/bulletin"
	"jianbao/fault"
	"jianbao/workflow"
	"jianbao/workflow/calendar"
)

var (
	series   = workflow.Series{ID: uuid.New(), Masthead: "科技简报"}
	lead     = workflow.Named{ID: uuid.New(), Name: "市发改委"}
	second   = workflow.Named{ID: uuid.New(), Name: "市工信局"}
	midday   = time.Date(2021, 7, 16, 4, 0, 0, 0, time.UTC) // a Friday, at noon in the office
	holidays = calendar.Calendar{Years: calendar.Known()}
)

func person(name string, roles ...accounts.Role) workflow.Actor {
	p := accounts.Person{ID: uuid.NewSHA1(uuid.NameSpaceOID, []byte(name)), Name: name, Active: true}
	for _, r := range roles {
		p.Grants = append(p.Grants, accounts.Grant{Role: r, Series: series.ID})
	}
	return workflow.Actor{Person: p}
}

// standing is a remark in a state, entered by 甲 and given to both units.
func standing(state State) Remark {
	r := Remark{ID: uuid.New(), Series: series.ID, State: state, Version: 3, Entered: Hand{By: person("甲").Person.ID, Name: "甲", At: midday},
		Writing: Writing{Leader: "张三", Text: "请研究，7月底前报我。", Source: ByKeying}}
	if state == "" {
		return Remark{ID: r.ID, Series: series.ID}
	}
	if slices.Contains([]State{Assigned, Replied, Closed, Reported}, state) {
		r.Slip = &Slip{Year: 2021, No: 1, Task: r.Text, Units: []workflow.Named{lead, second}, Due: calendar.Day{Year: 2021, Month: 7, Day: 30},
			Given: Hand{By: person("甲").Person.ID, Name: "甲", At: midday}, Replies: []Reply{{Unit: second.ID, Name: second.Name, Text: "已办", Hand: Hand{By: person("甲").Person.ID, At: midday}}}}
		r.Slip.Extensions = []Extension{{To: calendar.Day{Year: 2021, Month: 8, Day: 6}, Asked: Hand{By: person("甲").Person.ID, At: midday}}}
	}
	if slices.Contains([]State{Replied, Closed, Reported}, state) {
		r.Slip.Replies = append(r.Slip.Replies, Reply{Unit: lead.ID, Name: lead.Name, Text: "已办", Hand: Hand{By: person("甲").Person.ID, At: midday}})
	}
	return r
}

// order is one that nothing stands against where its act can be done.
func order(act Act, r Remark) Order {
	o := Order{Act: act, Version: r.Version, Note: "理由", Units: []workflow.Named{lead, second}, Unit: lead.ID, Issue: uuid.New(),
		Text: &Writing{Leader: "张三", Text: "请研究", Source: ByKeying, Date: bulletin.Date{Month: 7, Day: 16}}}
	switch act {
	case SendBack:
		o.Unit = second.ID
	case Assign, AskLonger:
		o.Due = calendar.Day{Year: 2021, Month: 9, Day: 1}
	}
	return o
}

func caseOf(r Remark, who workflow.Actor, o Order) Case {
	return Case{Remark: r, Series: series, Calendar: holidays, Actor: who, Order: o, Now: midday, LastSlip: 4}
}

// what is the whole table as people know it: where each act starts, where it
// leads, and whose it is. A new act or state that is missing here fails.
var known = map[Act]struct {
	from []State
	to   map[State]State
	desk bool // clerk and editor
	head bool // reviewer and signatory
}{
	Enter:        {[]State{""}, map[State]State{"": Entered}, true, false},
	Mend:         {[]State{Entered}, map[State]State{Entered: Entered}, true, false},
	Check:        {[]State{Entered}, map[State]State{Entered: Checked}, true, true},
	Assign:       {[]State{Checked}, map[State]State{Checked: Assigned}, true, false},
	TakeReply:    {[]State{Assigned}, map[State]State{Assigned: Replied}, true, false},
	SendBack:     {[]State{Assigned, Replied}, map[State]State{Assigned: Assigned, Replied: Assigned}, true, true},
	AskLonger:    {[]State{Assigned}, map[State]State{Assigned: Assigned}, true, false},
	GrantLonger:  {[]State{Assigned, Replied}, map[State]State{Assigned: Assigned, Replied: Replied}, false, true},
	RefuseLonger: {[]State{Assigned, Replied}, map[State]State{Assigned: Assigned, Replied: Replied}, false, true},
	Close:        {[]State{Checked, Replied}, map[State]State{Checked: Closed, Replied: Closed}, true, false},
	Report:       {[]State{Closed}, map[State]State{Closed: Reported}, true, false},
	Show: {[]State{Checked, Assigned, Replied, Closed, Reported},
		map[State]State{Checked: Checked, Assigned: Assigned, Replied: Replied, Closed: Closed, Reported: Reported}, true, false},
	Void: {[]State{Entered, Checked}, map[State]State{Entered: Voided, Checked: Voided}, true, false},
}

var allStates = []State{"", Entered, Checked, Assigned, Replied, Closed, Reported, Voided}

func TestEveryActInEveryStateByEveryRole(t *testing.T) {
	if len(Acts()) != len(known) || len(states) != len(allStates)-1 {
		t.Fatalf("%d acts and %d states are in the table, %d and %d are known", len(Acts()), len(states), len(known), len(allStates)-1)
	}
	for _, act := range Acts() {
		for _, state := range allStates {
			for role, may := range map[accounts.Role]bool{accounts.Clerk: known[act].desk, accounts.Editor: known[act].desk, accounts.Reviewer: known[act].head, accounts.Signatory: known[act].head, accounts.Admin: false} {
				checkOne(t, act, state, role, may)
			}
		}
	}
}

func checkOne(t *testing.T, act Act, state State, role accounts.Role, may bool) {
	t.Helper()
	r := standing(state)
	if act == AskLonger && r.Slip != nil {
		r.Slip.Extensions = nil
	}
	who := person("乙", role)
	next, line, err := Decide(caseOf(r, who, order(act, r)), uuid.New())
	want := fault.Code("")
	switch {
	case !slices.Contains(known[act].from, state):
		want = fault.Blocked
	case !may:
		want = fault.Forbidden
	}
	offered := slices.ContainsFunc(Options(caseOf(r, who, Order{})), func(o Option) bool { return o.Act == act && len(o.Bars) == 0 })
	if offered != (want == "") {
		t.Errorf("%s of %q by %s: offered %v", act, state, role, offered)
	}
	if want != "" {
		if !fault.Is(err, want) {
			t.Errorf("%s of %q by %s: %v, want %s", act, state, role, err, want)
		}
		return
	}
	if err != nil || next.State != known[act].to[state] || next.Version != r.Version+1 || line.Act != act || line.To != next.State || next.Head != line.Hash {
		t.Errorf("%s of %q by %s: %v, %s", act, state, role, err, next.State)
	}
}

func TestWhatStandsAgainstAnAct(t *testing.T) {
	day := func(month time.Month, d int) calendar.Day { return calendar.Day{Year: 2021, Month: month, Day: d} }
	for name, c := range map[string]struct {
		state State
		act   Act
		who   workflow.Actor
		spoil func(r *Remark, o *Order)
		want  string
	}{
		"whoever entered it checks it":  {Entered, Check, person("甲", accounts.Clerk), nil, "remarks.own"},
		"no leader":                     {Entered, Mend, person("甲", accounts.Clerk), func(_ *Remark, o *Order) { o.Text.Leader = " " }, "remarks.words"},
		"no text":                       {"", Enter, person("甲", accounts.Clerk), func(_ *Remark, o *Order) { o.Text.Text = "" }, "remarks.words"},
		"no such day":                   {"", Enter, person("甲", accounts.Clerk), func(_ *Remark, o *Order) { o.Text.Date = bulletin.Date{Month: 2, Day: 30} }, "remarks.date"},
		"a day to come":                 {"", Enter, person("甲", accounts.Clerk), func(_ *Remark, o *Order) { o.Text.Date = bulletin.Date{Year: 2021, Month: 7, Day: 17} }, "remarks.date-later"},
		"a scan that is not there":      {"", Enter, person("甲", accounts.Clerk), func(_ *Remark, o *Order) { o.Text.Source = FromScan }, "remarks.scan"},
		"a source that is none":         {"", Enter, person("甲", accounts.Clerk), func(_ *Remark, o *Order) { o.Text.Source = "fax" }, "remarks.source"},
		"no unit":                       {Checked, Assign, person("甲", accounts.Clerk), func(_ *Remark, o *Order) { o.Units = nil }, "remarks.units"},
		"a unit twice":                  {Checked, Assign, person("甲", accounts.Clerk), func(_ *Remark, o *Order) { o.Units = []workflow.Named{lead, lead} }, "remarks.units"},
		"no deadline":                   {Checked, Assign, person("甲", accounts.Clerk), func(r *Remark, o *Order) { r.Text, o.Due = "请尽快办", calendar.Day{} }, "remarks.no-due"},
		"a deadline that has passed":    {Checked, Assign, person("甲", accounts.Clerk), func(_ *Remark, o *Order) { o.Due = day(7, 15) }, "remarks.due-past"},
		"a stranger answers":            {Assigned, TakeReply, person("甲", accounts.Clerk), func(_ *Remark, o *Order) { o.Unit = uuid.New() }, "remarks.stranger"},
		"an answer to an answer":        {Assigned, TakeReply, person("甲", accounts.Clerk), func(_ *Remark, o *Order) { o.Unit = second.ID }, "remarks.answered"},
		"an answer without words":       {Assigned, TakeReply, person("甲", accounts.Clerk), func(_ *Remark, o *Order) { o.Note = " " }, "remarks.reason"},
		"nothing to send back":          {Assigned, SendBack, person("乙", accounts.Reviewer), func(r *Remark, _ *Order) { r.Slip.Replies = nil }, "remarks.no-reply"},
		"of this unit nothing":          {Assigned, SendBack, person("乙", accounts.Reviewer), func(_ *Remark, o *Order) { o.Unit = lead.ID }, "remarks.no-reply"},
		"asked when it is late":         {Assigned, AskLonger, person("甲", accounts.Clerk), func(r *Remark, _ *Order) { r.Slip.Due, r.Slip.Extensions = day(7, 15), nil }, "remarks.late"},
		"asked twice":                   {Assigned, AskLonger, person("甲", accounts.Clerk), nil, "remarks.asked"},
		"more time that is not more":    {Assigned, AskLonger, person("甲", accounts.Clerk), func(r *Remark, o *Order) { r.Slip.Extensions, o.Due = nil, r.Slip.Due }, "remarks.longer"},
		"granted what nobody asked for": {Assigned, GrantLonger, person("乙", accounts.Signatory), func(r *Remark, _ *Order) { r.Slip.Extensions = nil }, "remarks.no-ask"},
		"closed without an outcome":     {Replied, Close, person("甲", accounts.Clerk), func(_ *Remark, o *Order) { o.Note = "" }, "remarks.reason"},
		"shown nowhere":                 {Closed, Show, person("甲", accounts.Clerk), func(_ *Remark, o *Order) { o.Issue = uuid.Nil }, "remarks.no-issue"},
		"shown twice":                   {Closed, Show, person("甲", accounts.Clerk), func(r *Remark, o *Order) { r.Shown = []uuid.UUID{o.Issue} }, "remarks.no-issue"},
	} {
		r := standing(c.state)
		o := order(c.act, r)
		if c.spoil != nil {
			c.spoil(&r, &o)
		}
		_, _, err := Decide(caseOf(r, c.who, o), uuid.New())
		f := fault.As(err)
		if !fault.Is(err, fault.Blocked) || !slices.ContainsFunc(f.Reasons, func(r fault.Reason) bool { return r.Key == c.want }) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestADecisionThatComesTooLate(t *testing.T) {
	r := standing(Entered)
	o := order(Check, r)
	o.Version--
	if _, _, err := Decide(caseOf(r, person("乙", accounts.Clerk), o), uuid.New()); !fault.Is(err, fault.Conflict) {
		t.Error(err)
	}
	if _, _, err := Decide(caseOf(r, person("乙", accounts.Clerk), order("burn", r)), uuid.New()); !fault.Is(err, fault.Invalid) {
		t.Error(err)
	}
}

// Whatever people do, in whatever order: the history verifies, the slip keeps
// its number, whoever entered it did not check it, and a remark is answered when
// and only when every unit's last reply stands.
func TestRandomWalksKeepThePromises(t *testing.T) {
	people := []workflow.Actor{person("甲", accounts.Clerk), person("乙", accounts.Editor, accounts.Reviewer), person("丙", accounts.Signatory)}
	rapid.Check(t, func(t *rapid.T) {
		r, lines, now, number := standing(""), []Line(nil), midday, 0
		for range rapid.IntRange(1, 40).Draw(t, "steps") {
			act, who := rapid.SampledFrom(Acts()).Draw(t, "act"), rapid.SampledFrom(people).Draw(t, "who")
			o := order(act, r)
			o.Unit = rapid.SampledFrom([]uuid.UUID{lead.ID, second.ID}).Draw(t, "unit")
			c := caseOf(r, who, o)
			c.Now = now
			now = now.Add(time.Duration(rapid.IntRange(0, 72).Draw(t, "hours")) * time.Hour)
			before := fmt.Sprintf("%+v", r)
			next, line, err := Decide(c, uuid.New())
			if after := fmt.Sprintf("%+v", r); after != before {
				t.Fatalf("%s changed what was there:\n%s\n%s", act, before, after)
			}
			if err != nil {
				continue
			}
			r, lines = next, append(lines, line)
			if err := Verify(r, lines); err != nil {
				t.Fatal(err)
			}
			if r.Checked.By != uuid.Nil && r.Checked.By == r.Entered.By {
				t.Fatal("checked by whoever entered it")
			}
			if r.Slip == nil {
				continue
			}
			if number == 0 {
				number = r.Slip.No
			}
			if r.Slip.No != number || (len(r.Slip.Waiting()) == 0) != (r.State != Assigned) {
				t.Fatalf("%s with %d waiting, no. %d", r.State, len(r.Slip.Waiting()), r.Slip.No)
			}
		}
	})
}

// A deadline moves when more time is granted, and stays when it is refused.
func TestMoreTime(t *testing.T) {
	old, asked := calendar.Day{Year: 2021, Month: 7, Day: 30}, calendar.Day{Year: 2021, Month: 8, Day: 6}
	for act, want := range map[Act]calendar.Day{GrantLonger: asked, RefuseLonger: old} {
		r := standing(Assigned)
		next, _, err := Decide(caseOf(r, person("乙", accounts.Signatory), order(act, r)), uuid.New())
		if err != nil || next.Slip.Due != want || next.Slip.Extensions[0].Granted != (act == GrantLonger) || r.Slip.Due != old {
			t.Errorf("%s: %+v, %v", act, next.Slip, err)
		}
	}
}
