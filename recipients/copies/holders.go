package copies

// Held returns the copy numbers that an account holds, nil in a book without
// numbers. Of [Made] they are those that were ever given and not taken back.
func (l *Ledger) Held(a Account) Numbers { return l.numbers[a] }

// Holder returns the account that holds the copy with a number, and whether
// there is such a copy.
func (l *Ledger) Holder(number int) (Account, bool) {
	for a, n := range l.numbers {
		if a.Kind != Made && n.Has(number) {
			return a, true
		}
	}
	return Account{}, false
}

// Trail returns the entries that moved the copy with a number, in order: where
// it has been.
func (l *Ledger) Trail(number int) []Entry {
	var all []Entry
	for _, e := range l.entries {
		if e.Numbers.Has(number) {
			all = append(all, e)
		}
	}
	return all
}
