package bulletin

import (
	"slices"
	"strings"
	"testing"
)

// tailOf reads a tail under a small body and reports the tail alone.
func tailOf(t *testing.T, text string) (Document, []string) {
	t.Helper()
	r := Parse(headOfBulletin + "【要闻】\n春耕收尾。全市春耕面积完成98%。\n\n" + text)
	if got := outlineOf(r.Document); len(got) != 1 {
		t.Errorf("%q is taken for body: %q", text, got)
	}
	return r.Document, codes(r.Problems)
}

func lists(d Document) string {
	var all []string
	for _, l := range d.Lists {
		all = append(all, l.Label+"="+l.Text)
	}
	return strings.Join(all, "|")
}

func TestListForms(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"报：市委、市政府。\n送：市统计局。", "报=市委、市政府|送=市统计局"},
		{"报:市委,市政府\n送:市财政局", "报=市委,市政府|送=市财政局"},
		{"抄　报：市委\n抄 送：市政府\n报　　：省厅", "抄报=市委|抄送=市政府|报=省厅"},
		{"抄送：县委办。\n抄报：局领导。\n分送：各科室。", "抄送=县委办|抄报=局领导|分送=各科室"},
		{"呈报：市委领导\n报送：市委办\n主送：各县\n发：局属单位", "呈报=市委领导|报送=市委办|主送=各县|发=局属单位"},
		{"送：市发改委、市工信\n    局、市财政局。", "送=市发改委、市工信局、市财政局"},
		{"送：市发改委、\n市工信局。", "送=市发改委、市工信局"},
		{"报：市委、市气象台\n市农牧业局、相关科室               分析：张三  审核：乔 栋", "报=市委、市气象台、市农牧业局、相关科室"},
		{"报：市委。（共印16份）", "报=市委"},
		{"送：市直有关部门；各县（市、区）委办", "送=市直有关部门；各县（市、区）委办"},
	} {
		if d, _ := tailOf(t, c.text); lists(d) != c.want {
			t.Errorf("%q: got %s", c.text, lists(d))
		}
	}
}

func TestAListWithoutASeparatorIsDoubted(t *testing.T) {
	if _, got := tailOf(t, "报：市委、市气象台\n市农牧业局"); !slices.Contains(got, "list-wrapped") {
		t.Errorf("got %v", got)
	}
}

func TestCopies(t *testing.T) {
	for _, c := range []struct {
		text      string
		run, file int
	}{
		{"（共印 20 份）", 20, 0},
		{"(共印25份)", 25, 0},
		{"共印:32份", 32, 0},
		{"（共印三十份）", 30, 0},
		{"共印７０份（存档２份）", 70, 2},
		{"（共印12份，存档2份）", 12, 2},
		{"印30份", 30, 0},
		{"印数：60份", 60, 0},
		{"印发份数：15", 15, 0},
		{"存档：2份\n共印:32份", 32, 2},
		{"示例市科技局办公室    2021年7月15日印发    共印40份", 40, 0},
		{"编辑：乔 栋        （共印18份）", 18, 0},
	} {
		d, got := tailOf(t, "报：市委。\n"+c.text)
		if d.PrintRun != c.run || d.FileCopies != c.file {
			t.Errorf("%s: %d and %d on file", c.text, d.PrintRun, d.FileCopies)
		}
		if slices.Contains(got, "unknown-line") || lists(d) != "报=市委" {
			t.Errorf("%s: %v, lists %s", c.text, got, lists(d))
		}
	}
}

func TestRoles(t *testing.T) {
	d, _ := tailOf(t, "报：市委。\n责任编辑：张 三　核稿：李四 王 五  签发：\n值班员：赵六   电话：0835-2220001  传真:0835-2220002\n邮箱：a@example.invalid")
	for label, want := range map[string][]string{"责任编辑": {"张三"}, "核稿": {"李四", "王五"}, "值班员": {"赵六"}} {
		if got := d.Role(label); !slices.Equal(got, want) {
			t.Errorf("%s: %q", label, got)
		}
	}
	if len(d.Roles) != 4 || d.Roles[2].Label != "签发" || d.Roles[2].Names != nil {
		t.Errorf("the empty role: %+v", d.Roles)
	}
	if !slices.Equal(d.Phones, []string{"0835-2220001"}) || !slices.Equal(d.Faxes, []string{"0835-2220002"}) || !slices.Equal(d.Emails, []string{"a@example.invalid"}) {
		t.Errorf("contacts: %v %v %v", d.Phones, d.Faxes, d.Emails)
	}
}

