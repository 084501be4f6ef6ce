package bulletin

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// fragments are lines as they stand in bulletins; in any order they make texts
// that no office wrote and that lose nothing all the same.
var fragments = []string{
	"", "　", "鄂 尔 多 斯 科 技 简 报", "示例工作动态", "第 8 期", "第12期（总第108期）", "总第377期", "〔2025〕第5期\t2025年6月1日",
	"鄂尔多斯市科学技术局", "示例市科技局        2021年7月15日", "2021 年 7 月 15 日", "2024年2月30日", "2024-09-08 18:00",
	"示例市应急管理局                    签发人：叶  飞", "领导批示：", "领导批示：请阅。", "        王某某  7月18日", "内部资料 注意保存", "特急",
	"【要闻】", "【科技政策】", "★ 甲事引发关注", "● 乙事办结。后续跟进。", "一、整体推进", "（一）产业发展。新增12个。", "1.甲镇机制",
	"春耕收尾。全市春耕面积完成98%。", "7月2日，召开会议，通报上半年重点工作任务落实情况。", "县委召开专题会议", "编者按：为交流经验，特编发此文。",
	"7月8日，某某会见某某煤机实业集团有限责任公司总经理、某某矿用机械制造有限公司", "总经理等一行。", "公司总经理等一行。", "流程、¶", "（甲县农业农村局供稿）", "供稿：丁县局",
	"甲县推广。新增1.2万亩。（乙县局供稿）", "报告显示：上半年增长5%。", "发：展改革工作要点已印发。", "≡本期要目≡", "≡本期详情≡", "— 3 —",
	"报：市委、市政府。", "送：市统计局、市气象", "    局。", "抄　报：市委", "编辑：张 三 李四", "审核：乔 栋    签发：", "电话：8589860，传真:0477-8588889", "邮箱：mzj@example.invalid",
	"示例市科技局办公室    2021年7月16日印发", "（共印 20 份）", "共印７０份（存档２份）", "存档：2份", "附件1：名单", "本刊欢迎来稿", "http://example.invalid/a b c",
}

func TestNothingIsLostInAnyOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(fragments), 0, 30).Draw(t, "lines"), "\n")
		r := Parse(text)
		if lost := lostLetters(text, r); lost != "" {
			t.Fatalf("lost %q of\n%s\nin %s", lost, text, plainly(r.Document))
		}
		for _, p := range r.Problems {
			for _, c := range p.Choices {
				after := c.Edit.Apply(text)
				if n := len(Parse(after).Problems); after == text {
					t.Fatalf("%s %s in line %d changes nothing (%d)", p.Code, c.Key, p.Line, n)
				}
			}
		}
		again := Format(r.Document)
		if lost := lostLetters(lettersOf(r.Document), Reading{Document: Document{Title: again}}); lost != "" {
			t.Fatalf("Format loses %q:\n%s\n%s", lost, plainly(r.Document), again)
		}
		if lost := lostLetters(again, Parse(again)); lost != "" {
			t.Fatalf("reading it again loses %q:\n%s", lost, again)
		}
	})
}
