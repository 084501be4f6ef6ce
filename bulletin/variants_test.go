package bulletin

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// facts writes what was read of a bulletin, a fact a line, for tables of tests.
func facts(r Reading) []string {
	d := r.Document
	n := d.Number
	all := []string{"名称 " + d.Masthead, fmt.Sprintf("期号 %s %d/%d/%d", n.Kind, n.No, n.Year, n.Total), "期号文字 " + n.Label,
		"单位 " + strings.Join(d.Organs, "、"), "承办 " + strings.Join(d.Undertakers, "、"), "日期 " + d.Date.String(), "标题 " + d.Title,
		"提示 " + d.Notice, "缓急 " + d.Urgency, "份号 " + d.CopyNo, "编者按 " + d.EditorNote, "附注 " + strings.Join(d.Extra, "|"),
		fmt.Sprintf("批示 %s|%s|%s", d.Remark.Text, d.Remark.By, d.Remark.Date), fmt.Sprintf("印数 %d/%d", d.PrintRun, d.FileCopies),
		"印发 " + d.PrintOrgan + " " + d.PrintDate.String(), "电话 " + strings.Join(d.Phones, "、"), "要目 " + strings.Join(d.Contents, "|")}
	for _, s := range d.Sections {
		all = append(all, fmt.Sprintf("栏目 %s %d", s.Name, len(s.Items)))
	}
	for _, it := range outlineOf(d) {
		all = append(all, "条目 "+it)
	}
	for _, l := range d.Lists {
		all = append(all, l.Label+" "+l.Text)
	}
	for _, l := range d.Roles {
		all = append(all, l.Label+" "+strings.Join(l.Names, "、"))
	}
	for _, a := range d.Annexes {
		all = append(all, "附件 "+a.Title+"|"+strings.Join(a.Lines, "|"))
	}
	for _, p := range r.Problems {
		all = append(all, "问题 "+p.Code)
	}
	return all
}

const plainBody = "【要闻】\n春耕收尾。全市春耕面积完成98%。\n"

// under puts a head over a plain body, above a plain tail.
func under(head string) string {
	return head + "\n" + plainBody + "报：市委。\n（共印3份）\n"
}

// over puts a tail under a plain head and body.
func over(tail string) string { return headOfBulletin + plainBody + tail + "\n" }

// around puts a body between a plain head and tail.
func around(body string) string {
	return headOfBulletin + body + "\n报：市委。\n（共印3份）\n"
}

type variant struct {
	name, text string
	want       []string
}

func try(t *testing.T, all []variant) {
	t.Helper()
	for _, v := range all {
		got := facts(Parse(v.text))
		for _, w := range v.want {
			absent, not := strings.CutPrefix(w, "!")
			if slices.Contains(got, absent) == not {
				t.Errorf("%s: %s\ngot %s", v.name, w, strings.Join(got, "\n    "))
			}
		}
		if lost := lostLetters(v.text, Parse(v.text)); lost != "" {
			t.Errorf("%s: lost %q", v.name, lost)
		}
	}
}

