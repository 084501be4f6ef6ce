package recipients

import (
	"cmp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"
)

// A question is one name in its circumstances.
type question struct {
	key  string // of the name
	home string // as it is compared
	full string // the place as the series writes it
	at   time.Time
}

// collective returns the collective entry that the words are, or nil. Of
// several with the same words the one of the home place is meant.
func (x *Index) collective(q question) *Collective {
	for _, i := range x.collectives[q.key] {
		c := &x.dir.Collectives[i]
		place := home(c.Place)
		if place == q.home || place == "" || strings.HasPrefix(q.key, place) {
			return c
		}
	}
	return nil
}

// units returns the units that a name may mean, in the order of the directory:
// one where it is clear, none where it is unknown. What a person settled comes
// first, then the full name, then short names in the home place.
func (x *Index) units(q question) []int {
	if id, settled := x.settled[q.key]; settled {
		if u, known := x.unit[id]; known {
			return []int{u}
		}
	}
	if u, known := x.full[q.key]; known {
		return []int{u}
	}
	if len(q.key) > x.longest {
		return nil
	}
	found := x.short(q.key, q.home, q.at)
	for _, place := range []string{q.home, q.full} {
		if place == "" {
			continue
		}
		if u, known := x.full[place+q.key]; known {
			found = append(found, u)
		}
		found = append(found, x.short(place+q.key, q.home, q.at)...)
	}
	if len(found) == 0 {
		found = x.elsewhere(q)
	}
	return distinct(found)
}

// short returns the units that have the short name in a place, or everywhere,
// on the day.
func (x *Index) short(key, place string, at time.Time) []int {
	found := x.held(nil, local{key, place}, at)
	if place != "" {
		found = x.held(found, local{key, ""}, at)
	}
	return found
}

func (x *Index) held(found []int, name local, at time.Time) []int {
	for _, a := range x.alias[name] {
		if a.holds(at) {
			found = append(found, a.unit)
		}
	}
	return found
}

// elsewhere reads a name that says its place itself: 包头市统计局 is what
// 市统计局 means in Baotou.
func (x *Index) elsewhere(q question) []int {
	var found []int
	for at := range q.key {
		if x.places[q.key[:at]] {
			found = append(found, x.short(q.key[at:], home(q.key[:at]), q.at)...)
		}
	}
	return found
}

func (a alias) holds(at time.Time) bool { return Alias{From: a.from, Until: a.until}.Holds(at) }

// proposals returns the units a person may have meant by a name that means
// none here today: the same short name in another place or at another time, or
// the longest name of three characters or more that it begins with.
func (x *Index) proposals(q question) []int {
	if found := x.anywhere[q.key]; len(found) > 0 {
		return distinct(slices.Clone(found))
	}
	for at := cut(q.key, x.longest); at > 0; {
		_, n := utf8.DecodeLastRuneInString(q.key[:at])
		at -= n
		if runes(q.key[:at]) < 3 {
			break
		}
		begins := q
		begins.key = q.key[:at]
		if found := x.units(begins); len(found) > 0 {
			return found
		}
	}
	return nil
}

// cut returns how many of the first most bytes of a text are whole characters.
func cut(text string, most int) int {
	if len(text) <= most {
		return len(text)
	}
	for most > 0 && !utf8.RuneStart(text[most]) {
		most--
	}
	return most
}

func distinct(units []int) []int {
	slices.Sort(units)
	return slices.Compact(units)
}

// mostCandidates is the longest choice that a person is offered.
const mostCandidates = 20

// candidates names units, in the order of their names, the first
// mostCandidates of them.
func (x *Index) candidates(units []int) []Candidate {
	var all []Candidate
	for _, u := range units {
		all = append(all, Candidate{Unit: x.dir.Units[u].ID, Name: x.dir.Units[u].Name})
	}
	slices.SortFunc(all, func(a, b Candidate) int { return cmp.Compare(a.Name, b.Name) })
	return all[:min(len(all), mostCandidates)]
}

// recipient is the unit as it stands in the directory, under the words that
// the list has for it.
func (x *Index) recipient(unit int, words string) Recipient {
	u := x.dir.Units[unit]
	if words == u.Name {
		words = ""
	}
	return Recipient{
		Unit: u.ID, Name: u.Name, Words: words, Addresses: slices.Clone(u.Addresses),
		Channel: u.Channel, Copies: u.Copies, CopiesAssumed: u.CopiesAssumed,
	}
}

// roster returns the recipients behind a collective entry; none if any of them
// is not in the directory, so that half a roster is never sent to.
func (x *Index) roster(members []Member) []Recipient {
	var all []Recipient
	for _, m := range members {
		u, known := x.unit[m.Unit]
		if !known || m.Unit == uuid.Nil {
			return nil
		}
		all = append(all, x.recipient(u, m.Words))
	}
	return all
}
