package repair

import (
	"slices"
	"strings"
	"testing"

	"jianbao/bulletin"
	"jianbao/fault"
)

// issue sets a line into the body of a bulletin; bodyLine is where it stands.
func issue(line string) string {
	return "科 技 简 报\n\n第 8 期\n\n示例市科学技术局\n\n2021 年 7 月 15 日\n\n【要闻】\n\n" + line +
		"\n\n送：市发改委、市财政局。\n\n编辑：程继东\n\n（共印 20 份）\n"
}

const bodyLine = 11

// repaired returns the body line after a rule, by rule and by hand.
func repaired(t *testing.T, rule Rule, line string, guard Guard) (byRule, byHand string) {
	t.Helper()
	text := issue(line)
	after, _ := ApplyRule(text, rule, guard)
	all, err := Apply(text, Offers(text, guard, rule)...)
	if err != nil {
		t.Fatalf("%s %q: %v", rule, line, err)
	}
	return physical(after)[bodyLine-1], physical(all)[bodyLine-1]
}

func TestRules(t *testing.T) {
	for _, c := range []struct {
		rule         Rule
		before, want string
	}{
		{Width, "会议指出,要立足新阶段:坚持实事求是;", "会议指出，要立足新阶段：坚持实事求是；"},
		{Width, "会议结束, 大家离场!好吗? 好", "会议结束，大家离场！好吗？好"},
		{Width, "推动 R&D,扩大投入", "推动 R&D，扩大投入"},
		{Width, "时间:2021年7月", "时间：2021年7月"},
		{Width, "产值1,000万元，比例3:2，自12:30起", "产值1,000万元，比例3:2，自12:30起"},
		{Width, "投入 18.5 亿元", "投入 18.5 亿元"},
		{Width, "Hello, world: it works!", "Hello, world: it works!"},
		{Width, "详见https://a.example.cn/b?c=1,d:2,欢迎查阅", "详见https://a.example.cn/b?c=1,d:2，欢迎查阅"},
		{Width, "来信甲,b@example.cn,致谢", "来信甲，b@example.cn，致谢"},
		{Width, "会议闭幕.", "会议闭幕。"},
		{Width, "阿卜杜拉.买买提出席", "阿卜杜拉.买买提出席"},
		{Width, "|单位,甲|数量:乙|", "|单位,甲|数量:乙|"},
		{Width, "![现场,一](图:1.png)", "![现场,一](图:1.png)"},

		{Brackets, "京蒙(鄂尔多斯)合作(R&D)，（2021版)", "京蒙（鄂尔多斯）合作(R&D)，（2021版）"},
		{Brackets, "(一)总则(见(附表)1)", "（一）总则（见（附表）1）"},
		{Brackets, "一)总则，电话(0477)8589860", "一)总则，电话(0477)8589860"},

		{Quotes, `实施"五联五强"行动，"R&D"与"AI"`, "实施“五联五强”行动，“R&D”与“AI”"},
		{Quotes, `深化“1+1"机制`, "深化“1+1”机制"},
		{Quotes, `他说"好`, `他说"好`},
		{Quotes, `say "yes" or "no"`, `say "yes" or "no"`},

		{Latin, "２０２１年投入１８．５亿元，占３３．８％，Ｒ＆Ｄ与ＡＩ＋", "2021年投入18.5亿元，占33.8%，R&D与AI＋"},
		{Latin, "第一．要点", "第一．要点"},

		{DigitSpace, "我市 29 家企业，7 月 13 日发布，18.5 亿元，占 33.8% 的", "我市29家企业，7月13日发布，18.5亿元，占33.8%的"},
		{DigitSpace, "统计 R&D 研发，发布 GPT 4 模型，采用 5G 技术", "统计 R&D 研发，发布 GPT 4 模型，采用 5G 技术"},
		{DigitSpace, "1 总体要求是 3 条", "1 总体要求是3条"},
		{DigitSpace, "29 家企业获奖", "29家企业获奖"},
		{DigitSpace, "数量    12", "数量    12"},

		{HanSpace, "推动经济社会 高质量协调发展。 会议要求", "推动经济社会高质量协调发展。会议要求"},
		{HanSpace, "使用 Word 文档", "使用 Word 文档"},

		{Ellipsis, "等等...以及。。。还有......完", "等等……以及……还有……完"},
		{Ellipsis, "第一章........3，1...5，a...b", "第一章........3，1...5，a...b"},
		{Dash, "清华--苏州，主题---创新", "清华——苏州，主题——创新"},
		{Dash, "2019--2021，运行 --json 即可", "2019--2021，运行 --json 即可"},
		{Dash, "见http://a.example.cn/x--，详情从略", "见http://a.example.cn/x--，详情从略"},
		{Repeated, "会议结束。。大家，，离场！！", "会议结束。大家，离场！！"},
		{Repeated, "未完。。。", "未完。。。"},
	} {
		byRule, byHand := repaired(t, c.rule, c.before, Guard{})
		if byRule != c.want || byHand != c.want {
			t.Errorf("%s %q:\n got %q\nhand %q\nwant %q", c.rule, c.before, byRule, byHand, c.want)
		}
	}
}