func TestHeadVariants(t *testing.T) {
	try(t, []variant{
		{"corners and two organs", under("内部资料          000123\n注意保存\n示例市委办公室  示例市人民政府办公室\n工 作 简 报\n2024年第3期（总第45期）\n2024年3月8日"),
			[]string{"名称 工作简报", "份号 000123", "提示 内部资料 注意保存", "单位 示例市委办公室、示例市人民政府办公室", "期号 正刊 3/2024/45", "日期 2024-03-08"}},
		{"the second organ under the date", under("工作简报\n第3期\n示例市委办公室                    2024年3月8日\n示例市人民政府办公室"),
			[]string{"单位 示例市委办公室、示例市人民政府办公室", "栏目 要闻 1"}},
		{"a term", under("学校工作简报\n2023—2024学年第一学期第5期（总第25期）\n示例市第一中学办公室编  二〇二三年十一月六日"),
			[]string{"期号文字 2023—2024学年第一学期第5期（总第25期）", "期号 正刊 5/2023/25", "单位 示例市第一中学办公室", "日期 2023-11-06"}},
		{"a month for a number", under("示例月报\n2024年3月\n示例市局"), []string{"期号文字 2024年3月", "期号 正刊 0/2024/0", "单位 示例市局", "问题 no-day"}},
		{"a quarter for a number", under("示例通讯\n2024年第一季度\n示例市局\n2024年4月2日"), []string{"期号文字 2024年第一季度", "日期 2024-04-02"}},
		{"a blank number", under("示例快报\n〔2025〕第XX期\n示例市局\n2025年4月2日"), []string{"期号文字 〔2025〕第XX期", "期号 正刊 0/2025/0", "问题 blank-number", "!问题 no-number"}},
		{"a number of blanks", under("示例快报\n第    期\n示例市局\n2025年4月2日"), []string{"期号文字 第期", "问题 blank-number"}},
		{"kind and number above the name", under("增  刊\n第2期\n示例简报\n示例市局    2024年5月1日"), []string{"名称 示例简报", "期号 增刊 2/2024/0"}},
		{"kind below the name", under("示例简报\n（专刊）\n第2期\n示例市局    2024年5月1日"), []string{"期号 专刊 2/2024/0"}},
		{"a subtitle", under("示例简报\n（防汛专刊）\n第2期\n示例市局    2024年5月1日"), []string{"名称 示例简报", "单位 示例市局", "日期 2024-05-01"}},
		{"total first", under("示例简报\n总第108期 第8期\n示例市局\n2024年5月1日"), []string{"期号 正刊 8/2024/108"}},
		{"two issues in one", under("示例简报\n第8-9期（合刊）\n示例市局\n2024年5月1日"), []string{"期号文字 第8-9期（合刊）", "期号 正刊 8/2024/0"}},
		{"everything on one line", under("示例舆情专报\n2024年第12期 总第112期 2024年3月1日 示例市委网信办"), []string{"期号 正刊 12/2024/112", "日期 2024-03-01", "单位 示例市委网信办"}},
		{"number, organ and date on one line", under("示例简报\n第5期    示例市局    2024.5.6"), []string{"期号 正刊 5/2024/0", "单位 示例市局", "日期 2024-05-06"}},
		{"labels", under("简报名称：工作之友\n期号：第5期\n总期号：88\n主办：示例市局　承办：示例市信息中心\n日期：2019年12月3日"),
			[]string{"名称 工作之友", "期号 正刊 5/2019/88", "单位 示例市局", "承办 示例市信息中心", "日期 2019-12-03"}},
		{"a title in quotation marks of books", under("《科技参考》\n第5期\n示例市局\n2019年12月3日"), []string{"名称 科技参考"}},
		{"a Latin O in the year", under("示例简报\n第五期\n示例市局    二O二四年五月六日"), []string{"日期 2024-05-06"}},
		{"a weekday and an hour", under("示例简报\n第5期\n示例市局\n2024年5月6日（星期一）9时30分"), []string{"日期 2024-05-06", "问题 time-of-day"}},
		{"a month that does not exist", under("示例简报\n第5期\n示例市局  2024年13月6日"), []string{"日期 ", "问题 impossible-date", "单位 示例市局"}},
		{"urgency and copy number with labels", under("份号：000012\n紧急程度：加急\n示例要情\n〔2024〕第3期\n示例市委办公室\n2024年8月1日"), []string{"份号 000012", "缓急 加急", "名称 示例要情"}},
		{"lists at the top that wrap", "示例简报\n第5期\n示例市局\n2024年3月15日\n主送：市委、市政府，\n      市人大、市政协\n抄送：市直各部门\n" + plainBody,
			[]string{"主送 市委、市政府，市人大、市政协", "抄送 市直各部门", "栏目 要闻 1"}},
		{"a title with lists under it", "示例简报\n第5期\n示例市局\n2024年3月15日\n县委召开专题会议\n主送：市委\n3月14日，县委召开专题会议，研究春耕。\n",
			[]string{"标题 县委召开专题会议", "主送 市委", "条目 ||3月14日，县委召开专题会议，研究春耕。"}},
	})
}

func TestRemarkVariants(t *testing.T) {
	head := "示例简报\n第5期\n示例市局\n2024年7月15日\n"
	for name, slot := range map[string]string{
		"name and date on two lines": "领导批示：\n请市发改委研究。\n王某某\n7月18日\n",
		"with a dash":                "领导批示：\n请市发改委研究。\n    ——王某某 2024年7月18日\n",
		"on the line of the words":   "领导批示：请市发改委研究。王某某，7月18日\n",
		"in brackets":                "领导批示：请市发改委研究。（王某某 2024.7.18）\n",
	} {
		try(t, []variant{{name, head + slot + plainBody, []string{"批示 请市发改委研究。|王某某|2024-07-18", "栏目 要闻 1"}}})
	}
	try(t, []variant{
		{"an impossible day", head + "领导批示：\n请研究。\n王某某  7月38日\n" + plainBody, []string{"问题 impossible-date", "批示 请研究。\n王某某  7月38日||"}},
		{"the organ under an empty slot", "示例简报\n第5期\n领导批示：\n示例市局  2024年7月15日\n" + plainBody, []string{"批示 ||", "单位 示例市局", "日期 2024-07-15"}},
	})
}

