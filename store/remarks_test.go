package store

import (
	"bytes"
	"context"
	"reflect"
	"testing"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"jianbao/accounts"
	"jianbao/bulletin"
	"jianbao/fault"
	"jianbao/sheets"
	"jianbao/workflow"
	"jianbao/workflow/calendar"
	"jianbao/workflow/remarks"
)

func TestARemarkFromItsEntryToTheReport(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		series := plant(t, s)
		issue := openedIssue(t, s, series)
		clock := time.Date(2021, 7, 16, 2, 0, 0, 0, time.UTC)
		desk := &remarks.Desk{Books: s, NewID: newID, Now: func() time.Time { return clock }}
		hand := func(name string, role accounts.Role) workflow.Actor {
			return workflow.Actor{Person: accounts.Person{ID: newID(), Name: name, Active: true, Grants: []accounts.Grant{{Role: role}}}}
		}
		clerk, other, head := hand("甲", accounts.Clerk), hand("乙", accounts.Clerk), hand("丙", accounts.Reviewer)
		text := remarks.Writing{Leader: "张三", Role: "市长", Text: "请市发改委牵头研究，7月底前报我。", Date: bulletin.Date{Month: 7, Day: 16}, Item: 1, Source: remarks.FromScan}
		scan := &workflow.File{Name: "批示.pdf", Type: "application/pdf", Data: []byte("%PDF-")}
		r, err := desk.Enter(t.Context(), clerk, issue, text, scan)
		must(t, err)
		if data, err := s.File(t.Context(), r.Scan.SHA256); err != nil || !bytes.Equal(data, scan.Data) {
			t.Errorf("the scan is %q, %v", data, err)
		}
		do := func(who workflow.Actor, want fault.Code, order remarks.Order) {
			t.Helper()
			order.Version = r.Version
			next, err := desk.Act(t.Context(), who, r.ID, order)
			if want != "" {
				if !fault.Is(err, want) {
					t.Errorf("%s by %s: %v, want %s", order.Act, who.Name(), err, want)
				}
				return
			}
			must(t, err)
			r = next
		}
		lead, second := workflow.Named{ID: newID(), Name: "市发改委"}, workflow.Named{ID: newID(), Name: "市工信局"}
		do(clerk, fault.Blocked, remarks.Order{Act: remarks.Check})
		do(other, "", remarks.Order{Act: remarks.Check})
		do(head, fault.Forbidden, remarks.Order{Act: remarks.Assign, Units: []workflow.Named{lead}})
		do(clerk, fault.Blocked, remarks.Order{Act: remarks.Assign, Units: []workflow.Named{lead, lead}})
		do(clerk, "", remarks.Order{Act: remarks.Assign, Units: []workflow.Named{lead, second}})
		if r.Slip.No != 1 || r.Slip.Due.String() != "2021-07-30" || r.Slip.Words != "7月底前" || r.Slip.Task != text.Text {
			t.Errorf("the slip is %+v", r.Slip)
		}
		later := calendar.Day{Year: 2021, Month: 8, Day: 6}
		do(clerk, "", remarks.Order{Act: remarks.AskLonger, Note: "需调研", Due: later})
		do(clerk, fault.Blocked, remarks.Order{Act: remarks.AskLonger, Note: "再延", Due: later})
		do(head, "", remarks.Order{Act: remarks.GrantLonger, Note: "同意"})
		clock = clock.AddDate(0, 1, 0)
		if !r.Overdue(calendar.DayOf(clock)) {
			t.Error("it is not overdue")
		}
		do(clerk, fault.Blocked, remarks.Order{Act: remarks.AskLonger, Note: "太晚", Due: later.Add(30)})
		do(clerk, "", remarks.Order{Act: remarks.TakeReply, Unit: lead.ID, Note: "正在研究"})
		do(clerk, fault.Blocked, remarks.Order{Act: remarks.Close, Note: "办结"})
		do(clerk, "", remarks.Order{Act: remarks.TakeReply, Unit: second.ID, Note: "已办"})
		do(head, "", remarks.Order{Act: remarks.SendBack, Unit: lead.ID, Note: "没有结论"})
		do(clerk, "", remarks.Order{Act: remarks.TakeReply, Unit: lead.ID, Note: "已出台办法"})
		do(clerk, "", remarks.Order{Act: remarks.Close, Note: "已落实"})
		do(clerk, "", remarks.Order{Act: remarks.Report, Note: "书面报告"})

		got, lines, err := s.Remark(t.Context(), r.ID)
		must(t, err)
		if !reflect.DeepEqual(got, r) || remarks.Verify(got, lines) != nil || len(lines) != 11 {
			t.Errorf("it came back as %+v with %d lines", got, len(lines))
		}
		lines[3].Note = "改"
		if remarks.Verify(got, lines) == nil {
			t.Error("an edit of the history does not show")
		}
		if err := s.write(t.Context(), deleteLines); err == nil {
			t.Error("lines can be deleted")
		}
		all, err := s.Remarks(t.Context(), series.ID, r.Entered.At, r.Entered.At.Add(time.Second))
		must(t, err)
		var file bytes.Buffer
		today := calendar.DayOf(clock)
		month := remarks.Month(series, 2021, 7, all, today)
		must(t, sheets.WriteXLSX(&file, remarks.Ledger(series, all, func(uuid.UUID) string { return "第8期" }, today), month, remarks.ByUnit(series, all, today)))
		// entered and assigned in July, open when it ended; sent back and closed in August
		if month.Rows[1][1] != 1 || month.Rows[2][1] != 1 || month.Rows[3][1] != 0 || month.Rows[5][1] != 1 || month.Rows[7][1] != 0 || file.Len() == 0 {
			t.Errorf("the month is %v", month.Rows)
		}
	})
}

