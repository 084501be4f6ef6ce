package copies

import (
	"slices"

	"jianbao/fault"
)

// A Deed is a line of the table of what people do with copies after the release:
// what it asks of them, and which method of the ledger does it. Forms, commands
// and the history are made from the table.
type Deed struct {
	Act   Act
	Count fault.Sentence // what the number is called: copies, or the number delivered
	// Where are the kinds of accounts among which a person chooses, where there
	// is a choice: those that copies are taken from, or for [ActFind] those where
	// they turned out to be.
	Where []Kind
	// Anyone says that the unit need not hold copies yet.
	Anyone bool
	// Person says who the other person of the act is; the zero Sentence is nobody.
	Person fault.Sentence
	// Reason says that a reason is always needed. It may be given always.
	Reason bool
	// Entry says that the act is about an entry of the ledger.
	Entry bool
	// Consent says that the distribution is widened, which takes the consent of
	// whoever answers for the issue (Regulation art. 31).
	Consent bool

	do func(*Ledger, Slip, Order) ([]Entry, error)
}

// An Order is a deed with its particulars; which of them count, its [Deed] says.
type Order struct {
	Act     Act
	Account Account
	Count   int
	Seq     int // of the entry
	Slip    Slip
}

var (
	copiesWord = fault.Say("copies.word-copies", "份数", "copies")
	actualWord = fault.Say("copies.word-actual", "实印份数", "copies delivered by the printer")
	noSuchDeed = fault.Say("copies.no-such-deed", "没有“%s”这种办理", "there is no act “%s”")
	byRelease  = fault.Say("copies.by-release", "%s由发出时记入，不能另记", "%s is entered by the release and by nothing else")

	onlyUnits    = []Kind{Unit}
	stockOrUnits = []Kind{Stock, Unit}
	atTheOffice  = []Kind{Returned, Spoiled, OnFile, Stock}
	anywhere     = []Kind{Stock, Unit, OnFile, Returned, Spoiled}
)

// Deeds returns the table, in the order in which a day brings them.
func Deeds() []Deed { return slices.Clone(deeds) }

var deeds = []Deed{
	{Act: ActAdjust, Count: actualWord,
		do: func(l *Ledger, s Slip, o Order) ([]Entry, error) { return l.Printed(s, o.Count) }},
	{Act: ActSpoil, Count: copiesWord, Where: stockOrUnits, Reason: true,
		do: func(l *Ledger, s Slip, o Order) ([]Entry, error) { return l.Spoil(s, o.Account, o.Count) }},
	{Act: ActReprint, Count: copiesWord, Reason: true,
		do: func(l *Ledger, s Slip, o Order) ([]Entry, error) { return l.Reprint(s, o.Count) }},
	{Act: ActExtra, Count: copiesWord, Where: onlyUnits, Anyone: true, Person: whoConsented, Reason: true, Consent: true,
		do: func(l *Ledger, s Slip, o Order) ([]Entry, error) { return l.Extra(s, o.Account.Unit, o.Count) }},
	{Act: ActCopy, Count: copiesWord, Where: onlyUnits, Anyone: true, Person: whoCopied,
		do: func(l *Ledger, s Slip, o Order) ([]Entry, error) { return l.Copy(s, o.Account.Unit, o.Count) }},
	{Act: ActFile, Count: copiesWord,
		do: func(l *Ledger, s Slip, o Order) ([]Entry, error) { return l.File(s, o.Count) }},
	{Act: ActReturn, Count: copiesWord, Where: onlyUnits, Person: whoReturned,
		do: func(l *Ledger, s Slip, o Order) ([]Entry, error) { return l.Return(s, o.Account.Unit, o.Count) }},
	{Act: ActRecall, Count: copiesWord, Where: onlyUnits, Person: whoReturned, Reason: true,
		do: func(l *Ledger, s Slip, o Order) ([]Entry, error) { return l.Recall(s, o.Account.Unit, o.Count) }},
	{Act: ActDestroy, Count: copiesWord, Where: atTheOffice, Person: whoSecond, Reason: true,
		do: func(l *Ledger, s Slip, o Order) ([]Entry, error) { return l.Destroy(s, o.Account, o.Count) }},
	{Act: ActLose, Count: copiesWord, Where: anywhere, Reason: true,
		do: func(l *Ledger, s Slip, o Order) ([]Entry, error) { return l.Lose(s, o.Account, o.Count) }},
	{Act: ActFind, Count: copiesWord, Where: anywhere, Reason: true,
		do: func(l *Ledger, s Slip, o Order) ([]Entry, error) { return l.Find(s, o.Account, o.Count) }},
	{Act: ActCorrect, Entry: true, Reason: true,
		do: func(l *Ledger, s Slip, o Order) ([]Entry, error) { return l.Correct(s, o.Seq) }},
}

// DeedOf returns the line of the table for an act.
func DeedOf(act Act) (Deed, bool) {
	n := slices.IndexFunc(deeds, func(d Deed) bool { return d.Act == act })
	if n < 0 {
		return Deed{}, false
	}
	return deeds[n], true
}

// Do returns the entries that an order makes, and changes nothing. It fails with
// fault.Invalid and every reason, also for the acts that a release alone makes.
func (l *Ledger) Do(o Order) ([]Entry, error) {
	deed, known := DeedOf(o.Act)
	switch {
	case known:
		return deed.do(l, o.Slip, o)
	case actTitles[o.Act].Key != "":
		return nil, fault.New(fault.Invalid, notDone.With(), byRelease.With(o.Act.Title()))
	}
	return nil, fault.New(fault.Invalid, notDone.With(), noSuchDeed.With(string(o.Act)))
}
