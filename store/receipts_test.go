package store

import (
	"context"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"jianbao/accounts"
	"jianbao/fault"
	"jianbao/mailer"
	"jianbao/recipients"
	"jianbao/recipients/copies"
	"jianbao/recipients/receipts"
	"jianbao/workflow"
)

var ticketKey = workflow.TicketKey("0123456789abcdef0123456789abcdef")

// outIssue is an issue that was released to its one listed unit, with its letter
// and where its receipts go.
func outIssue(t *testing.T, s *Store, at time.Time) (workflow.Receiving, workflow.Issue, mailer.Delivery) {
	t.Helper()
	issue := openedIssue(t, s, plant(t, s))
	_, err := s.Change(t.Context(), issue.ID, false, func(c workflow.Case) (workflow.Change, error) {
		change, err := send(c)
		change.Issue.Released = now
		change.Release.Letters[0].Unit = c.Issue.Circulation.All()[0].Unit
		return change, err
	})
	must(t, err)
	letters, err := s.Deliveries(t.Context(), issue.ID)
	must(t, err)
	desk, _ := editors(s)
	desk.Now = func() time.Time { return at }
	return workflow.Receiving{Desk: desk, Keep: s, Tray: s, Key: ticketKey, Site: "https://jianbao.example"}, issue, letters[0]
}

func tokenIn(link string) string { return link[strings.LastIndex(link, "/")+1:] }

// line is the one line of the board.
func line(t *testing.T, s *Store, issue uuid.UUID) receipts.Line {
	t.Helper()
	lines, err := s.ReceiptLines(t.Context(), issue)
	must(t, err)
	if len(lines) != 1 {
		t.Fatalf("%d lines", len(lines))
	}
	return lines[0]
}

func state(t *testing.T, s *Store, issue uuid.UUID, want receipts.State) {
	t.Helper()
	if got := line(t, s, issue).State; got != want {
		t.Errorf("the state is %s, want %s", got, want)
	}
}

func TestAUnitSignsByItsLinkOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		desk, issue, letter := outIssue(t, s, now)
		for range 2 { // every engine that composes the letter offers
			must(t, desk.Offer(t.Context(), letter.Dispatch))
		}
		link := desk.Link(letter.Dispatch, letter.Unit)
		var kept int64
		must(t, s.db.Model(&slipRow{}).Where("hash = ?", tokenIn(link)).Count(&kept).Error)
		if kept != 0 {
			t.Error("the token is in the database")
		}
		for range 3 { // a scanner follows links
			asked, err := desk.Ask(t.Context(), tokenIn(link))
			if err != nil || asked.Slip.Name != "市委办公室" || asked.Slip.Copies != 2 || asked.Masthead != "鄂尔多斯科技简报" {
				t.Fatalf("%+v %v", asked, err)
			}
		}
		state(t, s, issue.ID, receipts.NotSent)
		if _, err := desk.Ask(t.Context(), "x"); !fault.Is(err, fault.NotFound) {
			t.Errorf("another token: %v", err)
		}
		if _, err := desk.Sign(t.Context(), tokenIn(link), receipts.Said{Verdict: receipts.Rejected, By: "张三"}); !fault.Is(err, fault.Invalid) {
			t.Errorf("no reason: %v", err)
		}
		var signed atomic.Int32
		var group sync.WaitGroup
		for range 8 {
			group.Go(func() {
				_, err := desk.Sign(t.Context(), tokenIn(link), receipts.Said{Verdict: receipts.Received, By: " 张三 ", Copies: 1})
				if err == nil {
					signed.Add(1)
				} else if !fault.Is(err, fault.Conflict) && !fault.Is(err, fault.Blocked) {
					t.Error(err)
				}
			})
		}
		group.Wait()
		l := line(t, s, issue.ID)
		if last, ok := l.Last(); signed.Load() != 1 || !ok || len(l.Receipts) != 1 || last.By != "张三" || last.Short() != 1 || last.Means != receipts.ByLink || l.State != receipts.Acknowledged {
			t.Errorf("%d signed: %+v", signed.Load(), l)
		}
		if err := s.db.Exec("DELETE FROM receipt").Error; err == nil {
			t.Error("a receipt was deleted")
		}
	})
}

