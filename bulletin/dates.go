package bulletin

import (
	"regexp"
	"strings"
)

const (
	numeral = `[0-9〇○Oo零一二两三四五六七八九十]`
	weekday = `(?: *\(?(?:星期|周)[一二三四五六日天]\)?)?`
	clock   = `( *(?:上午|下午|晚)? *[0-9]{1,2}(?::[0-9]{2}(?::[0-9]{2})?|[时点](?:[0-9]{1,2}分?)?))?`
)

var (
	dateForm = regexp.MustCompile(`[(]?(?:(` + numeral + `{4}) *年 *(` + numeral + `{1,3}) *月 *(` + numeral + `{1,3}) *[日号]` +
		`|([0-9]{4}) ?[-./] ?([0-9]{1,2}) ?[-./] ?([0-9]{1,2}))` + weekday + clock + ` *[)]? *$`)
	monthForm = regexp.MustCompile(`(` + numeral + `{4}) *年 *(` + numeral + `{1,3}) *月(?:份|刊|号)? *$`)
	leadDate  = regexp.MustCompile(`^(?:` + numeral + `{4} *年)? *` + numeral + `{1,3} *月(?: *` + numeral + `{1,3} *[日号])?|^` +
		numeral + `{4} *年|^` + numeral + `{1,3} *日[,，]`)
	shortDate = regexp.MustCompile(`(?:(` + numeral + `{4}) *[年./-] *)?(` + numeral + `{1,3}) *[月./-] *(` + numeral + `{1,3}) *[日号]? *$`)
)

// A dating is a date at the end of a line.
type dating struct {
	date  Date
	text  string // as written
	clock string // a time of day behind it, which a bulletin has no use for
}

// cutDate takes the date off the end of a line.
func cutDate(text string) (rest string, d dating, ok bool) {
	if len(text) > short || !strings.ContainsAny(text, "日号.-/．－／") {
		return text, dating{}, false
	}
	folded := fold(text)
	m := dateForm.FindStringSubmatchIndex(folded)
	if m == nil {
		return text, dating{}, false
	}
	part := func(i int) string {
		if m[2*i] < 0 {
			return ""
		}
		return folded[m[2*i]:m[2*i+1]]
	}
	d.date, ok = dateOf(part(1)+part(4), part(2)+part(5), part(3)+part(6))
	if !ok {
		return text, dating{}, false
	}
	d.clock = strings.TrimSpace(part(7))
	before, _ := at(text, folded, m[0], m[1])
	d.text = strings.TrimFunc(text[len(before):], isSpace)
	return strings.TrimFunc(before, isSpace), d, true
}

// isMonth reports whether a text is a year and a month and nothing else: the
// number of a monthly bulletin, or a date without its day.
func isMonth(text string) (year int, ok bool) {
	m := monthForm.FindStringSubmatchIndex(fold(text))
	if m == nil || m[0] != 0 {
		return 0, false
	}
	return number(fold(text)[m[2]:m[3]])
}

// beginsWithDate reports whether a sentence starts with a day, a month or a
// year: such a sentence is no lead.
func beginsWithDate(s string) bool {
	return leadDate.MatchString(fold(firstRunes(s, 16)))
}

// cutShortDate takes 7月18日 or 2024.7.18 off the end of a signature; a missing
// year is taken from year. The day may be one that the calendar does not have.
func cutShortDate(text string, year int) (rest string, d dating, ok bool) {
	folded := fold(text)
	m := shortDate.FindStringSubmatchIndex(folded)
	if m == nil {
		return text, dating{}, false
	}
	if d.date, ok = dateOf("1", folded[m[4]:m[5]], folded[m[6]:m[7]]); !ok {
		return text, dating{}, false
	}
	d.date.Year = year
	if m[2] >= 0 {
		d.date.Year, _ = number(folded[m[2]:m[3]])
	}
	before, _ := at(text, folded, m[0], m[1])
	d.text = strings.TrimFunc(text[len(before):], isSpace)
	return strings.TrimFunc(before, isSpace), d, true
}
