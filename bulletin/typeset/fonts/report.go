package fonts

import (
	"jianbao/fault"
)

// A Report says which font serves a role, what it lacks, and what the clerk
// could do about it.
type Report struct {
	Role   Role   `json:"role"`
	File   string `json:"file,omitempty"` // the office's own; "" is built in
	Family string `json:"family"`
	Own    bool   `json:"own"`
	// Lacks counts what the font lacks of the standard characters (for Latin:
	// of the printable ASCII characters), before any fallback; Examples are the
	// first of them.
	Lacks    int    `json:"lacks"`
	Examples string `json:"examples,omitempty"`
	// Note says what stands in for what; its zero value says that nothing does.
	Note fault.Reason `json:"-"`
	// Rejected says why the office's file, Tried, is not used.
	Tried    string        `json:"tried,omitempty"`
	Rejected *fault.Reason `json:"-"`
}

// examples is how many of the lacking characters a Report shows.
const examples = 10

var (
	bodyNote     = fault.Say("fonts.note.body", "标准用仿宋，没有可以随软件发放的仿宋，以思源宋体代替；单位的仿宋可存为body.ttf", "the standard asks for FangSong, of which none may be given away: a Song stands in; put the office's own there as body.ttf")
	mastheadNote = fault.Say("fonts.note.masthead", "标准用小标宋，以特粗的思源宋体代替；单位的小标宋可存为masthead.ttf", "the standard asks for XiaoBiaoSong: a heavy Song stands in; put the office's own there as masthead.ttf")
	kaiNote      = fault.Say("fonts.note.kai", "标准用楷体，以开源的文楷代替；单位的楷体可存为kai.ttf", "the standard asks for KaiTi: an open Kai stands in; put the office's own there as kai.ttf")
	latinNote    = fault.Say("fonts.note.latin", "字宽与Times New Roman相同", "as wide as Times New Roman")
	fallbackNote = fault.Say("fonts.note.fallback", "其他字体缺字时用它，与正文的内置字体是同一个", "used where another font lacks a character; the same file as the built-in body")
)

// notes say what a built-in font stands in for.
var notes = map[Role]fault.Sentence{Body: bodyNote, Masthead: mastheadNote, Kai: kaiNote, Latin: latinNote, Fallback: fallbackNote}

// Report says for every role which font serves it. It opens every font.
func (s *Set) Report() []Report {
	var all []Report
	for _, role := range Roles() {
		all = append(all, s.report(role))
	}
	return all
}

func (s *Set) report(role Role) Report {
	r := Report{Role: role}
	o := s.own[role]
	face := o.face
	if face != nil {
		r.Own, r.File = true, o.file
	} else {
		face = builtinOf(role)()
		r.Tried, r.Rejected = o.file, o.problem
		if note, ok := notes[role]; ok {
			r.Note = note.With()
		}
	}
	r.Family = face.Name()
	for _, c := range wanted(role) {
		if face.Has(c) {
			continue
		}
		if r.Lacks++; r.Lacks <= examples {
			r.Examples += string(c)
		}
	}
	return r
}

// wanted returns the characters that a role is expected to have.
func wanted(role Role) []rune {
	if role != Latin {
		return Standard()
	}
	var ascii []rune
	for c := '!'; c <= '~'; c++ {
		ascii = append(ascii, c)
	}
	return ascii
}

// Unused returns the names of the font files in the office's directory that
// no role uses, sorted.
func (s *Set) Unused() []string { return s.unused }
