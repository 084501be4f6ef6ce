// Package retention knows how long an office keeps what it issued (保管期限), and
// by when it must have been filed (归档).
//
// There are three classes: 永久, 30年 and 10年 (State Archives Order No. 8 of
// 2006, art. 6). An organ's own bulletins are kept for ten years (the order's
// table of periods), which is the default; the [Rule] of a series may say
// another class. What leaders wrote remarks on is proposed for the next longer
// one, which is usual and no rule: see [Rule.Propose].
//
// The years of a class are counted from the first of January after the year
// that the issue belongs to, and end with a thirty-first of December:
//
//	issue of 2021, ten years:  2022-01-01 … 2031-12-31, expired from 2032-01-01
//
// What a year brought is filed by a day of the year after it, the thirtieth of
// June unless the rule says another. It is a day of the calendar, working or
// not; nobody is any later for a holiday.
//
// Nothing here destroys anything: that a period is over makes an issue one that
// people may look at, and decide about (package filing).
package retention

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"jianbao/fault"
	"jianbao/workflow/calendar"
)

// A Class is how long something is kept.
type Class string

// The classes.
const (
	Permanent Class = "permanent" // 永久
	Thirty    Class = "30"        // 30年
	Ten       Class = "10"        // 10年
)

// Classes lists every class, the longest first.
func Classes() []Class { return []Class{Permanent, Thirty, Ten} }

var classWords = map[Class]fault.Sentence{
	Permanent: fault.Say("retention.permanent", "永久", "for ever"),
	Thirty:    fault.Say("retention.thirty", "30年", "30 years"),
	Ten:       fault.Say("retention.ten", "10年", "10 years"),
}

// Title returns what people call the class.
func (c Class) Title() fault.Reason { return classWords[c].With() }

// Code returns the letter of the class in reference codes (DA/T 22-2015,
// 5.4: Y, D30, D10).
func (c Class) Code() string {
	return map[Class]string{Permanent: "Y", Thirty: "D30", Ten: "D10"}[c]
}

// Years returns how many years the class is kept, 0 for ever.
func (c Class) Years() int {
	return map[Class]int{Thirty: 30, Ten: 10}[c]
}

// Known reports whether there is such a class.
func (c Class) Known() bool { return slices.Contains(Classes(), c) }

// Longer returns the next longer class; beyond Permanent there is none.
func (c Class) Longer() Class {
	at := slices.Index(Classes(), c)
	return Classes()[max(0, at-1)]
}

// Shorter reports whether the class ends before another.
func (c Class) Shorter(than Class) bool {
	return slices.Index(Classes(), c) > slices.Index(Classes(), than)
}

// Last returns the last day on which what belongs to a year is kept, and false
// where there is none.
func (c Class) Last(year int) (calendar.Day, bool) {
	n := c.Years()
	return calendar.Day{Year: year + n, Month: time.December, Day: 31}, n > 0
}

// Expired reports whether the period of what belongs to a year is over on a day.
func (c Class) Expired(year int, today calendar.Day) bool {
	last, ends := c.Last(year)
	return ends && last.Before(today)
}

// A Rule is what a series has for filing. The zero Rule keeps for ten years,
// files by the end of June, and expects receipts in the file.
type Rule struct {
	Class Class `json:"class,omitempty"` // "" is Ten
	// Month and Day are the last day on which the issues of the year before are
	// filed; 0 is June 30.
	Month time.Month `json:"month,omitempty"`
	Day   int        `json:"day,omitempty"`
	// Ahead is how many days before that somebody is reminded; 0 is 30.
	Ahead int `json:"ahead,omitempty"`
	// NoReceipts says that units are not asked for receipts, so that none
	// belong to the file.
	NoReceipts bool `json:"no_receipts,omitempty"`
	// Fonds (全宗号) and Code (机构或问题代码) are parts of reference codes;
	// without the former there are none.
	Fonds string `json:"fonds,omitempty"`
	Code  string `json:"code,omitempty"`
}

// Keeps returns the class of the rule.
func (r Rule) Keeps() Class {
	if r.Class == "" {
		return Ten
	}
	return r.Class
}

