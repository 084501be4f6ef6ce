package web

import (
	"fmt"
	"html/template"
	"time"

	"jianbao/bulletin"
	"jianbao/fault"
	"jianbao/mailer"
	"jianbao/recipients"
	"jianbao/workflow"
)

// functions are what templates can call, speaking one language.
func functions(lang fault.Lang) template.FuncMap {
	return template.FuncMap{
		"t":        func(key string, args ...any) string { return fault.Reason{Key: key, Args: args}.In(lang) },
		"say":      func(r fault.Reason) string { return r.In(lang) },
		"clock":    func(t time.Time, zone *time.Location) string { return clock(t, zone) },
		"date":     func(t time.Time, zone *time.Location) string { return t.In(zone).Format(time.DateOnly) },
		"last":     func(t time.Time, zone *time.Location) string { return t.Add(-1).In(zone).Format(time.DateOnly) },
		"day":      func(d bulletin.Date) string { return day(d, lang) },
		"number":   func(n workflow.Number) string { return numberOf(n).In(lang) },
		"zone":     deskZone,
		"numbered": numberOf,
		"severity": func(s bulletin.Severity) string { return severityWords[s].With().In(lang) },
		"letter":   func(s mailer.State) string { return letterWords[s].With().In(lang) },
		"plainly":  func(d mailer.Delivery) string { return plainly(d).In(lang) },
		"channel":  func(c recipients.Channel) string { return channelWords[c].With().In(lang) },
		"decided":  func(a workflow.Act) string { return a.Title().In(lang) },
		"speak":    func(s interface{ Sentence(fault.Lang) string }) string { return s.Sentence(lang) },
		"chapter":  bulletin.IsChapter,
		"blocks":   bulletin.Blocks,
		"size":     megabytes,
		"lines":    func(text string) int { return min(max(countLines(text)+2, 12), 40) },
	}
}

func countLines(text string) int {
	n := 1
	for _, r := range text {
		if r == '\n' {
			n++
		}
	}
	return n
}

// clock is a moment as offices write it, in the zone of the series.
func clock(t time.Time, zone *time.Location) string {
	if t.IsZero() {
		return "—"
	}
	return t.In(zone).Format("2006-01-02 15:04")
}

func day(d bulletin.Date, lang fault.Lang) string {
	if d.IsZero() {
		return "—"
	}
	if lang == fault.EN {
		return d.String()
	}
	return d.Chinese()
}

// numberOf is the number of an issue in words: its run is named where it is not
// the ordinary one.
func numberOf(n workflow.Number) fault.Reason {
	if n.IsZero() {
		return noNumber.With()
	}
	if n.Kind == "" || n.Kind == bulletin.Ordinary {
		return numbered.With(n.Year, n.No)
	}
	return numberedKind.With(n.Year, kindOf(n.Kind), n.No)
}

func kindOf(k bulletin.Kind) fault.Reason {
	if s, ok := kindWords[k]; ok {
		return s.With()
	}
	return fault.Reason{Key: fmt.Sprint(k)}
}
