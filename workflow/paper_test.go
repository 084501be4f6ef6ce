package workflow

import (
	"testing"

	"github.com/google/uuid"

	"jianbao/bulletin"
	"jianbao/fault"
)

func aStub() Stub {
	return Stub{
		Date: bulletin.Date{Year: 2021, Month: 7, Day: 12}, Title: "第8期（纸质）", Level: "秘密", Term: "1年", Copies: 20, Holder: "保密室 王某",
	}
}

func TestAStubTakesTheNextNumberAndNumberingGoesOn(t *testing.T) {
	o := newOffice(t)
	line, err := o.Stub(t.Context(), o.clerk, o.books.series.ID, aStub())
	if err != nil {
		t.Fatal(err)
	}
	if line.No != 8 || line.Year != 2021 || line.Issue != uuid.Nil || line.Paper != (Paper{"秘密", "1年", 20, "保密室 王某"}) || line.By != "收发员" {
		t.Errorf("%+v", line)
	}
	if issue := o.scheduled(t, "第 9 期"); issue.Number.No != 9 {
		t.Errorf("the next issue is number %d", issue.Number.No)
	}
	if gaps := Gaps(o.books.register, bulletin.Ordinary, 2021); len(gaps) != 0 {
		t.Errorf("gaps: %v", gaps)
	}
}

func TestStubsThatAreRefused(t *testing.T) {
	o := newOffice(t)
	series := o.books.series.ID
	for what, c := range map[string]struct {
		change func(*Stub)
		want   fault.Code
		key    string
	}{
		"no level":         {func(s *Stub) { s.Level = "内部" }, fault.Invalid, stubLevel.Key},
		"no title":         {func(s *Stub) { s.Title = " " }, fault.Invalid, stubTitle.Key},
		"a label as title": {func(s *Stub) { s.Title = "秘密★1年" }, fault.Invalid, stubTitle.Key},
		"no holder":        {func(s *Stub) { s.Holder = "" }, fault.Invalid, stubHolder.Key},
		"no copies":        {func(s *Stub) { s.Copies = 0 }, fault.Invalid, stubCopies.Key},
		"no such date":     {func(s *Stub) { s.Date.Day = 32 }, fault.Invalid, noSuchDate.Key},
		"a date to come":   {func(s *Stub) { s.Date.Day = 30 }, fault.Invalid, dateAhead.Key},
		"a long term":      {func(s *Stub) { s.Term = "一二三四五六七八九十一二三四五六七" }, fault.Invalid, stubTerm.Key},
		"no such kind":     {func(s *Stub) { s.Kind = "号外" }, fault.Invalid, stubKind.Key},
		"a number given":   {func(s *Stub) { s.No = 7 }, fault.Blocked, numberTaken.Key},
		"one left out":     {func(s *Stub) { s.No = 9 }, fault.Blocked, stubGap.Key},
	} {
		stub := aStub()
		c.change(&stub)
		_, err := o.Stub(t.Context(), o.clerk, series, stub)
		if e := fault.As(err); e == nil || e.Code != c.want || len(e.Reasons) != 1 || e.Reasons[0].Key != c.key {
			t.Errorf("%s: %v", what, err)
		}
	}
	if _, err := o.Stub(t.Context(), o.editor, series, aStub()); !fault.Is(err, fault.Forbidden) {
		t.Errorf("by an editor: %v", err)
	}
	if _, err := o.Stub(t.Context(), o.clerk, series, Stub{}); len(fault.As(err).Reasons) != 5 {
		t.Errorf("not all reasons at once: %v", err)
	}
	if len(o.books.register) != 7 {
		t.Errorf("%d lines", len(o.books.register))
	}
}

func TestALeaderIsInOfficeBetweenTwoDays(t *testing.T) {
	day := func(d int) bulletin.Date { return bulletin.Date{Year: 2021, Month: 7, Day: d} }
	leader := Leader{From: day(9), Until: day(11)}
	for d, want := range map[int]bool{8: false, 9: true, 10: true, 11: true, 12: false} {
		if leader.InOffice(day(d)) != want {
			t.Errorf("day %d: %v", d, !want)
		}
	}
	if !(Leader{}).InOffice(day(1)) {
		t.Error("without days, always")
	}
}
