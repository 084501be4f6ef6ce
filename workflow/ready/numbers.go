package ready

import (
	"fmt"

	"jianbao/bulletin"
	"jianbao/fault"
)

var (
	numberTaken  = fault.Say("ready.number-taken", "%d年%s第%d期已经有了", "%[2]s number %[3]d of %[1]d is taken by another issue")
	numberVoid   = fault.Say("ready.number-void", "%d年%s第%d期已作废，号码不能再用", "%[2]s number %[3]d of %[1]d is void and is not given again")
	numberGap    = fault.Say("ready.number-gap", "上一期是第%d期，本期是第%d期，中间缺%d期", "the last issue was number %d and this one is %d; %d are left out")
	numberBehind = fault.Say("ready.number-behind", "登记簿已到第%d期，本期却是第%d期", "the register has reached number %d, and this is %d")
	yearDiffers  = fault.Say("ready.year-differs", "期号写的是%d年，日期却是%d年", "the number line says %d, the date %d")
)

// year returns the year of the number: numbers run within it.
func (t *text) year() int {
	if t.Number.Year > 0 {
		return t.Number.Year
	}
	return t.Date.Year
}

// checkNumber looks at the number in the register. Two issues with one number
// cannot be filed or quoted, and a void number is never given again: both block.
// Gaps and places filled later ask, for an office may have a reason. A register
// that has nothing of the year says nothing: the office may have begun with
// this program in the middle of it.
func checkNumber(t *text) []Finding {
	no, year := t.Number.No, t.year()
	if no == 0 || year == 0 {
		return nil
	}
	line := t.headLine(fmt.Sprintf("%d期", no))
	last := 0
	for _, r := range t.Register {
		if r.Kind != t.Number.Kind || r.Year != year {
			continue
		}
		if r.No == no {
			sentence := numberTaken
			if r.Void {
				sentence = numberVoid
			}
			return []Finding{{NumberTaken, bulletin.Block, line, 0, sentence.With(year, string(r.Kind), no)}}
		}
		last = max(last, r.No)
	}
	switch {
	case last == 0 || no == last+1:
		return nil
	case no > last:
		return []Finding{{NumberGap, bulletin.Ask, line, 0, numberGap.With(last, no, no-last-1)}}
	}
	return []Finding{{NumberBehind, bulletin.Ask, line, 0, numberBehind.With(last, no)}}
}

// checkYear compares the year of the number with the date. It asks: an issue
// signed on 31 December and registered on 2 January keeps the year of its date.
func checkYear(t *text) []Finding {
	if n := t.Number; n.Year > 0 && !t.Date.IsZero() && n.Year != t.Date.Year {
		return []Finding{{YearDiffers, bulletin.Ask, t.headLine(fmt.Sprint(n.Year)), 0, yearDiffers.With(n.Year, t.Date.Year)}}
	}
	return nil
}
