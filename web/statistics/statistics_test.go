package statistics

import (
	"bytes"
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/xuri/excelize/v2"

	"jianbao/accounts"
	"jianbao/recipients/receipts"
	"jianbao/web/page"
	"jianbao/web/page/pagetest"
	"jianbao/workflow"
	"jianbao/workflow/figures"
)

var (
	mine, theirs = uuid.MustParse("00000000-0000-4000-8000-000000000001"), uuid.MustParse("00000000-0000-4000-8000-000000000002")
	other        = uuid.MustParse("00000000-0000-4000-8000-000000000003")
	now          = time.Date(2025, 7, 15, 4, 0, 0, 0, time.UTC) // a Tuesday
)

// An office has three series and one year of figures.
type office struct {
	asked  []uuid.UUID // the series of the last question
	from   time.Time
	empty  bool
	rated  uuid.UUID
	broken error
}

func (o *office) SeriesAll(context.Context) ([]workflow.Series, error) {
	return []workflow.Series{{ID: mine, Masthead: "科技简报"}, {ID: other, Masthead: "政务信息"}, {ID: theirs, Masthead: "别人的简报"}}, o.broken
}

func (o *office) Underway(_ context.Context, series []uuid.UUID) (s figures.Sight, err error) {
	o.asked = series
	if o.empty {
		return s, nil
	}
	monday := time.Date(2025, 7, 14, 9, 0, 0, 0, page.Zone())
	s.Open = []figures.Open{{ID: uuid.New(), Series: mine, Masthead: "科技简报", State: workflow.Review, Reached: monday, Assigned: []string{"王审核"},
		Step: workflow.Step{Kind: workflow.ReviewStep, Hours: 4}}}
	return s, nil
}

func (o *office) Passages(_ context.Context, _ []uuid.UUID, from, _ time.Time) ([]figures.Passage, error) {
	o.from = from
	if o.empty {
		return nil, nil
	}
	monday := time.Date(2025, 7, 14, 9, 0, 0, 0, page.Zone())
	by := uuid.New()
	return []figures.Passage{
		{Step: workflow.ReviewStep, By: by, Name: "王审核", Came: monday, Left: monday.Add(2 * time.Hour), Act: workflow.Approve},
		{Step: workflow.ReviewStep, By: by, Name: "王审核", Came: monday, Left: monday.Add(time.Hour), Act: workflow.Return, Note: "=1+1 数字对不上<b>"},
	}, nil
}

func (o *office) Numbered(context.Context, []uuid.UUID, int) (months [12]int, err error) {
	if !o.empty {
		months[2] = 4
	}
	return months, nil
}

func (o *office) Punctuality(_ context.Context, series uuid.UUID, _, _ time.Time) ([]receipts.Record, error) {
	o.rated = series
	return []receipts.Record{{Name: "鄂尔多斯市东胜区科学技术和工业信息化局", Sent: 4, OnTime: 3, Missing: 1}, {Name: "市统计局", Sent: 1, Open: 1}}, nil
}

func visit(t *testing.T, grants ...accounts.Grant) (*office, *pagetest.Visitor) {
	t.Helper()
	o := &office{}
	who := accounts.Person{ID: uuid.New(), Name: "李文书", Active: true, Grants: grants}
	return o, pagetest.Visit(t, Room(Config{Reads: o, Receipts: o}), who, now)
}

// labels are what cells are called on narrow screens.
var labels = regexp.MustCompile(` data-label="[^"]*"`)

func is(t *testing.T, a pagetest.Answer, status int, words ...string) {
	t.Helper()
	body := labels.ReplaceAllString(a.Body, "")
	for _, w := range words {
		if !strings.Contains(body, w) {
			t.Errorf("there is no %q in\n%s", w, a.Body)
		}
	}
	if a.Status != status {
		t.Errorf("answered %d, not %d", a.Status, status)
	}
}

func TestAYearInFigures(t *testing.T) {
	o, v := visit(t, accounts.Grant{Series: mine, Role: accounts.Clerk}, accounts.Grant{Series: other, Role: accounts.Reader})
	a := v.Get("/statistics")
	is(t, a, 200, "2025年", `<td>3月</td><td class="n">4</td>`, // months
		`<td>审核</td><td class="n">2</td><td class="n">1.5</td><td class="n">1.5</td><td class="n">2</td><td class="n">1</td>`, // steps
		`<td>王审核</td><td class="n">2</td><td class="n">1.5</td>`,                                                              // people
		"数字对不上&lt;b&gt;", `<td class="n">王审核</td><td class="n">2025-07-14 09:00</td><td class="n">9.5</td>`, `<td class="n">5.5</td>`,
		`role="img" aria-labelledby="steps-title steps-says"`, `<desc id="steps-says">`, "选定一种刊物")
	if !slices.Equal(o.asked, []uuid.UUID{mine, other}) || strings.Contains(a.Body, "别人的") {
		t.Errorf("the figures are of %v", o.asked)
	}
	if strings.Contains(a.Body, "style=") || strings.Contains(a.Body, "<script>") {
		t.Error("there is a style or a script in the page, which the policy forbids")
	}
	if want := time.Date(2025, 1, 1, 0, 0, 0, 0, page.Zone()); !o.from.Equal(want) {
		t.Errorf("the year begins at %v", o.from)
	}
	for query, year := range map[string]string{"?year=2024": "2024年", "?year=once": "2025年", "?year=99999": "2025年"} {
		is(t, v.Get("/statistics"+query), 200, "<h1>统计 "+year)
	}
}

