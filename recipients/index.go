package recipients

import (
	"strings"
	"time"

	"github.com/google/uuid"
)

// An Index is a [Directory] made ready for [Index.Resolve]. It is never changed
// after [NewIndex] and may be used by any number of goroutines; it shares the
// directory's slices, which must not change while it is in use.
type Index struct {
	dir         Directory
	unit        map[uuid.UUID]int
	full        map[string]int
	alias       map[local][]alias
	anywhere    map[string][]int  // short name → the units that have it in some place
	words       map[local][]alias // of rosters → the units through which they are reached
	collectives map[string][]int
	settled     map[string]uuid.UUID
	places      map[string]bool // as units write them, and without their level
	// spans has, for each directory name with a separator in it, its part before
	// the first and how many names of a list it takes.
	spans   map[string]int
	longest int // of all names, in bytes; longer ones need not be looked up
}

// A local name is a short name where it is meant so: place is without its
// level, "" where the name is meant everywhere.
type local struct{ name, place string }

// An alias is a unit with the days on which it has a short name.
type alias struct {
	unit  int
	from  time.Time
	until time.Time
}

// NewIndex makes an index of a directory, in time proportional to its size.
func NewIndex(dir Directory) *Index {
	x := &Index{
		dir:         dir,
		unit:        make(map[uuid.UUID]int, len(dir.Units)),
		full:        make(map[string]int, len(dir.Units)),
		alias:       make(map[local][]alias, 2*len(dir.Units)),
		anywhere:    make(map[string][]int, len(dir.Units)),
		words:       map[local][]alias{},
		collectives: make(map[string][]int, len(dir.Collectives)),
		settled:     make(map[string]uuid.UUID, len(dir.Settled)),
		places:      map[string]bool{},
		spans:       map[string]int{},
	}
	for i := range dir.Units {
		x.addUnit(i)
	}
	for i := range dir.Collectives {
		x.addCollective(i)
	}
	for name, id := range dir.Settled {
		x.settled[x.enter(name)] = id
	}
	return x
}

// enter returns the key of a name of the directory and notes its length, and
// how many names of a list it takes.
func (x *Index) enter(name string) string {
	key := keyOf(name)
	x.longest = max(x.longest, len(key))
	if first := firstOf(key); first != key {
		n := 1 + len(strings.FieldsFunc(key[len(first):], isSeparator))
		x.spans[first] = max(x.spans[first], n)
	}
	return key
}

// firstOf returns a key up to its first separator.
func firstOf(key string) string {
	if at := strings.IndexFunc(key, isSeparator); at >= 0 {
		return key[:at]
	}
	return key
}

func isSeparator(r rune) bool { return strength(r) > 0 }

func (x *Index) addUnit(i int) {
	u := &x.dir.Units[i]
	x.unit[u.ID] = i
	x.full[x.enter(u.Name)] = i
	x.addPlace(u.Place)
	for _, a := range u.Aliases {
		place := home(u.Place)
		if a.Former {
			place = ""
		}
		x.addAlias(a.Name, place, alias{i, a.From, a.Until})
	}
}

// addAlias enters a short name.
func (x *Index) addAlias(name, place string, a alias) {
	key := x.enter(name)
	at := localOf(key, place)
	x.alias[at] = append(x.alias[at], a)
	x.anywhere[key] = append(x.anywhere[key], a.unit)
}

// localOf returns where a name is meant. One that says its place itself
// (鄂尔多斯市科技局) is meant everywhere.
func localOf(key, place string) local {
	if strings.HasPrefix(key, place) {
		place = ""
	}
	return local{key, place}
}

// addCollective enters a collective entry. The words of its roster mean the
// units behind them, 鄂尔多斯市委领导 is reached through 市委办公室, also where
// they stand alone.
func (x *Index) addCollective(i int) {
	c := &x.dir.Collectives[i]
	key := x.enter(c.Text)
	x.collectives[key] = append(x.collectives[key], i)
	x.addPlace(c.Place)
	for _, m := range c.Members {
		if u, known := x.unit[m.Unit]; known && m.Words != "" {
			at := localOf(x.enter(m.Words), home(c.Place))
			x.words[at] = append(x.words[at], alias{u, m.From, m.Until})
		}
	}
}

func (x *Index) addPlace(place string) {
	if place == "" {
		return
	}
	x.places[keyOf(place)] = true
	x.places[home(place)] = true
}

// home returns a place as it is compared: without the word for its level, so
// that 鄂尔多斯 and 鄂尔多斯市 are one. Two characters always stay (上海, 赵县).
func home(place string) string {
	place = keyOf(place)
	for _, level := range []string{"自治区", "自治州", "自治县", "自治旗", "省", "盟", "州", "市", "县", "区", "旗"} {
		if bare, cut := strings.CutSuffix(place, level); cut && runes(bare) >= 2 {
			return bare
		}
	}
	return place
}
