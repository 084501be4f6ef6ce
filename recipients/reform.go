package recipients

import (
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"jianbao/fault"
)

// A ReformKind is what can happen to units.
type ReformKind string

// The kinds of reform.
const (
	Renamed ReformKind = "rename" // 更名
	Merged  ReformKind = "merge"  // 合并, 并入
	Divided ReformKind = "split"  // 分设, 析出
	Closed  ReformKind = "end"    // 撤销
)

var reformTitles = map[ReformKind]fault.Sentence{
	Renamed: fault.Say("recipients.reform-rename", "更名", "renamed"),
	Merged:  fault.Say("recipients.reform-merge", "合并", "merged"),
	Divided: fault.Say("recipients.reform-split", "分设", "split"),
	Closed:  fault.Say("recipients.reform-end", "撤销", "closed"),
}

// Title returns what people call the kind, in both languages.
func (k ReformKind) Title() fault.Reason { return reformTitles[k].With() }

// A Reform is one line of the past of units (沿革): what became of which, from
// which day, why and by whose hand. Lines are only ever added.
type Reform struct {
	ID      uuid.UUID
	Kind    ReformKind
	Day     time.Time // from which it holds
	Reason  string    // as a rule the document that ordered it
	By      string
	Entered time.Time
	From    []Candidate // the units before, by the names they had
	To      []Candidate // the units after
}

// An Order says when, why and by whom a reform is made. All of it is required,
// and Day is not after Now: rosters and parents pass to their heirs at once.
type Order struct {
	ID     uuid.UUID // of the line that is entered
	Day    time.Time
	Reason string
	By     string
	Now    time.Time
}

// A Change is what an act makes of a directory: whole units and entries as they
// are to be. Of those that are there already, Version is that under which they
// were read.
type Change struct {
	Added       []Unit
	Changed     []Unit
	Collectives []Collective // that are there, otherwise
	Founded     []Collective // that are new
	Dropped     []uuid.UUID  // collective entries that lists use no more
	Reform      *Reform
	Notes       []Note
}

// With returns the directory after a change, as the store will give it back.
func (d Directory) With(c Change) Directory {
	d.Units = slices.Clone(d.Units)
	d.Collectives = slices.Clone(d.Collectives)
	for _, u := range c.Changed {
		if i := d.position(u.ID); i >= 0 {
			u.Version++
			d.Units[i] = u
		}
	}
	for _, u := range c.Added {
		u.Version = 1
		d.Units = append(d.Units, u)
	}
	for i := range d.Collectives {
		for _, other := range c.Collectives {
			if d.Collectives[i].ID == other.ID {
				other.Version++
				d.Collectives[i] = other
			}
		}
	}
	d.Collectives = slices.DeleteFunc(d.Collectives, func(r Collective) bool { return slices.Contains(c.Dropped, r.ID) })
	for _, founded := range c.Founded {
		founded.Version = 1
		d.Collectives = append(d.Collectives, founded)
	}
	if c.Reform != nil {
		d.Reforms = append(slices.Clone(d.Reforms), *c.Reform)
	}
	return d
}

// Past returns what happened to a unit, in the order in which it was entered,
// and to those that it came of.
func (d Directory) Past(unit uuid.UUID) []Reform {
	line := map[uuid.UUID]bool{unit: true}
	var past []Reform
	for i := len(d.Reforms) - 1; i >= 0; i-- {
		r := d.Reforms[i]
		touches := func(c Candidate) bool { return line[c.Unit] }
		if !slices.ContainsFunc(r.To, touches) && !slices.ContainsFunc(r.From, touches) {
			continue
		}
		past = append(past, r)
		if slices.ContainsFunc(r.To, touches) {
			for _, c := range r.From {
				line[c.Unit] = true
			}
		}
	}
	slices.Reverse(past)
	return past
}

func (d Directory) position(id uuid.UUID) int {
	return slices.IndexFunc(d.Units, func(u Unit) bool { return u.ID == id })
}

