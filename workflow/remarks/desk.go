package remarks

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"

	"jianbao/bulletin"
	"jianbao/fault"
	sheet "jianbao/recipients/table"
	"jianbao/workflow"
	"jianbao/workflow/calendar"
)

// Books is where remarks are kept. Every method is one transaction.
type Books interface {
	// ChangeRemark reads a remark under a lock, with its series, the calendar of
	// that and the highest number of its slips in a year, under a lock where
	// numbers says so; it calls decide and writes the remark, its line of history
	// and the files. A remark of version 0 is new. It writes nothing if decide
	// fails, and returns decide's error; it fails with fault.NotFound, and with
	// fault.Conflict if it was changed meanwhile.
	ChangeRemark(ctx context.Context, of Remark, year int, numbers bool, decide func(Case) (Remark, Line, error), files ...[]byte) (Remark, error)

	// Remark returns a remark with its history, or fault.NotFound.
	Remark(ctx context.Context, id uuid.UUID) (Remark, []Line, error)

	// Remarks returns the remarks of a series that were entered from one moment
	// until before another, in the order of their entry.
	Remarks(ctx context.Context, series uuid.UUID, from, until time.Time) ([]Remark, error)
}

// A Desk is where people act on remarks. All fields are required.
type Desk struct {
	Books Books
	Now   func() time.Time
	NewID func() uuid.UUID
}

// Enter enters a remark on an issue, with the scan that shows it or nil; its
// bytes are kept under their SHA-256. What bears a classification label is
// refused before anything is written. It fails as [Decide] does.
func (d *Desk) Enter(ctx context.Context, actor workflow.Actor, issue workflow.Issue, text Writing, scan *workflow.File) (Remark, error) {
	name := ""
	var files [][]byte
	if scan != nil {
		name, text.Scan, files = scan.Name, scan.Listed(), [][]byte{scan.Data}
	}
	if label, found := bulletin.Classified(name, nil, text.Text); found {
		return Remark{}, label.Refusal()
	}
	if scan != nil {
		if reasons := scan.Against(); len(reasons) > 0 || len(scan.Data) == 0 {
			return Remark{}, fault.New(fault.Invalid, sayRefused.With(), append(reasons, sayScan.With())...)
		}
	}
	of := Remark{ID: d.NewID(), Series: issue.Series, Issue: issue.ID}
	return d.change(ctx, actor, of, Order{Act: Enter, Text: &text}, files...)
}

// Act does what the order says with a remark. It fails as [Decide] does.
func (d *Desk) Act(ctx context.Context, actor workflow.Actor, id uuid.UUID, order Order) (Remark, error) {
	words := order.Note
	if order.Text != nil {
		words += "\n" + order.Text.Text
	}
	if label, found := bulletin.Classified("", nil, words); found {
		return Remark{}, label.Refusal()
	}
	of, _, err := d.Books.Remark(ctx, id)
	if err != nil {
		return Remark{}, err
	}
	if order.Text != nil {
		order.Text.Scan = of.Scan // the file stays, whatever is mended beside it
	}
	return d.change(ctx, actor, of, order)
}

func (d *Desk) change(ctx context.Context, actor workflow.Actor, of Remark, order Order, files ...[]byte) (Remark, error) {
	now := d.Now()
	numbers := order.Act == Assign
	return d.Books.ChangeRemark(ctx, of, now.Year(), numbers, func(c Case) (Remark, Line, error) {
		c.Actor, c.Order, c.Now = actor, order, now
		return Decide(c, d.NewID())
	}, files...)
}

