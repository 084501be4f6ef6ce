package store

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"
)

// Every statement has a span that ends, named by its table; one that fails says
// so, and that nothing was found is no failure.
func TestStatementsHaveSpans(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		var names []string
		open, failed := 0, 0
		must(t, s.Traced(func(ctx context.Context, name string) (context.Context, func(error)) {
			names = append(names, name)
			open++
			return ctx, func(err error) {
				if open--; err != nil {
					failed++
				}
			}
		}))
		if _, err := s.Issue(t.Context(), uuid.New()); err == nil {
			t.Fatal("there is an issue")
		}
		if failed != 0 {
			t.Error("that there is no such issue is called a failure")
		}
		if _, err := s.KeepFile(t.Context(), []byte("words")); err != nil {
			t.Fatal(err)
		}
		if err := s.db.Exec("SELECT nothing FROM nowhere").Error; err == nil {
			t.Fatal("there is a table that is nowhere")
		}
		for _, want := range []string{"db select issue", "db insert attachment", "db execute"} {
			if !slices.Contains(names, want) {
				t.Errorf("no span %q in %v", want, names)
			}
		}
		if open != 0 || failed != 1 {
			t.Errorf("%d spans did not end, %d failed", open, failed)
		}
		if all := strings.Join(names, "\n"); strings.Contains(all, "nothing") || strings.Contains(all, "?") {
			t.Errorf("statements are in the names: %s", all)
		}
	})
}
