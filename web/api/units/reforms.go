package units

import (
	"context"

	"github.com/google/uuid"

	"jianbao/recipients"
	"jianbao/recipients/keeping"
	"jianbao/web/api/op"
)

func (rm *room) describeReforms() {
	op.On(rm.Kit, op.Post("reform-unit", "/units/{unit}/reforms", "units", "Rename, merge, split or end a unit; with try, only what that would do"), rm.reform)
}

type reformInput struct {
	OfUnit
	op.Keyed
	Body struct {
		Kind   string     `json:"kind" enum:"rename,merge,split,end"`
		Try    bool       `json:"try,omitempty" doc:"say what it would do, and change nothing"`
		Name   string     `json:"name,omitempty" maxLength:"200" doc:"rename: the new name; merge: the unit that they are merged into, there or new"`
		Short  []string   `json:"short,omitempty" maxItems:"20" doc:"the short names of what is new"`
		Others []string   `json:"others,omitempty" maxItems:"50" doc:"merge: the full names of the others"`
		Into   []UnitPart `json:"into,omitempty" maxItems:"20" doc:"split: the units that come of it"`
		Stays  bool       `json:"stays,omitempty" doc:"split: the unit itself goes on"`
		Day    string     `json:"day" format:"date" doc:"from which it holds"`
		Reason string     `json:"reason" maxLength:"500" doc:"the document that ordered it"`
	}
}

// UnitPart is a unit that comes of a split.
type UnitPart struct {
	Name  string   `json:"name" maxLength:"200"`
	Short []string `json:"short,omitempty" maxItems:"20"`
}

// UnitReformed is what a reform does, or would do.
type UnitReformed struct {
	Done  bool        `json:"done"`
	Would []op.Says   `json:"would" doc:"what it does"`
	Units []uuid.UUID `json:"units" doc:"the units that it makes or changes"`
}

type reformedBody struct{ Body UnitReformed }

func (rm *room) reform(ctx context.Context, in *reformInput) (*reformedBody, error) {
	dir, err := rm.kept(ctx)
	if err != nil {
		return nil, err
	}
	if _, err := find(dir, in.Unit); err != nil {
		return nil, err
	}
	b := in.Body
	reform := keeping.Reform{
		Kind: recipients.ReformKind(b.Kind), Unit: in.Unit, Name: b.Name, Short: b.Short, Others: b.Others, Stays: b.Stays, Reason: b.Reason,
		Into: op.Each(b.Into, func(p UnitPart) keeping.Part { return keeping.Part(p) }),
	}
	if reform.Day, err = day("body.day", b.Day); err != nil {
		return nil, err
	}
	decide := reform.Decide(rm.hand(ctx))
	var change recipients.Change
	if b.Try {
		change, err = decide(dir)
	} else {
		change, err = rm.Books.ChangeUnits(ctx, decide)
	}
	if err != nil {
		return nil, err
	}
	out := UnitReformed{Done: !b.Try, Would: op.Each(keeping.Consequences(dir, change), op.Said), Units: []uuid.UUID{}}
	for _, all := range [][]recipients.Unit{change.Added, change.Changed} {
		for _, u := range all {
			out.Units = append(out.Units, u.ID)
		}
	}
	return &reformedBody{out}, nil
}
