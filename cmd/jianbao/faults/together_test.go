package faults

import (
	"fmt"
	"testing"
	"time"

	"jianbao/mailer"
)

// TestOneOfSeveralDies lets two to four engines share a PostgreSQL and kills one
// in the middle. The others take its letters over when its lease is over. make
// faults has it run behind a PgBouncer, too.
func TestOneOfSeveralDies(t *testing.T) {
	for engines := 2; engines <= 4; engines++ {
		for _, s := range []setting{{1, mailer.Ask}, {16, mailer.Resend}} {
			t.Run(fmt.Sprintf("%d/%s", engines, s), func(t *testing.T) {
				beside(t)
				b := plant(t, emptyPostgres(t, server(t)), *letters)
				relay := startWitness(t, time.Millisecond)
				all := make([]*engine, engines)
				for i := range all {
					all[i] = startEngine(t, b.address, relay.Addr(), s, "--lease", "5s") // the living are not to be kept from renewing theirs
				}
				relay.wait(t, b.total/3, all[0])
				all[0].kill(t)
				b.finish(t, all[1:]...)
				for _, e := range all[1:] {
					e.stop(t)
				}
				took := relay.ended()
				behind := b.behindMarks(t, took, s.policy)
				if n := len(behind); n > s.window*connections {
					t.Errorf("the one that died left %d letters behind their mark", n)
				}
				b.settled(t, took, behind, s.policy)
			})
		}
	}
}

// behindMarks returns which letters of a dead engine were behind their mark, by
// what the living wrote when they took them back: that they are uncertain, or,
// where they sent them again, that they were the dead one's and had gone.
func (b *book) behindMarks(t *testing.T, took taken, policy mailer.Policy) doubts {
	t.Helper()
	found, err := b.db.QueryContext(t.Context(), `SELECT CAST(d.id AS TEXT), d.address, a.state FROM attempt a
		JOIN delivery d ON d.id = a.delivery WHERE a.relay = ''`)
	if err != nil {
		t.Fatal(err)
	}
	defer found.Close()
	behind := doubts{}
	for found.Next() {
		var r row
		if err := found.Scan(&r.id, &r.address, &r.state); err != nil {
			t.Fatal(err)
		}
		if r.state == mailer.Uncertain || policy == mailer.Resend && len(took[r.address]) > 1 {
			behind[r.id]++
		}
	}
	if err := found.Err(); err != nil {
		t.Fatal(err)
	}
	return behind
}
