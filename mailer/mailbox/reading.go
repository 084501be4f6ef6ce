package mailbox

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"runtime/debug"
	"slices"
	"time"

	"github.com/emersion/go-imap/v2"

	"jianbao/fault"
	"jianbao/mailer"
)

// A reading is a poller with a folder open.
type reading struct {
	*Poller
	*session
	at Position
}

const (
	// few is how many mails are handled before it is written down how far.
	few = 20
	// mostMisses is how often a mail is tried before it is passed by.
	mostMisses = 3
)

// look handles all mails that are new.
func (r *reading) look(ctx context.Context) error {
	began, since := r.Now(), time.Time{}
	if valid := r.folder.UIDValidity; r.at.Validity != valid {
		since = began
		if !r.at.Read.IsZero() && r.at.Read.Before(since) {
			since = r.at.Read
		}
		since = since.Add(-r.back())
		r.at.Validity, r.at.UID = valid, 0
		if r.counted != valid {
			clear(r.misses)
			clear(r.large)
			r.counted = valid
		}
	}
	for {
		uids, err := r.newSince(imap.UID(r.at.UID), since)
		if err != nil {
			return err
		}
		for some := range slices.Chunk(uids, few) {
			if err := r.handle(ctx, some); err != nil {
				return err
			}
		}
		if len(uids) < mostNew {
			break
		}
	}
	// What came before the folder was opened, and before since, is passed by.
	if next := uint32(r.folder.UIDNext); next > 0 {
		r.at.UID = max(r.at.UID, next-1)
	}
	if err := r.Books.SettleBounces(ctx, began); err != nil {
		return err
	}
	r.at.Read = began
	if err := r.Books.AdvanceMailbox(ctx, r.Account.Name(), r.holder, r.at); err != nil {
		return err
	}
	r.Read.Store(began.Unix())
	return nil
}

// handle takes a few mails into the books, does with them what is asked for, and
// writes down how far it came.
func (r *reading) handle(ctx context.Context, uids []imap.UID) error {
	mails, err := r.sizes(uids)
	if err != nil {
		return err
	}
	var done imap.UIDSet
	for _, m := range mails {
		whole, err := r.take(ctx, m)
		if err != nil {
			return err
		}
		if whole {
			done.AddNum(m.uid)
		}
	}
	if err := r.settle(r.After, done); err != nil {
		if !said(err) && err != errAfter {
			return err
		}
		n, _ := done.Nums() // it has no *
		r.Left.Add(int64(len(n)))
		r.Log.Error("mailbox: mails are left where they are", "after", r.After.String(), "mails", len(n), "err", err)
	}
	r.at.UID = uint32(uids[len(uids)-1])
	return r.Books.AdvanceMailbox(ctx, r.Account.Name(), r.holder, r.at)
}

// take takes a mail into the books, and reports whether it stands there whole. A
// mail over which a reader of some format stumbles ends no process.
func (r *reading) take(ctx context.Context, m mail) (whole bool, err error) {
	defer func() {
		if v := recover(); v != nil {
			r.misses[m.uid]++
			whole, err = false, fmt.Errorf("mail %d: %v\n%s", m.uid, v, debug.Stack())
		}
	}()
	in, err := r.fetch(m)
	if err != nil || in.SHA256 == "" {
		return false, err
	}
	at := r.Now()
	if !m.at.IsZero() && m.at.Before(at) {
		at = m.at
	}
	isNew, err := r.Books.Receive(ctx, in, at)
	if err != nil {
		return false, err
	}
	delete(r.misses, m.uid)
	switch {
	case !isNew:
		r.Known.Add(1)
	case in.Partly:
		r.Partly.Add(1)
	default:
		r.Received.Add(1)
	}
	if isNew {
		r.Log.Info("mailbox: received", "class", in.Class, "bytes", m.size, "partly", in.Partly)
	}
	if in.Partly || r.After.Way == Keep {
		return false, nil
	}
	return r.Books.KeptWhole(ctx, in.SHA256)
}

var sayUnfetched = fault.Say("mailbox.unfetched", "邮箱里有一封信（编号%d，%d字节）多次取不下来，请到邮箱里看", "A mail in the mailbox (number %d, %d bytes) could not be fetched, several times over; please look at it there")

// fetch reads a mail. One that is gone has no SHA256. What could not be fetched
// several times over is a note.
func (r *reading) fetch(m mail) (mailer.Incoming, error) {
	if r.misses[m.uid] >= mostMisses {
		return unfetched(r.Account.Name(), r.at.Validity, m), nil
	}
	large := m.size > mailer.MaxIncoming || r.large[m.uid]
	raw, err := r.body(m.uid, large)
	switch {
	case err == errLarge:
		r.large[m.uid] = true
		return mailer.Incoming{}, err
	case err != nil:
		r.misses[m.uid]++
		return mailer.Incoming{}, fmt.Errorf("mail %d: %w", m.uid, err)
	case len(raw) == 0:
		return mailer.Incoming{}, nil
	case large:
		return mailer.ReadBeginning(raw, m.size), nil
	}
	return mailer.ReadIncoming(raw)
}

func unfetched(box string, validity uint32, m mail) mailer.Incoming {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s %d %d", box, validity, m.uid))
	return mailer.Incoming{
		SHA256: hex.EncodeToString(sum[:]), Class: mailer.OtherMail, Raw: []byte{}, Partly: true,
		Words: sayUnfetched.With(int(m.uid), m.size).In(fault.ZH),
	}
}
