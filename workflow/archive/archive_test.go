package archive

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"jianbao/bulletin"
	"jianbao/fault"
	"jianbao/recipients"
	"jianbao/workflow"
)

func TestFold(t *testing.T) {
	for text, want := range map[string]string{
		"鄂 尔　多\n斯":             "鄂尔多斯",
		"ＧＤＰ增长8．5％":            "gdp增长8 5",
		"  “国资委”，人才  ":         "国资委 人才",
		"AI 与 5G 网络":           "ai与5g网络",
		"买买提·吐尔逊":              "买买提 吐尔逊",
		"①一，二":                 "1一 二",
		"𬭚元素":                  "𬭚元素",
		"":                     "",
		"——":                   "",
		"张  三":                 "张三",
		"Ordos City":           "ordos city",
		"2021年  第 3 期":         "2021年第3期",
		"caf\u00e9 cafe\u0301": "café cafe",
	} {
		if got := Fold(text); got != want {
			t.Errorf("%q: %q, not %q", text, got, want)
		}
	}
}

func TestGramsOfAText(t *testing.T) {
	if got := Grams(Fold("国资委，国资")); !slices.Equal(got, []string{"国资", "委", "资", "资委"}) {
		t.Error(got)
	}
}

// TestWhatStandsInATextIsFound holds the index against plain looking: every piece
// of a text is found by the terms of a question for it, and told to be there.
func TestWhatStandsInATextIsFound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := strings.TrimSpace(rapid.StringOf(rapid.RuneFrom([]rune("国资委人才AbＧ9 　，。\n𬭚é"))).Draw(t, "text"))
		folded := Fold(text)
		runs := strings.Fields(folded)
		if len(runs) == 0 {
			return
		}
		run := []rune(rapid.SampledFrom(runs).Draw(t, "run"))
		from := rapid.IntRange(0, len(run)-1).Draw(t, "from")
		word := string(run[from : from+rapid.IntRange(1, min(len(run)-from, 9)).Draw(t, "length")])
		q, err := ParseQuery(word)
		if err != nil {
			t.Fatal(err)
		}
		grams := Grams(folded)
		pairs, beginnings := q.Terms()
		for _, pair := range pairs {
			if !slices.Contains(grams, pair) {
				t.Errorf("%q in %q: no pair %q", word, text, pair)
			}
		}
		for _, b := range beginnings {
			if !slices.ContainsFunc(grams, func(g string) bool { return strings.HasPrefix(g, b) }) {
				t.Errorf("%q in %q: nothing begins so", word, text)
			}
		}
		if !q.In(folded) {
			t.Errorf("%q is not in %q", word, folded)
		}
		if len(Excerpt([]string{text}, q, 5)) == 0 {
			t.Errorf("no excerpt of %q for %q", text, word)
		}
	})
}

func TestQueries(t *testing.T) {
	q, err := ParseQuery("国资委、 人 ")
	if err != nil || !slices.Equal(q.Words, []string{"国资委", "人"}) || q.Exact() {
		t.Error(q, err)
	}
	pairs, beginnings := q.Terms()
	if !slices.Equal(pairs, []string{"国资", "资委"}) || !slices.Equal(beginnings, []string{"人"}) {
		t.Error(pairs, beginnings)
	}
	if q, _ := ParseQuery("国资 人"); !q.Exact() {
		t.Error("words of two characters are exact")
	}
	for _, long := range []string{strings.Repeat("人 才", 11), strings.Repeat("国", 101)} {
		if _, err := ParseQuery(long); !fault.Is(err, fault.Invalid) {
			t.Error(err)
		}
	}
}

func TestExcerpts(t *testing.T) {
	passages := []string{"2021年第3期", "宿迁市国 资 委召开会议，研究国资委人才工作。", "无关的一段。", "人才是第一资源，国企要先行。"}
	q, err := ParseQuery("国资委 人才")
	if err != nil {
		t.Fatal(err)
	}
	got := show(Excerpt(passages, q, 3))
	want := []string{"宿迁市[国 资 委]召开会…", "[人才]是第一…"}
	if !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	if got := show(Excerpt(passages, Query{}, 3)); !slices.Equal(got, []string{"2021年第…"}) {
		t.Errorf("%q", got)
	}
	if got := Excerpt(passages, Query{[]string{"没有"}}, 3); got != nil {
		t.Errorf("%v", got)
	}
}

func show(places [][]Span) (all []string) {
	for _, spans := range places {
		text := ""
		for _, s := range spans {
			if s.Hit {
				s.Text = "[" + s.Text + "]"
			}
			text += s.Text
		}
		all = append(all, text)
	}
	return all
}

func TestEntryOfAnIssue(t *testing.T) {
	unit := uuid.New()
	to := recipients.Recipient{Unit: unit, Name: "市国资委"}
	i := workflow.Issue{
		ID: uuid.New(), Series: uuid.New(), Number: workflow.Number{Kind: bulletin.Ordinary, Year: 2021, No: 3}, Date: bulletin.Date{Year: 2021, Month: 7, Day: 8},
		Document: bulletin.Document{
			Masthead: "科技简报", Roles: []bulletin.Role{{Label: "签发", Names: []string{"乔栋"}}},
			Sections: []bulletin.Section{{Name: "他山之石", Items: []bulletin.Item{{Lead: "宿迁。", Paragraphs: []string{"开启人才争夺。", "第二段"}, Contributor: "市人社局"}}}},
			Annexes:  []bulletin.Annex{{Title: "附件", Lines: []string{"一览表"}}},
		},
		Circulation: recipients.Circulation{Lists: []recipients.List{{Entries: []recipients.Entry{{Recipients: []recipients.Recipient{to}}, {Recipients: []recipients.Recipient{to}}}}}},
	}
	e := EntryOf(i)
	if e.Text != "科技简报2021年第3期 他山之石 宿迁 开启人才争夺 第二段 市人社局 附件 一览表" {
		t.Errorf("%q", e.Text)
	}
	if len(e.Units) != 1 || e.Units[0] != (Unit{unit, "市国资委"}) || !slices.Equal(e.Signers, []string{"乔栋"}) {
		t.Error(e.Units, e.Signers)
	}
	before := e.Sum()
	i.Document.Annexes[0].Lines[0] = "二览表"
	if before == EntryOf(i).Sum() || before != e.Sum() {
		t.Error("the sum does not tell texts apart")
	}
	for _, s := range workflow.States() {
		if want := s != workflow.Draft && s != workflow.Review && s != workflow.Approved && s != workflow.Withdrawn && s != workflow.Destroyed; Kept(workflow.Issue{State: s}) != want {
			t.Error(s)
		}
	}
	if Kept(workflow.Issue{State: workflow.Dispatched, Recall: &workflow.Recalling{Secret: true}}) {
		t.Error("what is being recalled as classified is kept")
	}
}
