package workflow

import "jianbao/recipients"

// A Got is an issue that a unit got, with the places at which its circulation
// had the unit, by the words and names of that day.
type Got struct {
	Summary
	Places []recipients.Place
}
