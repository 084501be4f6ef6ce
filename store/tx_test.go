package store

import (
	"errors"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"
	"gorm.io/gorm"
)

func TestATransactionThatMetAnotherBeginsAnew(t *testing.T) {
	for _, c := range []struct {
		code  string
		fails int // how often in a row
		want  int // tries
	}{
		{"40P01", 1, 2}, {"40001", attempts - 1, attempts}, {"40001", 100, attempts}, {"23503", 100, 1},
	} {
		s := opened(t, t.TempDir()+"/jianbao.db")
		tries := 0
		err := s.write(t.Context(), func(tx *gorm.DB) error {
			tries++
			if err := tx.Exec("INSERT INTO collective (id, text, place) VALUES ('a', 'b', 'c')").Error; err != nil {
				return err // of an earlier try nothing may be left
			}
			if tries <= c.fails {
				return &pgconn.PgError{Code: c.code}
			}
			return nil
		})
		if tries != c.want || (err == nil) != (c.fails < c.want) {
			t.Errorf("%+v: %d tries, %v", c, tries, err)
		}
	}
}

// Two transactions that lock two rows in either order cannot both go on;
// PostgreSQL ends one of them, and it succeeds at its second try.
func TestADeadlockIsOutlived(t *testing.T) {
	s := opened(t, freshPostgres(t))
	must(t, s.db.Exec("CREATE TABLE pair (id INT, n INT); INSERT INTO pair VALUES (1, 0), (2, 0)").Error)
	var group, both sync.WaitGroup
	both.Add(2)
	for _, order := range [][2]int{{1, 2}, {2, 1}} {
		group.Go(func() {
			met := sync.OnceFunc(func() { both.Done(); both.Wait() })
			err := s.write(t.Context(), func(tx *gorm.DB) error {
				first := tx.Exec("UPDATE pair SET n = n + 1 WHERE id = ?", order[0]).Error
				met()
				return errors.Join(first, tx.Exec("UPDATE pair SET n = n + 1 WHERE id = ?", order[1]).Error)
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	var sum int
	must(t, s.db.Raw("SELECT SUM(n) FROM pair").Scan(&sum).Error)
	if sum != 4 {
		t.Errorf("the rows sum to %d, not 4", sum)
	}
}
