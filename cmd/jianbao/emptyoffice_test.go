package main

import (
	"net/http"
	"net/http/cookiejar"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// TestAnEmptyOfficeSaysWhatToDo opens the pages of an office in which there is
// nothing yet: each says so in a sentence, or has a form to begin with.
func TestAnEmptyOfficeSaysWhatToDo(t *testing.T) {
	base, code := emptyOffice(t)
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	v := &visitor{t: t, base: base, client: &http.Client{Jar: jar, Timeout: soon,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
	v.post("/start", "code", code, "login", "boss", "name", "刘科", "password", bossPassword, "again", bossPassword)
	if a := v.post("/sign-in", "login", "boss", "password", bossPassword); a.status != http.StatusSeeOther {
		t.Fatalf("not in: %d %s", a.status, a.refusal())
	}
	paths := []string{"/units/rosters", "/receipts", "/relays", "/people", "/me/access"}
	for _, path := range headLinks(t, v.get("/desk").page) {
		if !slices.Contains(paths, path) {
			paths = append(paths, path)
		}
	}
	if len(paths) < 10 {
		t.Errorf("the head leads to %v", paths)
	}
	for _, path := range paths {
		page := v.get(path)
		doc, err := html.Parse(strings.NewReader(page.page))
		if err != nil || page.status != http.StatusOK {
			t.Errorf("%s: %d %v", path, page.status, err)
			continue
		}
		said, begins := "", false
		walkHTML(doc, func(n *html.Node) {
			class, _ := attribute(n, "class")
			if strings.Contains(class, "empty") {
				said += strings.Join(strings.Fields(textOf(n)), " ") + " "
			}
			action, _ := attribute(n, "action")
			method, _ := attribute(n, "method")
			begins = begins || n.Data == "form" && strings.EqualFold(method, "post") && action != "/sign-out"
		})
		if strings.HasPrefix(path, "/help") || path == "/me" {
			continue
		}
		if len([]rune(said)) < 8 && !begins {
			t.Errorf("%s is empty and says nothing of what to do: %q", path, said)
		}
	}
}

// headLinks are the pages that the head of a page leads to.
func headLinks(t *testing.T, page string) (all []string) {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	walkHTML(doc, func(n *html.Node) {
		if n.Data != "header" {
			return
		}
		walkHTML(n, func(a *html.Node) {
			if href, _ := attribute(a, "href"); a.Data == "a" && strings.HasPrefix(href, "/") {
				all = append(all, href)
			}
		})
	})
	return all
}
