package filing

import (
	"fmt"
	"strings"
	"time"

	"jianbao/fault"
	"jianbao/recipients/table"
	"jianbao/workflow"
	"jianbao/workflow/calendar"
)

var (
	listTitle    = fault.Say("filing.table.title", "《%s》%d年度归档文件目录", "%s: filing list of %d")
	listSheet    = fault.Say("filing.table.sheet", "归档文件目录", "filing list")
	listHeader   = fault.Say("filing.table.header", "件号|档号|责任者|文号|题名|日期|页数|保管期限|备注", "item|reference|responsible|document|title|date|pages|kept|note")
	expiredSheet = fault.Say("filing.expired.sheet", "期满待鉴定", "expired")
	expiredHead  = fault.Say("filing.expired.header", "年度|件号|档号|文号|题名|日期|保管期限|期满|暂缓销毁", "year|item|reference|document|title|date|kept|expired|hold")
	goneTitle    = fault.Say("filing.register.title", "《%s》档案销毁清册", "%s: destruction register")
	goneSheet    = fault.Say("filing.register.sheet", "销毁清册", "destruction register")
	goneHeader   = fault.Say("filing.register.header", "清册|状态|年度|件号|档号|责任者|文号|题名|日期|页数|保管期限|销毁理由|提出|提出日期|批准|批准日期|执行|销毁日期|监销", "list|state|year|item|reference|responsible|document|title|date|pages|kept|reason|proposed by|on|decided by|on|carried out by|on|witness")
	storedAt     = fault.Say("filing.table.kept", "纸质原件：%s", "originals on paper: %s")
	yearEnd      = fault.Say("filing.table.year-end", "%d年底", "end of %d")
)

func head(s fault.Sentence, lang fault.Lang) []string { return strings.Split(s.With().In(lang), "|") }

// compact is a day as filing lists have it, 20210715 (DA/T 22-2015, 5.5).
func compact(day string) string { return strings.ReplaceAll(day, "-", "") }

// List is the filing list of a year (归档文件目录): the items in their order.
func List(s workflow.Series, year int, items []Item, lang fault.Lang) table.Table {
	t := table.Table{Name: listSheet.With().In(lang), Title: listTitle.With(s.Masthead, year).In(lang), Header: head(listHeader, lang)}
	for _, i := range items {
		if i.Year == year {
			t.Add(i.No, i.Reference, i.Responsible, i.Document, i.Title, compact(i.Date.String()), i.Pages, i.Class.Title().In(lang), i.Remarks(lang))
		}
	}
	return t
}

// Remarks is the note of the item as the list has it, with where the originals
// on paper lie.
func (i Item) Remarks(lang fault.Lang) string {
	var all []string
	if i.Note != "" {
		all = append(all, i.Note)
	}
	if i.Kept != "" {
		all = append(all, storedAt.With(i.Kept).In(lang))
	}
	return strings.Join(all, "；")
}

// Expired is the table of what is to be appraised on a day: everything whose
// period is over, with the hold where one stands.
func Expired(all []Standing, today calendar.Day, lang fault.Lang) table.Table {
	t := table.Table{Name: expiredSheet.With().In(lang), Header: head(expiredHead, lang)}
	for _, s := range all {
		if !s.Expired(today) {
			continue
		}
		i, hold := s.Item, ""
		if h, held := s.Held(today); held {
			hold = h.Placed.Note
		}
		last, _ := i.Class.Last(i.Year)
		t.Add(i.Year, i.No, i.Reference, i.Document, i.Title, compact(i.Date.String()), i.Class.Title().In(lang), yearEnd.With(last.Year).In(lang), hold)
	}
	return t
}

// Register is the destruction register: a line for every item of every list.
func Register(s workflow.Series, lists []Destruction, lang fault.Lang) table.Table {
	t := table.Table{Name: goneSheet.With().In(lang), Title: goneTitle.With(s.Masthead).In(lang), Header: head(goneHeader, lang)}
	for _, d := range lists {
		for _, i := range d.Lines {
			t.Add(d.Name().In(lang), d.State.Title().In(lang), i.Year, i.No, i.Reference, i.Responsible, i.Document, i.Title,
				compact(i.Date.String()), i.Pages, i.Class.Title().In(lang), d.Proposed.Note,
				d.Proposed.Name, on(d.Proposed, s), d.Decided.Name, on(d.Decided, s), d.Carried.Name, on(d.Carried, s), d.Witness)
		}
	}
	return t
}

// on is the day of a hand in the zone of its series.
func on(h Hand, s workflow.Series) string {
	if !h.Done() {
		return ""
	}
	return h.At.In(s.Location()).Format(time.DateOnly)
}

// FileName is what the table of a series is called as a file, without its
// ending.
func FileName(t table.Table, s workflow.Series, year int) string {
	if year == 0 {
		return fmt.Sprintf("%s-%s", s.Masthead, t.Name)
	}
	return fmt.Sprintf("%s-%d-%s", s.Masthead, year, t.Name)
}
