package people

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/web/api/op"
)

func (rm *room) describeAbsences() {
	k := rm.Kit
	op.On(k, op.Get("list-absences", "/absences", "people", "Who is away and who stands in for whom, now and later; the caller's own, and of everybody for administrators"), rm.absences)
	op.On(k, op.Make("be-away", "/absences", "people", "Enter that somebody is away, or stands in for another"), rm.beAway)
	op.On(k, op.Post("end-absence", "/absences/{absence}/end", "people", "Make an absence end now"), rm.endAbsence)
}

// Absence is a time in which somebody is away, or another stands in (代).
type Absence struct {
	ID     uuid.UUID  `json:"id" format:"uuid"`
	Person uuid.UUID  `json:"person" format:"uuid" doc:"who is stood in for"`
	Deputy *uuid.UUID `json:"deputy,omitempty" format:"uuid" doc:"absent where nobody stands in"`
	Series *uuid.UUID `json:"series,omitempty" format:"uuid" doc:"absent for all of them"`
	From   time.Time  `json:"from"`
	Until  time.Time  `json:"until" doc:"no longer then"`
	Absent bool       `json:"absent" doc:"the person is away, not merely relieved"`
	Reason string     `json:"reason,omitempty"`
	By     string     `json:"by" doc:"who entered it"`
}

func absenceOf(d accounts.Delegation) Absence {
	return Absence{d.ID, d.Person, op.Maybe(d.Deputy), op.Maybe(d.Series), d.From, d.Until, d.Absent, d.Reason, d.ByName}
}

func (rm *room) absences(ctx context.Context, in *op.Paging) (*op.Listed[Absence], error) {
	who, now := op.CallerOf(ctx).Person, rm.Now()
	all := map[uuid.UUID]accounts.Delegation{}
	series, err := rm.Seen(ctx)
	for _, s := range series {
		staff, broken := rm.Config.Reads.Staff(ctx, s.ID, nil)
		if broken != nil {
			return nil, broken
		}
		for _, d := range staff.Delegations {
			own := d.Person == who.ID || d.Deputy == who.ID || who.Has(accounts.Admin, d.Series)
			if own && d.Until.After(now) {
				all[d.ID] = d
			}
		}
	}
	if err != nil {
		return nil, err
	}
	listed := []accounts.Delegation{}
	for _, d := range all {
		listed = append(listed, d)
	}
	slices.SortFunc(listed, func(a, b accounts.Delegation) int {
		if by := a.From.Compare(b.From); by != 0 {
			return by
		}
		return slices.Compare(a.ID[:], b.ID[:])
	})
	return op.Cut(*in, listed, func(d accounts.Delegation) string { return d.ID.String() }, absenceOf)
}

type awayInput struct {
	op.Keyed
	Body struct {
		Person *uuid.UUID `json:"person,omitempty" format:"uuid" doc:"the caller without it; others for administrators"`
		Deputy *uuid.UUID `json:"deputy,omitempty" format:"uuid"`
		Series *uuid.UUID `json:"series,omitempty" format:"uuid" doc:"all of them without it"`
		From   time.Time  `json:"from"`
		Until  time.Time  `json:"until"`
		Absent *bool      `json:"absent,omitempty" doc:"true without it"`
		Reason string     `json:"reason,omitempty" maxLength:"500"`
	}
}

type absenceBody struct{ Body Absence }

func (rm *room) beAway(ctx context.Context, in *awayInput) (*absenceBody, error) {
	who, b := op.CallerOf(ctx), in.Body
	d := accounts.Delegation{
		Person: op.ID(b.Person), Deputy: op.ID(b.Deputy), Series: op.ID(b.Series), From: b.From, Until: b.Until,
		Absent: b.Absent == nil || *b.Absent, Reason: b.Reason,
	}
	if b.Person == nil {
		d.Person = who.Person.ID
	}
	d, err := rm.Desk.Delegate(ctx, who.Actor(), d)
	return &absenceBody{absenceOf(d)}, err
}

type endInput struct {
	op.Keyed
	Absence uuid.UUID `path:"absence" format:"uuid"`
}

func (rm *room) endAbsence(ctx context.Context, in *endInput) (*op.Nothing, error) {
	return op.Done(rm.Desk.EndDelegation(ctx, op.CallerOf(ctx).Actor(), in.Absence))
}
