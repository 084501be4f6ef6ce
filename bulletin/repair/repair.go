// Package repair offers what an editor would mend in the typing of a bulletin:
// mixed width, stray spaces, quotes, dashes, the punctuation of lists.
//
//	offers := repair.Offers(text, guard)
//	text, err := repair.Apply(text, offers[3], offers[5])     // some, by hand
//	text, made := repair.ApplyRule(text, repair.Width, guard) // all of one rule
//
// An office that wants some rules only names them: Offers(text, guard, rules...).
// A page keeps the Key of each offer; when the form comes back, Offers of the
// same text and Pick give the offers that were ticked.
//
// bulletin.Parse makes the certain repairs by itself (plain seams, letter-spacing)
// and says so; what is here is never done unless a person asks for it. The raw
// text is the caller's to keep.
//
// # What is promised
//
//   - A rule changes nothing but what its comment says. No letter and no digit
//     comes, goes or changes its value; without white space and punctuation, and
//     with every width folded, the text before and after is the same.
//   - Applying a rule twice changes nothing more. Rules look at the letters on
//     either side, which none of them changes.
//   - What stands beside a leader's name or a title is Guarded: ApplyRule leaves
//     it alone, and a person decides by Apply.
//   - URLs, mail addresses, Latin runs (R&D, GPT 4), tables and pictures are left
//     as they are.
//   - Time and memory are linear in the size of the text.
package repair

import (
	"jianbao/bulletin"
	"jianbao/fault"
)

// A Rule is one kind of repair, which can be switched by itself.
type Rule string

// The rules.
const (
	Width      Rule = "width"       // , : ; ? ! beside Chinese become ，：；？！
	Brackets   Rule = "brackets"    // (…) around Chinese become （…）
	Quotes     Rule = "quotes"      // "…" become “…”, paired in the paragraph
	Latin      Rule = "latin"       // full-width digits and Latin letters become half-width
	DigitSpace Rule = "digit-space" // 7 月 13 日 becomes 7月13日, in the items
	HanSpace   Rule = "han-space"   // spaces between Chinese characters go, in the items
	Lists      Rule = "lists"       // , and ; in a list become 、 and ；, and it ends with 。
	Ellipsis   Rule = "ellipsis"    // ... and 。。。 become ……
	Dash       Rule = "dash"        // -- becomes ——
	Repeated   Rule = "repeated"    // 。。 becomes 。
)

// Rules returns all rules in the order in which they are best applied.
func Rules() []Rule {
	return []Rule{Latin, Ellipsis, Dash, Repeated, Quotes, Brackets, Width, Lists, DigitSpace, HanSpace}
}

// A Guard names what no rule may touch without a person: the names of leaders
// and further titles beside those that the package knows (书记, 市长, 主任 …).
type Guard struct {
	Names  []string
	Titles []string
}

// An Offer is one repair that could be made.
type Offer struct {
	// Key tells the offer from all others of the same text; see Pick.
	Key  string `json:"key"`
	Rule Rule   `json:"rule"`
	Line int    `json:"line"` // 1-based
	// Before and After are the words that change, shortened in the middle where
	// they are long.
	Before string `json:"before"`
	After  string `json:"after"`
	// Place is Before with a few characters on either side.
	Place string `json:"place"`
	// Guarded says that it stands beside a leader's name or a title, or may
	// change what is meant: only a person may make it.
	Guarded bool `json:"guarded,omitempty"`

	line    string   // the whole line as it was
	changes []change // in order, disjoint
}

// A change replaces the bytes From to To of a line.
type change struct {
	from, to int
	text     string
}

// Edit returns the repair as an edit of its line, for whoever makes it alone.
func (o Offer) Edit() bulletin.Edit {
	return bulletin.Edit{From: o.Line, To: o.Line, Text: altered(o.line, 0, len(o.line), o.changes)}
}

// Label returns what the rule is called on the screen.
func (r Rule) Label() fault.Reason { return labels[r].With() }

var labels = map[Rule]fault.Sentence{
	Width:      fault.Say("repair.width", "半角标点改为全角", "half-width punctuation beside Chinese"),
	Brackets:   fault.Say("repair.brackets", "半角括号改为全角", "half-width brackets around Chinese"),
	Quotes:     fault.Say("repair.quotes", "直引号改为弯引号", "straight quotation marks"),
	Latin:      fault.Say("repair.latin", "全角数字、字母改为半角", "full-width digits and letters"),
	DigitSpace: fault.Say("repair.digit-space", "去掉汉字与数字之间的空格", "spaces between Chinese and digits"),
	HanSpace:   fault.Say("repair.han-space", "去掉汉字之间的空格", "spaces between Chinese characters"),
	Lists:      fault.Say("repair.lists", "名单标点：顿号、分号和句末的句号", "punctuation of lists"),
	Ellipsis:   fault.Say("repair.ellipsis", "省略号改为六连点", "dots that mean an ellipsis"),
	Dash:       fault.Say("repair.dash", "连字符改为破折号", "hyphens that mean a dash"),
	Repeated:   fault.Say("repair.repeated", "去掉重复的标点", "punctuation typed twice"),
}
