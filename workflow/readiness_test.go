package workflow

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"jianbao/bulletin"
	"jianbao/fault"
	"jianbao/workflow/ready"
	"jianbao/workflow/ready/likeness"
)

var blocking = ready.Finding{Code: "x", Severity: bulletin.Block, Line: 3, Reason: fault.Reason{Key: "x"}}

func TestWhatTheReadyCheckLooksAt(t *testing.T) {
	o := newOffice(t)
	issue := o.opened(t)
	series := o.books.series
	series.Leaders = []Leader{
		{Name: "在任", Titles: []string{"市长"}, Order: 3}, {Name: "卸任", Until: bulletin.Date{Year: 2021, Month: 7, Day: 14}},
	}
	series.Sections = []string{"高层声音"}
	own := RegisterLine{Number: Number{bulletin.Ordinary, 2021, 8}, Issue: issue.ID}
	void := line(bulletin.Ordinary, 2021, 6)
	void.Void = "重复"
	paper := RegisterLine{Number: Number{bulletin.Ordinary, 2021, 9}, Paper: Paper{Level: "秘密"}}
	facts := factsOf(issue, series, Past{Register: []RegisterLine{void, own, paper}})
	if facts.Text != issue.Text || facts.Home != "鄂尔多斯" || len(facts.Sections) != 1 {
		t.Errorf("%+v", facts)
	}
	if len(facts.Leaders) != 1 || facts.Leaders[0].Name != "在任" || facts.Leaders[0].Rank != 3 {
		t.Errorf("leaders %+v", facts.Leaders)
	}
	if r := facts.Register; len(r) != 2 || r[0].No != 6 || !r[0].Void || r[1].No != 9 {
		t.Errorf("register %+v", r)
	}
}

// A correction bears the number of what it corrects and repeats most of it;
// neither is a doubt.
func TestACorrectionIsNotHeldAgainstItself(t *testing.T) {
	o := newOffice(t)
	first := o.scheduled(t)
	first, err := o.Release(t.Context(), Actor{Robot: Robot}, first.ID)
	if err != nil {
		t.Fatal(err)
	}
	other := first
	other.ID, other.Corrects, other.Edition = uuid.New(), first.ID, 2
	doubts := func(issue Issue) (n int) {
		found, err := o.Check(t.Context(), issue, o.books.series)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range found {
			if f.Code == ready.NumberTaken || f.Code == ready.ItemRepeats {
				n++
			}
		}
		return n
	}
	if n := doubts(other); n != 0 {
		t.Errorf("%d doubts about a correction", n)
	}
	other.Corrects = uuid.Nil
	if n := doubts(other); n != 1+len(first.Document.Items()) {
		t.Errorf("%d doubts about a second issue of the same number", n)
	}
}

func TestTheCheckSeesWhatWasRegistered(t *testing.T) {
	issue := Issue{Document: bulletin.Document{Number: bulletin.Number{No: 8}}}
	if numbered(issue).Number.No != 8 {
		t.Error("before the registration it is the text's number")
	}
	issue.Number, issue.Date = Number{bulletin.Ordinary, 2021, 9}, bulletin.Date{Year: 2021, Month: 7, Day: 16}
	if d := numbered(issue); d.Number.No != 9 || d.Date.Day != 16 {
		t.Errorf("%+v %v", d.Number, d.Date)
	}
}

func TestAnItemThatRepeatsAnEarlierIssueIsFound(t *testing.T) {
	o := newOffice(t)
	first := o.scheduled(t)
	first, err := o.Release(t.Context(), Actor{Robot: Robot}, first.ID)
	if err != nil || len(o.books.items) != 16 || len(o.books.items[0].Keys) != likeness.Keys {
		t.Fatalf("%d items kept, %v", len(o.books.items), err)
	}
	again := o.opened(t)
	past, err := o.Books.Past(t.Context(), again, again.pastItems()[0].Keys)
	if err != nil {
		t.Fatal(err)
	}
	all := similar(again.pastItems()[:1], past.Items)
	if len(all) != 1 || all[0].Alike != 1 || !strings.HasPrefix(all[0].Where, "鄂尔多斯科技简报2021年第8期") {
		t.Errorf("%+v", all)
	}
	if own, err := o.Books.Past(t.Context(), first, first.pastItems()[0].Keys); err != nil || len(own.Items) != 0 {
		t.Errorf("it repeats itself: %d, %v", len(own.Items), err)
	}
}

