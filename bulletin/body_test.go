package bulletin

import (
	"slices"
	"strings"
	"testing"
)

const headOfBulletin = "科技简报\n第8期\n示例市科技局\n2021年7月15日\n\n"

func bodyOf(t *testing.T, text string) Reading {
	t.Helper()
	r := Parse(headOfBulletin + text + "\n报：市委。\n编辑：乔 栋\n（共印3份）\n")
	if len(r.Document.Lists) != 1 || r.Document.PrintRun != 3 {
		t.Errorf("the tail of %q is lost: %+v", text, r.Document.Lists)
	}
	return r
}

// outline writes the items of a document as section|lead|paragraph|(contributor).
func outlineOf(d Document) []string {
	var all []string
	for _, s := range d.Sections {
		for _, it := range s.Items {
			parts := append([]string{s.Name, it.Lead}, it.Paragraphs...)
			if it.Contributor != "" {
				parts = append(parts, "("+it.Contributor+")")
			}
			all = append(all, strings.Join(parts, "|"))
		}
	}
	return all
}

func TestBodies(t *testing.T) {
	long := "7月8日，某某会见某某煤机实业集团有限责任公司总经理、某某矿用机械制造有限公司"
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"sections and leads", "【要闻】\n春耕收尾。全市完成98%。\n7月2日，召开会议。会后调研。\n【县区】\n无领句只有一句话。",
			[]string{"要闻|春耕收尾。|全市完成98%。", "要闻||7月2日，召开会议。会后调研。", "县区||无领句只有一句话。"}},
		{"no sections", "甲事办结。后续跟进。\n乙事启动。正在推进。",
			[]string{"|甲事办结。|后续跟进。", "|乙事启动。|正在推进。"}},
		{"a page seam", "【要闻】\n" + long + "\n\n总经理等一行。\n乙事启动。正在推进。",
			[]string{"要闻||" + long + "总经理等一行。", "要闻|乙事启动。|正在推进。"}},
		{"a seam around a page number and a running head", "【要闻】\n" + long + "\n— 3 —\n科 技 简 报\n总经理等一行。",
			[]string{"要闻||" + long + "总经理等一行。"}},
		{"a label does not join what follows it", "【要闻】\n邮箱：mzj@example.invalid\n春耕收尾。全市完成98%。",
			[]string{"要闻||邮箱：mzj@example.invalid", "要闻|春耕收尾。|全市完成98%。"}},
		{"one sentence with its contributor", "【要闻】\n春耕收尾。（甲县供稿）", []string{"要闻||春耕收尾。|(甲县)"}},
		{"a marker takes only text along", "【要闻】\n★ 甲事引发关注\n9月8日发帖。\n特急\n乙事办结。后续跟进。",
			[]string{"要闻|甲事引发关注|9月8日发帖。", "要闻||特急", "要闻|乙事办结。|后续跟进。"}},
		{"a seam over three pages", "【要闻】\n" + long + "\n总经理曹某某、副总经理王某某、总工程师李某某、办公室\n主任等一行。",
			[]string{"要闻||" + long + "总经理曹某某、副总经理王某某、总工程师李某某、办公室主任等一行。"}},
		{"a seam after a comma, however short", "【要闻】\n类型、\n流程等。", []string{"要闻||类型、流程等。"}},
		{"a paragraph mark", "【要闻】\n" + long + "¶\n总经理等一行。\n乙事启动。正在推进。",
			[]string{"要闻||" + long + "|总经理等一行。", "要闻|乙事启动。|正在推进。"}},
		{"markers with headings", "【要闻】\n★ 甲事引发关注\n9月8日，网民发帖。\n有关部门回应。\n■乙事\n已回应。",
			[]string{"要闻|甲事引发关注|9月8日，网民发帖。|有关部门回应。", "要闻|乙事|已回应。"}},
		{"markers before a lead", "● 甲事办结。后续跟进。\n● 乙事启动。正在推进。",
			[]string{"|甲事办结。|后续跟进。", "|乙事启动。|正在推进。"}},
		{"plain headings", "甲事引发关注\n9月8日，网民发帖。\n乙事回应及时\n相关部门已回应。",
			[]string{"|甲事引发关注|9月8日，网民发帖。", "|乙事回应及时|相关部门已回应。"}},
		{"chapters", "一、整体推进\n（一）产业发展。新增12个。\n二、典型做法\n1.甲镇机制。建立机制。\n2.乙镇工程。推进工程。",
			[]string{"一、整体推进|（一）产业发展。|新增12个。", "二、典型做法|1.甲镇机制。|建立机制。", "二、典型做法|2.乙镇工程。|推进工程。"}},
		{"a number that is no outline", "3.5亿元到位。资金已拨。", []string{"|3.5亿元到位。|资金已拨。"}},
		{"contributors", "【县区】\n甲县推广。新增1.2万亩。（甲县农业农村局供稿）\n乙县推广。新增2万亩。(供稿：乙县局)\n丙县推广。新增3万亩。\n（丙县局 供稿）\n丁县推广。新增4万亩。\n供稿：丁县局",
			[]string{"县区|甲县推广。|新增1.2万亩。|(甲县农业农村局)", "县区|乙县推广。|新增2万亩。|(乙县局)", "县区|丙县推广。|新增3万亩。|(丙县局)", "县区|丁县推广。|新增4万亩。|(丁县局)"}},
		{"false friends", "报告显示：上半年增长5%。\n送教下乡活动启动。8月10日启动。\n会议强调：抓紧落实。",
			[]string{"||报告显示：上半年增长5%。", "|送教下乡活动启动。|8月10日启动。", "||会议强调：抓紧落实。"}},
	} {
		r := bodyOf(t, c.text)
		if got := outlineOf(r.Document); !slices.Equal(got, c.want) {
			t.Errorf("%s:\n got %q\nwant %q", c.name, got, c.want)
		}
	}
}

