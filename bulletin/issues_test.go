package bulletin

import (
	"strings"
	"testing"

	"jianbao/fault"
)

func TestSeveralBulletinsInOneText(t *testing.T) {
	one := "内部资料\n示例简报\n第1期\n示例市局\n2024年5月6日\n【要闻】\n春耕收尾。全市完成98%。\n报：市委。\n（共印20份）\n"
	two := strings.NewReplacer("第1期", "第2期", "5月6日", "5月13日").Replace(one)
	all := ParseAll(one + two)
	if len(all) != 2 || all[1].Document.Number.No != 2 || all[1].Document.Notice != "内部资料" || all[0].Document.PrintRun != 20 || len(all[1].Problems) == 0 {
		t.Fatalf("%d bulletins", len(all))
	}
	r := Parse(one + two)
	if p := problem(t, r, "several-issues"); p.Severity != Block || p.Line != 10 || !same(r.Document, all[0].Document) {
		t.Errorf("got %+v", p)
	}
	if n := len(ParseAll(one)); n != 1 {
		t.Errorf("one bulletin is read as %d", n)
	}
}

func TestWhatIsNotAnotherBulletin(t *testing.T) {
	for name, text := range map[string]string{
		"a running head":       headOfBulletin + "【要闻】\n春耕收尾。全市完成。\n科技简报\n第8期\n2021年7月15日\n夏收开始。完成1%。\n报：市委。\n",
		"an issue spoken of":   headOfBulletin + "【更正】\n本刊\n第7期\n第2页有误，现予更正，特此说明情况。\n报：市委。\n",
		"a number in the text": headOfBulletin + "【要闻】\n会议通报了科技简报第7期\n有关情况已落实，下一步继续推进整改。\n报：市委。\n",
		"the lead of an item":  headOfBulletin + "【要闻】\n**【春耕】**科技简报 第9期\n2021年7月15日\n报：市委。\n",
	} {
		if n := len(ParseAll(text)); n != 1 {
			t.Errorf("%s: %d bulletins", name, n)
		}
	}
}

// A label on any of the bulletins of a text refuses the whole text.
func TestAClassifiedBulletinBehindAnother(t *testing.T) {
	text := "示例简报\n第1期\n示例市局\n2024年5月6日\n" + strings.Repeat("春耕收尾。全市完成98%。\n", 9) + "报：市委。\n（共印20份）\n" +
		"机密★10年\n示例简报\n第2期\n示例市局\n2024年5月13日\n占位。正文占位。\n"
	if l, ok := Classified("", nil, text); !ok || l.Level != "机密" || l.Stub.Number.No != 2 {
		t.Errorf("got %+v", l)
	}
	for _, r := range append(ParseAll(text), Parse(text)) {
		if r.Label == nil || r.Refusal().Code != fault.Refused || len(r.Document.Sections) > 0 || strings.Contains(plainly(r.Document), "春耕") {
			t.Errorf("got %+v", r)
		}
	}
}

func TestCorrections(t *testing.T) {
	for _, c := range []struct {
		name, text string
		no, year   int
	}{
		{"a title", "示例工作动态\n第4期\n更  正\n示例市局  2024年4月2日\n本刊2023年第3期第2页“甲镇”应为“乙镇”，特此更正。\n送：原发送单位。", 3, 2023},
		{"a section", headOfBulletin + "【更正】\n第7期第2条“甲镇”应为“乙镇”。\n报：市委。", 7, 2021},
		{"a sentence", headOfBulletin + "【要闻】\n本刊〔2021〕第6期“甲镇”应为“乙镇”，特此更正。\n报：市委。", 6, 2021},
		{"the number line", "示例简报\n第3期（更正）\n示例市局  2024年4月2日\n会议召开。4月1日召开会议。\n送：市财政局", 3, 2024},
		{"no correction", headOfBulletin + "【要闻】\n市局更正作风。第5期培训班开班。\n报：市委。", 0, 0},
	} {
		n, ok := Parse(c.text).Document.Corrects()
		if ok != (c.no > 0) || n.No != c.no || n.Year != c.year {
			t.Errorf("%s: got %+v %v", c.name, n, ok)
		}
	}
}
