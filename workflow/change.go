package workflow

import (
	"context"
	"time"

	"github.com/google/uuid"

	"jianbao/bulletin"
	"jianbao/recipients"
	"jianbao/recipients/copies"
)

// A Change is what follows from an act: the issue as it is now, and what is
// written with it in the same transaction.
type Change struct {
	Issue Issue
	Event Event
	// Files are bytes to be kept under their SHA-256.
	Files [][]byte
	// Original is what was handed in, or nil.
	Original *Original
	// Text is the new text, kept as a version of its own, or nil.
	Text *TextVersion
	// Given is the line to add to the number register, or nil.
	Given *RegisterLine
	// Redated is the line of a number that was given before, whose issue bears
	// another date or name now; or nil. The number stays.
	Redated *RegisterLine
	// Void is why the issue's number stands for nothing from now on, or "".
	Void string
	// Also are changes of other issues, written with this one: of the correction
	// that it opens, or of what it corrects. One at version 1 is new.
	Also []Change
	// wrong is what is done with the issue that this one corrects, or "".
	wrong Act
	// Moved are entries for the book of the issue's copies, beside those of a
	// release.
	Moved []copies.Entry
	// Queue is what happens to letters of the issue that have not gone, or "".
	Queue QueueOrder
	// Letter is one letter of the issue with which Deed is done, or uuid.Nil.
	Letter uuid.UUID
	Deed   LetterDeed
	// Trial is a letter that belongs to no issue's board, or nil.
	Trial *Sending
	// Release is what goes out, or nil; Items are its items, to be found again
	// when a later issue repeats one.
	Release *Sending
	Items   []PastItem
	// HandedOut is added to the hand-overs of its copies, or nil.
	HandedOut *copies.Handover
}

// A TextVersion is the text as one person left it. Versions are only added.
type TextVersion struct {
	Issue   uuid.UUID
	Version int // of the issue
	Text    string
	By      uuid.UUID
	ByName  string
	At      time.Time
}

// A DraftText is a text with what was read from it and the units its lists
// mean, as Save and Circulate take it.
type DraftText struct {
	Text        string
	Reading     bulletin.Reading
	Circulation recipients.Circulation
	// Source is where the text comes from if it was handed in, or nil.
	Source *Source
}

// Parts are the finished parts of an issue as its readers get them.
type Parts struct {
	Subject     string
	Text        []byte // UTF-8
	HTML        []byte // UTF-8
	Attachments []File
}

// A File is an attachment with its bytes.
type File struct {
	Name string
	Type string
	Data []byte
}

// A Sending is the frozen issue (发出): exactly what goes out, to whom, in how
// many copies. It is written once, with the change of state, and never again.
type Sending struct {
	ID     uuid.UUID // of the dispatch, too
	Issue  uuid.UUID
	Series uuid.UUID
	At     time.Time
	Digest Digest
	// Purpose is why. What is Resent has no Parts: it is what
	// the release of the issue sent, byte for byte.
	Purpose Purpose
	From    string // display name: the masthead
	Mailbox string
	Parts   Parts
	Letters []Letter
	Copies  []copies.Entry
}

// A Letter is one delivery to be made: a unit and its addresses, the first of
// them to be tried first.
type Letter struct {
	ID        uuid.UUID
	Unit      uuid.UUID
	Name      string
	Addresses []string
}

// Books is what [Desk] keeps. Every method is one transaction.
type Books interface {
	// Series returns a series, or fault.NotFound.
	Series(ctx context.Context, id uuid.UUID) (Series, error)

	// Issue returns an issue, or fault.NotFound.
	Issue(ctx context.Context, id uuid.UUID) (Issue, error)

	// Directory returns the units and collective entries, with the names that
	// the series has settled.
	Directory(ctx context.Context, series uuid.UUID) (recipients.Directory, error)

	// Past returns the number register of the issue's series, and the items of
	// issues that went out, of every series, that have one of the keys. Items of
	// the issue itself are left out.
	Past(ctx context.Context, issue Issue, keys []int64) (Past, error)

	// Open writes a new issue with its first event and text.
	Open(ctx context.Context, change Change) error

	// Enter reads a series and its number register under a lock, and writes what
	// decide returns: the line that is Given, and the new issue if there is one.
	// A line whose number the register has without an issue takes the issue. It
	// writes nothing if decide fails, and returns decide's error. It fails with
	// fault.NotFound.
	Enter(ctx context.Context, series uuid.UUID, decide func(Series, []RegisterLine) (Change, error)) error

	// Change reads the issue under a lock, with its series, with the issue that
	// it corrects under a lock too, with those who have the one that is out, and, where register
	// says so, the number register of the series under a lock of its own; it
	// calls decide with them and writes what that returns. It writes nothing if
	// decide fails, and returns decide's error. It fails with fault.NotFound,
	// and with fault.Conflict if the number was given meanwhile.
	Change(ctx context.Context, id uuid.UUID, register bool, decide func(Case) (Change, error)) (Issue, error)
}

// A Renderer makes the finished parts of an issue. It is pure and may take its
// time: no transaction is open while it works.
type Renderer interface {
	// Render makes subject, text and HTML of a registered issue.
	Render(ctx context.Context, series Series, issue Issue) (Parts, error)
}
