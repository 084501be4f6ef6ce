package workflow

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"jianbao/recipients"
	"jianbao/recipients/standing"
)

// nextFrom opens the next issue from what the view has, and returns it.
func (o *office) nextFrom(t *testing.T, view FireView) Issue {
	t.Helper()
	view.Series, view.Register = o.books.series, o.books.register
	done := FireWork(view, Fire{Schedule: Opening, At: o.now}, o.now, o.NewID)
	if done.Outcome != Opened {
		t.Fatalf("%+v", done)
	}
	return done.Change.Issue
}

// The next issue goes to whom the lists mean on its day: a unit that was renamed
// meanwhile is asked about by its old words, and the issue that is out keeps
// them.
func TestTheNextIssueIsResolvedAnew(t *testing.T) {
	o := newOffice(t)
	last := o.scheduled(t)
	last.Circulation = last.Circulation.WithCopies(func() []int {
		given := make([]int, len(last.Circulation.All()))
		for n := range given {
			given[n] = 3
		}
		return given
	}())
	dir := o.books.directory
	o.books.series.Place = "鄂尔多斯"
	next := o.nextFrom(t, FireView{Last: &last, Directory: dir})
	if names := next.Circulation.Unknown(); len(names) > 0 || len(next.Circulation.All()) != len(last.Circulation.All()) {
		t.Fatalf("unknown %v, %d places", names, len(next.Circulation.All()))
	}
	if got := next.Circulation.All()[5].Copies; got != 3 {
		t.Errorf("copies are %d, not the last issue's", got)
	}
	bureau := dir.Units[len(dir.Units)-3]
	change, err := dir.Rename(bureau.ID, "鄂尔多斯自然资源局", []string{"市自然资源局"}, recipients.Order{ID: uuid.New(), Day: o.now.Add(-time.Hour), Reason: "机构改革", By: "甲", Now: o.now})
	if err != nil {
		t.Fatal(err)
	}
	next = o.nextFrom(t, FireView{Last: &last, Directory: dir.With(change)})
	waiting := next.Circulation.Unsettled()
	if len(waiting) != 1 || waiting[0].Candidates[0].Name != "鄂尔多斯自然资源局" {
		t.Errorf("waiting: %+v", waiting)
	}
	for _, place := range last.Circulation.All() {
		if place.Unit == bureau.ID && place.Name != bureau.Name {
			t.Errorf("the last issue has %s", place.Name)
		}
	}
}

func TestTheStandingListsAreThoseOfTheNextIssue(t *testing.T) {
	o := newOffice(t)
	last := o.scheduled(t)
	dir := o.books.directory
	o.books.series.Place = "鄂尔多斯"
	energy, statistics := dir.Units[11], dir.Units[10]
	dir.Copies = map[uuid.UUID]int{energy.ID: 4} // as the store reads them with the lists
	view := FireView{Last: &last, Directory: dir, Standing: standing.Lists{Lists: []recipients.Listed{{Label: "发", Text: "市能源局，市统计局"}}, Copies: dir.Copies}}
	next := o.nextFrom(t, view)
	places := next.Circulation.All()
	if len(next.Document.Lists) != 1 || next.Document.Lists[0].Text != "市能源局，市统计局" || len(places) != 2 || places[0].Copies != 4 || places[1].Unit != statistics.ID {
		t.Errorf("lists %+v, places %+v", next.Document.Lists, places)
	}
	if next.Document.Role("编辑")[0] != "程继东" {
		t.Error("the rest is not the last issue's")
	}
	view.Last = nil
	if next := o.nextFrom(t, view); len(next.Circulation.All()) != 2 {
		t.Errorf("the first issue of all goes to %+v", next.Circulation.All())
	}
}
