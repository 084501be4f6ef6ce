package trail

import (
	"strings"
	"time"

	"jianbao/fault"
	"jianbao/recipients/table"
)

var (
	title   = fault.Say("trail.title", "审计记录", "audit trail")
	headers = []fault.Sentence{
		fault.Say("trail.at", "时间", "at"),
		fault.Say("trail.book", "类别", "record"),
		fault.Say("trail.by", "人员", "by"),
		fault.Say("trail.from", "来源地址", "from"),
		fault.Say("trail.act", "操作", "act"),
		fault.Say("trail.object", "对象", "object"),
		fault.Say("trail.said", "内容", "particulars"),
		fault.Say("trail.place", "编号", "id"),
	}
)

// Table is the list as a sheet, its times in a zone.
func Table(lang fault.Lang, zone *time.Location, deeds []Deed) table.Table {
	t := table.Table{Name: title.With().In(lang), Title: title.With().In(lang)}
	for _, h := range headers {
		t.Header = append(t.Header, h.With().In(lang))
	}
	for _, d := range deeds {
		t.Add(d.At.In(zone).Format("2006-01-02 15:04:05"), d.Book.Title().In(lang), d.Name, d.From, d.Act.In(lang), d.What, d.Particulars(lang), d.Spot.Key)
	}
	return t
}

// Particulars are the facts of a line and what was said of it, in one text.
func (d Deed) Particulars(lang fault.Lang) string {
	var parts []string
	for _, f := range d.Facts {
		parts = append(parts, f.In(lang))
	}
	if d.Note != "" {
		parts = append(parts, d.Note)
	}
	return strings.Join(parts, "；")
}
