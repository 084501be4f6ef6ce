package workflow

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"jianbao/bulletin"
	"jianbao/recipients"
)

// digestedIssue is an issue with something in every part, made anew each time.
func digestedIssue() Issue {
	var issue Issue
	issue.take(aDraft("甲"), Series{FileCopies: 1})
	issue.Template = 1
	issue.Attachments = []Attachment{{Name: "甲.pdf", Type: "application/pdf", Size: 3, SHA256: "ab"}, {Name: "乙.pdf", Type: "application/pdf", Size: 3, SHA256: "cd"}}
	return issue
}

func (i *Issue) firstUnit() *recipients.Recipient {
	return &i.Circulation.Lists[0].Entries[0].Recipients[0]
}

func TestWhatChangesTheDigest(t *testing.T) {
	cases := map[string]func(*Issue){
		"a word of the body":   func(i *Issue) { i.Document.Sections[0].Items[0].Paragraphs[0] = "乙" },
		"a lead":               func(i *Issue) { i.Document.Sections[0].Items[0].Lead = "乙。" },
		"a section's name":     func(i *Issue) { i.Document.Sections[0].Name = "乙" },
		"the masthead":         func(i *Issue) { i.Document.Masthead = "快报" },
		"the kind":             func(i *Issue) { i.Document.Number.Kind = bulletin.Supplement },
		"who gets it":          func(i *Issue) { i.firstUnit().Unit = uuid.New() },
		"how many they get":    func(i *Issue) { i.firstUnit().Copies = 2 },
		"how it is printed":    func(i *Issue) { i.Circulation.Lists[0].Entries[0].Printed = "统计局" },
		"another list":         func(i *Issue) { i.Circulation.Lists[0].Label = "报" },
		"the print run":        func(i *Issue) { i.Copies.PrintRun = 3 },
		"copies on file":       func(i *Issue) { i.Copies.File = 2 },
		"the template":         func(i *Issue) { i.Template = 2 },
		"an attachment's text": func(i *Issue) { i.Attachments[0].SHA256 = "ef" },
		"an attachment's name": func(i *Issue) { i.Attachments[0].Name = "丙.pdf" },
		"their order":          func(i *Issue) { i.Attachments[0], i.Attachments[1] = i.Attachments[1], i.Attachments[0] },
		"a picture":            func(i *Issue) { i.Pictures = []Attachment{{Name: "图1.png"}} },
		"one less":             func(i *Issue) { i.Attachments = i.Attachments[:1] },
	}
	before := digestedIssue().Digest()
	for what, change := range cases {
		issue := digestedIssue()
		change(&issue)
		if issue.Digest() == before {
			t.Errorf("%s left the digest as it was", what)
		}
	}
}

func TestWhatMustNotChangeTheDigest(t *testing.T) {
	cases := map[string]func(*Issue){
		"nothing":                func(*Issue) {},
		"the register's number":  func(i *Issue) { i.Number = Number{bulletin.Ordinary, 2021, 8} },
		"the date it bears":      func(i *Issue) { i.Date = bulletin.Date{Year: 2021, Month: 7, Day: 16} },
		"the text's number":      func(i *Issue) { i.Document.Number.No = 9 },
		"the text's date":        func(i *Issue) { i.Document.Date.Day = 16 },
		"the line of an item":    func(i *Issue) { i.Document.Sections[0].Items[0].Line = 99 },
		"a mailbox":              func(i *Issue) { i.firstUnit().Addresses = []string{"c@d.example"} },
		"an explained remainder": func(i *Issue) { i.Copies.Unexplained, i.Copies.Reason = 1, "多印" },
		"state and time":         func(i *Issue) { i.State, i.Version, i.ReleaseAt = Scheduled, 9, time.Unix(1, 0) },
	}
	before := digestedIssue().Digest()
	for what, change := range cases {
		issue := digestedIssue()
		change(&issue)
		if issue.Digest() != before {
			t.Errorf("%s changed the digest", what)
		}
	}
}
