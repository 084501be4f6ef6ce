package main

import (
	"strconv"
	"strings"

	"jianbao/bulletin"
	"jianbao/bulletin/intake"
	"jianbao/fault"
)

var (
	showIssue    = fault.Say("cmd.parse.show.issue", "第%d期（从文件中读出，共%d期）", "Bulletin %d of %d in the file")
	showFact     = fault.Say("cmd.parse.show.fact", "%s：%s", "%s: %s")
	showSection  = fault.Say("cmd.parse.show.section", "  【%s】%d条", "  [%s] items: %d")
	showItem     = fault.Say("cmd.parse.show.item", "    %d. %s", "    %d. %s")
	showList     = fault.Say("cmd.parse.show.list", "  %s（%d）：%s", "  %s (%d): %s")
	showLine     = fault.Say("cmd.parse.show.line", "  [%s] 第%d行：%s", "  [%s] line %d: %s")
	showWhole    = fault.Say("cmd.parse.show.whole", "  [%s] %s", "  [%s] %s")
	showProposal = fault.Say("cmd.parse.show.proposal", "        建议：%s：%s", "        proposal: %s: %s")
	showDoubts   = fault.Say("cmd.parse.show.doubts", "问题（%d）", "Problems (%d)")
	noSection    = fault.Say("cmd.parse.show.no-section", "无栏目", "no section")

	factMasthead = fault.Say("cmd.parse.fact.masthead", "简报名称", "Masthead")
	factNumber   = fault.Say("cmd.parse.fact.number", "期号", "Number")
	factOrgan    = fault.Say("cmd.parse.fact.organ", "编印单位", "Organ")
	factDate     = fault.Say("cmd.parse.fact.date", "日期", "Date")
	factNotice   = fault.Say("cmd.parse.fact.notice", "提示", "Notice")
	factTitle    = fault.Say("cmd.parse.fact.title", "标题", "Title")
	factNote     = fault.Say("cmd.parse.fact.note", "编者按", "Editor's note")
	factRemark   = fault.Say("cmd.parse.fact.remark", "领导批示", "Remark")
	factPhone    = fault.Say("cmd.parse.fact.phone", "电话", "Telephone")
	factRun      = fault.Say("cmd.parse.fact.run", "印数", "Copies")
	factAnnexes  = fault.Say("cmd.parse.fact.annexes", "附件", "Annexes")
)

var severityWords = map[bulletin.Severity]fault.Sentence{
	bulletin.Block: fault.Say("cmd.parse.severity.block", "须处理", "settle"),
	bulletin.Ask:   fault.Say("cmd.parse.severity.ask", "请核对", "check"),
	bulletin.Note:  fault.Say("cmd.parse.severity.note", "提示", "note"),
}

// shownItem is how many characters of an item without a lead a summary shows.
const shownItem = 24

// A summary is a console that shows people what was understood of a file.
type summary struct{ *console }

func (c summary) print(readings []bulletin.Reading, draft intake.Draft) {
	for i, r := range readings {
		if len(readings) > 1 {
			c.line(showIssue.With(i+1, len(readings)))
		}
		c.facts(r.Document)
		c.sections(r.Document)
		lists := splitLists(r.Document)
		c.lists(r.Document, lists)
		c.problems(append(r.Problems, lists.problems...))
	}
	for _, n := range draft.Notes {
		c.line(showWhole.With(severityWords[bulletin.Note].With().In(c.Lang), n.In(c.Lang)))
	}
}

func (c summary) facts(d bulletin.Document) {
	c.fact(factMasthead, d.Masthead)
	c.fact(factNumber, numberOf(d.Number))
	c.fact(factOrgan, strings.Join(append(d.Organs, d.Undertakers...), "、"))
	c.fact(factDate, d.Date.String())
	c.fact(factNotice, strings.TrimSpace(d.Urgency+" "+d.Notice))
	c.fact(factTitle, d.Title)
	c.fact(factRemark, strings.TrimSpace(d.Remark.Text+" "+d.Remark.By+" "+d.Remark.Date.String()))
	c.fact(factNote, d.EditorNote)
}

func numberOf(n bulletin.Number) string {
	if n.Label == "" && n.No > 0 && n.Year > 0 {
		n.YearFromDate = false
	}
	return n.String()
}

func (c summary) fact(name fault.Sentence, value string) { c.named(name.With().In(c.Lang), value) }

func (c summary) named(name, value string) {
	if value != "" {
		c.line(showFact.With(name, value))
	}
}

func (c summary) sections(d bulletin.Document) {
	for _, s := range d.Sections {
		name := s.Name
		if name == "" {
			name = noSection.With().In(c.Lang)
		}
		c.line(showSection.With(name, len(s.Items)))
		for i, it := range s.Items {
			c.line(showItem.With(i+1, beginning(it)))
		}
	}
}

// beginning is the lead of an item, or its first words.
func beginning(it bulletin.Item) string {
	if it.Lead != "" {
		return it.Lead
	}
	words := []rune(it.Paragraphs[0])
	if len(words) > shownItem {
		return string(words[:shownItem]) + "…"
	}
	return string(words)
}

func (c summary) lists(d bulletin.Document, split splitting) {
	shown := map[string]bool{}
	for _, l := range d.Lists {
		if names := split.lists[l.Label]; !shown[l.Label] {
			c.line(showList.With(l.Label, len(names), strings.Join(names, "、")))
		}
		shown[l.Label] = true
	}
	for _, r := range d.Roles {
		c.named(r.Label, strings.Join(r.Names, "、"))
	}
	c.fact(factPhone, strings.Join(d.Phones, "、"))
	if d.PrintRun > 0 {
		c.fact(factRun, strconv.Itoa(d.PrintRun))
	}
	var titles []string
	for _, a := range d.Annexes {
		if a.Title != "" {
			titles = append(titles, a.Title)
		}
	}
	c.fact(factAnnexes, strings.Join(titles, "、"))
}

func (c summary) problems(all []bulletin.Problem) {
	if len(all) == 0 {
		return
	}
	c.line(showDoubts.With(len(all)))
	for _, p := range all {
		severity, said := severityWords[p.Severity].With().In(c.Lang), p.Reason.In(c.Lang)
		if p.Line == 0 {
			c.line(showWhole.With(severity, said))
		} else {
			c.line(showLine.With(severity, p.Line, said))
		}
		if len(p.Choices) > 0 {
			first := p.Choices[0]
			c.line(showProposal.With(first.Label.In(c.Lang), first.Reads))
		}
	}
}
