package store

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"jianbao/bulletin"
	"jianbao/workflow"
	"jianbao/workflow/archive"
)

// BenchmarkSearch asks among 10,000 issues of 3,000 characters each: for a word
// that every one has, for one that few have, for a long one that all have the
// pairs of, with and without what else can be asked.
func BenchmarkSearch(b *testing.B) {
	b.Run("sqlite", func(b *testing.B) { searched(b, filepath.Join(b.TempDir(), "jianbao.db")) })
	if os.Getenv(testServer) == "" {
		return // scripts/postgres run sets it
	}
	address, drop, err := newPostgres(pattern)
	if err != nil {
		b.Fatal(err)
	}
	b.Run("postgres", func(b *testing.B) { searched(b, address) })
	if err := drop(); err != nil {
		b.Error(err)
	}
}

func searched(b *testing.B, address string) {
	s, err := Open(b.Context(), address)
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	series := workflow.Series{ID: newID(), Masthead: "简报", Route: workflow.DefaultRoute(), Created: now}
	if err := s.AddSeries(b.Context(), series); err != nil {
		b.Fatal(err)
	}
	manyIssues(b, s, series, 10_000)
	in := archive.Asked{Series: []uuid.UUID{series.ID}, Limit: 20}
	for _, c := range []struct {
		name, words string
		change      func(*archive.Asked)
	}{
		{"国资", "国资", nil},
		{"鄂尔多斯市国资委", "鄂尔多斯市国资委", nil},
		{"稀土", "稀土", nil},
		{"国", "国", nil},
		{"国资 稀土", "国资 稀土", nil},
		{"资委国 (pairs alone)", "资委国资委国", nil},
		{"国资, leader and year", "国资", func(a *archive.Asked) {
			a.Leader, a.From, a.Until = "签发人7", bulletin.Date{Year: 2015, Month: 1, Day: 1}, bulletin.Date{Year: 2016, Month: 12, Day: 31}
		}},
		{"unit alone", "", func(a *archive.Asked) { a.UnitName = "市委办公室" }},
	} {
		b.Run(c.name, func(b *testing.B) {
			asked := in
			if c.change != nil {
				c.change(&asked)
			}
			for b.Loop() {
				ask(b, s, asked, c.words)
			}
		})
	}
}

// manyIssues writes issues of a series straight into the tables, 500 in a
// transaction, with their entries.
func manyIssues(b *testing.B, s *Store, series workflow.Series, n int) {
	b.Helper()
	r := rand.New(rand.NewPCG(7, 7))
	settle := func(statements ...string) {
		for _, sql := range statements {
			if err := s.db.Exec(sql).Error; err != nil {
				b.Fatal(err)
			}
		}
	}
	if s.postgres { // ten thousand at once are indexed at once
		settle("DROP INDEX archive_text_by_gram")
	}
	for from := 0; from < n; from += 500 {
		err := s.write(b.Context(), func(tx *gorm.DB) error {
			for no := from; no < from+500; no++ {
				i := opening(series).Issue
				i.State, i.Number = workflow.Archived, workflow.Number{Kind: bulletin.Ordinary, Year: 2010 + no/600, No: 1 + no%600}
				i.Date = bulletin.DateOf(now.AddDate(-10, 0, no/3))
				i.Document.Sections[0].Items = words(r, no)
				i.Document.Roles = []bulletin.Role{{Label: "签发", Names: []string{fmt.Sprint("签发人", no%20)}}}
				if err := add(tx, rowOfIssue(i)); err != nil {
					return err
				}
				if err := keepIndexed(tx, i); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	if s.postgres {
		settle("CREATE INDEX archive_text_by_gram ON archive_text USING GIN (grams)", "ANALYZE")
	}
}

// words are items of 300 characters, the common ones more often than the others
// as in a language.
func words(r *rand.Rand, no int) (all []bulletin.Item) {
	for range 10 {
		var text strings.Builder
		for range 300 {
			text.WriteRune(rune(0x4e00 + int(2500*r.Float64()*r.Float64()*r.Float64())))
		}
		all = append(all, bulletin.Item{Lead: "鄂尔多斯市国资委。", Paragraphs: []string{text.String()}})
	}
	if no%97 == 0 {
		all[0].Paragraphs = append(all[0].Paragraphs, "稀土产业。")
	}
	return all
}
