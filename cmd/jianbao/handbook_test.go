package main

import (
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"testing"

	"jianbao/docs/handbook"
	"jianbao/fault"
)

// What the handbook says stands on the pages is a sentence of the catalogue, or
// the beginning of one.
func TestTheHandbookNamesWhatStandsOnThePages(t *testing.T) {
	var words []string
	for _, s := range fault.Catalogue() {
		words = append(words, s.With().In(fault.ZH))
	}
	quoted := regexp.MustCompile(`「([^」]+)」`)
	found := 0
	names, _ := fs.Glob(handbook.Files, "*.md")
	for _, name := range names {
		source, err := fs.ReadFile(handbook.Files, name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range quoted.FindAllStringSubmatch(string(source), -1) {
			found++
			if !slices.ContainsFunc(words, func(w string) bool { return w == m[1] || strings.HasPrefix(w, m[1]+"（") }) {
				t.Errorf("%s: no page says %q", name, m[1])
			}
		}
	}
	if found < 60 {
		t.Errorf("only %d labels", found)
	}
}
