package standing

import (
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"jianbao/fault"
	"jianbao/recipients"
)

func sheets() []Sheet {
	return []Sheet{
		{"报", []Row{{"", "鄂尔多斯市委"}, {"", "市政府"}}},
		{"送", []Row{{"", "市发改委"}, {"，", "市财政局"}, {"；", "市统计局"}}},
	}
}

// read resolves without a directory: what matters here is what is read as a
// name.
func read(lists []recipients.Listed) recipients.Circulation {
	return recipients.Resolve(recipients.Directory{}, "鄂尔多斯市", time.Date(2026, 1, 5, 0, 0, 0, 0, time.UTC), lists)
}

func TestRowsAreMoved(t *testing.T) {
	for _, c := range []struct {
		list, row int
		step      Step
		want      string
	}{
		{1, 1, Up, "报：鄂尔多斯市委、市政府 送：市财政局、市发改委；市统计局"},
		{1, 1, Down, "报：鄂尔多斯市委、市政府 送：市发改委；市统计局，市财政局"},
		{1, 1, Off, "报：鄂尔多斯市委、市政府 送：市发改委；市统计局"},
		{1, 0, Up, "报：鄂尔多斯市委、市政府、市发改委 送：市财政局；市统计局"},
		{0, 1, Down, "报：鄂尔多斯市委 送：市政府、市发改委，市财政局；市统计局"},
		{0, 0, Up, "报：鄂尔多斯市委、市政府 送：市发改委，市财政局；市统计局"},
		{1, 2, Down, "报：鄂尔多斯市委、市政府 送：市发改委，市财政局；市统计局"},
		{7, 0, Up, "报：鄂尔多斯市委、市政府 送：市发改委，市财政局；市统计局"},
		{0, 9, Off, "报：鄂尔多斯市委、市政府 送：市发改委，市财政局；市统计局"},
		{0, 0, "sideways", "报：鄂尔多斯市委、市政府 送：市发改委，市财政局；市统计局"},
	} {
		var got []string
		before := sheets()
		for _, l := range Words(Move(before, c.list, c.row, c.step)) {
			got = append(got, l.Label+"："+l.Text)
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%d.%d %s\n got %v\nwant %s", c.list, c.row, c.step, got, c.want)
		}
		if before[1].Text() != "市发改委，市财政局；市统计局" {
			t.Fatal("the rows that were given are changed")
		}
	}
}

func TestWhatLeansOnTheNameBeforeItIsWarnedOf(t *testing.T) {
	was := read(Words(sheets()))
	moved := Move(Move(sheets(), 0, 1, Down), 1, 0, Down)
	got := Drift(was, read(Words(moved)))
	if len(got) != 1 || !strings.Contains(got[0].In(fault.ZH), "“市政府”承前省略了地名或“各”字，排在现在的位置意思变成“市政府”") {
		t.Errorf("%v", got)
	}
	if got := Drift(was, was); got != nil {
		t.Errorf("nothing moved, and it says %v", got)
	}
}

func TestListsAreChecked(t *testing.T) {
	l := Lists{Lists: []recipients.Listed{{Label: "", Text: "甲"}, {Label: "报告", Text: "乙"}, {Label: "送", Text: "a\nb"}, {Label: "送", Text: strings.Repeat("长", MaxWords+1)}},
		Copies: map[uuid.UUID]int{uuid.New(): -1}}
	err := fault.As(l.Validate())
	if err == nil || len(err.Reasons) != 6 {
		t.Errorf("%v", err)
	}
	if err := (Lists{Lists: []recipients.Listed{{Label: "报", Text: "甲"}}}).Validate(); err != nil {
		t.Error(err)
	}
}

func TestOnlyOtherCopiesAreKept(t *testing.T) {
	one, two, three := uuid.New(), uuid.New(), uuid.New()
	dir := recipients.Directory{Units: []recipients.Unit{{ID: one, Copies: 1}, {ID: two, Copies: 1}, {ID: three, Copies: 1, CopiesAssumed: true}}}
	got := Own(map[uuid.UUID]int{one: 1, two: 4, three: 1, uuid.New(): 9}, dir)
	if len(got) != 2 || got[two] != 4 || got[three] != 1 {
		t.Errorf("%v", got)
	}
}

// However rows are moved about, as long as none is taken off, every one of them
// is printed once; and what is not moved is printed as it was.
func TestNothingIsLostByMoving(t *testing.T) {
	name := rapid.StringMatching(`[甲乙丙丁戊己庚辛]{2,5}局`)
	rapid.Check(t, func(t *rapid.T) {
		var all []Sheet
		for _, label := range []string{"报", "送", "发"} {
			var rows []Row
			for _, n := range rapid.SliceOfN(name, 1, 6).Draw(t, "names") {
				rows = append(rows, Row{rapid.SampledFrom([]string{"", "，", "；"}).Draw(t, "before"), n})
			}
			rows[0].Before = ""
			all = append(all, Sheet{label, rows})
		}
		if lists := Words(all); len(lists) > 0 {
			again := Words(RowsOf(read(lists)))
			for n := range lists {
				if again[n] != lists[n] {
					t.Fatalf("%q came back as %q", lists[n], again[n])
				}
			}
		}
		count := func(all []Sheet) map[string]int {
			n := map[string]int{}
			for _, s := range all {
				for _, r := range s.Rows {
					n[r.Printed]++
				}
			}
			return n
		}
		before := count(all)
		for range rapid.IntRange(0, 8).Draw(t, "moves") {
			all = Move(all, rapid.IntRange(-1, 3).Draw(t, "list"), rapid.IntRange(-1, 6).Draw(t, "row"), rapid.SampledFrom([]Step{Up, Down}).Draw(t, "step"))
		}
		after := count(all)
		for n := range before {
			if before[n] != after[n] {
				t.Fatalf("%s stood %d times and stands %d times", n, before[n], after[n])
			}
		}
	})
}