func TestWhatStandsBesideALeaderIsLeftToAPerson(t *testing.T) {
	guard := Guard{Names: []string{"杜汇良", "乔栋"}, Titles: []string{"召集人"}}
	for _, c := range []struct {
		rule                 Rule
		before, rule1, hand1 string
	}{
		{Width, "市长,大家好,再见", "市长,大家好，再见", "市长，大家好，再见"},
		{Width, "会上,杜汇良说:好", "会上,杜汇良说：好", "会上，杜汇良说：好"},
		{HanSpace, "审核人乔 栋参加了会议讨论。 完", "审核人乔 栋参加了会议讨论。完", "审核人乔栋参加了会议讨论。完"},
		{HanSpace, "张三 李四参加", "张三 李四参加", "张三李四参加"},
		{Brackets, "书记(兼)和(甲)乙", "书记(兼)和（甲）乙", "书记（兼）和（甲）乙"},
		{DigitSpace, "杜汇良 7 月 3 日去，7 月 4 日回", "杜汇良 7月3日去，7月4日回", "杜汇良7月3日去，7月4日回"},
		{Repeated, "召集人，，大家，，好", "召集人，，大家，好", "召集人，大家，好"},
	} {
		byRule, byHand := repaired(t, c.rule, c.before, guard)
		if byRule != c.rule1 || byHand != c.hand1 {
			t.Errorf("%s %q:\n got %q, want %q\nhand %q, want %q", c.rule, c.before, byRule, c.rule1, byHand, c.hand1)
		}
	}
}

func TestListsAndTheFrame(t *testing.T) {
	text := strings.Replace(issue("今天 3 件事已办结。"), "送：市发改委、市财政局。", "报：市委,市政府;市人大\n送：市发改委、\n市财政局.", 1)
	after, made := ApplyRule(text, Lists, Guard{})
	if !strings.Contains(after, "报：市委、市政府；市人大。\n送：市发改委、\n市财政局。\n") {
		t.Errorf("lists: %s", after)
	}
	if len(made) != 4 {
		t.Errorf("%d repairs, want 4: %+v", len(made), made)
	}
	spaces, _ := ApplyRule(text, DigitSpace, Guard{})
	if !strings.Contains(spaces, "第 8 期") || !strings.Contains(spaces, "共印 20 份") || !strings.Contains(spaces, "今天3件事") {
		t.Errorf("spaces of head and tail are layout: %s", spaces)
	}
}

func TestAnOfferShowsItsPlace(t *testing.T) {
	text := issue("鄂尔多斯市科技局 7 月 13 日发布消息，我市投入 18.5 亿元")
	offers := Offers(text, Guard{}, DigitSpace)
	if len(offers) != 2 {
		t.Fatalf("offers: %+v", offers)
	}
	o := offers[0]
	if o.Line != bodyLine || o.Before != "局 7 月 13 日" || o.After != "局7月13日" || o.Guarded || !strings.Contains(o.Place, "科技局 7 月 13 日发布消息") {
		t.Errorf("offer: %+v", o)
	}
	if got := o.Edit().Apply(text); !strings.Contains(got, "科技局7月13日发布消息，我市投入 18.5 亿元") {
		t.Errorf("the edit of one offer: %s", got)
	}
	one, err := Apply(text, Pick(offers, offers[1].Key)...)
	if err != nil || !strings.Contains(one, "7 月 13 日发布消息，我市投入18.5亿元") {
		t.Errorf("one by one: %v %s", err, one)
	}
	if offers[1].Before != "入 18.5 亿" {
		t.Errorf("the whole number is shown: %q", offers[1].Before)
	}
	long := Offers(issue(`要求"`+strings.Repeat("深入学习", 40)+`"结束`), Guard{}, Quotes)
	if len(long) != 1 || len([]rune(long[0].Before)) != shownLength+1 || !strings.HasSuffix(long[0].After, "”结") {
		t.Errorf("a long quotation: %+v", long)
	}
}

func TestAnOfferOfAnotherTextIsRefused(t *testing.T) {
	text := issue("会议指出,要立足新阶段")
	offers := Offers(text, Guard{}, Width)
	for _, c := range []struct {
		text   string
		offers []Offer
	}{
		{issue("会议指出，要立足新阶段"), offers},
		{"", offers},
		{text, []Offer{offers[0], offers[0]}},
		{text, []Offer{{Line: bodyLine, Key: offers[0].Key}}},
	} {
		after, err := Apply(c.text, c.offers...)
		if !fault.Is(err, fault.Conflict) || after != c.text {
			t.Errorf("%q: %v", c.text, err)
		}
	}
}

func TestTheSeedNeedsItsSpacesMended(t *testing.T) {
	text := seed(t)
	guard := Guard{Names: []string{"李克强", "杜汇良", "边东"}}
	var rules []Rule
	for _, o := range Offers(text, guard) {
		rules = append(rules, o.Rule)
	}
	if rules = slices.Compact(rules); !slices.Equal(rules, []Rule{DigitSpace}) {
		t.Errorf("rules: %v", rules)
	}
	after, _ := ApplyRule(text, DigitSpace, guard)
	for _, want := range []string{"我市29家企业跻身全区研发投入100强。鄂尔多斯市科技局7月13日发布消息", "协调 R&D 研发", "投入共计18.5亿元", "占100强", "33.8%，"} {
		if !strings.Contains(after, want) {
			t.Errorf("missing %q in\n%s", want, after)
		}
	}
	if got, want := len(bulletin.Parse(after).Document.Items()), 16; got != want {
		t.Errorf("%d items, want %d", got, want)
	}
}

func TestEveryRuleHasANameAndAFinder(t *testing.T) {
	for _, r := range Rules() {
		if finders[r] == nil || r.Label().In(fault.ZH) == "" || r.Label().Key == "" {
			t.Errorf("%s", r)
		}
	}
	if len(Rules()) != len(finders) || len(finders) != len(labels) {
		t.Error("rules, finders and labels differ")
	}
}
