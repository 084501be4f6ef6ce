package copies

import (
	"strings"
	"time"

	"github.com/google/uuid"

	"jianbao/fault"
)

// An Act is what was done with copies.
type Act string

// The acts.
const (
	ActPrint   Act = "print"   // 印制
	ActAllot   Act = "allot"   // 分发
	ActFile    Act = "file"    // 存档
	ActAdjust  Act = "adjust"  // 按实印数更正
	ActSpoil   Act = "spoil"   // 印废
	ActReprint Act = "reprint" // 补印
	ActExtra   Act = "extra"   // 增发
	ActCopy    Act = "copy"    // 翻印
	ActReturn  Act = "return"  // 退回
	ActRecall  Act = "recall"  // 收回
	ActDestroy Act = "destroy" // 销毁
	ActLose    Act = "lose"    // 记为不明
	ActFind    Act = "find"    // 查明
	ActCorrect Act = "correct" // 冲正
)

var actTitles = map[Act]fault.Sentence{
	ActPrint:   fault.Say("copies.act-print", "印制", "printed"),
	ActAllot:   fault.Say("copies.act-allot", "分发", "allotted"),
	ActFile:    fault.Say("copies.act-file", "存档", "filed"),
	ActAdjust:  fault.Say("copies.act-adjust", "按实印数更正", "set to what was printed"),
	ActSpoil:   fault.Say("copies.act-spoil", "印废", "spoiled"),
	ActReprint: fault.Say("copies.act-reprint", "补印", "printed again"),
	ActExtra:   fault.Say("copies.act-extra", "增发", "given out later"),
	ActCopy:    fault.Say("copies.act-copy", "翻印", "copied by others"),
	ActReturn:  fault.Say("copies.act-return", "退回", "returned"),
	ActRecall:  fault.Say("copies.act-recall", "收回", "recalled"),
	ActDestroy: fault.Say("copies.act-destroy", "销毁", "destroyed"),
	ActLose:    fault.Say("copies.act-lose", "记为不明", "entered as unexplained"),
	ActFind:    fault.Say("copies.act-find", "查明", "explained"),
	ActCorrect: fault.Say("copies.act-correct", "冲正", "corrected"),
}

// Title returns what people call the act, in both languages.
func (a Act) Title() fault.Reason {
	if s, known := actTitles[a]; known {
		return s.With()
	}
	return fault.Reason{Key: string(a)}
}

// A Slip says who enters an act, when and why.
type Slip struct {
	At     time.Time
	By     string
	Reason string
	// Person is the other person, where the act has one; see [Entry.Person].
	Person string
	// Numbers name the copies in a book that has numbers. Where it is left out
	// the act takes what it says, or is refused if it cannot know.
	Numbers Numbers
	NewID   func() uuid.UUID
}

var (
	notDone      = fault.Say("copies.not-done", "未办理", "it was not done")
	byMissing    = fault.Say("copies.by-missing", "没有写明经办人", "it does not say by whom")
	reasonNeeded = fault.Say("copies.reason-needed", "没有写明原因", "the reason is missing")
	personNeeded = fault.Say("copies.person-needed", "没有写明%s", "it does not say %s")
	samePerson   = fault.Say("copies.same-person", "销毁须两人经办，两个名字不能相同", "it takes two people to destroy copies")
	whoConsented = fault.Say("copies.who-consented", "同意增发的人", "who consented to copies given out later")
	whoCopied    = fault.Say("copies.who-copied", "翻印的机关和日期", "which organ copied it, and when")
	whoReturned  = fault.Say("copies.who-returned", "交回的人", "who handed them back")
	whoSecond    = fault.Say("copies.who-second", "另一位监销人", "who was the second person")
	nameThem     = fault.Say("copies.name-them", "请写明是哪几份（份号）：%s现有%s", "say which copies, by their numbers: %s holds %s")
	wrongFrom    = fault.Say("copies.wrong-from", "%s的份数不能这样办理", "this cannot be done with copies in the account %s")
	nothingToDo  = fault.Say("copies.nothing-to-do", "实印数与台账一致，不用更正", "the ledger has that number already")
	noSuchEntry  = fault.Say("copies.no-such-entry", "台账没有第%d笔", "there is no entry %d")
)

