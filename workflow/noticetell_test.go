package workflow

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/fault"
	"jianbao/recipients"
)

// sight is a look at an issue of the office as it stands.
func (o *office) sight(issue Issue, people ...Actor) Sight {
	v := Sight{Issue: issue, Series: o.books.series, Reach: map[uuid.UUID]Reach{}}
	for _, p := range append(people, o.editor, o.reviewer, o.clerk, o.nobody) {
		v.Staff.People = append(v.Staff.People, p.Person)
	}
	return v
}

// told lists the notices of a telling: kind and name.
func told(v Sight, all []Notice) (list []string) {
	for _, n := range all {
		p, _ := v.Staff.Person(n.Person)
		list = append(list, string(n.Kind)+" "+p.Name)
	}
	slices.Sort(list)
	return list
}

func tells(t *testing.T, v Sight, now time.Time, want ...string) Telling {
	t.Helper()
	telling := Tell(v, now, uuid.New)
	if got := told(v, telling.Notices); !slices.Equal(got, want) {
		t.Errorf("told %q, want %q", got, want)
	}
	return telling
}

func TestEachPlaceOfTheWayTellsWhoIsNext(t *testing.T) {
	o := newOffice(t)
	issue := o.opened(t)
	tells(t, o.sight(issue), o.now)
	robots := issue
	robots.Authors = nil
	tells(t, o.sight(robots), o.now, "assigned 程继东")
	issue = o.does(t, o.editor, issue, Order{Act: Submit})
	first := tells(t, o.sight(issue), o.now, "assigned 乔栋") // the editor may review, too, but wrote it
	if got := first.Notices[0]; got.Digest != issue.Digest() || got.Place != issue.Place() || got.Says.In(fault.ZH) != "《鄂尔多斯科技简报》第8期：请办理审核" {
		t.Errorf("%+v: %s", got, got.Says.In(fault.ZH))
	}
	issue = o.does(t, o.reviewer, issue, Order{Act: Approve})
	tells(t, o.sight(issue), o.now, "assigned 收发员")
	issue = o.does(t, o.clerk, issue, Order{Act: Register, KeepDate: true})
	tells(t, o.sight(issue), o.now, "assigned 收发员")
	issue = o.does(t, o.clerk, issue, Order{Act: Schedule, At: o.now.Add(time.Hour)})
	if tells(t, o.sight(issue), o.now).Through {
		t.Error("a scheduled issue is through")
	}
	issue.State = Dispatched
	if !tells(t, o.sight(issue), o.now).Through {
		t.Error("a dispatched issue is watched for ever")
	}
}

// A step at which nobody is left who may decide would wait for ever, unseen.
func TestAStepOfNobodyIsTold(t *testing.T) {
	o := newOffice(t)
	v := o.sight(o.does(t, o.editor, o.opened(t), Order{Act: Submit}))
	n := slices.IndexFunc(v.Staff.People, func(p accounts.Person) bool { return p.ID == o.reviewer.Person.ID })
	v.Staff.People[n].Active = false // the other reviewer is the author
	tells(t, v, o.now, "unattended 收发员")
	v.Series.TwoPerson = &Exception{Reason: "两人"}
	tells(t, v, o.now, "assigned 程继东")
}

func TestWhatHappenedIsTold(t *testing.T) {
	o := newOffice(t)
	v := o.sight(o.opened(t))
	v.Events = []Event{
		{Seq: 2, Act: Return, Name: "乔栋", Note: "数字有误"}, {Seq: 3, Act: Object, Name: "财政局"}, {Seq: 4, Act: Miss},
		{Seq: 5, Act: Hold, Facts: []fault.Reason{noItems.With()}}, {Seq: 6, Act: Approve},
	}
	telling := tells(t, v, o.now, "held 收发员", "held 收发员", "objection 程继东", "returned 程继东")
	if got := telling.Notices[0].Says.In(fault.EN); got != "鄂尔多斯科技简报, issue 8 was returned by 乔栋: 数字有误" {
		t.Error(got)
	}
	for _, n := range telling.Notices {
		if n.Place != "" || strings.Contains(n.Says.In(fault.ZH), "%!") {
			t.Errorf("%+v", n)
		}
	}
}

func TestAnUnsettledNameIsTold(t *testing.T) {
	o := newOffice(t)
	issue := o.does(t, o.editor, o.opened(t), Order{Act: Submit})
	issue.Circulation = recipients.Circulation{Lists: []recipients.List{{Label: "送", Entries: []recipients.Entry{{Printed: "市某局"}}}}}
	tells(t, o.sight(issue), o.now, "assigned 乔栋", "names 收发员", "names 程继东")
}

// late is an issue whose review is three working days over.
func (o *office) late(t *testing.T, overdue OverdueRule) (Issue, time.Time) {
	t.Helper()
	issue := o.does(t, o.editor, o.opened(t), Order{Act: Submit})
	issue.Route = slices.Clone(issue.Route)
	issue.Route[1].Hours, issue.Route[1].Overdue = 4, overdue
	return issue, issue.Reached.AddDate(0, 0, 12)
}