func TestTheCodeOnPaperAndTheLinkAreOneReceipt(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		desk, issue, letter := outIssue(t, s, now)
		must(t, desk.Offer(t.Context(), letter.Dispatch))
		codes, err := desk.Codes(t.Context(), letter.Dispatch)
		must(t, err)
		link := desk.Link(letter.Dispatch, letter.Unit)
		if len(codes) != 1 || codes[letter.Unit] == link {
			t.Fatalf("%v", codes)
		}
		_, err = desk.Sign(t.Context(), tokenIn(codes[letter.Unit]), receipts.Said{Verdict: receipts.Rejected, By: "张三", Reason: "非本单位"})
		must(t, err)
		state(t, s, issue.ID, receipts.Refused)
		if _, err := desk.Sign(t.Context(), tokenIn(link), receipts.Said{Verdict: receipts.Received, By: "李四"}); !fault.Is(err, fault.Blocked) {
			t.Errorf("signed again by the link: %v", err)
		}
		clerk := workflow.Actor{Person: accounts.Person{ID: newID(), Name: "文书", Active: true, Grants: []accounts.Grant{{Role: accounts.Clerk}}}}
		void := receipts.Receipt{Means: receipts.ByPhone, Verdict: receipts.Void, At: now, Reason: "点错"}
		if _, err := desk.Enter(t.Context(), clerk, issue.ID, letter.Unit, void); !fault.Is(err, fault.Conflict) {
			t.Errorf("voided without saying which: %v", err)
		}
		wrong, _ := line(t, s, issue.ID).Last()
		void.Corrects = wrong.ID
		_, err = desk.Enter(t.Context(), clerk, issue.ID, letter.Unit, void)
		must(t, err)
		state(t, s, issue.ID, receipts.NotSent)
		_, err = desk.Sign(t.Context(), tokenIn(link), receipts.Said{Verdict: receipts.Received, By: "李四", Copies: 2})
		must(t, err)
		state(t, s, issue.ID, receipts.Acknowledged)
	})
}

func TestAClerkEntersWithEvidence(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		desk, issue, letter := outIssue(t, s, now)
		clerk := workflow.Actor{Person: accounts.Person{ID: newID(), Name: "文书", Active: true, Grants: []accounts.Grant{{Role: accounts.Clerk}}}}
		call := receipts.Receipt{Means: receipts.ByPhone, Verdict: receipts.Received, By: "张三", At: now.Add(-time.Hour), Copies: 2, Evidence: "0477-1234567，8日9点通话"}
		if _, err := desk.Enter(t.Context(), workflow.Actor{Person: accounts.Person{Active: true}}, issue.ID, letter.Unit, call); !fault.Is(err, fault.Forbidden) {
			t.Errorf("no clerk: %v", err)
		}
		if _, err := desk.Enter(t.Context(), clerk, issue.ID, newID(), call); !fault.Is(err, fault.Invalid) {
			t.Errorf("a unit that is not listed: %v", err)
		}
		editor := workflow.Actor{Person: accounts.Person{ID: newID(), Name: "编辑", Active: true, Grants: []accounts.Grant{{Role: accounts.Editor}}}}
		if _, err := desk.Enter(t.Context(), editor, issue.ID, letter.Unit, call); !fault.Is(err, fault.Forbidden) {
			t.Errorf("an editor: %v", err)
		}
		asIfByLink := call
		asIfByLink.Means = receipts.ByLink
		if _, err := desk.Enter(t.Context(), clerk, issue.ID, letter.Unit, asIfByLink); !fault.Is(err, fault.Invalid) {
			t.Errorf("a clerk signs as the unit: %v", err)
		}
		bare := call
		bare.Evidence = ""
		if _, err := desk.Enter(t.Context(), clerk, issue.ID, letter.Unit, bare); !fault.Is(err, fault.Invalid) {
			t.Errorf("no evidence: %v", err)
		}
		_, err := desk.Enter(t.Context(), clerk, issue.ID, letter.Unit, call)
		must(t, err)
		if last, _ := line(t, s, issue.ID).Last(); last.EnteredBy != "文书" || last.Evidence != call.Evidence || !last.At.Equal(call.At) || last.Expected != 2 {
			t.Errorf("%+v", last)
		}
		if _, err := desk.Enter(t.Context(), clerk, issue.ID, letter.Unit, call); !fault.Is(err, fault.Conflict) {
			t.Errorf("entered beside what holds: %v", err)
		}
	})
}