// A move is one entry to be made.
type move struct {
	act      Act
	from, to Account
	count    int
	numbers  Numbers
}

// done makes the entries of an act and tries them on a copy of the book, which
// is left as it is.
func (l *Ledger) done(s Slip, wrong []fault.Reason, moves ...move) ([]Entry, error) {
	if strings.TrimSpace(s.By) == "" {
		wrong = append(wrong, byMissing.With())
	}
	if len(wrong) > 0 {
		return nil, fault.New(fault.Invalid, notDone.With(), wrong...)
	}
	try := l.clone()
	for _, m := range moves {
		numbers, wrong := try.choose(m)
		if len(wrong) > 0 {
			return nil, fault.New(fault.Invalid, notDone.With(), wrong...)
		}
		e := Entry{
			ID: s.NewID(), Seq: len(try.entries) + 1, At: s.At, By: s.By, From: m.from, To: m.to, Count: m.count,
			Reason: strings.TrimSpace(s.Reason), Act: m.act, Person: strings.TrimSpace(s.Person), Numbers: numbers,
		}
		if err := try.Post(e); err != nil {
			return nil, err
		}
	}
	return try.entries[len(l.entries):], nil
}

// choose returns the numbers of a move: those that were named, the next ones of
// what is printed, the lowest in stock, or all that the account has.
func (l *Ledger) choose(m move) (Numbers, []fault.Reason) {
	has := l.numbers[m.from]
	switch {
	case len(m.numbers) > 0 || !l.Numbered() || m.count < 1:
		return m.numbers, nil
	case m.from.Kind == Made:
		next := has.last() + 1
		return Numbers{{next, next + m.count - 1}}, nil
	case m.to.Kind == Made:
		return has.Highest(m.count), nil
	case m.from.Kind == Stock && m.act != ActSpoil && m.act != ActLose, has.Count() <= m.count:
		return has.Lowest(m.count), nil
	}
	return nil, []fault.Reason{nameThem.With(m.from.holder(), has.String())}
}

func because(s Slip) []fault.Reason {
	if strings.TrimSpace(s.Reason) == "" {
		return []fault.Reason{reasonNeeded.With()}
	}
	return nil
}

func person(s Slip, who fault.Sentence) []fault.Reason {
	if strings.TrimSpace(s.Person) == "" {
		return []fault.Reason{personNeeded.With(who.With())}
	}
	return nil
}

// Printed sets the number of copies made to what the printer delivered. More of
// them come into stock; fewer are taken from it, with the reason.
func (l *Ledger) Printed(s Slip, actual int) ([]Entry, error) {
	stock, made := Account{Kind: Stock}, Account{Kind: Made}
	switch d := actual - l.Made(); {
	case d > 0:
		return l.done(s, nil, move{ActAdjust, made, stock, d, s.Numbers})
	case d < 0:
		return l.done(s, because(s), move{ActAdjust, stock, made, -d, s.Numbers})
	}
	return nil, fault.New(fault.Invalid, notDone.With(), nothingToDo.With())
}

// Spoil takes copies that cannot be used out of an account, as a rule the
// stock.
func (l *Ledger) Spoil(s Slip, from Account, n int) ([]Entry, error) {
	var wrong []fault.Reason
	if from.Kind != Stock && from.Kind != Unit {
		wrong = append(wrong, wrongFrom.With(from.holder()))
	}
	return l.done(s, append(wrong, because(s)...), move{ActSpoil, from, Account{Kind: Spoiled}, n, s.Numbers})
}

// Reprint brings more copies into stock.
func (l *Ledger) Reprint(s Slip, n int) ([]Entry, error) {
	return l.done(s, because(s), move{ActReprint, Account{Kind: Made}, Account{Kind: Stock}, n, s.Numbers})
}

// Extra gives copies to a unit after the release (增发), with the consent of
// s.Person. What the stock lacks is printed. Numbers, where there are any, are
// always the next ones.
func (l *Ledger) Extra(s Slip, unit uuid.UUID, n int) ([]Entry, error) {
	stock := Account{Kind: Stock}
	var moves []move
	if missing := n - l.Balance(stock); missing > 0 {
		moves = append(moves, move{ActReprint, Account{Kind: Made}, stock, missing, nil})
	}
	moves = append(moves, move{ActExtra, stock, OfUnit(unit), n, nil})
	return l.done(s, append(person(s, whoConsented), because(s)...), moves...)
}

