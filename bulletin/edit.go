package bulletin

import (
	"slices"
	"strings"

	"jianbao/fault"
)

var (
	problemGone = fault.Say("bulletin.problem-gone", "第%d行已经没有这个问题，文本可能已被改动，请重新查看", "line %d no longer has this problem; the text may have been changed, look again")
	choiceGone  = fault.Say("bulletin.choice-gone", "第%d行的问题没有“%s”这种处理办法", "the problem in line %d has no choice %q")
)

// Apply returns the text with the edit made. The lines of the result end in LF.
// An edit of lines that the text does not have changes nothing.
func (e Edit) Apply(text string) string {
	lines := physical(text)
	if e.From < 1 || e.To < e.From || e.To > len(lines) {
		return text
	}
	return strings.Join(slices.Replace(lines, e.From-1, e.To, e.Text), "\n")
}

// Settle makes the edit of one choice of one problem of a text. A problem or
// choice that the text does not have (any more) is a fault.Conflict, and the
// text comes back unchanged.
func Settle(text, problemCode string, line int, choiceKey string) (string, error) {
	for _, p := range Parse(text).Problems {
		if p.Code != problemCode || p.Line != line {
			continue
		}
		for _, c := range p.Choices {
			if c.Key == choiceKey {
				return c.Edit.Apply(text), nil
			}
		}
		return text, fault.New(fault.Conflict, choiceGone.With(line, choiceKey))
	}
	return text, fault.New(fault.Conflict, problemGone.With(line))
}
