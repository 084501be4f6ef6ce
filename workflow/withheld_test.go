package workflow

import (
	"encoding/json"
	"strings"
	"testing"
)

// What was classified afterwards is shown to nobody from the moment somebody says
// so, and is again once that was turned down.
func TestAClassifiedIssueIsWithheld(t *testing.T) {
	o := newOffice(t)
	issue := o.scheduled(t)
	issue.Attachments = []Attachment{{Name: "附件.pdf", SHA256: "ab"}}
	for _, c := range []struct {
		recall *Recalling
		state  State
		want   bool
	}{
		{nil, Dispatched, false},
		{&Recalling{Reason: "有误"}, Dispatched, false},
		{&Recalling{Reason: "定密", Secret: true}, Dispatched, true},
		{&Recalling{Reason: "定密", Secret: true, Confirmed: o.clerk.Person.ID}, Recalled, true},
		{&Recalling{Reason: "定密", Secret: true}, Destroyed, false}, // nothing is left
	} {
		issue.Recall, issue.State = c.recall, c.state
		shown := issue.Shown()
		raw, err := json.Marshal(shown)
		if err != nil {
			t.Fatal(err)
		}
		if hidden := !strings.Contains(string(raw), "宿迁") && !strings.Contains(string(raw), "附件"); hidden != c.want || issue.Withheld() != c.want {
			t.Errorf("%s, %+v: withheld %v, want %v", c.state, c.recall, hidden, c.want)
		}
		if shown.Digest() != issue.Digest() || len(shown.Circulation.All()) != len(issue.Circulation.All()) || shown.Document.Masthead != issue.Document.Masthead {
			t.Error("what has to be collected is gone as well")
		}
	}
}
