package history

import (
	"context"
	"crypto/ed25519"
	"log/slog"
	"time"

	"github.com/google/uuid"

	"jianbao/fault"
)

// Books is what this room needs of storage. Every method is one transaction.
type Books interface {
	// ChainIDs returns the id of every issue, and of those that only their
	// history is left of.
	ChainIDs(ctx context.Context) ([]uuid.UUID, error)

	// Chains returns the histories of issues; what is not there is left out.
	Chains(ctx context.Context, issues []uuid.UUID) ([]Chain, error)

	// Roots returns every root, the first one first.
	Roots(ctx context.Context) ([]Sealed, error)

	// AddRoot writes the root that next makes of the roots so far and of the
	// links of all issues; nil is none. It fails with fault.Conflict if another
	// process wrote one meanwhile.
	AddRoot(ctx context.Context, next func(before []Sealed, now []Link) (*Sealed, error)) error
}

// A Notary makes roots. All fields but Zone, Every and Log are required.
type Notary struct {
	Books   Books
	KeyFile string // see KeyIn
	File    string // the roots, one a line; it only grows
	Now     func() time.Time
	Zone    *time.Location // where days begin; nil is UTC
	Every   time.Duration  // between two looks of Run; 0 is ten minutes
	Log     *slog.Logger   // of Run
	// Verified is told what Run found when it verified the books, which it does
	// when it begins and then once a day; nil: they are not verified.
	Verified func(Report)
	// NewKey lets roots go on under another key than that of the roots before.
	NewKey bool
}

var otherRoots = fault.Say("history.other-roots", "根文件%s与数据库里的根不符（第%d份）：可能有一方被改动，或数据库是从备份恢复的。请先用 jianbao audit verify 核对；确认无误后把这个文件移到别处保存，再重新生成",
	"the file of roots %s and the database do not agree on root %d: one of them was altered, or the database comes from a backup. Run jianbao audit verify; if all is well, keep this file elsewhere and write the roots anew")

// Root makes the root of today, writes it to the database and appends to the
// file what that lacks. It returns the last root, and whether it was made now:
// on a day that has one already, another is made only if something happened
// since. It fails with fault.Blocked, and makes nothing, if the file and the
// database do not agree.
func (n Notary) Root(ctx context.Context) (Root, bool, error) {
	key, err := KeyIn(n.KeyFile)
	if err != nil {
		return Root{}, false, err
	}
	lines, err := ReadFile(n.File)
	if err != nil {
		return Root{}, false, err
	}
	made := false
	err = n.Books.AddRoot(ctx, func(before []Sealed, now []Link) (*Sealed, error) {
		made = false
		if err := n.agrees(lines, before); err != nil {
			return nil, err
		}
		if err := n.sameKey(before, key); err != nil {
			return nil, err
		}
		next, err := Next(before, now, n.Now(), key)
		if err != nil || !n.wanted(before, next) {
			return nil, err
		}
		made = true
		return &next, nil
	})
	if err != nil && !fault.Is(err, fault.Conflict) { // another process made it
		return Root{}, false, err
	}
	last, err := n.export(ctx, len(lines))
	return last, made, err
}

// agrees fails unless the last root of the file is the database's of the same
// place.
func (n Notary) agrees(lines []string, before []Sealed) error {
	if len(lines) == 0 {
		return nil
	}
	last, err := ReadSealed(lines[len(lines)-1])
	if err != nil || len(lines) > len(before) || !last.same(before[len(lines)-1]) {
		return fault.New(fault.Blocked, otherRoots.With(n.File, len(lines))).Because(err)
	}
	return nil
}

var otherKey = fault.Say("history.other-key", "签名密钥文件%s不是以前各份根所用的那一个。请把原来的密钥文件拷到这里；确实丢失的，用 jianbao audit root --new-key 换用新的，并另行保存它的公钥",
	"the key in %s is not the one of the roots before. Copy that one here; if it is lost, go on with a new one by jianbao audit root --new-key, and keep its public key elsewhere")

