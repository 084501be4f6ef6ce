package typeset

// The colours of the built-in templates.
const (
	red   = "#d7000f"
	black = "#000000"
)

// Builtin returns the templates that come with the program, the one that an
// office gets without asking first: 两行式, 同行式, 套红纸.
func Builtin() []Template {
	return []Template{stacked(), inline(), preprinted()}
}

// BuiltinNamed returns a built-in template by its name.
func BuiltinNamed(name string) (Template, bool) {
	for _, t := range Builtin() {
		if t.Name == name {
			return t, true
		}
	}
	return Template{}, false
}

// stacked is the head of the sample: everything on a line of its own, and
// about half of the first page left for handwriting.
func stacked() Template {
	return Template{
		Name:  "两行式",
		Head:  Stacked,
		Paper: Paper{Width: 210, Height: 297, Top: 37, Left: 28, Measure: 156, Depth: 225, Mirrored: true},
		Grid:  Grid{Lines: 22, Characters: 28, Size: 16},
		Large: Grid{Lines: 16, Characters: 20, Size: 22},
		Masthead: Masthead{
			Style:   Style{Font: "masthead", Size: 40, Colour: red, Align: "centre", Top: 57},
			Spacing: 0.34,
		},
		Number:  Style{Font: "body", Size: 16, Colour: black, Align: "centre", Gap: 9},
		Organ:   Style{Font: "body", Size: 16, Colour: black, Align: "centre", Gap: 5},
		Date:    Style{Font: "body", Size: 16, Colour: black, Align: "centre", Gap: 5},
		Rule:    Rule{Thickness: 0.7, Colour: red, Gap: 4},
		Remark:  Slot{Print: "asked", Lines: 11},
		Corners: Corners{Notice: "left", CopyNumber: "right", Urgency: "left"},
		Section: Heading{Font: "heading", Colour: black, Align: "left"},
		Title:   Heading{Font: "masthead", Size: 22, Colour: black, Align: "centre", Before: 1},
		Tail: Tail{
			Font: "body", Size: 14, Colour: black, Indent: 1,
			Thick: 0.35, Thin: 0.25, RolesOnOneLine: true, BeforeAnnexes: true,
		},
		Folio: Folio{Form: "dashes", Place: "outside", Font: "body", Size: 14, Drop: 7, Indent: 1},
		Words: Words{
			Number: "第{}期", Total: "（总第{}期）", Unnumbered: unnumbered,
			Remark: "领导批示：", EditorNote: "编者按：", Contents: "本期要目",
			Undertaker: "承办：{}", Contributor: "（{}供稿）",
			PrintRun: "（共印{}份）", CopyNumber: "{}",
		},
	}
}

// inline is the commonest head of bulletins: organ left and date right on one
// line over a thick red rule.
func inline() Template {
	t := stacked()
	t.Name, t.Head = "同行式", Inline
	t.Masthead.Size, t.Masthead.Top, t.Masthead.Spacing = 48, 57, 0.1
	t.Number.Gap = 7
	t.Organ.Align, t.Organ.Gap = "left", 6
	t.Date.Align = "right"
	t.Rule.Thickness, t.Rule.Gap = 1.2, 2
	return t
}

// preprinted is for paper that bears masthead and red rule already: number,
// organ and date fall where such paper leaves room for them.
func preprinted() Template {
	t := inline()
	t.Name, t.Head = "套红纸", Preprinted
	t.Number.Top, t.Organ.Top, t.Date.Top = 84, 97, 97
	t.Rule.Thickness, t.Rule.Top = 0, 106
	return t
}