func TestBodyVariants(t *testing.T) {
	try(t, []variant{
		{"sections by another marker", around("■ 要闻\n● 甲事进展顺利。目前已完成。（市发改委）\n● 乙事有序推进。正在施工。\n■ 动态\n● 丙事启动。已开工。"),
			[]string{"栏目 要闻 2", "栏目 动态 1", "条目 要闻|甲事进展顺利。|目前已完成。|(市发改委)"}},
		{"numbers that begin again", around("【要闻】\n1．甲事办结。已完成。\n2．乙事启动。已开工。\n【动态】\n1．丙事启动。已开工。"),
			[]string{"栏目 要闻 2", "栏目 动态 1", "条目 动态|1．丙事启动。|已开工。"}},
		{"a bare organ in brackets", around("【要闻】\n甲县推进。完成80%。（甲县农业农村局、乙县水利局）\n乙县推进。完成90%（含甲局）"),
			[]string{"条目 要闻|甲县推进。|完成80%。|(甲县农业农村局、乙县水利局)", "条目 要闻|乙县推进。|完成90%（含甲局）"}},
		{"a source is no contributor", around("【要闻】\n甲事。网民发帖。（某平台 http://example.invalid/a）"), []string{"条目 要闻|甲事。|网民发帖。（某平台 http://example.invalid/a）"}},
		{"a lead in a bracket", around("【春耕收尾】全市春耕面积完成98%。\n【夏收开始】全市夏收完成1%。"), []string{"条目 |【春耕收尾】|全市春耕面积完成98%。", "栏目  2"}},
		{"leads in asterisks", around("【要闻】\n**春耕收尾**。全市完成98%。\n（一）**产业发展。**新增12个。"), []string{"条目 要闻|春耕收尾。|全市完成98%。", "条目 要闻|（一）产业发展。|新增12个。"}},
		{"a plain line", around("【要闻】\n¶发：展改革要点。\n¶春耕收尾。全市完成98%。"), []string{"条目 要闻||发：展改革要点。", "条目 要闻||春耕收尾。全市完成98%。", "!问题 label-in-body"}},
		{"a table and a picture", around("【要闻】\n春耕收尾。各县进度如下：\n| 县 | 亩 |\n|---|---|\n| 甲 | 3 |\n![现场](a.png)\n夏收开始。全市完成1%。"),
			[]string{"条目 要闻|春耕收尾。|各县进度如下：|| 县 | 亩 |||---|---||| 甲 | 3 ||![现场](a.png)", "栏目 要闻 2"}},
		{"markdown", "# 示例工作简报\n\n**第3期**\n\n示例市局    2024年5月6日\n\n---\n\n## 【要闻】\n\n**春耕收尾。**全市完成98%。\n\n- 甲县完成90%。\n\n**报：** 市委\n",
			[]string{"名称 示例工作简报", "期号 正刊 3/2024/0", "条目 要闻|春耕收尾。|全市完成98%。", "条目 要闻||甲县完成90%。", "报 市委"}},
		{"a title on two lines", around("关于全县宣传工作情况的\n报    告\n今年以来，全县宣传工作稳步推进。"), []string{"标题 关于全县宣传工作情况的报告", "条目 ||今年以来，全县宣传工作稳步推进。"}},
		{"a second title", around("甲镇破题解难\n——记甲镇春耕\n今年以来，甲镇春耕稳步推进。"), []string{"标题 甲镇破题解难——记甲镇春耕"}},
		{"an editor's note in brackets", around("[编者按] 现将有关情况编发。\n【要闻】\n春耕收尾。全市完成。"), []string{"编者按 现将有关情况编发。", "栏目 要闻 1"}},
		{"page numbers and a head that runs", around("【要闻】\n春耕收尾。全市上下齐心协力，取得阶段性成\n科技简报            第2页\n- 2 -\n果，群众满意。\n乙事办结。后续跟进。\n— 3 —\n示例市科技局编印\n丙事办结。正在推进中的项目共有\n— 4 —\n示例市科技局编印\n12个。"),
			[]string{"条目 要闻|春耕收尾。|全市上下齐心协力，取得阶段性成果，群众满意。", "条目 要闻|丙事办结。|正在推进中的项目共有12个。", "栏目 要闻 3"}},
		{"a paragraph that was copied twice", around("【要闻】\n春耕收尾。全市完成98%，各项工作有序推进。\n各项工作有序推进。下一步抓夏收。"), []string{"问题 seam-repeated"}},
		{"contents without sections", around("目  录\n春耕收尾……1\n夏收开始……2\n【要闻】\n春耕收尾。全市完成98%。\n【动态】\n夏收开始。完成1%。"),
			[]string{"要目 春耕收尾……1|夏收开始……2", "栏目 要闻 1", "栏目 动态 1"}},
		{"contents without a name", "运 行 月 报\n〔2024〕第3期（总第9期）\t2024年4月1日\n· 综合运行情况\n· （一）处置情况\n· 工作动态\n一、综合运行情况\n（一）处置情况。已处置。\n二、工作动态\n1.甲。已办。\n",
			[]string{"要目 · 综合运行情况|· （一）处置情况|· 工作动态", "栏目 一、综合运行情况 1", "栏目 二、工作动态 1"}},
		{"a label in the text", around("县人大视察重点项目\n6月1日，县人大常委会组织代表视察。\n联系人：张某某。\n视察组要求加快进度。"),
			[]string{"标题 县人大视察重点项目", "条目 ||6月1日，县人大常委会组织代表视察。|联系人：张某某。|视察组要求加快进度。", "问题 label-in-body"}},
		{"an analysis is no analyst", around("【动态】\n乙事回应及时。已回应。\n分析：上半年舆情总体平稳，主要集中在民生领域。"), []string{"栏目 动态 2", "!问题 label-in-body"}},
		{"words of classification", around("【要闻】\n保密宣传。讲解秘密、机密、绝密三级的区别。"), []string{"问题 secret-word", "栏目 要闻 1"}},
	})
}

