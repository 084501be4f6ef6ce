package calendar

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"jianbao/fault"
)

var (
	noItems     = fault.Say("calendar.announcement-empty", "没有找到“节日：……放假……”这样的条目；请粘贴通知中列出各节日的几行", "there is no line such as “国庆节：10月1日至7日放假调休，共7天。”; paste those of the notice that name the holidays")
	oddSentence = fault.Say("calendar.announcement-sentence", "第%d行看不懂：%s", "line %d cannot be read: %s")
	oddWeekday  = fault.Say("calendar.announcement-weekday", "第%d行写%s是星期%s，实际不是；请核对年份和日期", "line %d says that %s is “星期%s”, which it is not; check the year and the day")
	oddCount    = fault.Say("calendar.announcement-count", "第%d行写共%d天，起止日期之间是%d天", "line %d says %d days, and there are %d between the first and the last")
	otherNotice = fault.Say("calendar.announcement-year", "这是%d年的通知，不是%d年的", "this is the notice of %d and not of %d")
)

const (
	dayPattern  = `(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日(?:（([^）]*)）)?`
	feast       = `(?:元旦|春节|清明节|劳动节|端午节|中秋节|国庆节|抗战胜利纪念日)`
	longestRest = 16 // days: twice the longest that was announced so far
)

var (
	itemHead  = regexp.MustCompile(`(?:[一二三四五六七八九十]+、|\d+[.、．])?(` + feast + `(?:(?:、|和)` + feast + `)*)[：:]`)
	restDays  = regexp.MustCompile(`^` + dayPattern + `(?:至` + dayPattern + `)?放假`)
	workDay   = regexp.MustCompile(`^` + dayPattern + `(?:、|和|，)?`)
	dayCount  = regexp.MustCompile(`(?:共|放假)(\d{1,2})天`)
	weekdayIn = regexp.MustCompile(`(?:星期|周)([一二三四五六日天])`)
	titleOf   = regexp.MustCompile(`国务院办公厅关于(\d{4})年部分节假日安排的通知`)
	numberOf  = regexp.MustCompile(`国办发明电〔\d{4}〕\d+号`)
	signedOn  = regexp.MustCompile(`国务院办公厅(\d{4}年\d{1,2}月\d{1,2}日)`)
	spaces    = regexp.MustCompile(`[\s\p{Z}]+`)
)

// ReadAnnouncement reads the table of a year from the text of the notice with
// which the General Office of the State Council announces it, as people paste it
// from the web, whole or only the lines that name the holidays:
//
//	七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。
//
// What the notice says twice is held against itself: days of the week against
// days of the month, the number of days against the first and the last. What it
// merely encourages (鼓励……) is no day off. It fails with fault.Invalid and
// every mistake at once, each with its line.
func ReadAnnouncement(year int, text string) (Year, error) {
	a := announcement{year: Year{Year: year}}
	if len(text) > largestForm {
		return a.year, fault.New(fault.Invalid, badForm.With(year), tooMuch.With())
	}
	text = strings.NewReplacer("(", "（", ")", "）", "\r", "", "\u3000", " ").Replace(text)
	a.origin(spaces.ReplaceAllString(text, ""))
	heads := itemHead.FindAllStringSubmatchIndex(text, -1)
	for n, at := range heads {
		end := len(text)
		if n+1 < len(heads) {
			end = heads[n+1][0]
		}
		a.line = 1 + strings.Count(text[:at[0]], "\n")
		a.item(text[at[2]:at[3]], text[at[1]:end])
	}
	if len(heads) == 0 {
		a.complain(noItems.With())
	}
	slices.SortFunc(a.year.Days, func(x, y Special) int { return strings.Compare(x.Day.String(), y.Day.String()) })
	if len(a.reasons) == 0 {
		a.reasons = a.year.Validate()
	}
	if len(a.reasons) > 0 {
		return a.year, fault.New(fault.Invalid, badForm.With(year), a.reasons...)
	}
	return a.year, nil
}

// Announces reports whether a text looks like an announcement rather than a
// form of one line for a day.
func Announces(text string) bool {
	return itemHead.MatchString(text) && (strings.Contains(text, "放假") || strings.Contains(text, "上班"))
}

// An announcement is a notice that is being read.
type announcement struct {
	year    Year
	line    int // of the item that is being read
	reasons []fault.Reason
}

