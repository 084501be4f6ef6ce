package filing

import (
	"context"

	"jianbao/accounts"
	"jianbao/fault"
	"jianbao/web/page"
	"jianbao/workflow/filing"
)

var (
	choreDecide = fault.Say("filing.page.chore-decide", "%s：销毁清册%s由%s提出，请审批", "%s: %[3]s proposed the destruction list %[2]s; please decide")
	choreCarry  = fault.Say("filing.page.chore-carry", "%s：销毁清册%s已批准，待销毁", "%s: the destruction list %s is approved and waits to be carried out")
)

// Chores returns what the room puts on people's desks: destruction lists that
// they may decide about, or carry out. Of deadlines there are notices.
func Chores(c Config) page.Chores {
	return func(ctx context.Context, who accounts.Person) (all []page.Chore, err error) {
		series, err := c.Reads.SeriesAll(ctx)
		if err != nil {
			return nil, err
		}
		for _, s := range series {
			clerk, head := who.Has(accounts.Clerk, s.ID), who.Has(accounts.Reviewer, s.ID) || who.Has(accounts.Signatory, s.ID)
			if !clerk && !head {
				continue
			}
			lists, err := c.Books.Destructions(ctx, s.ID)
			if err != nil {
				return nil, err
			}
			for _, l := range lists {
				chore := page.Chore{Address: address(s, "destruction") + "#l-" + l.ID.String()}
				switch {
				case head && l.State == filing.Proposed && l.Proposed.By != who.ID:
					chore.Says = choreDecide.With(s.Masthead, l.Name(), l.Proposed.Name)
				case clerk && l.State == filing.Approved:
					chore.Says = choreCarry.With(s.Masthead, l.Name())
				default:
					continue
				}
				all = append(all, chore)
			}
		}
		return all, nil
	}
}
