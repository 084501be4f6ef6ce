package units

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"jianbao/fault"
	"jianbao/recipients"
	"jianbao/recipients/keeping"
	"jianbao/web/api/op"
)

func (rm *room) describeRosters() {
	k := rm.Kit
	op.On(k, op.Get("list-rosters", "/rosters", "units", "The collective entries: words of a list that stand for several units"), rm.rosters)
	op.On(k, op.Get("read-roster", "/rosters/{roster}", "units", "One collective entry"), rm.roster)
	op.On(k, op.Make("make-roster", "/rosters", "units", "Enter a collective entry"), rm.makeRoster)
	op.On(k, op.Put("save-roster", "/rosters/{roster}", "units", "Change a collective entry"), rm.saveRoster)
	op.On(k, op.Delete("drop-roster", "/rosters/{roster}", "units", "Take a collective entry out; issues that used it keep their lists"), rm.dropRoster)
}

// RosterCard is what is entered of a collective entry.
type RosterCard struct {
	Text    string         `json:"text" maxLength:"500" doc:"as printed"`
	Place   string         `json:"place" maxLength:"100"`
	Members []RosterMember `json:"members" maxItems:"100"`
}

// RosterMember is one body behind a collective entry.
type RosterMember struct {
	Words string    `json:"words" maxLength:"200" doc:"鄂尔多斯市委领导"`
	Unit  uuid.UUID `json:"unit" format:"uuid" doc:"through which it is reached"`
	From  string    `json:"from,omitempty" format:"date"`
	Until string    `json:"until,omitempty" format:"date" doc:"the first day on which it no longer belongs"`
}

// Roster is a collective entry (集合项).
type Roster struct {
	ID      uuid.UUID `json:"id" format:"uuid"`
	Version int       `json:"version"`
	RosterCard
}

func rosterOf(c recipients.Collective) Roster {
	return Roster{c.ID, c.Version, RosterCard{c.Text, c.Place, op.Each(c.Members, func(m recipients.Member) RosterMember {
		return RosterMember{m.Words, m.Unit, shownDay(m.From), shownDay(m.Until)}
	})}}
}

// into puts what was entered into a collective entry. A day that was shown and
// nobody touched keeps its moment.
func (c RosterCard) into(e *recipients.Collective) (err error) {
	before := e.Members
	e.Text, e.Place, e.Members = c.Text, c.Place, nil
	read := func(where, text string, unit uuid.UUID, of func(recipients.Member) time.Time) time.Time {
		for _, b := range before {
			if b.Unit == unit && shownDay(of(b)) == text {
				return of(b)
			}
		}
		at, wrong := day(where, text)
		if wrong != nil {
			err = wrong
		}
		return at
	}
	for n, m := range c.Members {
		where := fmt.Sprintf("body.members[%d].", n)
		e.Members = append(e.Members, recipients.Member{
			Words: m.Words, Unit: m.Unit,
			From:  read(where+"from", m.From, m.Unit, func(b recipients.Member) time.Time { return b.From }),
			Until: read(where+"until", m.Until, m.Unit, func(b recipients.Member) time.Time { return b.Until }),
		})
	}
	return err
}

func (rm *room) rosters(ctx context.Context, in *op.Paging) (*op.Listed[Roster], error) {
	dir, err := rm.directory(ctx)
	if err != nil {
		return nil, err
	}
	return op.Cut(*in, dir.Collectives, func(c recipients.Collective) string { return c.ID.String() }, rosterOf)
}

// OfRoster is one collective entry.
type OfRoster struct {
	Roster uuid.UUID `path:"roster" format:"uuid"`
}

type rosterBody struct {
	ETag string `header:"ETag" doc:"the version, for the next If-Match"`
	Body Roster
}

func entry(dir recipients.Directory, id uuid.UUID) (recipients.Collective, error) {
	n := slices.IndexFunc(dir.Collectives, func(c recipients.Collective) bool { return c.ID == id })
	if n < 0 {
		return recipients.Collective{}, op.NotHere()
	}
	return dir.Collectives[n], nil
}

func (rm *room) roster(ctx context.Context, in *OfRoster) (*rosterBody, error) {
	dir, err := rm.directory(ctx)
	if err != nil {
		return nil, err
	}
	c, err := entry(dir, in.Roster)
	return &rosterBody{op.Tag(c.Version), rosterOf(c)}, err
}

type makeRosterInput struct {
	op.Keyed
	Body RosterCard
}

func (rm *room) makeRoster(ctx context.Context, in *makeRosterInput) (*rosterBody, error) {
	if _, err := rm.kept(ctx); err != nil {
		return nil, err
	}
	return rm.putRoster(ctx, recipients.Collective{ID: rm.NewID()}, in.Body)
}

func (rm *room) putRoster(ctx context.Context, c recipients.Collective, card RosterCard) (*rosterBody, error) {
	if err := card.into(&c); err != nil {
		return nil, err
	}
	if _, err := rm.Books.ChangeUnits(ctx, keeping.PutRoster(c, rm.hand(ctx))); err != nil {
		return nil, err
	}
	return rm.roster(ctx, &OfRoster{c.ID})
}

type saveRosterInput struct {
	OfRoster
	op.Condition
	Body RosterCard
}

func (rm *room) saveRoster(ctx context.Context, in *saveRosterInput) (*rosterBody, error) {
	version, err := in.Seen()
	if err != nil {
		return nil, err
	}
	dir, err := rm.kept(ctx)
	if err != nil {
		return nil, err
	}
	c, err := entry(dir, in.Roster)
	if err != nil {
		return nil, err
	}
	c.Version = version
	out, err := rm.putRoster(ctx, c, in.Body)
	if fault.Is(err, fault.Conflict) {
		err = rm.overtaken(ctx, err, version, func(dir recipients.Directory) int {
			now, _ := entry(dir, in.Roster)
			return now.Version
		})
	}
	return out, err
}

func (rm *room) dropRoster(ctx context.Context, in *OfRoster) (*op.Nothing, error) {
	dir, err := rm.kept(ctx)
	if err != nil {
		return nil, err
	}
	if _, err := entry(dir, in.Roster); err != nil {
		return nil, err
	}
	_, err = rm.Books.ChangeUnits(ctx, keeping.DropRoster(in.Roster, rm.hand(ctx)))
	return op.Done(err)
}
