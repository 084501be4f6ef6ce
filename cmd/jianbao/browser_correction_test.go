package main

import (
	"context"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/google/uuid"

	"jianbao/mailer/sink"
	"jianbao/recipients"
	"jianbao/recipients/receipts"
	"jianbao/seeds"
	"jianbao/workflow"
)

// What three units of the correction's walk are called.
const (
	mailedUnit = "鄂尔多斯市发展和改革委员会" // by mail and on paper; it acknowledges
	lostUnit   = "鄂尔多斯市财政局"      // by mail, which its relay refuses at first
	paperUnit  = "鄂尔多斯市能源局"      // on paper alone
	lostBox    = "czj@czj.ordos.example"
)

// A wrongIssue is what went out with a mistake in it, and a browser to put that
// right with.
type wrongIssue struct {
	runningOffice
	t     *testing.T
	ctx   context.Context
	issue workflow.Issue
	units map[string]uuid.UUID
	came  int // letters that were taken before the act that is looked at
}

// sentWrong sends the real issue to units of every kind: one never gets it.
func sentWrong(t *testing.T) *wrongIssue {
	t.Helper()
	var repaired atomic.Bool
	refusing := func(at sink.Point, m sink.Message) sink.Act {
		if at == sink.Rcpt && slices.Contains(m.To, lostBox) && !repaired.Load() {
			return sink.Act{Code: 550, Words: "5.1.1 no such mailbox"}
		}
		return sink.Act{}
	}
	x := &wrongIssue{t: t, units: map[string]uuid.UUID{}}
	x.runningOffice, x.issue = sentWithLinks(t, sink.Config{Script: refusing}, func(o *office) {
		all, err := o.store.Units(t.Context())
		for _, u := range all {
			x.units[u.Name] = u.ID
			switch u.Name {
			case lostUnit:
				u.Channel = recipients.ByMail
			case paperUnit:
				u.Channel = recipients.ByPaper
			default:
				continue
			}
			if err == nil {
				err = o.store.SaveUnit(t.Context(), u)
			}
		}
		if err != nil {
			t.Fatal(err)
		}
	})
	repaired.Store(true)
	x.ctx = browser(t)
	return x
}

func (x *wrongIssue) do(actions ...chromedp.Action) {
	x.t.Helper()
	if err := chromedp.Run(x.ctx, actions...); err != nil {
		x.t.Fatal(err)
	}
}

// as does things on a page, as somebody.
func (x *wrongIssue) as(login, page string, actions ...chromedp.Action) {
	x.t.Helper()
	x.do(signIn(x.base, login), chromedp.Navigate(x.base+page))
	x.do(actions...)
	x.do(chromedp.Navigate(x.base+"/desk"), signOut())
}

// says looks for words in a part of the page.
func (x *wrongIssue) says(selector string, words ...string) chromedp.Action {
	return chromedp.ActionFunc(func(ctx context.Context) error {
		var text string
		err := chromedp.Text(selector, &text, chromedp.ByQuery).Do(ctx)
		for _, word := range words {
			if !strings.Contains(text, word) {
				x.t.Errorf("%q is not in %s: %s", word, selector, text)
			}
		}
		return err
	})
}

// noted fills the reason of a form and presses its button.
func noted(form, why string) chromedp.Tasks {
	return chromedp.Tasks{unfold(form), chromedp.SetValue(form+" [name=note]", why, chromedp.ByQuery), follow(form + " button[name=act]")}
}

func addressOf(issue uuid.UUID) string { return "/issues/" + issue.String() }

// newLetters waits for so many letters since it was asked last, and returns them.
func (x *wrongIssue) newLetters(want int) []sink.Message {
	x.t.Helper()
	eventually(x.t.Context(), x.t, "the letters", func() bool { return x.box.Count() >= x.came+want })
	all := x.box.Messages()[x.came:]
	if x.came += len(all); len(all) != want {
		x.t.Errorf("%d letters, want %d", len(all), want)
	}
	return all
}

// to are the addresses of letters, sorted.
func to(letters []sink.Message) (all []string) {
	for _, m := range letters {
		all = append(all, m.To...)
	}
	slices.Sort(all)
	return all
}

