package lists

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"jianbao/recipients"
	"jianbao/recipients/standing"
	"jianbao/web/api/op"
	pages "jianbao/web/lists"
)

// StandingLists are the lists of a series.
type StandingLists struct {
	Lists    []PrintedList  `json:"lists"`
	Own      bool           `json:"own" doc:"the series has lists of its own; otherwise they are the last issue's"`
	Copies   []StandingCopy `json:"copies" doc:"where the series gives another number than the directory"`
	Warnings []op.Says      `json:"warnings" doc:"names that nobody knows, units listed twice, names out of order"`
}

// StandingCopy is how many paper copies a unit gets of a series.
type StandingCopy struct {
	Unit   uuid.UUID `json:"unit" format:"uuid"`
	Copies int       `json:"copies" minimum:"0"`
}

type standingBody struct {
	ETag string `header:"ETag" doc:"the version, for the next If-Match; \"0\" where none were written yet"`
	Body StandingLists
}

func (rm *room) standing(ctx context.Context, in *op.OfSeries) (*standingBody, error) {
	s, err := rm.SeriesOf(ctx, in.Series)
	if err != nil {
		return nil, err
	}
	own, dir, err := rm.Config.Standing(ctx, s)
	if err != nil {
		return nil, err
	}
	now := recipients.Resolve(dir, s.Place, rm.Now(), own.Lists)
	out := StandingLists{
		Own: own.Version > 0, Copies: copiesOf(own.Copies), Warnings: op.Each(slices.Concat(now.Unresolved(), now.Doubled(), now.OutOfOrder()), op.Said),
		Lists: op.Each(own.Lists, func(l recipients.Listed) PrintedList { return PrintedList{l.Label, l.Text} }),
	}
	return &standingBody{op.Tag(own.Version), out}, nil
}

func copiesOf(all map[uuid.UUID]int) []StandingCopy {
	out := []StandingCopy{}
	for unit, n := range all {
		out = append(out, StandingCopy{unit, n})
	}
	slices.SortFunc(out, func(a, b StandingCopy) int { return slices.Compare(a.Unit[:], b.Unit[:]) })
	return out
}

type saveStandingInput struct {
	op.OfSeries
	op.Condition
	Body struct {
		Lists  []PrintedList  `json:"lists" maxItems:"20"`
		Copies []StandingCopy `json:"copies,omitempty" maxItems:"5000"`
	}
}

func (rm *room) saveStanding(ctx context.Context, in *saveStandingInput) (*standingBody, error) {
	version, err := in.Seen()
	if err != nil {
		return nil, err
	}
	s, err := rm.SeriesOf(ctx, in.Series)
	if err != nil {
		return nil, err
	}
	who := op.CallerOf(ctx)
	if err := pages.MayKeep(who.Person, s.ID); err != nil {
		return nil, err
	}
	own, dir, err := rm.Config.Standing(ctx, s)
	if err != nil {
		return nil, err
	}
	before := recipients.Resolve(dir, s.Place, rm.Now(), own.Lists)
	next := standing.Lists{Series: s.ID, Lists: listed(in.Body.Lists), Copies: standing.Own(given(in.Body.Copies), dir), Version: version}
	dir.Copies = next.Copies
	now := recipients.Resolve(dir, s.Place, rm.Now(), next.Lists)
	if err := rm.Books.SaveStandingLists(ctx, next, who.Named(), rm.Now(), pages.Changed(own, next, before, now)); err != nil {
		return nil, op.Overtaken(err, version, own.Version)
	}
	return rm.standing(ctx, &in.OfSeries)
}

func given(all []StandingCopy) map[uuid.UUID]int {
	out := map[uuid.UUID]int{}
	for _, c := range all {
		out[c.Unit] = c.Copies
	}
	return out
}
