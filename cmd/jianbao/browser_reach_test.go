package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// An exception is something of which a page is told by the walk that is as it
// should be.
type exception struct{ page, says, because string }

// exceptions are all of them; page "" is every page.
var exceptions = []exception{
	{"", "1.4.4 is cut off: <input", "a field of one line is scrolled by whoever is in it"},
}

// excepted reports whether a sentence about a page is among the exceptions.
func excepted(page, sentence string) bool {
	return slices.ContainsFunc(exceptions, func(e exception) bool {
		return (e.page == "" || e.page == page) && strings.Contains(sentence, e.says)
	})
}

// reachScript is what testdata/reach/reach.js looks at.
func reachScript(t *testing.T) string {
	t.Helper()
	script, err := os.ReadFile(filepath.Join("testdata", "reach", "reach.js"))
	if err != nil {
		t.Fatal(err)
	}
	return string(script)
}

// reach judges a page as those meet it who have no mouse, or want large letters:
// every control is reached by Tab in the order of sight, shows the focus, is not
// covered and lets go of it; nothing is lost at 200 % or with letters set apart. What
// is folded is opened for it.
func (l looker) reach(name string) {
	l.t.Helper()
	var first, last, stays bool
	var wide, narrow []string
	// Keys were pressed, so that the focus is shown as to whoever presses them: the
	// first leads to the way past the head, and the one after the last control out.
	l.do(chromedp.EmulateViewport(desktop, 900), chromedp.Evaluate(reachScript(l.t), nil), chromedp.Evaluate(`document.activeElement.blur(), scrollTo(0, 0), reach.unfold()`, nil),
		chromedp.Evaluate(`reach.words()`, &wide), chromedp.KeyEvent(kb.Tab), chromedp.Evaluate(`reach.stops().includes(document.activeElement)`, &first))
	l.tells(name, "1280", `reach.focus()`)
	l.do(chromedp.Evaluate(`reach.stops().at(-1).focus()`, nil), chromedp.KeyEvent(kb.Tab), chromedp.Evaluate(`document.activeElement === reach.stops().at(-1)`, &stays),
		chromedp.Evaluate(`reach.stops()[0].focus()`, nil), chromedp.KeyEvent(kb.Tab), chromedp.Evaluate(`reach.stops().length < 2 || document.activeElement === reach.stops()[1]`, &last))
	if !first || stays || !last {
		l.t.Errorf("%s: Tab comes in: %t, goes on: %t, is caught: %t", name, first, last, stays)
	}
	l.larger(name)
	l.do(chromedp.EmulateViewport(zoomed, 450), chromedp.Evaluate(`reach.words()`, &narrow))
	for _, control := range wide {
		if !slices.Contains(narrow, control) {
			l.t.Errorf("%s at 200 %%: %q is gone", name, control)
		}
	}
	l.tells(name, "200 %, keys", `reach.focus()`)
	l.do(chromedp.Evaluate(`reach.fold()`, nil))
}

// larger judges what is lost of a page, with what is folded opened, at 200 %, on a
// telephone, and with letters set apart.
func (l looker) larger(name string) {
	l.t.Helper()
	for _, width := range []int64{desktop, zoomed, telephone} {
		l.do(chromedp.EmulateViewport(width, 900))
		l.tells(name, fmt.Sprint(width), `[...reach.order(), ...reach.lost()]`)
		l.do(chromedp.Evaluate(`reach.spaced(true)`, nil))
		l.tells(name, fmt.Sprint(width, " apart"), `[...reach.order(), ...reach.lost()]`)
		l.do(chromedp.Evaluate(`reach.spaced(false)`, nil))
	}
}

// inEnglish judges what is lost of a page in English, whose words are longer.
func (l looker) inEnglish(name string) {
	l.t.Helper()
	l.do(chromedp.EmulateViewport(desktop, 900), chromedp.Evaluate(reachScript(l.t), nil), chromedp.Evaluate(`reach.unfold()`, nil))
	for _, width := range []int64{desktop, telephone, zoomed} {
		l.do(chromedp.EmulateViewport(width, 900), chromedp.Evaluate(fmt.Sprintf(`reach.spaced(%t)`, width == zoomed), nil))
		l.tells(name+" in English", fmt.Sprint(width), `reach.lost()`)
	}
	l.do(chromedp.Evaluate(`reach.spaced(false)`, nil), chromedp.Evaluate(`reach.fold()`, nil))
}

// zoomed is the width of a wide screen at 200 % (1.4.4), in pixels of CSS.
const zoomed = desktop / 2

// tells has the page judge itself, and fails by each sentence that is no exception.
func (l looker) tells(name, at, script string) {
	l.t.Helper()
	var found []string
	l.do(chromedp.Evaluate(script, &found))
	for _, sentence := range found {
		if !excepted(name, sentence) {
			l.t.Errorf("%s at %s: %s", name, at, sentence)
		}
	}
}
