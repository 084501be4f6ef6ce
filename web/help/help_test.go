package help

import (
	"bytes"
	"image"
	"image/png"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"
	"unicode"

	"jianbao/accounts"
	"jianbao/docs/handbook"
	"jianbao/web/page/pagetest"
)

func chapters(t *testing.T) map[string]chapter {
	t.Helper()
	all, err := read(handbook.Files)
	if err != nil {
		t.Fatal(err)
	}
	by := map[string]chapter{}
	for _, c := range all {
		by[c.Name] = c
	}
	return by
}

// Every link leads to a chapter that there is, and to a heading in it; so does
// every page's.
func TestLinksLeadSomewhere(t *testing.T) {
	all := chapters(t)
	there := func(address string) bool {
		name, place, _ := strings.Cut(strings.TrimPrefix(address, "/help/"), "#")
		c, ok := all[name]
		return ok && (place == "" || slices.Contains(c.Places, place))
	}
	link := regexp.MustCompile(`href="(/help/[^"]+)"`)
	found := 0
	for name, c := range all {
		if c.Title == "" {
			t.Errorf("%s has no title", name)
		}
		for _, m := range link.FindAllStringSubmatch(string(c.Body), -1) {
			found++
			if at, err := url.PathUnescape(m[1]); err != nil || !there(at) {
				t.Errorf("%s: %s leads nowhere", name, at)
			}
		}
	}
	if found < 8 {
		t.Errorf("only %d links", found)
	}
	for beginning := range places {
		if at := At("GET " + beginning); !there(at) {
			t.Errorf("the page %s: %s leads nowhere", beginning, at)
		}
	}
}

// Every page that people look at has a place of its own in the handbook. The
// routes are those of docs/permissions.md, which a test of cmd/jianbao writes.
func TestEveryPageHasItsPlace(t *testing.T) {
	table, err := os.ReadFile("../../docs/permissions.md")
	if err != nil {
		t.Fatal(err)
	}
	_, pages, _ := strings.Cut(string(table), "## Pages")
	pages, _, _ = strings.Cut(pages, "\n## ")
	looked := 0
	for _, m := range regexp.MustCompile("`(GET (/[^`]*))`").FindAllStringSubmatch(pages, -1) {
		if others := regexp.MustCompile(`^/($|\{[o$]|help|livez|readyz|metrics|static|favicon|sign-in)`); others.MatchString(m[2]) {
			continue
		}
		looked++
		if At(m[1]) == "/help/"+places["/"] {
			t.Errorf("%s has no place in the handbook: give it one in places", m[1])
		}
	}
	if looked < 60 {
		t.Errorf("only %d pages", looked)
	}
}

func TestTheLongestBeginningCounts(t *testing.T) {
	for pattern, want := range map[string]string{
		"GET /desk":             "/help/01-desk",
		"GET /issues/{id}":      "/help/03-sign#看稿",
		"GET /issues/{id}/edit": "/help/02-edit#边改边看",
		"":                      "/help/00-start",
		"GET /nothing/known":    "/help/00-start",
	} {
		if at := At(pattern); at != want {
			t.Errorf("%s: %s, want %s", pattern, at, want)
		}
	}
}

func TestPages(t *testing.T) {
	v := pagetest.Visit(t, Room(Config{Handbook: handbook.Files}), accounts.Person{}, time.Now())
	for address, want := range map[string]string{
		"/help":          "一期简报怎样走完",
		"/help/02-edit":  `id="新建一期"`,
		"/help/13-unit":  "给收文单位",
		"/help/00-start": `<table>`,
	} {
		if a := v.Get(address); a.Status != http.StatusOK || !strings.Contains(a.Body, want) {
			t.Errorf("%s: %d without %q", address, a.Status, want)
		}
	}
	if a := v.Get("/help/99-none"); a.Status != http.StatusNotFound {
		t.Errorf("a chapter that there is not: %d", a.Status)
	}
	if a := v.Get("/help?lang=en"); !strings.Contains(a.Body, "in Chinese only") {
		t.Error("an English reader is not told that the handbook is in Chinese")
	}
}

// HTML in a chapter is not passed on, and headings of the same words have ids of
// their own.
func TestWhatIsNotText(t *testing.T) {
	var dot bytes.Buffer
	if err := png.Encode(&dot, image.NewGray(image.Rect(0, 0, 3, 2))); err != nil {
		t.Fatal(err)
	}
	text := []byte("# 题\n\n<script>x</script>\n\n## 同\n\n## 同\n\n![图](pictures/a.png)")
	all, err := read(fstest.MapFS{"1.md": {Data: text}, "pictures/a.png": {Data: dot.Bytes()}})
	if err != nil {
		t.Fatal(err)
	}
	if c := all[0]; strings.Contains(string(c.Body), "<script") || !slices.Equal(c.Places, []string{"题", "同", "同-1"}) || !strings.Contains(string(c.Body), `<img src="/help/pictures/a.png" alt="图" loading="lazy" width="3" height="2">`) {
		t.Errorf("%+v", c)
	}
	if _, err := read(fstest.MapFS{}); err == nil {
		t.Error("a handbook without chapters is taken")
	}
}

// Every picture that a chapter names is there, and is said in words; every one
// that is there is named, and none makes the program heavy.
func TestPictures(t *testing.T) {
	v := pagetest.Visit(t, Room(Config{Handbook: handbook.Files}), accounts.Person{}, time.Now())
	image := regexp.MustCompile(`<img src="(/help/pictures/([a-z-]+\.png))" alt="([^"]+)"`)
	named := map[string]bool{}
	for name, c := range chapters(t) {
		for _, m := range image.FindAllStringSubmatch(string(c.Body), -1) {
			named[m[2]] = true
			if a := v.Get(m[1]); a.Status != http.StatusOK || !strings.HasPrefix(a.Body, "\x89PNG") {
				t.Errorf("%s: %s is %d", name, m[1], a.Status)
			}
			if !strings.ContainsFunc(m[3], func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
				t.Errorf("%s: %s has no words in Chinese", name, m[1])
			}
		}
	}
	files, err := fs.ReadDir(handbook.Files, "pictures")
	if err != nil {
		t.Fatal(err)
	}
	var sum int64
	for _, f := range files {
		info, err := f.Info()
		if err != nil {
			t.Fatal(err)
		}
		if sum += info.Size(); info.Size() > 60<<10 {
			t.Errorf("%s has %d KB", f.Name(), info.Size()>>10)
		}
		if !named[f.Name()] {
			t.Errorf("no chapter shows %s", f.Name())
		}
	}
	if len(files) < 15 || sum > 3<<19 {
		t.Errorf("%d pictures of %d KB", len(files), sum>>10)
	}
	if a := v.Get("/help/pictures/none.png"); a.Status != http.StatusNotFound {
		t.Errorf("a picture that there is not: %d", a.Status)
	}
}
