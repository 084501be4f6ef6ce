package workflow

import "jianbao/bulletin"

// NextNumber returns the number after the highest that the register has for
// the kind and the year: numbers run within the year, each kind for itself,
// and a void number is never given again. Back issues that are entered later
// fill places below without moving it.
func NextNumber(register []RegisterLine, kind bulletin.Kind, year int) Number {
	last := 0
	for _, line := range register {
		if line.Kind == kind && line.Year == year {
			last = max(last, line.No)
		}
	}
	return Number{Kind: kind, Year: year, No: last + 1}
}

// Gaps returns the numbers below the highest of a kind and a year that the
// register does not have.
func Gaps(register []RegisterLine, kind bulletin.Kind, year int) []Number {
	given := map[int]bool{}
	for _, line := range register {
		if line.Kind == kind && line.Year == year {
			given[line.No] = true
		}
	}
	var gaps []Number
	for no := 1; no < NextNumber(register, kind, year).No; no++ {
		if !given[no] {
			gaps = append(gaps, Number{Kind: kind, Year: year, No: no})
		}
	}
	return gaps
}