func TestAnOverdueStepClimbsAndNeverDecides(t *testing.T) {
	o := newOffice(t)
	issue, later := o.late(t, OverdueRule{Do: Escalate, To: Named{ID: o.nobody.Person.ID}})
	v := o.sight(issue)
	soon := tells(t, v, issue.Reached, "assigned 乔栋", "reminder 乔栋")
	if soon.Next.IsZero() || !soon.Next.After(issue.Reached) {
		t.Errorf("looks again at %s", soon.Next)
	}
	last := tells(t, v, later, "assigned 乔栋", "overdue 乔栋", "raised 路人")
	if !last.Next.IsZero() {
		t.Errorf("after the last rung it looks again at %s", last.Next)
	}
	if len(issue.Decisions) != 1 || v.Issue.State != Review {
		t.Error("it decided")
	}
}

// Each rung of a ladder is said by itself: under one key it would be said once
// for all of them.
func TestEveryRungIsSaid(t *testing.T) {
	o := newOffice(t)
	issue, later := o.late(t, OverdueRule{Do: Escalate, To: Named{ID: o.nobody.Person.ID}})
	v, keys := o.sight(issue), map[string]bool{}
	for at := issue.Reached; at.Before(later); at = at.Add(time.Hour) {
		for _, n := range Tell(v, at, uuid.New).Notices {
			if n.Kind == Reminder || n.Kind == Overdue {
				keys[n.Key] = true
			}
		}
	}
	if len(keys) != len(DefaultLadder()) {
		t.Errorf("%d of %d rungs are told apart", len(keys), len(DefaultLadder()))
	}
	n := slices.IndexFunc(v.Staff.People, func(p accounts.Person) bool { return p.ID == o.nobody.Person.ID })
	v.Staff.People[n].Active = false
	tells(t, v, later, "assigned 乔栋", "overdue 乔栋") // nobody is told who left
}

func TestAnOverdueStepIsPassedToTheDeputy(t *testing.T) {
	o := newOffice(t)
	issue, later := o.late(t, OverdueRule{Do: PassOn})
	v := o.sight(issue)
	tells(t, v, later, "assigned 乔栋", "overdue 乔栋")
	v.Staff.Delegations = []accounts.Delegation{{Person: o.reviewer.Person.ID, Deputy: o.nobody.Person.ID, From: later.Add(-time.Hour), Until: later.Add(time.Hour)}}
	tells(t, v, later, "assigned 乔栋", "overdue 乔栋", "stand-in 路人")
}

func TestWhoIsAwayIsStoodInFor(t *testing.T) {
	o := newOffice(t)
	v := o.sight(o.does(t, o.editor, o.opened(t), Order{Act: Submit}))
	away := accounts.Delegation{Person: o.reviewer.Person.ID, Deputy: o.nobody.Person.ID, From: o.now, Until: o.now.Add(time.Hour), Absent: true}
	v.Staff.Delegations = []accounts.Delegation{away}
	tells(t, v, o.now, "assigned 乔栋", "stand-in 路人")
	tells(t, v, o.now.Add(time.Hour), "assigned 乔栋")
	relieved := away
	relieved.Deputy, relieved.Absent = o.clerk.Person.ID, false
	v.Staff.Delegations = append(v.Staff.Delegations, relieved)
	tells(t, v, o.now, "assigned 乔栋", "stand-in 路人")
	v.Staff.Delegations[0].Deputy = uuid.Nil
	tells(t, v, o.now, "assigned 乔栋", "unattended 收发员")
	other := o.reviewer
	other.Person.ID, other.Person.Name = uuid.New(), "另一人"
	v.Staff.People = append(v.Staff.People, other.Person)
	tells(t, v, o.now, "assigned 乔栋", "assigned 另一人")
}

func TestWhoSignedIsNotAsked(t *testing.T) {
	o := newOffice(t)
	issue := o.does(t, o.editor, o.opened(t), Order{Act: Submit})
	issue.Route = slices.Clone(issue.Route)
	issue.Route[1].Need = 2
	issue = func() Issue {
		o.books.issues[issue.ID] = issue
		return o.does(t, o.reviewer, issue, Order{Act: Approve})
	}()
	if issue.State != Review {
		t.Fatal(issue.State)
	}
	tells(t, o.sight(issue), o.now, "unattended 收发员") // the only other one is the author
}

func TestAnEmergencyAsksUntilItIsRatified(t *testing.T) {
	o := newOffice(t)
	issue := o.opened(t)
	issue.State, issue.Emergency = Dispatched, &Emergency{ByName: "程继东", At: o.now}
	if tells(t, o.sight(issue), o.now, "ratify 乔栋", "ratify 程继东").Through {
		t.Error("it is through before it was ratified")
	}
	issue.Emergency = &Emergency{Ratified: &Decision{}}
	if !tells(t, o.sight(issue), o.now).Through {
		t.Error("it is watched for ever")
	}
}
