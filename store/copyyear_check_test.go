package store

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"jianbao/fault"
	"jianbao/recipients"
	"jianbao/recipients/copies"
	"jianbao/workflow"
	"jianbao/workflow/registers"
)

// A year of 24 issues with a rename, a merger, returns, losses, spoiled sheets,
// reprints, copies by others, wider distributions, a correction and a recall, two
// clerks acting at once: every ledger, every view and every register agrees with
// what the test counted of what it did.
func TestAYearOnPaper(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		o := newPrintingOffice(t, s)
		for n := 1; n <= 24; n++ {
			o.reform(n)
			w := wish{spare: n % 4, numbered: n%2 == 0}
			if n%7 == 0 {
				w.unexplained = 2
			}
			if n%4 == 3 {
				w.more = 1
			}
			issue := o.publish(w)
			o.aDay(issue)
			switch n {
			case 5:
				o.widen(issue.ID, o.stranger(), 4)
				o.widen(issue.ID, o.units[2].id, 1)
			case 11:
				o.adjust(issue.ID, 2)
			case 13:
				o.correct(issue)
			case 17:
				o.recall(issue)
			}
			o.now = o.now.AddDate(0, 0, 14)
		}
		o.checkLedgers()
		o.checkRegisters()
		o.checkHistory()
	})
}

// reform renames a unit before the sixth issue, and merges two before the tenth.
func (o *printingOffice) reform(n int) {
	order := recipients.Order{ID: newID(), Day: o.now, Reason: "机构改革", By: "甲", Now: o.now}
	switch n {
	case 6:
		u := &o.units[3]
		_, err := o.s.ChangeUnits(o.t.Context(), func(d recipients.Directory) (recipients.Change, error) {
			return d.Rename(u.id, "示例市农牧局", nil, order)
		})
		must(o.t, err)
		u.name = "示例市农牧局"
	case 10:
		heir := recipients.Unit{ID: newID(), Name: "示例市文旅商务局", Place: "示例市", Channel: recipients.ByPaper, Copies: 2}
		_, err := o.s.ChangeUnits(o.t.Context(), func(d recipients.Directory) (recipients.Change, error) {
			return d.Merge([]uuid.UUID{o.units[4].id, o.units[5].id}, heir, order)
		})
		must(o.t, err)
		o.units = slices.Replace(o.units, 4, 6, listedUnit{heir.ID, heir.Name, "送", 2})
	}
}

// stranger is a unit that stands on no list.
func (o *printingOffice) stranger() uuid.UUID {
	u := recipients.Unit{ID: newID(), Name: "示例市档案馆", Place: "示例市", Channel: recipients.ByPaper, Copies: 1, Version: 1}
	must(o.t, o.s.AddUnit(o.t.Context(), u))
	return u.ID
}

// adjust enters that the printer delivered more than the ledger has.
func (o *printingOffice) adjust(issue uuid.UUID, more int) {
	made := 0
	for _, n := range o.tally[issue] {
		made += n
	}
	o.post(0, issue, copies.Order{Act: copies.ActAdjust, Count: made + more}, more, "", "stock")
}

// correct sends a second edition to those who have the first, and takes back what
// is out of that.
func (o *printingOffice) correct(wrong workflow.Issue) {
	current, err := o.s.Issue(o.t.Context(), wrong.ID)
	must(o.t, err)
	o.does(o.editor, &current, workflow.Order{Act: workflow.Correct, Note: "第一段有误"})
	next, err := o.s.Issue(o.t.Context(), current.CorrectedBy)
	must(o.t, err)
	o.does(o.editor, &next, workflow.Order{Act: workflow.Submit})
	o.does(o.chief, &next, workflow.Order{Act: workflow.Approve})
	plan := map[string]int{"file": 1, "stock": next.Copies.Spare}
	for i, u := range o.units {
		plan[copies.OfUnit(u.id).String()] = next.Copies.Shares[i].Copies
	}
	o.release(&next, wish{}, plan)
	if old, _ := o.s.Issue(o.t.Context(), wrong.ID); old.State != workflow.Corrected {
		o.t.Errorf("the wrong edition is %s", old.State)
	}
	o.collect(wrong.ID)
}

// recall revokes an issue; its copies come back and are destroyed by two people.
func (o *printingOffice) recall(issue workflow.Issue) {
	current, err := o.s.Issue(o.t.Context(), issue.ID)
	must(o.t, err)
	o.does(o.clerks[0], &current, workflow.Order{Act: workflow.Recall, Note: "内容不宜"})
	o.does(o.chief, &current, workflow.Order{Act: workflow.Confirm})
	o.collect(issue.ID)
	back := o.tally[issue.ID]["returned"]
	o.post(1, issue.ID, copies.Order{Act: copies.ActDestroy, Account: copies.Account{Kind: copies.Returned}, Count: back}, back, "returned", "destroyed")
}

// collect takes back all that units have of an issue.
func (o *printingOffice) collect(issue uuid.UUID) {
	for account, n := range maps.Clone(o.tally[issue]) {
		a, err := copies.ParseAccount(account)
		must(o.t, err)
		if a.Kind == copies.Unit && n > 0 {
			o.post(0, issue, copies.Order{Act: copies.ActRecall, Account: a, Count: n}, n, account, "returned")
		}
	}
}

