package bulletin

import (
	"slices"
	"testing"
)

func TestNumberForms(t *testing.T) {
	for _, c := range []struct {
		line string
		want Number
	}{
		{"第 8 期", Number{Kind: Ordinary, No: 8}},
		{"第８期", Number{Kind: Ordinary, No: 8}},
		{"第０３期", Number{Kind: Ordinary, No: 3}},
		{"第二十三期", Number{Kind: Ordinary, No: 23}},
		{"第一百零八期", Number{Kind: Ordinary, No: 108}},
		{"（第 6 期）", Number{Kind: Ordinary, No: 6}},
		{"第8期（总第108期）", Number{Kind: Ordinary, No: 8, Total: 108}},
		{"第3期   （总42期）", Number{Kind: Ordinary, No: 3, Total: 42}},
		{"〔2025〕第5期", Number{Kind: Ordinary, No: 5, Year: 2025}},
		{"[2015]第2期", Number{Kind: Ordinary, No: 2, Year: 2015}},
		{"【2026】4号", Number{Kind: Ordinary, No: 4, Year: 2026}},
		{"（2026）4号", Number{Kind: Ordinary, No: 4, Year: 2026}},
		{"2018年第1期", Number{Kind: Ordinary, No: 1, Year: 2018}},
		{"2025年 第42期（总第1268期）", Number{Kind: Ordinary, No: 42, Year: 2025, Total: 1268}},
		{"二〇二三年第四期", Number{Kind: Ordinary, No: 4, Year: 2023}},
		{"总第3766期", Number{Kind: Ordinary, Total: 3766}},
		{"增刊第2期", Number{Kind: Supplement, No: 2}},
		{"2024年增刊第2期", Number{Kind: Supplement, No: 2, Year: 2024}},
		{"第2期增刊", Number{Kind: Supplement, No: 2}},
		{"专刊（第3期）", Number{Kind: Special, No: 3}},
		{"2023—2024学年第一学期第5期", Number{Kind: Ordinary, No: 5, Label: "2023—2024学年第一学期第5期"}},
	} {
		rest, got, ok := cutNumber(c.line)
		if !ok || got != c.want || rest != "" {
			t.Errorf("%s: got %+v %v, rest %q", c.line, got, ok, rest)
		}
	}
}

func TestWhatIsNoNumber(t *testing.T) {
	for _, line := range []string{"长安街4号", "3期", "7月2日，召开第5次会议", "通知，见第3期", "第99999999期", ""} {
		if _, n, ok := cutNumber(line); ok {
			t.Errorf("%s: got %+v", line, n)
		}
	}
}

func TestDateForms(t *testing.T) {
	day := Date{2017, 1, 12}
	for _, c := range []struct {
		line, rest string
		want       Date
	}{
		{"2017 年 1 月 12 日", "", day},
		{"2017年01月12日", "", day},
		{"二0一七年一月十二日", "", day},
		{"二〇一七年一月十二日", "", day},
		{"二○一七年一月十二日", "", day},
		{"２０１７年１月１２日", "", day},
		{"2017.1.12", "", day},
		{"2017-01-12 18:00", "", day},
		{"2017-1-12 8:00", "", day},
		{"2017/1/12", "", day},
		{"2017年1月12日（星期四）", "", day},
		{"二00八年一月十八日", "", Date{2008, 1, 18}},
		{"某市（示例）科技局　　2017年1月12日", "某市（示例）科技局", day},
		{"二〇二三年十二月三十一日", "", Date{2023, 12, 31}},
	} {
		rest, d, ok := cutDate(c.line)
		if !ok || d.date != c.want || rest != c.rest {
			t.Errorf("%s: got %v %v, rest %q", c.line, d.date, ok, rest)
		}
	}
	for _, line := range []string{"7月2日", "2021年7月", "热线 12345", "1.2.3"} {
		if _, d, ok := cutDate(line); ok {
			t.Errorf("%s: got %v", line, d)
		}
	}
}

const restOfBulletin = "\n【要闻】\n春耕收尾。全市春耕面积完成98%。\n报：市委。\n（共印3份）\n"

