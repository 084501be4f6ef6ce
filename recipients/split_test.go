package recipients

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func names(parts []Part) []string {
	var all []string
	for _, p := range parts {
		all = append(all, p.Name)
	}
	return all
}

// The lists of the real bulletin and of office templates, and what a clerk
// reads in them.
func TestSplitReadsTheListsOfOffices(t *testing.T) {
	cases := []struct{ text, want string }{
		{"鄂尔多斯市委、市人大常委会、市政府、市政协领导。", "鄂尔多斯市委领导|鄂尔多斯市人大常委会领导|鄂尔多斯市政府领导|鄂尔多斯市政协领导"},
		{
			"市发改委、市工信局、市财政局、市生态环境局、市农牧局、市卫健委、市统计局、市能源局、市林草局、鄂尔多斯高新技术产业开发区、鄂尔多斯空港物流园区。",
			"市发改委|市工信局|市财政局|市生态环境局|市农牧局|市卫健委|市统计局|市能源局|市林草局|鄂尔多斯高新技术产业开发区|鄂尔多斯空港物流园区",
		},
		{"市委办公室、市政府办公室；省农业农村厅办公室。", "市委办公室|市政府办公室|省农业农村厅办公室"},
		{"市直有关部门；各县（市、区）委办、政府办。", "市直有关部门|各县（市、区）委办|各县（市、区）政府办"},
		{"各县（市、区）农业农村局，局属各单位。", "各县（市、区）农业农村局|局属各单位"},
		{"县人大常委会办公室，县政府办公室，县政协办公室。", "县人大常委会办公室|县政府办公室|县政协办公室"},
		{"市委常委、宣传部部长。", "市委常委、宣传部部长"},
		{"市委,市政府", "市委|市政府"},
		{"市财政局,市人社局,市医保局", "市财政局|市人社局|市医保局"},
		{"董事长、总经理，党委委员、班子成员", "董事长|总经理|党委委员|班子成员"},
		{"机关各部（室）", "机关各部（室）"},
		{"各分（子）公司、项目部", "各分（子）公司|项目部"},
		{"自治区民委，市委统战部。", "自治区民委|市委统战部"},
		{"市应急管理局、市应急管理局、市气象局。", "市应急管理局|市应急管理局|市气象局"},
		{
			"市乡村振兴局；县委、县人大、县政府、县政协主要领导，县委副书记，分管副县长",
			"市乡村振兴局|县委主要领导|县人大主要领导|县政府主要领导|县政协主要领导|县委副书记|分管副县长",
		},
		{"各乡镇（街道）党委、政府（办事处），县经济开发区", "各乡镇（街道）党委|各乡镇（街道）政府（办事处）|县经济开发区"},
		{"市委、政府、区局科技预报处、区局应急与减灾处、区局生态与农业气象中心", "市委|市政府|区局科技预报处|区局应急与减灾处|区局生态与农业气象中心"},
		{"旗委、政府、旗农牧业局、市局领导、市气象台、业务管理、业务科", "旗委|旗政府|旗农牧业局|市局领导|市气象台|业务管理|业务科"},
		{"各所、队、室（中心）", "各所|各队|各室（中心）"},
	}
	for _, c := range cases {
		if got := strings.Join(names(Split(c.text)), "|"); got != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.text, got, c.want)
		}
	}
}

