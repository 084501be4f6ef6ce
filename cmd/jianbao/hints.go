package main

import "context"

// hinted returns the job that carries hints between this process and others
// (package store/hints). The scheduler looks and the mail engine claims when one
// comes, and otherwise from time to time.
func (o *office) hinted() func(context.Context) error {
	stirred, deaf := o.store.Stirred()
	queued, end := o.store.Queued()
	o.scheduler.Stirred = stirred
	return func(ctx context.Context) error {
		defer deaf()
		defer end()
		return together(ctx, func(ctx context.Context) error { return o.store.Hints(ctx, o.log) },
			func(ctx context.Context) error { return o.wakeMail(ctx, queued) })
	}
}

// wakeMail wakes what sends letters here, if anything does, whenever there may be
// some.
func (o *office) wakeMail(ctx context.Context, queued <-chan struct{}) error {
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-queued:
			if wake := o.scheduler.Released; wake != nil {
				wake()
			}
		}
	}
}