func TestHeads(t *testing.T) {
	day := Date{2021, 7, 15}
	for _, c := range []struct {
		name, head string
		want       Document
	}{
		{"organ and date on one line", "科技简报\n第8期\n示例市科技局        2021年7月15日",
			Document{Masthead: "科技简报", Number: Number{Kind: Ordinary, No: 8}, Organs: []string{"示例市科技局"}, Date: day}},
		{"organ above a spaced masthead, number and date after a tab", "示例市城管局\n运 行 月 报\n〔2021〕第6期（总第9期）\t2021年7月15日",
			Document{Masthead: "运行月报", Number: Number{Kind: Ordinary, No: 6, Year: 2021, Total: 9}, Organs: []string{"示例市城管局"}, Date: day}},
		{"signatory beside the organ", "示例应急值班信息\n第3期\n示例市应急管理局                    签发人：叶  飞\n2021年7月15日",
			Document{Masthead: "示例应急值班信息", Number: Number{Kind: Ordinary, No: 3}, Organs: []string{"示例市应急管理局"}, Date: day,
				Roles: []Role{{"签发人", []string{"叶飞"}}}}},
		{"masthead and number on one line", "示例农业气象信息—第3期   （总42期）\n示例市气象局\n2021年7月15日",
			Document{Masthead: "示例农业气象信息", Number: Number{Kind: Ordinary, No: 3, Total: 42}, Organs: []string{"示例市气象局"}, Date: day}},
		{"number on two lines", "舆情专报\n第3期\n（总第16期）\n示例市网信办  2021年7月15日",
			Document{Masthead: "舆情专报", Number: Number{Kind: Ordinary, No: 3, Total: 16}, Organs: []string{"示例市网信办"}, Date: day}},
		{"two organs with what they do", "科技简报\n第8期\n示例市科技局　示例市财政局主办\n2021年7月15日",
			Document{Masthead: "科技简报", Number: Number{Kind: Ordinary, No: 8}, Organs: []string{"示例市科技局", "示例市财政局"}, Date: day}},
		{"an organ that does not end like one, above the date", "科技简报\n第8期\n示例市科学技术\n2021年7月15日",
			Document{Masthead: "科技简报", Number: Number{Kind: Ordinary, No: 8}, Organs: []string{"示例市科学技术"}, Date: day}},
		{"notices and urgency", "内部资料\n注意保存\n特 急\n科技简报\n第8期\n示例市科技局\n2021年7月15日",
			Document{Masthead: "科技简报", Number: Number{Kind: Ordinary, No: 8}, Organs: []string{"示例市科技局"}, Date: day, Notice: "内部资料 注意保存", Urgency: "特急"}},
		{"the name once more", "科 技 简 报\n第8期\n科技简报\n示例市科技局\n2021年7月15日",
			Document{Masthead: "科技简报", Number: Number{Kind: Ordinary, No: 8}, Organs: []string{"示例市科技局"}, Date: day}},
		{"pre-printed paper", "第8期\n示例市科技局\n2021年7月15日",
			Document{Number: Number{Kind: Ordinary, No: 8}, Organs: []string{"示例市科技局"}, Date: day}},
		{"no number", "科 技 简 报\n示例市科技局\n2021年7月15日",
			Document{Masthead: "科技简报", Number: Number{Kind: Ordinary}, Organs: []string{"示例市科技局"}, Date: day}},
		{"labels for the organs", "科技简报\n第8期\n主办：示例市科技局\n承办：示例市情报所\n2021年7月15日",
			Document{Masthead: "科技简报", Number: Number{Kind: Ordinary, No: 8}, Organs: []string{"示例市科技局"}, Undertakers: []string{"示例市情报所"}, Date: day}},
	} {
		d := Parse(c.head + restOfBulletin).Document
		if len(d.Sections) != 1 || len(d.Items()) != 1 {
			t.Errorf("%s: the body is %+v", c.name, d.Sections)
		}
		got := Document{Masthead: d.Masthead, Number: d.Number, Organs: d.Organs, Undertakers: d.Undertakers, Date: d.Date,
			Notice: d.Notice, Urgency: d.Urgency, Roles: d.Roles, Extra: d.Extra}
		if c.want.Number.Year == 0 && c.want.Number.No > 0 {
			c.want.Number.Year, c.want.Number.YearFromDate = 2021, true
		}
		if !same(got, c.want) {
			t.Errorf("%s:\n got %+v\nwant %+v", c.name, got, c.want)
		}
	}
}

func TestHeadDoubts(t *testing.T) {
	for _, c := range []struct{ head, code string }{
		{"科技简报\n第8期\n示例市科技局\n2024年2月30日", "impossible-date"},
		{"科技简报\n2020年第8期\n示例市科技局\n2024年2月3日", "year-differs"},
		{"科技简报\n示例市科技局\n2024年2月3日", "no-number"},
		{"科技简报\n第8期\n示例市科技局", "no-date"},
		{"科技简报\n第8期\n2024年2月3日", "no-organ"},
		{"第8期\n示例市科技局\n2024年2月3日", "no-masthead"},
		{"ᠤᠷᠳᠤᠰ\n科技简报\n第8期\n示例市科技局\n2024年2月3日", "unknown-head"},
	} {
		if got := codes(Parse(c.head + restOfBulletin).Problems); !slices.Contains(got, c.code) {
			t.Errorf("%q: %s is not in %v", c.head, c.code, got)
		}
	}
}

func TestRemarkSlot(t *testing.T) {
	head := "科技简报\n第8期\n示例市科技局\n2021年7月15日\n"
	for _, c := range []struct {
		name, slot string
		want       Remark
		doubt      bool
	}{
		{"empty", "领导批示：", Remark{Slot: true}, false},
		{"none", "", Remark{}, false},
		{"filled and signed", "领导批示：\n请市发改委牵头研究。\n        王某某  7月18日",
			Remark{Slot: true, Text: "请市发改委牵头研究。", By: "王某某", Date: Date{2021, 7, 18}}, false},
		{"signed with a two-character name and a year", "领导批示：请阅。\n　　乔 栋 2021年7月19日",
			Remark{Slot: true, Text: "请阅。", By: "乔栋", Date: Date{2021, 7, 19}}, false},
		{"not signed", "领导批示：\n请办公室阅处。", Remark{Slot: true, Text: "请办公室阅处。"}, true},
	} {
		r := Parse(head + c.slot + restOfBulletin)
		if r.Document.Remark != c.want {
			t.Errorf("%s: got %+v", c.name, r.Document.Remark)
		}
		if got := slices.Contains(codes(r.Problems), "remark-unsigned"); got != c.doubt {
			t.Errorf("%s: doubted %v", c.name, got)
		}
		if len(r.Document.Items()) != 1 {
			t.Errorf("%s: the body is %+v", c.name, r.Document.Sections)
		}
	}
}
