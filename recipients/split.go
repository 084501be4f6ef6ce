package recipients

import (
	"strings"
	"unicode/utf8"
)

// A Part is one name of a list as the grammar reads it.
type Part struct {
	// Name is the name in full, with what the list writes only once:
	// 鄂尔多斯市人大常委会领导.
	Name string
	// Printed is the words of the list: 市人大常委会. Before is the separators
	// in front of them, "" for the first part; Before and Printed of all parts,
	// joined, are the [Tidy] text.
	Printed string
	Before  string
	// Place is the place that the name inherits from an earlier one
	// (鄂尔多斯市), or "".
	Place string
	// Collective says that the words mean several units: 各旗区人民政府,
	// 市直有关部门.
	Collective bool
	// Doubtful says that the part may be read as two: 市委常委、宣传部部长 is one
	// person with two posts, or two people. Ask.
	Doubtful bool

	// until is the index of the part whose suffix governs this one; its own
	// where none does.
	until int
}

// A phrase is a member on its way to a Part.
type phrase struct {
	member
	stem     string // the name without the suffix that governs the run
	suffix   string
	place    string
	until    int
	doubtful bool
}

// Split reads the text of a list into names, without any directory. It never
// fails and drops nothing; what it cannot read better is a name as it stands.
func Split(text string) []Part {
	phrases := joinPosts(members(Tidy(text)))
	for start := 0; start < len(phrases); {
		end := start + 1
		for end < len(phrases) && phrases[end].level == byName {
			end++
		}
		run := phrases[start:end]
		govern(run, start)
		repeatEach(run)
		repeatBody(run)
		start = end
	}
	inheritPlaces(phrases)
	return parts(phrases)
}

func parts(phrases []phrase) []Part {
	var all []Part
	for _, p := range phrases {
		name := p.stem + p.suffix
		all = append(all, Part{
			Name: name, Printed: p.printed, Before: p.before, Place: p.place,
			Collective: meansSeveral(name), Doubtful: p.doubtful, until: p.until,
		})
	}
	return all
}

// joinPosts makes phrases of members and joins two posts of one person:
// 市委常委、宣传部部长. The reader cannot know; such a phrase is doubtful.
func joinPosts(all []member) []phrase {
	var phrases []phrase
	for i, m := range all {
		if last := len(phrases) - 1; i > 0 && m.level == byName && !phrases[last].doubtful &&
			onePerson(phrases[last].printed, m.printed) {
			p := &phrases[last]
			p.printed += m.before + m.printed
			p.stem, p.doubtful = p.printed, true
			continue
		}
		phrases = append(phrases, phrase{member: m, stem: m.printed, until: len(phrases)})
	}
	return phrases
}

// onePerson reports whether a party post is followed by an office that its
// holder usually has.
func onePerson(post, office string) bool {
	return endsInAny(post, "常委", "副书记", "党组书记", "党组成员") != "" &&
		endsInAny(office, "长", "主任", "书记", "主席") != ""
}

// The suffixes that govern a run, longer ones before those they end in.
var leaders = []string{
	"主要负责同志", "主要负责人", "领导班子成员", "班子成员", "领导班子",
	"主要领导", "分管领导", "有关领导", "领导",
}

// The bodies that a governing suffix reaches back over.
var bodies = []string{
	"党委", "党工委", "人大常委会", "人大", "人民政府", "政府", "政协",
	"纪委监委", "纪委", "监委", "管委会", "人民法院", "法院", "人民检察院", "检察院", "军分区",
	"省委", "州委", "盟委", "市委", "县委", "区委", "旗委",
}

// isBody reports whether a name is one of the leading bodies of a place, with
// or without the place: 鄂尔多斯市委, 政府（办事处）.
func isBody(name string) bool { return endsInAny(outsideBrackets(name), bodies...) != "" }

// govern gives the suffix of a run's last member to the bodies before it:
// 市委、市政府领导 is 市委领导 and 市政府领导. base is the run's index in the
// list.
func govern(run []phrase, base int) {
	last := len(run) - 1
	suffix := endsInAny(run[last].stem, leaders...)
	body := strings.TrimSuffix(run[last].stem, suffix)
	if suffix == "" || !isBody(body) {
		return
	}
	run[last].stem, run[last].suffix = body, suffix
	for i := last - 1; i >= 0 && isBody(run[i].stem); i-- {
		run[i].suffix, run[i].until = suffix, base+last
	}
}

// repeatBody completes a bare body after a body with its place, and so with
// their offices: 市委、政府 is 市委 and 市政府, 市委办、政府办 is 市委办 and
// 市政府办.
func repeatBody(run []phrase) {
	owner := ""
	for i := range run {
		p := &run[i]
		name := outsideBrackets(p.stem)
		name = strings.TrimSuffix(name, endsInAny(name, "办公厅", "办公室", "办"))
		body := endsInAny(name, bodies...)
		bare := body != "" && body == name
		switch {
		case body == "":
			owner = ""
		case bare && strings.IndexAny(p.stem, levelChars) != 0:
			p.stem = owner + p.stem
		default:
			owner = ownerOf(name, body)
		}
	}
}

// ownerOf returns whose body it is: 市 of 市委, 自治区 of 自治区党委.
func ownerOf(name, body string) string {
	if r, n := utf8.DecodeRuneInString(body); strings.ContainsRune(levelChars, r) {
		return strings.TrimSuffix(name, body[n:])
	}
	return strings.TrimSuffix(name, body)
}

// meansSeveral reports whether a name stands for a class of units.
func meansSeveral(name string) bool {
	if strings.HasPrefix(name, "各") {
		return true
	}
	for _, class := range []string{"直各", "属各", "关各", "有关", "相关", "所属", "直属各", "全体"} {
		at := strings.Index(name, class)
		if at >= 0 && endsInAny(name, leaders...) == "" {
			return true
		}
	}
	return false
}

// endsInAny returns the first of the endings that the name has, or "".
func endsInAny(name string, endings ...string) string {
	for _, e := range endings {
		if strings.HasSuffix(name, e) {
			return e
		}
	}
	return ""
}

// outsideBrackets returns a name up to its first bracket.
func outsideBrackets(name string) string {
	if at := strings.IndexAny(name, openers); at > 0 {
		return name[:at]
	}
	return name
}
