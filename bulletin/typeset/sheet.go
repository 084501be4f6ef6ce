package typeset

import (
	"fmt"
	"strings"

	"jianbao/bulletin"
	"jianbao/fault"
)

// A Sheet is a bulletin as it is registered: the document, and what the
// registration decided. Number, Date, Lists and PrintRun of the Sheet are
// printed, never those of the Document.
type Sheet struct {
	Document bulletin.Document
	Number   bulletin.Number
	Date     bulletin.Date
	Lists    []bulletin.List // made again from the circulation that is sent
	PrintRun int             // 共印N份; 0 leaves the line out
	// FileCopies is 存档N份; 0 leaves the line out.
	FileCopies int
	// Provisional marks a proof from before the registration: it bears
	// （待编号） in place of the number.
	Provisional bool
	// Attachment is the name of the file that goes with the mail and has the
	// whole issue; "" if there is none. Only a mail with one is ever shortened.
	Attachment string
}

const unnumbered = "（待编号）"

var noNumber = fault.Say("typeset.no-number", "这一期还没有编号，不能排印正式稿", "this issue has no number yet: only a provisional sheet can be made")

// numbered reports whether there is something to be called by: a number, or
// words in the place of one (2024年夏季号).
func (s Sheet) numbered() bool {
	written := s.Document.Number
	return s.Number.No > 0 || s.Number.Total > 0 || written.Label != "" && !written.IsBlank()
}

// Subject returns the subject of the mail: 【鄂尔多斯科技简报】2021年第8期.
// Line ends in a masthead do not get into it.
func Subject(s Sheet) string {
	name := strings.Join(strings.Fields(s.Document.Masthead), "")
	if s.Provisional {
		return "【" + name + "】" + unnumbered
	}
	n, year := s.Number, ""
	if n.No > 0 {
		n.Total = 0
		if n.Year > 0 {
			year = fmt.Sprintf("%d年", n.Year)
		}
	}
	line := stacked().Words.numberLine(Sheet{Number: n})
	if line == "" {
		line = strings.Join(strings.Fields(s.Document.Number.Label), "")
	}
	return "【" + name + "】" + year + line
}
