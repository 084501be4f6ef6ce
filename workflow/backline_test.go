package workflow

import (
	"testing"
	"time"

	"jianbao/bulletin"
	"jianbao/fault"
)

func TestLinesOfEarlierIssuesAreEntered(t *testing.T) {
	o := newOffice(t) // numbers 1 to 7 of 2021 are in the register
	series := o.books.series.ID
	day := func(year, month, day int) bulletin.Date {
		return bulletin.Date{Year: year, Month: time.Month(month), Day: day}
	}
	old := func(no int, date bulletin.Date, title string) BackLine {
		return BackLine{Number: Number{Kind: bulletin.Ordinary, Year: date.Year, No: no}, Date: date, Title: title}
	}
	lines := []BackLine{
		old(1, day(2020, 1, 6), "鄂尔多斯科技简报"), old(3, day(2020, 3, 6), "鄂尔多斯科技简报"),
		old(3, day(2020, 4, 6), "另一个"), old(4, day(2020, 2, 30), ""), old(5, day(2022, 1, 1), "机密★内容"),
	}
	if _, err := o.EnterBack(t.Context(), o.editor, series, lines, true); !fault.Is(err, fault.Forbidden) {
		t.Errorf("by an editor: %v", err)
	}
	before := len(o.books.register)
	for _, look := range []bool{true, false, false} {
		all, err := o.EnterBack(t.Context(), o.clerk, series, lines, look)
		if err != nil || len(all) != 5 {
			t.Fatal(all, err)
		}
		if all[0].Why != nil || all[1].Why != nil || all[2].Why == nil || len(all[3].Why.Reasons) != 2 || len(all[4].Why.Reasons) != 2 {
			t.Errorf("%+v", all)
		}
		if look && len(o.books.register) != before {
			t.Error("a look wrote something")
		}
	}
	if got := len(o.books.register) - before; got != 2 {
		t.Errorf("%d lines were entered", got)
	}
	if gaps := Gaps(o.books.register, bulletin.Ordinary, 2020); len(gaps) != 1 || gaps[0].No != 2 {
		t.Errorf("gaps %v", gaps)
	}
}

func TestALookAtABackIssueWritesNothing(t *testing.T) {
	o := newOffice(t)
	before := len(o.books.issues)
	issue, err := o.LookBack(t.Context(), o.clerk, o.books.series.ID, back(t, "第 3 期"))
	if err != nil || issue.Number.No != 3 || issue.State != Archived || len(o.books.issues) != before {
		t.Errorf("%+v, %v", issue.Number, err)
	}
	if _, err := o.LookBack(t.Context(), o.editor, o.books.series.ID, back(t, "第 3 期")); !fault.Is(err, fault.Forbidden) {
		t.Errorf("by an editor: %v", err)
	}
}
