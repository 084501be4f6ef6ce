package copies

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"jianbao/fault"
)

// MaxEntry is the most copies that one entry moves: far more than any office
// prints, and far too few for sums to overflow.
const MaxEntry = 1_000_000

// An Entry moves Count copies from one account to another. Entries are only
// ever added; a mistake is corrected by another entry.
type Entry struct {
	ID     uuid.UUID
	Seq    int // 1-based within the issue
	At     time.Time
	By     string // who, or the robot
	From   Account
	To     Account
	Count  int // copies, from 1 to [MaxEntry]
	Reason string
	Act    Act // what was done; "" in books of before acts were named
	// Person is the other person of the act: who consented to copies added
	// later, who handed copies back, the second of those who destroyed them, or
	// the mark of the copier (翻印).
	Person string
	// Numbers are those of the copies that are moved, in a book that has
	// numbers: as many as Count.
	Numbers Numbers
}

// A Balance is what an account holds. That of [Made] is below zero: what it has
// given.
type Balance struct {
	Account Account `json:"account"`
	Count   int     `json:"count"`
}

// A Ledger is the book of the copies of one issue. The zero Ledger is an empty
// book. It is not safe for use by several goroutines.
type Ledger struct {
	entries []Entry
	held    map[Account]int
	numbers map[Account]Numbers // what each holds; Made has those that were given
	order   []Account           // in the order in which accounts first received or gave
}

// New returns the book with these entries, in their order. It believes them:
// call [Ledger.Verify] on what comes from outside.
func New(entries []Entry) *Ledger {
	l := &Ledger{}
	for _, e := range entries {
		l.add(e)
	}
	return l
}

func (l *Ledger) add(e Entry) {
	l.entries = append(l.entries, e)
	l.move(e.From, -e.Count)
	l.move(e.To, e.Count)
	if len(e.Numbers) == 0 {
		return
	}
	if l.numbers == nil {
		l.numbers = map[Account]Numbers{}
	}
	l.renumber(e.From, e.Numbers, e.From.Kind == Made)
	l.renumber(e.To, e.Numbers, e.To.Kind != Made)
}

// renumber gives numbers to an account or takes them from it.
func (l *Ledger) renumber(a Account, n Numbers, gets bool) {
	if gets {
		l.numbers[a] = l.numbers[a].With(n)
	} else {
		l.numbers[a] = l.numbers[a].Without(n)
	}
}

func (l *Ledger) move(a Account, n int) {
	if _, known := l.held[a]; !known {
		l.order = append(l.order, a)
	}
	if l.held == nil {
		l.held = map[Account]int{}
	}
	l.held[a] += n
}

// Entries returns a copy of all entries, in order.
func (l *Ledger) Entries() []Entry { return slices.Clone(l.entries) }

// Balance returns what an account holds, 0 where it is not in the book.
func (l *Ledger) Balance(a Account) int { return l.held[a] }

// Made returns the number of copies that were made.
func (l *Ledger) Made() int { return -l.held[Account{Kind: Made}] }

// Balances returns what every account that was ever touched holds, in the
// order of [Kinds], units in the order in which they were first given copies.
func (l *Ledger) Balances() []Balance {
	all := make([]Balance, 0, len(l.order))
	for _, k := range Kinds {
		for _, a := range l.order {
			if a.Kind == k {
				all = append(all, Balance{a, l.held[a]})
			}
		}
	}
	return all
}

var (
	notPosted     = fault.Say("copies.not-posted", "份数台账未记入", "nothing was entered in the ledger of copies")
	wrongAccount  = fault.Say("copies.wrong-account", "第%d笔：账户“%s”不存在", "entry %d: there is no account “%s”")
	sameAccount   = fault.Say("copies.same-account", "第%d笔：转出与转入是同一账户", "entry %d goes from an account to itself")
	badCount      = fault.Say("copies.bad-count", "第%d笔：份数须在1到%d之间，现为%d", "entry %d: the number of copies must be from 1 to %d and is %d")
	thisUnit      = fault.Say("copies.this-unit", "该单位", "the unit")
	overdrawn     = fault.Say("copies.overdrawn", "第%d笔：%s只有%d份，不能转出%d份", "entry %d: %s has %d copies and cannot give %d")
	whyMissing    = fault.Say("copies.why-missing", "第%d笔：记为不明须说明原因", "entry %d: say why the copies are unexplained")
	noNumbers     = fault.Say("copies.no-numbers", "第%d笔：本期没有编份号", "entry %d: the copies of this issue have no numbers")
	numbersCount  = fault.Say("copies.numbers-count", "第%d笔：%d份应有同样多的份号，现有%d个", "entry %d: %d copies need as many numbers and have %d")
	numberTwice   = fault.Say("copies.number-twice", "第%d笔：份号%s已经编过", "entry %d: the numbers %s were given before")
	numberForeign = fault.Say("copies.number-foreign", "第%d笔：%s没有份号%s", "entry %d: %s does not hold the numbers %s")
	outOfTurn     = fault.Say("copies.out-of-turn", "第%d笔的序号应为%d，现为%d", "entry %d should have the number %d and has %d")
)

