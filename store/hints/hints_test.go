package hints

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/uuid"
)

var (
	issue   = uuid.MustParse("11111111-1111-4111-8111-111111111111")
	another = uuid.MustParse("22222222-2222-4222-8222-222222222222")
)

func here(_ context.Context, given []Hint) ([]Hint, error) { return given, nil }

// running is a hub that runs as long as the test, in the test's own time.
func running(t *testing.T, carry Carry, failed func(error)) *Hub {
	h := New(carry)
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() {
		h.Run(ctx, failed)
		close(ended)
	}()
	t.Cleanup(func() {
		stop()
		<-ended
	})
	synctest.Wait()
	return h
}

func came(c <-chan struct{}) bool {
	synctest.Wait()
	select {
	case <-c:
		return true
	default:
		return false
	}
}

// A hint comes at once, and then once in a gap however many were given; hints
// about other things do not wait for it, and who wants other things hears none.
func TestHintsOfTheSameThingAreOne(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		carried := 0
		h := running(t, func(_ context.Context, given []Hint) ([]Hint, error) {
			carried += len(given)
			return given, nil
		}, nil)
		mine, end := h.Hear(func(h Hint) bool { return h.About == issue })
		defer end()
		theirs, stop := h.Hear(func(h Hint) bool { return h.About == another })
		defer stop()

		h.Give(Hint{Sent, issue})
		if !came(mine) || came(theirs) {
			t.Fatal("the first hint did not come at once, or to somebody else")
		}
		for range 100 {
			h.Give(Hint{Sent, issue})
			time.Sleep(Gap / 50)
		}
		if !came(mine) || carried < 3 || carried > 4 {
			t.Errorf("in two gaps %d hints were carried", carried)
		}
		h.Give(Hint{Sent, another})
		if !came(theirs) {
			t.Error("a hint waited for those of another thing")
		}
		h.Give(Hint{Sent, issue}, Hint{Sent, issue})
		time.Sleep(2 * Gap)
		if !came(mine) || came(mine) {
			t.Error("what was given last did not come, or came twice")
		}
		if h.next.take(time.Now().Add(Gap), Gap); len(h.next.last) != 0 {
			t.Errorf("%d things are remembered for ever", len(h.next.last))
		}
	})
}

// What cannot be carried is told and lost, and the next one is carried.
func TestAFailureCostsItsHintsAlone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		broken, told := errors.New("no database"), 0
		failing := true
		h := running(t, func(_ context.Context, given []Hint) ([]Hint, error) {
			if failing {
				return nil, broken
			}
			return given, nil
		}, func(err error) {
			if errors.Is(err, broken) {
				told++
			}
		})
		ear, end := h.Hear(func(Hint) bool { return true })
		defer end()
		h.Give(Hint{Queued, uuid.Nil})
		if came(ear) || told != 1 {
			t.Errorf("told %d times", told)
		}
		failing = false
		h.Give(Hint{Changed, issue})
		if !came(ear) {
			t.Error("nothing is carried after a failure")
		}
	})
}

// Whoever listens is told to look when hints cease to come in, and when they come
// in again.
func TestEverybodyLooksWhenHintsMayHaveBeenMissed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := running(t, here, nil)
		ear, end := h.Hear(func(Hint) bool { return false })
		for _, heard := range []bool{true, false, true} {
			h.Listens(heard)
			if h.Heard() != heard || !came(ear) {
				t.Errorf("heard %t: nobody was told", heard)
			}
		}
		if h.Listens(true); came(ear) {
			t.Error("nothing changed, and somebody was told")
		}
		end()
		if h.Listens(false); came(ear) {
			t.Error("who went away is told")
		}
	})
}

// Where nothing runs a few hints are kept, each once, and carried at the end; so
// are those that a hub that ended had no time for.
func TestWhatWasGivenLastIsCarriedAtTheEnd(t *testing.T) {
	var carried []Hint
	h := New(func(_ context.Context, given []Hint) ([]Hint, error) {
		carried = append(carried, given...)
		return given, nil
	})
	for range 3 {
		h.Give(Hint{Sent, issue}, Hint{Changed, issue})
	}
	for range 3 {
		if err := h.Last(t.Context()); err != nil || len(carried) != 2 {
			t.Fatalf("%v carried, %v", carried, err)
		}
	}
	for range 10 * Kept {
		h.Give(Hint{Sent, uuid.New()})
	}
	if len(h.next.waits) != Kept {
		t.Errorf("%d hints are kept that nobody carries", len(h.next.waits))
	}
	var none *Hub
	none.Give(Hint{Sent, issue})
	if _, end := none.Hear(nil); none.Heard() {
		end()
		t.Error("no hub is heard")
	}
}
