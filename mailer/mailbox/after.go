package mailbox

import (
	"errors"
	"strings"

	"github.com/emersion/go-imap/v2"

	"jianbao/fault"
)

// An After is what is done in the mailbox to a mail that stands whole in the
// books. The zero After does nothing.
type After struct {
	Way    Way
	Folder string // of Move
}

// A Way is a kind of After.
type Way string

// The ways.
const (
	Keep   Way = ""       // nothing is changed; the mailbox is opened read-only
	Seen   Way = "seen"   // marked as seen
	Move   Way = "move"   // moved into a folder, which is made if need be
	Delete Way = "delete" // deleted, and no other mail with it
)

var sayAfter = fault.Say("mailbox.after", "收到后的处理应写成 keep、seen、delete 或 move:文件夹：%q", "what is done afterwards is keep, seen, delete or move:FOLDER: %q")

// ParseAfter reads keep, seen, delete or move:FOLDER. It fails with
// fault.Invalid.
func ParseAfter(text string) (After, error) {
	text = strings.TrimSpace(text)
	if folder, found := strings.CutPrefix(text, "move:"); found && strings.TrimSpace(folder) != "" {
		return After{Move, strings.TrimSpace(folder)}, nil
	}
	switch text {
	case "", "keep":
		return After{}, nil
	case "seen", "delete":
		return After{Way: Way(text)}, nil
	}
	return After{}, fault.New(fault.Invalid, sayAfter.With(text))
}

// String returns what ParseAfter reads.
func (a After) String() string {
	switch a.Way {
	case Keep:
		return "keep"
	case Move:
		return "move:" + a.Folder
	}
	return string(a.Way)
}

// errAfter is what a server is told that could do it to other mails only: EXPUNGE
// takes whatever anybody marked as deleted (RFC 3501 6.4.3).
var errAfter = errors.New("the server has no way to move or delete single mails (MOVE, UIDPLUS)")

// can reports whether a server can do it and touch no other mail.
func (a After) can(caps imap.CapSet) bool {
	switch a.Way {
	case Move:
		return caps.Has(imap.CapMove) || caps.Has(imap.CapUIDPlus)
	case Delete:
		return caps.Has(imap.CapUIDPlus)
	}
	return true
}

// settle does it to some mails of the folder that is open.
func (s *session) settle(after After, uids imap.UIDSet) error {
	if after.Way == Keep || len(uids) == 0 {
		return nil
	}
	if !after.can(s.caps) {
		return errAfter
	}
	return s.ask(small, func() error {
		switch after.Way {
		case Seen:
			return s.flag(uids, imap.FlagSeen)
		case Move:
			return s.move(uids, after.Folder)
		}
		return s.remove(uids)
	})
}

func (s *session) flag(uids imap.UIDSet, flag imap.Flag) error {
	return s.client.Store(uids, &imap.StoreFlags{Op: imap.StoreFlagsAdd, Silent: true, Flags: []imap.Flag{flag}}, nil).Close()
}

// move makes the folder if the server says that there is none.
func (s *session) move(uids imap.UIDSet, folder string) error {
	err := s.carry(uids, folder)
	if err == nil || !said(err) || s.client.Create(folder, nil).Wait() != nil {
		return err
	}
	return s.carry(uids, folder)
}

// carry moves mails. Without MOVE they are deleted here when the server has said
// that they are there; the library's own way does not wait for that.
func (s *session) carry(uids imap.UIDSet, folder string) error {
	if s.caps.Has(imap.CapMove) {
		_, err := s.client.Move(uids, folder).Wait()
		return err
	}
	if _, err := s.client.Copy(uids, folder).Wait(); err != nil {
		return err
	}
	return s.remove(uids)
}

func (s *session) remove(uids imap.UIDSet) error {
	if err := s.flag(uids, imap.FlagDeleted); err != nil {
		return err
	}
	return s.client.UIDExpunge(uids).Close()
}
