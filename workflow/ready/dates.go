package ready

import (
	"strings"
	"time"

	"jianbao/bulletin"
	"jianbao/fault"
)

var (
	dateMissing     = fault.Say("ready.no-date", "没有日期", "there is no date")
	noSuchIssueDate = fault.Say("ready.issue-date-impossible", "没有“%s”这一天，请改正日期", "there is no such day as %s; correct the date of the issue")
	noSuchDay       = fault.Say("ready.date-impossible", "没有“%s”这一天", "there is no such day as %s")
	weekdayIs       = fault.Say("ready.weekday-differs", "“%s”：%s是%s", "%s: %s is %s")
	dateAhead       = fault.Say("ready.date-ahead", "正文说到“%s”，本期日期却是%s", "the text tells of %s, and the issue is dated %s")
	dateBackwards   = fault.Say("ready.date-backwards", "上一期（第%d期）的日期是%s，比本期的%s还晚", "the issue before (number %d) is dated %s, later than this one, %s")
)

var weekdays = []string{"星期日", "星期一", "星期二", "星期三", "星期四", "星期五", "星期六"}

// planned are the words of a sentence about what is still to come: a day after
// the issue is no slip in it.
var planned = strings.Fields("将 拟 定于 计划 预计 预定 截止 争取 力争 确保 务必 即将 届时 有效期 期限 施行 实施 报名 生效 倒计时 明年 下一步 开放")

// until follow a day that is a limit.
var until = strings.Fields("前 之前 以前 起 止 为止 开始 至 到")

// checkIssueDate looks at the date of the issue itself. A date that no calendar
// has blocks: it is printed in the head, and registration counts by it. A
// missing one asks, for registration gives it.
func checkIssueDate(t *text) []Finding {
	d := t.Date
	if !d.IsZero() {
		if d.Real() {
			return nil
		}
		return []Finding{{DateImpossible, bulletin.Block, t.headLine(d.Chinese()), 0, noSuchIssueDate.With(d.Chinese())}}
	}
	for i, line := range t.head() {
		for _, day := range days(line, d) {
			if !exists(day) {
				return []Finding{{DateImpossible, bulletin.Block, i + 1, 0, noSuchIssueDate.With(day.words)}}
			}
		}
	}
	return []Finding{{DateMissing, bulletin.Ask, 0, 0, dateMissing.With()}}
}

// checkDays looks at the days that the text tells of.
func checkDays(t *text) []Finding {
	var found []Finding
	for i, line := range t.head() {
		for _, d := range days(line, t.Date) {
			found = append(found, wrongWeekday(d, i+1, 0)...)
		}
	}
	for _, p := range t.passages {
		for _, d := range days(p.text, t.Date) {
			line := t.place(p, d.words)
			switch {
			case !exists(d):
				found = append(found, Finding{DateImpossible, bulletin.Ask, line, p.item, noSuchDay.With(d.words)})
			case t.ahead(d):
				found = append(found, Finding{DateAhead, bulletin.Ask, line, p.item, dateAhead.With(d.words, t.Date.Chinese())})
			}
			found = append(found, wrongWeekday(d, line, p.item)...)
		}
	}
	return found
}

// exists reports whether one of the days that may be meant exists.
func exists(d day) bool {
	for _, date := range d.dates {
		if date.Real() {
			return true
		}
	}
	return false
}

// ahead reports whether the text tells of a day after the issue as of one that
// has been.
func (t *text) ahead(d day) bool {
	if !t.Date.Real() {
		return false
	}
	for _, date := range d.dates {
		if daysBetween(t.Date, date) <= 0 {
			return false
		}
	}
	for _, w := range planned {
		if strings.Contains(d.sentence, w) {
			return false
		}
	}
	for _, w := range until {
		if strings.HasPrefix(d.after, w) {
			return false
		}
	}
	return true
}

// wrongWeekday compares a weekday with the calendar. Where the year is not
// written, it is wrong only if it is in every year that may be meant.
func wrongWeekday(d day, line, item int) []Finding {
	if d.weekday < 0 || !exists(d) {
		return nil
	}
	right := time.Weekday(-1)
	var of bulletin.Date
	for _, date := range d.dates {
		if !date.Real() {
			continue
		}
		is := date.In(time.UTC).Weekday()
		if int(is) == d.weekday {
			return nil
		}
		if right < 0 {
			right, of = is, date
		}
	}
	return []Finding{{WeekdayDiffers, bulletin.Ask, line, item, weekdayIs.With(d.words, of.Chinese(), weekdays[right])}}
}

// checkDateOrder looks at the issue with the number before: within a year,
// dates go up with the numbers.
func checkDateOrder(t *text) []Finding {
	if !t.Date.Real() || t.Number.No == 0 {
		return nil
	}
	var before Registered
	for _, r := range t.Register {
		if r.Kind == t.Number.Kind && r.Year == t.year() && r.No < t.Number.No && r.No > before.No && !r.Void && r.Date.Real() {
			before = r
		}
	}
	if before.No == 0 || daysBetween(before.Date, t.Date) >= 0 {
		return nil
	}
	return []Finding{{DateBackwards, bulletin.Ask, t.headLine(t.Date.Chinese()), 0,
		dateBackwards.With(before.No, before.Date.Chinese(), t.Date.Chinese())}}
}
