package bulletin

import (
	"fmt"
	"time"

	"jianbao/fault"
)

// A Date is a day in the office's calendar, without a clock or a zone. The
// zero Date means that none was given.
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// DateOf returns the day of t in t's own zone.
func DateOf(t time.Time) Date {
	y, m, d := t.Date()
	return Date{y, m, d}
}

// IsZero reports whether no date was given.
func (d Date) IsZero() bool { return d == Date{} }

// Real reports whether the calendar has this day.
func (d Date) Real() bool {
	t := d.In(time.UTC)
	return !d.IsZero() && DateOf(t) == d
}

// In returns midnight at the start of the day in loc.
func (d Date) In(loc *time.Location) time.Time {
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, loc)
}

// String returns 2006-01-02, or "" for the zero Date.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day)
}

// Chinese returns 2021年7月15日, months and days without a leading zero
// (GB/T 9704-2012 7.3.5.4), or "" for the zero Date.
func (d Date) Chinese() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%d年%d月%d日", d.Year, d.Month, d.Day)
}

// MarshalText writes the date as String does.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what MarshalText wrote.
func (d *Date) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*d = Date{}
		return nil
	}
	t, err := time.Parse(time.DateOnly, string(text))
	if err != nil {
		return err
	}
	*d = DateOf(t)
	return nil
}

// A Kind is the number run an edition belongs to; each run counts for itself.
type Kind string

// The kinds of editions.
const (
	Ordinary   Kind = "正刊"
	Supplement Kind = "增刊"
	Special    Kind = "专刊"
	Feature    Kind = "特刊"
)

// A Document is a bulletin as its readers see it: head, body and tail. Names
// and units are squeezed (鄂尔多斯科技简报, 乔栋): letter-spacing is layout and
// is made again when the document is set.
type Document struct {
	Masthead    string    `json:"masthead"`
	Number      Number    `json:"number"`
	Organs      []string  `json:"organs,omitempty"`
	Undertakers []string  `json:"undertakers,omitempty"`
	Date        Date      `json:"date"`
	PrintDate   Date      `json:"print_date"`
	Urgency     string    `json:"urgency,omitempty"` // 特急, 加急
	CopyNo      string    `json:"copy_no,omitempty"` // 份号, as printed: 000012
	Notice      string    `json:"notice,omitempty"`  // 内部资料 注意保存
	Title       string    `json:"title,omitempty"`   // a title that is not the masthead
	EditorNote  string    `json:"editor_note,omitempty"`
	Remark      Remark    `json:"remark"`
	Sections    []Section `json:"sections,omitempty"`
	Lists       []List    `json:"lists,omitempty"`
	Roles       []Role    `json:"roles,omitempty"`
	Phones      []string  `json:"phones,omitempty"`
	Faxes       []string  `json:"faxes,omitempty"`
	Emails      []string  `json:"emails,omitempty"`
	FileCopies  int       `json:"file_copies,omitempty"` // 存档N份
	PrintRun    int       `json:"print_run,omitempty"`   // 共印N份
	Annexes     []Annex   `json:"annexes,omitempty"`
	// PrintOrgan is the organ of the print line (印发机关), often the office of
	// the issuing organ.
	PrintOrgan string `json:"print_organ,omitempty"`
	// Contents is the contents list (本期要目) as printed.
	Contents []string `json:"contents,omitempty"`
	// Extra are lines of the head that no rule takes: the name in a second
	// script, a code of the office.
	Extra []string `json:"extra,omitempty"`
}

// A Number is the number line of the head as the text has it. The number an
// issue really bears is given at its registration, not by its text.
type Number struct {
	Kind  Kind   `json:"kind"`
	No    int    `json:"no,omitempty"`
	Year  int    `json:"year,omitempty"`
	Total int    `json:"total,omitempty"` // 总第N期
	Label string `json:"label,omitempty"` // as printed, where it is not a plain number
	// YearFromDate says that the line had no year and the date gave it.
	YearFromDate bool `json:"year_from_date,omitempty"`
}