var (
	states = map[State]fault.Sentence{
		Entered:  fault.Say("remarks.entered", "待核对", "to be checked"),
		Checked:  fault.Say("remarks.checked", "待交办", "to be assigned"),
		Assigned: fault.Say("remarks.assigned", "办理中", "assigned"),
		Replied:  fault.Say("remarks.replied", "已反馈", "answered"),
		Closed:   fault.Say("remarks.closed", "已办结", "closed"),
		Reported: fault.Say("remarks.reported", "已报告", "reported"),
		Voided:   fault.Say("remarks.void", "作废", "void"),
	}
	ledgerHeader  = fault.Say("remarks.ledger", "督办单号|批示领导|职务|批示日期|批示内容|主办单位|协办单位|办理期限|状态|逾期|反馈情况|办结日期", "slip|leader|role|date|remark|leading unit|other units|due|state|overdue|replies|closed")
	monthHeader   = fault.Say("remarks.month", "项目|件数", "what|number")
	monthLabels   = fault.Say("remarks.month-labels", "登记|交办|办结|按期办结|办理中|逾期未办结|退回重办", "entered|assigned|closed|closed in time|under way|overdue|sent back")
	notOnSlip     = fault.Say("remarks.no-slip", "—", "none")
	overdueMark   = fault.Say("remarks.overdue", "逾期", "overdue")
	slipNumber    = fault.Say("remarks.slip-number", "〔%d〕%d号", "no. %[2]d of %[1]d")
	ledgerTitle   = fault.Say("remarks.ledger-title", "《%s》领导批示办理台账", "%s: ledger of remarks")
	monthlyTitled = fault.Say("remarks.month-title", "《%s》%d年%d月领导批示办理情况", "%s: remarks of %d-%d")
)

// Title returns what people call the state.
func (s State) Title() fault.Reason { return states[s].With() }

// Overdue reports whether the units had not all answered when the day was over.
func (r Remark) Overdue(today calendar.Day) bool {
	return r.State == Assigned && r.Slip.Due.Before(today)
}

// Ledger is the ledger of remarks (督办台账), one line each.
func Ledger(s workflow.Series, all []Remark, today calendar.Day) sheet.Table {
	t := sheet.Table{Name: "批示台账", Title: ledgerTitle.With(s.Masthead).In(fault.ZH), Header: strings.Split(ledgerHeader.With().In(fault.ZH), "|")}
	for _, r := range all {
		number, lead, others, due, replies, late, closed := notOnSlip.With().In(fault.ZH), "", "", "", "", "", ""
		if slip := r.Slip; slip != nil {
			number, due = slipNumber.With(slip.Year, slip.No).In(fault.ZH), slip.Due.String()
			names := convert(slip.Units, func(u workflow.Named) string { return u.Name })
			lead, others = names[0], strings.Join(names[1:], "、")
			replies = strings.Join(convert(slip.Replies, func(a Reply) string { return a.Name + "：" + a.Text }), "\n")
		}
		if r.Overdue(today) {
			late = overdueMark.With().In(fault.ZH)
		}
		if r.Closed.By != uuid.Nil {
			closed = r.Closed.At.In(s.Location()).Format(time.DateOnly)
		}
		t.Add(number, r.Leader, r.Role, shortDate(r.Date), r.Text, lead, others, due, r.State.Title().In(fault.ZH), late, replies, closed)
	}
	return t
}

// shortDate is a date that may lack its year.
func shortDate(d bulletin.Date) string {
	switch {
	case d.Day == 0:
		return ""
	case d.Year == 0:
		return fmt.Sprintf("%d月%d日", d.Month, d.Day)
	}
	return d.Chinese()
}

// Month is the summary of a month: what was entered in it, and where
// that stands today. Void ones count for nothing.
func Month(s workflow.Series, year int, month time.Month, all []Remark, today calendar.Day) sheet.Table {
	t := sheet.Table{Name: "月度汇总", Title: monthlyTitled.With(s.Masthead, year, int(month)).In(fault.ZH), Header: strings.Split(monthHeader.With().In(fault.ZH), "|")}
	var counts [7]int
	for _, r := range all {
		day := r.Entered.At.In(s.Location())
		if day.Year() != year || day.Month() != month || r.State == Voided {
			continue
		}
		counts[0]++
		if r.Slip == nil {
			continue
		}
		counts[1]++
		switch closed := r.Closed.By != uuid.Nil; {
		case closed && !r.Slip.Due.Before(calendar.DayOf(r.Closed.At.In(s.Location()))):
			counts[3]++
			fallthrough
		case closed:
			counts[2]++
		case r.Overdue(today):
			counts[5]++
			fallthrough
		default:
			counts[4]++
		}
		for _, a := range r.Slip.Replies {
			if a.Back.By != uuid.Nil {
				counts[6]++
			}
		}
	}
	for n, label := range strings.Split(monthLabels.With().In(fault.ZH), "|") {
		t.Add(label, counts[n])
	}
	return t
}
