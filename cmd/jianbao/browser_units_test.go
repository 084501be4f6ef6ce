package main

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/google/uuid"

	"jianbao/recipients"
	"jianbao/seeds"
	"jianbao/workflow"
)

// unitCalled is the address of the page of a unit.
func (o runningOffice) unitCalled(t *testing.T, name string) string {
	t.Helper()
	dir, err := o.store.Directory(t.Context(), uuid.Nil)
	if err != nil {
		t.Fatal(err)
	}
	unit, err := called(dir, name)
	if err != nil {
		t.Fatal(err)
	}
	return o.base + "/units/" + unit.ID.String()
}

// opened opens the sample's text with another line for its number.
func (w *walk) opened(t *testing.T, number string) workflow.Issue {
	t.Helper()
	text := strings.Replace(seeds.Issue8, "第 8 期", number, 1)
	issue, err := w.desk.Open(t.Context(), w.as(t.Context(), seeds.EditorLogin), seeds.SeriesID, text)
	if err != nil {
		t.Fatal(err)
	}
	return issue
}

// scheduled brings an issue so far that it goes out by itself.
func (w *walk) scheduled(t *testing.T, issue workflow.Issue) workflow.Issue {
	t.Helper()
	for issue.State != workflow.Scheduled {
		next, err := w.step(t.Context(), issue)
		if err != nil {
			t.Fatal(err)
		}
		issue = next
	}
	return issue
}

// A reform of an office, on the pages: a spreadsheet comes in, a unit is renamed,
// two are merged. The next issue goes to whom the lists mean then, once somebody
// has said so; the issue that went out before keeps its names.
func TestAReformOnThePages(t *testing.T) {
	t.Parallel()
	here := running(t)
	w := &walk{office: here.office}
	old := w.scheduled(t, w.opened(t, "第 8 期"))
	here.untilDispatched(t, old.ID)

	ctx := browser(t)
	do := func(actions ...chromedp.Action) {
		t.Helper()
		if err := chromedp.Run(ctx, actions...); err != nil {
			t.Fatal(err)
		}
	}
	sheet := "科技简报发送单位通讯录\n序号,单位名称,联系人,手机号码,电子邮箱地址,份数\n1,鄂尔多斯市统计局,王芳,13900000001,tjj@ordos.example,2\n2,鄂尔多斯市水利局,韩梅,13900000002,slj@ordos.example,1\n合计,,,,,3\n"
	var would, listed, past, got string
	do(signIn(here.base, seeds.ClerkLogin), chromedp.Navigate(here.base+"/units/import"),
		chromedp.SetUploadFiles("#file", []string{fileOf(t, "通讯录.csv", sheet)}, chromedp.ByQuery), follow(`form.card button`), chromedp.Text("main", &would, chromedp.ByQuery),
		follow(`form input[name=digest] ~ button`), chromedp.Text("main", &listed, chromedp.ByQuery))
	if !strings.Contains(would, "1 新增") || !strings.Contains(would, "13900000001") || !strings.Contains(would, "第5行“合计”") || !strings.Contains(listed, "鄂尔多斯市水利局") {
		t.Errorf("the sheet: %s\n%s", would, listed)
	}

	do(chromedp.Navigate(here.unitCalled(t, "鄂尔多斯市能源局")), follow(`a[href$="/rename"]`),
		chromedp.SetValue("#name", "鄂尔多斯市能源和双碳局", chromedp.ByQuery), chromedp.SetValue("#short", "市能源双碳局", chromedp.ByQuery),
		chromedp.SetValue("#reason", "机构改革方案", chromedp.ByQuery), follow(`button[value=look]`), chromedp.Text("#would", &would, chromedp.ByQuery),
		follow(`button[value=enter]`), chromedp.Text("#past", &past, chromedp.ByQuery), chromedp.Text("#got", &got, chromedp.ByQuery))
	if !strings.Contains(would, "更名为“鄂尔多斯市能源和双碳局”") || !strings.Contains(past, "鄂尔多斯市能源局 → 鄂尔多斯市能源和双碳局") || !strings.Contains(got, "鄂尔多斯市能源局") {
		t.Errorf("renamed: %s\n%s\n%s", would, past, got)
	}
	do(chromedp.Navigate(here.unitCalled(t, "鄂尔多斯市林业和草原局")), follow(`a[href$="/merge"]`),
		chromedp.SetValue("#others", "鄂尔多斯市农牧局", chromedp.ByQuery), chromedp.SetValue("#name", "鄂尔多斯市农牧和林草局", chromedp.ByQuery),
		chromedp.SetValue("#short", "市农林局", chromedp.ByQuery), chromedp.SetValue("#reason", "机构改革方案", chromedp.ByQuery),
		follow(`button[value=look]`), chromedp.Text("#would", &would, chromedp.ByQuery), follow(`button[value=enter]`), chromedp.Text("main", &past, chromedp.ByQuery))
	if !strings.Contains(would, "由“鄂尔多斯市农牧和林草局”接替") || !strings.Contains(past, "接替： 鄂尔多斯市农牧和林草局") {
		t.Errorf("merged: %s\n%s", would, past)
	}

	next := w.opened(t, "第9期")
	if waiting := next.Circulation.Unsettled(); len(waiting) != 3 {
		t.Fatalf("waiting are %+v", waiting)
	}
	var asked, before, lists string
	do(signOut(), signIn(here.base, seeds.EditorLogin), chromedp.Navigate(here.base+"/issues/"+next.ID.String()),
		chromedp.Text("#names", &asked, chromedp.ByQuery))
	if !strings.Contains(asked, "鄂尔多斯市能源和双碳局") || !strings.Contains(asked, "鄂尔多斯市农牧和林草局") {
		t.Errorf("asked about: %s", asked)
	}
	// On the form, the new words take the place of the old ones, and one unit
	// that two became stands once.
	row := func(name string) string { return `input[value="` + name + `"]` }
	do(chromedp.Navigate(here.base + "/issues/" + next.ID.String() + "/lists"))
	do(chromedp.SetValue(row("市能源局"), "市能源双碳局", chromedp.ByQuery), chromedp.SetValue(row("市农牧局"), "市农林局", chromedp.ByQuery),
		chromedp.Click(`button[aria-label="移出 市林草局"]`, chromedp.ByQuery), chromedp.WaitNotPresent(row("市林草局"), chromedp.ByQuery))
	do(follow(`#lists button.main`), chromedp.Text("#circulation", &lists, chromedp.ByQuery))
	after, err := here.store.Issue(t.Context(), next.ID)
	if err != nil || len(after.Circulation.Unsettled()) > 0 || !strings.Contains(after.Text, "市生态环境局、市农林局、市卫健委") || !strings.Contains(lists, "去掉了鄂尔多斯市林业和草原局") {
		t.Errorf("%v %+v\n%s", err, after.Circulation.Unsettled(), lists)
	}
	do(chromedp.Navigate(here.base+"/issues/"+old.ID.String()), chromedp.Text("#circulation", &before, chromedp.ByQuery))
	for _, name := range []string{"鄂尔多斯市能源局", "鄂尔多斯市林业和草原局", "鄂尔多斯市农牧局"} {
		if !strings.Contains(before, name) {
			t.Errorf("the issue that went out has lost %s", name)
		}
	}
	if gone := recipients.Compare(old.Circulation, after.Circulation); len(gone.Removed) != 2 || len(gone.Added) != 1 || len(gone.Renamed) != 1 {
		t.Errorf("the difference is %+v", gone)
	}
}

