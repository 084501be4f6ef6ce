package workflow

import (
	"encoding/json"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"
)

// chain makes a history of n events as record does.
func chain(n int) ([]Event, Issue) {
	next := Change{Issue: Issue{ID: uuid.New(), State: Draft}}
	var events []Event
	for i := range n {
		c := Case{Actor: Actor{Robot: Robot}, Order: Order{Act: Save, Note: "改"}, Now: time.Unix(int64(i), 0)}
		record(c, uuid.New(), &next, Draft, nil)
		events = append(events, next.Event)
	}
	return events, next.Issue
}

func TestTheChainShowsWhatWasDoneToIt(t *testing.T) {
	events, issue := chain(5)
	if err := VerifyChain(events, issue.Events, issue.Head); err != nil {
		t.Fatal(err)
	}
	cases := map[string]func([]Event) []Event{
		"edit":    func(e []Event) []Event { e[2].Note = "别的"; return e },
		"delete":  func(e []Event) []Event { return slices.Delete(e, 2, 3) },
		"reorder": func(e []Event) []Event { e[1], e[2] = e[2], e[1]; return e },
		"cut":     func(e []Event) []Event { return e[:4] },
		"empty":   func([]Event) []Event { return nil },
	}
	for name, harm := range cases {
		if VerifyChain(harm(slices.Clone(events)), issue.Events, issue.Head) == nil {
			t.Errorf("%s was not noticed", name)
		}
	}
}

func TestAnEventHashesTheSameAfterJSON(t *testing.T) {
	events, _ := chain(1)
	raw, err := json.Marshal(events[0])
	if err != nil {
		t.Fatal(err)
	}
	var back Event
	if err := json.Unmarshal(raw, &back); err != nil {
		t.Fatal(err)
	}
	if back.sum() != events[0].Hash {
		t.Error("the hash changed")
	}
}
