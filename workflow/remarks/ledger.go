package remarks

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"jianbao/bulletin"
	"jianbao/fault"
	sheet "jianbao/recipients/table"
	"jianbao/workflow"
	"jianbao/workflow/calendar"
)

var (
	ledgerHeader = fault.Say("remarks.ledger", "督办单号|刊物期号|批示领导|职务|批示日期|批示内容|主办单位|协办单位|办理期限|状态|逾期|反馈情况|退回次数|办结日期|办结情况|报告日期", "slip|issue|leader|role|date|remark|leading unit|other units|due|state|overdue|replies|sent back|closed|outcome|reported")
	ledgerTitle  = fault.Say("remarks.ledger-title", "《%s》领导批示办理台账", "%s: ledger of remarks")
	monthHeader  = fault.Say("remarks.month", "项目|件数", "what|number")
	monthLabels  = fault.Say("remarks.month-labels", "上月结转|本月登记|本月交办|本月办结|其中：按期反馈|月末未办结|其中：逾期|本月退回重办", "carried over|entered|assigned|closed|of these, answered in time|open at its end|of these, overdue|sent back")
	monthTitle   = fault.Say("remarks.month-title", "《%s》%d年%d月领导批示办理情况", "%s: remarks of %d-%d")
	unitsHeader  = fault.Say("remarks.by-unit", "承办单位|交办件数|其中：主办|已反馈|未反馈|其中：逾期|退回次数", "unit|assigned|as the leading one|answered|not answered|of these, overdue|sent back")
	unitsTitle   = fault.Say("remarks.by-unit-title", "《%s》领导批示承办单位办理情况", "%s: remarks by unit")
	notOnSlip    = fault.Say("remarks.no-slip", "—", "none")
	overdueMark  = fault.Say("remarks.overdue", "逾期", "overdue")
	slipNumber   = fault.Say("remarks.slip-number", "〔%d〕%d号", "no. %[2]d of %[1]d")
)

// Number returns what people call a slip: 〔2021〕3号.
func (s *Slip) Number() fault.Reason { return slipNumber.With(s.Year, s.No) }

// header is a row of titles.
func header(s fault.Sentence) []string { return strings.Split(s.With().In(fault.ZH), "|") }

// Ledger is the ledger of remarks (批示办理台账), one line each; named returns what
// an issue is called.
func Ledger(s workflow.Series, all []Remark, named func(issue uuid.UUID) string, today calendar.Day) sheet.Table {
	t := sheet.Table{Name: "批示台账", Title: ledgerTitle.With(s.Masthead).In(fault.ZH), Header: header(ledgerHeader)}
	on := func(h Hand) string {
		if h.By == uuid.Nil {
			return ""
		}
		return h.At.In(s.Location()).Format(time.DateOnly)
	}
	for _, r := range all {
		number, lead, others, due, replies, late, back := notOnSlip.With().In(fault.ZH), "", "", "", "", "", 0
		if slip := r.Slip; slip != nil {
			number, due, back = slip.Number().In(fault.ZH), slip.Due.String(), slip.sentBack(time.Time{}, endOfTime)
			names := convert(slip.Units, func(u workflow.Named) string { return u.Name })
			lead, others = names[0], strings.Join(names[1:], "、")
			replies = strings.Join(convert(slip.Replies, func(a Reply) string { return a.Name + "：" + a.Text }), "\n")
			if slip.Late(s, today) {
				late = overdueMark.With().In(fault.ZH)
			}
		}
		t.Add(number, named(r.Issue), r.Leader, r.Role, ShortDate(r.Date), r.Text, lead, others, due, r.State.Title().In(fault.ZH), late, replies, back,
			on(r.Closed), r.Closed.Note, on(r.Told))
	}
	return t
}

// endOfTime is after everything that happens.
var endOfTime = time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)

// sentBack counts the replies that were sent back from a moment until before
// another.
func (s *Slip) sentBack(from, until time.Time) (n int) {
	for _, reply := range s.Replies {
		if reply.Back.By != uuid.Nil && within(reply.Back, from, until) {
			n++
		}
	}
	return n
}

func within(h Hand, from, until time.Time) bool {
	return h.By != uuid.Nil && !h.At.Before(from) && h.At.Before(until)
}

// ShortDate is a date that may lack its year.
func ShortDate(d bulletin.Date) string {
	switch {
	case d.Day == 0:
		return ""
	case d.Year == 0:
		return fmt.Sprintf("%d月%d日", d.Month, d.Day)
	}
	return d.Chinese()
}

