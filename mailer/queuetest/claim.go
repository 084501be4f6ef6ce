package queuetest

import (
	"sync"
	"time"

	"github.com/google/uuid"

	"jianbao/mailer"
)

func claimInOrder(b *bench) {
	c := Dispatch()
	all := Deliveries(c.Dispatch, 4, start)
	all[0].NextAt = start.Add(3 * time.Second)
	all[1].NextAt = start.Add(time.Second)
	all[2].NextAt = start.Add(time.Hour) // not due
	all[3].NextAt = start.Add(2 * time.Second)
	b.must(b.Add(b.ctx, c, all))
	now := start.Add(time.Minute)
	if early := b.claim(10, start); len(early) != 0 {
		b.Errorf("%d claimed before their time", len(early))
	}
	claimed := append(b.claim(2, now), b.claim(10, now)...)
	want := []uuid.UUID{all[1].ID, all[3].ID, all[0].ID}
	if len(claimed) != len(want) {
		b.Fatalf("%d claimed, want %d", len(claimed), len(want))
	}
	for i, d := range claimed {
		if d.ID != want[i] {
			b.Errorf("claimed as no. %d: %s, want %s", i, d.ID, want[i])
		}
	}
}

func claimGivesLease(b *bench) {
	c := Dispatch()
	all := Deliveries(c.Dispatch, 3, start)
	all[0].Alternates = []string{"second@unit.example"}
	b.must(b.Add(b.ctx, c, all))
	now := start.Add(time.Second)
	claimed := b.claim(2, now)
	if len(claimed) != 2 {
		b.Fatalf("%d claimed, want 2", len(claimed))
	}
	first := claimed[0]
	if first.Token == uuid.Nil || first.Token != claimed[1].Token {
		b.Errorf("tokens %s and %s, want one that is not nil", first.Token, claimed[1].Token)
	}
	stored, _ := b.get(first.ID)
	for _, d := range []mailer.Delivery{first, stored} {
		if d.State != mailer.Claimed || d.Token != first.Token || !d.LeaseUntil.Equal(now.Add(time.Minute)) {
			b.Errorf("%s under %s until %s", d.State, d.Token, d.LeaseUntil)
		}
		if d.Unit != all[0].Unit || d.Name != all[0].Name || d.Address != all[0].Address ||
			len(d.Alternates) != 1 || !d.Created.Equal(start) || d.Tries != 0 {
			b.Errorf("it came back as %+v", d)
		}
	}
	if again := b.claim(5, now); len(again) != 1 || again[0].Token == first.Token {
		b.Errorf("the second claim: %+v", again)
	}
}

func claimUrgentFirst(b *bench) {
	b.add(Dispatch(), 5, start)
	urgent := Dispatch()
	urgent.Urgent = true
	b.add(urgent, 3, start.Add(time.Second))
	for i, d := range b.claim(4, start.Add(time.Minute)) {
		if (d.Dispatch == urgent.Dispatch) != (i < 3) {
			b.Errorf("no. %d is of dispatch %s; urgent is %s", i, d.Dispatch, urgent.Dispatch)
		}
	}
}

func claimFairly(b *bench) {
	b.add(Dispatch(), 100, start)
	small := Dispatch()
	b.add(small, 5, start.Add(time.Second))
	turns := 0
	for _, d := range b.claim(10, start.Add(time.Minute)) {
		if d.Dispatch == small.Dispatch {
			turns++
		}
	}
	if turns < 3 {
		b.Errorf("the small dispatch got %d of 10", turns)
	}
}

func claimOnce(b *bench) {
	const rows, workers = 2000, 8
	b.add(Dispatch(), rows, start)
	var mu sync.Mutex
	times := map[uuid.UUID]int{}
	var wg sync.WaitGroup
	now := start.Add(time.Minute)
	for range workers {
		wg.Go(func() {
			for {
				claimed, err := b.Queue.Claim(b.ctx, 50, now, now.Add(time.Minute))
				if err != nil {
					b.Error(err)
					return
				}
				if len(claimed) == 0 {
					return
				}
				mu.Lock()
				for _, d := range claimed {
					times[d.ID]++
				}
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	// A worker may have seen an empty queue while others held its rows locked.
	for _, d := range b.claim(rows, now) {
		times[d.ID]++
	}
	if len(times) != rows {
		b.Errorf("%d deliveries claimed of %d", len(times), rows)
	}
	for id, n := range times {
		if n != 1 {
			b.Fatalf("%s was claimed %d times", id, n)
		}
	}
}

func deferredWaits(b *bench) {
	d := b.one(nil)
	b.record([]mailer.Outcome{outcome(d, mailer.Deferred)})
	if early := b.claim(1, start.Add(time.Hour-time.Microsecond)); len(early) != 0 {
		b.Error("claimed before its time")
	}
	late := b.claim(1, start.Add(time.Hour))
	if len(late) != 1 || late[0].ID != d.ID || late[0].Tries != 1 {
		b.Errorf("claimed at its time: %+v", late)
	}
}
