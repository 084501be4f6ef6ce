package remarks

import (
	"testing"
	"time"

	"jianbao/bulletin"
)

func TestARemarkIsReadOutOfAMail(t *testing.T) {
	at := time.Date(2021, 7, 17, 9, 0, 0, 0, time.UTC)
	d := bulletin.Document{Sections: []bulletin.Section{{Items: []bulletin.Item{
		{Lead: "我市出台科技新政十条。", Paragraphs: []string{"全文"}}, {Lead: "煤化工中试基地开工。", Paragraphs: []string{"全文"}}, {Paragraphs: []string{"煤化工产业链招商"}},
	}}}}
	day := func(year, month, day int) bulletin.Date {
		return bulletin.Date{Year: year, Month: time.Month(month), Day: day}
	}
	for name, c := range map[string]struct {
		words string
		want  Writing
	}{
		"signed below":       {"请市发改委牵头研究，7月底前报我。\n张三  7月16日", Writing{Leader: "张三", Text: "请市发改委牵头研究，7月底前报我。", Date: day(0, 7, 16)}},
		"signed in line":     {"请发改委阅处。　张三　2021年7月16日", Writing{Leader: "张三", Text: "请发改委阅处。", Date: day(2021, 7, 16)}},
		"on two lines":       {"请工信局研究，三日内报我。\n\n李明\n2021.7.16", Writing{Leader: "李明", Text: "请工信局研究，三日内报我。", Date: day(2021, 7, 16)}},
		"by a secretary":     {"王志强市长7月16日批示：请科技局阅研。", Writing{Leader: "王志强", Role: "市长", Text: "请科技局阅研。", Date: day(0, 7, 16)}},
		"only a surname":     {"王市长批示：请科技局阅研。", Writing{Leader: "王市长", Role: "市长", Text: "请科技局阅研。", Date: day(2021, 7, 17)}},
		"passed on":          {"转李强副书记批示：第二条很好，请工信局跟进。", Writing{Leader: "李强", Role: "副书记", Text: "第二条很好，请工信局跟进。", Date: day(2021, 7, 17), Item: 2}},
		"nobody named":       {"请工信局就“煤化工中试基地”跟进。", Writing{Text: "请工信局就“煤化工中试基地”跟进。", Date: day(2021, 7, 17), Item: 2}},
		"two items fit":      {"请就“煤化工”与“科技新政十条”研究。", Writing{Text: "请就“煤化工”与“科技新政十条”研究。", Date: day(2021, 7, 17), Item: 1}},
		"with what it cites": {"请阅研。\n张三 7月16日\n\n在 2021-07-15 10:00:00，\"科技简报\" <a@b.cn> 写道：\n>正文", Writing{Leader: "张三", Text: "请阅研。", Date: day(0, 7, 16)}},
	} {
		c.want.Source = FromReply
		if got := Read(c.words, at, d); got != c.want {
			t.Errorf("%s: %+v, want %+v", name, got, c.want)
		}
	}
}

func TestWhatLooksLikeARemark(t *testing.T) {
	for words, want := range map[string]bool{
		"请发改委牵头研究，7月底前报我。": true, "此件很重要，请王局长阅研。": true, "同意。": true, "张市长批示：抓好落实。": true,
		"已收到，谢谢。": false, "附件打不开，能重发吗？": false, "本周末外出，勿念。": false, "谢谢！\n> 请发改委牵头研究": false,
	} {
		if got := LooksLike("Re: 科技简报第8期", words); got != want {
			t.Errorf("%q: %v", words, got)
		}
	}
	if !LooksLike("领导批示", "见附件") {
		t.Error("the subject says so")
	}
}

func TestTwoItemsThatFitAreNone(t *testing.T) {
	d := bulletin.Document{Sections: []bulletin.Section{{Items: []bulletin.Item{{Paragraphs: []string{"煤化工基地开工"}}, {Paragraphs: []string{"煤化工基地投产"}}}}}}
	if got := FindItem("请就“煤化工基地”研究", d); got != 0 {
		t.Errorf("item %d", got)
	}
	if got := FindItem("第五条请研究", d); got != 0 {
		t.Errorf("there is no fifth: %d", got)
	}
}