func TestAReplyIsAReceipt(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		desk, issue, letter := outIssue(t, s, now)
		must(t, s.db.Model(&deliveryRow{}).Where("id = ?", letter.ID).Update("state", mailer.Accepted).Error)
		state(t, s, issue.ID, receipts.Accepted)
		arrive := func(sha, words string) {
			_, err := s.Receive(t.Context(), mailer.Incoming{SHA256: sha, Class: mailer.Receipt, Sender: "a@b.example", Words: words, Deliveries: []uuid.UUID{letter.ID}, Raw: []byte(words)}, now)
			must(t, err)
		}
		arrive("1", "收到，附件打不开")
		collect(t, desk, 0)
		state(t, s, issue.ID, receipts.Reached)
		arrive("2", "收到，谢谢！张三")
		collect(t, desk, 1)
		collect(t, desk, 0)
		last, _ := line(t, s, issue.ID).Last()
		if last.Means != receipts.ByReply || last.By != "张三 <a@b.example>" || last.Copies != 2 || last.Delivery != letter.ID {
			t.Errorf("%+v", last)
		}
		arrive("3", "已收到")
		collect(t, desk, 1)
		tray, err := s.Tray(t.Context(), 10)
		must(t, err)
		if len(tray) != 1 { // what says more is for a person to read
			t.Errorf("%d mails are left", len(tray))
		}
		arrive("4", "已收到。下期加印一份") // a receipt, and more
		collect(t, desk, 1)
		if tray, err = s.Tray(t.Context(), 10); err != nil || len(tray) != 2 {
			t.Errorf("%d mails are left, %v", len(tray), err)
		}
	})
}

func collect(t *testing.T, desk workflow.Receiving, want int) {
	t.Helper()
	if n, err := desk.Collect(t.Context()); n != want || err != nil {
		t.Errorf("%d receipts, want %d: %v", n, want, err)
	}
}

func TestPaperThatWasHandedOver(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		_, issue, letter := outIssue(t, s, now)
		_, err := handing(t, s, issue.ID, copies.Handover{ID: newID(), At: now, By: "文书", Unit: letter.Unit, Count: 1, Way: copies.Fetched, To: "张三"})
		must(t, err)
		if l := line(t, s, issue.ID); l.State != receipts.HandedOver || l.Handed != 1 || l.Copies != 2 {
			t.Errorf("%+v", l)
		}
	})
}

