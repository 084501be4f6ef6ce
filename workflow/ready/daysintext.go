package ready

import (
	"regexp"
	"strings"
	"time"

	"jianbao/bulletin"
)

const (
	yearNumeral = `[0-9]{4}|[〇○零一二三四五六七八九]{4}`
	dayNumeral  = `[0-9]{1,2}|[一二三四五六七八九十]{1,3}`
	otherYear   = `去年|上年|前年|今年|明年|来年|次年|翌年|当年|同年`
)

// dayForm is a day in running text, folded: 7月2日（星期五）, 2021年7月2日至5日.
var dayForm = regexp.MustCompile(`(?:(` + yearNumeral + `) *年 *|(` + otherYear + `) *)?(` + dayNumeral + `) *月 *(` + dayNumeral + `)` +
	`(?: *[日号]? *[-—–~至到] *(` + dayNumeral + `))? *[日号](?: *(\()? *(星期|周|礼拜)([一二三四五六日天])(?: *\))?)?`)

// A day is a date as the text tells it.
type day struct {
	words string // as written, folded
	dates []bulletin.Date
	// sure says that the year is written; otherwise dates are what it may be,
	// the likeliest first.
	sure     bool
	weekday  int // 0 Sunday … 6, or -1
	sentence string
	after    string // what follows in the sentence
}

// days returns the days that a text tells of, seen from the day of its issue.
func days(s string, issued bulletin.Date) []day {
	var found []day
	s = fold(s)
	begin, written := 0, 0 // of the sentence, and the year that was written in it
	looked := 0            // how far the ends of sentences were looked for
	for _, m := range dayPlaces(s) {
		if m[0] > 0 && strings.ContainsRune("0123456789.第", lastRune(s[:m[0]])) {
			continue
		}
		if stop := strings.LastIndexAny(s[looked:m[0]], stops); stop >= 0 {
			begin, written = looked+stop, 0
		}
		looked = m[1]
		part := func(i int) string {
			if m[2*i] < 0 {
				return ""
			}
			return s[m[2*i]:m[2*i+1]]
		}
		d := day{words: s[m[0]:m[1]], sentence: sentenceAt(s, begin, m[1]), after: s[m[1]:], weekday: -1}
		years := d.years(part(1), part(2), written, issued)
		if d.sure {
			written = years[0]
		}
		d.dated(years, number(part(3)), number(part(4)), number(part(5)), issued)
		if part(8) != "" && part(5) == "" && isWeekday(part(6), part(7), d.after) {
			d.weekday = strings.Index("日一二三四五六", strings.Replace(part(8), "天", "日", 1)) / len("日")
		}
		if len(d.dates) > 0 {
			found = append(found, d)
		}
	}
	return found
}

// dayPlaces returns the matches of dayForm. It looks around each 月 alone, which
// takes a tenth of the time.
func dayPlaces(s string) [][]int {
	const before, after = 40, 80 // in bytes, more than a day takes
	var found [][]int
	for from := 0; ; {
		month := strings.Index(s[from:], "月")
		if month < 0 {
			return found
		}
		month += from
		begin := max(from, month-before)
		m := dayForm.FindStringSubmatchIndex(s[begin:min(len(s), month+after)])
		if m == nil {
			from = month + len("月")
			continue
		}
		for i := range m {
			if m[i] >= 0 {
				m[i] += begin
			}
		}
		found = append(found, m)
		from = m[1]
	}
}

// isWeekday tells 7月2日（周五） from 7月2日周一鸣主持: without a bracket, 周 must not
// be a surname.
func isWeekday(bracket, word, after string) bool {
	return bracket != "" || word != "周" || after == "" || strings.ContainsRune("上下晚早中凌,。)、 ", firstRune(after))
}

// years returns the years that a day may be of, none if that cannot be told.
func (d *day) years(numeral, word string, written int, issued bulletin.Date) []int {
	switch word {
	case "":
	case "今年", "去年", "上年", "前年", "明年", "来年":
		if issued.IsZero() {
			return nil
		}
		d.sure = true
		return []int{issued.Year + map[string]int{"去年": -1, "上年": -1, "前年": -2, "明年": 1, "来年": 1}[word]}
	default:
		return nil
	}
	if numeral != "" {
		d.sure = true
		return []int{number(numeral)}
	}
	var years []int
	if !issued.IsZero() {
		years = append(years, issued.Year)
	}
	if written > 0 && written != issued.Year {
		years = append(years, written)
	}
	return years
}

// dated sets the dates that a day may be. December in an issue of January is
// last year's. A last day of a range counts for the day.
func (d *day) dated(years []int, month, first, last int, issued bulletin.Date) {
	if last > 0 {
		first = max(first, last)
	}
	for _, year := range years {
		date := bulletin.Date{Year: year, Month: time.Month(month), Day: first}
		if !d.sure && date.Real() && daysBetween(issued, date) > 183 {
			date.Year--
		}
		d.dates = append(d.dates, date)
	}
	if len(years) == 0 && !d.sure && issued.IsZero() {
		leap := bulletin.Date{Year: 2000, Month: time.Month(month), Day: first}
		if !leap.Real() { // in no year
			d.dates = append(d.dates, leap)
		}
	}
}

func daysBetween(a, b bulletin.Date) int {
	return int(b.In(time.UTC).Sub(a.In(time.UTC)) / (24 * time.Hour))
}

// stops end a sentence, in folded text.
const stops = "。!?;\n"

// sentenceAt returns the sentence that begins at begin, as far as it stands
// near the words that end at end.
func sentenceAt(s string, begin, end int) string {
	const near = 300 // bytes
	after := s[end:min(len(s), end+near)]
	if stop := strings.IndexAny(after, stops); stop >= 0 {
		after = after[:stop]
	}
	return s[max(begin, end-near):end] + after
}

var digits = map[rune]int{'〇': 0, '○': 0, '零': 0, '一': 1, '二': 2, '三': 3, '四': 4, '五': 5, '六': 6, '七': 7, '八': 8, '九': 9}

// number reads 13, 十三, 二十三 and 二〇二一; "" is 0.
func number(s string) int {
	n := 0
	for _, r := range s {
		switch {
		case r == '十':
			n = max(n, 1) * 10
		case r >= '0' && r <= '9':
			n = n*10 + int(r-'0')
		case n%10 == 0 && n > 0 && len(s) <= 3*len("十"): // 二十 三
			n += digits[r]
		default:
			n = n*10 + digits[r]
		}
	}
	return n
}
