package ready

import (
	"strings"
	"testing"

	"jianbao/bulletin"
	"jianbao/fault"
)

func TestDaysInTheText(t *testing.T) {
	for _, c := range []struct {
		line string
		want []string
	}{
		{"7月2日（星期五），市科技局召开会议。", nil},
		{"7月2日（星期四），市科技局召开会议。", []string{WeekdayDiffers}},
		{"7 月 2 日(周四)，市科技局召开会议。", []string{WeekdayDiffers}},
		{"7月2日星期四，市科技局召开会议。", []string{WeekdayDiffers}},
		{"7月2日周一鸣主持召开会议。", nil},
		{"7月2日周一上午，市科技局召开会议。", []string{WeekdayDiffers}},
		{"七月二日（星期天），市科技局召开会议。", []string{WeekdayDiffers}},
		{"2020年7月2日（星期四），市科技局召开会议。", nil},
		{"二〇二〇年七月二日（星期五），市科技局召开会议。", []string{WeekdayDiffers}},
		{"市科技局2020年5月1日成立，7月2日（星期四）挂牌。", nil}, // of 2020 as well
		{"2月30日，市科技局召开会议。", []string{DateImpossible}},
		{"2月29日，市科技局召开会议。", []string{DateImpossible}},
		{"2020年2月29日，市科技局召开会议。", nil},
		{"13月5日，市科技局召开会议。", []string{DateImpossible}},
		{"6月28日至31日，市科技局开展督导。", []string{DateImpossible}},
		{"6月28-30日，市科技局开展督导。", nil},
		{"7月20日，市科技局召开会议。", []string{DateAhead}},
		{"２０２１年７月２０日，市科技局召开会议。", []string{DateAhead}},
		{"截至目前，任务过半，7月16日统计如此。", []string{DateAhead}},
		{"市科技局将于7月20日召开会议。", nil},
		{"征集工作7月20日截止。", nil},
		{"请于7月20日前报送材料。", nil},
		{"该办法自2021年9月1日起施行。", nil},
		{"到2023年，制修订100项以上国家标准。", nil},
		{"去年12月20日，市科技局召开会议。", nil},
		{"去年2月30日，市科技局召开会议。", []string{DateImpossible}},
		{"翌年2月30日，市科技局召开会议。", nil}, // of a year that nobody knows
		{"第7月32日号文件", nil},
		{"研发投入18.7月30日元", nil},
	} {
		var got []string
		for _, f := range checked(issue(c.line), Facts{}) {
			got = append(got, f.Code)
			if f.Line != firstItem || f.Item != 1 {
				t.Errorf("%s: at %d/%d", c.line, f.Line, f.Item)
			}
		}
		if strings.Join(got, " ") != strings.Join(c.want, " ") {
			t.Errorf("%s: %v, want %v", c.line, got, c.want)
		}
	}
}

func TestDecemberIsLastYearsInJanuary(t *testing.T) {
	january := func(line string) string {
		return strings.Replace(issue(line), "2021年7月15日", "2021年1月5日", 1)
	}
	wantPlaces(t, "a day of December", checked(january("12月30日（星期三），市科技局召开会议。"), Facts{}))
	wantPlaces(t, "its weekday", checked(january("12月30日（星期四），市科技局召开会议。"), Facts{}), "weekday-differs@6/1")
}

func TestTheDateOfTheIssue(t *testing.T) {
	for _, c := range []struct {
		date string
		want []string
	}{
		{"2021年7月15日（星期四）", nil},
		{"2021年7月15日（星期五）", []string{"weekday-differs@4/0"}},
		{"2021年2月30日", []string{"date-impossible@4/0"}},
		{"", []string{"no-date@0/0"}},
	} {
		text := strings.Replace(issue("市科技局召开了会议。"), "2021年7月15日", c.date, 1)
		wantPlaces(t, c.date, checked(text, Facts{}), c.want...)
	}
	found := checked(strings.Replace(issue("市科技局召开了会议。"), "2021年7月15日", "2021年2月30日", 1), Facts{})
	if found[0].Severity != bulletin.Block || !strings.Contains(found[0].Reason.In(fault.ZH), "2021年2月30日") {
		t.Errorf("%+v", found[0])
	}
	doc := bulletin.Document{Date: bulletin.Date{Year: 2021, Month: 2, Day: 30}}
	if found := Check(doc, Facts{}); len(found) != 1 || found[0].Code != DateImpossible {
		t.Errorf("a document made by hand: %+v", found)
	}
}

func TestNumbers(t *testing.T) {
	day := func(month, d int) bulletin.Date {
		return bulletin.DateOf(bulletin.Date{Year: 2021, Month: 1, Day: 1}.In(shanghai).AddDate(0, month-1, d-1))
	}
	ordinary := func(no int, date bulletin.Date) Registered {
		return Registered{Kind: bulletin.Ordinary, Year: 2021, No: no, Date: date}
	}
	void := ordinary(8, bulletin.Date{})
	void.Void = true
	for _, c := range []struct {
		name     string
		register []Registered
		want     []string
	}{
		{"the first that is registered here", nil, nil},
		{"the next", []Registered{ordinary(7, day(7, 1))}, nil},
		{"taken", []Registered{ordinary(7, day(7, 1)), ordinary(8, day(7, 2))}, []string{"number-taken@2/0"}},
		{"void", []Registered{void}, []string{"number-taken@2/0"}},
		{"a gap", []Registered{ordinary(5, day(6, 1))}, []string{"number-gap@2/0"}},
		{"behind", []Registered{ordinary(7, day(7, 1)), ordinary(9, day(7, 20))}, []string{"number-behind@2/0"}},
		{"another kind", []Registered{{Kind: bulletin.Supplement, Year: 2021, No: 8}}, nil},
		{"another year", []Registered{{Kind: bulletin.Ordinary, Year: 2020, No: 8}}, nil},
		{"earlier than the one before", []Registered{ordinary(7, day(7, 16))}, []string{"date-backwards@4/0"}},
		{"on the same day", []Registered{ordinary(7, day(7, 15))}, nil},
	} {
		wantPlaces(t, c.name, checked(issue("市科技局召开了会议。"), Facts{Register: c.register}), c.want...)
	}
	text := strings.Replace(issue("市科技局召开了会议。"), "第 8 期", "2020年第8期", 1)
	wantPlaces(t, "year", checked(text, Facts{}), "year-differs@2/0")
}
