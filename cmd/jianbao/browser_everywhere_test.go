package main

import (
	"cmp"
	"context"
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
)

// gallery is where the tests of pages keep what they looked at; empty keeps
// nothing.
var gallery = flag.String("gallery", "", "keep a picture of every page in this directory")

// looked narrows what the test looks at while one page is being made.
var looked = flag.String("place", "", "look at the pages of these names only, parted by commas")

// TestEveryPageIsForEverybodyOnThePages looks at every page from a wide screen
// to a telephone, by day and by night, with axe-core's rules of WCAG 2.2 AA.
func TestEveryPageIsForEverybodyOnThePages(t *testing.T) {
	t.Parallel()
	x := exhibit(t)
	l, who := looking(t, browser(t)), nobody
	places := slices.DeleteFunc(x.places(t), func(p place) bool {
		return *looked != "" && !slices.Contains(strings.Split(*looked, ","), p.name)
	})
	slices.SortStableFunc(places, func(a, b place) int { return cmp.Compare(a.login, b.login) }) // each signs in once
	for _, p := range places {
		if p.login != who {
			if who != nobody {
				l.do(chromedp.Navigate(x.base+"/issues"), signOut())
			}
			l.do(signIn(x.base, p.login))
			who = p.login
		}
		l.do(x.comes(p, ""))
		l.look(p.name)
		l.do(x.comes(p, "en"))
		l.inEnglish(p.name)
		if slices.Contains(mainPages, p.name) {
			l.do(chromedp.EmulateViewport(desktop, 900))
			shoot(t, l.do, p.name+"-1280-en.png")
		}
		l.do(x.comes(p, "zh"))
	}
}

// comes is somebody who comes to a place, in a language or as they did before.
func (x exhibition) comes(p place, lang string) chromedp.Action {
	address := x.base + p.path
	if lang != "" {
		address += map[bool]string{false: "?", true: "&"}[strings.Contains(p.path, "?")] + "lang=" + lang
	}
	all := chromedp.Tasks{chromedp.Navigate(address)}
	if p.first != nil {
		all = append(all, p.first)
	}
	return all
}

// A looker judges the page that its browser shows.
type looker struct {
	t   *testing.T
	ctx context.Context
	axe string
}

func looking(t *testing.T, ctx context.Context) looker {
	t.Helper()
	axe, err := os.ReadFile(filepath.Join("testdata", "axe", "axe.min.js"))
	if err != nil {
		t.Fatal(err)
	}
	return looker{t, ctx, string(axe)}
}

func (l looker) do(actions ...chromedp.Action) {
	l.t.Helper()
	if err := chromedp.Run(l.ctx, actions...); err != nil {
		l.t.Fatal(err)
	}
}

// look judges the page: nothing is cut off at any width, and axe-core finds
// nothing against WCAG 2.2 AA. It keeps pictures of it, if they are wanted.
func (l looker) look(name string) {
	l.t.Helper()
	l.do(chromedp.Evaluate(l.axe, nil), scheme("light"))
	for _, width := range widths {
		var over int
		l.do(chromedp.EmulateViewport(width, 900), chromedp.Evaluate(`document.documentElement.scrollWidth - innerWidth`, &over))
		if over > 0 {
			l.t.Errorf("%s at %d is %d pixels too wide", name, width, over)
		}
		switch width {
		case desktop:
			l.judge(name, width, "light", everyRule)
		case telephone:
			l.judge(name, width, "light", narrowRules)
		}
		if slices.Contains(keptWidths, width) {
			shoot(l.t, l.do, fmt.Sprintf("%s-%d-light.png", name, width))
		}
	}
	l.document(name)
	l.reach(name)
	for _, width := range []int64{telephone, desktop} {
		l.do(chromedp.EmulateViewport(width, 900), scheme("dark"))
		if width == desktop {
			l.judge(name, width, "dark", contrast)
		}
		if slices.Contains(mainPages, name) {
			shoot(l.t, l.do, fmt.Sprintf("%s-%d-dark.png", name, width))
		}
	}
	l.do(scheme("light"))
}

func (l looker) judge(name string, width int64, by, rules string) {
	l.t.Helper()
	var found string
	l.do(chromedp.Evaluate(fmt.Sprintf(judged, rules), &found, awaited))
	if found != "" {
		l.t.Errorf("%s at %d, %s:\n%s", name, width, by, found)
	}
}

// scheme is the colours of the day ("light") or of the night ("dark").
func scheme(of string) chromedp.Action {
	return emulation.SetEmulatedMedia().WithFeatures([]*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: of}})
}

const desktop, telephone int64 = 1280, 390

var (
	// widths are a wide screen, a tablet, the wide screen at 200 % (WCAG 2.2,
	// 1.4.4), a telephone, and the narrowest on which nothing may be cut off
	// (1.4.10).
	widths = []int64{desktop, 820, 640, 320, telephone}

	// keptWidths are those of which a gallery has pictures.
	keptWidths = []int64{desktop, 820, telephone}

	// mainPages are those of which a gallery has pictures by night and in English.
	mainPages = []string{"desk", "list", "draft", "edit", "sign", "review", "dispatch", "receipts", "units", "statistics", "settings", "look", "filing", "remarks", "remark", "board", "archive", "people", "slip"}
)

// Of WCAG 2.0 to 2.2, A and AA, only the contrast of colours is another at
// night, and only what is measured on a telephone: names, labels and order are
// those of the same document.
const (
	everyRule   = `["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]`
	narrowRules = `{type: "rule", values: ["color-contrast", "target-size", "scrollable-region-focusable", "link-in-text-block"]}`
	contrast    = `{type: "rule", values: ["color-contrast"]}`
)

// judged asks axe-core for what is against some rules, a line for each that is
// broken.
const judged = `axe.run(document, {runOnly: %s}).then(r => r.violations.map(v =>
	v.id + ": " + v.help + " " + v.nodes.slice(0, 3).map(n => n.html.slice(0, 120) + " " + (n.any[0] ? n.any[0].message : "")).join(" | ")).join("\n"))`

func awaited(p *runtime.EvaluateParams) *runtime.EvaluateParams { return p.WithAwaitPromise(true) }

// shoot keeps a picture of the whole page in the gallery, if there is one.
func shoot(t *testing.T, do func(...chromedp.Action), name string) {
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
