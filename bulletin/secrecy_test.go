package bulletin

import (
	"strings"
	"testing"

	"jianbao/fault"
)

func TestLabelForms(t *testing.T) {
	for text, want := range map[string]string{
		"秘密":                "秘密",
		"秘 密":               "秘密",
		"绝　密":               "绝密",
		"秘密★1年":             "秘密★1年",
		"机密★10年":            "机密★10年",
		"机 密 ★ 10 年":        "机密★10年",
		"机密☆１０年":            "机密★10年",
		"机密*5年":             "机密★5年",
		"机密＊5年":             "机密★5年",
		"绝密★长期":             "绝密★长期",
		"秘密★2026年12月31日前":   "秘密★2026年12月31日前",
		"机密★会议开始前":          "机密★会议开始前",
		"绝密★(30年)":          "绝密★30年",
		"绝密★（30年）":          "绝密★30年",
		"绝密（30年）":           "绝密★30年",
		"密级：秘密":             "秘密",
		"密　级：机密★10年":        "机密★10年",
		"【秘密】":              "秘密",
		"秘密1年":              "秘密★1年",
		"秘密 十年":             "秘密★十年",
		"机密 长期":             "机密★长期",
		"密级：秘密  保密期限：5年":    "秘密★5年",
		"秘密★1年   特急":        "秘密★1年",
		"000012  机密★10年":    "机密★10年",
		"机密★10年  No.000012": "机密★10年",
		"机密件":               "机密",
		"**秘密★1年**":         "秘密★1年",
	} {
		if l, ok := labelOf(text); !ok || l.String() != want {
			t.Errorf("%s: got %v %v, want %s", text, l, ok, want)
		}
	}
}

func TestWhatIsNoLabel(t *testing.T) {
	for _, text := range []string{
		"商业秘密", "保守国家秘密法", "秘密工作简报", "机密文件管理办法", "示例保密工作简报", "讲解秘密、机密、绝密三级的区别", "秘密战线",
		"秘密和机密怎么区分", "内部资料 注意保存", "", "密级：内部", "密级：公开", "密", "秘密，是指不能公开的事项。",
	} {
		if l, ok := labelOf(text); ok {
			t.Errorf("%s: got %v", text, l)
		}
	}
}

func TestWhereALabelIsLookedFor(t *testing.T) {
	sentence := "开展保密宣传。8月1日讲解秘密、机密、绝密三级的区别。\n"
	for _, c := range []struct {
		about, name, property, text, where string
		line                               int
	}{
		{"first line", "", "", "秘 密\n\n示例内参\n第3期\n", InText, 1},
		{"eighth line", "", "", "\n" + strings.Repeat("甲\n\n", 7) + "机密★1年\n", InText, 16},
		{"below the head", "", "", "示例简报\n第1期\n示例市局\n2024年8月5日\n" + strings.Repeat(sentence, 6) + "秘密\n", "", 0},
		{"above a low masthead", "", "", strings.Repeat("示例市某某局\n", 8) + "秘密\n示例简报\n第1期\n", InText, 9},
		{"in sentences", "", "", "示例保密工作简报\n第1期\n" + sentence, "", 0},
		{"file name", "示例内参第3期（秘密）.docx", "", "", InName, 0},
		{"file name with a star", "D:\\稿件\\机密★10年 示例内参.docx", "", "", InName, 0},
		{"a law in the file name", "保守国家秘密法宣传.docx", "", "", "", 0},
		{"trade secrets in the file name", "企业商业秘密保护-定稿.docx", "", "", "", 0},
		{"property", "a.docx", "秘密★1年", "", InProperties, 0},
		{"key words", "a.docx", "简报;机密", "", InProperties, 0},
		{"a property without a label", "a.docx", "保密工作", "", "", 0},
	} {
		l, ok := Classified(c.name, []string{"", c.property}, c.text)
		if ok != (c.where != "") || l.Where != c.where || l.Line != c.line {
			t.Errorf("%s: got %+v", c.about, l)
		}
	}
}

func TestClassifiedTextIsRefused(t *testing.T) {
	l, _ := Classified("", nil, "秘密★1年\n示例内参\n")
	if r := l.Refusal(); r.Code != fault.Refused || !strings.Contains(r.In(fault.ZH), "秘密★1年") {
		t.Errorf("got %v", r)
	}
}
