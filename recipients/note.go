package recipients

import (
	"time"

	"github.com/google/uuid"

	"jianbao/fault"
)

// A Note is one line of what was done to a unit or a collective entry by hand,
// beside its reforms (办理记录). Notes are only ever added.
type Note struct {
	ID   uuid.UUID
	Of   uuid.UUID // the unit or the collective entry
	Name string    // what it was called then
	At   time.Time
	By   string // who did it, or "" for a command
	What []fault.Reason
}
