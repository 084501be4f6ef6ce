package main

import (
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"jianbao/seeds"
)

// TestThePagesFollowTheTextOnThePages types into the editor and sees the pages
// change, clicks a doubt away, and finds what was typed saved.
func TestThePagesFollowTheTextOnThePages(t *testing.T) {
	x := exhibit(t)
	ctx := browser(t)
	do := func(actions ...chromedp.Action) {
		t.Helper()
		if err := chromedp.Run(ctx, actions...); err != nil {
			t.Fatal(err)
		}
	}
	var page string
	do(chromedp.EmulateViewport(1440, 900), signIn(x.base, seeds.EditorLogin), chromedp.Navigate(x.base+"/issues/"+x.draft.ID.String()+"/edit"),
		chromedp.WaitVisible(`.sheets svg`, chromedp.ByQuery), chromedp.Text(".sheets", &page, chromedp.ByQuery))
	if !strings.Contains(page, "高层声音") {
		t.Errorf("the pages are %q", page)
	}
	began := time.Now()
	do(chromedp.Evaluate(`{ const t = document.getElementById("text"); t.value = t.value.replaceAll("高层声音", "高层的声音"); t.dispatchEvent(new Event("input", {bubbles: true})) }`, nil),
		chromedp.Poll(`document.querySelector(".sheets").textContent.includes("高层的声音")`, nil, chromedp.WithPollingInterval(10*time.Millisecond)))
	t.Logf("the pages followed after %s, 200 ms of them waiting for the next key", time.Since(began))
	shoot(t, do, "editor.png")
	do(follow(`#proof button[name=settle]`))
	issue, err := x.store.Issue(t.Context(), x.draft.ID)
	if err != nil {
		t.Fatal(err)
	}
	if issue.Version != x.draft.Version+1 || !strings.Contains(issue.Text, "高层的声音") || len(issue.Problems) >= len(x.draft.Problems) {
		t.Errorf("version %d with %d problems was saved", issue.Version, len(issue.Problems))
	}
}

// TestAPasteKeepsItsBoldLeadOnThePages pastes as a browser does what was copied
// out of Word.
func TestAPasteKeepsItsBoldLeadOnThePages(t *testing.T) {
	x := exhibit(t)
	ctx := browser(t)
	err := chromedp.Run(ctx, signIn(x.base, seeds.EditorLogin), chromedp.Navigate(x.base+"/issues/new"),
		chromedp.WaitVisible(`#text`, chromedp.ByQuery),
		chromedp.Evaluate(`{ const d = new DataTransfer(); d.setData("text/html", "<p><b>会议召开。</b>七月二日</p>"); d.setData("text/plain", "会议");
			document.getElementById("text").dispatchEvent(new ClipboardEvent("paste", {clipboardData: d, bubbles: true, cancelable: true})) }`, nil),
		chromedp.Poll(`document.getElementById("text").value.includes("**会议召开。**七月二日")`, nil, chromedp.WithPollingTimeout(10*time.Second)))
	if err != nil {
		t.Fatal(err)
	}
}