// sameKey fails if the last root was signed with another key: two machines that
// each made one would mistrust one another.
func (n Notary) sameKey(before []Sealed, key ed25519.PrivateKey) error {
	if len(before) == 0 || n.NewKey {
		return nil
	}
	last, err := before[len(before)-1].Root()
	if err != nil || key.Public().(ed25519.PublicKey).Equal(ed25519.PublicKey(last.Key)) {
		return err
	}
	return fault.New(fault.Blocked, otherKey.With(n.KeyFile))
}

// wanted reports whether a root says something that the last one does not.
func (n Notary) wanted(before []Sealed, next Sealed) bool {
	if len(before) == 0 {
		return true
	}
	last, err := before[len(before)-1].Root()
	root, err2 := next.Root()
	return err != nil || err2 != nil || len(root.Links) > 0 || n.day(last.At) != n.day(root.At)
}

func (n Notary) day(t time.Time) string {
	if n.Zone != nil {
		t = t.In(n.Zone)
	}
	return t.Format(time.DateOnly)
}

// export appends to the file the roots from a place on, and returns the last.
func (n Notary) export(ctx context.Context, from int) (last Root, err error) {
	all, err := n.Books.Roots(ctx)
	if err != nil || len(all) == 0 {
		return Root{}, err
	}
	var lines []string
	for _, s := range all[min(from, len(all)):] {
		line, err := s.Line()
		if err != nil {
			return Root{}, err
		}
		lines = append(lines, line)
	}
	if len(lines) > 0 {
		if err := appendTo(n.File, lines); err != nil {
			return Root{}, err
		}
	}
	return all[len(all)-1].Root()
}

// Run makes a root on every day and verifies the books, until ctx ends, and
// returns nil then. What fails is logged and tried again.
func (n Notary) Run(ctx context.Context) error {
	every := n.Every
	if every == 0 {
		every = 10 * time.Minute
	}
	tick := time.NewTicker(every)
	defer tick.Stop()
	verified := ""
	for {
		if err := n.Look(ctx); err != nil && ctx.Err() == nil {
			n.Log.Error("history: daily root", "err", err)
		}
		if today := n.day(n.Now()); n.Verified != nil && verified != today && n.verify(ctx) {
			verified = today
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}

// Look makes the root of today unless there is one.
func (n Notary) Look(ctx context.Context) error {
	all, err := n.Books.Roots(ctx)
	if err != nil {
		return err
	}
	if len(all) > 0 {
		last, err := all[len(all)-1].Root()
		if err != nil {
			return err
		}
		if n.day(last.At) == n.day(n.Now()) {
			return nil
		}
	}
	_, _, err = n.Root(ctx)
	return err
}

// verify verifies the books, and tells. It reports whether it could.
func (n Notary) verify(ctx context.Context) bool {
	report, err := n.Check(ctx)
	if err != nil {
		if ctx.Err() == nil {
			n.Log.Error("history: verification", "err", err)
		}
		return false
	}
	for _, f := range report.Findings {
		n.Log.Error("history: altered behind the program's back", "issue", f.Issue, "line", f.Line, "root", f.Root, "what", f.Reason.In(fault.EN))
	}
	n.Verified(report)
	return true
}

// Check verifies the books against the file of roots and the roots that the
// database has beyond it. It trusts the keys that are given and that of the key
// file; where there is none of either, that of the first root.
func (n Notary) Check(ctx context.Context, trusted ...ed25519.PublicKey) (Report, error) {
	lines, err := ReadFile(n.File)
	if err != nil {
		return Report{}, err
	}
	if key, err := readKey(n.KeyFile); err == nil {
		trusted = append(trusted, key.Public().(ed25519.PublicKey))
	}
	return Verify(ctx, n.Books, lines, trusted)
}
