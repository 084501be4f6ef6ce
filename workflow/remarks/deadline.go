package remarks

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"jianbao/workflow/calendar"
)

// A Deadline is a last day that a text names, and the words that name it.
type Deadline struct {
	Day   calendar.Day
	Words string
}

// until is how a last day ends: 前, 以前, 下班前, 下午5时前.
const until = `(?:(?:上午|下午|中午|晚上?)?(?:[0-9]{1,2}(?:[:：][0-9]{2}|[时点]半?))?[之以]?前|下班[之以]?前)`

const deadlineNumber = `([0-9０-９]{1,3}|[一二两三四五六七八九十]{1,3}|半)`

// deadlinePatterns are the ways in which leaders write a deadline. Each has the
// function that counts it from a day.
var deadlinePatterns = []struct {
	words *regexp.Regexp
	day   func(m []string, from calendar.Day, c calendar.Calendar) calendar.Day
}{
	{regexp.MustCompile(deadlineNumber + `个?工作日[之以]?[内前]`), func(m []string, from calendar.Day, c calendar.Calendar) calendar.Day {
		return c.AddWorkingDays(from, chineseNumber(m[1]))
	}},
	{regexp.MustCompile(deadlineNumber + `(个?小时|个?星期|周|个?月|年|天|日)[之以]?内`), func(m []string, from calendar.Day, c calendar.Calendar) calendar.Day {
		return nextWorkday(period(from, m[1], strings.TrimPrefix(m[2], "个")), c)
	}},
	{regexp.MustCompile(`(?:(20\d\d)年)?` + deadlineNumber + `月` + deadlineNumber + `[日号]` + until), func(m []string, from calendar.Day, c calendar.Calendar) calendar.Day {
		return lastWorkday(comingDay(m[1], chineseNumber(m[2]), chineseNumber(m[3]), from), c)
	}},
	{regexp.MustCompile(`(?:(20\d\d)年)?` + deadlineNumber + `月(上旬|中旬|下旬|底|末)[之以]?[前内]?`), func(m []string, from calendar.Day, c calendar.Calendar) calendar.Day {
		return lastWorkday(comingDay(m[1], chineseNumber(m[2]), map[string]int{"上旬": 10, "中旬": 20}[m[3]], from), c)
	}},
	{regexp.MustCompile(`(本|当|这个|下|下个)?月(?:底|末|内)[之以]?前?`), func(m []string, from calendar.Day, c calendar.Calendar) calendar.Day {
		month := from.Month
		if strings.HasPrefix(m[1], "下") {
			month++
		}
		return lastWorkday(calendar.DayOf(time.Date(from.Year, month+1, 0, 0, 0, 0, 0, time.UTC)), c)
	}},
	{regexp.MustCompile(`(本|这|下)个?(?:周|星期)(?:([一二三四五六日天])` + until + `|[之以]?内|底前?)`), func(m []string, from calendar.Day, c calendar.Calendar) calendar.Day {
		monday := from.Add(-(int(from.Weekday()) + 6) % 7)
		if m[1] == "下" {
			monday = monday.Add(7)
		}
		if m[2] == "" {
			return lastWorkday(monday.Add(6), c)
		}
		return lastWorkday(monday.Add(weekdays[m[2]]), c)
	}},
	{regexp.MustCompile(`(?:周|星期)([一二三四五六日天])` + until), func(m []string, from calendar.Day, c calendar.Calendar) calendar.Day {
		ahead := weekdays[m[1]] - (int(from.Weekday())+6)%7
		return lastWorkday(from.Add((ahead+7)%7), c)
	}},
	{regexp.MustCompile(`(?:(?:于|[本当]月)([0-9]{1,2})|([0-9]{2}))[日号]` + until), func(m []string, from calendar.Day, c calendar.Calendar) calendar.Day {
		return lastWorkday(calendar.Day{Year: from.Year, Month: from.Month, Day: chineseNumber(m[1] + m[2])}, c)
	}},
	{regexp.MustCompile(`(?:([一二三四1-4])|本)季度(?:底|末|内)[之以]?前?`), func(m []string, from calendar.Day, c calendar.Calendar) calendar.Day {
		month := (int(from.Month) + 2) / 3 * 3
		if m[1] != "" {
			month = chineseNumber(m[1]) * 3
		}
		return lastWorkday(comingDay("", month, 0, from), c)
	}},
	{regexp.MustCompile(`(元旦|春节|清明|劳动节|五一|端午|中秋|国庆)(?:节|假期|长假)*[之以]?前`), func(m []string, from calendar.Day, c calendar.Calendar) calendar.Day {
		return beforeHoliday(strings.ReplaceAll(m[1], "五一", "劳动节"), from, c)
	}},
	{regexp.MustCompile(`(?:今?年|本年)(?:底|末|内)[之以]?前?`), func(_ []string, from calendar.Day, c calendar.Calendar) calendar.Day {
		return lastWorkday(calendar.Day{Year: from.Year, Month: time.December, Day: 31}, c)
	}},
	{regexp.MustCompile(`(今|当|本|明|次)[日天](?:[之以]?[内前]|下班前)`), func(m []string, from calendar.Day, _ calendar.Calendar) calendar.Day {
		if m[1] == "明" || m[1] == "次" {
			return from.Add(1)
		}
		return from
	}},
}

