package mailbox

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"jianbao/mailer"
)

// A ledger is books that remember when mails were said to have come, and how far
// it was written down.
type ledger struct {
	*books
	came map[string]time.Time // by subject
	far  []uint32
}

func (l *ledger) Receive(ctx context.Context, in mailer.Incoming, at time.Time) (bool, error) {
	l.mu.Lock()
	l.came[in.Subject] = at
	l.mu.Unlock()
	return l.books.Receive(ctx, in, at)
}

func (l *ledger) AdvanceMailbox(ctx context.Context, box string, holder uuid.UUID, to Position) error {
	l.mu.Lock()
	l.far = append(l.far, to.UID)
	l.mu.Unlock()
	return l.books.AdvanceMailbox(ctx, box, holder, to)
}

// TestHowFarIsWrittenDownOften: a crash among many mails has few of them fetched
// again.
func TestHowFarIsWrittenDownOften(t *testing.T) {
	h, b := hosted(t, nil), &ledger{books: newBooks(), came: map[string]time.Time{}}
	for n := range 2*few + 5 {
		h.delivered(now, fmt.Sprintf("%03d", n))
	}
	stop := running(t, polling(t, h.addr, b))
	b.receivedAll(t, 2*few+5)
	stop()
	if want := []uint32{few, 2 * few, 2*few + 5}; !slices.Equal(b.far[:len(want)], want) {
		t.Errorf("written down at %v", b.far)
	}
}

// TestWhenAMailCame is what the server says, but never later than it is read.
func TestWhenAMailCame(t *testing.T) {
	h, b := hosted(t, nil), &ledger{books: newBooks(), came: map[string]time.Time{}}
	yesterday := now.AddDate(0, 0, -1)
	h.delivered(yesterday, "yesterday")
	h.delivered(now.AddDate(1, 0, 0), "next year")
	stop := running(t, polling(t, h.addr, b))
	b.receivedAll(t, 2)
	stop()
	if at := b.came["yesterday"]; !at.Equal(yesterday) {
		t.Errorf("yesterday's mail came at %s", at)
	}
	if at := b.came["next year"]; !at.Equal(now) {
		t.Errorf("a mail with a time to come came at %s", at)
	}
}

// TestWhatIsTooOldIsPassedBy for good: it is not looked for at every look.
func TestWhatIsTooOldIsPassedBy(t *testing.T) {
	h, b := hosted(t, nil), newBooks()
	h.delivered(now.AddDate(0, -6, 0), "old", "older")
	running(t, polling(t, h.addr, b))
	b.wait(t, func(at Position, all []mailer.Incoming) bool { return at.UID == 2 && len(all) == 0 })
}

// TestAfterALongRest: a mailbox that nobody read for months, and that the server
// renumbered meanwhile, is read from when it was read last.
func TestAfterALongRest(t *testing.T) {
	h, b := hosted(t, nil), newBooks()
	h.delivered(now, "before")
	stop := running(t, polling(t, h.addr, b))
	b.receivedAll(t, 1)
	stop()
	if err := h.user.Delete("INBOX"); err != nil {
		t.Fatal(err)
	}
	h.create("INBOX")
	h.delivered(now, "before")
	h.delivered(now.AddDate(0, 0, 3), "meanwhile")
	late := polling(t, h.addr, b)
	late.Now = func() time.Time { return now.AddDate(0, 4, 0) }
	running(t, late)
	all := b.wait(t, func(at Position, _ []mailer.Incoming) bool { return at.UID == 2 && at.Read.After(now) })
	if got := subjects(all); !slices.Equal(got, []string{"before", "meanwhile"}) {
		t.Errorf("%v", got)
	}
}

// TestAMachineThatMayNotAnyMore fetches nothing from then on, and leaves the
// mailbox.
func TestAMachineThatMayNotAnyMore(t *testing.T) {
	h, b := hosted(t, nil), newBooks()
	p := polling(t, h.addr, b)
	var mu sync.Mutex
	var no error
	asked := make(chan struct{}, 1000)
	p.May = func(context.Context) error {
		mu.Lock()
		defer mu.Unlock()
		if no != nil {
			asked <- struct{}{}
		}
		return no
	}
	stop := running(t, p)
	b.receivedAll(t, 0)
	mu.Lock()
	no = errors.New("restored")
	mu.Unlock()
	twice := func() {
		for range 2 {
			select {
			case <-asked:
			case <-time.After(20 * time.Second):
				t.Fatal("nobody asks whether it may")
			}
		}
	}
	twice()
	h.delivered(now, "for the other machine")
	twice()
	stop()
	if _, all, _ := b.state(); len(all) > 0 {
		t.Errorf("%v", subjects(all))
	}
}

// TestFailuresAreCountedInARow: a mailbox that was read between them is asked soon
// again.
func TestFailuresAreCountedInARow(t *testing.T) {
	answers, b := honest(), newBooks()
	answers["CAPABILITY"] = "* CAPABILITY IMAP4rev1 IDLE\r\nTAG OK done\r\n"
	answers["IDLE"] = "+ idling\r\n" + hangUp
	p := polling(t, cutting(t, scripted(t, greeting, answers).addr, "LOGIN", 2), b)
	p.Every = time.Hour
	failures := make(chan int, 100)
	p.Rest = func(n int) time.Duration { failures <- n; return time.Millisecond }
	running(t, p)
	for n, want := range []int{1, 2, 1} {
		if got := <-failures; got != want {
			t.Errorf("failure %d is the %d. in a row", n+1, got)
		}
	}
}