// Span returns when a month begins and ends where a series is.
func Span(s workflow.Series, year int, month time.Month) (from, until time.Time) {
	from = time.Date(year, month, 1, 0, 0, 0, 0, s.Location())
	return from, from.AddDate(0, 1, 0)
}

// OfMonth returns the remarks that a month has to do with: those that were
// entered in it or before, and not closed before it. Void ones count for
// nothing.
func OfMonth(s workflow.Series, year int, month time.Month, all []Remark) []Remark {
	from, until := Span(s, year, month)
	return slices.DeleteFunc(slices.Clone(all), func(r Remark) bool {
		closedBefore := r.Closed.By != uuid.Nil && r.Closed.At.Before(from)
		return r.State == Voided || closedBefore || !r.Entered.At.Before(until)
	})
}

// Month is the summary of a month, as things stood when it ended, or stand today
// where that is earlier.
func Month(s workflow.Series, year int, month time.Month, all []Remark, today calendar.Day) sheet.Table {
	t := sheet.Table{Name: "月度汇总", Title: monthTitle.With(s.Masthead, year, int(month)).In(fault.ZH), Header: header(monthHeader)}
	from, until := Span(s, year, month)
	day := calendar.DayOf(until.AddDate(0, 0, -1))
	if today.Before(day) {
		day = today
	}
	count := func(fits func(r Remark) bool) (n int) {
		for _, r := range OfMonth(s, year, month, all) {
			if fits(r) {
				n++
			}
		}
		return n
	}
	back := 0
	closed := func(r Remark) bool { return within(r.Closed, from, until) }
	open := func(r Remark) bool { return r.Closed.By == uuid.Nil || !r.Closed.At.Before(until) }
	counts := []int{
		count(func(r Remark) bool { return r.Entered.At.Before(from) }),
		count(func(r Remark) bool { return within(r.Entered, from, until) }),
		count(func(r Remark) bool { return r.Slip != nil && within(r.Slip.Given, from, until) }),
		count(closed),
		count(func(r Remark) bool { return closed(r) && r.Slip != nil && !r.Slip.Late(s, day) }),
		count(open),
		count(func(r Remark) bool { return open(r) && r.Slip != nil && r.Slip.lateOn(s, day) }),
	}
	for _, r := range all {
		if r.Slip != nil {
			back += r.Slip.sentBack(from, until)
		}
	}
	for n, label := range header(monthLabels) {
		t.Add(label, append(counts, back)[n])
	}
	return t
}

// Monthly is what is reported of a month: its summary, how the units answered,
// and the ledger of the remarks that the month has to do with. named returns
// what an issue is called.
func Monthly(s workflow.Series, year int, month time.Month, all []Remark, named func(issue uuid.UUID) string, today calendar.Day) []sheet.Table {
	of := OfMonth(s, year, month, all)
	return []sheet.Table{Month(s, year, month, all, today), ByUnit(s, of, today), Ledger(s, of, named, today)}
}

// lateOn reports whether a slip stood unanswered past its last day at the end of
// a day.
func (s *Slip) lateOn(series workflow.Series, day calendar.Day) bool {
	at := s.answeredAt()
	return s.Due.Before(day) && (at.IsZero() || day.Before(calendar.DayOf(at.In(series.Location()))))
}

// ByUnit counts how units answer, those with the most first.
func ByUnit(s workflow.Series, all []Remark, today calendar.Day) sheet.Table {
	t := sheet.Table{Name: "承办单位", Title: unitsTitle.With(s.Masthead).In(fault.ZH), Header: header(unitsHeader)}
	type counted struct {
		name                                          string
		given, lead, answered, waiting, overdue, back int
	}
	var units []*counted
	byID := map[uuid.UUID]*counted{}
	for _, r := range all {
		if r.Slip == nil {
			continue
		}
		for n, u := range r.Slip.Units {
			c := byID[u.ID]
			if c == nil {
				c = &counted{name: u.Name}
				byID[u.ID], units = c, append(units, c)
			}
			c.given++
			c.lead += one(n == 0)
			answered := r.Slip.answered(u.ID)
			c.answered += one(answered)
			c.waiting += one(!answered)
			c.overdue += one(!answered && r.Slip.Due.Before(today))
			for _, reply := range r.Slip.Replies {
				c.back += one(reply.Unit == u.ID && reply.Back.By != uuid.Nil)
			}
		}
	}
	slices.SortStableFunc(units, func(a, b *counted) int { return b.given - a.given })
	for _, c := range units {
		t.Add(c.name, c.given, c.lead, c.answered, c.waiting, c.overdue, c.back)
	}
	return t
}

func one(yes bool) int {
	if yes {
		return 1
	}
	return 0
}
