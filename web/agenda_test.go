package web

import (
	"net/http"
	"testing"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/workflow"
)

// atReview is an office whose issue waits for the review of whoever signs in.
func atReview() *office {
	o := newOffice()
	issue := o.issues[ourIssue]
	issue.State, issue.Step, issue.Round, issue.Reached = workflow.Review, 1, 1, noon.Add(-72*time.Hour)
	issue.Route = workflow.DefaultRoute()
	issue.Route[1].Hours = 8
	o.issues[ourIssue] = issue
	o.person.Grants = []accounts.Grant{{Series: ourSeries, Role: accounts.Reviewer}}
	o.options = []workflow.Option{{Act: workflow.Approve, To: workflow.Approved, Allowed: true}, {Act: workflow.Return, To: workflow.Draft, Allowed: true}}
	return o
}

func TestWhatWaitsForMeIsOnMyDesk(t *testing.T) {
	w := inOffice(t, atReview()).get("/desk")
	is(t, w, 200, "鄂尔多斯科技简报", "审核", "3天", "超期", here+"/sign", "<b>1</b> 已超期")
	lacks(t, w, "别人的简报")
}

func TestWhatISentOnIsOnMyDesk(t *testing.T) {
	o := atReview()
	issue := o.issues[ourIssue]
	issue.Authors = []uuid.UUID{editorID}
	o.issues[ourIssue] = issue
	o.person.Grants = []accounts.Grant{{Series: ourSeries, Role: accounts.Editor}}
	o.staff.People = []accounts.Person{{ID: uuid.New(), Name: "王审核", Active: true, Grants: []accounts.Grant{{Series: ourSeries, Role: accounts.Reviewer}}}}
	w := inOffice(t, o).get("/desk")
	is(t, w, 200, "王审核", "没有等您办理的事")
}

func TestADeputySeesInWhosePlace(t *testing.T) {
	o := atReview()
	o.person.Grants = []accounts.Grant{{Series: ourSeries, Role: accounts.Reader}}
	away := accounts.Person{ID: uuid.New(), Name: "王审核", Active: true, Grants: []accounts.Grant{{Series: ourSeries, Role: accounts.Reviewer}}}
	o.staff.People = []accounts.Person{away, o.person}
	o.staff.Delegations = []accounts.Delegation{{ID: uuid.New(), Person: away.ID, Deputy: o.person.ID, From: noon.Add(-time.Hour), Until: noon.Add(time.Hour), Absent: true}}
	is(t, inOffice(t, o).get("/desk"), 200, here+"/sign", "代王审核")
	lacks(t, inOffice(t, atReview()).get("/desk"), "代王审核")
}

func TestADraftWaitsForItsEditor(t *testing.T) {
	is(t, inOffice(t, newOffice()).get("/desk"), 200, "送审", here+"#acts")
}

func TestAnAbsenceIsEnteredAndEnded(t *testing.T) {
	o := newOffice()
	v := inOffice(t, o)
	deputy := uuid.New()
	is(t, v.post("/desk/away", "from", "2025-07-16", "until", "2025-07-18", "deputy", deputy.String(), "reason", "出差"), http.StatusSeeOther)
	if d := o.delegated[0]; d.Deputy != deputy || d.Until.Sub(d.From) != 72*time.Hour || d.Person != editorID || !d.Absent {
		t.Errorf("entered %+v", d)
	}
	is(t, v.post("/desk/away", "from", "昨天", "until", "2025-07-18", "deputy", "谁", "reason", "写过的原因"), 422, "昨天", "请从名单里选", "写过的原因")
	id := uuid.New()
	is(t, v.post("/desk/away/"+id.String()), http.StatusSeeOther)
	if o.ended != id {
		t.Errorf("ended %s", o.ended)
	}
	o.err = noGood
	is(t, v.post("/desk/away/"+id.String()), 422, "甲", "乙", "丙")
}

func TestWhoDecidesIsShownWhatTheyNeed(t *testing.T) {
	o := atReview()
	series := o.series[ourSeries]
	series.Leaders = []workflow.Leader{{Name: "边东", Titles: []string{"局长", "党组书记、局长"}}}
	o.series[ourSeries] = series
	issue := o.issues[ourIssue]
	issue.Document.Sections[0].Items[0].Paragraphs = []string{"党组书记、局长边东主持"}
	issue.Text = "新的正文"
	o.issues[ourIssue] = issue
	// The events of the office's fake are not this person's; so nothing is new.
	o.texts = []workflow.TextVersion{{Version: 1, Text: "旧的正文", At: noon.Add(-time.Hour)}}
	v := inOffice(t, o)
	w := v.get(here + "/sign")
	is(t, w, 200, `href="#verdict"`, `id="verdict"`)
	is(t, w, 200, "<mark>党组书记、局长</mark><mark>边东</mark>主持", `value="approve"`, `value="return"`)
	lacks(t, w, "<ins>")
	is(t, v.post(here+"/acts", "version", "3", "act", "approve", "from", "sign"), http.StatusSeeOther)
	o.err = noGood
	is(t, v.post(here+"/acts", "version", "3", "act", "return", "from", "sign", "note", "我的意见"), 422, "甲", "我的意见", `name="from" value="sign"`)
}

// A reader of the series who never did anything is told what changed since
// they looked, each time until they have seen it.
func TestWhatChangedSinceSomebodyLookedIsShown(t *testing.T) {
	o := newOffice()
	issue := o.issues[ourIssue]
	issue.Text, issue.Version = "边冬主持", 5
	o.issues[ourIssue] = issue
	o.texts = []workflow.TextVersion{{Version: 1, Text: "边东主持", At: noon}, {Version: 4, Text: "边冬主持", At: noon}}
	v := inOffice(t, o)
	lacks(t, v.get(here), "<ins>")
	o.seen = glance{Version: 3, At: noon}
	is(t, v.get(here), 200, "<del>东</del>", "<ins>冬</ins>", "2025-07-15 12:00")
	o.seen = glance{Version: 4, At: noon}
	lacks(t, v.get(here), "<ins>")
}

func TestWhatChangedSinceIsShown(t *testing.T) {
	issue := workflow.Issue{Text: "边冬主持"}
	me := uuid.New()
	events := []workflow.Event{{By: me, At: noon}, {At: noon.Add(2 * time.Hour)}}
	texts := []workflow.TextVersion{{Text: "边东主持", At: noon.Add(-time.Hour)}, {Text: "边冬主持", At: noon.Add(time.Hour)}}
	got := changesFor(me, glance{}, issue, events, texts)
	if got == nil || len(got.Lines) != 1 || got.Lines[0].Line != 1 || !got.Since.Equal(noon) {
		t.Errorf("changes %+v", got)
	}
	if changesFor(uuid.New(), glance{}, issue, events, texts) != nil {
		t.Error("somebody who never saw it is told of changes")
	}
	if changesFor(me, glance{}, issue, append(events, workflow.Event{By: me, At: noon.Add(3 * time.Hour)}), texts) != nil {
		t.Error("what somebody saw is told them again")
	}
}

func TestTheListAndTheDeskTellDraftsApart(t *testing.T) {
	o := newOffice()
	o.summaries = []workflow.Summary{{ID: ourIssue, Series: ourSeries, State: workflow.Draft}}
	v := inOffice(t, o)
	is(t, v.get("/issues"), 200, "待编号", "会议召开。", `aria-current="page">简报`)
	is(t, v.get("/desk"), 200, "会议召开。")
	is(t, v.get(here), 200, `aria-current="page">简报`)
}