// What stands in every issue is named with the last few that had it.
func TestAnItemThatStandsInEveryIssueIsNamedWithTheLastOnes(t *testing.T) {
	text := "市科技局召开党组会议，传达学习全国科技工作会议精神，研究部署下一阶段重点任务。"
	nearly := text + "局长主持。"
	past := []PastItem{{Text: nearly, Number: Number{bulletin.Ordinary, 2021, 1}}}
	for no := range 52 {
		past = append(past, PastItem{Text: text, Number: Number{bulletin.Ordinary, 2021, no + 2}})
	}
	var places []string
	for _, s := range similar([]PastItem{{Seq: 1, Text: text}}, past) {
		places = append(places, s.Where)
	}
	if want := []string{"2021年第53期", "2021年第52期", "2021年第51期"}; !slices.Equal(places, want) {
		t.Errorf("%v", places)
	}
	if all := similar([]PastItem{{Seq: 1, Text: nearly}}, past); len(all) != mostRepeats || all[0].Where != "2021年第1期" || all[1].Where != "2021年第53期" {
		t.Errorf("%+v", all)
	}
}

func TestAFindingThatBlocksKeepsADraftFromReview(t *testing.T) {
	for severity, want := range map[bulletin.Severity]int{bulletin.Block: 2, bulletin.Ask: 0, bulletin.Note: 0} {
		found := []ready.Finding{{Code: "x", Severity: severity, Line: 3}, {Code: "y", Severity: severity, Item: 2}}
		if got := readyRule.Against(Case{Findings: found}); len(got) != want {
			t.Errorf("%s: %v", severity, got)
		}
	}
	c := Case{Findings: []ready.Finding{blocking}, Issue: Issue{Problems: []bulletin.Problem{{Code: "x", Severity: bulletin.Block}}}}
	if got := readyRule.Against(c); len(got) != 0 {
		t.Errorf("said twice: %v", got)
	}
}

// A bulletin with a lost character cannot be submitted, and the page says so
// beforehand.
func TestTheCheckRunsAtSubmission(t *testing.T) {
	o := newOffice(t)
	issue := o.opened(t)
	issue, err := o.Save(t.Context(), o.editor, issue.ID, issue.Version, strings.Replace(issue.Text, "宿迁", "宿\uFFFD", 1))
	if err != nil {
		t.Fatal(err)
	}
	_, err = o.Act(t.Context(), o.editor, issue.ID, Order{Act: Submit, Version: issue.Version})
	if !fault.Is(err, fault.Blocked) {
		t.Fatalf("submitted: %v", err)
	}
	options, err := o.Options(t.Context(), o.editor, issue.ID)
	if err != nil {
		t.Fatal(err)
	}
	for _, option := range options {
		if option.Act == Submit && option.Allowed {
			t.Error("the page offers it")
		}
	}
}

// A renderer that refuses, or a letter that is too large, does not go out late:
// a person is asked at once.
func TestWhatCannotGoOutWaitsForAPerson(t *testing.T) {
	for name, render := range map[string]rendering{
		"refused":   {err: fault.New(fault.Invalid, noItems.With())},
		"too large": {parts: Parts{Subject: "s", Text: []byte("t"), Attachments: []File{{Name: "a", Data: make([]byte, DefaultLimit)}}}},
	} {
		o := newOffice(t)
		issue := o.scheduled(t)
		o.Render = render
		got, err := o.Release(t.Context(), Actor{Robot: Robot}, issue.ID)
		events := o.books.events[issue.ID]
		last := events[len(events)-1]
		if err != nil || got.State != Registered || !got.ReleaseAt.IsZero() || last.Act != Hold || len(last.Facts) != 1 || last.Facts[0].Key != heldBack.Key {
			t.Errorf("%s: %s, %+v, %v", name, got.State, last, err)
		}
		if len(o.books.sendings) != 0 {
			t.Errorf("%s: it went out", name)
		}
	}
}

func TestWhatIsNotDueIsNotHeld(t *testing.T) {
	o := newOffice(t)
	issue := o.scheduled(t)
	o.now = o.now.Add(-time.Minute)
	if _, err := o.Release(t.Context(), Actor{Robot: Robot}, issue.ID); !fault.Is(err, fault.Blocked) || o.books.issues[issue.ID].State != Scheduled {
		t.Errorf("%s, %v", o.books.issues[issue.ID].State, err)
	}
}

// A rendering is always the same.
type rendering struct {
	parts Parts
	err   error
}

func (r rendering) Render(context.Context, Series, Issue) (Parts, error) { return r.parts, r.err }