func TestTailVariants(t *testing.T) {
	try(t, []variant{
		{"all on one line", over("报：市委、市政府   送：市财政局；发：各乡镇   编辑：张三 审核：李 四 签发：欧阳 锋 电话：0477-8588888 （共印20份）"),
			[]string{"报 市委、市政府", "送 市财政局", "发 各乡镇", "编辑 张三", "审核 李四", "签发 欧阳锋", "电话 0477-8588888", "印数 20/0"}},
		{"names that are wrapped", over("送：市发改委、市工信\n    局、市财政局、\n    市统计局"), []string{"送 市发改委、市工信局、市财政局、市统计局", "!问题 list-wrapped"}},
		{"one name a line", over("送：市财政局\n    市人社局\n    市医保局"), []string{"送 市财政局、市人社局、市医保局", "问题 list-wrapped"}},
		{"a label above its list", over("报：\n市委、市政府。\n送：\n市财政局。"), []string{"报 市委、市政府", "送 市财政局"}},
		{"a one-off recipient", over("报：市委。\n本期增发：市民委"), []string{"本期增发 市民委"}},
		{"the official form", over("抄送：市委办公室，市人大常委会办公室。\n示例市局办公室                2024年3月15日印发\n                     （共印贰拾份）"),
			[]string{"抄送 市委办公室，市人大常委会办公室", "印发 示例市局办公室 2024-03-15", "印数 20/0"}},
		{"print run and file on one line", over("报：市委。\n共印：120份  存档：2份"), []string{"印数 120/2"}},
		{"print run and file in one bracket", over("报：市委。\n（共印 60 份，其中存档 3 份）"), []string{"印数 60/3"}},
		{"a blank print run", over("报：市委。\n（共印 XX 份）"), []string{"问题 blank-run", "附件 |（共印 XX 份）"}},
		{"rules around", over("——————————\n  报：省厅，市委\n──────────\n  共印30份"), []string{"报 省厅，市委", "印数 30/0"}},
		{"a signature above", over("    示例市科技局\n    2021年7月15日\n报：市委。"), []string{"报 市委", "栏目 要闻 1", "问题 dropped-layout"}},
		{"a signature with another date", over("示例市科技局  2021年7月16日\n报：市委。"), []string{"日期 2021-07-15", "问题 unknown-line"}},
		{"annexes named before the print line", over("主送：县委\n附件：1.名单\n2.照片\n县扶贫办公室             2019年12月4日印发\n共印100份"), []string{"主送 县委", "印发 县扶贫办公室 2019-12-04", "印数 100/0"}},
		{"annexes behind it", over("报：市委。\n（共印3份）\n附件1\n先进单位名单\n甲单位\n附件2：个人名单\n张三"), []string{"附件 附件1|先进单位名单|甲单位", "附件 附件2：个人名单|张三"}},
		{"an annex without a tail", headOfBulletin + plainBody + "附件：名单\n张三\n", []string{"附件 附件：名单|张三", "栏目 要闻 1"}},
		{"no tail", headOfBulletin + plainBody, []string{"栏目 要闻 1", "问题 no-list"}},
		{"a notice at the foot", over("报：市委。\n（内部资料，请勿外传）\n共印3份"), []string{"提示 内部资料 请勿外传", "印数 3/0"}},
		{"a sentence is no list", over("报：市委。\n发：展改革要点已印发。\n共印3份"), []string{"报 市委", "!发 展改革要点已印发", "问题 list-sentence", "附件 |发：展改革要点已印发。"}},
		{"words of the office's own", over("报：市委。\n欢迎各单位踊跃投稿。\n编辑：张三\n共印3份"), []string{"报 市委", "编辑 张三", "印数 3/0", "附件 |欢迎各单位踊跃投稿。"}},
		{"subject words of the old standard", over("主题词：农业 春耕 简报\n报：市委。\n共印3份"), []string{"报 市委", "印数 3/0"}},
	})
}
