package remarks

import (
	"os"
	"strings"
	"testing"

	"github.com/google/uuid"

	"jianbao/bulletin"
	"jianbao/workflow"
)

var excerpts = []Excerpt{
	{Remark{Writing: Writing{Leader: "张三", Role: "市长", Text: "请市发改委牵头研究，\n7月底前报我。", Date: bulletin.Date{Year: 2021, Month: 7, Day: 16}}}, "《科技简报》2021年第8期"},
	{Remark{Writing: Writing{Leader: "王市长", Role: "市长", Text: "很好。"}}, "《科技简报》2021年第8期"},
}

func TestAnIssueTakesRemarksOver(t *testing.T) {
	raw, err := os.ReadFile("../../seeds/00-seed.txt")
	if err != nil {
		t.Fatal(err)
	}
	text := string(raw)
	before := bulletin.Parse(text).Document
	got := TakeOver(text, excerpts)
	after := bulletin.Parse(got).Document
	last := after.Sections[len(after.Sections)-1]
	if len(after.Sections) != len(before.Sections)+1 || last.Name != SectionName || len(last.Items) != 2 {
		t.Fatalf("%+v", after.Sections)
	}
	if i := last.Items[0]; i.Lead != "张三市长对《科技简报》2021年第8期的批示。" || i.Paragraphs[0] != "请市发改委牵头研究，7月底前报我。（2021年7月16日）" {
		t.Errorf("%+v", i)
	}
	if i := last.Items[1]; i.Lead != "王市长对《科技简报》2021年第8期的批示。" {
		t.Errorf("%+v", i)
	}
	for _, line := range strings.Split(text, "\n") {
		if !strings.Contains(got, line) {
			t.Errorf("the line %q is gone", line)
		}
	}
	again := bulletin.Parse(TakeOver(got, excerpts[1:])).Document
	if n := len(again.Sections); n != len(after.Sections) || len(again.Sections[n-1].Items) != 3 || len(again.Lists) != len(before.Lists) {
		t.Errorf("taken over again: %+v", again.Sections)
	}
	if TakeOver(text, nil) != text {
		t.Error("nothing changes something")
	}
	bare := bulletin.Parse(TakeOver("【动态】\n\n一项工作完成。全文。\n", excerpts)).Document
	if len(bare.Sections) != 2 || len(bare.Sections[1].Items) != 2 {
		t.Errorf("a draft without lists: %+v", bare.Sections)
	}
}

func TestWhatASubjectIsAbout(t *testing.T) {
	short, long := workflow.Series{ID: uuid.New(), Masthead: "科技简报"}, workflow.Series{ID: uuid.New(), Masthead: "鄂尔多斯科技简报"}
	for subject, want := range map[string]struct {
		series uuid.UUID
		no     int
	}{
		"Re: 鄂尔多斯科技简报 第8期": {long.ID, 8}, "回复：【鄂 尔 多 斯 科 技 简 报】第 12 期": {long.ID, 12}, "科技简报": {short.ID, 0}, "批示": {},
	} {
		series, no := About(subject, []workflow.Series{long, short})
		if series != want.series || no != want.no {
			t.Errorf("%q: %s %d", subject, series, no)
		}
	}
}
