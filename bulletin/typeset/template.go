package typeset

import "math"

// A Template is the look of a series on paper: data, so that an office can have
// its own head, sizes, colours, positions and words without a change of code.
// It is written as JSON and read with [ReadTemplate]; [Builtin] returns the ones
// that come with the program.
//
// Lengths are in millimetres and counted from the paper's top edge downwards,
// sizes of type in points, colours are #rrggbb. No state standard defines the
// head of a bulletin; paper, grid, tail and page number follow GB/T 9704-2012
// (5.2, 7.4, 7.5) unless the template says otherwise.
type Template struct {
	Name string   `json:"name"`
	Head HeadForm `json:"head"`
	// Base is the name of the built-in template that a written one starts from:
	// what it does not mention is as there. ReadTemplate resolves it.
	Base     string   `json:"base,omitempty"`
	Paper    Paper    `json:"paper"`
	Grid     Grid     `json:"grid"`
	Large    Grid     `json:"large"` // the grid of the large-type print
	Masthead Masthead `json:"masthead"`
	Number   Style    `json:"number"`
	Organ    Style    `json:"organ"`
	Date     Style    `json:"date"`
	Rule     Rule     `json:"rule"` // between head and body
	Remark   Slot     `json:"remark"`
	Corners  Corners  `json:"corners"`
	Section  Heading  `json:"section"` // 【科技政策】
	Title    Heading  `json:"title"`   // a title that is not the masthead
	Tail     Tail     `json:"tail"`
	Folio    Folio    `json:"folio"`
	Words    Words    `json:"words"`
}

// A HeadForm says how masthead, number, organ and date stand together.
type HeadForm string

// The forms of a head.
const (
	// Stacked (两行式): masthead, number, organ and date on lines of their own.
	Stacked HeadForm = "stacked"
	// Inline (同行式): the number below the masthead, then organ left and date
	// right on one line, over the rule.
	Inline HeadForm = "inline"
	// Preprinted (套红纸): as Stacked or Inline by where the styles put the
	// lines, but masthead and red rule are on the paper already: their room is
	// kept and nothing is printed there.
	Preprinted HeadForm = "preprinted"
)

// Paper is the sheet and its type area, in millimetres (GB/T 9704-2012 5.2.2).
type Paper struct {
	Width   float64 `json:"width"`
	Height  float64 `json:"height"`
	Top     float64 `json:"top"`     // 天头
	Left    float64 `json:"left"`    // 订口, the binding side
	Measure float64 `json:"measure"` // width of the type area (版心)
	Depth   float64 `json:"depth"`   // height of the type area
	// Mirrored puts the binding side of even pages to the right, as for paper
	// that is printed on both sides.
	Mirrored bool `json:"mirrored"`
}

// Grid is the type grid of the body: lines to a page, characters to a line, and
// the size of the glyphs in points. GB/T 9704-2012 5.2.3 has 22 lines of 28
// characters in 3号 (16 pt).
type Grid struct {
	Lines      int     `json:"lines"`
	Characters int     `json:"characters"`
	Size       float64 `json:"size"`
}

// Masthead is the name of the series.
type Masthead struct {
	Style
	// Spacing is the room between two characters, in parts of a character. It
	// gives way first, and the size after it, when a name is too long for the
	// measure.
	Spacing float64 `json:"spacing"`
}

// Style is how a line of the head is set. The fonts are the roles of package
// fonts: body, masthead, heading, kai, latin.
type Style struct {
	Font   string  `json:"font"`
	Size   float64 `json:"size"`   // points
	Colour string  `json:"colour"` // #rrggbb
	Align  string  `json:"align"`  // left, centre, right
	Gap    float64 `json:"gap"`    // room above the line, mm
	// Top is the upper edge of the characters, in mm from the top of the paper.
	// 0 sets the line below the one before it.
	Top float64 `json:"top,omitempty"`
}

// Heading is how a heading of the body is set; it takes lines of the grid.
type Heading struct {
	Font   string  `json:"font"`
	Size   float64 `json:"size"` // points; 0 is the size of the body
	Colour string  `json:"colour"`
	Align  string  `json:"align"`
	Indent float64 `json:"indent"` // characters, where it is set to the left
	Before int     `json:"before"` // empty lines above it, but not at the top of a page
}

