package looks

import (
	"jianbao/bulletin/typeset"
	"jianbao/fault"
)

// A sort is how a field of the form is filled in.
type sort string

const (
	number sort = "number" // a number of the field's unit
	words  sort = "text"
	colour sort = "color"
	check  sort = "checkbox"
	choose sort = "select"
)

// A field is one entry of a template. Its name is the entry's place in the JSON,
// masthead.size.
type field struct {
	Name    string
	Title   fault.Sentence
	Sort    sort
	Step    string // of a number
	Choices []choice
}

// A choice is one value of a field.
type choice struct {
	Value string
	Title fault.Sentence
}

// A group is fields under one heading.
type group struct {
	Title  fault.Sentence
	Fields []field
}

var (
	alignments = []choice{{"left", wordLeft}, {"centre", wordCentre}, {"right", wordRight}}
	sides      = []choice{{"left", wordLeft}, {"right", wordRight}, {"none", wordNone}}
)

// styled are the fields of a line of the head.
func styled(name string, of fault.Sentence) []field {
	return []field{
		{name + ".size", of, number, "0.5", nil},
		{name + ".align", wordAlign, choose, "", alignments},
		{name + ".gap", wordGap, number, "0.5", nil},
	}
}

// groups are the fields of the form, as they stand on the paper.
func groups() []group {
	return []group{
		{groupHead, append([]field{
			{"masthead.size", wordMastSize, number, "0.5", nil}, {"masthead.spacing", wordSpacing, number, "0.01", nil},
			{"masthead.colour", wordColour, colour, "", nil}, {"masthead.align", wordAlign, choose, "", alignments},
			{"masthead.top", wordTop, number, "0.5", nil},
		}, field{"rule.thickness", wordRule, number, "0.05", nil}, field{"rule.colour", wordRuleColour, colour, "", nil}, field{"rule.gap", wordRuleGap, number, "0.5", nil})},
		{groupNumber, append(styled("number", wordSize),
			field{"words.number", wordNumber, words, "", nil}, field{"words.total", wordTotal, words, "", nil}, field{"words.unnumbered", wordUnnumbered, words, "", nil})},
		{groupOrgan, append(append(styled("organ", wordOrganSize), styled("date", wordDateSize)...), field{"words.undertaker", wordUndertaker, words, "", nil})},
		{groupCorners, []field{
			{"corners.notice", wordNotice, choose, "", sides}, {"corners.copy_number", wordCopyNumber, choose, "", sides}, {"corners.urgency", wordUrgency, choose, "", sides},
			{"words.copy_number", wordCopyForm, words, "", nil},
		}},
		{groupRemark, []field{
			{"remark.print", wordRemarkPrint, choose, "", []choice{{"asked", wordAsked}, {"always", wordAlways}, {"never", wordNever}}},
			{"remark.lines", wordRemarkLines, number, "1", nil}, {"words.remark", wordRemarkLabel, words, "", nil},
		}},
		{groupBody, []field{
			{"grid.lines", wordLines, number, "1", nil}, {"grid.characters", wordCharacters, number, "1", nil}, {"grid.size", wordSize, number, "0.5", nil},
			{"section.align", wordSectionAlign, choose, "", alignments}, {"section.colour", wordSectionColour, colour, "", nil},
			{"words.editor_note", wordEditorNote, words, "", nil}, {"words.contents", wordContents, words, "", nil}, {"words.contributor", wordContributor, words, "", nil},
		}},
		{groupTail, []field{
			{"tail.size", wordSize, number, "0.5", nil}, {"tail.thick", wordThick, number, "0.05", nil}, {"tail.thin", wordThin, number, "0.05", nil},
			{"words.print_run", wordPrintRun, words, "", nil},
			{"tail.roles_on_one_line", wordOneLine, check, "", nil}, {"tail.new_page", wordNewPage, check, "", nil}, {"tail.before_annexes", wordBeforeAnnexes, check, "", nil},
		}},
		{groupFolio, []field{
			{"folio.form", wordFolio, choose, "", []choice{{"dashes", wordDashes}, {"plain", wordPlain}, {"of", wordOf}, {"none", wordNone}}},
			{"folio.place", wordPlace, choose, "", []choice{{"outside", wordOutside}, {"centre", wordCentre}, {"right", wordRight}}},
			{"folio.size", wordSize, number, "0.5", nil}, {"folio.skip_lone", wordSkipLone, check, "", nil},
		}},
	}
}

// fields are those of all groups.
func fields() (all []field) {
	for _, g := range groups() {
		all = append(all, g.Fields...)
	}
	return all
}

// bases are the templates that come with the program.
func bases() (names []string) {
	for _, t := range typeset.Builtin() {
		names = append(names, t.Name)
	}
	return names
}
