package store

import (
	"context"
	"strings"
	"testing"
	"time"

	"jianbao/accounts"
	"jianbao/fault"
	"jianbao/mailer"
	"jianbao/recipients"
	"jianbao/workflow"
	"jianbao/workflow/filing"
	"jianbao/workflow/remarks"
	"jianbao/workflow/retention"
)

// secret is in everything that is content of an issue.
const secret = "青冈坪甲号"

// A filingOffice is one whose first issue of 2021 is out, with all that can
// belong to it.
type filingOffice struct {
	t                    *testing.T
	s                    *Store
	series               workflow.Series
	editor, clerk, chief workflow.Actor
	desk                 *workflow.Desk
	filing               *filing.Desk
	now                  time.Time
	issue                workflow.Issue
	remark               remarks.Remark
}

// press renders what it must.
type press struct{}

func (press) Render(_ context.Context, _ workflow.Series, issue workflow.Issue) (workflow.Parts, error) {
	return workflow.Parts{Subject: secret, Text: []byte(issue.Text), HTML: []byte("<p>" + secret),
		Attachments: []workflow.File{{Name: "本期.pdf", Type: "application/pdf", Data: []byte("%PDF-" + secret)}}}, nil
}

func newArchive(t *testing.T, s *Store) *filingOffice {
	t.Helper()
	a := &filingOffice{t: t, s: s, now: now, series: plant(t, s)}
	person := func(name string, roles ...accounts.Role) workflow.Actor {
		p := accounts.Person{ID: newID(), Login: name, Name: name, Active: true}
		for _, r := range roles {
			p.Grants = append(p.Grants, accounts.Grant{Role: r})
		}
		must(t, s.SavePerson(t.Context(), p))
		return workflow.Actor{Person: p}
	}
	a.editor, a.clerk, a.chief = person("bianji", accounts.Editor), person("shoufa", accounts.Clerk), person("juzhang", accounts.Reviewer, accounts.Signatory, accounts.Admin)
	clock := func() time.Time { return a.now }
	a.desk = &workflow.Desk{Books: s, Staff: s, Comments: s, Render: press{}, Now: clock, NewID: newID}
	a.filing = &filing.Desk{Books: s, Rules: s, Now: clock, NewID: newID}
	must(t, s.AddUnit(t.Context(), recipients.Unit{ID: newID(), Name: "市委办公室", Place: a.series.Place, Addresses: []string{"a@b.example"}, Channel: recipients.ByBoth, Copies: 2, Version: 1,
		Aliases: []recipients.Alias{{Name: "市委办"}}}))
	a.write()
	a.send()
	return a
}

// write opens the issue with an original, an attachment, a comment and two
// versions of its text.
func (a *filingOffice) write() {
	ctx, t := a.t.Context(), a.t
	text := strings.ReplaceAll(draftText, "宿迁", secret)
	issue, err := a.desk.OpenFile(ctx, a.editor, a.series.ID, workflow.Source{Name: secret + ".docx", Data: []byte("PK" + secret), Text: text})
	must(t, err)
	issue, err = a.desk.Save(ctx, a.editor, issue.ID, issue.Version, strings.ReplaceAll(text, "新的", "新"))
	must(t, err)
	issue, err = a.desk.Attach(ctx, a.editor, issue.ID, issue.Version, "附表.pdf", "application/pdf", []byte("%PDF-附"+secret))
	must(t, err)
	_, err = a.desk.Comment(ctx, a.editor, issue.ID, issue.Version, 1, "", secret+"再核一下")
	must(t, err)
	a.issue = issue
}

func (a *filingOffice) does(actor workflow.Actor, order workflow.Order) {
	a.t.Helper()
	order.Version = a.issue.Version
	issue, err := a.desk.Act(a.t.Context(), actor, a.issue.ID, order)
	if err != nil {
		a.t.Fatalf("%s: %v", order.Act, err)
	}
	a.issue = issue
}