// A Remark is the slot that the first page keeps for leaders' handwriting
// (领导批示). An empty slot is normal.
type Remark struct {
	Slot bool   `json:"slot"`
	Text string `json:"text,omitempty"`
	By   string `json:"by,omitempty"`
	Date Date   `json:"date"`
}

// A Section is a 栏目. Items that stand under no section are in one whose Name
// is "".
type Section struct {
	Name  string `json:"name"`
	Items []Item `json:"items,omitempty"`
}

// An Item is a 条目. Lead is its run-in lead, with its full stop, or "";
// Paragraphs are the text after it, at least one; a row of a table and a
// picture are a paragraph each, see [Item.Blocks]. Line is the 1-based line of
// the text at which it begins.
type Item struct {
	Lead        string   `json:"lead,omitempty"`
	Paragraphs  []string `json:"paragraphs"`
	Contributor string   `json:"contributor,omitempty"`
	Line        int      `json:"line,omitempty"`
}

// A List is one line of recipients as printed: Label is 报, 送, 发, 抄报 … and
// Text what follows the colon, without the closing full stop. What it means is
// recipients' matter.
type List struct {
	Label string `json:"label"`
	Text  string `json:"text"`
	Line  int    `json:"line,omitempty"`
}

// A Role is a line of names in the tail: 编辑, 审核, 签发 …
type Role struct {
	Label string   `json:"label"`
	Names []string `json:"names,omitempty"`
}

// An Annex is what follows the tail. What stands in the tail itself and is not
// understood is in an annex without a title, the first one.
type Annex struct {
	Title string   `json:"title"`
	Lines []string `json:"lines,omitempty"`
}

// Items returns the items of all sections in order.
func (d Document) Items() []Item {
	var all []Item
	for _, s := range d.Sections {
		all = append(all, s.Items...)
	}
	return all
}

// Role returns the names behind a label of the tail.
func (d Document) Role(label string) []string {
	for _, r := range d.Roles {
		if r.Label == label {
			return r.Names
		}
	}
	return nil
}

// A Severity says what a Problem keeps from happening.
type Severity string

// The severities.
const (
	Block Severity = "block" // the text cannot be submitted before a person settled it
	Ask   Severity = "ask"   // a person should look
	Note  Severity = "note"  // done or assumed by the program; can be undone
)

// A Problem is one doubt about a text: where, what, and what could be done.
type Problem struct {
	Code     string       `json:"code"`
	Severity Severity     `json:"severity"`
	Line     int          `json:"line,omitempty"` // 1-based line of the text; 0 is the whole
	Reason   fault.Reason `json:"reason"`
	// Choices are the ways to settle it, the proposed one first. A Problem
	// without choices is settled by editing the text.
	Choices []Choice `json:"choices,omitempty"`
	// Seam is set where a paragraph was broken by a page.
	Seam *Seam `json:"seam,omitempty"`
}

// A Choice is one way to settle a Problem: what it is called, how the place
// reads afterwards, and the edit of the text that does it.
type Choice struct {
	Key   string       `json:"key"`
	Label fault.Reason `json:"label"`
	Reads string       `json:"reads"`
	Edit  Edit         `json:"edit"`
}

// An Edit replaces the lines From to To (1-based, inclusive) of a text.
type Edit struct {
	From int    `json:"from"`
	To   int    `json:"to"`
	Text string `json:"text"`
}

// A Seam is a place where a page break cut a paragraph in two. Before and
// After are a few characters from either side, Overlap what stands on both.
// Joined says that Parse made one paragraph of it by itself.
type Seam struct {
	Before  string `json:"before"`
	After   string `json:"after"`
	Overlap string `json:"overlap,omitempty"`
	Joined  bool   `json:"joined"`
	Line    int    `json:"line"`
}

// A Reading is what Parse understood of a text.
type Reading struct {
	Document Document
	Problems []Problem
	// Label is set where the text bears a classification label. Document then
	// holds the facts of the head and nothing else.
	Label *Label
}

// Blocking returns the problems that keep the text from being submitted.
func (r Reading) Blocking() []Problem {
	var out []Problem
	for _, p := range r.Problems {
		if p.Severity == Block {
			out = append(out, p)
		}
	}
	return out
}