func TestNames(t *testing.T) {
	for text, want := range map[string][]string{
		"程继东":          {"程继东"},
		"乔 栋":          {"乔栋"},
		"乔　栋":          {"乔栋"},
		"叶  飞":         {"叶飞"},
		"张 三 李四":       {"张三", "李四"},
		"张 三 李 四":      {"张三", "李四"},
		"王某某、李某某":      {"王某某", "李某某"},
		"欧阳 锋":         {"欧阳锋"},
		"欧 阳 修":        {"欧阳修"},
		"司马 相如 张三":     {"司马相如", "张三"},
		"程继东 乔 栋":      {"程继东", "乔栋"},
		"李𬭚":           {"李𬭚"},
		"王 䶮":          {"王䶮"},
		"":             nil,
		"  ":           nil,
		"张三，李四；王五/赵六。": {"张三", "李四", "王五", "赵六"},
	} {
		if got := Names(text); !slices.Equal(got, want) {
			t.Errorf("%q: got %q", text, got)
		}
	}
}

func TestPhonesWithoutAreaCode(t *testing.T) {
	for number, local := range map[string]bool{"8589860": true, "85898601": true, "858-9860": true, "0477-8589860": false, "13800000000": false, "4001234567": false, "12345": false} {
		if _, got := tailOf(t, "电话："+number); slices.Contains(got, "phone-area") != local {
			t.Errorf("%s: %v", number, got)
		}
	}
}

func TestPrintLine(t *testing.T) {
	d, _ := tailOf(t, "抄报：县广播电视台、镇委\n示例市科技局办公室               2021年7月16日印发\n附件１：名单\n张三\n李四")
	if d.PrintDate != (Date{2021, 7, 16}) || d.PrintOrgan != "示例市科技局办公室" || lists(d) != "抄报=县广播电视台、镇委" {
		t.Errorf("got %v %q %s", d.PrintDate, d.PrintOrgan, lists(d))
	}
	if len(d.Annexes) != 1 || d.Annexes[0].Title != "附件１：名单" || !slices.Equal(d.Annexes[0].Lines, []string{"张三", "李四"}) {
		t.Errorf("annexes %+v", d.Annexes)
	}
}

func TestTheDateMayStandAtTheEndOnly(t *testing.T) {
	d := Parse("科技简报\n第8期\n\n【要闻】\n春耕收尾。全市春耕面积完成98%。\n\n报：市委。\n示例市科技局\n2021年7月15日\n").Document
	if d.Date != (Date{2021, 7, 15}) || !slices.Equal(d.Organs, []string{"示例市科技局"}) || d.Number.Year != 2021 {
		t.Errorf("got %v %v %+v", d.Date, d.Organs, d.Number)
	}
}

func TestUnknownLinesOfTheTailAreKept(t *testing.T) {
	d, got := tailOf(t, "报：市委。\n本刊欢迎来稿\n（共印3份）")
	if !slices.Contains(got, "unknown-line") || len(d.Annexes) != 1 || !slices.Equal(d.Annexes[0].Lines, []string{"本刊欢迎来稿"}) {
		t.Errorf("%v, annexes %+v", got, d.Annexes)
	}
}

func TestTextAfterThePrintRunIsAnAnnex(t *testing.T) {
	long := "市领导在全市科技大会上的讲话要点如下，请各单位结合实际认真学习领会，并抓好贯彻落实工作。"
	d, _ := tailOf(t, "报：市委。\n（共印3份）\n"+long+"\n一、抓好落实。")
	if len(d.Annexes) != 1 || !slices.Equal(d.Annexes[0].Lines, []string{long, "一、抓好落实。"}) {
		t.Errorf("annexes %+v", d.Annexes)
	}
}

func TestListsMayStandAtTheTop(t *testing.T) {
	d := Parse("科技简报\n第8期\n示例市科技局\n2021年7月15日\n主送：市委、市政府\n\n【要闻】\n春耕收尾。全市完成98%。\n编辑：乔 栋\n").Document
	if lists(d) != "主送=市委、市政府" || len(d.Items()) != 1 || d.Roles == nil {
		t.Errorf("lists %s, items %q", lists(d), outlineOf(d))
	}
}
