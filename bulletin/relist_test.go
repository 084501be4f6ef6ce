package bulletin

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

const relistText = "科 技 简 报\n第 8 期\n某市科学技术局\n2021 年 7 月 15 日\n\n【部门动态】\n7月2日，某市召开会议，研究科技工作。\n\n报：市委、市政府领导。\n送：市发改委、\n    市财政局。\n编辑：程继东  审核：乔 栋\n（共印 20 份）\n"

func TestListsAreExchangedInTheText(t *testing.T) {
	for name, c := range map[string]struct {
		lists []List
		want  string
	}{
		"as they are": {[]List{{Label: "报", Text: "市委、市政府领导"}, {Label: "送", Text: "市发改委、市财政局"}}, relistText},
		"another one in two lines": {[]List{{Label: "报", Text: "市委、市政府领导"}, {Label: "送", Text: "市财政局，市发改委"}},
			strings.Replace(relistText, "送：市发改委、\n    市财政局。", "送：市财政局，市发改委。", 1)},
		"one goes": {[]List{{Label: "送", Text: "市发改委、市财政局"}}, strings.Replace(relistText, "报：市委、市政府领导。\n", "", 1)},
		"one comes": {[]List{{Label: "报", Text: "市委、市政府领导"}, {Label: "送", Text: "市发改委、市财政局"}, {Label: "发", Text: "各科室"}},
			strings.Replace(relistText, "    市财政局。\n", "    市财政局。\n发：各科室。\n", 1)},
	} {
		if got := Relist(relistText, c.lists); got != c.want {
			t.Errorf("%s\n got %q\nwant %q", name, got, c.want)
		}
	}
	if got := Parse(Relist("科技简报\n第8期\n\n7月2日，开会。\n", []List{{Label: "送", Text: "市财政局"}})).Document; len(got.Lists) != 1 || got.Lists[0].Text != "市财政局" {
		t.Errorf("a text without lists: %+v", got.Lists)
	}
}

// Whatever the lists become, the rest of every sample stays what it was.
func TestTheRestOfTheTextStays(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	texts := []string{relistText}
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		texts = append(texts, string(data))
	}
	name := rapid.SampledFrom([]string{"市发改委", "市财政局", "各旗区人民政府", "市委、市政府领导", "A公司（北京）"})
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.SampledFrom(texts).Draw(t, "text")
		var lists []List
		for _, label := range rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"报", "送", "发", "抄送", "主送"}), 1, 4, rapid.ID).Draw(t, "labels") {
			lists = append(lists, List{Label: label, Text: strings.Join(rapid.SliceOfN(name, 1, 4).Draw(t, "names"), "、")})
		}
		want := Parse(text).Document
		want.Lists = lists
		if got := Parse(Relist(text, lists)).Document; Format(got) != Format(Parse(Format(want)).Document) {
			t.Fatalf("%q became\n%s\nnot\n%s", text, Format(got), Format(want))
		}
	})
}