var weekdays = map[string]int{"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6}

// beforeHoliday is the last working day before the next holiday of a name; the
// zero Day where the tables do not know when that is.
func beforeHoliday(name string, from calendar.Day, c calendar.Calendar) calendar.Day {
	for n := 1; n <= 366; n++ {
		if s, known := c.Special(from.Add(n)); known && s.Off && strings.Contains(s.Name, name) {
			return lastWorkday(from.Add(n-1), c)
		}
	}
	return calendar.Day{}
}

// FindDeadline returns the first deadline that a remark names, counted from the
// day on which the remark is given to those who are to act. Working days are
// those of the calendar. A period of days, weeks or months that ends on a day
// off ends on the next working day (Civil Code, art. 203); what is due before a
// day, or by the end of a month, is due on the last working day until then. A
// day without a year or a month is one of these, also where it is over already, so
// that somebody looks at it; what is due before a holiday is so where the calendar
// has its table. Nothing is made of 尽快.
func FindDeadline(text string, from calendar.Day, c calendar.Calendar) (found Deadline, ok bool) {
	at := len(text)
	for _, p := range deadlinePatterns {
		loc := p.words.FindStringSubmatchIndex(text)
		if loc == nil || loc[0] >= at || strings.HasPrefix(text[loc[1]:], "后") {
			continue
		}
		if day := p.day(submatches(text, loc), from, c); day.Real() {
			at, ok = loc[0], true
			found = Deadline{Day: day, Words: text[loc[0]:loc[1]]}
		}
	}
	return found, ok
}

func submatches(text string, loc []int) (all []string) {
	for n := 0; n < len(loc); n += 2 {
		if loc[n] < 0 {
			all = append(all, "")
			continue
		}
		all = append(all, text[loc[n]:loc[n+1]])
	}
	return all
}

// period is a day so many hours, days, weeks, months or years later; half a
// month is fifteen days, half a year six months.
func period(from calendar.Day, number, unit string) calendar.Day {
	n, half := chineseNumber(number), number == "半"
	later := func(months int) calendar.Day {
		first := time.Date(from.Year, from.Month+time.Month(months), 1, 0, 0, 0, 0, time.UTC)
		last := first.AddDate(0, 1, -1).Day()
		return calendar.Day{Year: first.Year(), Month: first.Month(), Day: min(from.Day, last)}
	}
	switch {
	case unit == "小时":
		return from.Add((n + 23) / 24)
	case unit == "年" && half:
		return later(6)
	case unit == "年":
		return later(12 * n)
	case unit == "月" && half:
		return from.Add(15)
	case unit == "月":
		return later(n)
	case unit == "周" || unit == "星期":
		return from.Add(7 * n)
	}
	return from.Add(n)
}

// comingDay is a day of a month, the last of it for day 0: in a year, or where
// it names none in that of from, unless it is the next year that is meant.
func comingDay(year string, month, day int, from calendar.Day) calendar.Day {
	in := func(y int) calendar.Day {
		if day == 0 {
			return calendar.DayOf(time.Date(y, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC))
		}
		return calendar.Day{Year: y, Month: time.Month(month), Day: day}
	}
	if month < 1 || month > 12 {
		return calendar.Day{}
	}
	if y, err := strconv.Atoi(year); err == nil {
		return in(y)
	}
	if d := in(from.Year); !d.Before(from.Add(-lateAtMost)) {
		return d
	}
	return in(from.Year + 1)
}

// lateAtMost is how many days after its deadline a remark may lie unassigned
// before the deadline is taken for one of the next year.
const lateAtMost = 180

// offAtMost is the longest run of days off that is looked through.
const offAtMost = 30

func nextWorkday(d calendar.Day, c calendar.Calendar) calendar.Day {
	for n := 0; d.Real() && n < offAtMost && !c.Workday(d); n++ {
		d = d.Add(1)
	}
	return d
}

func lastWorkday(d calendar.Day, c calendar.Calendar) calendar.Day {
	for n := 0; d.Real() && n < offAtMost && !c.Workday(d); n++ {
		d = d.Add(-1)
	}
	return d
}

// chineseNumber reads 1 to 99 in digits of either width or Chinese words; 半 and
// what it cannot read are 0.
func chineseNumber(s string) int {
	digits := strings.Map(func(r rune) rune {
		if r >= '０' && r <= '９' {
			return r - '０' + '0'
		}
		return r
	}, s)
	if n, err := strconv.Atoi(digits); err == nil {
		return n
	}
	value := map[rune]int{'一': 1, '二': 2, '两': 2, '三': 3, '四': 4, '五': 5, '六': 6, '七': 7, '八': 8, '九': 9}
	tens, ones, ten := 0, 0, false
	for _, r := range s {
		if r == '十' {
			tens, ones, ten = max(1, ones), 0, true
			continue
		}
		ones = value[r]
	}
	if ten {
		return tens*10 + ones
	}
	return ones
}
