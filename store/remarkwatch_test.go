package store

import (
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/fault"
	"jianbao/recipients"
	"jianbao/workflow"
	"jianbao/workflow/calendar"
	"jianbao/workflow/remarks"
)

// remindersOver are two schedulers of two processes over a database, with one
// clock.
func remindersOver(s *Store, c *clock) []*workflow.Scheduler {
	var all []*workflow.Scheduler
	for range 2 {
		scheduler := schedulerOver(s, c)
		scheduler.Chores = append(scheduler.Chores, remarks.Reminder{Watch: s, NewID: newID}.Look)
		all = append(all, scheduler)
	}
	return all
}

// assigned is a remark that a clerk gave to a unit, due on July 30.
func assigned(t *testing.T, s *Store, c *clock, issue workflow.Issue, clerk, other workflow.Actor) (remarks.Remark, *remarks.Desk) {
	t.Helper()
	desk := &remarks.Desk{Books: s, NewID: newID, Now: c.now}
	r, err := desk.Enter(t.Context(), clerk, issue, remarks.Writing{Leader: "张三", Text: "7月底前报我。", Source: remarks.ByKeying}, nil)
	must(t, err)
	r, err = desk.Act(t.Context(), other, r.ID, remarks.Order{Act: remarks.Check, Version: r.Version})
	must(t, err)
	r, err = desk.Act(t.Context(), clerk, r.ID, remarks.Order{Act: remarks.Assign, Version: r.Version, Units: []workflow.Named{{ID: reached(t, s), Name: "市发改委"}}})
	must(t, err)
	return r, desk
}

// reached is a unit of the directory with a contact who has two addresses.
func reached(t *testing.T, s *Store) uuid.UUID {
	t.Helper()
	contact := recipients.Contact{Name: "周敏", Addresses: []string{"zhou@fgw.example", "z2@fgw.example"}}
	unit := recipients.Unit{ID: newID(), Name: "市发展改革委", Channel: recipients.ByBoth, Copies: 1, Contact: contact, Version: 1}
	must(t, s.AddUnit(t.Context(), unit))
	return unit.ID
}

// A fortnight of two schedulers over one database, looking four times a day:
// each reminder is said once, and none is mailed in the quiet hours.
func TestEachReminderOfARemarkIsSaidOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		series := plant(t, s)
		must(t, s.SaveTimetable(t.Context(), workflow.Timetable{Series: series.ID, Hours: calendar.Hours{Quiet: calendar.Span{From: 20 * 60, To: 8 * 60}}}))
		clerk := workflow.Actor{Person: hired(t, s, "clerk", accounts.Clerk, workflow.Reach{Address: "c@b.example", AtOnce: true})}
		other := workflow.Actor{Person: hired(t, s, "other", accounts.Editor, workflow.Reach{Address: "o@b.example", AtOnce: true})}
		head := hired(t, s, "head", accounts.Reviewer, workflow.Reach{})
		zone := series.Location()
		c := &clock{at: time.Date(2021, 7, 26, 10, 0, 0, 0, zone)}
		r, desk := assigned(t, s, c, openedIssue(t, s, series), clerk, other)
		schedulers := remindersOver(s, c)
		for at := c.now(); at.Before(time.Date(2021, 8, 7, 0, 0, 0, 0, zone)); at = at.Add(6 * time.Hour) {
			c.set(at)
			var group sync.WaitGroup
			for _, scheduler := range schedulers {
				group.Go(func() { must(t, scheduler.Look(t.Context())) })
			}
			group.Wait()
		}
		if got := remarkNotices(t, s, r); got != "head 1, clerk 4, other 0" {
			t.Errorf("told: %s", got)
		}
		disturbed(t, s, zone)
		letters, err := rows[deliveryRow](s.db.Where("unit = ?", r.Slip.Units[0].ID).Order("created"))
		must(t, err)
		if len(letters) != 4 || letters[0].Address != "zhou@fgw.example" || letters[0].Alternates[0] != "z2@fgw.example" {
			t.Errorf("%d letters to the unit: %+v", len(letters), letters)
		}
		kept, lines, err := s.Remark(t.Context(), r.ID)
		must(t, err)
		must(t, remarks.Verify(kept, lines))
		reminded := 0
		for _, l := range lines {
			if l.Act == remarks.Remind && strings.Contains(l.Note, r.Slip.Units[0].Name+" zhou@fgw.example") {
				reminded++
			}
		}
		if reminded != 4 || kept.Version != r.Version {
			t.Errorf("the history has %d of 4 letters, version %d of %d", reminded, kept.Version, r.Version)
		}
		if all := toldOf(t, s, r, head); len(all) != 1 || !strings.Contains(all[0].Says.In(fault.ZH), "已逾期3个工作日") {
			t.Errorf("the head: %+v", all)
		}

		_, err = desk.Act(t.Context(), clerk, r.ID, remarks.Order{Act: remarks.TakeReply, Version: r.Version, Unit: r.Slip.Units[0].ID, Note: "已办"})
		must(t, err)
		must(t, schedulers[0].Look(t.Context()))
		if all := toldOf(t, s, r, head); len(all) != 0 {
			t.Errorf("what is answered is overdue still: %+v", all)
		}
		if all := toldOf(t, s, r, clerk.Person); len(all) != 1 || !strings.Contains(all[0].Says.In(fault.ZH), "各单位已反馈") || all[0].Page() != "/remarks/"+r.ID.String() {
			t.Errorf("the clerk: %+v", all)
		}
	})
}

