package units

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"jianbao/fault"
	"jianbao/recipients"
	"jianbao/recipients/keeping"
	"jianbao/web/api/op"
	pages "jianbao/web/units"
	"jianbao/workflow"
)

// most bounds what is told of one unit.
const most = 200

func (rm *room) describeUnits() {
	k := rm.Kit
	op.On(k, op.Get("list-units", "/units", "units", "The directory of units, by name"), rm.list)
	op.On(k, op.Get("read-unit", "/units/{unit}", "units", "One unit, its past and what it got"), rm.unit)
	op.On(k, op.Make("make-unit", "/units", "units", "Enter a unit"), rm.make)
	op.On(k, op.Put("save-unit", "/units/{unit}", "units", "Change a unit; its name changes by a reform alone"), rm.save)
}

type unitListInput struct {
	op.Paging
	Words string `query:"q" maxLength:"100" doc:"found by any of its names, people or addresses"`
	Ended bool   `query:"ended" doc:"also those that are no more; a search finds them always"`
}

func (rm *room) list(ctx context.Context, in *unitListInput) (*op.Listed[Unit], error) {
	dir, err := rm.directory(ctx)
	if err != nil {
		return nil, err
	}
	words, now := strings.TrimSpace(in.Words), rm.Now()
	all := slices.DeleteFunc(dir.Units, func(u recipients.Unit) bool {
		return !pages.Means(words, u) || words == "" && !in.Ended && !u.Stands(now)
	})
	return op.Cut(in.Paging, all, func(u recipients.Unit) string { return u.ID.String() }, unitOf)
}

// OfUnit is one unit.
type OfUnit struct {
	Unit uuid.UUID `path:"unit" format:"uuid"`
}

// UnitFile is a unit with what is known of it besides.
type UnitFile struct {
	Unit
	Past    []UnitReform `json:"past" doc:"the last first"`
	Notes   []UnitNote   `json:"notes" doc:"what was done to it by hand, the last first"`
	Got     []UnitGot    `json:"got" doc:"issues that it got, of the series that the caller sees, the last first"`
	Rosters []uuid.UUID  `json:"rosters" doc:"the collective entries that it belongs to"`
	Below   []uuid.UUID  `json:"below" doc:"the units under it that stand"`
}

// UnitReform is a line of the past of units (沿革).
type UnitReform struct {
	Kind    string     `json:"kind" enum:"rename,merge,split,end"`
	Day     string     `json:"day" format:"date"`
	Reason  string     `json:"reason"`
	By      string     `json:"by"`
	Entered time.Time  `json:"entered"`
	From    []UnitName `json:"from"`
	To      []UnitName `json:"to"`
}

// UnitName is a unit by the name that it had.
type UnitName struct {
	Unit uuid.UUID `json:"unit" format:"uuid"`
	Name string    `json:"name"`
}

// UnitNote is a line of what was done by hand.
type UnitNote struct {
	At   time.Time `json:"at"`
	By   string    `json:"by,omitempty" doc:"absent for a command"`
	What []op.Says `json:"what"`
}

// UnitGot is an issue that a unit got.
type UnitGot struct {
	Issue  uuid.UUID       `json:"issue" format:"uuid"`
	Series uuid.UUID       `json:"series" format:"uuid"`
	Number *op.IssueNumber `json:"number,omitempty"`
	Date   string          `json:"date,omitempty" format:"date"`
}

type unitBody struct {
	ETag string `header:"ETag" doc:"the version, for the next If-Match"`
	Body UnitFile
}

func (rm *room) unit(ctx context.Context, in *OfUnit) (*unitBody, error) {
	dir, err := rm.directory(ctx)
	if err != nil {
		return nil, err
	}
	u, err := find(dir, in.Unit)
	if err != nil {
		return nil, err
	}
	return rm.shown(ctx, dir, u)
}

