package calendar

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"jianbao/fault"
	"jianbao/recipients/table"
	"jianbao/workflow/calendar/ics"
)

// noSheet stands for package sheets, which is not for this room.
func noSheet([]byte) (table.Table, error) {
	return table.Table{}, fault.New(fault.Invalid, badForm.With(0))
}

// TestEveryFormIsTheSameTable: whatever a year is handed round as, what is read
// is the table.
func TestEveryFormIsTheSameTable(t *testing.T) {
	for _, want := range Known() {
		sheet := func([]byte) (table.Table, error) { return want.Table(), nil }
		for name, c := range map[string]struct {
			data  string
			sheet func([]byte) (table.Table, error)
		}{
			"notice":   {notice(t, want.Year), noSheet},
			"form":     {want.Form(), noSheet},
			"calendar": {string(ics.Write(want.Calendar())), noSheet},
			"sheet":    {"PK\x03\x04\x00", sheet},
		} {
			got, err := Import(want.Year, []byte(c.data), c.sheet)
			if err != nil || !reflect.DeepEqual(got.Days, want.Days) || len(Compare(got, want)) > 0 {
				t.Errorf("%d as %s: %v\n%s", want.Year, name, err, got.Form())
			}
		}
	}
}

func TestCalendarsOfOthers(t *testing.T) {
	event := func(lines string) string { return "BEGIN:VEVENT\n" + lines + "\nEND:VEVENT\n" }
	off := func(text string) Special { return Special{Day: day(t, text), Off: true, Name: "国庆节"} }
	work := func(text string) Special { return Special{Day: day(t, text), Name: "国庆节"} }
	for name, c := range map[string]struct {
		events string
		want   []Special
		why    []fault.Reason
	}{
		"days on end, and one that is no day off": {
			event("DTSTART;VALUE=DATE:20261001\nDTEND;VALUE=DATE:20261003\nSUMMARY:国庆节 假期 第1天/共2天") + event("DTSTART;VALUE=DATE:20261018\nSUMMARY:重阳节") + event("DTSTART;VALUE=DATE:20261010\nSUMMARY:国庆节 补班"),
			[]Special{off("2026-10-01"), off("2026-10-02"), work("2026-10-10")}, nil},
		"by Apple's mark": {
			event("DTSTART;VALUE=DATE:20261001\nSUMMARY:国庆节\nX-APPLE-SPECIAL-DAY:WORK-HOLIDAY") + event("DTSTART;VALUE=DATE:20261010\nSUMMARY:国庆节\nX-APPLE-SPECIAL-DAY:ALTERNATE-WORKDAY"),
			[]Special{off("2026-10-01"), work("2026-10-10")}, nil},
		"another year, and its New Year": {
			event("DTSTART;VALUE=DATE:20251001\nSUMMARY:国庆节（休）") + event("DTSTART;VALUE=DATE:20251231\nSUMMARY:元旦（休）") + event("DTSTART;VALUE=DATE:20261231\nSUMMARY:元旦（休）"),
			[]Special{{Day: day(t, "2025-12-31"), Off: true, Name: "元旦"}}, nil},
		"no marks":     {event("DTSTART;VALUE=DATE:20261001\nSUMMARY:国庆节"), nil, []fault.Reason{unmarked.With(2026)}},
		"two months":   {event("DTSTART;VALUE=DATE:20260701\nDTEND;VALUE=DATE:20260901\nSUMMARY:暑假放假"), nil, []fault.Reason{longEvent.With(2, 32, "暑假放假")}},
		"work on work": {event("DTSTART;VALUE=DATE:20261009\nSUMMARY:国庆节 补班"), []Special{work("2026-10-09")}, []fault.Reason{anywayWork.With("2026-10-09")}},
	} {
		y, err := Import(2026, []byte("BEGIN:VCALENDAR\n"+c.events+"END:VCALENDAR\n"), noSheet)
		var why []fault.Reason
		if refusal := fault.As(err); refusal != nil {
			why = refusal.Reasons
		}
		if !reflect.DeepEqual(y.Days, c.want) || !reflect.DeepEqual(why, c.why) {
			t.Errorf("%s: %v %v", name, y.Days, why)
		}
	}
}

