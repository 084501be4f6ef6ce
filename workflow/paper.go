package workflow

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/bulletin"
	"jianbao/fault"
)

// A Stub is what may be known here of an issue that circulates on paper only
// (纸质流转), because it is classified: that it exists, and who has it. Its text
// never enters (Law on Guarding State Secrets, 2024, art. 31(3)).
type Stub struct {
	Kind bulletin.Kind // "" is 正刊
	// No is the number that the issue bears, in the year of its date; 0 takes
	// the next.
	No     int
	Date   bulletin.Date
	Title  string // a neutral one, typed by hand
	Level  string // 秘密, 机密 or 绝密
	Term   string // 1年, 长期 …; "" where none is printed
	Copies int
	Holder string // who keeps it
}

// Paper is what a line of the register says of an issue that circulates on
// paper only. The zero Paper is that of an ordinary issue.
type Paper struct {
	Level  string
	Term   string
	Copies int
	Holder string
}

// Levels are the classification levels, the lowest first (Law on Guarding State
// Secrets, art. 14).
func Levels() []string { return []string{"秘密", "机密", "绝密"} }

var (
	stubRefused = fault.Say("workflow.stub-refused", "不能登记纸质流转", "the paper circulation cannot be registered")
	stubClerk   = fault.Say("workflow.stub-clerk", "%s没有本刊的“收发”职责，不能登记纸质流转", "%s is no clerk of this series and may not register a paper circulation")
	stubKind    = fault.Say("workflow.stub-kind", "没有这种刊别：%q", "there is no such kind of issue: %q")
	stubLevel   = fault.Say("workflow.stub-level", "密级应为秘密、机密或绝密，不是%q", "the level must be one of the three of the law, not %q")
	stubTerm    = fault.Say("workflow.stub-term", "保密期限不能超过16个字，也不能换行", "the term has at most 16 characters on one line")
	stubTitle   = fault.Say("workflow.stub-title", "请写一个不涉密的名称，不超过60个字，不含密级标志", "give a neutral title of at most 60 characters, without a classification label")
	stubHolder  = fault.Say("workflow.stub-holder", "请写明由谁持有，不超过60个字", "say who holds it, in at most 60 characters")
	stubCopies  = fault.Say("workflow.stub-copies", "份数应为1至%d", "there are 1 to %d copies")
	stubGap     = fault.Say("workflow.stub-gap", "第%d期之前还空着第%d期；请依次登记", "number %d would leave out number %d; register them in order")
)

const mostCopies = 100_000

// Stub enters a line of the number register for an issue that circulates on
// paper only; numbering goes on behind it without a gap. It fails with
// fault.Forbidden if the actor is no clerk of the series, with fault.Invalid
// and all reasons if the stub is not complete, and with fault.Blocked if the
// number was given or would leave out another.
func (d *Desk) Stub(ctx context.Context, actor Actor, series uuid.UUID, stub Stub) (RegisterLine, error) {
	return d.enter(ctx, series, func(s Series, register []RegisterLine) (RegisterLine, error) {
		if !actor.Person.Has(accounts.Clerk, s.ID) {
			return RegisterLine{}, fault.New(fault.Forbidden, stubClerk.With(actor.Name()))
		}
		return stub.enter(s, register, actor, d.Now())
	})
}

// enter adds a line to the register that comes without an issue.
func (d *Desk) enter(ctx context.Context, series uuid.UUID, decide func(Series, []RegisterLine) (RegisterLine, error)) (line RegisterLine, err error) {
	err = d.Books.Enter(ctx, series, func(s Series, register []RegisterLine) (Change, error) {
		line, err = decide(s, register)
		return Change{Given: &line}, err
	})
	return line, err
}

// enter makes the line of a stub.
func (s Stub) enter(series Series, register []RegisterLine, actor Actor, now time.Time) (RegisterLine, error) {
	if s.Kind == "" {
		s.Kind = bulletin.Ordinary
	}
	if reasons := s.against(series, now); len(reasons) > 0 {
		return RegisterLine{}, fault.New(fault.Invalid, stubRefused.With(), reasons...)
	}
	next := NextNumber(register, s.Kind, s.Date.Year)
	number := next
	if s.No != 0 {
		number.No = s.No
	}
	if !free(register, number) {
		return RegisterLine{}, fault.New(fault.Blocked, stubRefused.With(), numberTaken.With(number.Year, number.No))
	}
	if number.No > next.No {
		return RegisterLine{}, fault.New(fault.Blocked, stubRefused.With(), stubGap.With(number.No, next.No))
	}
	return RegisterLine{
		Number: number, Series: series.ID, Title: s.Title, Date: s.Date, At: moment(now), By: actor.Name(),
		Paper: Paper{Level: s.Level, Term: s.Term, Copies: s.Copies, Holder: s.Holder},
	}, nil
}

// against returns everything that is wrong with a stub by itself.
func (s Stub) against(series Series, now time.Time) []fault.Reason {
	_, labelled := bulletin.Classified(s.Title, nil, s.Title)
	reasons := unless(isKind(s.Kind), stubKind.With(string(s.Kind)))
	if !s.Date.Real() {
		reasons = append(reasons, noSuchDate.With(s.Date.String()))
	} else {
		reasons = append(reasons, unless(!s.Date.In(series.Location()).After(now), dateAhead.With(s.Date.Chinese()))...)
	}
	reasons = append(reasons, unless(oneLine(s.Title, 1, 60) && !labelled, stubTitle.With())...)
	reasons = append(reasons, unless(slices.Contains(Levels(), s.Level), stubLevel.With(s.Level))...)
	reasons = append(reasons, unless(oneLine(s.Term, 0, 16), stubTerm.With())...)
	reasons = append(reasons, unless(s.Copies >= 1 && s.Copies <= mostCopies, stubCopies.With(mostCopies))...)
	return append(reasons, unless(oneLine(s.Holder, 1, 60), stubHolder.With())...)
}

// isKind reports whether there are issues of a kind.
func isKind(k bulletin.Kind) bool {
	return slices.Contains([]bulletin.Kind{bulletin.Ordinary, bulletin.Supplement, bulletin.Special, bulletin.Feature}, k)
}

// oneLine reports whether words have this many characters, on one line.
func oneLine(words string, least, most int) bool {
	n := utf8.RuneCountInString(strings.TrimSpace(words))
	return n >= least && n <= most && utf8.ValidString(words) && !strings.ContainsFunc(words, unicode.IsControl)
}
