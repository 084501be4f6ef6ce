package store

import (
	"errors"
	"math/rand/v2"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"jianbao/fault"
	"jianbao/recipients/copies"
)

// The database takes a hand-over past the program exactly where the program
// would: neither what a unit copied itself, nor what was taken back before anybody
// fetched it, can be handed to it.
func TestTheDatabaseHandsOverWhatIsDue(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		random := rand.New(rand.NewPCG(5, 8))
		var taken, refused int
		issue, first := sentIssue(t, s)
		for _, unit := range []uuid.UUID{first, newID(), newID(), newID()} {
			for step := range 12 {
				at := now.Add(time.Duration(step+1) * time.Minute)
				_, err := posting(t, s, issue.ID, func(l *copies.Ledger) ([]copies.Entry, error) { return comesOrGoes(random, l, unit, at) })
				if err != nil && !fault.Is(err, fault.Invalid) {
					t.Fatal(err, errors.Unwrap(err))
				}
				for n := 1; n <= 5; n++ {
					h := copies.Handover{ID: newID(), At: at, By: "收发", Unit: unit, Count: n, Way: copies.Fetched, To: "周敏"}
					program, database := bothVerdicts(t, s, issue.ID, h)
					if program != database {
						t.Fatalf("step %d, %d copies: the program takes them: %v, the database: %v", step, n, program, database)
					}
					if program {
						taken++
					} else {
						refused++
					}
				}
				if random.IntN(3) == 0 {
					_, _ = handing(t, s, issue.ID, copies.Handover{ID: newID(), At: at, By: "收发", Unit: unit, Count: 1, Way: copies.Fetched, To: "周敏"})
				}
			}
		}
		if taken < 20 || refused < 20 {
			t.Errorf("%d taken, %d refused: nothing was tried", taken, refused)
		}
	})
}

// What was handed over before it was returned comes back from a backup, and the
// database that was restored holds hand-overs against the ledger as before.
func TestHandoversComeBackFromABackup(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		issue, unit := sentIssue(t, s)
		h := copies.Handover{ID: newID(), At: now, By: "收发", Unit: unit, Count: 2, Way: copies.Fetched, To: "周敏"}
		_, err := handing(t, s, issue.ID, h)
		must(t, err)
		_, err = posting(t, s, issue.ID, func(l *copies.Ledger) ([]copies.Entry, error) {
			slip := slipOf("收发")
			slip.At, slip.Numbers = now.Add(time.Hour), l.Held(copies.OfUnit(unit)).Lowest(2)
			return l.Return(slip, unit, 2)
		})
		must(t, err)
		file := backedUp(t, s)
		for _, address := range []string{filepath.Join(t.TempDir(), "restored.db"), emptyPostgres(t)} {
			if _, err := Restore(t.Context(), address, restoring(file)); err != nil {
				t.Fatal(fault.As(err).Cause)
			}
			restored := opened(t, address)
			if back, err := restored.Handovers(t.Context(), issue.ID); err != nil || len(back) != 1 {
				t.Errorf("%+v, %v", back, err)
			}
			h.ID, h.Count = newID(), 1
			if program, database := bothVerdicts(t, restored, issue.ID, h); program || database {
				t.Error("more than was due can be handed over after a restore")
			}
		}
	})
}

// comesOrGoes is an act on the copies of a unit.
func comesOrGoes(random *rand.Rand, l *copies.Ledger, unit uuid.UUID, at time.Time) ([]copies.Entry, error) {
	s, n := slipOf("收发"), 1+random.IntN(2)
	s.At = at
	switch random.IntN(6) {
	case 0:
		return l.Extra(s, unit, n)
	case 1:
		return l.Copy(s, unit, n)
	case 2:
		return l.Correct(s, 1+random.IntN(len(l.Entries())))
	case 3:
		s.Numbers = l.Held(copies.OfUnit(unit)).Lowest(n)
		return l.Lose(s, copies.OfUnit(unit), n)
	}
	s.Numbers = l.Held(copies.OfUnit(unit)).Lowest(n)
	return l.Return(s, unit, n)
}

// bothVerdicts asks the program, and then the database behind its back, whether
// a hand-over can be entered. Nothing is.
func bothVerdicts(t *testing.T, s *Store, issue uuid.UUID, h copies.Handover) (program, database bool) {
	t.Helper()
	entries, err := s.CopyEntries(t.Context(), issue)
	must(t, err)
	before, err := s.Handovers(t.Context(), issue)
	must(t, err)
	_, refusal := copies.HandOver(copies.New(entries), before, h)
	row := rowOfHandover(issue, h)
	row.Seq = len(before) + 1
	undone := errors.New("undone")
	err = s.db.Transaction(func(tx *gorm.DB) error {
		if err := add(tx, row); err != nil {
			return err
		}
		return undone
	})
	return refusal == nil, errors.Is(err, undone)
}
