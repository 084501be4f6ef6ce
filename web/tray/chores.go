package tray

import (
	"context"

	"jianbao/accounts"
	"jianbao/mailer"
	"jianbao/web/page"
)

// Chores returns what the room puts on people's desks: contributions, and the
// mails that no other room asks anybody to read.
func Chores(c Config) page.Chores {
	return func(ctx context.Context, who accounts.Person) (all []page.Chore, err error) {
		mails, _, err := c.mine(ctx, who)
		contributions, others := 0, 0
		for _, m := range mails {
			switch {
			case m.Class == mailer.Contribution:
				contributions++
			case !m.MayBeRemark() && !m.Answers():
				others++
			}
		}
		if contributions > 0 {
			all = append(all, page.Chore{Says: choreContributions.With(contributions), Address: "/tray?class=" + string(mailer.Contribution)})
		}
		if others > 0 {
			all = append(all, page.Chore{Says: choreMails.With(others), Address: "/tray"})
		}
		return all, err
	}
}
