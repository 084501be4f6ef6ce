package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/google/uuid"

	"jianbao/seeds"
	"jianbao/workflow"
)

// gallery is where TestEveryPageIsForEverybody keeps what it looked at.
var gallery = flag.String("gallery", "", "keep a picture of every page in this directory")

// looked narrows what the test looks at while one page is being made.
var looked = flag.String("place", "", "look at the pages of these names only, parted by commas")

// A place is a page as one person comes to it.
type place struct{ name, login, path string }

// An exhibition is an office with an issue at every stage that has a page.
type exhibition struct {
	runningOffice
	draft, review, signed, sent workflow.Issue
	remark                      uuid.UUID
	roster                      uuid.UUID
	mail                        string // where a contribution is
}

func exhibit(t *testing.T) exhibition {
	t.Helper()
	x := exhibition{runningOffice: running(t)}
	x.withAdmin(t)
	const known = "送：市发改委"
	w := &walk{office: x.office}
	open := func(number, unit string) workflow.Issue {
		text := strings.NewReplacer("第 8 期", number, "送：市发改委", unit).Replace(seeds.Issue8)
		issue, err := x.desk.Open(t.Context(), w.as(t.Context(), seeds.EditorLogin), seeds.SeriesID, text)
		if err != nil {
			t.Fatal(err)
		}
		return issue
	}
	step := func(issue workflow.Issue, until workflow.State) workflow.Issue {
		for issue.State != until {
			next, err := w.step(t.Context(), issue)
			if err != nil {
				t.Fatal(err)
			}
			issue = next
		}
		return issue
	}
	x.sent = step(open("第 8 期", known), workflow.Scheduled)
	x.review = step(open("第9期", known), workflow.Review)
	x.signed = step(open("第11期", known), workflow.Approved)
	x.draft = open("第10期", "送：市发改部门") // a name that nobody has used before
	x.untilDispatched(t, x.sent.ID)
	x.withHook(t)
	x.withArchive(t)
	x.remark = x.remarked(t, x.sent)
	dir, err := x.store.Directory(t.Context(), uuid.Nil)
	if err != nil {
		t.Fatal(err)
	}
	x.roster = dir.Collectives[0].ID
	x.mail = x.withMail(t)
	return x
}

