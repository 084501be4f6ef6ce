package archive

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"github.com/google/uuid"

	"jianbao/bulletin"
	"jianbao/workflow"
)

// Format counts the ways in which entries were made. An entry of an older format
// is made anew.
const Format = 1

// An Entry is what the index keeps of an issue.
type Entry struct {
	Issue  uuid.UUID
	Series uuid.UUID
	Kind   bulletin.Kind
	Date   bulletin.Date
	Text   string // folded
	Units  []Unit // that it went to, each once
	// Signers are those who signed it off, by the program's books and by its own
	// tail.
	Signers []string
}

// A Unit is one that an issue went to, with the name that it had on the day.
type Unit struct {
	ID   uuid.UUID
	Name string
}

// Kept reports whether the index has an issue: one with a number, whose text is on
// its way out or is out, unless it was found to be classified (泄密) and somebody
// asked for its recall.
func Kept(i workflow.Issue) bool {
	return slices.Contains(KeptStates(), i.State) && !i.Withheld()
}

// KeptStates are the states in which issues are in the index.
func KeptStates() []workflow.State {
	return []workflow.State{workflow.Registered, workflow.Scheduled, workflow.Dispatching, workflow.Dispatched, workflow.Archived, workflow.Corrected, workflow.Recalled}
}

// EntryOf is the entry of an issue.
func EntryOf(i workflow.Issue) Entry {
	e := Entry{Issue: i.ID, Series: i.Series, Kind: i.Number.Kind, Date: i.Date, Signers: signersOf(i)}
	var texts []string
	for _, p := range Passages(i) {
		if p = Fold(p); p != "" {
			texts = append(texts, p)
		}
	}
	e.Text = strings.Join(texts, " ")
	for _, p := range i.Circulation.All() {
		if !slices.ContainsFunc(e.Units, func(u Unit) bool { return u.ID == p.Unit && u.Name == p.Name }) {
			e.Units = append(e.Units, Unit{p.Unit, p.Name})
		}
	}
	return e
}

// Sum tells entries apart: the same issue with the same sum needs no new one.
func (e Entry) Sum() string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%d %s %s %q %q %q", Format, e.Kind, e.Date, e.Text, e.Units, e.Signers))
	return hex.EncodeToString(sum[:])
}

// Passages returns the text of an issue as people read it, in order: number,
// titles, every lead and paragraph, contributors, annexes. The lists of who gets
// it are not among them; [Asked] has the unit for that.
func Passages(i workflow.Issue) []string {
	d := i.Document
	all := []string{numberLine(i), d.Title, d.EditorNote, d.Remark.Text}
	for _, section := range d.Sections {
		all = append(all, section.Name)
		for _, item := range section.Items {
			if len(item.Paragraphs) > 0 && !item.HasHeading() { // the lead runs on
				all = append(append(all, item.Lead+item.Paragraphs[0]), item.Paragraphs[1:]...)
			} else {
				all = append(append(all, item.Lead), item.Paragraphs...)
			}
			all = append(all, item.Contributor)
		}
	}
	for _, annex := range d.Annexes {
		all = append(append(all, annex.Title), annex.Lines...)
	}
	return slices.DeleteFunc(all, func(p string) bool { return strings.TrimSpace(p) == "" })
}

// numberLine is how people cite the issue: 2021年第3期.
func numberLine(i workflow.Issue) string {
	if i.Number.IsZero() {
		return ""
	}
	return fmt.Sprintf("%s %d年第%d期", i.Document.Masthead, i.Number.Year, i.Number.No)
}

func signersOf(i workflow.Issue) (all []string) {
	names := strings.Split(i.Signers(), "、")
	names = append(names, i.Document.Role("签发")...)
	for _, name := range append(names, i.Document.Role("签发人")...) {
		if name != "" && !slices.Contains(all, name) {
			all = append(all, name)
		}
	}
	return all
}