// TestACorrectionOnThePages walks a mistake that was noticed after the issue was
// sent: the correction is begun, written, reviewed and sent, goes to whoever had
// the wrong one and is acknowledged for itself; then it is sent once more to one
// unit, and recalled by two people.
func TestACorrectionOnThePages(t *testing.T) {
	t.Parallel()
	x := sentWrong(t)
	wrong := x.newLetters(13)
	if slices.Contains(to(wrong), lostBox) {
		t.Fatal("a letter that the relay refuses was taken")
	}
	x.handedAndSigned(wrong)
	next := x.corrected()
	right := x.newLetters(14)
	if got := slices.DeleteFunc(to(right), func(a string) bool { return a == lostBox }); !slices.Equal(got, to(wrong)) {
		t.Errorf("the wrong one went to %v, the correction to %v", to(wrong), got)
	}
	for _, m := range right {
		if !strings.HasPrefix(m.Subject(), "【更正】") || !strings.Contains(m.Text(), "第2版") && !strings.Contains(m.HTML(), "第2版") {
			t.Errorf("the letter to %v does not say what it is: %s", m.To, m.Subject())
		}
	}
	x.oldIssueSays()
	x.unitIsTold(wrong)
	x.signedAnew(next, right)
	x.sentAgain(next)
	x.recalled(next, right)
}

// handedAndSigned has the paper handed over on the page, and a unit acknowledge
// what turns out to be wrong.
func (x *wrongIssue) handedAndSigned(letters []sink.Message) {
	x.t.Helper()
	x.as(seeds.ClerkLogin, addressOf(x.issue.ID)+"/copies", unfold("#hand form"),
		chromedp.SetValue("#hand-unit", x.units[paperUnit].String(), chromedp.ByQuery), chromedp.SetValue("#hand-to", "赵六", chromedp.ByQuery),
		follow("#hand form button"), x.says("#handed", paperUnit, "赵六"))
	x.sign(letters, "张三")
	x.as(seeds.ClerkLogin, addressOf(x.issue.ID)+"/receipts", x.says("main", "张三", "退信"), picture(x.t, "correction-board.png"))
}

// sign acknowledges for the unit with mail, by the link in its letter.
func (x *wrongIssue) sign(letters []sink.Message, by string) {
	x.t.Helper()
	n := slices.IndexFunc(letters, func(m sink.Message) bool { return slices.Contains(m.To, "fgw@fgw.ordos.example") })
	if n < 0 {
		x.t.Fatal("no letter to " + mailedUnit)
	}
	x.do(chromedp.Navigate(x.base+receiptLink.FindString(letters[n].Text())), chromedp.SetValue("#by", by, chromedp.ByQuery),
		chromedp.SetValue("#copies", "1", chromedp.ByQuery), follow("button[value=received]"), x.says("form.door", "已"))
}

// corrected takes the correction from the clerk's reason to its release, and
// returns it.
func (x *wrongIssue) corrected() workflow.Issue {
	x.t.Helper()
	var address string
	x.as(seeds.ClerkLogin, addressOf(x.issue.ID), follow(`a[href$="/after"]`), picture(x.t, "correction-after.png"), noted("#correct form", "第二条金额有误"), chromedp.Location(&address))
	page := strings.TrimPrefix(address, x.base)
	fix := chromedp.Evaluate("(e => { e.value = e.value.replace('鄂尔多斯市科学技术局', '鄂尔多斯市科技局'); return true })(document.querySelector('#text'))", nil)
	x.as(seeds.EditorLogin, page, fix, follow("#text-section form button"), press("submit"))
	x.as(seeds.ReviewerLogin, page, picture(x.t, "correction-review.png"), press("approve"))
	x.as(seeds.ClerkLogin, page, chromedp.Click("input[name=keep-date]", chromedp.ByQuery), press("register"), press("schedule"))
	id := issueOf(x.t, address)
	x.untilDispatched(x.t, id)
	x.as(seeds.ClerkLogin, page, x.says("main", "第2版"), picture(x.t, "correction-sent.png"))
	var err error
	if x.issue, err = x.store.Issue(x.t.Context(), x.issue.ID); err != nil {
		x.t.Fatal(err)
	}
	next, err := x.store.Issue(x.t.Context(), id)
	if err != nil || next.Number != x.issue.Number || next.Edition != 2 || next.Corrects != x.issue.ID {
		x.t.Fatalf("the correction is %v, edition %d of %v, %v", next.Number, next.Edition, next.Corrects, err)
	}
	return next
}

