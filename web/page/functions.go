package page

import (
	"fmt"
	"html/template"
	"strconv"
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
		"clock":    func(t time.Time, zone *time.Location) string { return Clock(t, zone) },
		"date":     func(t time.Time, zone *time.Location) string { return t.In(zone).Format(time.DateOnly) },
		"last":     func(t time.Time, zone *time.Location) string { return t.Add(-1).In(zone).Format(time.DateOnly) },
		"day":      func(d bulletin.Date) string { return Day(d, lang) },
		"number":   func(n workflow.Number) string { return NumberOf(n).In(lang) },
		"zone":     Zone,
		"numbered": NumberOf,
		"gist":     func(i workflow.Issue) string { return gist(i, lang) },
		"severity": func(s bulletin.Severity) string { return SeverityWords[s].With().In(lang) },
		"letter":   func(s mailer.State) string { return LetterWords[s].With().In(lang) },
		"plainly":  func(d mailer.Delivery) string { return Plainly(d).In(lang) },
		"channel":  func(c recipients.Channel) string { return ChannelWords[c].With().In(lang) },
		"decided":  func(a workflow.Act) string { return a.Title().In(lang) },
		"speak":    func(s interface{ Sentence(fault.Lang) string }) string { return s.Sentence(lang) },
		"chapter":  bulletin.IsChapter,
		"blocks":   bulletin.Blocks,
		"size":     Megabytes,
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

// Clock is a moment as offices write it, in the zone of the series.
func Clock(t time.Time, zone *time.Location) string {
	if t.IsZero() {
		return "—"
	}
	return t.In(zone).Format("2006-01-02 15:04")
}

// Day is a day as the language writes it.
func Day(d bulletin.Date, lang fault.Lang) string {
	if d.IsZero() {
		return "—"
	}
	if lang == fault.EN {
		return d.String()
	}
	return d.Chinese()
}

// NumberOf is the number of an issue in words: its run is named where it is not
// the ordinary one.
func NumberOf(n workflow.Number) fault.Reason {
	if n.IsZero() {
		return noNumber.With()
	}
	if n.Kind == "" || n.Kind == bulletin.Ordinary {
		return numbered.With(n.Year, n.No)
	}
	return numberedKind.With(n.Year, KindOf(n.Kind), n.No)
}

// KindOf is the name of a kind of issues.
func KindOf(k bulletin.Kind) fault.Reason {
	if s, ok := KindWords[k]; ok {
		return s.With()
	}
	return fault.Reason{Key: fmt.Sprint(k)}
}

// Zone is the zone of what belongs to no series.
func Zone() *time.Location { return workflow.Series{}.Location() }

// Megabytes is a number of bytes as people read it.
func Megabytes(n int) string {
	if n < 1<<20 {
		return strconv.Itoa((n+1023)>>10) + " KB"
	}
	return strconv.FormatFloat(float64(n)/(1<<20), 'f', 1, 64) + " MB"
}
