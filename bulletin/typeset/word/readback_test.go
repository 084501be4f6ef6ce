package word

import (
	"reflect"
	"strings"
	"testing"

	"jianbao/bulletin"
	"jianbao/bulletin/intake"
	"jianbao/bulletin/typeset"
)

// What is written can be handed in again and is the same bulletin: an office
// corrects the Word file and brings it back.
func TestTheFileIsReadBack(t *testing.T) {
	for _, look := range typeset.Builtin() {
		if look.Head == typeset.Preprinted {
			continue // has no masthead
		}
		want := seed(t).Document
		draft, err := intake.Read("a.docx", made(t, seed(t), look))
		if err != nil {
			t.Fatal(err)
		}
		got := bulletin.Parse(draft.Text).Document
		for name, pair := range map[string][2]any{
			"masthead": {got.Masthead, want.Masthead}, "number": {got.Number.No, want.Number.No}, "organs": {got.Organs, want.Organs},
			"date": {got.Date, want.Date}, "remark": {got.Remark, want.Remark}, "sections": {bare(got.Sections), bare(want.Sections)},
			"lists": {names(got.Lists), names(want.Lists)}, "roles": {got.Roles, want.Roles}, "phones": {got.Phones, want.Phones},
			"print run": {got.PrintRun, want.PrintRun}, "annexes": {got.Annexes, want.Annexes},
		} {
			if !reflect.DeepEqual(pair[0], pair[1]) {
				t.Errorf("%s: %s is\n%v\nnot\n%v", look.Name, name, pair[0], pair[1])
			}
		}
	}
}

// bare takes the lines off the items, which differ.
func bare(sections []bulletin.Section) []bulletin.Section {
	for _, s := range sections {
		for i := range s.Items {
			s.Items[i].Line = 0
		}
	}
	return sections
}

func names(lists []bulletin.List) (all []string) {
	for _, l := range lists {
		all = append(all, l.Label+"："+l.Text)
	}
	return all
}

func TestNoteAndTableAreReadBack(t *testing.T) {
	draft, err := intake.Read("a.docx", made(t, full(), typeset.Builtin()[1]))
	if err != nil {
		t.Fatal(err)
	}
	got, want := bulletin.Parse(draft.Text).Document, full().Document
	if got.EditorNote != want.EditorNote || got.Title != want.Title || got.Remark != want.Remark {
		t.Errorf("note %q, title %q, remark %v", got.EditorNote, got.Title, got.Remark)
	}
	for _, b := range bulletin.Blocks(strings.Split(draft.Text, "\n")) {
		if b.Table != nil && b.Table.Header && b.Table.Rows[1][0] == "甲县\n乙旗" {
			return
		}
	}
	t.Errorf("no table in %s", draft.Text)
}
