package entry

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"regexp"
	"time"

	"github.com/google/uuid"

	"jianbao/fault"
)

// A PassKind says what a pass is for.
type PassKind string

// The kinds of passes.
const (
	Invitation PassKind = "invitation" // to the first password
	Reset      PassKind = "reset"      // to another one
)

// How long passes live: an invitation a week, since people are away; a link that
// an administrator hands over a day; one that anybody can ask for an hour.
const (
	InvitationLife = 7 * 24 * time.Hour
	ResetLife      = 24 * time.Hour
	ForgottenLife  = time.Hour
)

// A Pass lets a person set a password once, without the one before.
type Pass struct {
	ID      uuid.UUID
	Person  uuid.UUID
	Kind    PassKind
	Hash    string // SHA-256 of the token, hex
	Made    time.Time
	By      uuid.UUID // uuid.Nil: the person, at the door
	Expires time.Time
	Used    time.Time // zero: not yet; also when another took its place
}

var (
	passUnknown = fault.Say("entry.pass-unknown", "链接不对，或已换成新的；请用最近收到的那一个", "the link is wrong, or another took its place; use the one that came last")
	passUsed    = fault.Say("entry.pass-used", "这个链接已经用过，或已换成新的；密码已设定的请直接登录", "the link was used, or another took its place; if the password is set, sign in")
	passExpired = fault.Say("entry.pass-expired", "这个链接已于%s过期，请重新申请", "the link ended at %s; ask for another")
)

// Check returns nil if the pass opens something now, and otherwise a
// [fault.Error] with the code Blocked that says why not.
func (p Pass) Check(now time.Time) error {
	switch {
	case !p.Used.IsZero():
		return fault.New(fault.Blocked, passUsed.With())
	case !now.Before(p.Expires):
		return fault.New(fault.Blocked, passExpired.With(until(p.Expires)))
	}
	return nil
}

// A Key makes the tokens of passes. It is 32 bytes that are kept outside of the
// database.
type Key []byte

// Token returns what opens the pass with an id.
func (k Key) Token(id uuid.UUID) string {
	mac := hmac.New(sha256.New, k)
	mac.Write(id[:])
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}

// PassHash returns the hash under which a pass with a token is kept.
func PassHash(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

var passMark = regexp.MustCompile(`\[\[pass:([0-9a-f-]{36})\]\]`)

// Mark stands in a letter where its link will be.
func (p Pass) Mark() string { return "[[pass:" + p.ID.String() + "]]" }

// Path is the address of the page that a token opens, without the site.
func Path(token string) string { return "/pass/" + token }

// Linked puts the links under site in the place of the marks.
func (k Key) Linked(text, site string) string {
	return passMark.ReplaceAllStringFunc(text, func(mark string) string {
		id, err := uuid.Parse(passMark.FindStringSubmatch(mark)[1])
		if err != nil {
			return mark
		}
		return site + Path(k.Token(id))
	})
}