// send takes the issue to its readers, who answer; a leader writes a remark.
func (a *filingOffice) send() {
	ctx, t := a.t.Context(), a.t
	a.does(a.editor, workflow.Order{Act: workflow.Submit})
	a.does(a.chief, workflow.Order{Act: workflow.Approve})
	a.does(a.clerk, workflow.Order{Act: workflow.Register, KeepDate: true, Unexplained: "印多了"})
	monday := time.Date(2021, 7, 11, 16, 10, 0, 0, time.UTC) // in the send window of the series
	a.does(a.clerk, workflow.Order{Act: workflow.Schedule, At: monday})
	a.now = monday
	issue, err := a.desk.Release(ctx, workflow.Actor{Robot: workflow.Robot}, a.issue.ID)
	must(t, err)
	a.issue = issue
	sent, err := first[dispatchRow](a.s.db.Where("issue = ?", issue.ID))
	must(t, err)
	row, err := first[deliveryRow](a.s.db.Where("dispatch = ?", sent.ID))
	must(t, err)
	letter := row.ID
	must(t, becomes(a.s, letter, mailer.Accepted))
	a.does(workflow.Actor{Robot: workflow.Robot}, workflow.Order{Act: workflow.Finish})
	must(t, add(a.s.db, incomingRow{ID: newID(), SHA256: "x", At: momentOf(a.now), Class: string(mailer.OtherMail), Delivery: letter, Sender: "a@b.example", Subject: secret, Words: secret, Raw: []byte("回复 " + secret)}))
	desk := &remarks.Desk{Books: a.s, Now: func() time.Time { return a.now }, NewID: newID}
	text := remarks.Writing{Leader: "张三", Role: "市长", Text: secret + "很好", Source: remarks.FromScan}
	a.remark, err = desk.Enter(ctx, a.clerk, issue, text, &workflow.File{Name: "批示.pdf", Type: "application/pdf", Data: []byte("%PDF-批" + secret)})
	must(t, err)
}

// filed files the issue, with a reason for what its file lacks.
func (a *filingOffice) filed() filing.Item {
	a.t.Helper()
	item, err := a.filing.File(a.t.Context(), a.clerk, a.issue.ID, filing.Order{Version: a.issue.Version, Class: retention.Ten, Pages: 4, Note: "回执在登记本上"})
	must(a.t, err)
	issue, err := a.s.Issue(a.t.Context(), a.issue.ID)
	must(a.t, err)
	a.issue = issue
	return item
}

func TestAnIssueIsFiled(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		a, ctx := newArchive(t, s), t.Context()
		must(t, a.filing.SetRule(ctx, a.chief, a.series.ID, 0, retention.Rule{Fonds: "Z109"}, "按省局规定"))
		files, err := s.FilesOfYear(ctx, a.series.ID, 2021)
		must(t, err)
		if len(files) != 1 || !files[0].Sent || files[0].Altered || files[0].Originals != 1 || len(files[0].Missing) != 0 || len(files[0].Remarks) != 1 {
			t.Fatalf("%+v", files)
		}
		var keys []string
		for _, g := range files[0].Gaps("") {
			keys = append(keys, g.Says.Key)
			if g.Fatal {
				t.Errorf("%s", g.Says.In(fault.ZH))
			}
		}
		if strings.Join(keys, " ") != "filing.gap.receipts filing.gap.remark filing.gap.lost" {
			t.Errorf("gaps: %v", keys)
		}
		_, err = a.filing.File(ctx, a.clerk, a.issue.ID, filing.Order{Version: a.issue.Version, Pages: 4})
		if !fault.Is(err, fault.Blocked) {
			t.Errorf("filed with gaps: %v", err)
		}
		if items, left, err := a.filing.FileYear(ctx, a.clerk, a.series.ID, 2021); err != nil || len(items) != 0 || len(left) != 1 || len(left[0].Reasons) != 3 {
			t.Errorf("%v %v %v", items, left, err)
		}
		item := a.filed()
		if item.No != 1 || item.Reference != "Z109-WS·2021-D10-0001" || item.Title == "" || a.issue.State != workflow.Archived {
			t.Errorf("%+v", item)
		}
		kept, err := s.FiledItems(ctx, a.series.ID)
		must(t, err)
		if len(kept) != 1 || kept[0].Item != item || kept[0].State != workflow.Archived {
			t.Errorf("it came back as %+v", kept)
		}
		_, err = a.filing.File(ctx, a.clerk, a.issue.ID, filing.Order{Version: a.issue.Version, Pages: 4, Note: "再来"})
		if !fault.Is(err, fault.Blocked) {
			t.Errorf("filed twice: %v", err)
		}
		events, err := s.Events(ctx, a.issue.ID)
		must(t, err)
		must(t, workflow.VerifyChain(events, a.issue.Events, a.issue.Head))
		for _, sql := range []string{"UPDATE filing_item SET no = 9", "DELETE FROM filing_item", "DELETE FROM issue_text", "DELETE FROM original", "UPDATE filing_rule SET seq = 9"} {
			if s.db.Exec(sql).Error == nil {
				t.Errorf("this can be done: %s", sql)
			}
		}
	})
}

