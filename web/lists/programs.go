package lists

import (
	"context"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/fault"
	"jianbao/recipients"
	"jianbao/recipients/standing"
	"jianbao/workflow"
)

// MayKeep returns nil for who changes the standing lists of a series, and
// fault.Forbidden for everybody else. Pages and programs ask it.
func MayKeep(who accounts.Person, series uuid.UUID) error {
	if !mayKeep(who, series) {
		return fault.New(fault.Forbidden, keepsNone.With(who.Name))
	}
	return nil
}

// Standing returns the lists that the next issue of a series takes over: its
// own, or the last issue's where it has none, with Version 0. The directory is
// the one to read them with.
func (c Config) Standing(ctx context.Context, s workflow.Series) (own standing.Lists, dir recipients.Directory, err error) {
	if own, err = c.Books.StandingLists(ctx, s.ID); err != nil {
		return own, dir, err
	}
	if dir, err = c.Books.Directory(ctx, s.ID); err != nil || !own.IsZero() {
		return own, dir, err
	}
	last, err := c.Books.LastIssue(ctx, s.ID, uuid.Nil)
	if err != nil || last == nil {
		return own, dir, err
	}
	own.Lists, dir.Copies = wordsOf(last.Circulation), map[uuid.UUID]int{}
	for _, place := range last.Circulation.All() {
		if !place.CopiesAssumed {
			dir.Copies[place.Unit] = place.Copies
		}
	}
	return own, dir, nil
}

// Changed says what a change of the lists of a series comes to, for its history.
func Changed(own, next standing.Lists, before, now recipients.Circulation) []fault.Reason {
	return changed(own, next, before, now)
}

// NotNow is why the lists of an issue cannot change where it stands.
func NotNow(s workflow.State, why []fault.Reason) error {
	return fault.New(fault.Blocked, notNow.With(s.Title()), why...)
}