var (
	notReformed = fault.Say("recipients.not-reformed", "单位变更未办理", "the units were not changed")

	reformDay      = fault.Say("recipients.reform-day", "没有写明从哪一天起", "the day from which it holds is missing")
	reformFuture   = fault.Say("recipients.reform-future", "%s还没有到，请到当天再办", "%s is still to come; enter it on that day")
	reformReason   = fault.Say("recipients.reform-reason", "没有写明依据", "the reason is missing")
	reformBy       = fault.Say("recipients.reform-by", "没有写明经办人", "it does not say by whom")
	reformUnit     = fault.Say("recipients.reform-unit", "单位库中没有要变更的单位", "a unit that is to change is not in the directory")
	reformEnded    = fault.Say("recipients.reform-ended", "“%s”已于%s撤并", "%s ended on %s")
	reformEarlier  = fault.Say("recipients.reform-earlier", "“%s”在%s已有变更，新的变更不能在它之前", "%s was changed on %s, and this cannot be before")
	nameTaken      = fault.Say("recipients.name-taken", "单位库中已有“%s”", "there is a unit “%s” in the directory already")
	nameSame       = fault.Say("recipients.name-same", "新名称与原名称“%s”相同", "the new name is the old one, %s")
	mergeFew       = fault.Say("recipients.merge-few", "合并至少要有两个单位（含并入的单位）", "a merger takes at least two units, with the one that takes in the others")
	splitFew       = fault.Say("recipients.split-few", "分设后至少要有两个单位", "after a split there are at least two units")
	reformTwice    = fault.Say("recipients.reform-twice", "“%s”写了两次", "%s is named twice")
	rosterWouldTwo = fault.Say("recipients.roster-would-double", "集合项“%s”会把“%s”列两次，请先改名单", "the roster of “%s” would have %s twice; mend it first")
)

// objections are what is wrong with an order itself.
func (o Order) objections() []fault.Reason {
	var reasons []fault.Reason
	switch {
	case o.Day.IsZero():
		reasons = append(reasons, reformDay.With())
	case o.Day.After(o.Now):
		reasons = append(reasons, reformFuture.With(dayOf(o.Day)))
	}
	for _, said := range []struct {
		text    string
		missing fault.Sentence
	}{{o.Reason, reformReason}, {o.By, reformBy}} {
		switch {
		case strings.TrimSpace(said.text) == "":
			reasons = append(reasons, said.missing.With())
		case !storable(said.text):
			reasons = append(reasons, badText.With("“"+clean(said.text)+"”"))
		}
	}
	return reasons
}

// free returns why a name cannot be given to the unit: somebody else has it.
func (d Directory) free(name string, unit uuid.UUID) []fault.Reason {
	key := keyOf(name)
	for _, u := range d.Units {
		if u.ID != unit && keyOf(u.Name) == key {
			return []fault.Reason{nameTaken.With(u.Name)}
		}
	}
	return nil
}

// changeable returns why nothing can happen to a unit on a day: it has ended,
// or something happened to it later.
func (d Directory) changeable(u Unit, day time.Time) []fault.Reason {
	if !u.Ended.IsZero() {
		return []fault.Reason{reformEnded.With(u.Name, dayOf(u.Ended))}
	}
	for i := len(d.Reforms) - 1; i >= 0; i-- {
		r := d.Reforms[i]
		of := func(c Candidate) bool { return c.Unit == u.ID }
		if day.Before(r.Day) && (slices.ContainsFunc(r.From, of) || slices.ContainsFunc(r.To, of)) {
			return []fault.Reason{reformEarlier.With(u.Name, dayOf(r.Day))}
		}
	}
	return nil
}

func dayOf(t time.Time) string { return t.Format(time.DateOnly) }

func candidateOf(u Unit) Candidate { return Candidate{Unit: u.ID, Name: u.Name} }

func (o Order) line(kind ReformKind, from, to []Unit) *Reform {
	r := &Reform{ID: o.ID, Kind: kind, Day: o.Day, Reason: strings.TrimSpace(o.Reason), By: o.By, Entered: o.Now}
	for _, u := range from {
		r.From = append(r.From, candidateOf(u))
	}
	for _, u := range to {
		r.To = append(r.To, candidateOf(u))
	}
	return r
}

func refuseReform(reasons []fault.Reason) error {
	return fault.New(fault.Invalid, notReformed.With(), reasons...)
}

// causes returns the reasons of an error of [Unit.Validate] or
// [Collective.Validate].
func causes(err error) []fault.Reason {
	if e := fault.As(err); e != nil {
		return e.Reasons
	}
	return nil
}
