package ready

import (
	"strings"
	"testing"
	"time"

	"jianbao/bulletin"
	"jianbao/fault"
)

var shanghai = time.FixedZone("CST", 8*60*60)

func TestSectionsOfTheSeries(t *testing.T) {
	list := []string{"要闻", "动态", "交流"}
	for _, c := range []struct {
		name  string
		lines []string
		want  []string
	}{
		{"all", []string{"甲已办结。", "【动态】", "乙已办结。", "【交流】", "丙已办结。"}, nil},
		{"one is missing", []string{"甲已办结。", "【交流】", "丙已办结。"}, nil},
		{"unknown", []string{"甲已办结。", "【动志】", "乙已办结。"}, []string{"section-unknown@7/0"}},
		{"order", []string{"甲已办结。", "【交流】", "丙已办结。", "【动态】", "乙已办结。"}, []string{"section-order@9/0"}},
		{"twice", []string{"甲已办结。", "【要闻】", "乙已办结。"}, []string{"section-twice@7/0"}},
		{"empty", []string{"甲已办结。", "【动态】", "【交流】", "丙已办结。"}, []string{"section-empty@7/0"}},
	} {
		wantPlaces(t, c.name, checked(issue(c.lines...), Facts{Sections: list}), c.want...)
	}
	wantPlaces(t, "no list", checked(issue("甲已办结。", "【别的】", "乙已办结。"), Facts{}))
}

func TestItemsWithoutText(t *testing.T) {
	doc := bulletin.Parse(issue("甲已办结。")).Document
	doc.Sections[0].Items = append(doc.Sections[0].Items,
		bulletin.Item{Lead: "只有标题", Line: 7},
		bulletin.Item{Paragraphs: []string{"——", "。"}, Line: 8},
		bulletin.Item{Line: 9},
		bulletin.Item{Lead: "乙会议已经召开。", Line: 10},
		bulletin.Item{Paragraphs: []string{"![现场](1.png)"}, Line: 11})
	wantPlaces(t, "empty", Check(doc, Facts{}), "item-empty@7/2", "item-empty@8/3", "item-empty@9/4")
}

const news = "我市29家企业跻身全区研发投入100强，研发投入共计18.5亿元，占100强企业研发投入总额33.8%，居全区首位，减免税近3.5亿元。"

func TestItemsThatRepeat(t *testing.T) {
	again := strings.Replace(news, "18.5", "19.5", 1)
	found := checked(issue(news, "市科技局召开了会议。", again), Facts{})
	wantPlaces(t, "twice in one issue", found, "item-twice@8/3")
	if got := found[0].Reason.In(fault.ZH); !strings.Contains(got, "第3条与本期第1条有9") {
		t.Errorf("%s", got)
	}
	similar := []Similar{{Item: 1, Where: "2021年第3期", Words: news, Alike: 0.834}, {Item: 9}}
	found = checked(issue(news), Facts{Similar: similar})
	wantPlaces(t, "in an earlier issue", found, "item-repeats@6/1")
	if got := found[0].Reason.In(fault.ZH); !strings.Contains(got, "第1条与2021年第3期的“我市29家") || !strings.Contains(got, "有83%相同") {
		t.Errorf("%s", got)
	}
}

func TestCharacters(t *testing.T) {
	for _, c := range []struct{ line, code, says string }{
		{"市科技局\ufffd\ufffd召开会议。", CharacterLost, "2"},
		{"市科技局\u202e召开\u2069会议。", CharacterTurns, "U+202E U+2069"},
		{"市科技局\u200b召开\x07会议\ue000。", CharacterOdd, "U+200B U+0007 U+E000"},
		{"市科技局召开\u2f00次会议，\u2ea0生与\uf979。", CharacterLooks, "\u2f00→一 \u2ea0 \uf979→凉"},
		{"发展СOVID检测与Aο。", CharacterLooks, "С ο"},
		{"市科技局\t召开会议。", TabInText, "制表符"},
		{"䶮𬭚𠅤㎡℃①α粒子、阿卜杜拉·买买提、葛\U000e0100城，２％……——“”。", "", ""},
		{"\t市科技局召开会议。", "", ""},
		{"МГУ与莫斯科大学签约。", "", ""},
	} {
		found := checked(issue(c.line), Facts{})
		if c.code == "" {
			wantPlaces(t, c.line, found)
			continue
		}
		wantPlaces(t, c.line, found, c.code+"@6/1")
		if len(found) > 0 && !strings.Contains(found[0].Reason.In(fault.ZH), c.says) {
			t.Errorf("%q: %s", c.line, found[0].Reason.In(fault.ZH))
		}
	}
	wantPlaces(t, "in the head", checked(strings.Replace(issue("甲已办结。"), "示例市科学", "示例市\u200b科学", 1), Facts{}), "character-odd@3/0")
	wantPlaces(t, "no font has it", checked(issue("甲已办结。", "乙由𬭚办结。"), Facts{Missing: []rune{'𬭚', '栋', '辑'}}),
		"glyph-missing@0/0", "glyph-missing@7/2", "glyph-missing@9/0")
}

func TestClassifiedWordsAndTelephones(t *testing.T) {
	found := checked(issue("市科技局宣讲保守国家秘密法，保护商业秘密。", "文件为秘密★1年，请注意。"), Facts{})
	wantPlaces(t, "words", found, "classified-words@6/1", "classified-words@7/2")
	if found[0].Severity != bulletin.Note || found[1].Severity != bulletin.Ask {
		t.Errorf("%+v", found)
	}
	text := strings.Replace(issue("甲已办结。"), "0477-8589860", "８５８９８６０、0477-8589860", 1)
	if found := checked(text, Facts{}); len(found) != 1 || found[0].Code != PhoneArea || found[0].Line != 9 {
		t.Errorf("%+v", found)
	}
}
