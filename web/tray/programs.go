package tray

import (
	"context"
	"strings"
	"time"
	"unicode/utf8"

	"jianbao/accounts"
	"jianbao/fault"
	"jianbao/mailer"
	"jianbao/web/page"
	"jianbao/workflow"
)

// Mine returns the mails that somebody may read, the newest first. For whom that
// is no work at all there is no tray: fault.NotFound.
func (c Config) Mine(ctx context.Context, who accounts.Person) ([]mailer.TrayMail, error) {
	lines, theirs, err := c.mine(ctx, who)
	if err == nil && !theirs {
		err = page.NotHere()
	}
	all := make([]mailer.TrayMail, len(lines))
	for n, l := range lines {
		all[n] = l.TrayMail
	}
	return all, err
}

// Dismissal is who takes a mail out of the tray and why; the reason is needed.
func Dismissal(by, why string, at time.Time) (workflow.Dismissal, error) {
	why = strings.TrimSpace(why)
	if n := utf8.RuneCountInString(why); n == 0 || n > longestWhy {
		return workflow.Dismissal{Why: why}, fault.New(fault.Invalid, sayWhy.With(longestWhy))
	}
	return workflow.Dismissal{By: by, Why: why, At: at}, nil
}