func TestReceiptsAreAskedForOnceAcrossSchedulers(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		later := time.Date(2021, 7, 12, 2, 0, 0, 0, time.UTC) // Monday, 10:00: two working days
		desk, issue, letter := outIssue(t, s, later)
		must(t, s.db.Model(&deliveryRow{}).Where("id = ?", letter.ID).Update("state", mailer.Accepted).Error)
		must(t, s.AddUnit(t.Context(), recipients.Unit{
			ID: letter.Unit, Name: "市委办公室", Place: "鄂尔多斯", Channel: recipients.ByBoth, Copies: 2, Version: 1,
			Addresses: []string{"a@b.example"}, Contact: recipients.Contact{Name: "张三", Addresses: []string{"zs@b.example"}},
		}))
		look := func() (sum int32) {
			ids, err := s.Chaseable(t.Context(), now.Add(-time.Hour))
			must(t, err)
			var n atomic.Int32
			var group sync.WaitGroup
			for _, id := range ids {
				for range 4 {
					group.Go(func() {
						done, err := s.Chase(context.WithoutCancel(t.Context()), id, later, func(v workflow.ChaseSight) workflow.Chasings {
							return workflow.Chase(v, ticketKey, desk.Site, later, newID)
						})
						if err != nil {
							t.Error(err)
						}
						n.Add(int32(done))
					})
				}
			}
			group.Wait()
			return n.Load()
		}
		if n := look(); n != 0 {
			t.Errorf("%d were asked though the series asks nobody", n)
		}
		must(t, s.SaveTimetable(t.Context(), workflow.Timetable{Series: issue.Series, Chasing: workflow.UsualChasing()}))
		if n := look(); n != 1 {
			t.Errorf("%d rungs, want one", n)
		}
		if l := line(t, s, issue.ID); len(l.Rungs) != 1 || l.State != receipts.Accepted {
			t.Errorf("%+v", l)
		}
		var reminder deliveryRow
		must(t, s.db.Where("dispatch IN (SELECT dispatch FROM chase)").Take(&reminder).Error)
		if reminder.Address != "zs@b.example" {
			t.Errorf("asked at %s", reminder.Address)
		}
		if letters, err := s.Deliveries(t.Context(), issue.ID); err != nil || len(letters) != 1 {
			t.Errorf("%d letters of the issue, %v", len(letters), err)
		}
		_, err := s.Receive(t.Context(), mailer.Incoming{SHA256: "r", Class: mailer.Receipt, Sender: "zs@b.example", Words: "收到", Deliveries: []uuid.UUID{reminder.ID}, Raw: []byte("x")}, later)
		must(t, err)
		collect(t, desk, 1) // an answer to the reminder counts for the issue
		state(t, s, issue.ID, receipts.Acknowledged)
		records, err := desk.Punctuality(t.Context(), issue.Series, now.Add(-time.Hour), later)
		must(t, err)
		if len(records) != 1 || records[0].OnTime != 1 || records[0].Sent != 1 {
			t.Errorf("%+v", records)
		}
	})
}

func TestARecallIsAcknowledgedForItself(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		desk, issue, letter := outIssue(t, s, now)
		must(t, desk.Offer(t.Context(), letter.Dispatch))
		_, err := desk.Sign(t.Context(), tokenIn(desk.Link(letter.Dispatch, letter.Unit)), receipts.Said{Verdict: receipts.Received, By: "张三", Copies: 2})
		must(t, err)
		recall := dispatchRow{ID: newID(), Issue: issue.ID, Series: issue.Series, At: momentOf(now) + 1, Purpose: string(workflow.Revoked), Subject: "撤销", Text: []byte("请退回")}
		must(t, s.db.Model(&dispatchRow{}).Where("id = ?", letter.Dispatch).Pluck("digest", &recall.Digest).Error)
		notice := rowOfDelivery(mailer.Delivery{ID: newID(), Dispatch: recall.ID, Unit: letter.Unit, Name: letter.Name, Address: letter.Address, State: mailer.Accepted}, true)
		must(t, s.write(t.Context(), func(tx *gorm.DB) error { return writeDispatch(tx, recall, nil, []deliveryRow{notice}) }))
		state(t, s, issue.ID, receipts.Accepted)
		must(t, desk.Offer(t.Context(), recall.ID))
		_, err = desk.Sign(t.Context(), tokenIn(desk.Link(recall.ID, letter.Unit)), receipts.Said{Verdict: receipts.Received, By: "张三", Copies: 2})
		must(t, err)
		state(t, s, issue.ID, receipts.Acknowledged)
	})
}
