package entry

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base32"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"
	"github.com/pquerna/otp/totp"

	"jianbao/accounts"
	"jianbao/fault"
)

// What one-time codes are (RFC 6238, the values that every program for phones
// takes without being told).
const (
	codeSeconds = 30
	codeDigits  = otp.DigitsSix
	secretBytes = 20 // of SHA-1 (RFC 4226 section 4, R6)
	// RecoveryCodes is how many recovery codes are made.
	RecoveryCodes = 10
)

// A Factor is the second factor of a person. It is asked for once it is
// confirmed.
type Factor struct {
	Person    uuid.UUID
	Sealed    string // the secret, by a Safe
	Made      time.Time
	Confirmed time.Time // zero: it was begun and no code was entered yet
	Step      int64     // of the last code that was taken
	Codes     []RecoveryCode
}

// A RecoveryCode lets its owner in once without the phone.
type RecoveryCode struct {
	Hash string    // SHA-256, hex
	Used time.Time `json:"Used,omitzero"`
}

// On reports whether the factor is asked for.
func (f Factor) On() bool { return !f.Confirmed.IsZero() }

// Left is how many recovery codes were not used.
func (f Factor) Left() int {
	n := 0
	for _, c := range f.Codes {
		if c.Used.IsZero() {
			n++
		}
	}
	return n
}

// FactorPlace is the place that the secret of a person is sealed for.
func FactorPlace(person uuid.UUID) string { return "totp " + person.String() }

// FactorBooks is where second factors are kept.
type FactorBooks interface {
	// Factor returns the factor of a person, or NotFound.
	Factor(ctx context.Context, person uuid.UUID) (Factor, error)

	// ChangeFactor writes what decide makes of the factor of a person, the zero
	// Factor if there is none, and the lines of the record; the row is locked
	// meanwhile. It fails as decide does, and writes nothing then.
	ChangeFactor(ctx context.Context, person uuid.UUID, decide func(Factor) (Factor, []Line, error)) error
}

// A Safe seals secrets; a vault.Ring does.
type Safe interface {
	// Seal seals a secret for a place.
	Seal(place string, secret []byte) (string, error)

	// Open opens what was sealed for a place.
	Open(place, sealed string) ([]byte, error)
}

// Factors is the desk for second factors.
type Factors struct {
	Desk
	Factors FactorBooks
	Ring    Safe
	// Label is whose codes they are, as the program on the phone shows it.
	Label func(ctx context.Context) string
}

// A Setup is what a program on a phone is given: the secret as an address for a
// QR code, and as text in groups of four. It is shown while the factor is begun.
type Setup struct{ URL, Secret string }

var (
	factorThere = fault.Say("entry.factor-there", "动态口令已经启用；要换手机，先取消再重新设置", "one-time codes are set up already; to change phones, end them and set them up anew")
	factorNone  = fault.Say("entry.factor-none", "还没有设置动态口令", "one-time codes are not set up")
	factorMust  = fault.Say("entry.factor-must", "您的角色要求使用动态口令，不能取消；换手机请找管理员重置", "your role needs one-time codes, which cannot be ended; for a new phone ask the administrator")
	wrongCode   = fault.Say("entry.wrong-code", "口令不对，或已经用过；请等下一个再输入，并核对手机的时间", "the code is wrong or was used; wait for the next one, and look at the clock of the phone")
)

// Begin makes a new secret for a person, whose factor is not on yet, or returns
// the one that was begun. It fails with Blocked if it is on.
func (d Factors) Begin(ctx context.Context, p accounts.Person) (Setup, error) {
	var secret []byte
	err := d.Factors.ChangeFactor(oneself(ctx, p), p.ID, func(f Factor) (_ Factor, _ []Line, err error) {
		if f.On() {
			return f, nil, fault.New(fault.Blocked, factorThere.With())
		}
		if f.Sealed != "" {
			secret, err = d.Ring.Open(FactorPlace(p.ID), f.Sealed)
			return f, nil, err
		}
		secret = make([]byte, secretBytes)
		_, _ = rand.Read(secret) // never fails (crypto/rand)
		f = Factor{Person: p.ID, Made: d.Now()}
		f.Sealed, err = d.Ring.Seal(FactorPlace(p.ID), secret)
		return f, nil, err
	})
	if err != nil {
		return Setup{}, err
	}
	return d.setup(ctx, p.Login, secret)
}

func (d Factors) setup(ctx context.Context, login string, secret []byte) (Setup, error) {
	key, err := totp.Generate(totp.GenerateOpts{Issuer: d.Label(ctx), AccountName: login, Period: codeSeconds, Secret: secret, Digits: codeDigits, Algorithm: otp.AlgorithmSHA1})
	if err != nil {
		return Setup{}, fmt.Errorf("accounts: one-time codes of %s: %w", login, err)
	}
	return Setup{URL: key.URL(), Secret: grouped(key.Secret())}, nil
}

// grouped writes a text in groups of four.
func grouped(text string) string {
	var parts []string
	for c := range slices.Chunk([]byte(text), 4) {
		parts = append(parts, string(c))
	}
	return strings.Join(parts, " ")
}