// places are all pages that people come to.
func (x exhibition) places() []place {
	issue := func(i workflow.Issue, more string) string { return "/issues/" + i.ID.String() + more }
	series := "/series/" + seeds.SeriesID.String()
	return []place{
		{"sign-in", "", "/sign-in"},
		{"edit", seeds.EditorLogin, issue(x.draft, "/edit")},
		{"desk", seeds.ReviewerLogin, "/desk"},
		{"list", seeds.EditorLogin, "/issues"},
		{"new", seeds.EditorLogin, "/issues/new"},
		{"draft", seeds.EditorLogin, issue(x.draft, "")},
		{"versions", seeds.EditorLogin, issue(x.draft, "/versions")},
		{"version", seeds.EditorLogin, issue(x.draft, "/versions/1")},
		{"sign", seeds.ReviewerLogin, issue(x.review, "/sign")},
		{"review", seeds.ReviewerLogin, issue(x.review, "")},
		{"dispatch", seeds.ClerkLogin, issue(x.sent, "/dispatch")},
		{"copies", seeds.ClerkLogin, issue(x.sent, "/copies")},
		{"equation", seeds.ClerkLogin, issue(x.signed, "/copies")},
		{"copy-registers", seeds.ClerkLogin, series + "/copies?kind=copies"},
		{"receipt-tray", seeds.ClerkLogin, "/receipts"},
		{"receipts", seeds.ClerkLogin, issue(x.sent, "/receipts")},
		{"receipts-unit", seeds.ClerkLogin, issue(x.sent, "/receipts/"+x.sent.Circulation.All()[0].Unit.String())},
		{"calls", seeds.ClerkLogin, issue(x.sent, "/calls")},
		{"after", seeds.ClerkLogin, issue(x.sent, "/after")},
		{"holders", seeds.ClerkLogin, issue(x.sent, "/holders")},
		{"punctuality", seeds.ClerkLogin, series + "/receipts"},
		{"statistics", seeds.ClerkLogin, "/statistics"},
		{"units", seeds.ClerkLogin, "/units"},
		{"unit", seeds.ClerkLogin, "/units/" + x.sent.Circulation.All()[0].Unit.String()},
		{"import", seeds.ClerkLogin, "/units/import"},
		{"rosters", seeds.ClerkLogin, "/units/rosters"},
		{"roster", seeds.ClerkLogin, "/units/rosters/" + x.roster.String()},
		{"rename", seeds.ClerkLogin, "/units/" + x.sent.Circulation.All()[0].Unit.String() + "/rename"},
		{"split", seeds.ClerkLogin, "/units/" + x.sent.Circulation.All()[0].Unit.String() + "/split"},
		{"standing-lists", seeds.EditorLogin, series + "/lists"},
		{"issue-lists", seeds.EditorLogin, issue(x.draft, "/lists")},
		{"register", seeds.ClerkLogin, series + "/register"},
		{"tray", seeds.ClerkLogin, "/tray"},
		{"tray-machines", seeds.ClerkLogin, "/tray?class=auto-reply"},
		{"tray-mail", seeds.ClerkLogin, x.mail},
		{"remarks", seeds.ClerkLogin, "/remarks"},
		{"remark-mails", seeds.ClerkLogin, "/remark-mails"},
		{"remark-ledger", seeds.ClerkLogin, series + "/remarks"},
		{"remark-entry", seeds.ClerkLogin, issue(x.sent, "/remarks/new")},
		{"remark-issue", seeds.EditorLogin, issue(x.draft, "/remarks")},
		{"remark", seeds.ClerkLogin, "/remarks/" + x.remark.String()},
		{"remark-slip", seeds.ClerkLogin, "/remarks/" + x.remark.String() + "/slip"},
		{"gaps", seeds.ClerkLogin, series + "/gaps"},
		{"back", seeds.ClerkLogin, series + "/back"},
		{"filing", seeds.ClerkLogin, "/filing"},
		{"filing-year", seeds.ClerkLogin, issue(x.sent, "/filing")},
		{"filing-list", seeds.ClerkLogin, series + "/filing?year=2012"},
		{"filing-rule", adminLogin, series + "/filing/rule"},
		{"retention", seeds.ClerkLogin, series + "/retention"},
		{"destruction", seeds.ClerkLogin, series + "/destruction"},
		{"record", seeds.ClerkLogin, issue(x.review, "/record")},
		{"amend", seeds.EditorLogin, issue(x.signed, "/amend")},
		{"series", adminLogin, "/settings"},
		{"notices", adminLogin, "/me/notices"},
		{"reach", adminLogin, "/me/reach"},
		{"holidays", adminLogin, "/holidays/2026"},
		{"holidays-missing", adminLogin, "/holidays/2027"},
		{"hooks", adminLogin, "/hooks"},
		{"hook", adminLogin, "/hooks/" + hookShown.String()},
		{"handover", adminLogin, "/handover"},
		{"look", adminLogin, series + "/look"},
		{"settings", adminLogin, series + "/settings"},
		{"archive", seeds.ClerkLogin, "/archive?q=人才"},
		{"archive-empty", seeds.ClerkLogin, "/archive?q=没有这个词"},
		{"volume", seeds.ClerkLogin, series + "/volume?year=2021"},
		{"board", seeds.ClerkLogin, series + "/board?year=2021"},
		{"unit-links", seeds.ClerkLogin, "/unit-links/" + x.sent.Circulation.All()[0].Unit.String()},
	}
}

