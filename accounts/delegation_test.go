package accounts

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"jianbao/fault"
)

func TestADelegationHoldsInItsSpanAndSeries(t *testing.T) {
	day := time.Date(2021, 7, 8, 0, 0, 0, 0, time.UTC)
	series, other := uuid.New(), uuid.New()
	d := Delegation{Series: series, From: day, Until: day.AddDate(0, 0, 2)}
	for _, c := range []struct {
		series uuid.UUID
		at     time.Time
		want   bool
	}{
		{series, day.Add(-1), false}, {series, day, true}, {series, day.AddDate(0, 0, 2).Add(-1), true},
		{series, day.AddDate(0, 0, 2), false}, {other, day, false},
	} {
		if got := d.Holds(c.series, c.at); got != c.want {
			t.Errorf("in %s at %s: %v", c.series, c.at, got)
		}
	}
	if d.Series = uuid.Nil; !d.Holds(other, day) {
		t.Error("one for all series does not hold in one")
	}
}

func TestADelegationTellsAllThatIsWrongWithIt(t *testing.T) {
	if e := fault.As(Delegation{}.Validate()); e == nil || e.Code != fault.Invalid || len(e.Reasons) != 4 {
		t.Errorf("got %v", e)
	}
	d := Delegation{Person: uuid.New(), Absent: true, Until: time.Unix(1, 0), Reason: "出差"}
	if err := d.Validate(); err != nil {
		t.Errorf("an absence alone: %v", err)
	}
}

func TestAHeadWhoLeftLeadsNoMore(t *testing.T) {
	unit := uuid.New()
	p := Person{Heads: []uuid.UUID{unit}, Active: true}
	if !p.Leads(unit) || p.Leads(uuid.New()) {
		t.Error("leads another unit, or not this one")
	}
	if p.Active = false; p.Leads(unit) {
		t.Error("left, and leads")
	}
}