// checkLedgers compares every ledger, and the database's own sums, with the count.
func (o *printingOffice) checkLedgers() {
	o.t.Helper()
	for _, issue := range o.issues {
		counted(o.t, o.s, issue.ID)
		entries, err := o.s.CopyEntries(o.t.Context(), issue.ID)
		must(o.t, err)
		ledger, made := copies.New(entries), 0
		for account, n := range o.tally[issue.ID] {
			a, err := copies.ParseAccount(account)
			must(o.t, err)
			made += n
			if got := ledger.Balance(a); got != n {
				o.t.Errorf("no. %d, %s: the ledger has %d, we count %d", issue.Number.No, account, got, n)
			}
		}
		if ledger.Made() != made {
			o.t.Errorf("no. %d: %d were made, we count %d", issue.Number.No, ledger.Made(), made)
		}
		late := slices.ContainsFunc(entries, func(e copies.Entry) bool { return e.Act == copies.ActAllot && e.Person == "乔主任" })
		if late != o.lateFor[issue.ID] {
			o.t.Errorf("no. %d: the ledger names who consented to late copies: %v", issue.Number.No, late)
		}
	}
}

// checkRegisters compares the sums of the registers with the count.
func (o *printingOffice) checkRegisters() {
	o.t.Helper()
	sums, handed, made := map[string]int{}, 0, 0
	for _, issue := range o.issues {
		handed += o.handed[issue.ID]
		for account, n := range o.tally[issue.ID] {
			kind, _, _ := strings.Cut(account, ":")
			sums[kind] += n
			made += n
		}
	}
	tables, err := registers.Make(o.t.Context(), o.s, registers.Copies, o.series.ID, 2021, fault.ZH)
	must(o.t, err)
	sum := tables[1].Rows[len(tables[1].Rows)-1]
	want := []any{"合计", "", len(o.issues), made}
	for _, k := range copies.Kinds[1:] {
		want = append(want, sums[string(k)])
	}
	if fmt.Sprint(sum) != fmt.Sprint(want) {
		o.t.Errorf("份数台账: %v, we count %v", sum, want)
	}
	shared, err := registers.Make(o.t.Context(), o.s, registers.Distribution, o.series.ID, 2021, fault.ZH)
	must(o.t, err)
	total := shared[0].Rows[len(shared[0].Rows)-1]
	if total[6] != handed {
		o.t.Errorf("分发登记簿: %v handed over, we count %d", total, handed)
	}
	for _, row := range shared[0].Rows[:len(shared[0].Rows)-1] {
		if strings.Contains(fmt.Sprint(row[3]), "-") {
			o.t.Errorf("a unit without a name: %v", row)
		}
	}
	issued, err := registers.Make(o.t.Context(), o.s, registers.Dispatch, o.series.ID, 2021, fault.ZH)
	must(o.t, err)
	if len(issued[0].Rows) != 25 || !strings.Contains(fmt.Sprint(issued[0].Rows[13]), "更正第2版") || !strings.Contains(fmt.Sprint(issued[0].Rows[12]), "现为：已更正") {
		o.t.Errorf("发文登记簿: %d rows; %v", len(issued[0].Rows), issued[0].Rows[12:14])
	}
	if none, err := registers.Make(o.t.Context(), o.s, registers.Dispatch, o.series.ID, 2020, fault.ZH); err != nil || len(none[0].Rows) != 0 {
		o.t.Errorf("of another year: %v, %v", none, err)
	}
}

// checkHistory finds every act in the history, which verifies, and the register of
// histories has every line of it.
func (o *printingOffice) checkHistory() {
	o.t.Helper()
	told, lines := map[string]int{}, map[string]int{}
	tables, err := registers.Make(o.t.Context(), o.s, registers.History, o.series.ID, 2021, fault.ZH)
	must(o.t, err)
	for _, row := range tables[0].Rows {
		told[fmt.Sprint(row[0])]++
	}
	for _, issue := range o.issues {
		current, err := o.s.Issue(o.t.Context(), issue.ID)
		must(o.t, err)
		events, err := o.s.Events(o.t.Context(), issue.ID)
		must(o.t, err)
		must(o.t, workflow.VerifyChain(events, current.Events, current.Head))
		one, err := registers.MakeOne(o.t.Context(), o.s, registers.History, current, fault.ZH)
		must(o.t, err)
		if len(one[0].Rows) != len(events) {
			o.t.Errorf("no. %d: %d lines in its register, %d happened", issue.Number.No, len(one[0].Rows), len(events))
		}
		if current.Number.No > 0 {
			lines[fmt.Sprint(one[0].Rows[0][0])] += len(events)
		}
		n := 0
		for _, e := range events {
			switch e.Act {
			case workflow.Post, workflow.HandOut, workflow.Widen, workflow.Grant:
				if n++; len(e.Facts) == 0 {
					o.t.Errorf("no. %d: %s says nothing", issue.Number.No, e.Act)
				}
			}
		}
		if n != o.posted[issue.ID] {
			o.t.Errorf("no. %d: %d acts in the history, we did %d", issue.Number.No, n, o.posted[issue.ID])
		}
	}
	if len(lines) < 20 || fmt.Sprint(told) != fmt.Sprint(lines) {
		o.t.Errorf("the register of histories has %v, we count %v", told, lines)
	}
}
