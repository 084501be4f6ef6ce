package calendar

import (
	"embed"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"jianbao/fault"
)

// The notices as gov.cn has them, without the pages around them.
//
//go:embed testdata/*.txt
var notices embed.FS

func notice(t *testing.T, year int) string {
	t.Helper()
	text, err := notices.ReadFile(fmt.Sprintf("testdata/%d.txt", year))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestTheNoticesAreTheTables: reading each notice gives the table that is built
// in, day for day, and its source.
func TestTheNoticesAreTheTables(t *testing.T) {
	for _, want := range Known() {
		text := notice(t, want.Year)
		if !Announces(text) {
			t.Errorf("%d does not look like a notice", want.Year)
		}
		for name, form := range map[string]string{
			"as it is":           text,
			"in one line":        strings.ReplaceAll(text, "\n", " "),
			"with CR LF":         strings.ReplaceAll(text, "\n", "\r\n"),
			"narrow parentheses": strings.NewReplacer("（", "(", "）", ")").Replace(text),
		} {
			got, err := ReadAnnouncement(want.Year, form)
			if err != nil || !reflect.DeepEqual(got, want) {
				t.Errorf("%d %s: %v\n%s\nnot\n%s", want.Year, name, err, got.Form(), want.Form())
			}
		}
	}
}

func TestANoticeThatContradictsItself(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []fault.Reason
	}{
		{"a sentence without its notice", "国庆节：10月1日至7日放假调休，共7天。9月28日（星期日）、10月11日（星期六）上班。", nil},
		{"New Year that begins in December", "元旦：12月30日至1月1日放假调休，共3天。2024年12月29日（星期日）上班。", nil},
		{"a wrong day of the week", "国庆节：10月1日（周四）至7日放假。\n9月27日（星期日）上班。", []fault.Reason{
			oddWeekday.With(1, "10月1日", "四"), oddWeekday.With(2, "9月27日", "日")}},
		{"a wrong sum", "\n国庆节：10月1日至8日放假调休，共7天。", []fault.Reason{oddCount.With(2, 7, 8)}},
		{"no such day", "清明节：2月30日放假。", []fault.Reason{oddSentence.With(1, "2月30日放假。")}},
		{"backwards", "国庆节：10月7日至1日放假。", []fault.Reason{badRange.With(1, "10月7日至1日放假。")}},
		{"another way to say it", "国庆节：从10月1日起放假。10月11日或12日上班。", []fault.Reason{
			oddSentence.With(1, "从10月1日起放假。"), oddSentence.With(1, "10月11日或12日上班。")}},
		{"of another year", notice(t, 2024), []fault.Reason{otherNotice.With(2024, 2025)}},
		{"something else", "各单位：请报送简报。", []fault.Reason{noItems.With()}},
		{"work on a weekday", "国庆节：10月1日放假。10月9日上班。", []fault.Reason{anywayWork.With("2025-10-09")}},
		{"too long", strings.Repeat("元旦：1月1日放假。", largestForm/16), []fault.Reason{tooMuch.With()}},
	} {
		_, err := ReadAnnouncement(2025, c.text)
		var got []fault.Reason
		if refusal := fault.As(err); refusal != nil {
			got = refusal.Reasons
		}
		if c.name == "of another year" { // its days of the week are wrong, too
			got = got[:1]
		}
		if !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %v, not %v", c.name, got, c.want)
		}
	}
}

func FuzzAnnouncement(f *testing.F) {
	for _, y := range Known() {
		text, _ := notices.ReadFile(fmt.Sprintf("testdata/%d.txt", y.Year))
		f.Add(y.Year, string(text))
	}
	f.Fuzz(func(t *testing.T, year int, text string) {
		y, err := ReadAnnouncement(year, text)
		if err == nil {
			if again, err := ReadYear(year, y.Form()); err != nil || len(again.Days) != len(y.Days) {
				t.Errorf("%v: %s", err, y.Form())
			}
		}
	})
}