// Confirm turns the factor of a person on, by the first code, and returns the
// recovery codes, which are in no book and can be shown once.
func (d Factors) Confirm(ctx context.Context, p accounts.Person, code string) (codes []string, err error) {
	err = d.Factors.ChangeFactor(oneself(ctx, p), p.ID, func(f Factor) (Factor, []Line, error) {
		if f.Sealed == "" || f.On() {
			return f, nil, fault.New(fault.Blocked, factorNone.With())
		}
		if f, err = d.taken(f, code); err != nil {
			return f, nil, err
		}
		f.Confirmed = d.Now()
		f.Codes, codes = newCodes()
		return f, []Line{secures(saidFactor.With())}, nil
	})
	return codes, err
}

// Anew makes new recovery codes, by a code; those before end.
func (d Factors) Anew(ctx context.Context, p accounts.Person, code string) (codes []string, err error) {
	err = d.Factors.ChangeFactor(oneself(ctx, p), p.ID, func(f Factor) (Factor, []Line, error) {
		if f, err = d.taken(f, code); err != nil {
			return f, nil, err
		}
		f.Codes, codes = newCodes()
		return f, []Line{secures(saidCodes.With())}, nil
	})
	return codes, err
}

// End ends the factor of a person, by a code, unless their role needs one.
func (d Factors) End(ctx context.Context, p accounts.Person, code string) error {
	h, err := d.Books.House(ctx)
	if err != nil {
		return err
	}
	if h.Needs(p) {
		return fault.New(fault.Blocked, factorMust.With())
	}
	return d.Factors.ChangeFactor(oneself(ctx, p), p.ID, func(f Factor) (Factor, []Line, error) {
		if _, err := d.taken(f, code); err != nil {
			return f, nil, err
		}
		return Factor{}, []Line{secures(saidDropped.With())}, nil
	})
}

// Wants reports whether a person who has proved their password is asked for a
// code, and whether they have to set one up first.
func (d Factors) Wants(ctx context.Context, p accounts.Person) (code, setUp bool, err error) {
	f, err := d.Factors.Factor(ctx, p.ID)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return false, false, err
	}
	if f.On() {
		return true, false, nil
	}
	h, err := d.Books.House(ctx)
	return false, h.Needs(p), err
}

// Check takes a code at the door, one-time or recovery, once. It fails with
// Unauthenticated if it is neither.
func (d Factors) Check(ctx context.Context, p accounts.Person, code string) error {
	return d.Factors.ChangeFactor(oneself(ctx, p), p.ID, func(f Factor) (Factor, []Line, error) {
		if !f.On() {
			return f, nil, fault.New(fault.Unauthenticated, wrongCode.With())
		}
		next, err := d.taken(f, code)
		if !fault.Is(err, fault.Unauthenticated) {
			return next, nil, err
		}
		if n := f.recovery(code); n >= 0 {
			f.Codes = slices.Clone(f.Codes)
			f.Codes[n].Used = d.Now()
			return f, []Line{atDoor(saidUsedCode.With(f.Left()))}, nil
		}
		return f, nil, err
	})
}

// taken returns the factor after a one-time code was taken. Codes of steps up to
// the last one that was taken are refused.
func (d Factors) taken(f Factor, code string) (Factor, error) {
	if f.Sealed == "" {
		return f, fault.New(fault.Blocked, factorNone.With())
	}
	secret, err := d.Ring.Open(FactorPlace(f.Person), f.Sealed)
	if err != nil {
		return f, err
	}
	step, err := stepOf(secret, code, d.Now(), f.Step)
	f.Step = step
	return f, err
}

// stepOf returns the step whose code was entered: that of now, the one before
// or the one behind, and later than the last.
func stepOf(secret []byte, code string, now time.Time, last int64) (int64, error) {
	code = digits(code)
	shared := base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(secret)
	at := now.Unix() / codeSeconds
	for _, step := range []int64{at, at - 1, at + 1} {
		want, err := hotp.GenerateCodeCustom(shared, uint64(step), hotp.ValidateOpts{Digits: codeDigits, Algorithm: otp.AlgorithmSHA1})
		if err != nil {
			return last, errors.New("accounts: the secret of one-time codes cannot be read")
		}
		if step > last && subtle.ConstantTimeCompare([]byte(want), []byte(code)) == 1 {
			return step, nil
		}
	}
	return last, fault.New(fault.Unauthenticated, wrongCode.With())
}

// digits is a code as it was typed, without blanks, and with the digits of
// Chinese keyboards as ASCII.
func digits(code string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '０' && r <= '９':
			return r - '０' + '0'
		case r == ' ' || r == '\u3000' || r == '-':
			return -1
		}
		return r
	}, code)
}

// newCodes makes recovery codes, each of 80 random bits, as people write them.
func newCodes() (kept []RecoveryCode, shown []string) {
	for range RecoveryCodes {
		raw := make([]byte, 10)
		_, _ = rand.Read(raw)
		text := strings.ToLower(base32.StdEncoding.EncodeToString(raw))
		kept = append(kept, RecoveryCode{Hash: codeHash(text)})
		shown = append(shown, strings.ReplaceAll(grouped(text), " ", "-"))
	}
	return kept, shown
}

func codeHash(text string) string {
	sum := sha256.Sum256([]byte(strings.ToLower(digits(text))))
	return hex.EncodeToString(sum[:])
}

// recovery returns which recovery code was entered, -1 if none that is left.
func (f Factor) recovery(code string) int {
	hash := codeHash(code)
	return slices.IndexFunc(f.Codes, func(c RecoveryCode) bool { return c.Hash == hash && c.Used.IsZero() })
}