// oldIssueSays that it is corrected, and which paper is to be collected.
func (x *wrongIssue) oldIssueSays() {
	x.t.Helper()
	old := addressOf(x.issue.ID)
	x.as(seeds.ClerkLogin, old, x.says(".masthead", "已更正"),
		chromedp.Navigate(x.base+old+"/holders"), x.says("table", mailedUnit, paperUnit), picture(x.t, "correction-holders.png"))
	var lost bool
	x.as(seeds.ClerkLogin, old+"/holders", chromedp.Evaluate("document.querySelector('table').textContent.includes('"+lostBox+"')", &lost))
	if lost {
		x.t.Error("a letter that was refused counts as one that the unit has")
	}
}

// unitIsTold by the link in the letter with the mistake, which leads to the
// correction.
func (x *wrongIssue) unitIsTold(letters []sink.Message) {
	x.t.Helper()
	l := looking(x.t, x.ctx)
	l.do(chromedp.Navigate(x.base+receiptLink.FindString(letters[0].Text())), x.says("form.door", "已有更正"))
	l.look("receipt-corrected")
	l.do(follow(`form.door a[href$="/own"]`), x.says("main", "更正"))
	l.look("own-corrected")
}

// signedAnew finds that a receipt of the first edition is none of the second,
// and has the second acknowledged.
func (x *wrongIssue) signedAnew(next workflow.Issue, letters []sink.Message) {
	x.t.Helper()
	if n := receipts.Count(x.linesOf(x.t, next.ID))[receipts.Acknowledged]; n != 0 {
		x.t.Errorf("%d receipts of the second edition before anybody had it", n)
	}
	x.sign(letters, "李四")
	for issue, by := range map[uuid.UUID]string{x.issue.ID: "张三", next.ID: "李四"} {
		x.as(seeds.ClerkLogin, addressOf(issue)+"/receipts?state=acknowledged", x.says("tbody", mailedUnit, by))
		if n := receipts.Count(x.linesOf(x.t, issue))[receipts.Acknowledged]; n != 1 {
			x.t.Errorf("%d units acknowledged, want one", n)
		}
	}
}

// sentAgain sends the second edition once more, to one unit, by the form.
func (x *wrongIssue) sentAgain(next workflow.Issue) {
	x.t.Helper()
	page := addressOf(next.ID) + "/receipts/" + x.units[lostUnit].String()
	form := `#letters form:has(button[value=resend])`
	x.as(seeds.ClerkLogin, page, unfold(form), chromedp.SetValue(form+" select", lostBox, chromedp.ByQuery), noted(form, "来电说没有看到"), picture(x.t, "correction-resent.png"))
	again := x.newLetters(1)
	if !slices.Equal(to(again), []string{lostBox}) || !strings.HasPrefix(again[0].Subject(), "【更正】") {
		x.t.Errorf("sent again to %v: %s", to(again), again[0].Subject())
	}
	x.as(seeds.ClerkLogin, addressOf(next.ID), x.says("#history", "来电说没有看到"))
}

// recalled has one person ask for the recall and another agree: whoever had the
// correction is told.
func (x *wrongIssue) recalled(next workflow.Issue, had []sink.Message) {
	x.t.Helper()
	page := addressOf(next.ID) + "/after"
	x.as(seeds.ClerkLogin, page, noted("#recall form", "内容尚未定稿"), x.says("main", "内容尚未定稿"), picture(x.t, "correction-recall.png"))
	if got, err := x.store.Issue(x.t.Context(), next.ID); err != nil || got.State != workflow.Dispatched || !got.Recall.Open() {
		x.t.Fatalf("one person recalled it: %s, %v", got.State, err)
	}
	x.as(seeds.ReviewerLogin, "/receipts", x.says("#recalls", "撤销"), follow(`#recalls a.button`), follow("#confirm form button"), x.says(".masthead", "已撤销"), picture(x.t, "correction-recalled.png"))
	told := x.newLetters(len(had))
	if !slices.Equal(to(told), to(had)) {
		x.t.Errorf("the correction went to %v, the recall was told to %v", to(had), to(told))
	}
	for _, m := range told {
		if !strings.HasPrefix(m.Subject(), "【撤销】") || !strings.Contains(m.Text(), "内容尚未定稿") {
			x.t.Errorf("the notice to %v: %s %s", m.To, m.Subject(), m.Text())
		}
	}
}