// Copy enters copies that a unit made itself (翻印): they count among those made
// and are with that unit. s.Person is the copier's mark, organ and date, which
// each of them bears (Regulation art. 32).
func (l *Ledger) Copy(s Slip, unit uuid.UUID, n int) ([]Entry, error) {
	return l.done(s, person(s, whoCopied), move{ActCopy, Account{Kind: Made}, OfUnit(unit), n, s.Numbers})
}

// Return takes copies back that a unit did not want or need, from s.Person.
func (l *Ledger) Return(s Slip, unit uuid.UUID, n int) ([]Entry, error) {
	return l.done(s, person(s, whoReturned), move{ActReturn, OfUnit(unit), Account{Kind: Returned}, n, s.Numbers})
}

// Recall takes copies back that the office wants back, from s.Person;
// [Ledger.Outstanding] says which are still out.
func (l *Ledger) Recall(s Slip, unit uuid.UUID, n int) ([]Entry, error) {
	wrong := append(person(s, whoReturned), because(s)...)
	return l.done(s, wrong, move{ActRecall, OfUnit(unit), Account{Kind: Returned}, n, s.Numbers})
}

// Destroy enters copies as destroyed by two people, s.By and s.Person. They were
// returned, spoiled, on file or in stock: what a unit holds comes back first.
func (l *Ledger) Destroy(s Slip, from Account, n int) ([]Entry, error) {
	wrong := append(person(s, whoSecond), because(s)...)
	if from.Kind == Unit || from.Kind == Made || from.Kind == Destroyed || from.Kind == Unexplained {
		wrong = append(wrong, wrongFrom.With(from.holder()))
	}
	if by := strings.TrimSpace(s.By); by != "" && by == strings.TrimSpace(s.Person) {
		wrong = append(wrong, samePerson.With())
	}
	return l.done(s, wrong, move{ActDestroy, from, Account{Kind: Destroyed}, n, s.Numbers})
}

// Lose enters copies of an account as unexplained, with a reason that stays
// visible.
func (l *Ledger) Lose(s Slip, from Account, n int) ([]Entry, error) {
	wrong := because(s)
	if from.Kind == Made || from.Kind == Destroyed {
		wrong = append(wrong, wrongFrom.With(from.holder()))
	}
	return l.done(s, wrong, move{ActLose, from, Account{Kind: Unexplained}, n, s.Numbers})
}

// Find moves copies that were unexplained to where they turned out to be. What
// turns out to be destroyed is found first, and then destroyed by two people.
func (l *Ledger) Find(s Slip, to Account, n int) ([]Entry, error) {
	wrong := because(s)
	if to.Kind == Made || to.Kind == Destroyed {
		wrong = append(wrong, wrongFrom.With(to.holder()))
	}
	return l.done(s, wrong, move{ActFind, Account{Kind: Unexplained}, to, n, s.Numbers})
}

// File puts copies from stock on file.
func (l *Ledger) File(s Slip, n int) ([]Entry, error) {
	return l.done(s, nil, move{ActFile, Account{Kind: Stock}, Account{Kind: OnFile}, n, s.Numbers})
}

// Correct takes an entry back by another one that goes the other way, where the
// copies are still there.
func (l *Ledger) Correct(s Slip, seq int) ([]Entry, error) {
	if seq < 1 || seq > len(l.entries) {
		return nil, fault.New(fault.Invalid, notDone.With(), noSuchEntry.With(seq))
	}
	e := l.entries[seq-1]
	return l.done(s, because(s), move{ActCorrect, e.To, e.From, e.Count, e.Numbers})
}

// Outstanding returns what units hold, in the order in which they were given
// it: what a recall has to collect.
func (l *Ledger) Outstanding() []Balance {
	var all []Balance
	for _, b := range l.Balances() {
		if b.Account.Kind == Unit && b.Count > 0 {
			all = append(all, b)
		}
	}
	return all
}
