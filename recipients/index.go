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
	alias       map[string][]alias
	collectives map[string][]int
	settled     map[string]uuid.UUID
	places      map[string]bool // as units write them, and without their level
	longest     int             // the most names that one directory name spans
}

// An alias is a short name of a unit where it is meant so.
type alias struct {
	unit  int
	from  time.Time
	until time.Time
	place string // without its level; "" where it is meant everywhere
}

// NewIndex makes an index of a directory, in time proportional to its size.
func NewIndex(dir Directory) *Index {
	x := &Index{
		dir:         dir,
		unit:        make(map[uuid.UUID]int, len(dir.Units)),
		full:        make(map[string]int, len(dir.Units)),
		alias:       make(map[string][]alias, 2*len(dir.Units)),
		collectives: make(map[string][]int, len(dir.Collectives)),
		settled:     make(map[string]uuid.UUID, len(dir.Settled)),
		places:      map[string]bool{},
		longest:     1,
	}
	for i := range dir.Units {
		x.addUnit(i)
	}
	for i := range dir.Collectives {
		x.addCollective(i)
	}
	for name, id := range dir.Settled {
		x.settled[x.span(name)] = id
	}
	return x
}

// span returns the key of a name and notes how many names of a list it takes.
func (x *Index) span(name string) string {
	key := keyOf(name)
	if n := 1 + strings.Count(key, "、") + strings.Count(key, ",") + strings.Count(key, ";"); n > x.longest {
		x.longest = n
	}
	return key
}

func (x *Index) addUnit(i int) {
	u := &x.dir.Units[i]
	x.unit[u.ID] = i
	x.full[x.span(u.Name)] = i
	x.addPlace(u.Place)
	for _, a := range u.Aliases {
		x.addAlias(a.Name, alias{i, a.From, a.Until, home(u.Place)})
	}
}

// addAlias enters a short name. One that says its place itself (鄂尔多斯市科技局)
// is meant everywhere.
func (x *Index) addAlias(name string, a alias) {
	key := x.span(name)
	if strings.HasPrefix(key, a.place) {
		a.place = ""
	}
	x.alias[key] = append(x.alias[key], a)
}

// addCollective enters a collective entry. The words of its roster are short
// names of the units behind them: 鄂尔多斯市委领导 is reached through
// 市委办公室 also where it stands alone.
func (x *Index) addCollective(i int) {
	c := &x.dir.Collectives[i]
	key := x.span(c.Text)
	x.collectives[key] = append(x.collectives[key], i)
	x.addPlace(c.Place)
	for _, m := range c.Members {
		if u, known := x.unit[m.Unit]; known && m.Words != "" {
			x.addAlias(m.Words, alias{unit: u, place: home(c.Place)})
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