// Propose returns the class that an issue is proposed for: the rule's, and the
// next longer one for an issue with remarks of leaders.
func (r Rule) Propose(remarked bool) Class {
	if remarked {
		return r.Keeps().Longer()
	}
	return r.Keeps()
}

// Deadline returns the last day on which the issues of a year are filed in time.
func (r Rule) Deadline(year int) calendar.Day {
	if r.Month == 0 {
		return calendar.Day{Year: year + 1, Month: time.June, Day: 30}
	}
	return calendar.Day{Year: year + 1, Month: r.Month, Day: r.Day}
}

// Warning returns the day on which somebody is reminded that the deadline of a
// year comes near.
func (r Rule) Warning(year int) calendar.Day {
	if r.Ahead == 0 {
		return r.Deadline(year).Add(-30)
	}
	return r.Deadline(year).Add(-r.Ahead)
}

// Late reports whether the issues of a year should have been filed before a day.
func (r Rule) Late(year int, today calendar.Day) bool { return r.Deadline(year).Before(today) }

// Year returns the last year whose deadline a day lies behind, so that the day
// after a deadline belongs to the year that should be filed by then.
func (r Rule) Year(day calendar.Day) int {
	if r.Late(day.Year-1, day) {
		return day.Year - 1
	}
	return day.Year - 2
}

// Reference returns the reference code of an item (档号, DA/T 22-2015, 5.4):
// fonds, year, class, office and number, such as Z109-WS·2021-D10-KJJB-0001; ""
// for a rule without a fonds.
func (r Rule) Reference(year int, class Class, no int) string {
	if r.Fonds == "" {
		return ""
	}
	code := ""
	if r.Code != "" {
		code = r.Code + "-"
	}
	return fmt.Sprintf("%s-WS·%d-%s-%s%04d", r.Fonds, year, class.Code(), code, no)
}

var (
	badRule    = fault.Say("retention.bad-rule", "归档规定不能这样设", "the rule of filing cannot be used")
	badClass   = fault.Say("retention.bad-class", "没有这种保管期限：%q；应为永久、30年或10年", "there is no such class: %q; it is for ever, 30 years or 10 years")
	badDay     = fault.Say("retention.bad-day", "归档期限应是每年都有的一天，%d月%d日不是", "the deadline is a day that every year has, which %[2]d/%[1]d is not")
	badAhead   = fault.Say("retention.bad-ahead", "提前提醒的天数应在1至150天之间，不写就是30天", "the reminder comes 1 to 150 days ahead; empty is 30")
	badCode    = fault.Say("retention.bad-code", "全宗号、机构代码由字母和数字组成，各不超过%d个：%q", "fonds and office codes are of letters and digits, at most %d: %q")
	codeAlone  = fault.Say("retention.code-alone", "只有机构代码、没有全宗号，编不出档号；请补全宗号", "an office code without a fonds makes no reference code; add the fonds")
	longAhead  = 150
	codeLength = 16
)

// Validate returns nil, or a fault.Error with the code Invalid and every reason
// why the rule cannot be used.
func (r Rule) Validate() error {
	var reasons []fault.Reason
	add := func(holds bool, reason fault.Reason) {
		if !holds {
			reasons = append(reasons, reason)
		}
	}
	add(r.Keeps().Known(), badClass.With(string(r.Class)))
	// 2021 has no February 29, and neither have most years.
	everyYear := calendar.Day{Year: 2021, Month: r.Month, Day: r.Day}
	add(r.Month == 0 && r.Day == 0 || r.Month > 0 && everyYear.Real(), badDay.With(int(r.Month), r.Day))
	add(r.Ahead >= 0 && r.Ahead <= longAhead, badAhead.With())
	for _, code := range []string{r.Fonds, r.Code} {
		add(codeLike(code), badCode.With(codeLength, code))
	}
	add(r.Code == "" || r.Fonds != "", codeAlone.With())
	if len(reasons) > 0 {
		return fault.New(fault.Invalid, badRule.With(), reasons...)
	}
	return nil
}

func codeLike(code string) bool {
	odd := func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) }
	return utf8.RuneCountInString(code) <= codeLength && !strings.ContainsFunc(code, odd)
}