// TestEveryPageIsForEverybodyOnThePages looks at every page on a wide screen and
// on a telephone, by day and by night, with axe-core's rules of WCAG 2.2 AA.
func TestEveryPageIsForEverybodyOnThePages(t *testing.T) {
	x := exhibit(t)
	axe, err := os.ReadFile(filepath.Join("testdata", "axe", "axe.min.js"))
	if err != nil {
		t.Fatal(err)
	}
	ctx, who := browser(t), ""
	do := func(actions ...chromedp.Action) {
		t.Helper()
		if err := chromedp.Run(ctx, actions...); err != nil {
			t.Fatal(err)
		}
	}
	for _, p := range x.places() {
		if *looked != "" && !slices.Contains(strings.Split(*looked, ","), p.name) {
			continue
		}
		if p.login != who && p.login != "" {
			if who != "" {
				do(chromedp.Navigate(x.base+"/issues"), signOut())
			}
			do(signIn(x.base, p.login))
			who = p.login
		}
		do(chromedp.Navigate(x.base+p.path), chromedp.Evaluate(string(axe), nil))
		for _, width := range widths() {
			var over int
			do(chromedp.EmulateViewport(width, 900), chromedp.Evaluate(`document.documentElement.scrollWidth - innerWidth`, &over))
			if over > 0 {
				t.Errorf("%s at %d is %d pixels too wide", p.name, width, over)
			}
			for _, look := range []struct{ scheme, rules string }{{"light", everyRule}, {"dark", contrast}} {
				var found string
				do(emulation.SetEmulatedMedia().WithFeatures([]*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: look.scheme}}),
					chromedp.Evaluate(fmt.Sprintf(judged, look.rules), &found, awaited))
				if found != "" {
					t.Errorf("%s at %d, %s:\n%s", p.name, width, look.scheme, found)
				}
				keep(t, do, fmt.Sprintf("%s-%d-%s.png", p.name, width, look.scheme))
			}
		}
		if *gallery != "" && slices.Contains(inEnglish, p.name) {
			day := []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: "light"}}
			do(chromedp.EmulateViewport(1280, 900), emulation.SetEmulatedMedia().WithFeatures(day), chromedp.Navigate(x.base+p.path+"?lang=en"))
			keep(t, do, p.name+"-1280-en.png")
			do(chromedp.Navigate(x.base + p.path + "?lang=zh"))
		}
	}
}

// widths are a wide screen and a telephone; for a gallery a tablet as well.
func widths() []int64 {
	if *gallery != "" {
		return []int64{1280, 768, 390}
	}
	return []int64{1280, 390}
}

// Of WCAG 2.0 to 2.2, A and AA, only the contrast of colours is another at
// night.
const (
	everyRule = `["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]`
	contrast  = `{type: "rule", values: ["color-contrast"]}`
)

// inEnglish are the pages of which a gallery has a picture in English.
var inEnglish = []string{"desk", "list", "draft", "edit", "sign", "dispatch", "receipts", "units", "statistics", "settings", "look", "filing", "remarks"}

// judged asks axe-core for what is against some rules, a line for each that is
// broken.
const judged = `axe.run(document, {runOnly: %s}).then(r => r.violations.map(v =>
	v.id + ": " + v.help + " " + v.nodes.slice(0, 3).map(n => n.html.slice(0, 120) + " " + (n.any[0] ? n.any[0].message : "")).join(" | ")).join("\n"))`

func awaited(p *runtime.EvaluateParams) *runtime.EvaluateParams { return p.WithAwaitPromise(true) }

func keep(t *testing.T, do func(...chromedp.Action), name string) {
	t.Helper()
	if *gallery == "" {
		return
	}
	var png []byte
	do(chromedp.FullScreenshot(&png, 100))
	if err := os.WriteFile(filepath.Join(*gallery, name), png, 0o644); err != nil {
		t.Fatal(err)
	}
}
