package mailer

import "context"

// turn waits until one more connection may be opened: to the relay, and for letters
// to the domain of the one that it is opened for, as the profile says. What is
// waited with is still the connection's own when it returns nil.
func (c *connection) turn(ctx context.Context, l *letter) error {
	for _, want := range []Want{
		{Key: domainDialKey(l.Address), N: 1, Rate: c.Profile.DomainDials},
		{Key: dialKey(c.line.relay.Addr), N: 1, Rate: c.Profile.Dials},
	} {
		if err := c.turnOf(ctx, l, want); err != nil {
			return err
		}
	}
	return nil
}

// turnOf waits until a budget has something.
func (c *connection) turnOf(ctx context.Context, l *letter, want Want) error {
	for c.Pace != nil && want.Rate.every() > 0 {
		now := c.now()
		grants, err := c.Pace.Take(ctx, now, []Want{want})
		if err != nil {
			return err
		}
		if grants[0].N > 0 {
			return nil
		}
		c.wait(ctx, min(grants[0].Next.Sub(now), c.poll)) // a letter that is cancelled is not waited with
		switch {
		case ctx.Err() != nil:
			return errStopping
		case !c.held.has(l.ID, l.Token):
			return errFenced
		}
	}
	return nil
}
