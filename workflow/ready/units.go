package ready

import "jianbao/recipients"

// Units are the names that the units of a directory bear and once bore, ready
// to be looked for in a text. It is never changed after NewUnits and may be used
// by any number of goroutines.
type Units struct {
	units []recipients.Unit
}

// NewUnits makes the names of a directory ready, in time proportional to its
// size.
func NewUnits(units []recipients.Unit) *Units { return &Units{units: units} }