func TestSplitDistributesWhatIsWrittenOnce(t *testing.T) {
	cases := []struct{ rule, text, want string }{
		{"the suffix reaches back over bodies only", "市财政局、市委、市政府领导", "市财政局|市委领导|市政府领导"},
		{"a suffix after what is no body governs nothing", "市委、市财政局领导", "市委|市财政局领导"},
		{"the suffix ends at the comma", "市委，市政府领导", "市委|市政府领导"},
		{"班子成员 governs too", "旗委、旗人大、旗政府、旗政协领导班子成员", "旗委领导班子成员|旗人大领导班子成员|旗政府领导班子成员|旗政协领导班子成员"},
		{"bare bodies", "鄂尔多斯市委、人大常委会、政府、政协领导", "鄂尔多斯市委领导|鄂尔多斯市人大常委会领导|鄂尔多斯市政府领导|鄂尔多斯市政协领导"},
		{"of a region", "内蒙古自治区党委、政府", "内蒙古自治区党委|内蒙古自治区政府"},
		{"the place passes a comma", "鄂尔多斯市委，市政府", "鄂尔多斯市委|鄂尔多斯市政府"},
		{"the place does not pass a semicolon", "包头市委、市政府；市统计局", "包头市委|包头市政府|市统计局"},
		{"the last place that was said", "鄂尔多斯市委、市政府、包头市委、市政府", "鄂尔多斯市委|鄂尔多斯市政府|包头市委|包头市政府"},
		{"two levels", "鄂尔多斯市东胜区政府、区统计局、市统计局", "鄂尔多斯市东胜区政府|鄂尔多斯市东胜区统计局|鄂尔多斯市统计局"},
		{"a new city ends its districts", "鄂尔多斯市东胜区政府、包头市政府、区统计局", "鄂尔多斯市东胜区政府|包头市政府|区统计局"},
		{"a market is no city", "农贸市场管理中心、市统计局", "农贸市场管理中心|市统计局"},
		{"a zone is no district", "鄂尔多斯高新技术产业开发区管委会、区统计局", "鄂尔多斯高新技术产业开发区管委会|区统计局"},
		{"各X, suffix", "各旗区党委、政府主要领导", "各旗区党委主要领导|各旗区政府主要领导"},
		{"各X ends at a place", "各旗区人民政府、市直各部门、康巴什区、水务局", "各旗区人民政府|市直各部门|康巴什区|水务局"},
		{"各 and two layers", "各乡镇、街道", "各乡镇|各街道"},
		{"各部门、单位", "各部门、单位", "各部门|各单位"},
		{"brackets are whole", "市委（办公室、督查室），市政府", "市委（办公室、督查室）|市政府"},
		{"a lone bracket is a sign", "市委（办公室、市政府", "市委（办公室|市政府"},
		{"nested", "甲（乙〔丙、丁〕戊、己），庚", "甲（乙〔丙、丁〕戊、己）|庚"},
		{"stray separators", "、市委、、市政府；，市政协。", "市委|市政府|市政协"},
		{"layout", " 市 委 、\n市政府\u3000", "市委|市政府"},
		{"latin", "Bayer R D Center、ABC Ltd", "Bayer R D Center|ABC Ltd"},
		{"nothing", "  。", ""},
	}
	for _, c := range cases {
		if got := strings.Join(names(Split(c.text)), "|"); got != c.want {
			t.Errorf("%s: %s\n got %s\nwant %s", c.rule, c.text, got, c.want)
		}
	}
}

func TestSplitKeepsTheWordsAsPrinted(t *testing.T) {
	parts := Split("鄂尔多斯市委、市政府领导；各旗区人民政府")
	var printed []string
	for _, p := range parts {
		printed = append(printed, p.Before+p.Printed)
	}
	want := []string{"鄂尔多斯市委", "、市政府领导", "；各旗区人民政府"}
	if !slices.Equal(printed, want) {
		t.Errorf("printed %q, want %q", printed, want)
	}
	if parts[1].Place != "鄂尔多斯市" || parts[0].Place != "" {
		t.Errorf("places %q, %q", parts[0].Place, parts[1].Place)
	}
}

func TestSplitKnowsWhatMeansSeveral(t *testing.T) {
	several := []string{"各旗区人民政府", "市直有关部门", "市直各部门", "局属各单位", "机关各部（室）", "相关科室", "各县（市、区）委办"}
	for _, text := range several {
		if p := Split(text); len(p) != 1 || !p[0].Collective {
			t.Errorf("%s means several: %+v", text, p)
		}
	}
	for _, text := range []string{"市发改委", "市委领导", "鄂尔多斯空港物流园区"} {
		if p := Split(text); p[0].Collective {
			t.Errorf("%s is one", text)
		}
	}
	if p := Split("市委常委、宣传部部长"); !p[0].Doubtful {
		t.Error("two posts joined without a doubt")
	}
}

// listText makes lists of the words that lists are made of, in any order.
func listText() *rapid.Generator[string] {
	words := rapid.SampledFrom([]string{
		"鄂尔多斯市", "市", "委", "旗", "人大", "常委会", "政府", "政协", "领导", "各", "县（市、区）", "统计局", "、", "，", "；", "。",
		"（", "）", " ", "\n", "常委", "部长", "R", "D", ",", "\xff", "〔", "〕", "公司", "有关部门", "市委、市政府信访局",
	})
	return rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(words, 0, 40).Draw(t, "words"), "")
	})
}

// dropsNothing reports how the parts of a text fail to be the text.
func dropsNothing(text string) string {
	var b strings.Builder
	for i, p := range Split(text) {
		if p.Printed == "" || p.Name == "" || (i == 0) != (p.Before == "") {
			return "an empty part"
		}
		b.WriteString(p.Before + p.Printed)
	}
	if b.String() != Tidy(text) {
		return "the parts are " + b.String() + ", the text " + Tidy(text)
	}
	return ""
}

func TestSplitDropsNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := listText().Draw(t, "text")
		if wrong := dropsNothing(text); wrong != "" {
			t.Fatalf("%q: %s", text, wrong)
		}
		if once := Tidy(text); Tidy(once) != once {
			t.Fatalf("%q: tidied twice is another text", text)
		}
	})
}

func FuzzSplit(f *testing.F) {
	f.Add("鄂尔多斯市委、市人大常委会、市政府、市政协领导。")
	f.Add("各县（市、区）委办、政府办；局属各单位")
	f.Add("((((、))))")
	f.Fuzz(func(t *testing.T, text string) {
		if wrong := dropsNothing(text); wrong != "" {
			t.Fatal(wrong)
		}
	})
}
