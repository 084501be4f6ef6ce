package figures

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
	Issue  uuid.UUID
	Series uuid.UUID // whose calendar counts its time
	Step   workflow.StepKind
	By     uuid.UUID // uuid.Nil where a clerk entered what somebody decided on paper
	Name   string
	Came   time.Time
	Left   time.Time
	Act    workflow.Act
	Note   string // the reason of a return or an objection, or what else was written
}

// Acts are the acts that end a passage.
func Acts() []workflow.Act {
	return []workflow.Act{workflow.Submit, workflow.Approve, workflow.Return, workflow.Object, workflow.Record}
}

// PassageOf returns the passage that an event of a series ends, if it ends one. Events of
// before the program wrote down when a step was reached end none.
func PassageOf(series uuid.UUID, e workflow.Event) (Passage, bool) {
	if e.Step == "" || e.Reached.IsZero() || !slices.Contains(Acts(), e.Act) {
		return Passage{}, false
	}
	p := Passage{Issue: e.Issue, Series: series, Step: e.Step, By: e.By, Name: e.Name, Came: e.Reached, Left: e.At, Act: e.Act, Note: e.Note}
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
	// Median is the middle one, and of an even number the mean of the middle
	// two: one issue that lay for weeks does not move it.
	Median  time.Duration
	Longest time.Duration
}

// Paces sums passages up: by step, in the order of routes, and by person, the
// slowest first. lasted is what counts as time, such as
// calendar.Calendar.WorkingTime.
func Paces(all []Passage, lasted func(p Passage) time.Duration) (steps, people []Pace) {
	byStep, byPerson := map[workflow.StepKind]*tally{}, map[uuid.UUID]*tally{}
	for _, p := range all {
		took := lasted(p)
		of(byStep, p.Step).add(p, took)
		if p.By != uuid.Nil {
			person := of(byPerson, p.By)
			person.name = p.Name // the last one, where it changed
			person.add(p, took)
		}
	}
	for _, kind := range workflow.StepKinds() {
		if t := byStep[kind]; t != nil {
			pace := t.pace()
			pace.Step = kind
			steps = append(steps, pace)
		}
	}
	for id, t := range byPerson {
		pace := t.pace()
		pace.Person, pace.Name = id, t.name
		people = append(people, pace)
	}
	slices.SortFunc(people, func(a, b Pace) int {
		return cmp.Or(cmp.Compare(b.Mean, a.Mean), cmp.Compare(a.Name, b.Name), slices.Compare(a.Person[:], b.Person[:]))
	})
	return steps, people
}

// A tally is what a pace is made of.
type tally struct {
	name     string
	returned int
	took     []time.Duration
}

func of[K comparable](all map[K]*tally, key K) *tally {
	if all[key] == nil {
		all[key] = &tally{}
	}
	return all[key]
}

func (t *tally) add(p Passage, took time.Duration) {
	t.took = append(t.took, took)
	if p.Act == workflow.Return {
		t.returned++
	}
}

// pace is of at least one passage.
func (t *tally) pace() Pace {
	slices.Sort(t.took)
	n, sum := len(t.took), time.Duration(0)
	for _, took := range t.took {
		sum += took
	}
	return Pace{
		Count: n, Returned: t.returned, Mean: sum / time.Duration(n),
		Median: (t.took[(n-1)/2] + t.took[n/2]) / 2, Longest: t.took[n-1],
	}
}

// ReturnsOf returns the passages that ended with a return, the latest first:
// who sent back what from which step, and why.
func ReturnsOf(all []Passage) (returns []Passage) {
	for _, p := range all {
		if p.Act == workflow.Return {
			returns = append(returns, p)
		}
	}
	slices.SortStableFunc(returns, func(a, b Passage) int { return b.Left.Compare(a.Left) })
	return returns
}
