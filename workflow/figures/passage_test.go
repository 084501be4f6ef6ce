package figures

import (
	"reflect"
	"testing"
	"time"

	"github.com/google/uuid"

	"jianbao/workflow"
)

func TestHowLongThingsLieAndWithWhom(t *testing.T) {
	editor, reviewer, clerk := uuid.New(), uuid.New(), uuid.New()
	at := func(day, hour int) time.Time { return time.Date(2026, 7, day, hour-8, 30, 0, 0, time.UTC) } // 2026-07-15 is a Wednesday
	event := func(by uuid.UUID, name string, act workflow.Act, step workflow.StepKind, came, left time.Time) workflow.Event {
		return workflow.Event{By: by, Name: name, Act: act, Step: step, Reached: came, At: left}
	}
	var all []Passage
	for _, e := range []workflow.Event{
		event(editor, "甲", workflow.Submit, workflow.EditStep, at(15, 8), at(15, 9)),
		event(reviewer, "乙", workflow.Return, workflow.ReviewStep, at(15, 9), at(15, 11)),
		event(editor, "甲", workflow.Save, workflow.EditStep, at(15, 11), at(15, 14)),
		event(editor, "甲", workflow.Submit, workflow.EditStep, at(15, 11), at(15, 15)),
		event(reviewer, "乙", workflow.Approve, workflow.ReviewStep, at(17, 16), at(20, 9)), // over a weekend
		event(clerk, "丙", workflow.Record, workflow.SignOffStep, at(20, 9), at(20, 10)),
		event(clerk, "丙", workflow.Register, "", time.Time{}, at(20, 11)),
		event(reviewer, "乙", workflow.Approve, workflow.ReviewStep, time.Time{}, at(20, 11)), // of an older program
	} {
		if p, ends := PassageOf(uuid.Nil, e); ends {
			all = append(all, p)
		}
	}
	steps, people := Paces(all, Sight{}.Lasted)
	h := time.Hour
	wantSteps := []Pace{
		{Step: workflow.EditStep, Count: 2, Mean: 5 * h / 4, Median: 5 * h / 4, Longest: 3 * h / 2},
		{Step: workflow.ReviewStep, Count: 2, Returned: 1, Mean: 2 * h, Median: 2 * h, Longest: 2 * h},
		{Step: workflow.SignOffStep, Count: 1, Mean: h, Median: h, Longest: h},
	}
	wantPeople := []Pace{
		{Person: reviewer, Name: "乙", Count: 2, Returned: 1, Mean: 2 * h, Median: 2 * h, Longest: 2 * h},
		{Person: editor, Name: "甲", Count: 2, Mean: 5 * h / 4, Median: 5 * h / 4, Longest: 3 * h / 2},
	}
	if !reflect.DeepEqual(steps, wantSteps) || !reflect.DeepEqual(people, wantPeople) {
		t.Errorf("%+v\n%+v", steps, people)
	}
	if steps, people := Paces(nil, nil); steps != nil || people != nil {
		t.Error("of nothing there is something")
	}
}
