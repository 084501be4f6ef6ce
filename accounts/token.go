package accounts

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"jianbao/fault"
)

// A TokenKind says who is behind a token.
type TokenKind string

// The kinds of tokens.
const (
	// Personal tokens are a person's own, for their own scripts.
	Personal TokenKind = "personal"
	// Service tokens are a program's. What a person must decide, a program does
	// not, whatever role its account has.
	Service TokenKind = "service"
	// Monitor tokens read the numbers of the program at /metrics, and nothing
	// else.
	Monitor TokenKind = "monitor"
)

// The bounds of a token's life.
const (
	TokenDays    = 90  // where nothing else is asked for
	MaxTokenDays = 366 // a forgotten token ends by itself
)

// A Token lets a program speak for a person without a password, until it
// expires or is revoked. The token itself is shown once, when it is made; of it
// are kept the Prefix, for people to know it by, and the Hash.
type Token struct {
	ID     uuid.UUID
	Person uuid.UUID // for whom it speaks
	Kind   TokenKind
	Name   string // what it is for: 数据平台
	Prefix string // its first characters, as TokenPrefix returns them
	Hash   string // as TokenHash returns it
	// Series are those that it opens, of those that its person sees; nil is all
	// of them.
	Series []uuid.UUID
	Acts   bool // it may change things, not only read
	Made   time.Time
	By     string // who made it
	// Expires is when it ceases to open anything; Revoked when somebody ended
	// it, and Used when it was last of use, to the minute. The zero time is never.
	Expires, Revoked, Used time.Time
}

var (
	badToken      = fault.Say("accounts.bad-token", "令牌资料有误", "the token is wrong")
	tokenNameless = fault.Say("accounts.token-name", "令牌要有用途说明，不超过%d字", "a token says what it is for, in at most %d characters")
	tokenLife     = fault.Say("accounts.token-life", "令牌的有效期为1到%d天", "a token lives for 1 to %d days")
	tokenKind     = fault.Say("accounts.token-kind", "没有“%s”这一类令牌", "there is no token of the kind “%s”")
	tokenWatches  = fault.Say("accounts.token-watches", "监控用的令牌只能查看，不能办理", "a token for monitoring reads and changes nothing")
	tokenExpired  = fault.Say("accounts.token-expired", "令牌%s…已于%s到期，请换用新的", "the token %s… expired at %s; make a new one")
	tokenRevoked  = fault.Say("accounts.token-revoked", "令牌%s…已于%s撤销", "the token %s… was revoked at %s")
)

// tokenMark begins every token, so that those who search for leaked secrets
// find it.
const tokenMark = "jianbao_"

// A token has some random characters that its prefix shows, and behind them
// those of [rand.Text], which nobody guesses (130 bits).
const (
	shownChars  = 6
	secretChars = 26
)

// NewToken makes the text of a token. It is random, and of it alone depends
// what it opens.
func NewToken() string { return tokenMark + rand.Text()[:shownChars] + rand.Text() }

// TokenPrefix returns the beginning of a token by which people know it; "" for a
// text that is no token.
func TokenPrefix(text string) string {
	if !strings.HasPrefix(text, tokenMark) || len(text) != len(tokenMark)+shownChars+secretChars {
		return ""
	}
	return text[:len(tokenMark)+shownChars]
}

// TokenHash returns the SHA-256 of a token in hex, under which it is kept. A
// token is random and long, so that a hash which is quick to make keeps it as
// well as a slow one.
func TokenHash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// Validate returns nil, or a [fault.Error] with the code Invalid and every
// reason why the token cannot be kept.
func (t Token) Validate() error {
	var reasons []fault.Reason
	if n := utf8.RuneCountInString(t.Name); n == 0 || n > maxName || !Storable(t.Name) {
		reasons = append(reasons, tokenNameless.With(maxName))
	}
	if life := t.Expires.Sub(t.Made); life <= 0 || life > MaxTokenDays*24*time.Hour {
		reasons = append(reasons, tokenLife.With(MaxTokenDays))
	}
	if t.Kind != Personal && t.Kind != Service && t.Kind != Monitor {
		reasons = append(reasons, tokenKind.With(string(t.Kind)))
	}
	if t.Kind == Monitor && t.Acts {
		reasons = append(reasons, tokenWatches.With())
	}
	if len(reasons) > 0 {
		return fault.New(fault.Invalid, badToken.With(), reasons...)
	}
	return nil
}

// Check returns nil if the token opens something now, and otherwise a
// [fault.Error] with the code Unauthenticated that says since when not.
func (t Token) Check(now time.Time) error {
	switch {
	case !t.Revoked.IsZero():
		return fault.New(fault.Unauthenticated, tokenRevoked.With(t.Prefix, t.Revoked.UTC().Format(time.RFC3339)))
	case !now.Before(t.Expires):
		return fault.New(fault.Unauthenticated, tokenExpired.With(t.Prefix, t.Expires.UTC().Format(time.RFC3339)))
	}
	return nil
}

// Narrow returns the person with those grants alone that hold in the series of
// the token, so that every rule that asks what the person may asks of the token
// too. A token never opens more than its person may.
func (t Token) Narrow(p Person) Person {
	if t.Series == nil {
		return p
	}
	var grants []Grant
	for _, g := range p.Grants {
		switch {
		case g.Series != uuid.Nil && slices.Contains(t.Series, g.Series):
			grants = append(grants, g)
		case g.Series == uuid.Nil:
			for _, series := range t.Series {
				grants = append(grants, Grant{Series: series, Role: g.Role})
			}
		}
	}
	p.Grants = grants
	return p
}
