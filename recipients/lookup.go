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
// first, then the full name, then short names in the home place, then the words
// of rosters.
func (x *Index) units(q question) []int {
	if id, settled := x.settled[q.key]; settled {
		if u, known := x.unit[id]; known && x.stands(u, q.at) {
			return []int{u}
		}
	}
	if u, known := x.full[q.key]; known && x.stands(u, q.at) {
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
		if u, known := x.full[place+q.key]; known && x.stands(u, q.at) {
			found = append(found, u)
		}
		found = append(found, x.short(place+q.key, q.home, q.at)...)
	}
	if len(found) == 0 {
		found = x.spoken(q)
	}
	if len(found) == 0 {
		found = x.elsewhere(q)
	}
	return distinct(found)
}

// spoken returns the units that a roster has under these words. Words that are,
// or were, a unit's name mean nothing here: a roster that passed to an heir
// keeps them, and 市发改委 of old is not the bureau that took its place in one
// roster.
func (x *Index) spoken(q question) []int {
	var found []int
	for _, at := range meantIn(q) {
		if _, full := x.full[at.name]; full || len(x.alias[at]) > 0 {
			return nil
		}
		for _, a := range x.words[at] {
			if a.holds(q.at) && x.stands(a.unit, q.at) {
				found = append(found, a.unit)
			}
		}
	}
	return found
}

// meantIn returns under which names, and where, the words of a roster may be
// meant.
func meantIn(q question) []local {
	all := []local{{q.key, ""}}
	if q.home == "" {
		return all
	}
	return append(all, local{q.key, q.home}, local{q.home + q.key, ""}, local{q.full + q.key, ""})
}

// named returns the units that have or had the name, here or elsewhere.
func (x *Index) named(q question) []int {
	found := slices.Clone(x.anywhere[q.key])
	for _, place := range []string{"", q.home, q.full} {
		if u, known := x.full[place+q.key]; known {
			found = append(found, u)
		}
	}
	return found
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
		if a.holds(at) && x.stands(a.unit, at) {
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

func (x *Index) stands(unit int, at time.Time) bool { return x.dir.Units[unit].Stands(at) }

func (a alias) holds(at time.Time) bool { return Alias{From: a.from, Until: a.until}.Holds(at) }

// proposals returns the units a person may have meant by a name that means
// none here today: the same name in another place or at another time, or the
// longest name of three characters or more that it begins with. In place of a
// unit that has ended stand those that took its place.
func (x *Index) proposals(q question) []int { return x.heirs(x.similar(q), q.at) }

func (x *Index) similar(q question) []int {
	if found := x.named(q); len(found) > 0 {
		return found
	}
	if id, settled := x.settled[q.key]; settled {
		if u, known := x.unit[id]; known {
			return []int{u}
		}
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

// heirs replaces units that have ended by those that took their place.
func (x *Index) heirs(units []int, at time.Time) []int {
	var all []int
	seen := map[int]bool{}
	for len(units) > 0 {
		u := units[0]
		units = units[1:]
		if seen[u] {
			continue
		}
		seen[u] = true
		if x.stands(u, at) {
			all = append(all, u)
			continue
		}
		for _, id := range x.dir.Units[u].Successors {
			if heir, known := x.unit[id]; known {
				units = append(units, heir)
			}
		}
	}
	return distinct(all)
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
	if n, own := x.dir.Copies[u.ID]; own {
		u.Copies, u.CopiesAssumed = n, false
	}
	return Recipient{
		Unit: u.ID, Name: u.Name, Words: words, Addresses: u.Mailboxes(),
		Channel: u.Channel, Copies: u.Copies, CopiesAssumed: u.CopiesAssumed,
	}
}

// roster returns the recipients behind a collective entry on a day; none if any
// of them is not in the directory or has ended, so that half a roster is never sent to.
func (x *Index) roster(members []Member, at time.Time) []Recipient {
	var all []Recipient
	for _, m := range members {
		if !m.Holds(at) {
			continue
		}
		u, known := x.unit[m.Unit]
		if !known || m.Unit == uuid.Nil || !x.stands(u, at) {
			return nil
		}
		all = append(all, x.recipient(u, m.Words))
	}
	return all
}
