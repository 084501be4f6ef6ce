package ics

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"jianbao/fault"
	"pgregory.net/rapid"
)

func zone(t *testing.T, name string) *time.Location {
	t.Helper()
	z, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

var due = time.Date(2026, 7, 31, 9, 30, 0, 0, time.UTC)

func TestWhatIsWritten(t *testing.T) {
	c := Calendar{Product: "-//jianbao//deadlines//ZH", Name: "办理期限", Zone: zone(t, "Asia/Shanghai"), Events: []Event{
		{UID: "a@jianbao", Begins: due, Changed: due, Summary: "《鄂尔多斯日报》, 审核; \\ 至\n明天", URL: "https://j.example/issues/1"},
	}}
	want := strings.Join([]string{
		"BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//jianbao//deadlines//ZH", "CALSCALE:GREGORIAN", "METHOD:PUBLISH", "X-WR-CALNAME:办理期限", "X-WR-TIMEZONE:Asia/Shanghai",
		"BEGIN:VTIMEZONE", "TZID:Asia/Shanghai", "BEGIN:STANDARD", "DTSTART:19920101T000000", "TZOFFSETFROM:+0800", "TZOFFSETTO:+0800", "END:STANDARD", "END:VTIMEZONE",
		"BEGIN:VEVENT", "UID:a@jianbao", "DTSTAMP:20260731T093000Z", "DTSTART;TZID=Asia/Shanghai:20260731T173000", `SUMMARY:《鄂尔多斯日报》\, 审核\; \\ 至\n明天`, "URL:https://j.example/issues/1", "END:VEVENT",
		"END:VCALENDAR", "",
	}, "\r\n")
	if got := string(Write(c)); got != want {
		t.Errorf("%s\nnot\n%s", got, want)
	}
	c.Zone = zone(t, "Europe/Berlin") // whose clocks change
	if got := string(Write(c)); !strings.Contains(got, "DTSTART:20260731T093000Z\r\n") || strings.Contains(got, "VTIMEZONE") {
		t.Errorf("of a zone with summer time: %s", got)
	}
}

// TestEveryCalendarComesBack: lines are no longer than RFC 5545 section 3.1 has
// them, end in CRLF, are cut between characters, and say what they said.
func TestEveryCalendarComesBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOfN(rapid.RuneFrom([]rune("简报报送审核期限,;\\:\"\n abcXYZ😀\t")), 0, 120, -1)
		c := Calendar{Product: "p", Events: []Event{{
			UID: "u", Begins: due, Ends: due.Add(time.Hour), Changed: due, Summary: text.Draw(t, "summary"), Description: text.Draw(t, "description"), URL: "https://j.example/" + strings.Repeat("x", rapid.IntRange(0, 200).Draw(t, "url")),
		}}}
		if rapid.Bool().Draw(t, "all day") {
			c.Events[0].AllDay = true
			c.Events[0].Begins, c.Events[0].Ends = due.Truncate(24*time.Hour), due.Truncate(24*time.Hour).AddDate(0, 0, 3)
		}
		written := Write(c)
		for _, line := range strings.SplitAfter(strings.TrimSuffix(string(written), "\r\n"), "\r\n") {
			if bare := strings.TrimSuffix(line, "\r\n"); len(bare) > longestLine || strings.ContainsAny(bare, "\r\n") || strings.ToValidUTF8(bare, "?") != bare {
				t.Errorf("a line of %d octets: %q", len(bare), bare)
			}
		}
		got, err := Read(written)
		if err != nil {
			t.Fatal(err)
		}
		got[0].Line = 0
		if !reflect.DeepEqual(got, c.Events) {
			t.Errorf("%+v, not %+v", got, c.Events)
		}
	})
}

func TestWhatOthersWrite(t *testing.T) {
	got, err := Read([]byte("\ufeffBEGIN:VCALENDAR\nBEGIN:VTIMEZONE\nTZID:x\nBEGIN:STANDARD\nDTSTART:19700101T000000\nEND:STANDARD\nEND:VTIMEZONE\n" +
		"BEGIN:VEVENT\nDTSTART;VALUE=DATE:20261001\nDTEND;VALUE=DATE:20261008\nSUMMARY;LANGUAGE=zh_CN:国庆节\n （休）\nX-APPLE-SPECIAL-DAY:WORK-HOLIDAY\nBEGIN:VALARM\nSUMMARY:no\nEND:VALARM\nEND:VEVENT\n" +
		"BEGIN:VEVENT\nDTSTART;TZID=\"Asia/Shanghai\":20261010T000000\nSUMMARY:班\nEND:VEVENT\nEND:VCALENDAR\n"))
	day := func(d int) time.Time { return time.Date(2026, 10, d, 0, 0, 0, 0, time.UTC) }
	want := []Event{
		{Begins: day(1), Ends: day(8), AllDay: true, Summary: "国庆节（休）", Special: "WORK-HOLIDAY", Line: 8},
		{Begins: time.Date(2026, 10, 10, 0, 0, 0, 0, zone(t, "Asia/Shanghai")), Summary: "班", Line: 18},
	}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestWhatCannotBeRead(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want []fault.Reason
	}{
		"something else": {"日期,休,国庆节", []fault.Reason{notOne.With()}},
		"cut off":        {"BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20261001", []fault.Reason{broken.With(2)}},
		"two mistakes":   {"BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:today\nEND:VEVENT\nBEGIN:VEVENT\nEND:VEVENT", []fault.Reason{badTime.With(3, "today"), noTime.With(2), noTime.With(5)}},
		"too many":       {"BEGIN:VCALENDAR\n" + strings.Repeat("BEGIN:VEVENT\nDTSTART:20261001\nEND:VEVENT\n", MaxEvents+1), []fault.Reason{tooLarge.With(MaxSize>>20, MaxEvents)}},
		"too large":      {"BEGIN:VCALENDAR" + strings.Repeat(" ", MaxSize), []fault.Reason{tooLarge.With(MaxSize>>20, MaxEvents)}},
	} {
		_, err := Read([]byte(c.text))
		if refusal := fault.As(err); refusal == nil || !reflect.DeepEqual(refusal.Reasons, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