// Two clerks who assign at once get two numbers.
func TestSlipsOfOneSeriesAreNumberedOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		issue := openedIssue(t, s, plant(t, s))
		desk := &remarks.Desk{Books: s, NewID: newID, Now: func() time.Time { return now }}
		clerk := func() workflow.Actor {
			return workflow.Actor{Person: accounts.Person{ID: newID(), Name: "甲", Active: true, Grants: []accounts.Grant{{Role: accounts.Clerk}}}}
		}
		const many = 8
		done := make(chan error, many)
		for range many {
			go func() {
				ctx, text := context.Background(), remarks.Writing{Leader: "张三", Text: "一周内报我", Source: remarks.ByKeying}
				r, err := desk.Enter(ctx, clerk(), issue, text, nil)
				if err == nil {
					r, err = desk.Act(ctx, clerk(), r.ID, remarks.Order{Act: remarks.Check, Version: r.Version})
				}
				if err == nil {
					_, err = desk.Act(ctx, clerk(), r.ID, remarks.Order{Act: remarks.Assign, Version: r.Version, Units: []workflow.Named{{ID: newID(), Name: "市发改委"}}})
				}
				done <- err
			}()
		}
		for range many {
			must(t, <-done)
		}
		all, err := s.RemarksOf(t.Context(), issue.ID)
		must(t, err)
		seen := map[int]bool{}
		for _, r := range all {
			seen[r.Slip.No] = true
		}
		if len(seen) != many || !seen[1] || !seen[many] {
			t.Errorf("the numbers are %v", seen)
		}
	})
}

func deleteLines(tx *gorm.DB) error { return tx.Exec("DELETE FROM remark_line").Error }

// Of the text that takes a remark over and of the remark that says so, neither is
// written without the other.
func TestATakeOverIsOneTransaction(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		ctx := t.Context()
		issue := openedIssue(t, s, plant(t, s))
		desk := &remarks.Desk{Books: s, NewID: newID, Now: func() time.Time { return now }}
		clerk := workflow.Actor{Person: accounts.Person{ID: newID(), Name: "甲", Active: true, Grants: []accounts.Grant{{Role: accounts.Clerk}}}}
		r, err := desk.Enter(ctx, clerk, issue, remarks.Writing{Leader: "张三", Text: "请研究。", Source: remarks.ByKeying}, nil)
		must(t, err)
		refusal := fault.New(fault.Blocked, changedSince.With())
		rewrite := func(c workflow.Case) (workflow.Change, error) {
			change := next(c)
			change.Issue.Text += "\n批示"
			return change, nil
		}
		mark := func(c remarks.Case) (remarks.Remark, remarks.Line, error) {
			c.Actor, c.Order, c.Now = clerk, remarks.Order{Act: remarks.Void, Version: c.Remark.Version, Note: "重复"}, now
			return remarks.Decide(c, newID())
		}
		held := func(texts string, version int) {
			t.Helper()
			i, err := s.Issue(ctx, issue.ID)
			must(t, err)
			is, lines, err := s.Remark(ctx, r.ID)
			must(t, err)
			if i.Text != issue.Text+texts || is.Version != version || len(lines) != version {
				t.Errorf("the text %q, the remark at version %d with %d lines", i.Text, is.Version, len(lines))
			}
		}
		_, err = s.ShowRemark(ctx, r, issue.ID, rewrite, func(remarks.Case) (remarks.Remark, remarks.Line, error) {
			return remarks.Remark{}, remarks.Line{}, refusal
		})
		if !fault.Is(err, fault.Blocked) {
			t.Error(err)
		}
		held("", 1)
		_, err = s.ShowRemark(ctx, r, issue.ID, func(workflow.Case) (workflow.Change, error) { return workflow.Change{}, refusal }, mark)
		if !fault.Is(err, fault.Blocked) {
			t.Error(err)
		}
		held("", 1)
		_, err = s.ShowRemark(ctx, r, issue.ID, rewrite, mark)
		must(t, err)
		held("\n批示", 2)
	})
}
