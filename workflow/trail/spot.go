package trail

import (
	"cmp"
	"strconv"
	"strings"
	"time"

	"jianbao/fault"
)

// A Spot is the place of a line in the list: its time, and what tells it from
// others of the same moment.
type Spot struct {
	At   time.Time
	Book Book
	Key  string // within the book
}

// IsZero reports whether it is no place.
func (s Spot) IsZero() bool { return s.Book == "" }

// compare orders spots by time, then by book, then by key.
func (s Spot) compare(t Spot) int {
	return cmp.Or(s.At.Compare(t.At), cmp.Compare(s.Book, t.Book), cmp.Compare(s.Key, t.Key))
}

// String writes the spot as addresses have it; [ParseSpot] reads that.
func (s Spot) String() string {
	if s.IsZero() {
		return ""
	}
	return strconv.FormatInt(s.At.UnixMicro(), 10) + "." + string(s.Book) + "." + s.Key
}

var badSpot = fault.Say("trail.bad-spot", "翻页的位置不对，请从第一页看起", "this is no place in the list; begin at its first page")

// ParseSpot reads a spot; "" is none. It fails with fault.Invalid.
func ParseSpot(text string) (Spot, error) {
	if text == "" {
		return Spot{}, nil
	}
	at, rest, _ := strings.Cut(text, ".")
	book, key, found := strings.Cut(rest, ".")
	micros, err := strconv.ParseInt(at, 10, 64)
	spot := Spot{time.UnixMicro(micros).UTC(), Book(book), key}
	if err != nil || !found || !spot.Book.known() || strings.Trim(key, "0123456789abcdef-") != "" || len(key) > 60 {
		return Spot{}, fault.New(fault.Invalid, badSpot.With()).Because(err)
	}
	return spot, nil
}
