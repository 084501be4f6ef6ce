package accounts

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"

	"golang.org/x/crypto/argon2"
)

// Cost is what one hash costs (RFC 9106 section 3.1).
type Cost struct {
	Memory  uint32 // KiB
	Time    uint32 // passes over the memory
	Threads uint8
}

// DefaultCost is the second choice of the OWASP password sheet: 19 MiB, two
// passes, one thread.
var DefaultCost = Cost{Memory: 19 * 1024, Time: 2, Threads: 1}

// maxCost bounds what a stored hash can make the program spend.
var maxCost = Cost{Memory: 1024 * 1024, Time: 16, Threads: 16}

const (
	saltLen = 16 // bytes (RFC 9106 section 3.1)
	hashLen = 32
)

// A Hasher makes and proves password hashes, a bounded number at once. It may
// be used by any number of goroutines.
type Hasher struct {
	cost  Cost
	slots chan struct{}
}

// NewHasher returns a hasher that runs at most atOnce hashes at a time, and at
// least one.
func NewHasher(cost Cost, atOnce int) *Hasher {
	return &Hasher{cost: cost, slots: make(chan struct{}, max(atOnce, 1))}
}

// Hash returns the PHC string of a password, with a new salt. The error is the
// context's, where it ended before there was room.
func (h *Hasher) Hash(ctx context.Context, password string) (string, error) {
	salt := make([]byte, saltLen)
	_, _ = rand.Read(salt) // never fails (crypto/rand)
	s := stored{cost: h.cost, salt: salt}
	sum, err := h.derive(ctx, s, password, hashLen)
	if err != nil {
		return "", err
	}
	s.sum = sum
	return s.String(), nil
}

// Verify reports whether the password is the one that was hashed, in a time
// that does not depend on how much of it is right. again says that the password
// is right and its hash should be made anew, because the cost has changed. The
// error is the context's, or names a text that is no argon2id hash (without
// repeating it).
func (h *Hasher) Verify(ctx context.Context, hash, password string) (ok, again bool, err error) {
	s, err := parseHash(hash)
	if err != nil {
		return false, false, err
	}
	sum, err := h.derive(ctx, s, password, len(s.sum))
	if err != nil {
		return false, false, err
	}
	ok = subtle.ConstantTimeCompare(sum, s.sum) == 1
	again = ok && (s.cost != h.cost || len(s.sum) != hashLen || len(s.salt) != saltLen)
	return ok, again, nil
}

// VerifyNobody takes as long as [Hasher.Verify] and proves nothing. It is for
// logins that are not there.
func (h *Hasher) VerifyNobody(ctx context.Context, password string) error {
	_, err := h.derive(ctx, stored{cost: h.cost, salt: make([]byte, saltLen)}, password, hashLen)
	return err
}

// derive waits for room and runs argon2id.
func (h *Hasher) derive(ctx context.Context, s stored, password string, length int) ([]byte, error) {
	select {
	case h.slots <- struct{}{}:
		defer func() { <-h.slots }()
	case <-ctx.Done():
		return nil, fmt.Errorf("accounts: waiting to hash: %w", ctx.Err())
	}
	return argon2.IDKey([]byte(password), s.salt, s.cost.Time, s.cost.Memory, s.cost.Threads, uint32(length)), nil
}

// A stored hash is a PHC string, taken apart.
type stored struct {
	cost Cost
	salt []byte
	sum  []byte
}

var phc = base64.RawStdEncoding

// String writes the hash with its parameters as a PHC string, which parseHash
// reads.
func (s stored) String() string {
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version,
		s.cost.Memory, s.cost.Time, s.cost.Threads, phc.EncodeToString(s.salt), phc.EncodeToString(s.sum))
}

var errHash = errors.New("accounts: the stored password is not an argon2id hash")

// parseHash reads a PHC string and refuses costs that nobody would choose.
func parseHash(text string) (stored, error) {
	field := strings.Split(text, "$")
	if len(field) != 6 || field[0] != "" || field[1] != "argon2id" || field[2] != fmt.Sprintf("v=%d", argon2.Version) {
		return stored{}, errHash
	}
	var s stored
	if _, err := fmt.Sscanf(field[3], "m=%d,t=%d,p=%d", &s.cost.Memory, &s.cost.Time, &s.cost.Threads); err != nil {
		return stored{}, errHash
	}
	var saltErr, sumErr error
	s.salt, saltErr = phc.DecodeString(field[4])
	s.sum, sumErr = phc.DecodeString(field[5])
	// Written back it must be the same text: no signs, zeros or rests.
	if saltErr != nil || sumErr != nil || !s.cost.sane() || s.String() != text ||
		len(s.salt) < 8 || len(s.sum) < 16 || len(s.sum) > 64 {
		return stored{}, errHash
	}
	return s, nil
}

func (c Cost) sane() bool {
	return c.Time >= 1 && c.Threads >= 1 && c.Memory >= 8*uint32(c.Threads) &&
		c.Memory <= maxCost.Memory && c.Time <= maxCost.Time && c.Threads <= maxCost.Threads
}
