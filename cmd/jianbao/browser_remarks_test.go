package main

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/google/uuid"

	"jianbao/mailer"
	"jianbao/seeds"
	"jianbao/sheets"
	"jianbao/workflow"
	"jianbao/workflow/calendar"
	"jianbao/workflow/remarks"
)

// remarkWords are what a leader answers to an issue.
const remarkWords = "请市发改委牵头研究，市工信局配合，10个工作日内报我。\n张三　　7月16日"

// leaderAnswers has a leader answer the letter that brought an issue, the way
// that mail comes in.
func (here runningOffice) leaderAnswers(t *testing.T, words string) {
	t.Helper()
	letter := here.box.Messages()[0]
	raw := fmt.Sprintf("From: zhangsan@leader.example\r\nTo: kjjb@kjj.ordos.example\r\nSubject: Re: %s\r\nMessage-ID: <%s@leader.example>\r\nIn-Reply-To: %s\r\n"+
		"MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n%s\r\n\r\n发自我的iPhone\r\n\r\n------------------ 原始邮件 ------------------\r\n发件人: 科技简报\r\n正文\r\n",
		"=?utf-8?B?56ys5YWr5pyf?=", uuid.New(), letter.MessageID(), strings.ReplaceAll(words, "\n", "\r\n"))
	in, err := mailer.ReadIncoming([]byte(raw))
	if err != nil {
		t.Fatal(err)
	}
	if received, err := here.store.Receive(t.Context(), in, time.Now()); err != nil || !received {
		t.Fatal(received, err)
	}
}

// remarkForm is the form of an act on the page of a remark.
func remarkForm(act remarks.Act) string {
	return fmt.Sprintf(`#acts form:has(input[name=act][value=%s])`, act)
}

// doRemark fills the note of an act and does it.
func doRemark(act remarks.Act, note string) chromedp.Tasks {
	form := remarkForm(act)
	all := chromedp.Tasks{unfold(form)}
	if note != "" {
		all = append(all, chromedp.SetValue(form+" [name=note]", note, chromedp.ByQuery))
	}
	return append(all, follow(form+" button"))
}

// replyOf enters what a unit answered, by its place in the choice.
func replyOf(place int, note string) chromedp.Tasks {
	form := remarkForm(remarks.TakeReply)
	choose := fmt.Sprintf("(s => { s.selectedIndex = %d; return s.value })(document.querySelector(`%s select`))", place, form)
	return chromedp.Tasks{unfold(form), chromedp.Evaluate(choose, nil), doRemark(remarks.TakeReply, note)}
}

// remarked enters a remark on an issue and gives it to units, and leaves another
// one in the tray.
func (here runningOffice) remarked(t *testing.T, issue workflow.Issue) uuid.UUID {
	t.Helper()
	w, desk := &walk{office: here.office}, here.remarkDesk()
	clerk, editor := w.as(t.Context(), seeds.ClerkLogin), w.as(t.Context(), seeds.EditorLogin)
	words := remarks.Writing{Leader: "张三", Role: "市长", Text: "请市发改委牵头研究，市工信局配合。", Source: remarks.ByKeying, Item: 2}
	r, err := desk.Enter(t.Context(), clerk, issue, words, nil)
	if err == nil {
		r, err = desk.Act(t.Context(), editor, r.ID, remarks.Order{Act: remarks.Check, Version: r.Version})
	}
	units := issue.Circulation.All()
	order := remarks.Order{Act: remarks.Assign, Version: r.Version, Due: calendar.DayOf(time.Now().AddDate(0, 0, 14)),
		Units: []workflow.Named{{ID: units[0].Unit, Name: units[0].Name}, {ID: units[1].Unit, Name: units[1].Name}}}
	if err == nil {
		_, err = desk.Act(t.Context(), clerk, r.ID, order)
	}
	if err != nil {
		t.Fatal(err)
	}
	here.leaderAnswers(t, remarkWords)
	return r.ID
}

