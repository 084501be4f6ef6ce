package faults

import (
	"testing"

	"jianbao/mailer"
)

// TestPostgresGoesAway stops the database while letters go, in order and as if
// it crashed, and cuts all connections to it. The engine goes on by itself. It is
// alive throughout, and knows of each letter whether its dot went: so nothing
// becomes uncertain, and nothing goes twice.
func TestPostgresGoesAway(t *testing.T) {
	for _, s := range []setting{{1, mailer.Ask}, {16, mailer.Ask}} {
		for _, way := range []string{"fast", "immediate", "cut"} {
			t.Run(way+"/"+s.String(), func(t *testing.T) {
				beside(t)
				goesAway(t, way, s)
			})
		}
	}
}

func goesAway(t *testing.T, way string, s setting) {
	var b *book
	var strike func()
	if way == "cut" {
		b = plant(t, emptyPostgres(t, server(t)), *letters)
		strike = func() { b.cut(t) }
	} else {
		own := startServer(t)
		b = plant(t, emptyPostgres(t, own.address), *letters)
		strike = func() { own.restart(t, way) }
	}
	relay := startWitness(t, 0)
	e := startEngine(t, b.address, relay.Addr(), s)
	strikes := max(*kills/3, 1) // each takes its seconds
	for n := range strikes {
		relay.wait(t, (n+1)*b.total/(strikes+1), e)
		strike()
		e.says(t, "level=ERROR") // it does not pass over it in silence
	}
	b.finish(t, e)
	e.stop(t)
	b.settled(t, relay.ended(), nil, s.policy)
}

// cut ends all connections to the database but the test's own.
func (b *book) cut(t *testing.T) {
	t.Helper()
	var n int
	err := b.db.QueryRowContext(t.Context(), `SELECT COUNT(pg_terminate_backend(pid)) FROM pg_stat_activity
		WHERE datname = current_database() AND pid <> pg_backend_pid()`).Scan(&n)
	if err != nil || n == 0 {
		t.Fatalf("%d connections cut, %v", n, err)
	}
}
