package jianbao_test

import (
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
)

var (
	// markdownLink is a link or a picture whose address is no other site's.
	markdownLink = regexp.MustCompile(`\]\(([^)\s]+)\)`)
	heading      = regexp.MustCompile(`(?m)^#{1,6} +(.+?) *$`)
	codeBlock    = regexp.MustCompile("(?s)```.*?```")
)

// documents are all pages of Markdown in the tree.
func documents(t *testing.T) (all []string) {
	t.Helper()
	for _, pattern := range []string{"*.md", "docs/*.md", "docs/*/*.md", "deploy/*.md"} {
		some, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, some...)
	}
	return all
}

// places returns the ids that the headings of a page have on GitHub.
func places(text string) (all []string) {
	for _, m := range heading.FindAllStringSubmatch(codeBlock.ReplaceAllString(text, ""), -1) {
		all = append(all, strings.Map(func(r rune) rune {
			switch {
			case unicode.IsLetter(r), unicode.IsDigit(r), r == '-', r == '_':
				return unicode.ToLower(r)
			case r == ' ':
				return '-'
			}
			return -1
		}, m[1]))
	}
	return all
}

// Every link within the documents leads to a file, and to a heading in it.
func TestLinksOfDocumentsLeadSomewhere(t *testing.T) {
	found := 0
	for _, page := range documents(t) {
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range markdownLink.FindAllStringSubmatch(codeBlock.ReplaceAllString(string(text), ""), -1) {
			if strings.Contains(m[1], "://") || strings.HasPrefix(m[1], "mailto:") {
				continue
			}
			found++
			if why := leadsNowhere(page, string(text), m[1]); why != "" {
				t.Errorf("%s: %s: %s", page, m[1], why)
			}
		}
	}
	if found < 60 {
		t.Errorf("only %d links were found", found)
	}
}

func leadsNowhere(page, text, link string) string {
	file, place, _ := strings.Cut(link, "#")
	if file != "" {
		target := filepath.Join(filepath.Dir(page), file)
		if _, err := os.Stat(target); err != nil {
			return "there is no such file"
		}
		if filepath.Ext(target) != ".md" {
			return ""
		}
		data, err := os.ReadFile(target)
		if err != nil {
			return err.Error()
		}
		text = string(data)
	}
	if place, err := url.PathUnescape(place); place != "" && (err != nil || !slices.Contains(places(text), place)) {
		return "there is no such heading"
	}
	return ""
}
