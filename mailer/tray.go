package mailer

import (
	"time"

	"github.com/google/uuid"
)

// A TrayMail is a mail in the tray: it came in, and nobody has dealt with it yet.
type TrayMail struct {
	ID       uuid.UUID
	At       time.Time
	Delivery uuid.UUID // the letter that it is about; the nil id is none
	Series   uuid.UUID // what that letter, or the subject, belongs to; the nil id is not known
	Issue    uuid.UUID // likewise
	Class    Class
	Sender   string
	Subject  string
	Words    string
	Bytes    int64 // that are kept of it; 0: none, by a rule of secrecy or because it could not be fetched
	Partly   bool  // the head alone is kept
}