func (rm *room) shown(ctx context.Context, dir recipients.Directory, u recipients.Unit) (*unitBody, error) {
	out := UnitFile{Unit: unitOf(u), Past: op.Each(dir.Past(u.ID), reformOf), Rosters: []uuid.UUID{}, Below: []uuid.UUID{}}
	slices.Reverse(out.Past)
	for _, c := range dir.Collectives {
		if slices.ContainsFunc(c.Members, func(m recipients.Member) bool { return m.Unit == u.ID }) {
			out.Rosters = append(out.Rosters, c.ID)
		}
	}
	for _, b := range dir.Units {
		if b.Parent == u.ID && b.Stands(rm.Now()) {
			out.Below = append(out.Below, b.ID)
		}
	}
	notes, err := rm.Books.UnitNotes(ctx, u.ID, most)
	if err != nil {
		return nil, err
	}
	out.Notes = op.Each(notes, func(n recipients.Note) UnitNote { return UnitNote{n.At, n.By, op.Each(n.What, op.Said)} })
	out.Got, err = rm.got(ctx, u.ID)
	return &unitBody{op.Tag(u.Version), out}, err
}

// got are the issues that a unit got, of the series that the caller sees.
func (rm *room) got(ctx context.Context, unit uuid.UUID) ([]UnitGot, error) {
	series, err := rm.Seen(ctx)
	if err != nil {
		return nil, err
	}
	ids := op.Each(series, func(s workflow.Series) uuid.UUID { return s.ID })
	all, err := rm.Books.Got(ctx, ids, unit, most)
	return op.Each(all, func(g workflow.Got) UnitGot { return UnitGot{g.ID, g.Series, op.NumberOf(g.Number), g.Date.String()} }), err
}

func reformOf(r recipients.Reform) UnitReform {
	name := func(c recipients.Candidate) UnitName { return UnitName(c) }
	return UnitReform{string(r.Kind), shownDay(r.Day), r.Reason, r.By, r.Entered, op.Each(r.From, name), op.Each(r.To, name)}
}

type unitMakeInput struct {
	op.Keyed
	Body struct {
		Name string `json:"name" maxLength:"200" doc:"in full; unique in the directory"`
		UnitCard
	}
}

type savedBody struct {
	ETag string `header:"ETag" doc:"the version, for the next If-Match"`
	Body Unit
}

func (rm *room) make(ctx context.Context, in *unitMakeInput) (*savedBody, error) {
	if _, err := rm.kept(ctx); err != nil {
		return nil, err
	}
	u := recipients.Unit{ID: rm.NewID(), Name: strings.TrimSpace(in.Body.Name)}
	return rm.put(ctx, u, in.Body.UnitCard)
}

// put writes a unit and answers with it as it is then.
func (rm *room) put(ctx context.Context, u recipients.Unit, card UnitCard) (*savedBody, error) {
	if err := card.into(&u); err != nil {
		return nil, err
	}
	if _, err := rm.Books.ChangeUnits(ctx, keeping.Put(u, rm.hand(ctx))); err != nil {
		return nil, err
	}
	dir, err := rm.directory(ctx)
	if err != nil {
		return nil, err
	}
	u, err = find(dir, u.ID)
	return &savedBody{op.Tag(u.Version), unitOf(u)}, err
}

type unitSaveInput struct {
	OfUnit
	op.Condition
	Body UnitCard
}

func (rm *room) save(ctx context.Context, in *unitSaveInput) (*savedBody, error) {
	version, err := in.Seen()
	if err != nil {
		return nil, err
	}
	dir, err := rm.kept(ctx)
	if err != nil {
		return nil, err
	}
	u, err := find(dir, in.Unit)
	if err != nil {
		return nil, err
	}
	u.Version = version
	out, err := rm.put(ctx, u, in.Body)
	if fault.Is(err, fault.Conflict) {
		err = rm.overtaken(ctx, err, version, func(dir recipients.Directory) int {
			now, _ := find(dir, in.Unit)
			return now.Version
		})
	}
	return out, err
}
