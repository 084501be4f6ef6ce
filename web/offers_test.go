package web

import (
	"strings"
	"testing"

	"jianbao/accounts"
	"jianbao/bulletin"
	"jianbao/fault"
	"jianbao/workflow"

	"jianbao/web/page"
)

// Who cannot submit their draft reads why where they would do it, and need not
// open anything.
func TestWhatHoldsADraftBackIsShown(t *testing.T) {
	o := newOffice()
	o.options[1] = workflow.Option{Act: workflow.Submit, To: workflow.Review, Reasons: []fault.Reason{page.BadTime.With("卯")}}
	body := inOffice(t, o).get(here).Body.String()
	at, others := strings.Index(body, "卯"), strings.Index(body, "现在不能办理")
	if at < 0 || at > others || !strings.Contains(body, `class="act stuck"`) {
		t.Errorf("the reason stands at %d, what others may not do at %d", at, others)
	}
	o.person.Grants[0].Role = accounts.Reader // it is not theirs to submit
	lacks(t, inOffice(t, o).get(here), `class="act stuck"`)
}

// atRegistered is an office whose clerk has an issue that only has to be sent.
func atRegistered() *office {
	o := newOffice()
	issue := o.issues[ourIssue]
	issue.State, issue.Number = workflow.Registered, workflow.Number{Kind: bulletin.Ordinary, Year: 2025, No: 7}
	issue.Document.Number = bulletin.Number{Kind: bulletin.Ordinary, No: 11}
	issue.Date = bulletin.Date{Year: 2025, Month: 7, Day: 16}
	o.issues[ourIssue] = issue
	o.person.Grants[0].Role = accounts.Clerk
	o.options = []workflow.Option{{Act: workflow.Return, To: workflow.Draft, Allowed: true}, {Act: workflow.Schedule, To: workflow.Scheduled, Allowed: true}}
	return o
}

// What leads on stands in front of what leads back, and the form of the release
// says when letters may go.
func TestWhatLeadsOnComesFirst(t *testing.T) {
	w := inOffice(t, atRegistered()).get(here)
	is(t, w, 200, `id="at-hint"`, "发送时段：", "最早可发2025-07-15 12:00")
	body := w.Body.String()
	if on, back := strings.Index(body, `class="schedule"`), strings.Index(body, `class="return"`); on < 0 || on > back {
		t.Errorf("the release stands at %d, the return at %d", on, back)
	}
}

// The page bears the number and the date that the issue was given, as its letters
// do, whatever stood in the draft.
func TestTheTextBearsWhatItWasGiven(t *testing.T) {
	w := inOffice(t, atRegistered()).get(here)
	is(t, w, 200, `<p class="paper-number">2025年第7期</p>`, "<span>2025年7月16日</span>")
	lacks(t, w, "第 11 期")
}
