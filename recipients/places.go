package recipients

import (
	"strings"
	"unicode/utf8"
)

// levelChars are the words for the levels of places, the highest first.
const levelChars = "省盟州市县区旗"

func levelOf(r rune) int {
	switch r {
	case '省':
		return 1
	case '盟', '州', '市':
		return 2
	case '县', '区', '旗':
		return 3
	}
	return 0
}

// A spot is a place that a name says: 鄂尔多斯市, or 鄂尔多斯市东胜区.
type spot struct {
	level rune
	name  string // with every place before it
}

// placesIn reads the places that a name begins with: 鄂尔多斯市东胜区政府 has
// two. A place has at least two characters before its level, so that 市, 全市
// and 城市 are none.
func placesIn(name string) []spot {
	name = outsideBrackets(name)
	var spots []spot
	from := 0
	for at, r := range name {
		if at-from > 4*longestPlace {
			break // what follows is no place, however long it is
		}
		if levelOf(r) == 0 || runes(name[from:at]) < 2 {
			continue
		}
		if !isPlace(name[from:at], r, name[at+utf8.RuneLen(r):]) {
			continue
		}
		from = at + utf8.RuneLen(r)
		spots = append(spots, spot{r, name[:from]})
	}
	return spots
}

// longestPlace is the longest name of a place, in characters without its level
// (莫力达瓦达斡尔族自治旗).
const longestPlace = 10

// notPlaces end in the word for a level and are no places.
var notPlaces = []string{"开发", "园", "高新", "景", "社", "新", "矿", "林", "牧", "校", "军", "示范", "保税", "工业", "自治"}

// isPlace reports whether proper, level and rest are a place and what is said
// of it. In doubt it is none: then nothing is inherited from it, and the name
// that follows is looked up in the series' home.
func isPlace(proper string, level rune, rest string) bool {
	next, _ := utf8.DecodeRuneInString(rest)
	switch {
	case rest == "" || levelOf(next) != 0 || runes(proper) > longestPlace:
		return false
	case level == '市' && strings.ContainsRune("场民容", next):
		return false
	case level == '区' && endsInAny(proper, notPlaces...) != "":
		return false
	}
	return !strings.ContainsAny(proper, "各局委院部厅办会社校公")
}

// inheritPlaces completes names that begin with a bare level (市政府) by the
// last name that said which (鄂尔多斯市委). Nothing passes a ；.
func inheritPlaces(all []phrase) {
	said := map[rune]string{}
	for i := range all {
		p := &all[i]
		if p.level == byGroup {
			clear(said)
		}
		if spots := placesIn(p.stem); len(spots) > 0 {
			remember(said, spots)
			continue
		}
		level, n := utf8.DecodeRuneInString(p.stem)
		if place := said[level]; place != "" && len(p.stem) > n {
			p.place = place
			p.stem = place + p.stem[n:]
		}
	}
}

// remember takes the places of one name; a new city ends what was said of
// districts.
func remember(said map[rune]string, spots []spot) {
	for level := range said {
		if levelOf(level) > levelOf(spots[0].level) {
			delete(said, level)
		}
	}
	for _, s := range spots {
		said[s.level] = s.name
	}
}
