package history

import (
	"cmp"
	"slices"
	"time"

	"github.com/google/uuid"

	"jianbao/workflow"
)

// A Passage is how long an issue lay at a step until somebody did something
// that the step waits for: submitted, approved, returned or objected.
type Passage struct {
	Issue uuid.UUID
	Step  workflow.StepKind
	By    uuid.UUID // uuid.Nil where a clerk entered what somebody decided on paper
	Name  string
	Came  time.Time
	Left  time.Time
	Act   workflow.Act
}

// Acts are the acts that end a passage.
func Acts() []workflow.Act {
	return []workflow.Act{workflow.Submit, workflow.Approve, workflow.Return, workflow.Object, workflow.Record}
}

// PassageOf returns the passage that an event ends, if it ends one. Events of
// before the program wrote down when a step was reached end none.
func PassageOf(e workflow.Event) (Passage, bool) {
	if e.Step == "" || e.Reached.IsZero() || !slices.Contains(Acts(), e.Act) {
		return Passage{}, false
	}
	p := Passage{Issue: e.Issue, Step: e.Step, By: e.By, Name: e.Name, Came: e.Reached, Left: e.At, Act: e.Act}
	if e.Act == workflow.Record {
		p.By, p.Name = uuid.Nil, ""
	}
	return p, true
}

// A Pace is how fast a step or a person is.
type Pace struct {
	Step     workflow.StepKind // of a person: ""
	Person   uuid.UUID         // of a step: uuid.Nil
	Name     string
	Count    int // passages
	Returned int // of them, that ended with a return
	Mean     time.Duration
	Longest  time.Duration
}

// Paces sums passages up: by step, in the order of routes, and by person, the
// slowest first. lasted is what counts as time, such as
// calendar.Calendar.WorkingTime.
func Paces(all []Passage, lasted func(from, to time.Time) time.Duration) (steps, people []Pace) {
	byStep, byPerson := map[workflow.StepKind]*Pace{}, map[uuid.UUID]*Pace{}
	for _, p := range all {
		took := lasted(p.Came, p.Left)
		if byStep[p.Step] == nil {
			byStep[p.Step] = &Pace{Step: p.Step}
		}
		byStep[p.Step].add(p, took)
		if p.By == uuid.Nil {
			continue
		}
		if byPerson[p.By] == nil {
			byPerson[p.By] = &Pace{Person: p.By}
		}
		byPerson[p.By].Name = p.Name // the last one, where it changed
		byPerson[p.By].add(p, took)
	}
	for _, kind := range workflow.StepKinds() {
		if pace := byStep[kind]; pace != nil {
			steps = append(steps, pace.mean())
		}
	}
	for _, pace := range byPerson {
		people = append(people, pace.mean())
	}
	slices.SortFunc(people, func(a, b Pace) int {
		return cmp.Or(cmp.Compare(b.Mean, a.Mean), cmp.Compare(a.Name, b.Name), slices.Compare(a.Person[:], b.Person[:]))
	})
	return steps, people
}

// add counts a passage; Mean is the sum until mean divides it.
func (p *Pace) add(passage Passage, took time.Duration) {
	p.Count++
	p.Mean += took
	p.Longest = max(p.Longest, took)
	if passage.Act == workflow.Return {
		p.Returned++
	}
}

func (p *Pace) mean() Pace {
	p.Mean /= time.Duration(p.Count)
	return *p
}
