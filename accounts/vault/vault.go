// Package vault seals secrets that the database has to hold: those of one-time
// codes and the passwords of relays, which must be had in the clear again, so
// that a hash of them will not do.
//
// The keys are in a file outside of the database, one in a line, the newest
// first:
//
//	k3f9a1c2 5jVq…(32 bytes, base64)
//	k17d20e4 …
//
// A [Ring] is such a file. [Ring.Seal] seals with the first key, by
// XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha-03) under a random nonce of 24
// bytes, of which any number may be drawn; [Ring.Open] opens with whichever key
// it was. What is sealed says by which key:
//
//	v1.k3f9a1c2.base64url(nonce ‖ ciphertext ‖ tag)
//
// Every secret is bound to its place (such as "totp 0192…"), so that who may
// write to the database cannot put the one in the other's place.
//
// Keys are changed by [Ring.Rotated]: a new one is put in front, everything is
// sealed anew, and then the old ones are dropped by [Ring.Only].
//
// Whoever has the database or a backup of it has none of the secrets; whoever
// has lost the file has lost them too, and says so by the code Unavailable and
// the name of the key.
//
// The package reads no file and no clock.
package vault

import (
	"bytes"
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/crypto/chacha20poly1305"

	"jianbao/fault"
)

var (
	badKeys    = fault.Say("accounts.vault-keys", "密钥文件第%d行读不懂；每行是“名称 密钥”，密钥是32字节的base64", "line %d of the key file cannot be read; each is “NAME KEY”, the key 32 bytes in base64")
	noKeys     = fault.Say("accounts.vault-empty", "密钥文件里没有密钥", "there is no key in the key file")
	noRing     = fault.Say("accounts.vault-none", "没有密钥文件，存不了也读不出加密的资料；请设置 secrets-key", "there is no key file, so that nothing can be sealed or opened; set secrets-key")
	keyMissing = fault.Say("accounts.vault-missing", "密钥文件里没有密钥%s，读不出用它加密的资料；请找回原来的密钥文件", "the key file has no key %s, so that what it sealed cannot be opened; bring back the file that has it")
)

// version begins everything that is sealed.
const version = "v1"

// A Ring is the keys of a file, the one that seals in front. The nil ring has
// none.
type Ring struct{ keys []key }

type key struct {
	id     string
	secret []byte
}

func newKey() key {
	k := key{secret: make([]byte, chacha20poly1305.KeySize)}
	name := make([]byte, 4)
	_, _ = rand.Read(k.secret) // never fails (crypto/rand)
	_, _ = rand.Read(name)
	k.id = "k" + hex.EncodeToString(name)
	return k
}

// New returns a ring with one new key.
func New() *Ring { return &Ring{[]key{newKey()}} }

// Parse reads a key file. It fails with the code Invalid and every line that
// cannot be read, none of which it repeats.
func Parse(text []byte) (*Ring, error) {
	r := &Ring{}
	var wrong []fault.Reason
	n := 0
	for line := range bytes.Lines(text) {
		n++
		fields := strings.Fields(string(line))
		if len(fields) == 0 || strings.HasPrefix(fields[0], "#") {
			continue
		}
		if k, ok := parseKey(fields); ok && r.find(k.id) == nil {
			r.keys = append(r.keys, k)
		} else {
			wrong = append(wrong, badKeys.With(n))
		}
	}
	if len(r.keys) == 0 && wrong == nil {
		wrong = append(wrong, noKeys.With())
	}
	if wrong != nil {
		return nil, fault.New(fault.Invalid, wrong[0], wrong[1:]...)
	}
	return r, nil
}

func parseKey(fields []string) (k key, ok bool) {
	if len(fields) != 2 || strings.Contains(fields[0], ".") {
		return k, false
	}
	secret, err := base64.StdEncoding.DecodeString(fields[1])
	return key{fields[0], secret}, err == nil && len(secret) == chacha20poly1305.KeySize
}

