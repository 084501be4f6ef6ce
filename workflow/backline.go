package workflow

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/bulletin"
	"jianbao/fault"
)

// A BackLine is what a list of earlier issues says of one: its place in the
// number register, without its text. The text may follow ([Desk.ImportBack]).
type BackLine struct {
	Number
	Date  bulletin.Date
	Title string
	Total int // 总第N期, or 0
}

// A BackEntry is what became of one line, or would become of it.
type BackEntry struct {
	BackLine
	There bool         // the register has it already, and it stays
	Why   *fault.Error // why it is refused, or nil
}

var (
	backTitle = fault.Say("workflow.back-title", "名称应为1至60个字，一行，不含密级标志", "a title has 1 to 60 characters on one line, and no classification label")
	backTotal = fault.Say("workflow.back-total", "总期号不能是负数", "the total number is not negative")
	backNo    = fault.Say("workflow.back-number", "请写明期号和年份", "give the number and the year")
	backOther = fault.Say("workflow.back-other", "登记簿上%d年第%d期是“%s”，与此不同", "number %[2]d of %[1]d is %[3]q in the register, which differs")
)

// errLooked ends a transaction that was only to see what would follow.
var errLooked = errors.New("workflow: looked, and wrote nothing")

// EnterBack enters lines of earlier issues in the register of a series, and
// returns what became of each; a line that is refused keeps no other out,
// and what is there already is left as it is, so that a list may be handed in
// again. With look it writes nothing and returns what would happen. It fails with
// fault.Forbidden if the actor is no clerk of the series.
func (d *Desk) EnterBack(ctx context.Context, actor Actor, series uuid.UUID, lines []BackLine, look bool) (all []BackEntry, err error) {
	err = d.Books.Enter(ctx, series, func(s Series, register []RegisterLine) (Change, error) {
		all, err = nil, nil
		if !actor.Person.Has(accounts.Clerk, s.ID) {
			return Change{}, fault.New(fault.Forbidden, importClerk.With(actor.Name()))
		}
		for _, line := range lines {
			given, entry := line.enter(s, register, actor, d.Now())
			if all = append(all, entry); entry.Why == nil && !entry.There {
				register = append(register[:len(register):len(register)], given)
			}
		}
		return Change{}, errLooked
	})
	if !errors.Is(err, errLooked) {
		return nil, err
	}
	for n := range all {
		if look || all[n].Why != nil || all[n].There {
			continue
		}
		_, err := d.enter(ctx, series, func(s Series, register []RegisterLine) (RegisterLine, error) {
			given, entry := all[n].enter(s, register, actor, d.Now())
			if all[n] = entry; entry.Why != nil || entry.There { // somebody was first
				return given, errLooked
			}
			return given, nil
		})
		if err != nil && !errors.Is(err, errLooked) {
			return all[:n], err
		}
	}
	return all, nil
}

// enter makes the line of the register, or says why not.
func (b BackLine) enter(s Series, register []RegisterLine, actor Actor, now time.Time) (RegisterLine, BackEntry) {
	entry := BackEntry{BackLine: b}
	for _, line := range register {
		if line.Number != b.Number {
			continue
		}
		if entry.There = line.Date == b.Date && line.Title == b.Title; !entry.There {
			entry.Why = fault.New(fault.Blocked, importRefused.With(), backOther.With(b.Year, b.No, line.Title))
		}
		return line, entry
	}
	reasons := b.against(s, now)
	if len(reasons) == 0 {
		reasons = againstPlace(register, b.Number)
	}
	if len(reasons) > 0 {
		entry.Why = fault.New(fault.Invalid, importRefused.With(), reasons...)
	}
	return RegisterLine{
		Number: b.Number, Total: b.Total, Series: s.ID, Title: b.Title, Date: b.Date, At: moment(now), By: actor.Name(), Back: true,
	}, entry
}

// against returns everything that is wrong with a line by itself.
func (b BackLine) against(s Series, now time.Time) []fault.Reason {
	_, labelled := bulletin.Classified(b.Title, nil, b.Title)
	reasons := unless(b.No > 0 && b.Year > 0, backNo.With())
	reasons = append(reasons, unless(isKind(b.Kind), stubKind.With(string(b.Kind)))...)
	reasons = append(reasons, unless(oneLine(b.Title, 1, 60) && !labelled, backTitle.With())...)
	reasons = append(reasons, unless(b.Total >= 0, backTotal.With())...)
	if !b.Date.Real() {
		return append(reasons, noSuchDate.With(b.Date.String()))
	}
	return append(reasons, unless(!b.Date.In(s.Location()).After(now), dateAhead.With(b.Date.Chinese()))...)
}

// LookBack says what would follow from entering a back issue, and writes nothing.
// It fails as [Desk.ImportBack] does.
func (d *Desk) LookBack(ctx context.Context, actor Actor, series uuid.UUID, source Source) (back Issue, err error) {
	back, err = d.importBack(ctx, actor, series, source, errLooked)
	if errors.Is(err, errLooked) {
		err = nil
	}
	return back, err
}
