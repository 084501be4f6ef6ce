package workflow

import (
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"jianbao/bulletin"
	"jianbao/fault"
)

// back is the real bulletin as a back issue of another number.
func back(t *testing.T, number string) Source {
	text := strings.Replace(seedText(t), "第 8 期", number, 1)
	return Source{Data: []byte(text), Text: text, Encoding: "utf-8", Name: number + ".txt"}
}

func TestABackIssueFillsItsNumberAndMovesNothing(t *testing.T) {
	o := newOffice(t) // numbers 1 to 7 are in the register, without their texts
	series := o.books.series.ID
	o.scheduled(t) // number 8 is given here
	try := func(actor Actor, number string) error {
		_, err := o.ImportBack(t.Context(), actor, series, back(t, number))
		return err
	}
	for what, c := range map[string]struct {
		err  error
		want fault.Code
	}{
		"by an editor":       {try(o.editor, "第 3 期"), fault.Forbidden},
		"above the counter":  {try(o.clerk, "第 9 期"), fault.Blocked},
		"one that was given": {try(o.clerk, "第 8 期"), fault.Blocked},
		"without a number":   {try(o.clerk, ""), fault.Invalid},
		"another series": {func() error {
			_, err := o.ImportBack(t.Context(), o.clerk, uuid.New(), back(t, "第 3 期"))
			return err
		}(), fault.NotFound},
		"a classified one": {try(o.clerk, "第 3 期\n机密★1年"), fault.Refused},
		"one from the future": {func() error {
			o.now = o.now.AddDate(-1, 0, 0)
			defer func() { o.now = o.now.AddDate(1, 0, 0) }()
			return try(o.clerk, "第 3 期")
		}(), fault.Invalid},
	} {
		if !fault.Is(c.err, c.want) {
			t.Errorf("%s: %v, not %s", what, c.err, c.want)
		}
	}
	before, issues := len(o.books.register), len(o.books.issues)
	issue, err := o.ImportBack(t.Context(), o.clerk, series, back(t, "第 3 期"))
	if err != nil {
		t.Fatal(err)
	}
	if issue.State != Archived || issue.Number != (Number{bulletin.Ordinary, 2021, 3}) || issue.Date.IsZero() || len(issue.Decisions) != 0 {
		t.Errorf("%s, %+v of %s", issue.State, issue.Number, issue.Date)
	}
	if err := VerifyChain(o.books.events[issue.ID], issue.Events, issue.Head); err != nil || o.books.events[issue.ID][0].Act != Import {
		t.Errorf("its history: %v", err)
	}
	if len(o.books.register) != before || len(o.books.issues) != issues+1 || NextNumber(o.books.register, bulletin.Ordinary, 2021).No != 9 {
		t.Errorf("%d lines, next %+v", len(o.books.register), NextNumber(o.books.register, bulletin.Ordinary, 2021))
	}
	if err := try(o.clerk, "第 3 期"); !fault.Is(err, fault.Blocked) {
		t.Errorf("a second text: %v", err)
	}
}

func TestWhereTheRegisterHasAPlaceForABackIssue(t *testing.T) {
	given := func(no int) RegisterLine {
		l := line(bulletin.Ordinary, 2021, no)
		l.Issue = uuid.New()
		return l
	}
	fromElsewhere := given(5)
	fromElsewhere.Back = true
	stub, void := line(bulletin.Ordinary, 2021, 2), line(bulletin.Ordinary, 2021, 2)
	stub.Paper, void.Void = Paper{Level: "秘密"}, "重复"
	for what, c := range map[string]struct {
		register []RegisterLine
		no       int
		want     bool
	}{
		"an empty register, taken over in mid-year": {nil, 7, true},
		"above others from elsewhere":               {[]RegisterLine{fromElsewhere}, 7, true},
		"above one that was given here":             {[]RegisterLine{given(5)}, 7, false},
		"below one that was given here":             {[]RegisterLine{given(5)}, 4, true},
		"above a stub":                              {[]RegisterLine{stub}, 3, false},
		"the text of a stub":                        {[]RegisterLine{stub, given(5)}, 2, false},
		"the text of a void number":                 {[]RegisterLine{void, given(5)}, 2, false},
		"a line without a text":                     {[]RegisterLine{line(bulletin.Ordinary, 2021, 2), given(5)}, 2, true},
		"of another kind":                           {[]RegisterLine{{Number: Number{bulletin.Supplement, 2021, 1}, Issue: uuid.New()}}, 4, true},
	} {
		if reasons := againstPlace(c.register, Number{bulletin.Ordinary, 2021, c.no}); (len(reasons) == 0) != c.want {
			t.Errorf("%s: %v", what, reasons)
		}
	}
}

