package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"jianbao/bulletin"
	"jianbao/recipients"
	"jianbao/workflow"
)

// The lists that are printed are made again from the circulation that is sent,
// word for word as the office wrote them, whether the names are known or not, however the
// copies were settled since.
func TestThePrintedListsAreThoseOfTheText(t *testing.T) {
	files, err := filepath.Glob("../../bulletin/testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal(err)
	}
	index, lists := recipients.NewIndex(recipients.Directory{}), 0
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		document := bulletin.Parse(string(raw)).Document
		var listed []recipients.Listed
		for _, l := range document.Lists {
			listed = append(listed, recipients.Listed{Label: l.Label, Text: l.Text})
		}
		circulation := index.Resolve("鄂尔多斯", time.Date(2021, 7, 15, 0, 0, 0, 0, time.UTC), listed)
		more := make([]int, len(circulation.All()))
		printed := sheetOf(workflow.Issue{Document: document, Circulation: circulation.WithCopies(more)}).Lists
		if len(printed) != len(document.Lists) {
			t.Errorf("%s: %d lists of %d", file, len(printed), len(document.Lists))
			continue
		}
		for i, l := range document.Lists {
			lists++
			if want := strings.TrimSuffix(recipients.Tidy(l.Text), "。"); printed[i].Label != l.Label || printed[i].Text != want {
				t.Errorf("%s, %s:\n got %s\nwant %s", file, l.Label, printed[i].Text, want)
			}
		}
	}
	if lists < 10 {
		t.Errorf("%d lists in all samples", lists)
	}
}