// toldOf are the notices about a remark that a person has not read and that
// matter still.
func toldOf(t *testing.T, s *Store, r remarks.Remark, p accounts.Person) []workflow.Notice {
	t.Helper()
	all, err := s.Notices(t.Context(), p.ID, 100)
	must(t, err)
	return slices.DeleteFunc(all, func(n workflow.Notice) bool { return n.Remark != r.ID })
}

// remarkNotices counts what was said of a slip, by person.
func remarkNotices(t *testing.T, s *Store, r remarks.Remark) string {
	t.Helper()
	counts := map[string]int{}
	all, err := rows[noticeRow](s.db.Where("remark = ? AND kind = ?", r.ID, workflow.RemarkDue))
	must(t, err)
	for _, n := range all {
		p, err := first[personRow](s.db.Where("id = ?", n.Person))
		must(t, err)
		counts[p.Login]++
	}
	return strings.NewReplacer("H", num(counts["head"]), "C", num(counts["clerk"]), "O", num(counts["other"])).Replace("head H, clerk C, other O")
}

func num(n int) string { return string(rune('0' + n)) }

// disturbed fails for every notice that is mailed in the quiet hours.
func disturbed(t *testing.T, s *Store, zone *time.Location) {
	t.Helper()
	all, err := rows[noticeRow](s.db.Where("send_at > 0"))
	must(t, err)
	for _, n := range all {
		if at := n.SendAt.time().In(zone); at.Hour() >= 20 || at.Hour() < 8 {
			t.Errorf("%s is mailed at %s", n.Says.In(fault.ZH), at)
		}
	}
}

// What was deleted as old is not said again while the remark is looked at.
func TestOldNoticesOfAnOpenRemarkStay(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		series := plant(t, s)
		clerk := workflow.Actor{Person: hired(t, s, "clerk", accounts.Clerk, workflow.Reach{})}
		other := workflow.Actor{Person: hired(t, s, "other", accounts.Editor, workflow.Reach{})}
		c := &clock{at: now}
		_, _ = assigned(t, s, c, openedIssue(t, s, series), clerk, other)
		reminder := remarks.Reminder{Watch: s, NewID: newID}
		c.set(now.AddDate(0, 2, 0))
		must(t, reminder.Look(t.Context(), c.now()))
		must(t, s.ReadNotices(t.Context(), clerk.Person.ID, c.now()))
		if n, err := s.Prune(t.Context(), "notices", c.now().AddDate(1, 0, 0), 100); err != nil || n != 0 {
			t.Errorf("%d deleted, %v", n, err)
		}
		c.set(c.now().AddDate(0, 0, 2))
		must(t, reminder.Look(t.Context(), c.now()))
		if n, err := s.Unread(t.Context(), clerk.Person.ID); err != nil || n != 0 {
			t.Errorf("%d said again, %v", n, err)
		}
	})
}