// TestARemarkOnThePages walks a leader's remark from the mail that brings it to
// the report to the leader, as the people of the office do.
func TestARemarkOnThePages(t *testing.T) {
	t.Parallel()
	here := running(t)
	w := &walk{office: here.office}
	issue, err := w.toSchedule(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	here.untilDispatched(t, issue)
	here.leaderAnswers(t, remarkWords)
	ctx := browser(t)
	do := func(actions ...chromedp.Action) {
		t.Helper()
		if err := chromedp.Run(ctx, actions...); err != nil {
			t.Fatal(err)
		}
	}
	shows := func(selector string, words ...string) {
		t.Helper()
		var text string
		do(chromedp.Text(selector, &text, chromedp.ByQuery))
		for _, word := range words {
			if !strings.Contains(text, word) {
				t.Errorf("%q is not in %s", word, text)
			}
		}
	}
	var remark, slip, typed, units string
	do(signIn(here.base, seeds.ClerkLogin), chromedp.Navigate(here.base+"/remarks"))
	shows("main", "1封来信像是批示")
	do(follow(`a[href="/remark-mails"]`), picture(t, "remark-mails.png"), follow(`a.button[href*="/remarks/new?mail="]`),
		chromedp.Value("#text", &typed, chromedp.ByQuery), chromedp.SetValue("#role", "市长", chromedp.ByQuery), picture(t, "remark-entry.png"))
	if typed != "请市发改委牵头研究，市工信局配合，10个工作日内报我。" {
		t.Errorf("the form has %q", typed)
	}
	do(follow("form.card button.main"), chromedp.Location(&remark))
	shows("main", "待核对", "回复邮件", "现在不能办理的")
	do(signOut(), signIn(here.base, seeds.EditorLogin), chromedp.Navigate(remark), doRemark(remarks.Check, ""), signOut())

	do(signIn(here.base, seeds.ClerkLogin), chromedp.Navigate(remark), unfold(remarkForm(remarks.Assign)),
		chromedp.Value(remarkForm(remarks.Assign)+" [name=units]", &units, chromedp.ByQuery), picture(t, "remark-assign.png"), doRemark(remarks.Assign, ""))
	if !strings.HasPrefix(units, "鄂尔多斯市发展和改革委员会、鄂尔多斯市工业和信息化局") {
		t.Errorf("the units proposed are %s", units)
	}
	shows("main", "办理中", "剩10个工作日", "10个工作日内")
	do(follow(`a[href$="/slip"]`), chromedp.Location(&slip), printed(t, "remark-slip.pdf"))
	shows(".action-slip", "领导批示交办单", "1号", "张三", "鄂尔多斯市工业和信息化局")
	do(chromedp.Navigate(remark), replyOf(2, "已配合研究"), replyOf(0, "正在研究"), signOut())
	do(signIn(here.base, seeds.ReviewerLogin), chromedp.Navigate(remark), unfold(remarkForm(remarks.SendBack)),
		chromedp.Evaluate("document.querySelector(`"+remarkForm(remarks.SendBack)+" select`).selectedIndex = 1", nil), doRemark(remarks.SendBack, "没有结论，请补充"))
	shows("main", "办理中", "没有结论，请补充")
	do(signOut(), signIn(here.base, seeds.ClerkLogin), chromedp.Navigate(remark), replyOf(0, "已出台办法，落实资金"),
		doRemark(remarks.Close, "两项建议均已落实"), doRemark(remarks.Report, "书面报告张市长，圈阅"), picture(t, "remark.png"))
	shows("main", "已报告", "两项建议均已落实", "书面报告张市长")
	do(chromedp.Navigate(here.base+"/series/"+seeds.SeriesID.String()+"/remarks?show=closed"), picture(t, "remark-ledger.png"))
	shows("table", "1号", "张三", "已报告")
	here.inTheMonth(t)
}

// printed keeps a page as a browser prints it, if pictures are wanted.
func printed(t *testing.T, name string) chromedp.Action {
	return chromedp.ActionFunc(func(ctx context.Context) error {
		data, _, err := page.PrintToPDF().WithPreferCSSPageSize(true).Do(ctx)
		if err == nil && *gallery != "" {
			err = os.WriteFile(filepath.Join(*gallery, name), data, 0o644)
		}
		if err == nil && !strings.HasPrefix(string(data), "%PDF-") {
			t.Error("it cannot be printed")
		}
		return err
	})
}

// inTheMonth finds the remark in the spreadsheet of the month, which has it as
// entered, assigned, closed in time, and sent back once.
func (here runningOffice) inTheMonth(t *testing.T) {
	t.Helper()
	got := visit(t, here.base, seeds.ClerkLogin, testPassword).get("/series/" + seeds.SeriesID.String() + "/remarks.xlsx?month=" + time.Now().In((workflow.Series{}).Location()).Format("2006-01"))
	if got.status != http.StatusOK {
		t.Fatalf("%d %s", got.status, got.page)
	}
	month, err := sheets.Read([]byte(got.page))
	if err != nil {
		t.Fatal(err)
	}
	counts := map[string]string{}
	for n := range month.Rows {
		counts[month.Text(n, 0)] = month.Text(n, 1)
	}
	for label, want := range map[string]string{"本月登记": "1", "本月交办": "1", "本月办结": "1", "其中：按期反馈": "1", "月末未办结": "0", "本月退回重办": "1"} {
		if counts[label] != want {
			t.Errorf("%s is %s, want %s", label, counts[label], want)
		}
	}
}
