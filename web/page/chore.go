package page

import (
	"context"

	"jianbao/accounts"
	"jianbao/fault"
)

// A Chore is a line of somebody's desk beside the issues on their way: what
// waits, and where it is dealt with.
type Chore struct {
	Says    fault.Reason
	Address string
}

// Chores returns what waits for a person in a room of pages, the most urgent
// first.
type Chores func(ctx context.Context, who accounts.Person) ([]Chore, error)
