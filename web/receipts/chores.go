package receipts

import (
	"context"
	"time"

	"jianbao/accounts"
	"jianbao/fault"
	"jianbao/web/page"
)

var (
	choreRecall   = fault.Say("receipts.page.chore-recall", "%s %s：提出了撤销，请决定", "%s %s: its recall was asked for; please decide")
	choreTroubles = fault.Say("receipts.page.chore-troubles", "%d个单位没有送达，须换地址或改送纸质", "%d units are not reached: another address, or paper")
	choreMails    = fault.Say("receipts.page.chore-mails", "%d封回信没有读懂，请看", "%d replies were not understood; please read them")
)

// Chores returns what the room puts on people's desks: recalls that they may
// decide on, units that an issue does not reach, replies that nobody understood.
func Chores(c Config, now func() time.Time) page.Chores {
	rm := &room{Kit: &page.Kit{Now: now}, Config: c}
	return func(ctx context.Context, who accounts.Person) (all []page.Chore, err error) {
		v, err := rm.waitsFor(ctx, who)
		if err != nil {
			return nil, err
		}
		for _, r := range v.Recalls {
			if r.Mine {
				all = append(all, page.Chore{Says: choreRecall.With(r.Series.Masthead, page.NumberOf(r.Issue.Number)), Address: "/issues/" + r.Issue.ID.String() + "/after"})
			}
		}
		if n := len(v.Troubles); n > 0 {
			all = append(all, page.Chore{Says: choreTroubles.With(n), Address: "/receipts#troubles"})
		}
		if n := len(v.Mails); n > 0 {
			all = append(all, page.Chore{Says: choreMails.With(n), Address: "/receipts#mails"})
		}
		return all, nil
	}
}
