package web

import (
	"time"

	"github.com/google/uuid"

	"jianbao/workflow"

	"jianbao/web/textdiff"
)

// Changes are what became of a text since somebody last saw it.
type changes struct {
	Since time.Time
	Lines []textdiff.Line
}

// A glance is the version of an issue that somebody looked at, and when; the
// zero glance is none.
type glance struct {
	Version int
	At      time.Time
}

// changesFor compares an issue's text with the one that a person last saw: on
// the page, or because they did something about it. It returns nil if they never
// did, or nothing was changed since.
func changesFor(who uuid.UUID, seen glance, issue workflow.Issue, events []workflow.Event, texts []workflow.TextVersion) *changes {
	var acted time.Time
	for _, e := range events {
		if e.By == who && e.At.After(acted) {
			acted = e.At
		}
	}
	before := -1
	for n, text := range texts {
		if seen.Version > 0 && text.Version <= seen.Version || !text.At.After(acted) {
			before = n
		}
	}
	if before < 0 || texts[before].Text == issue.Text {
		return nil
	}
	since := acted
	if seen.At.After(since) {
		since = seen.At
	}
	return &changes{Since: since, Lines: textdiff.Compare(texts[before].Text, issue.Text)}
}
