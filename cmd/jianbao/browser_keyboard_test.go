package main

import (
	"context"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"jianbao/seeds"
	"jianbao/workflow"
)

// TestALeaderDecidesByKeyboardOnThePages signs in, finds what waits, reads it
// and approves it with a remark, without a mouse and at the width of a
// telephone.
func TestALeaderDecidesByKeyboardOnThePages(t *testing.T) {
	t.Parallel()
	x := exhibit(t)
	ctx := browser(t)
	do := func(actions ...chromedp.Action) {
		t.Helper()
		if err := chromedp.Run(ctx, actions...); err != nil {
			t.Fatal(err)
		}
	}
	do(chromedp.EmulateViewport(390, 844), chromedp.Navigate(x.base+"/sign-in"),
		tabTo("#login"), chromedp.KeyEvent(seeds.ReviewerLogin), tabTo("#password"), chromedp.KeyEvent(testPassword), enter(),
		tabTo(`#waiting a.button`), enter(),
		tabTo("#note"), chromedp.KeyEvent("已阅，同意印发。"), tabTo(`button[value=approve]`), enter())
	issue, err := x.store.Issue(t.Context(), x.review.ID)
	if err != nil {
		t.Fatal(err)
	}
	last := issue.Decisions[len(issue.Decisions)-1]
	if issue.State != workflow.Approved || last.Note != "已阅，同意印发。" {
		t.Errorf("the issue is %s, the last decision %+v", issue.State, last)
	}
}

// tabTo presses Tab until an element has the focus.
func tabTo(selector string) chromedp.Action {
	return chromedp.ActionFunc(func(ctx context.Context) error {
		for range 200 {
			var there bool
			if err := chromedp.Evaluate("document.activeElement.matches(`"+selector+"`)", &there).Do(ctx); err != nil || there {
				return err
			}
			if err := chromedp.KeyEvent(kb.Tab).Do(ctx); err != nil {
				return err
			}
		}
		return context.DeadlineExceeded
	})
}

// enter presses Enter and waits until another document is there.
func enter() chromedp.Action {
	return chromedp.ActionFunc(func(ctx context.Context) error {
		_, err := chromedp.RunResponse(ctx, chromedp.KeyEvent(kb.Enter))
		return err
	})
}