func TestOneSeriesHasItsReceipts(t *testing.T) {
	o, v := visit(t, accounts.Grant{Series: mine, Role: accounts.Clerk}, accounts.Grant{Series: other, Role: accounts.Reader})
	a := v.Get("/statistics?year=2025&series=" + other.String())
	is(t, a, 200, "75%", "鄂尔多斯市东胜区科…", `<td>鄂尔多斯市东胜区科学技术和工业信息化局</td>`, `selected>政务信息`, "series="+other.String()+"&amp;year=2024")
	if o.rated != other || !slices.Equal(o.asked, []uuid.UUID{other}) {
		t.Errorf("the figures are of %v, the receipts of %v", o.asked, o.rated)
	}
}

func TestNobodySeesTheFiguresOfOthers(t *testing.T) {
	o, v := visit(t, accounts.Grant{Series: mine, Role: accounts.Clerk})
	for _, address := range []string{"/statistics?series=", "/statistics.xlsx?series="} {
		is(t, v.Get(address+theirs.String()), 404)
		is(t, v.Get(address+"nonsense"), 404)
	}
	if o.asked != nil {
		t.Errorf("read all the same: %v", o.asked)
	}
	is(t, v.Get("/statistics"), 200, `href="/statistics?year=2024"`) // one series: its receipts, without a choice
	v.Person.Grants = nil
	is(t, v.Get("/statistics"), 404)
	is(t, v.Get("/statistics.xlsx"), 404)
}

func TestAnEmptyYearSaysSo(t *testing.T) {
	o, v := visit(t, accounts.Grant{Role: accounts.Clerk})
	o.empty = true
	is(t, v.Get("/statistics"), 200, "没有未办结的", "这一年还没有数据")
	o.broken = page.NotHere()
	is(t, v.Get("/statistics"), 404)
}

func TestTheSpreadsheetHasEveryTable(t *testing.T) {
	_, v := visit(t, accounts.Grant{Series: mine, Role: accounts.Clerk})
	for lang, sheets := range map[string]int{"": 8, "&lang=en": 8} {
		a := v.Get("/statistics.xlsx?year=2025" + lang)
		if a.Status != 200 || !strings.Contains(a.Header.Get("Content-Disposition"), "attachment") {
			t.Fatalf("%d %v", a.Status, a.Header)
		}
		book, err := excelize.OpenReader(bytes.NewReader([]byte(a.Body)))
		if err != nil {
			t.Fatal(err)
		}
		if got := book.GetSheetList(); len(got) != sheets {
			t.Errorf("sheets %v", got)
		}
		if formula, err := book.GetCellFormula(book.GetSheetList()[6], "D3"); err != nil || formula != "" {
			t.Errorf("a reason became a formula: %q %v", formula, err)
		}
	}
}

func TestBarsAreLongAsTheirValues(t *testing.T) {
	var f figure
	for n, v := range []float64{0, 3, 6} {
		f.row(v, "x", strings.Repeat("长", 9+n))
	}
	bars := f.Bars()
	if bars[0].Width != 1 || bars[1].Width != widest/2 || bars[2].Width != widest {
		t.Errorf("%+v", bars)
	}
	if bars[1].Label != strings.Repeat("长", 10) || bars[2].Label != strings.Repeat("长", 9)+"…" || bars[2].Full != strings.Repeat("长", 11) {
		t.Errorf("%+v", bars)
	}
	if f.Full = 12; f.Bars()[2].Width != widest/2 {
		t.Errorf("half of what could be is drawn as %+v", f.Bars()[2])
	}
	if (figure{Value: []float64{0, 0}}).Drawn() {
		t.Error("bars without length are drawn")
	}
	for d, want := range map[time.Duration]string{2 * time.Hour: "2", 100 * time.Minute: "1.7", 2 * time.Minute: "0.03", time.Second: "0"} {
		if got := fmt.Sprint(hours(d)); got != want {
			t.Errorf("%s is told as %s", d, got)
		}
	}
}
