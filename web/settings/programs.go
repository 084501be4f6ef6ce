package settings

import (
	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/workflow/setup"
)

// MayFound returns nil for who makes new series and says who heads a unit, and
// fault.Forbidden for everybody else. Pages and programs ask it.
func MayFound(who accounts.Person) error {
	if !setup.MayFound(who) {
		return forbidden(onlyFounders.With(who.Name))
	}
	return nil
}

// MayChange returns nil for who changes the settings of a series, and
// fault.Forbidden for everybody else.
func MayChange(who accounts.Person, series uuid.UUID) error {
	if !setup.MayChange(who, series) {
		return forbidden(onlyAdmins.With(who.Name))
	}
	return nil
}