// Text is the ring as its file has it.
func (r *Ring) Text() []byte {
	var b bytes.Buffer
	for _, k := range r.keys {
		fmt.Fprintf(&b, "%s %s\n", k.id, base64.StdEncoding.EncodeToString(k.secret))
	}
	return b.Bytes()
}

// Names are the names of the keys, the one that seals in front.
func (r *Ring) Names() []string {
	var all []string
	if r != nil {
		for _, k := range r.keys {
			all = append(all, k.id)
		}
	}
	return all
}

// Rotated returns a ring with a new key in front of those that are there.
func (r *Ring) Rotated() *Ring { return &Ring{append([]key{newKey()}, r.keys...)} }

// Only returns a ring without the keys that are neither the first nor named.
func (r *Ring) Only(names ...string) *Ring {
	kept := &Ring{}
	for n, k := range r.keys {
		if n == 0 || slices.Contains(names, k.id) {
			kept.keys = append(kept.keys, k)
		}
	}
	return kept
}

func (r *Ring) find(id string) *key {
	for n := range r.keys {
		if r.keys[n].id == id {
			return &r.keys[n]
		}
	}
	return nil
}

// Seal seals a secret for a place. It fails with the code Unavailable where
// there is no key.
func (r *Ring) Seal(place string, secret []byte) (string, error) {
	if r == nil || len(r.keys) == 0 {
		return "", fault.New(fault.Unavailable, noRing.With())
	}
	box, err := chacha20poly1305.NewX(r.keys[0].secret)
	if err != nil {
		return "", fmt.Errorf("accounts: seal: %w", err)
	}
	nonce := make([]byte, box.NonceSize(), box.NonceSize()+len(secret)+box.Overhead())
	_, _ = rand.Read(nonce)
	head := version + "." + r.keys[0].id + "."
	return head + base64.RawURLEncoding.EncodeToString(box.Seal(nonce, nonce, secret, []byte(head+place))), nil
}

// errSealed says of a sealed text that it is none, or that of another place.
var errSealed = errors.New("accounts: what is sealed was altered, or belongs elsewhere")

// Open opens what was sealed for a place. It fails with the code Unavailable
// where the ring lacks the key, naming it, and with another error where the
// text was altered or sealed for another place.
func (r *Ring) Open(place, sealed string) ([]byte, error) {
	if r == nil {
		return nil, fault.New(fault.Unavailable, noRing.With())
	}
	name, data, ok := taken(sealed)
	if !ok {
		return nil, errSealed
	}
	k := r.find(name)
	if k == nil {
		return nil, fault.New(fault.Unavailable, keyMissing.With(name))
	}
	box, err := chacha20poly1305.NewX(k.secret)
	if err != nil || len(data) < box.NonceSize() {
		return nil, errSealed
	}
	secret, err := box.Open(nil, data[:box.NonceSize()], data[box.NonceSize():], []byte(version+"."+name+"."+place))
	if err != nil {
		return nil, errSealed
	}
	return secret, nil
}

// taken takes a sealed text apart: the name of its key, and the rest.
func taken(sealed string) (name string, data []byte, ok bool) {
	parts := strings.Split(sealed, ".")
	if len(parts) != 3 || parts[0] != version {
		return "", nil, false
	}
	data, err := base64.RawURLEncoding.DecodeString(parts[2])
	return parts[1], data, err == nil
}

// KeyOf returns the name of the key that something was sealed with, "" for what
// is not sealed.
func KeyOf(sealed string) string {
	name, _, _ := taken(sealed)
	return name
}

// Holds fails as [Ring.Open] would for the want of a key if one of the sealed
// texts needs a key that the ring lacks.
func (r *Ring) Holds(sealed ...string) error {
	for _, text := range sealed {
		if name := KeyOf(text); r == nil || r.find(name) == nil {
			return fault.New(fault.Unavailable, keyMissing.With(name))
		}
	}
	return nil
}
