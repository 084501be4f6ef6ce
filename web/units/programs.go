package units

import (
	"jianbao/accounts"
	"jianbao/fault"
	"jianbao/recipients"
)

// MayKeep returns nil for who keeps the directory, and fault.Forbidden for
// everybody else. Pages and programs ask it.
func MayKeep(who accounts.Person) error {
	if !mayKeep(who) {
		return fault.New(fault.Forbidden, keepsNothing.With(who.Name))
	}
	return nil
}

// Means reports whether a search means a unit: by its name, a short name, a
// person or an address. No words mean every unit.
func Means(words string, u recipients.Unit) bool { return speaksOf(u, words) }

// BySheet is what the note of a unit says that a spreadsheet changed.
func BySheet() fault.Reason { return bySheet.With() }