// Rule is a line across the type area.
type Rule struct {
	Thickness float64 `json:"thickness"` // mm; 0 draws none
	Colour    string  `json:"colour"`
	Gap       float64 `json:"gap"`           // room above it, mm
	Top       float64 `json:"top,omitempty"` // mm from the top of the paper; 0 sets it below the head
}

// Slot is the room for leaders' handwriting on the first page (领导批示).
type Slot struct {
	Print string `json:"print"` // asked: where the text has the label; always; never
	Lines int    `json:"lines"` // lines of the grid that are kept, the label's own among them
}

// Corners says where the small print of the head stands: left, right, or none.
type Corners struct {
	Notice     string `json:"notice"`      // 内部资料 注意保存
	CopyNumber string `json:"copy_number"` // 份号, six digits (GB/T 9704-2012 7.2.1)
	Urgency    string `json:"urgency"`     // 特急, 加急
}

// Tail is the 版记 at the foot of the last page (GB/T 9704-2012 7.4).
type Tail struct {
	Font   string  `json:"font"`
	Size   float64 `json:"size"` // points, 4号
	Colour string  `json:"colour"`
	Indent float64 `json:"indent"` // characters, on either side
	Thick  float64 `json:"thick"`  // mm, first and last rule; 0 draws none
	Thin   float64 `json:"thin"`   // mm, the rules between; 0 draws none
	// RolesOnOneLine sets 编辑, 审核 and 电话 beside each other as far as they go.
	RolesOnOneLine bool `json:"roles_on_one_line"`
	// NewPage begins the tail on a page of its own where it does not fit below
	// the text; otherwise the last lines of the text go with it, so that no page
	// is without text.
	NewPage bool `json:"new_page"`
	// BeforeAnnexes puts the tail below the text and the annexes after it, as
	// offices type their bulletins; otherwise annexes come first, as GB/T
	// 9704-2012 7.3.6 has it for documents. The mail and Word keep the former.
	BeforeAnnexes bool `json:"before_annexes"`
}

// Folio is the page number (GB/T 9704-2012 7.5).
type Folio struct {
	Form     string  `json:"form"` // dashes (— 1 —), plain (1), of (第1页 共6页), none
	Place    string  `json:"place"`
	Font     string  `json:"font"`
	Size     float64 `json:"size"`      // points
	Drop     float64 `json:"drop"`      // mm below the type area
	Indent   float64 `json:"indent"`    // characters in from the edge of the type area, where place is outside
	SkipLone bool    `json:"skip_lone"` // a bulletin of one page bears no number
}

// Words are the fixed words of the paper. {} stands for the value.
type Words struct {
	Number      string `json:"number"`      // 第{}期; {year} is the year, where it is printed
	Total       string `json:"total"`       // （总第{}期）
	Unnumbered  string `json:"unnumbered"`  // （待编号）
	Remark      string `json:"remark"`      // 领导批示：
	EditorNote  string `json:"editor_note"` // 编者按：
	Contents    string `json:"contents"`    // 本期要目
	Undertaker  string `json:"undertaker"`  // 承办：{}
	Contributor string `json:"contributor"` // （{}供稿）
	PrintRun    string `json:"print_run"`   // （共印{}份）
	CopyNumber  string `json:"copy_number"` // {}
}

// PointsPerMM turns millimetres into points of 1/72 inch.
const PointsPerMM = 72 / 25.4

// twip is the smallest length of a word processor, a twentieth of a point.
const twip = 0.05

// On returns the grid that is set: the large one for older leaders, or the
// ordinary one.
func (t Template) On(large bool) Grid {
	if large {
		return t.Large
	}
	return t.Grid
}

// Pitch returns the distance of two characters of a grid in points: 15.79 on
// the standard's grid, less than the 16 pt of the glyphs.
func (t Template) Pitch(g Grid) float64 {
	return t.Paper.Measure * PointsPerMM / float64(g.Characters)
}

// Leading returns the distance of two lines of a grid in points, rounded down
// to a twentieth, which is what word processors count in: 28.95 on the
// standard's grid. Rounded up, the last line would not fit any more.
func (t Template) Leading(g Grid) float64 {
	return math.Floor(t.Paper.Depth*PointsPerMM/float64(g.Lines)/twip) * twip
}
