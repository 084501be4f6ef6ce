package holidays

import (
	"context"

	"jianbao/accounts"
	"jianbao/web/page"
	"jianbao/workflow/calendar"
)

// MayChange returns nil for who keeps the tables; for everybody else there is no
// such thing. Pages and programs ask it.
func MayChange(who accounts.Person) error {
	if !isAdmin(who) {
		return page.NotHere()
	}
	return nil
}

// Table returns the table of a year as it holds, and whether there is one.
func (c Config) Table(ctx context.Context, year int) (calendar.Year, bool, error) {
	own, err := c.Books.Years(ctx)
	y, known := calendar.YearOf(calendar.Known(own...), year)
	return y, known, err
}
