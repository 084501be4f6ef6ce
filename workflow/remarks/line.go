package remarks

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"time"

	"github.com/google/uuid"

	"jianbao/fault"
)

// A Line is a line of a remark's history, hashed with the one before it.
type Line struct {
	ID     uuid.UUID `json:"id"`
	Remark uuid.UUID `json:"remark"`
	Seq    int       `json:"seq"`
	At     time.Time `json:"at"`
	By     uuid.UUID `json:"by"`
	Name   string    `json:"name"`
	Act    Act       `json:"act"`
	From   State     `json:"from,omitempty"`
	To     State     `json:"to"`
	Note   string    `json:"note,omitempty"`
	Prev   string    `json:"prev,omitempty"`
	Hash   string    `json:"-"`
}

// sum returns the hash of the line, which covers the hash of the one before.
func (l Line) sum() string {
	raw, err := json.Marshal(l)
	if err != nil {
		panic("remarks: a line cannot be hashed: " + err.Error()) // plain data always marshals
	}
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:])
}

var sayBroken = fault.Say("remarks.broken-chain", "批示的第%d条历史记录被改动过", "line %d of the remark's history was tampered with")

// Verify checks a remark's whole history; it fails with fault.Internal and the
// number of the first line that does not fit.
func Verify(r Remark, lines []Line) error {
	prev := ""
	for n, l := range lines {
		if l.Seq != n+1 || l.Prev != prev || l.sum() != l.Hash {
			return fault.New(fault.Internal, sayBroken.With(n+1))
		}
		prev = l.Hash
	}
	if len(lines) != r.Lines || prev != r.Head {
		return fault.New(fault.Internal, sayBroken.With(len(lines)+1))
	}
	return nil
}