// The standing lists of a series are arranged with the mouse and the keyboard.
func TestStandingListsAreArrangedOnThePages(t *testing.T) {
	t.Parallel()
	here := running(t)
	ctx := browser(t)
	do := func(actions ...chromedp.Action) {
		t.Helper()
		if err := chromedp.Run(ctx, actions...); err != nil {
			t.Fatal(err)
		}
	}
	var printed, shown string
	do(signIn(here.base, seeds.EditorLogin), chromedp.Navigate(here.base+"/series/"+seeds.SeriesID.String()+"/lists"),
		chromedp.SetValue("#new-label", "送", chromedp.ByQuery), chromedp.SetValue("#new-words", "市发改委、市财政局、市统计局", chromedp.ByQuery), follow(`button.main + button`), chromedp.WaitReady(`#lists[data-moves]`, chromedp.ByQuery),
		// By script alone: nothing is asked of the server until it is saved.
		chromedp.Click(`button[aria-label="上移 市统计局"]`, chromedp.ByQuery), chromedp.Text(`[data-printed="0"]`, &printed, chromedp.ByQuery),
		chromedp.SetValue(`input[aria-label="份数 鄂尔多斯市财政局"]`, "3", chromedp.ByQuery), follow(`#lists button.main`), chromedp.Text(`main`, &shown, chromedp.ByQuery))
	lists, err := here.store.StandingLists(t.Context(), seeds.SeriesID)
	if err != nil || printed != "市发改委、市统计局、市财政局" || len(lists.Lists) != 1 || lists.Lists[0].Text != printed || len(lists.Copies) == 0 || !strings.Contains(shown, "这是本刊的常用名单") {
		t.Errorf("%v %q %+v\n%s", err, printed, lists, shown)
	}
	shoot(t, do, "lists.png")
}