func TestSheetsOfOthers(t *testing.T) {
	titled := table.Table{Header: []string{"日期", "类型", "节日"}, HeaderLine: 2, Rows: [][]any{{"2026年10月1日至2026年10月7日", "放假", "国庆节"}, {"2026/10/10", "补班", "国庆节"}, {"2026-10-32", "休", "国庆节"}, {"2026-10-11", "?", "国庆节"}}, Lines: []int{3, 4, 6, 7}}
	y, err := ReadTable(2026, titled)
	if got := fault.As(err); len(y.Days) != 8 || got == nil || !reflect.DeepEqual(got.Reasons, []fault.Reason{badDay.With(6, "2026-10-32"), badLine.With(7, "2026-10-11,?,国庆节")}) {
		t.Errorf("%v %v", y.Days, err)
	}
	bare := table.Table{Header: []string{"2026-10-01", "休", "国庆节"}, Rows: [][]any{{"2026-10-02", "休", "国庆节"}}}
	if y, err := ReadTable(2026, bare); err != nil || len(y.Days) != 2 {
		t.Errorf("without titles: %v %v", y.Days, err)
	}
}

func TestWhatDiffers(t *testing.T) {
	y, _ := YearOf(Known(), 2026)
	if all := Compare(y, y); len(all) != 0 {
		t.Errorf("of itself: %v", all)
	}
	changed := y.With(day(t, "2026-10-08"), &Special{Day: day(t, "2026-10-08"), Off: true, Name: "国庆节"}).With(day(t, "2026-10-10"), nil).
		With(day(t, "2026-05-05"), &Special{Day: day(t, "2026-05-05"), Off: true, Name: "五一"})
	var got []string
	for _, d := range Compare(y, changed) {
		got = append(got, d.Say().In(fault.ZH))
	}
	want := []string{"2026-05-05：原为休（劳动节），改为休（五一）", "2026-10-08：原为上班，改为休（国庆节）", "2026-10-10：原为上班（国庆节调休），改为周末"}
	if !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	if again, _ := YearOf(Known(), 2026); len(Compare(y, again)) != 0 {
		t.Error("the built-in table was changed")
	}
}

func TestTheNextYearIsAwaited(t *testing.T) {
	c := Calendar{Years: Known()}
	for text, want := range map[string]int{"2026-11-30 23:59:59": 0, "2026-12-01 00:00:00": 2027, "2027-01-05 09:00:00": 2027, "2025-12-20 09:00:00": 0} {
		if got := c.Awaited(at(t, text)); got != want {
			t.Errorf("%s: %d, not %d", text, got, want)
		}
	}
}

func TestAChangeHasItsReason(t *testing.T) {
	before, _ := YearOf(Known(), 2026)
	own := before
	own.Version = 1
	other := own.With(day(t, "2026-10-08"), &Special{Day: day(t, "2026-10-08"), Off: true, Name: "国庆节"})
	for name, c := range map[string]struct {
		change Change
		before Year
		want   []fault.Reason
	}{
		"well":           {Change{Reason: "市政府通知", Table: &other, At: time.Now()}, own, nil},
		"taken away":     {Change{Reason: "录错了"}, own, nil},
		"no reason":      {Change{Reason: " ", Table: &other}, own, []fault.Reason{whyChanged.With(longestReason)}},
		"long reason":    {Change{Reason: strings.Repeat("因", longestReason+1), Table: &other}, own, []fault.Reason{whyChanged.With(longestReason)}},
		"nothing new":    {Change{Reason: "核对", Table: &own, Version: 1}, own, []fault.Reason{nothingToSay.With()}},
		"made one's own": {Change{Reason: "核对", Table: &before}, before, nil},
		"no table":       {Change{Reason: "核对", Table: &Year{Year: 2027}}, Year{Year: 2027}, []fault.Reason{noDays.With(2027)}},
	} {
		var got []fault.Reason
		if refusal := fault.As(c.change.Validate(c.before)); refusal != nil {
			got = refusal.Reasons
		}
		if !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %v", name, got)
		}
	}
}
