package receipts

import (
	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/fault"
)

// MayHaveMail returns nil for who may have the very mail of a unit, with the
// link by which the unit signs, and fault.Forbidden for everybody else.
func MayHaveMail(who accounts.Person, series uuid.UUID) error {
	if !who.Has(accounts.Clerk, series) {
		return fault.New(fault.Forbidden, clerksOnly.With())
	}
	return nil
}
