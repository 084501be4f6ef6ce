package store

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"jianbao/bulletin"
	"jianbao/workflow"
	"jianbao/workflow/archive"
	"jianbao/workflow/remarks"
)

// out opens an issue with a number, a day and a paragraph.
func out(t testing.TB, s *Store, series workflow.Series, no int, text string) workflow.Issue {
	t.Helper()
	change := opening(series)
	i := &change.Issue
	i.State, i.Number = workflow.Dispatched, workflow.Number{Kind: bulletin.Ordinary, Year: 2021, No: no}
	i.Date = bulletin.Date{Year: 2021, Month: time.Month(1 + no%12), Day: 1 + no%28}
	i.Document.Sections[0].Items[0].Paragraphs[0] = text
	i.Document.Roles = []bulletin.Role{{Label: "签发", Names: []string{fmt.Sprint("签发人", no)}}}
	if err := s.Open(t.Context(), change); err != nil {
		t.Fatal(err)
	}
	return *i
}

// ask returns the numbers of what is found.
func ask(t testing.TB, s *Store, a archive.Asked, words string) (numbers []int) {
	t.Helper()
	var err error
	if a.Query, err = archive.ParseQuery(words); err != nil {
		t.Fatal(err)
	}
	if a.Limit == 0 {
		a.Limit = 10
	}
	found, err := s.SearchArchive(t.Context(), a)
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range found.Hits {
		numbers = append(numbers, h.Issue.Number.No)
	}
	return numbers
}

func TestTheArchiveIsSearched(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		series := plant(t, s)
		one := out(t, s, series, 1, "国资委研究人才工作，ＧＤＰ增长8.5%。")
		out(t, s, series, 2, "国有资产；资委会。委国资。")
		draft := opening(series)
		draft.Issue.Document.Sections[0].Items[0].Paragraphs[0] = "国资委草稿"
		must(t, s.Open(t.Context(), draft))

		unit := one.Circulation.All()[0]
		in := archive.Asked{Series: []uuid.UUID{series.ID}}
		with := func(change func(*archive.Asked)) archive.Asked { a := in; change(&a); return a }
		for _, c := range []struct {
			words string
			asked archive.Asked
			want  []int
		}{
			{"国资", in, []int{2, 1}},
			{"国资委", in, []int{1}}, // the second has all its pairs
			{"国资 人才", in, []int{1}},
			{"委", in, []int{2, 1}},
			{"gdp", in, []int{1}},
			{"2021年第2期", in, []int{2}},
			{"没有的", in, nil},
			{"", in, []int{2, 1}},
			{"国资", archive.Asked{}, nil},
			{"国资", archive.Asked{Series: []uuid.UUID{uuid.New()}}, nil},
			{"国资", with(func(a *archive.Asked) { a.Leader = "签发人2" }), []int{2}},
			{"", with(func(a *archive.Asked) { a.UnitName = unit.Name }), []int{2, 1}},
			{"", with(func(a *archive.Asked) { a.Units = []uuid.UUID{unit.Unit} }), []int{1}},
			{"", with(func(a *archive.Asked) { a.UnitName = "别的单位" }), nil},
			{"", with(func(a *archive.Asked) { a.From = bulletin.Date{Year: 2021, Month: 3, Day: 1} }), []int{2}},
			{"", with(func(a *archive.Asked) { a.Until = bulletin.Date{Year: 2021, Month: 2, Day: 2} }), []int{1}},
			{"", with(func(a *archive.Asked) { a.Kind = bulletin.Special }), nil},
			{"", with(func(a *archive.Asked) { a.Skip = 1 }), []int{1}},
		} {
			if got := ask(t, s, c.asked, c.words); !slices.Equal(got, c.want) {
				t.Errorf("%q of %+v: %v, not %v", c.words, c.asked, got, c.want)
			}
		}
	})
}

func TestTheArchiveFollowsTheText(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		series := plant(t, s)
		one := out(t, s, series, 1, "原来的文字")
		in := archive.Asked{Series: []uuid.UUID{series.ID}}
		change := func(do func(*workflow.Issue)) {
			_, err := s.Change(t.Context(), one.ID, false, func(c workflow.Case) (workflow.Change, error) {
				next := c.Issue
				next.Version++
				next.Events++
				do(&next)
				return workflow.Change{Issue: next, Event: eventOf(next)}, nil
			})
			must(t, err)
		}
		change(func(i *workflow.Issue) { i.Document.Sections[0].Items[0].Paragraphs[0] = "改后的说法" })
		if ask(t, s, in, "原来") != nil || len(ask(t, s, in, "改后")) != 1 {
			t.Error("the index has the old text")
		}
		remark := remarks.Remark{ID: newID(), Series: series.ID, Issue: one.ID, Version: 1, Writing: remarks.Writing{Leader: "王市长"}, Entered: remarks.Hand{At: now}}
		must(t, s.write(t.Context(), func(tx *gorm.DB) error {
			return writeRemark(tx, 0, remark, remarks.Line{ID: newID(), Remark: remark.ID, Seq: 1, At: now})
		}))
		in.Leader = "王市长"
		if len(ask(t, s, in, "改后")) != 1 {
			t.Error("who wrote a remark is not found")
		}
		in.Leader = ""
		change(func(i *workflow.Issue) { i.State = workflow.Destroyed })
		if ask(t, s, in, "") != nil {
			t.Error("a destroyed issue is found")
		}
		for _, table := range []string{"archive_entry", "archive_text", "archive_name"} {
			var n int
			must(t, s.db.Raw("SELECT COUNT(*) FROM "+table).Scan(&n).Error)
			if n != 0 {
				t.Errorf("%s has %d rows", table, n)
			}
		}
		if !s.postgres {
			var terms []string
			must(t, s.db.Exec("CREATE VIRTUAL TABLE temp.terms USING fts5vocab(main, archive_gram, 'row')").Error)
			must(t, s.db.Raw("SELECT term FROM temp.terms").Scan(&terms).Error)
			if len(terms) > 0 {
				t.Errorf("pairs are left: %q", terms)
			}
		}
	})
}

func TestTheArchiveIsMadeAnew(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		series := plant(t, s)
		for no := range 3 {
			out(t, s, series, no+1, "国资委")
		}
		must(t, s.db.Exec("UPDATE archive_entry SET format = 0, sum = '' WHERE issue = (SELECT issue FROM archive_entry LIMIT 1)").Error)
		must(t, s.write(t.Context(), func(tx *gorm.DB) error {
			var last int64
			if err := tx.Raw("SELECT MAX(id) FROM archive_entry").Scan(&last).Error; err != nil {
				return err
			}
			return dropEntry(tx, last)
		}))
		if n := must1(s.ArchiveBehind(t.Context()))(t); n != 2 {
			t.Errorf("%d behind", n)
		}
		if n, err := archive.Rebuild(t.Context(), s); n != 2 || err != nil {
			t.Error(n, err)
		}
		if n := must1(s.ArchiveBehind(t.Context()))(t); n != 0 {
			t.Errorf("%d behind afterwards", n)
		}
		if got := ask(t, s, archive.Asked{Series: []uuid.UUID{series.ID}}, "国资委"); len(got) != 3 {
			t.Error(got)
		}
	})
}

func TestRebuildingStops(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if _, err := archive.Rebuild(ctx, nil); err == nil {
		t.Error("it went on")
	}
}