func TestTheYearOfANumberIsThatOfItsDate(t *testing.T) {
	c := newCourse(t)
	c.now = time.Date(2021, 12, 31, 15, 0, 0, 0, time.UTC) // 23:00 in Beijing
	c.on(DefaultRoute())
	c.does(c.editor, Submit, Review, 1)
	c.does(c.reviewer, Approve, Approved, 2)
	c.now = time.Date(2022, 1, 4, 2, 0, 0, 0, time.UTC)
	c.register = []RegisterLine{line(bulletin.Ordinary, 2021, 11), line(bulletin.Ordinary, 2022, 1)}
	c.does(c.clerk, Register, Registered, 2)
	if c.issue.Number != (Number{bulletin.Ordinary, 2021, 12}) || c.issue.Date.String() != "2021-12-31" || !c.told(otherYear) {
		t.Errorf("%+v of %s", c.issue.Number, c.issue.Date)
	}
}

func TestTheTotalNumberRunsThroughItsKinds(t *testing.T) {
	c := newCourse(t)
	register := func(kind bulletin.Kind, state State) int {
		c.series.Total = Total{Kinds: []bulletin.Kind{bulletin.Ordinary, bulletin.Special}, Last: 100}
		c.on(DefaultRoute())
		draft := aDraft("甲")
		draft.Reading.Document.Number.Kind = kind
		c.doing(c.editor, Order{Act: Save, Draft: &draft}, Draft, 0)
		c.does(c.editor, Submit, Review, 1)
		c.does(c.reviewer, Approve, Approved, 2)
		c.does(c.clerk, Register, Registered, 2)
		if state == Withdrawn {
			c.does(c.clerk, Withdraw, Withdrawn, 2)
		}
		return c.issue.Total
	}
	got := []int{register(bulletin.Ordinary, ""), register(bulletin.Supplement, ""), register(bulletin.Special, Withdrawn), register(bulletin.Ordinary, "")}
	if want := []int{101, 0, 102, 103}; got[0] != want[0] || got[1] != want[1] || got[2] != want[2] || got[3] != want[3] {
		t.Errorf("%v, not %v", got, want)
	}
	c.does(c.clerk, Return, Draft, 0)
	c.does(c.editor, Submit, Review, 1)
	c.does(c.reviewer, Approve, Approved, 2)
	c.does(c.clerk, Register, Registered, 2)
	if c.issue.Total != 103 || len(c.register) != 4 {
		t.Errorf("registered again as %d", c.issue.Total)
	}
}

func TestAGapIsExplainedOnce(t *testing.T) {
	o := newOffice(t)
	o.books.register = append(o.books.register[:2], o.books.register[3:]...) // 3 is missing
	three := Number{bulletin.Ordinary, 2021, 3}
	try := func(actor Actor, n Number, why string) error {
		_, err := o.VoidGap(t.Context(), actor, o.books.series.ID, n, why)
		return err
	}
	if err := try(o.editor, three, "误编"); !fault.Is(err, fault.Forbidden) {
		t.Errorf("by an editor: %v", err)
	}
	if e := fault.As(try(o.clerk, Number{bulletin.Ordinary, 2021, 4}, " ")); e == nil || len(e.Reasons) != 2 {
		t.Errorf("no gap, no reason: %v", e)
	}
	if report := GapReport(o.books.register); len(report) != 1 || len(report[0].Gaps) != 1 || report[0].Given != 6 || report[0].Next.No != 8 {
		t.Errorf("%+v", report)
	}
	if err := try(o.clerk, three, "误编"); err != nil {
		t.Fatal(err)
	}
	report := GapReport(append(o.books.register, line(bulletin.Supplement, 2022, 1)))
	if len(report) != 2 || report[0].Year != 2022 || len(report[1].Gaps) != 0 || len(report[1].Void) != 1 || report[1].Void[0].VoidBy != "收发员" || report[1].Void[0].VoidAt.IsZero() {
		t.Errorf("%+v", report)
	}
	if err := try(o.clerk, three, "又误编"); !fault.Is(err, fault.Blocked) {
		t.Errorf("twice: %v", err)
	}
}
