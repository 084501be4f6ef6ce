package copies

import (
	"slices"

	"github.com/google/uuid"
)

// A Book is the ledger of one issue among others.
type Book struct {
	Series  string // the masthead
	Year    int
	Name    string // 2021年第8期
	Date    string // of the issue, as it is printed
	Entries []Entry
	Handed  []Handover
}

// A Tally is what a book, or several together, holds in each kind of account.
type Tally struct {
	Series string
	Year   int
	Name   string // of the issue; "" for several
	Issues int
	Made   int
	Held   map[Kind]int // of every kind but Made; together they are Made
}

func (t *Tally) add(other Tally) {
	t.Issues += other.Issues
	t.Made += other.Made
	for k, n := range other.Held {
		t.Held[k] += n
	}
}

// TallyOf counts one book.
func TallyOf(b Book) Tally {
	t := Tally{Series: b.Series, Year: b.Year, Name: b.Name, Issues: 1, Held: map[Kind]int{}}
	for _, held := range New(b.Entries).Balances() {
		if held.Account.Kind == Made {
			t.Made = -held.Count
		} else {
			t.Held[held.Account.Kind] += held.Count
		}
	}
	return t
}

// Tallies counts every book, in their order: the view of a series.
func Tallies(books []Book) []Tally {
	all := make([]Tally, len(books))
	for i, b := range books {
		all[i] = TallyOf(b)
	}
	return all
}

// ByYear adds the books up by series and year, in the order in which these first
// come.
func ByYear(books []Book) []Tally {
	var all []Tally
	for _, one := range Tallies(books) {
		i := slices.IndexFunc(all, func(t Tally) bool { return t.Series == one.Series && t.Year == one.Year })
		if i < 0 {
			i = len(all)
			all = append(all, Tally{Series: one.Series, Year: one.Year, Held: map[Kind]int{}})
		}
		all[i].add(one)
	}
	return all
}

// Sum adds tallies up.
func Sum(tallies []Tally) Tally {
	sum := Tally{Held: map[Kind]int{}}
	for _, t := range tallies {
		sum.add(t)
	}
	return sum
}

// A UnitTally is what one unit got of several issues.
type UnitTally struct {
	Unit     uuid.UUID
	Given    int // allotted, given later and copied by itself, less corrections
	Handed   int // that it took
	Returned int // handed back or recalled
	Holds    int
	Numbers  Numbers // that it holds, of one issue; nil for several
}

// ByUnit adds up what every unit got, in the order in which units first come.
func ByUnit(books []Book) []UnitTally {
	var all []UnitTally
	place := map[uuid.UUID]int{}
	of := func(unit uuid.UUID) *UnitTally {
		i, known := place[unit]
		if !known {
			i = len(all)
			place[unit] = i
			all = append(all, UnitTally{Unit: unit})
		}
		return &all[i]
	}
	for _, b := range books {
		l := New(b.Entries)
		for _, e := range b.Entries {
			if e.From.Kind == Unit && e.To.Kind == Returned {
				of(e.From.Unit).Returned += e.Count
			}
		}
		for _, held := range l.Balances() {
			if held.Account.Kind != Unit {
				continue
			}
			u := of(held.Account.Unit)
			u.Given += l.Allotted(u.Unit)
			u.Handed += Handed(b.Handed, u.Unit)
			u.Holds += held.Count
			if len(books) == 1 {
				u.Numbers = l.Held(held.Account)
			}
		}
	}
	return all
}