// What was altered behind the program's back is not filed.
func TestAnAlteredFileIsNotFiled(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		a := newArchive(t, s)
		must(t, s.db.Exec("UPDATE dispatch SET subject = '另一个'").Error)
		must(t, s.db.Exec("DELETE FROM attachment WHERE sha256 = ?", a.issue.Attachments[0].SHA256).Error)
		_, err := a.filing.File(t.Context(), a.clerk, a.issue.ID, filing.Order{Version: a.issue.Version, Pages: 4, Note: "知悉"})
		if e := fault.As(err); e == nil || e.Code != fault.Blocked || len(e.Reasons) != 2 {
			t.Errorf("%v", err)
		}
	})
}

func TestRulesAreKeptOneAfterTheOther(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		a, ctx := newArchive(t, s), t.Context()
		if l, err := a.filing.Rule(ctx, a.series.ID); err != nil || l.Seq != 0 || l.Rule.Keeps() != retention.Ten {
			t.Errorf("%+v %v", l, err)
		}
		rule := retention.Rule{Class: retention.Thirty, Month: time.March, Day: 31, NoReceipts: true}
		must(t, a.filing.SetRule(ctx, a.chief, a.series.ID, 0, rule, "按省局规定"))
		if err := a.filing.SetRule(ctx, a.chief, a.series.ID, 0, rule, "又改"); !fault.Is(err, fault.Conflict) {
			t.Errorf("over another's: %v", err)
		}
		if err := a.filing.SetRule(ctx, a.clerk, a.series.ID, 1, rule, "又改"); !fault.Is(err, fault.Forbidden) {
			t.Errorf("by a clerk: %v", err)
		}
		if err := a.filing.SetRule(ctx, a.chief, a.series.ID, 1, retention.Rule{Class: "5"}, ""); !fault.Is(err, fault.Invalid) {
			t.Errorf("one that cannot be: %v", err)
		}
		must(t, a.filing.SetRule(ctx, a.chief, a.series.ID, 1, retention.Rule{}, "改回"))
		all, err := s.FilingRules(ctx, a.series.ID)
		must(t, err)
		if len(all) != 2 || all[0].Rule != rule || all[0].Set.Note != "按省局规定" || all[1].Set.Name != a.chief.Name() {
			t.Errorf("%+v", all)
		}
		if err := s.AddFilingRule(ctx, newID(), filing.RuleLine{Seq: 1}); !fault.Is(err, fault.NotFound) {
			t.Errorf("of no series: %v", err)
		}
	})
}

func TestClerksAreToldOnceOfWhatIsToBeFiled(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		a, ctx := newArchive(t, s), t.Context()
		told := func(at string) int {
			t.Helper()
			when, err := time.Parse(time.DateOnly, at)
			must(t, err)
			n := 0
			for range 3 { // three processes, each with its own clock
				must(t, (&filing.Reminder{Watch: s, NewID: newID}).Look(ctx, when))
			}
			all, err := s.Notices(ctx, a.clerk.Person.ID, 50)
			must(t, err)
			for _, one := range all {
				if one.Kind == workflow.ToFile || one.Kind == workflow.NotFiled {
					n++
				}
			}
			return n
		}
		for _, k := range []struct {
			at   string
			want int
		}{{"2022-05-01", 0}, {"2022-06-01", 1}, {"2022-06-29", 1}, {"2022-07-02", 2}, {"2023-03-01", 2}} {
			if got := told(k.at); got != k.want {
				t.Errorf("on %s there are %d notices, not %d", k.at, got, k.want)
			}
		}
		a.filed()
		if got := told("2023-04-01"); got != 0 {
			t.Errorf("all is filed, and %d notices stand", got)
		}
	})
}
