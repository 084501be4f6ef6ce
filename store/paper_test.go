package store

import (
	"errors"
	"sync"
	"testing"

	"jianbao/bulletin"
	"jianbao/fault"
	"jianbao/workflow"
)

func TestStubsAreLinesOfTheRegister(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		series := plant(t, s)
		desk, clerk := editors(s)
		stub := workflow.Stub{
			Date: bulletin.DateOf(now), Title: "纸质一期", Level: "机密", Term: "10年", Copies: 12, Holder: "保密室",
		}
		const many = 8
		var group sync.WaitGroup
		for range many {
			group.Go(func() {
				if _, err := desk.Stub(t.Context(), clerk, series.ID, stub); err != nil {
					t.Error(err, errors.Unwrap(err))
				}
			})
		}
		group.Wait()
		lines, err := s.Register(t.Context(), series.ID)
		must(t, err)
		if len(lines) != many {
			t.Fatalf("%d lines", len(lines))
		}
		for n, line := range lines {
			if line.No != n+1 || line.Paper != (workflow.Paper{Level: "机密", Term: "10年", Copies: 12, Holder: "保密室"}) || line.Title != "纸质一期" {
				t.Errorf("line %d is %+v", n, line)
			}
		}
		stub.No = 3
		if _, err := desk.Stub(t.Context(), clerk, series.ID, stub); !fault.Is(err, fault.Blocked) {
			t.Errorf("given twice: %v", err)
		}
		if _, err := desk.Stub(t.Context(), clerk, newID(), stub); !fault.Is(err, fault.NotFound) {
			t.Errorf("of no series: %v", err)
		}
	})
}
