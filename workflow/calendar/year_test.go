package calendar

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"jianbao/fault"
)

func day(t *testing.T, text string) Day {
	t.Helper()
	d, ok := ParseDay(text)
	if !ok {
		t.Fatalf("no day %q", text)
	}
	return d
}

// What days off cost is made up for, so that a year has all its days but
// weekends and the statutory holidays: 11 days by State Council Order 644 of
// 2013, 13 by Order 795 of 2024 from 2025 on. A day that is missing in a table,
// or one too many, shows in this sum.
func TestEveryAnnouncementAddsUp(t *testing.T) {
	c := Calendar{Years: Known()}
	years := 0
	for year := 2021; year <= 2026; year++ {
		years++
		days, weekends, works, statutory := 0, 0, 0, 11
		if year >= 2025 {
			statutory = 13
		}
		for d := (Day{year, 1, 1}); d.Year == year; d = d.Add(1) {
			days++
			if weekend(d.Weekday()) {
				weekends++
			}
			if c.Workday(d) {
				works++
			}
		}
		if want := days - weekends - statutory; works != want {
			t.Errorf("%d has %d working days, not %d", year, works, want)
		}
	}
	if len(Known()) != years {
		t.Errorf("%d tables are built in, %d are tried", len(Known()), years)
	}
	for _, y := range Known() {
		if !strings.Contains(y.Source, fmt.Sprintf("国务院办公厅关于%d年部分节假日安排的通知", y.Year)) {
			t.Errorf("%d: the source is %q", y.Year, y.Source)
		}
	}
}

func TestTheFormIsReadAsItWasWritten(t *testing.T) {
	for _, y := range Known() {
		back, err := ReadYear(y.Year, y.Form())
		if err != nil || !reflect.DeepEqual(back, y) {
			t.Errorf("%d came back as %+v, %v", y.Year, back, err)
		}
	}
}

func TestFormsOfEveryHand(t *testing.T) {
	want := Year{Year: 2027, Source: "甲", Days: []Special{
		{Day{2026, 12, 31}, true, "元旦"}, {Day{2027, 1, 1}, true, "元旦"}, {Day{2027, 1, 9}, false, "元旦 补班"},
	}}
	for _, text := range []string{
		"# 来源：甲\n日期,休/班,名称\n2026-12-31至2027-01-01,休,元旦\n2027-01-09,班,元旦 补班\n",
		"\ufeff#来源：甲\r\n\r\n2026年12月31日至2027年1月1日，休，元旦\r\n2027年1月9日，班，元旦 补班",
		"# 来源：甲\n\"2026/12/31\"\t\"休\"\t\"元旦\"\n2027.1.1 休 元旦\n# 说明\n2027/1/9,班,元旦,补班,,\n",
	} {
		if got, err := ReadYear(2027, text); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%q: %+v, %v", text, got, err)
		}
	}
}

func TestAllMistakesOfAFormAreSaidAtOnce(t *testing.T) {
	_, err := ReadYear(2027, strings.Join([]string{
		"2027-02-30,休,春节", "2027-03-01,放,春节", "春节,休", "2027-03-01", "2027-05-03至2027-05-01,休,劳动节", "2027-01-01至2027-12-01,休,全年",
		"2026-11-30,休,元旦", "2028-01-01,休,元旦", "2027-10-04,班,国庆节", "2027-10-01,休", "2027-10-02,休,国庆节", "2027-10-02,班,国庆节",
	}, "\n"))
	if !fault.Is(err, fault.Invalid) {
		t.Fatal(err)
	}
	var keys []string
	for _, r := range fault.As(err).Reasons {
		keys = append(keys, r.Key)
	}
	want := []string{badDay.Key, badLine.Key, badDay.Key, badLine.Key, badRange.Key, badRange.Key,
		otherYear.Key, otherYear.Key, anywayWork.Key, namelessly.Key, twiceDay.Key}
	if !slices.Equal(keys, want) {
		t.Errorf("%q\nwant %q", keys, want)
	}
	for text, key := range map[string]string{"": noDays.Key, strings.Repeat("#\n", 40<<10): tooMuch.Key} {
		if _, err := ReadYear(2027, text); fault.As(err) == nil || fault.As(err).Reasons[0].Key != key {
			t.Errorf("%.10q: %v", text, err)
		}
	}
	if got := (Year{Year: 27, Days: []Special{{Day: Day{27, 13, 1}, Name: "甲"}}}).Validate(); len(got) != 2 {
		t.Errorf("%v", got)
	}
}

func TestTheOfficeOverridesAYear(t *testing.T) {
	own := Year{Year: 2026, Version: 1, Days: []Special{{Day{2026, 10, 8}, true, "本地假日"}}}
	c := Calendar{Years: Known(own)}
	if c.Workday(Day{2026, 10, 8}) || !c.Workday(Day{2026, 10, 1}) || c.Workday(Day{2025, 10, 1}) || len(c.Years) != 6 {
		t.Errorf("%d years", len(c.Years))
	}
}

// The announcement of the next year may speak of December; it is the later one.
func TestTheLaterAnnouncementHolds(t *testing.T) {
	newYears := Day{2027, 12, 31} // a Friday
	c := Calendar{Years: []Year{
		{Year: 2028, Days: []Special{{newYears, true, "元旦"}}},
		{Year: 2027, Days: []Special{{Day{2027, 12, 25}, false, "元旦"}, {newYears, false, "x"}}},
	}}
	if c.Workday(newYears) || !c.Workday(Day{2027, 12, 25}) {
		t.Error("the earlier one holds")
	}
}

func TestYearsThatNobodyEnteredAreNamed(t *testing.T) {
	c := Calendar{Years: Known()}
	at := func(d Day) time.Time { return d.at(12*60, china) }
	if got := c.Unknown(at(Day{2026, 12, 31}), at(Day{2028, 1, 1})); len(got) != 2 || got[0].In(fault.ZH) != "2027年的放假安排尚未录入" {
		t.Errorf("%v", got)
	}
	if got := c.Unknown(at(Day{2021, 1, 1}), at(Day{2026, 12, 31})); got != nil {
		t.Errorf("%v", got)
	}
	if !c.Workday(Day{2027, 1, 1}) {
		t.Error("a holiday was made up")
	}
}

func FuzzReadYear(f *testing.F) {
	f.Add(2026, Known()[5].Form())
	f.Add(2027, "\ufeff# 来源：甲\r\n2027年1月1日至2027年1月3日，休，元旦\n2027/1/9\t班\t元旦")
	f.Add(0, "0000-01-01,休,x")
	f.Fuzz(func(t *testing.T, year int, text string) {
		y, err := ReadYear(year, text)
		if err != nil {
			if !fault.Is(err, fault.Invalid) {
				t.Errorf("%v", err)
			}
			return
		}
		slices.SortFunc(y.Days, func(a, b Special) int { return strings.Compare(a.Day.String(), b.Day.String()) })
		y.Source = strings.Join(strings.Fields(y.Source), " ")
		if back, err := ReadYear(year, y.Form()); err != nil || !reflect.DeepEqual(back, y) {
			t.Errorf("%+v came back as %+v, %v", y, back, err)
		}
	})
}
