package main

import (
	"archive/zip"
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"jianbao/seeds"
)

// TestAnIssueIsFoundAgainOnThePages searches as a clerk does, goes to the issue and
// takes its whole file; then a unit comes by the link of its letter to all that
// it received, reads it, and is let in no more once a clerk ended its links.
func TestAnIssueIsFoundAgainOnThePages(t *testing.T) {
	t.Parallel()
	here, issue := receiptOffice(t)
	ctx := browser(t)
	do := func(actions ...chromedp.Action) {
		t.Helper()
		if err := chromedp.Run(ctx, actions...); err != nil {
			t.Fatal(err)
		}
	}
	shows := func(words ...string) {
		t.Helper()
		var text string
		do(chromedp.Text("main", &text, chromedp.ByQuery))
		for _, w := range words {
			if !strings.Contains(text, w) {
				t.Errorf("the page does not say %q: %s", w, text)
			}
		}
	}
	do(signIn(here.base, seeds.ClerkLogin)...)
	do(follow(`a[href="/archive"]`), chromedp.SetValue("#q", "宿迁 人才", chromedp.ByQuery), follow("form[role=search] button"))
	shows("共1期", "2021年第8期")
	var marked, link string
	do(chromedp.Text("mark", &marked, chromedp.ByQuery), follow(".hits h2 a"), chromedp.AttributeValue(`#papers a[href$="whole.zip"]`, "href", &link, nil, chromedp.ByQuery))
	if marked != "宿迁" && marked != "人才" {
		t.Errorf("marked is %q", marked)
	}
	here.wholeFile(t, link)
	do(chromedp.Navigate(here.base + "/series/" + seeds.SeriesID.String() + "/board?year=2021"))
	shows("2021年第8期", "7月")
	do(signOut())

	letter := receiptLink.FindString(here.box.Messages()[0].Text())
	do(chromedp.Navigate(here.base+letter), follow(`a[href$="/own"]`))
	shows("收到的简报", "2021年第8期", "未签收")
	var own string
	do(chromedp.Location(&own), follow("main td a"))
	shows("宿迁", "鄂尔多斯科技简报2021年第8期.pdf")
	lines, err := here.store.ReceiptLines(t.Context(), issue.ID)
	if err != nil {
		t.Fatal(err)
	}
	w := &walk{office: here.office}
	for _, l := range lines {
		if _, err := here.unitPages().Door.Revoke(t.Context(), w.as(t.Context(), seeds.ClerkLogin), l.Unit); err != nil {
			t.Fatal(err)
		}
	}
	do(chromedp.Navigate(own))
	shows("这个链接无效")
}

// wholeFile takes the whole file of an issue as a browser does, and looks into it.
func (here runningOffice) wholeFile(t *testing.T, link string) {
	t.Helper()
	v := visit(t, here.base, seeds.ClerkLogin, testPassword)
	a := v.get(link)
	in, err := zip.NewReader(bytes.NewReader([]byte(a.page)), int64(len(a.page)))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"01正文/发出的/鄂尔多斯科技简报2021年第8期.pdf", "02审签/审签单.pdf", "03发放名单.xlsx", "清单.txt"} {
		if !slices.ContainsFunc(in.File, func(f *zip.File) bool { return f.Name == name }) {
			t.Errorf("the whole file lacks %s", name)
		}
	}
}
