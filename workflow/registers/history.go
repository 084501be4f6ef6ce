package registers

import (
	"context"
	"strings"

	"github.com/google/uuid"

	"jianbao/fault"
	"jianbao/recipients/table"
	"jianbao/workflow"
)

var (
	historyHead = fault.Say("registers.history-head", "期号|序号|时间|办理人|操作|之后状态|意见|说明", "Issue|No.|Time|By|Act|State after|Note|Particulars")
	byRobot     = fault.Say("registers.by-robot", "%s（系统）", "%s (the program)")
)

// A named is an issue as the register calls it.
type named struct {
	Issue uuid.UUID
	Name  string
}

// history is what happened to the issues that have a number, in the order of the
// numbers: to what stands in the register, and to the editions that correct it.
func (m maker) history(ctx context.Context, books Books, title string) ([]table.Table, error) {
	var all []named
	for _, line := range m.lines {
		if line.Issue != uuid.Nil {
			all = append(all, named{line.Issue, numberIn(line.Number, m.look.Lang)})
		}
		for _, p := range m.printed {
			if p.Issue.Number == line.Number && p.Issue.ID != line.Issue {
				all = append(all, named{p.Issue.ID, nameIn(p.Issue, m.look.Lang)})
			}
		}
	}
	return m.told(ctx, books, title, all)
}

// told is the history of some issues, a row for each of its lines.
func (m maker) told(ctx context.Context, books Books, title string, issues []named) ([]table.Table, error) {
	ids := make([]uuid.UUID, len(issues))
	for n, i := range issues {
		ids[n] = i.Issue
	}
	events, err := books.Histories(ctx, ids)
	if err != nil {
		return nil, err
	}
	lang := m.look.Lang
	t := table.Table{Name: History.Title().In(lang), Title: title, Header: strings.Split(historyHead.With().In(lang), "|")}
	for _, i := range issues {
		for _, e := range events[i.Issue] {
			at := e.At.In(m.series.Location()).Format("2006-01-02 15:04")
			t.Add(i.Name, e.Seq, at, doer(e, lang), e.Act.Title().In(lang), e.To.Title().In(lang), e.Note, facts(e, lang))
		}
	}
	return []table.Table{t}, nil
}

// doer is who did it.
func doer(e workflow.Event, lang fault.Lang) string {
	if e.Robot {
		return byRobot.With(e.Name).In(lang)
	}
	return e.Name
}

// facts are the particulars of a line, each on a line of its own.
func facts(e workflow.Event, lang fault.Lang) string {
	all := make([]string, len(e.Facts))
	for n, fact := range e.Facts {
		all[n] = fact.In(lang)
	}
	return strings.Join(all, "\n")
}