// Post adds entries, all of them or none. An entry whose Seq is 0 is given the
// next one; any other must be the next one. The error is a [fault.Error] with
// the code Invalid and every reason, numbered by the entry's place in the call:
// a count that cannot be, an account that cannot be, an account that would give what
// it does not have, unexplained copies without a reason.
func (l *Ledger) Post(entries ...Entry) error {
	try := l.clone()
	var reasons []fault.Reason
	for i, e := range entries {
		if e.Seq == 0 {
			e.Seq = len(try.entries) + 1
		}
		wrong := try.objections(i+1, e)
		reasons = append(reasons, wrong...)
		if len(wrong) == 0 {
			try.add(e)
		}
	}
	if len(reasons) > 0 {
		return fault.New(fault.Invalid, notPosted.With(), reasons...)
	}
	*l = *try
	return nil
}

func (l *Ledger) clone() *Ledger {
	c := &Ledger{entries: slices.Clone(l.entries), order: slices.Clone(l.order), held: map[Account]int{}}
	for a, n := range l.held {
		c.held[a] = n
	}
	if l.numbers != nil {
		c.numbers = maps.Clone(l.numbers)
	}
	return c
}

// objections returns all that is wrong with adding e now; n is the number
// under which it is spoken of.
func (l *Ledger) objections(n int, e Entry) []fault.Reason {
	var reasons []fault.Reason
	for _, a := range []Account{e.From, e.To} {
		if !a.valid() {
			reasons = append(reasons, wrongAccount.With(n, a.String()))
		}
	}
	if next := len(l.entries) + 1; e.Seq != next {
		reasons = append(reasons, outOfTurn.With(n, next, e.Seq))
	}
	if e.From == e.To {
		reasons = append(reasons, sameAccount.With(n))
	}
	if e.Count < 1 || e.Count > MaxEntry {
		reasons = append(reasons, badCount.With(n, MaxEntry, e.Count))
	}
	if has := l.held[e.From]; e.From.Kind != Made && e.Count > 0 && has < e.Count {
		reasons = append(reasons, overdrawn.With(n, e.From.holder(), has, e.Count))
	}
	if e.To.Kind == Unexplained && strings.TrimSpace(e.Reason) == "" {
		reasons = append(reasons, whyMissing.With(n))
	}
	return append(reasons, l.misnumbered(n, e)...)
}

// Numbered reports whether the copies of the book have numbers: its first entry
// decides.
func (l *Ledger) Numbered() bool { return len(l.entries) > 0 && len(l.entries[0].Numbers) > 0 }

// misnumbered returns what is wrong with the copy numbers of an entry: all
// entries have as many as copies or none, nothing gives a number that it does not
// hold, and no number is given twice.
func (l *Ledger) misnumbered(n int, e Entry) []fault.Reason {
	switch {
	case len(l.entries) > 0 && !l.Numbered():
		if len(e.Numbers) > 0 {
			return []fault.Reason{noNumbers.With(n)}
		}
		return nil
	case len(l.entries) == 0 && len(e.Numbers) == 0:
		return nil
	case e.Numbers.Count() != e.Count || !slices.Equal(NumbersOf(e.Numbers...), e.Numbers):
		return []fault.Reason{numbersCount.With(n, e.Count, e.Numbers.Count())}
	case e.From.Kind == Made:
		if twice := e.Numbers.Without(e.Numbers.Without(l.numbers[e.From])); twice != nil {
			return []fault.Reason{numberTwice.With(n, twice.String())}
		}
	default:
		if foreign := e.Numbers.Without(l.numbers[e.From]); foreign != nil {
			return []fault.Reason{numberForeign.With(n, e.From.holder(), foreign.String())}
		}
	}
	return nil
}

// Verify proves the book: every entry could have been posted in its turn, and
// after the last the accounts sum to the copies made. The error, for the log
// and the operator, names every entry that could not; it means that the book
// was changed outside the program.
func (l *Ledger) Verify() error {
	proof := &Ledger{}
	var wrong []error
	for i, e := range l.entries {
		for _, r := range proof.objections(i+1, e) {
			wrong = append(wrong, errors.New(r.In(fault.EN)))
		}
		proof.add(e)
	}
	sum := 0
	for a, n := range proof.held {
		if a.Kind != Made {
			sum += n
		}
	}
	if sum != proof.Made() {
		wrong = append(wrong, fmt.Errorf("the accounts sum to %d and %d copies were made", sum, proof.Made()))
	}
	if len(wrong) > 0 {
		return fmt.Errorf("copies: the ledger does not hold: %w", errors.Join(wrong...))
	}
	return nil
}

// Sentence says where the copies are: 20 = 各单位 19＋存档 1.
func (l *Ledger) Sentence(lang fault.Lang) string {
	var all terms
	for _, k := range Kinds {
		sum := 0
		for a, n := range l.held {
			if a.Kind == k {
				sum += n
			}
		}
		if k != Made && sum != 0 {
			all = append(all, termPlain.With(k.Title(), sum))
		}
	}
	if len(all) == 0 {
		all = terms{nowhere.With()}
	}
	return fmt.Sprintf("%d = %s", l.Made(), all.In(lang))
}
