package page_test

import (
	"testing"

	"jianbao/bulletin/intake/flow"
	"jianbao/bulletin/intake/page"
)

func TestWhatAPageShows(t *testing.T) {
	for _, c := range []struct{ name, html, want string }{
		{"digits in runs of their own", `<p class=MsoNormal><span>我市</span><span lang=EN-US>2</span><span lang=EN-US>9</span><span>家企业</span></p>`, "我市29家企业\n"},
		{"white space collapses", "<p>  一\n 二  \t三 &nbsp;x </p>", "一二 三  x\n"},
		{"wrapped between Han", "<p>中文\n中文 and\nmore</p>", "中文中文 and more\n"},
		{"breaks", "<p>甲<br>乙<br/>丙</p>", "甲\n乙\n丙\n"},
		{"style and script", "<style>p{}</style><script>if (a<b) {}</script><p>文</p>", "文\n"},
		{"conditional comments", "<!--[if gte mso 9]><xml><w:WordDocument/></xml><![endif]--><p>文<![if !supportEmptyParas]>&nbsp;<![endif]><o:p></o:p></p>", "文\n"},
		{"mso-list", `<p style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>一、<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span><![endif]>推进</p>`, "一、   推进\n"},
		{"bold lead", `<p><b>推进合作。</b>7月3日，市委。</p>`, "**推进合作。**7月3日，市委。\n"},
		{"bold by style", `<p><span style="font-weight:bold">推进<span>合作</span></span>。7月3日，市委。</p>`, "**推进合作。**7月3日，市委。\n"},
		{"all bold", `<p><b>推进合作。</b></p><h2>题<span>目</span></h2>`, "推进合作。\n题目\n"},
		{"lists", `<ol start=3><li>甲<li>乙</ol><ul><li>丙</li></ul><ol style="list-style-type:cjk-ideographic"><li>丁</li></ol>`, "3.甲\n4.乙\n● 丙\n一、丁\n"},
		{"table", `<table><tr><th>单位<th>数<tr><td rowspan=2>甲<td>1<tr><td>a|b<tr><td colspan=2>合<br>计</table>`, "| 单位 | 数 |\n|---|---|\n| 甲 | 1 |\n|  | a\\|b |\n| 合<br>计 |  |\n"},
		{"layout", `<table><tr><td>鄂尔多斯市科学技术局<td>2021年7月15日</table>`, "鄂尔多斯市科学技术局\t2021年7月15日\n"},
		{"nested", `<table><tr><td><table><tr><td>甲<td>乙</table><td>丙</table>`, "| 甲 | 乙 |\n丙\n"},
	} {
		var w flow.Writer
		if _, err := page.Read(c.html, &w); err != nil || w.Text() != c.want {
			t.Errorf("%s: %q, %v; want %q", c.name, w.Text(), err, c.want)
		}
	}
}
