package hooks

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"strconv"
	"time"

	"github.com/google/uuid"
)

// A Key makes the secrets of all targets. It is 32 bytes that are kept outside
// of the database, the same wherever messages are sent.
type Key []byte

// A Secret is what a target and this program share.
type Secret []byte

// Secret returns the secret of a target in a generation. It is made from the key
// and is in no table, so that whoever reads the database can sign nothing.
func (k Key) Secret(target uuid.UUID, generation int) Secret {
	mac := hmac.New(sha256.New, k)
	mac.Write([]byte("webhook"))
	mac.Write(target[:])
	_ = binary.Write(mac, binary.BigEndian, int64(generation)) // a hash takes everything
	return mac.Sum(nil)
}

// String returns the secret as receivers enter it (Standard Webhooks 1.0.0,
// "Signature scheme").
func (s Secret) String() string { return "whsec_" + base64.StdEncoding.EncodeToString(s) }

// Sign returns the signature of a message: HMAC-SHA256 over id, seconds since
// 1970 and body, with dots between.
func (s Secret) Sign(id string, at time.Time, body []byte) string {
	mac := hmac.New(sha256.New, s)
	mac.Write([]byte(id + "." + strconv.FormatInt(at.Unix(), 10) + "."))
	mac.Write(body)
	return "v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

// Overlap is how long the secret before signs beside a new one.
const Overlap = 24 * time.Hour

// signatures are all that a message is sent with, parted by spaces.
func (k Key) signatures(t Target, id string, at time.Time, body []byte) string {
	signed := k.Secret(t.ID, t.Generation).Sign(id, at, body)
	if t.Generation > 1 && at.Before(t.Renewed.Add(Overlap)) {
		signed += " " + k.Secret(t.ID, t.Generation-1).Sign(id, at, body)
	}
	return signed
}
