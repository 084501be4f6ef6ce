package main

import (
	"context"

	"jianbao/fault"
	"jianbao/mailer"
)

// issueTrial queues a trial letter: the one that would go out, to one address.
// Whatever sends letters sends it.
type issueTrial struct {
	spoken
	database
	signedBy
	Issue  string `arg:"" help:"The issue: its number, such as 8 or 2021-8, or its id, as jianbao issue list has it."`
	To     string `required:"" placeholder:"ADDRESS" help:"Where the letter goes."`
	Series string `placeholder:"NAME" help:"Whose number it is, where several series have it."`
	Kind   string `enum:"正刊,增刊,专刊,特刊" default:"正刊" placeholder:"KIND" help:"Which run of numbers, as jianbao issue list --json has it."`
}

var (
	trialQueued  = fault.Say("cmd.trial.queued", "试发信已排队，将寄到 %s", "the trial letter is queued, and goes to %s")
	trialAddress = fault.Say("cmd.trial.address", "试发的地址用不了：%s", "the trial cannot go to %s")
)

// Run queues the letter.
func (i *issueTrial) Run(ctx context.Context, c *console) error {
	if reasons := mailer.CheckAddress(i.To); len(reasons) > 0 {
		return fault.New(fault.Invalid, trialAddress.With(i.To), reasons...)
	}
	return withOffice(ctx, i.database, func(o *office) error {
		actor, err := i.actor(ctx, o)
		if err != nil {
			return err
		}
		id, err := (&issueShow{Issue: i.Issue, Series: i.Series, Kind: i.Kind}).find(ctx, o.store, c.Lang)
		if err != nil {
			return err
		}
		if _, err := o.desk.Try(ctx, actor, id, actor.Name(), i.To); err != nil {
			return err
		}
		c.line(trialQueued.With(i.To))
		return nil
	})
}
