package mailer

import (
	"slices"
	"testing"

	"github.com/google/uuid"
)

// TestHoldingsAreUnderTheirTokens: a letter that was claimed anew is not let go of
// by what is said of the claim before.
func TestHoldingsAreUnderTheirTokens(t *testing.T) {
	id, before, since := uuid.New(), uuid.New(), uuid.New()
	var h holdings
	h.add([]Delivery{{ID: id, Token: before}})
	h.add([]Delivery{{ID: id, Token: since}})
	if h.drop(id, before); !h.has(id, since) || h.has(id, before) || h.count() != 1 {
		t.Error("the claim of now went with the one before")
	}
	if lost := h.keep([]Mark{{ID: id, Token: before}}, nil); lost != 0 || !h.has(id, since) {
		t.Errorf("%d lost, that were asked for before", lost)
	}
	if h.drop(id, since); h.count() != 0 {
		t.Error("it is held for ever")
	}
}

// TestWhatIsNotRenewedIsNotHeld: what was asked for and is not among the renewed.
func TestWhatIsNotRenewedIsNotHeld(t *testing.T) {
	var h holdings
	var all []Delivery
	for range 3 {
		all = append(all, Delivery{ID: uuid.New(), Token: uuid.New()})
	}
	h.add(all[:2])
	asked := h.marks(noon)
	h.add(all[2:]) // claimed while it was asked
	if lost := h.keep(asked, []uuid.UUID{all[0].ID}); lost != 1 {
		t.Errorf("%d lost", lost)
	}
	held := func(d Delivery) bool { return h.has(d.ID, d.Token) }
	if got := []bool{held(all[0]), held(all[1]), held(all[2])}; !slices.Equal(got, []bool{true, false, true}) {
		t.Errorf("held: %v", got)
	}
}
