// Package ready is the ready check (送审前检查): what a careful reviewer would
// find in an issue before it is submitted, and once more before it is released.
//
//	for _, f := range ready.Check(doc, facts) {
//		fmt.Println(f.Severity, f.Line, f.Item, f.Reason.In(fault.ZH))
//	}
//
// Check is a pure function. What must be looked up (the register of numbers, the
// list of leaders, the directory, items of earlier issues, characters that no
// font has) is in Facts; what is not there is not checked, so that a caller
// gives what it has. Facts.Text, the text from which the document was read, makes
// places exact and shows characters that reading drops.
//
// # What blocks
//
// A finding is a doubt, and most of them ask. A person may know better than a
// rule why 7月2日 was no Friday, and a check that stops work over a guess is
// switched off within a week. Block is kept for what cannot be meant: an issue
// date that no calendar has, a number that another issue bears or that is void,
// a character that was lost on the way (U+FFFD), and marks that turn the reading
// order of what follows (bidi controls), because with them people do not approve
// what they see.
//
// Some findings are also problems of bulletin.Parse, under the same code. A page
// that shows both calls Beside.
//
// Items that stood in an earlier issue are found by package likeness, whose
// comment says what a store keeps for it; the caller compares ItemText of each
// item and passes what it found as Facts.Similar. Items that repeat each other within the
// issue Check finds by itself.
package ready

import (
	"cmp"
	"slices"

	"jianbao/bulletin"
	"jianbao/fault"
)

// A Finding is one doubt about an issue: what, how grave, and where. Line is
// the 1-based line of Facts.Text (without it, the line at which the item
// begins), Item the 1-based number of the item counted through all sections;
// each is 0 where there is no such place.
type Finding struct {
	Code     string            `json:"code"`
	Severity bulletin.Severity `json:"severity"`
	Line     int               `json:"line,omitempty"`
	Item     int               `json:"item,omitempty"`
	Reason   fault.Reason      `json:"reason"`
}

// The codes of findings. Those marked P are codes of bulletin.Problem as well.
const (
	DateImpossible  = "date-impossible"       // the issue date, or one in the text, is in no calendar
	DateMissing     = "no-date"               // P: an issue without a date
	WeekdayDiffers  = "weekday-differs"       // 7月2日（星期四） was a Friday
	DateAhead       = "date-ahead"            // the text tells of a day after the issue date
	DateBackwards   = "date-backwards"        // the issue before bears a later date
	NumberTaken     = "number-taken"          // another issue bears the number, or it is void
	NumberGap       = "number-gap"            // numbers are left out
	NumberBehind    = "number-behind"         // the number fills a place below the last one
	YearDiffers     = "year-differs"          // P: the year of the number is not that of the date
	SectionUnknown  = "section-unknown"       // the series has no such section
	SectionOrder    = "section-order"         // the section stands before one it follows
	SectionTwice    = "section-twice"         // the section stands twice
	SectionEmpty    = "section-empty"         // a section without items
	ItemEmpty       = "item-empty"            // an item without text
	ItemRepeats     = "item-repeats"          // the item stood in an earlier issue
	ItemTwice       = "item-twice"            // the item stands twice in this issue
	LeaderTitle     = "leader-title"          // the title beside a name is not the one on the list
	LeaderName      = "leader-name"           // the name beside a title is a character off
	LeaderOrder     = "leader-order"          // leaders in another order than the protocol's
	UnitRenamed     = "unit-renamed"          // a name that a unit no longer bears
	CharacterLost   = "character-lost"        // U+FFFD
	CharacterTurns  = "character-turns"       // bidi controls
	CharacterOdd    = "character-odd"         // control, private use, invisible, unassigned
	CharacterLooks  = "character-looks-alike" // radicals, compatibility ideographs, letters of other scripts
	TabInText       = "tab"                   // a tab inside a paragraph
	GlyphMissing    = "glyph-missing"         // no font of the office has the character
	PhoneArea       = "phone-area"            // P: a telephone number without area code
	ClassifiedWords = "classified-words"      // 秘密级 and the like in the text
)

// Facts are what was looked up for an issue. The zero Facts is valid: only what
// the document itself shows is checked then.
type Facts struct {
	// Text is the text that the document was read from, or "".
	Text string
	// Home is the home place of the series (鄂尔多斯市): 市长 is its mayor, and
	// 包头市市长 somebody else.
	Home string
	// Register are the numbers that other issues of the series bear, in any
	// order. Leave out the issue that is checked, and the one that it corrects.
	Register []Registered
	// Sections are the sections of the series in order; none means that the
	// series has no fixed list. A section may be missing from an issue.
	Sections []string
	// Leaders are the leaders whose names and titles the office keeps.
	Leaders []Leader
	// Units are the names of the directory, or nil.
	Units *Units
	// Similar are the items that stood in earlier issues.
	Similar []Similar
	// Missing are the characters of the issue that no font has.
	Missing []rune
}

// A Registered is a number that an issue of the series bears.
type Registered struct {
	Kind bulletin.Kind
	Year int
	No   int
	Date bulletin.Date // of the issue, if known
	Void bool          // the number was given up and is never given again
}

// A Leader is a person whose name and titles the office keeps. Titles are all
// titles that may stand beside the name (市委副书记, 代市长), in full or as the
// office writes them. Rank is the place in the protocol order, the smallest
// first; leaders of equal rank may stand in any order.
type Leader struct {
	Name   string
	Titles []string
	Rank   int
}

// A Similar is an item of the issue that an earlier issue has had.
type Similar struct {
	Item  int     // 1-based
	Where string  // 2021年第3期，高层声音
	Words string  // how the earlier item begins
	Alike float64 // 0 to 1, see likeness.Alike
}

// A check is one rule of the ready check.
type check func(*text) []Finding

// checks are the rules in the order of their findings at one place.
var checks = []check{
	checkIssueDate, checkNumber, checkYear, checkDateOrder, checkSections, checkItems, checkRepeats, checkDays,
	checkLeaders, checkUnits, checkCharacters, checkGlyphs, checkClassified, checkPhones,
}

// Check returns everything that is doubtful in a document, ordered by line.
func Check(doc bulletin.Document, facts Facts) []Finding {
	t := newText(doc, facts)
	var found []Finding
	for _, c := range checks {
		found = append(found, c(t)...)
	}
	slices.SortStableFunc(found, func(a, b Finding) int { return cmp.Compare(a.Line, b.Line) })
	return found
}

// Beside returns the findings that do not say again what the problems of a text
// say under the same code.
func Beside(problems []bulletin.Problem, findings []Finding) []Finding {
	said := map[string]bool{}
	for _, p := range problems {
		said[p.Code] = true
	}
	return slices.DeleteFunc(slices.Clone(findings), func(f Finding) bool { return said[f.Code] })
}