func (a *announcement) complain(r fault.Reason) { a.reasons = append(a.reasons, r) }

// origin finds out what the notice is called, whose text has no white space
// here.
func (a *announcement) origin(text string) {
	title := titleOf.FindStringSubmatch(text)
	if title == nil {
		return
	}
	if named, _ := strconv.Atoi(title[1]); named != a.year.Year {
		a.complain(otherNotice.With(named, a.year.Year))
	}
	var more []string
	if number := numberOf.FindString(text); number != "" {
		more = append(more, number)
	}
	if signed := signedOn.FindStringSubmatch(text); signed != nil {
		more = append(more, signed[1])
	}
	a.year.Source = title[0]
	if len(more) > 0 {
		a.year.Source += "（" + strings.Join(more, "，") + "）"
	}
}

// item reads what is said of one holiday, sentence by sentence.
func (a *announcement) item(name, text string) {
	name = strings.ReplaceAll(name, "和", "、")
	for _, sentence := range strings.SplitAfter(text, "。") {
		begins := len(sentence) - len(strings.TrimLeft(sentence, " \n"))
		a.line += strings.Count(sentence[:begins], "\n")
		said := spaces.ReplaceAllString(sentence, "")
		switch {
		case strings.Contains(said, "鼓励"):
		case strings.Contains(said, "日") && strings.Contains(said, "放假"):
			a.off(name, said)
		case strings.Contains(said, "日") && strings.Contains(said, "上班"):
			a.worked(name, said)
		}
		a.line += strings.Count(sentence[begins:], "\n")
	}
}

func (a *announcement) off(name, said string) {
	m := restDays.FindStringSubmatch(said)
	if m == nil {
		a.complain(oddSentence.With(a.line, said))
		return
	}
	first, ok := a.day(name, m[1:5], Day{})
	last := first
	if ok && m[7] != "" {
		last, ok = a.day(name, m[5:9], first)
	}
	if !ok {
		a.complain(oddSentence.With(a.line, said))
		return
	}
	if last.Before(first) || first.Add(longestRest).Before(last) {
		a.complain(badRange.With(a.line, said))
		return
	}
	n := 0
	for day := first; !last.Before(day); day = day.Add(1) {
		a.year.Days = append(a.year.Days, Special{Day: day, Off: true, Name: name})
		n++
	}
	if c := dayCount.FindStringSubmatch(said); c != nil && c[1] != strconv.Itoa(n) {
		told, _ := strconv.Atoi(c[1])
		a.complain(oddCount.With(a.line, told, n))
	}
}

func (a *announcement) worked(name, said string) {
	rest := said
	for !strings.HasPrefix(rest, "上班") {
		m := workDay.FindStringSubmatch(rest)
		if m == nil {
			a.complain(oddSentence.With(a.line, said))
			return
		}
		day, ok := a.day(name, m[1:5], Day{})
		if !ok {
			a.complain(oddSentence.With(a.line, said))
			return
		}
		a.year.Days = append(a.year.Days, Special{Day: day, Name: name})
		rest = rest[len(m[0]):]
	}
}

// day reads year, month, day and what stands behind them in parentheses. A year
// or month that is not written is that of the day it follows; the December that
// stands at New Year is that of the year before.
func (a *announcement) day(name string, m []string, after Day) (Day, bool) {
	d := Day{Year: a.year.Year}
	if after != (Day{}) {
		d.Year, d.Month = after.Year, after.Month
	}
	if m[1] != "" {
		month, _ := strconv.Atoi(m[1]) // two digits at most, by the pattern
		d.Month = time.Month(month)
	}
	d.Day, _ = strconv.Atoi(m[2])
	switch {
	case m[0] != "":
		d.Year, _ = strconv.Atoi(m[0])
	case after == (Day{}) && d.Month == time.December && strings.Contains(name, "元旦"):
		d.Year--
	case after != (Day{}) && d.Month < after.Month:
		d.Year++
	}
	if !d.Real() {
		return d, false
	}
	if w := weekdayIn.FindStringSubmatch(m[3]); w != nil && w[1] != chineseWeekday(d) && (w[1] != "天" || d.Weekday() != time.Sunday) {
		a.complain(oddWeekday.With(a.line, fmt.Sprintf("%d月%d日", int(d.Month), d.Day), w[1]))
	}
	return d, true
}

func chineseWeekday(d Day) string { return string([]rune("日一二三四五六")[d.Weekday()]) }
