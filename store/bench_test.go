package store

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"testing"
	"time"

	"jianbao/workflow"
	"jianbao/workflow/calendar"
	"jianbao/workflow/ready/likeness"
)

// measured adds a series whose issues are measured.
func measured(b *testing.B, s *Store) workflow.Series {
	b.Helper()
	series := workflow.Series{ID: newID(), Masthead: "简报", Place: "鄂尔多斯", Route: workflow.DefaultRoute(), Window: calendar.Window{Days: []time.Weekday{time.Monday}, From: 9, To: 17}, Created: now}
	if err := s.AddSeries(b.Context(), series); err != nil {
		b.Fatal(err)
	}
	return series
}

// BenchmarkPastAmongTenThousand asks for what the 16 items of an issue repeat,
// one of them in fact, among 10,000 items that went out.
func BenchmarkPastAmongTenThousand(b *testing.B) {
	s, err := Open(b.Context(), filepath.Join(b.TempDir(), "jianbao.db"))
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	series := measured(b, s)
	change := opening(series)
	change.Items = manyItems(change.Issue, 10_000)
	if err := s.Open(b.Context(), change); err != nil {
		b.Fatal(err)
	}
	other := opening(series).Issue
	keys := change.Items[77].Keys
	for _, item := range manyItems(other, 15) {
		keys = append(keys, likeness.Fingerprint(item.Text+"另有一事").Bands()...)
	}
	b.ReportAllocs()
	for b.Loop() {
		past, err := s.Past(b.Context(), other, keys)
		if err != nil || len(past.Items) == 0 {
			b.Fatal(len(past.Items), err)
		}
	}
}

// manyItems are items of 200 characters at random out of 500.
func manyItems(issue workflow.Issue, n int) (all []workflow.PastItem) {
	r := rand.New(rand.NewPCG(1, uint64(n)))
	for seq := range n {
		text := fmt.Sprint(seq)
		for range 200 {
			text += string(rune(0x4e00 + r.IntN(500)))
		}
		all = append(all, item(issue.ID, seq+1, text))
	}
	return all
}
