package copies

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// MaxNumber is the highest copy number (份号): six digits (GB/T 9704-2012
// clause 7.2.1).
const MaxNumber = 999_999

// A Range is the copy numbers from First to Last, both included.
type Range struct{ First, Last int }

// Numbers are copy numbers as ranges, in order, without overlaps and without
// neighbours that could be one. nil is none. Its text form, in JSON too, is that
// of [Numbers.String].
type Numbers []Range

// NumbersOf returns the numbers of ranges in any order, which may overlap.
func NumbersOf(ranges ...Range) Numbers {
	all := slices.Clone(ranges)
	slices.SortFunc(all, func(a, b Range) int { return a.First - b.First })
	var n Numbers
	for _, r := range all {
		switch last := len(n) - 1; {
		case r.Last < r.First:
		case last >= 0 && r.First <= n[last].Last+1:
			n[last].Last = max(n[last].Last, r.Last)
		default:
			n = append(n, r)
		}
	}
	return n
}

// Count returns how many numbers there are.
func (n Numbers) Count() int {
	count := 0
	for _, r := range n {
		count += r.Last - r.First + 1
	}
	return count
}

// Has reports whether a number is among them.
func (n Numbers) Has(number int) bool {
	return slices.ContainsFunc(n, func(r Range) bool { return r.First <= number && number <= r.Last })
}

// Covers reports whether all of the others are among them.
func (n Numbers) Covers(others Numbers) bool { return others.Without(n) == nil }

// With returns the numbers of both.
func (n Numbers) With(others Numbers) Numbers {
	return NumbersOf(append(slices.Clone(n), others...)...)
}

// Without returns those that are not among the others.
func (n Numbers) Without(others Numbers) Numbers {
	left := slices.Clone(n)
	for _, o := range others {
		var rest Numbers
		for _, r := range left {
			if before := (Range{r.First, min(r.Last, o.First-1)}); before.First <= before.Last {
				rest = append(rest, before)
			}
			if after := (Range{max(r.First, o.Last+1), r.Last}); after.First <= after.Last {
				rest = append(rest, after)
			}
		}
		left = rest
	}
	return NumbersOf(left...)
}

// Lowest returns the lowest count of them, all where there are not so many.
func (n Numbers) Lowest(count int) Numbers {
	var low Numbers
	for _, r := range n {
		if count < 1 {
			break
		}
		r.Last = min(r.Last, r.First+count-1)
		low = append(low, r)
		count -= r.Last - r.First + 1
	}
	return low
}

// Highest returns the highest count of them, all where there are not so many.
func (n Numbers) Highest(count int) Numbers { return n.Without(n.Lowest(n.Count() - count)) }

// last returns the highest number, 0 where there is none.
func (n Numbers) last() int {
	if len(n) == 0 {
		return 0
	}
	return n[len(n)-1].Last
}

// String returns the numbers as they are stamped: 000001-000004,000013; "" for
// none.
func (n Numbers) String() string {
	parts := make([]string, len(n))
	for i, r := range n {
		if parts[i] = fmt.Sprintf("%06d", r.First); r.Last > r.First {
			parts[i] += fmt.Sprintf("-%06d", r.Last)
		}
	}
	return strings.Join(parts, ",")
}

// ParseNumbers reads what [Numbers.String] writes, and what people type: 1-4、13.
// An error names the part that is no number from 1 to [MaxNumber].
func ParseNumbers(text string) (Numbers, error) {
	var all []Range
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(",，、; ；", r) }) {
		first, last, isRange := strings.Cut(strings.NewReplacer("—", "-", "－", "-", "～", "-", "~", "-", "至", "-").Replace(part), "-")
		if !isRange {
			last = first
		}
		r := Range{}
		var err1, err2 error
		r.First, err1 = strconv.Atoi(first)
		r.Last, err2 = strconv.Atoi(last)
		if err1 != nil || err2 != nil || r.First < 1 || r.Last > MaxNumber || r.Last < r.First {
			return nil, fmt.Errorf("copies: %q is no copy number", part)
		}
		all = append(all, r)
	}
	return NumbersOf(all...), nil
}

// MarshalText returns the numbers as [Numbers.String] does.
func (n Numbers) MarshalText() ([]byte, error) { return []byte(n.String()), nil }

// UnmarshalText is [ParseNumbers].
func (n *Numbers) UnmarshalText(text []byte) error {
	parsed, err := ParseNumbers(string(text))
	if err == nil {
		*n = parsed
	}
	return err
}
