package bulletin

import (
	"strings"
	"time"
)

// digits are the characters that stand for one digit, in either script; the
// ASCII 0 inside 二0一七 is seen in real offices.
var digits = map[rune]int{
	'0': 0, 'O': 0, 'o': 0, '1': 1, '2': 2, '3': 3, '4': 4, '5': 5, '6': 6, '7': 7, '8': 8, '9': 9,
	'〇': 0, '○': 0, '零': 0, '一': 1, '二': 2, '两': 2, '三': 3, '四': 4, '五': 5,
	'六': 6, '七': 7, '八': 8, '九': 9,
	'壹': 1, '贰': 2, '叁': 3, '肆': 4, '伍': 5, '陆': 6, '柒': 7, '捌': 8, '玖': 9,
}

var units = map[rune]int{'十': 10, '拾': 10, '百': 100, '佰': 100, '千': 1000}

const largest = 999_999 // beyond it nothing in a bulletin is counted

// number reads 23, ２３ (folded before), 二十三, 一百零八 or 二〇二三. It is
// false for anything else and for what is greater than any bulletin counts to.
func number(s string) (int, bool) {
	if s == "" {
		return 0, false
	}
	if strings.ContainsAny(s, "十百千拾佰") {
		return counted(s)
	}
	n := 0
	for _, r := range s {
		d, ok := digits[r]
		if !ok || n > largest/10 {
			return 0, false
		}
		n = n*10 + d
	}
	return n, true
}

// counted reads numerals with units: 二十三, 十五, 一百零八.
func counted(s string) (int, bool) {
	sum, digit, open := 0, 0, false
	for _, r := range s {
		if d, ok := digits[r]; ok {
			if open && digit != 0 {
				return 0, false
			}
			digit, open = d, true
			continue
		}
		unit, ok := units[r]
		if !ok || sum > largest {
			return 0, false
		}
		if digit == 0 {
			digit = 1
		}
		sum, digit, open = sum+digit*unit, 0, false
	}
	return sum + digit, true
}

// dateOf makes a date of its numerals. It is false where they are no numbers;
// a day that the calendar does not have comes back as it is, see [Date.Real].
func dateOf(year, month, day string) (Date, bool) {
	y, ok1 := number(year)
	m, ok2 := number(month)
	d, ok3 := number(day)
	if !ok1 || !ok2 || !ok3 {
		return Date{}, false
	}
	return Date{Year: y, Month: time.Month(m), Day: d}, true
}
