package bulletin

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// awkward are paragraphs that Parse would take for something else than text.
var awkward = []string{
	"报：市委、市政府。", "送：市统计局", "编辑：张三", "电话：8589860", "共印20份", "（共印 3 份）", "附件1：名单", "供稿：丁县局", "（甲县农业农村局供稿）",
	"第 8 期", "2021年7月15日", "示例市科技局", "示例市科技局        2021年7月15日", "科技简报", "科技简报 第8期", "— 3 —", "12", "第3页",
	"【要闻】", "【编者按】为交流经验，特编发此文。", "【春耕】全市完成98%。", "≡本期要目≡", "≡本期详情≡", "目录", "正文", "特急", "内部资料 注意保存", "领导批示：请阅。",
	"★ 甲事", "● 乙事办结。后续跟进。", "· 丙", "- 丁", "一、整体推进", "一、春耕收尾。全市完成。", "（一）产业发展。新增12个。", "1.甲镇机制", "（1）甲；", "3.5亿元到位。",
	"**粗**", "**粗。**细", "a ** b", "¶", "¶甲。", "# 标题", "## 二级", "| 甲 | 乙 |", "|---|---|", "| 半行", "![图](a.png)", "![坏](../a.png)",
	"春耕收尾。全市完成98%。", "春耕收尾", "类型、", "流程，", "7月2日，召开会议。会后调研。", "这一句没有完", "标题：甲", "附注：乙", "简报名称：丙", "日期：2021年7月15日",
	"甲县推广。新增1.2万亩。（乙县局供稿）", "甲县推广。（示例市科技局）", "——", "===", "关于开展工作的", "——记某某",
	"http://example.invalid/a b c", "编者按：甲。", "王某某  7月18日", "增刊", "000012",
}

func awkwardText(t *rapid.T) string {
	if rapid.Bool().Draw(t, "plain") {
		return sentence(t)
	}
	s := rapid.SampledFrom(awkward).Draw(t, "awkward")
	for strings.HasSuffix(s, Mark) || s == "" {
		s = strings.TrimSuffix(s, Mark) + "甲"
	}
	return s
}

func awkwardItem(t *rapid.T) Item {
	var it Item
	switch rapid.IntRange(0, 3).Draw(t, "kind of item") {
	case 0:
		it.Lead = rapid.SampledFrom([]string{"春耕收尾。", "7月2日开会。", "编辑：张三。", "一、整体推进。", "【春耕】", "报：市委。", strings.Repeat("长", 60) + "。", "短。", "他说：“好。”", "1.甲镇机制。"}).Draw(t, "lead")
	case 1:
		it.Lead = rapid.SampledFrom([]string{"春耕收尾", "7月2日", "编辑：张三", "一、整体推进", "1.甲镇机制", "（一）甲", strings.Repeat("长", 60), "甲；乙", "特急", "第8期", "示例市科技局", "甲、", "附件", "目录", "要闻"}).Draw(t, "heading")
	}
	it.Paragraphs = rapid.SliceOfN(rapid.Custom(awkwardText), 1, 4).Draw(t, "paragraphs")
	if it.Lead != "" && !it.HasHeading() && (isBlock(it.Paragraphs[0]) || strings.HasPrefix(it.Paragraphs[0], "**")) {
		it.Paragraphs[0] = sentence(t) // a run-in lead runs into text
	}
	if rapid.IntRange(0, 3).Draw(t, "credited") == 0 {
		it.Contributor = rapid.SampledFrom([]string{"甲县", "示例市科技局", "甲县局 李四", "张三（摄影）"}).Draw(t, "contributor")
		it.Contributor = squeeze(it.Contributor)
	}
	return it
}

func awkwardDocument(t *rapid.T) Document {
	d := document(t)
	for i := range d.Sections {
		d.Sections[i].Items = rapid.SliceOfN(rapid.Custom(awkwardItem), 0, 5).Draw(t, "items")
	}
	if len(d.Sections[0].Items) == 0 && d.Sections[0].Name == "" {
		d.Sections[0].Items = []Item{{Paragraphs: []string{"甲。"}}}
	}
	if rapid.IntRange(0, 2).Draw(t, "contents") == 0 {
		d.Contents = rapid.SliceOfN(rapid.SampledFrom([]string{"【重点】甲事", "甲事……1", "· 乙事", "【动态】", "1.丙"}), 1, 4).Draw(t, "entries")
	}
	if rapid.IntRange(0, 3).Draw(t, "no tail") == 0 {
		d.Lists, d.Roles, d.PrintRun, d.FileCopies, d.Phones, d.PrintOrgan, d.PrintDate = nil, nil, 0, 0, nil, "", Date{}
	}
	d.Masthead = rapid.SampledFrom([]string{d.Masthead, "", "工作之友", "示例市科技局", "2024年的事"}).Draw(t, "odd masthead")
	d.Extra = rapid.SampledFrom([][]string{nil, {"ᠤᠷᠳᠤᠰ"}, {"示例信息"}, {"第一行", "示例市科技局"}}).Draw(t, "extra")
	d.CopyNo = rapid.SampledFrom([]string{"", "000012", "甲3"}).Draw(t, "copy")
	d.Title = rapid.SampledFrom([]string{d.Title, "", "关于开展工作的", "示例县工作会", "第3期", "甲。乙"}).Draw(t, "odd title")
	return d
}

func TestAwkwardDocumentsSurviveFormat(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := awkwardDocument(t)
		text := Format(d)
		if again := Parse(text).Document; !same(again, d) {
			t.Fatalf("\n got %s\nwant %s\ntext\n%s", plainly(again), plainly(d), text)
		}
	})
}

// What Parse makes of any text is written back as it is.
func TestWhatWasParsedSurvivesFormat(t *testing.T) {
	lines := append(append([]string{}, fragments...), awkward...)
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(lines), 0, 25).Draw(t, "lines"), "\n")
		r := Parse(text)
		if r.Refusal() != nil {
			return // no bulletin
		}
		again := Format(r.Document)
		if got := Parse(again).Document; !same(got, r.Document) {
			t.Fatalf("\n got %s\nwant %s\nwritten\n%s\nread\n%s", plainly(got), plainly(r.Document), again, text)
		}
	})
}
