package mailbox

import (
	"errors"
	"io"
	"slices"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"

	"jianbao/mailer"
)

const (
	// beginning is how much is read of a mail that is too large, in bytes.
	beginning = 256 << 10
	// mostNew is how many mails are looked for at once; the next look finds more.
	mostNew = 10_000
)

// A mail is one that lies in the folder.
type mail struct {
	uid  imap.UID
	size int64     // RFC822.SIZE (RFC 3501 6.4.5), which some servers guess
	at   time.Time // when it came into the mailbox; zero if the server does not say
}

// newSince returns the numbers of the mails behind one, in their order, at most
// mostNew. Where since is set, those that came before that day are not among
// them.
func (s *session) newSince(last imap.UID, since time.Time) (uids []imap.UID, err error) {
	criteria := &imap.SearchCriteria{UID: []imap.UIDSet{{{Start: last + 1, Stop: 0}}}, Since: since}
	err = s.ask(list, func() error {
		// NOOP lets the server tell of mails that came since the folder was opened.
		if err := s.client.Noop().Wait(); err != nil {
			return err
		}
		found, err := s.client.UIDSearch(criteria, nil).Wait()
		if err != nil {
			return err
		}
		set, _ := found.All.(imap.UIDSet)
		uids = numbers(set, last)
		return nil
	})
	return uids, err
}

// numbers are those of a set behind one: a range up to * names the last mail even
// if that is before it (RFC 3501 6.4.8).
func numbers(set imap.UIDSet, last imap.UID) (uids []imap.UID) {
	for _, r := range set {
		for n := max(r.Start, last+1); n <= r.Stop && n > last; n++ {
			if uids = append(uids, n); len(uids) == mostNew {
				return uids
			}
		}
	}
	slices.Sort(uids)
	return uids
}

// sizes asks how large mails are. Those that are gone are not in the answer.
func (s *session) sizes(uids []imap.UID) (mails []mail, err error) {
	err = s.ask(small, func() error {
		asked := s.client.Fetch(imap.UIDSetNum(uids...), &imap.FetchOptions{UID: true, RFC822Size: true, InternalDate: true})
		found, err := asked.Collect()
		for _, f := range found {
			if slices.Contains(uids, f.UID) {
				mails = append(mails, mail{f.UID, f.RFC822Size, f.InternalDate})
			}
		}
		return err
	})
	slices.SortFunc(mails, func(a, b mail) int { return int(int64(a.uid) - int64(b.uid)) })
	return mails, err
}

// errLarge is a mail that turned out larger than the server had said.
var errLarge = errors.New("the mail is larger than the server said")

// body fetches a mail, or of a large one the beginning, without marking it as
// seen. It returns nil for one that is gone.
func (s *session) body(uid imap.UID, large bool) (raw []byte, err error) {
	section, most := &imap.FetchItemBodySection{Peek: true}, int64(mailer.MaxIncoming)
	if large {
		section.Partial, most = &imap.SectionPartial{Size: beginning}, beginning
	}
	err = s.ask(most+small, func() error {
		asked := s.client.Fetch(imap.UIDSetNum(uid), &imap.FetchOptions{UID: true, BodySection: []*imap.FetchItemBodySection{section}})
		for m := asked.Next(); m != nil; m = asked.Next() {
			for item := m.Next(); item != nil; item = m.Next() {
				part, ok := item.(imapclient.FetchItemDataBodySection)
				if !ok || part.Literal == nil {
					continue
				}
				if part.Literal.Size() > most {
					s.line.end(errLarge)
					_ = asked.Close() // lets the library's reader come to its end
					return errLarge
				}
				// A literal that breaks off ends like a whole one. Nothing more may be
				// asked of it then: the library's reader has gone on.
				raw, err = io.ReadAll(part.Literal)
				if err == nil && int64(len(raw)) < part.Literal.Size() {
					err = io.ErrUnexpectedEOF
				}
				if err != nil {
					return err
				}
			}
		}
		return asked.Close()
	})
	if err != nil {
		return nil, err
	}
	return raw, nil
}
