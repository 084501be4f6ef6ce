package workflow

import (
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"jianbao/fault"
)

func TestARecallTellsThoseWhoMayBeTheSecond(t *testing.T) {
	o := newOffice(t)
	issue := o.opened(t)
	issue.State, issue.Recall = Dispatched, &Recalling{By: o.clerk.Person.ID, ByName: "收发员", At: o.now, Reason: "误发甲项目", Secret: true}
	telling := tells(t, o.sight(issue), o.now, "recall 乔栋", "recall 程继东")
	says := telling.Notices[0].Says.In(fault.ZH)
	if strings.Contains(says, "甲项目") || !strings.Contains(says, "收发员提出撤销") {
		t.Error(says)
	}
	if again := Tell(o.sight(issue), o.now.Add(time.Hour), uuid.New); again.Notices[0].Key != telling.Notices[0].Key {
		t.Error("it is said twice")
	}
	issue.Recall.By = o.reviewer.Person.ID
	tells(t, o.sight(issue), o.now, "recall 程继东")
	kept := issue
	kept.Recall = nil
	if kept.Place() == issue.Place() {
		t.Error("a notice of a recall that was turned down stays")
	}
	alone := o.sight(issue)
	alone.Staff.People = alone.Staff.People[:0]
	for _, p := range []Actor{o.reviewer, o.clerk} {
		alone.Staff.People = append(alone.Staff.People, p.Person)
	}
	tells(t, alone, o.now, "unattended 收发员")
}

// TestTheNoticeOfAClassifiedIssueSaysNothingOfIt takes an issue of any words: of
// none of its titles, texts and reasons does a piece of four characters stand in
// the notice or the list of those who have it.
func TestTheNoticeOfAClassifiedIssueSaysNothingOfIt(t *testing.T) {
	o := newOffice(t)
	issue := o.opened(t)
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.StringMatching(`[甲乙丙丁戊己庚辛壬癸]{4,20}`)
		issue.Text = words.Draw(t, "text")
		reason := words.Draw(t, "reason")
		issue.Number = Number{Year: 2021, No: 8}
		for s := range issue.Document.Sections {
			issue.Document.Sections[s].Name = words.Draw(t, "section")
			for n := range issue.Document.Sections[s].Items {
				issue.Document.Sections[s].Items[n].Lead = words.Draw(t, "lead")
			}
		}
		issue.Recall = &Recalling{By: uuid.New(), ByName: "收发员", Reason: reason, Secret: true, ConfirmedAt: o.now}
		parts := RecallNotice(o.books.series, issue)
		list := CollectionList(o.books.series, issue, []Holder{{Name: "市统计局", Addresses: []string{"a@b.example"}, Paper: 2}})
		said := parts.Subject + string(parts.Text) + list.Title + strings.Join(list.Header, "")
		for n := 0; n+4 <= len([]rune(issue.Text+reason)); n++ {
			if piece := string([]rune(issue.Text + reason)[n : n+4]); strings.Contains(said, piece) {
				t.Fatalf("%q is in the notice: %s", piece, said)
			}
		}
		if strings.ContainsAny(said, "甲乙丙丁戊己庚辛壬癸") || len(parts.Attachments) > 0 || len(parts.HTML) > 0 {
			t.Fatalf("something of the issue is in the notice: %s", said)
		}
		issue.Recall.Secret = false
		if open := RecallNotice(o.books.series, issue); !strings.Contains(string(open.Text), reason) {
			t.Fatal("who may know the reason is not told it")
		}
	})
}
