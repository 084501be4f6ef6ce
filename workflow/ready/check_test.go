package ready

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"jianbao/bulletin"
	"jianbao/fault"
	"jianbao/recipients"
)

// issue is a bulletin with some lines as its items.
func issue(lines ...string) string {
	return "科 技 简 报\n第 8 期\n示例市科学技术局\n2021年7月15日\n【要闻】\n" + strings.Join(lines, "\n") +
		"\n送：市发改委、市财政局。\n编辑：程继东\n电话：0477-8589860\n（共印20份）\n"
}

// firstItem is the line of the first item of an issue.
const firstItem = 6

func checked(text string, facts Facts) []Finding {
	facts.Text = text
	return Check(bulletin.Parse(text).Document, facts)
}

// places writes findings as code@line/item.
func places(found []Finding) []string {
	var s []string
	for _, f := range found {
		s = append(s, fmt.Sprintf("%s@%d/%d", f.Code, f.Line, f.Item))
	}
	return s
}

func wantPlaces(t *testing.T, name string, found []Finding, want ...string) {
	t.Helper()
	if got := places(found); !slices.Equal(got, want) {
		t.Errorf("%s:\n got %v\nwant %v", name, got, want)
		for _, f := range found {
			t.Log(f.Reason.In(fault.ZH))
		}
	}
}

func seed(t testing.TB) string {
	t.Helper()
	b, err := os.ReadFile("../../seeds/00-seed.txt")
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// seedFacts is what the office of the seed might keep.
var seedFacts = Facts{
	Home:     "鄂尔多斯市",
	Register: []Registered{{Kind: bulletin.Ordinary, Year: 2021, No: 7, Date: bulletin.Date{Year: 2021, Month: 7, Day: 1}}},
	Sections: []string{"高层声音", "科技政策", "科技兴蒙", "他山之石", "部门动态"},
	Leaders: []Leader{
		{Name: "李克强", Titles: []string{"中共中央政治局常委", "国务院总理", "国务院党组书记"}, Rank: 1},
		{Name: "杜汇良", Titles: []string{"鄂尔多斯市委副书记", "代市长"}, Rank: 2},
		{Name: "边东", Titles: []string{"鄂尔多斯市科学技术局局长"}, Rank: 3},
		{Name: "杨建军", Titles: []string{"市统计局局长"}, Rank: 4},
	},
	Units: NewUnits([]recipients.Unit{
		{Name: "鄂尔多斯市农牧局", Place: "鄂尔多斯市", Aliases: []recipients.Alias{
			{Name: "市农牧局"}, {Name: "市农牧业局", Until: time.Date(2019, 1, 10, 0, 0, 0, 0, time.UTC)}}},
		{Name: "鄂尔多斯市科学技术局", Place: "鄂尔多斯市", Aliases: []recipients.Alias{{Name: "市科技局"}}},
	}),
}

// TestTheSeed: a careful reviewer would accept exactly this of the real issue,
// with everything looked up: the telephone has no area code. The seam beside a
// leader's name is a problem of Parse, and what its two pieces say is right.
func TestTheSeed(t *testing.T) {
	wantPlaces(t, "with facts", checked(seed(t), seedFacts), "phone-area@73/0")
	wantPlaces(t, "without facts", checked(seed(t), Facts{}), "phone-area@73/0")
	reading := bulletin.Parse(seed(t))
	wantPlaces(t, "beside what Parse says", Beside(reading.Problems, Check(reading.Document, seedFacts)))
}

func TestASpoiledSeedShowsWhatWasSpoiled(t *testing.T) {
	text := strings.NewReplacer(
		"2021 年 7 月 15 日", "2021 年 7 月 15 日（星期三）",
		"第 8 期", "第 7 期",
		"【科技政策】", "【科技兴国】",
		"代市长杜汇良一行", "市长杜汇良一行",
		"代市长杜汇良主持", "代市长杜汇艮主持",
		"7月14日，边东", "7月17日（星期日），边东",
		"市农牧局", "市农牧业局",
	).Replace(seed(t))
	wantPlaces(t, "spoiled", checked(text, seedFacts), "number-taken@5/0", "weekday-differs@9/0", "section-unknown@19/0",
		"leader-title@29/4", "leader-name@31/5", "date-ahead@63/16", "weekday-differs@63/16", "unit-renamed@67/0", "phone-area@73/0")
}

func TestFindingsNeedNoText(t *testing.T) {
	doc := bulletin.Parse(issue("【甲】", "7月2日（星期四），市科技局召开会议。\ufffd")).Document
	wantPlaces(t, "document alone", Check(doc, Facts{}), "section-empty@0/0", "weekday-differs@7/1", "character-lost@7/1")
	if got := Check(bulletin.Document{}, Facts{}); len(got) != 1 || got[0].Code != DateMissing {
		t.Errorf("the empty document: %v", got)
	}
}

func TestOnlyWhatCannotBeMeantBlocks(t *testing.T) {
	blocks := map[string]bool{DateImpossible: true, NumberTaken: true, CharacterLost: true, CharacterTurns: true}
	text := strings.Replace(issue("7月32日，\u202e市科技局\ufffd召开\ue000会议。", "8月1日，市科技局召开⼀次会议。"), "2021年7月15日", "2021年2月30日", 1)
	facts := Facts{Register: []Registered{{Kind: bulletin.Ordinary, Year: 2021, No: 8}}}
	found := checked(text, facts)
	if len(found) < 5 {
		t.Errorf("findings: %v", places(found))
	}
	for _, f := range found {
		if f.Severity == bulletin.Block && !blocks[f.Code] || f.Reason.Key == "" {
			t.Errorf("%+v", f)
		}
	}
}

func BenchmarkCheckSeed(b *testing.B) {
	text := seed(b)
	doc, facts := bulletin.Parse(text).Document, seedFacts
	facts.Text = text
	for b.Loop() {
		Check(doc, facts)
	}
}