func TestOneArticleUnderATitle(t *testing.T) {
	r := bodyOf(t, "县委召开专题会议\n五月三日，县委召开专题会议。\n会议指出，要抓紧落实。\n会议要求，要压实责任。")
	want := []string{"||五月三日，县委召开专题会议。|会议指出，要抓紧落实。|会议要求，要压实责任。"}
	if r.Document.Title != "县委召开专题会议" || !slices.Equal(outlineOf(r.Document), want) {
		t.Errorf("title %q, items %q", r.Document.Title, outlineOf(r.Document))
	}
}

func TestEditorsNote(t *testing.T) {
	for _, text := range []string{
		"编者按：为交流经验，特编发此文。\n【要闻】\n甲事办结。后续跟进。",
		"【编者按】\n为交流经验，特编发此文。\n【要闻】\n甲事办结。后续跟进。",
	} {
		d := bodyOf(t, text).Document
		if d.EditorNote != "为交流经验，特编发此文。" || !slices.Equal(outlineOf(d), []string{"要闻|甲事办结。|后续跟进。"}) {
			t.Errorf("note %q, items %q", d.EditorNote, outlineOf(d))
		}
	}
}

func TestContentsAreNotItems(t *testing.T) {
	want := []string{"重点|甲事引发关注。|9月8日发帖。", "动态|乙事回应及时。|已回应。"}
	for name, text := range map[string]string{
		"with an end":       "≡本期要目≡\n【重点】甲事引发关注\n【动态】乙事回应及时\n≡本期详情≡\n",
		"repeated sections": "本期要目\n【重点】\n甲事引发关注……1\n【动态】\n乙事回应及时……2\n",
	} {
		d := bodyOf(t, text+"【重点】\n甲事引发关注。9月8日发帖。\n【动态】\n乙事回应及时。已回应。").Document
		if len(d.Contents) == 0 || !slices.Equal(outlineOf(d), want) {
			t.Errorf("%s: contents %q, items %q", name, d.Contents, outlineOf(d))
		}
	}
}

func TestLabelsInTheBodyAreDoubted(t *testing.T) {
	for _, c := range []struct {
		line     string
		severity Severity
	}{
		{"发：展改革工作要点已印发。", Ask},
		{"联系人：张某某。", Ask},
		{"送：市财政局、市统计局。", Block},
	} {
		r := bodyOf(t, "【要闻】\n"+c.line+"\n【动态】\n甲事办结。后续跟进。")
		if p := problem(t, r, "label-in-body"); p.Severity != c.severity {
			t.Errorf("%s: %s", c.line, p.Severity)
		}
		if got := outlineOf(r.Document)[0]; got != "要闻||"+c.line {
			t.Errorf("got %q", got)
		}
	}
}

func TestLeads(t *testing.T) {
	forty := strings.Repeat("长", 40)
	for _, c := range []struct{ text, lead string }{
		{"春耕收尾。全市完成。", "春耕收尾。"},
		{"春耕何时收尾？全市完成。", "春耕何时收尾？"},
		{"春耕收尾。", ""},
		{"7月2日，召开会议。会后调研。", ""},
		{"7 月 2 日，召开会议。会后调研。", ""},
		{"2021年，召开会议。会后调研。", ""},
		{"七月二日，召开会议。会后调研。", ""},
		{"一。全市完成。", ""},
		{"春耕。全市完成。", "春耕。"},
		{forty + "。全市完成。", forty + "。"},
		{forty + "长。全市完成。", ""},
		{"他说：“开始吧。”然后离开。会议结束。", "他说：“开始吧。”然后离开。"},
	} {
		if lead, rest := splitLead(c.text); lead != c.lead || lead+rest != c.text {
			t.Errorf("%s: got %q, rest %q", c.text, lead, rest)
		}
	}
}

func TestOverlaps(t *testing.T) {
	for _, c := range []struct{ a, b, want string }{
		{"总理、党组书记", "记李克强主持", "记"},
		{"工业网", "络标准", ""},
		{"有限公司总经理", "总经理曹某", "总经理"},
		{"哈哈", "哈哈笑", "哈哈"},
		{"", "甲", ""},
	} {
		if got := overlap(c.a, c.b); got != c.want {
			t.Errorf("%s|%s: got %q", c.a, c.b, got)
		}
	}
}
