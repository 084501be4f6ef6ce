package history

import (
	"bytes"
	"cmp"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/google/uuid"

	"jianbao/workflow"
)

// A Line is one event as the books keep it.
type Line struct {
	Seq  int // 1-based
	At   time.Time
	Act  workflow.Act
	Raw  string // JSON, byte for byte as it was hashed
	Hash string
}

// A Chain is what the books have of the history of one issue.
type Chain struct {
	Link
	// Kept reports that the issue itself is there: then Count and Head are what
	// it says of its history, otherwise zero.
	Kept  bool
	Lines []Line // in the order of Seq
}

// A Link says how far the chain of an issue is.
type Link struct {
	Issue uuid.UUID `json:"issue"`
	Name  string    `json:"name,omitempty"` // what people call the issue
	Count int       `json:"count"`          // lines
	Head  string    `json:"head"`           // the hash of the last one
}

// A Root says how far every chain was at some time.
type Root struct {
	Seq    int       `json:"seq"` // 1-based
	At     time.Time `json:"at"`
	Prev   string    `json:"prev"` // the hash of the root before, or ""
	Chains int       `json:"chains"`
	Events int       `json:"events"`
	All    string    `json:"all"`   // over the links of all chains
	Links  []Link    `json:"links"` // those that are not as the roots before left them
	Key    []byte    `json:"key"`   // the public key that it was signed with
}

// A Sealed is a root as it is kept: the bytes that were signed.
type Sealed struct {
	Raw       json.RawMessage `json:"root"`
	Hash      string          `json:"hash"` // SHA-256 of Raw, hex
	Signature []byte          `json:"signature"`
}

// sealed marks what the key signs as a root, so that a signature means nothing
// elsewhere.
const sealed = "jianbao root\n"

// Next returns the root that comes after others: of all chains at a time. It
// fails if one of the roots before cannot be read.
func Next(before []Sealed, now []Link, at time.Time, key ed25519.PrivateKey) (Sealed, error) {
	known, prev := fold{}, ""
	for _, s := range before {
		root, err := s.Root()
		if err != nil {
			return Sealed{}, err
		}
		known.add(root.Links)
		prev = s.Hash
	}
	root := Root{
		Seq: len(before) + 1, At: at.UTC().Truncate(time.Microsecond), Prev: prev, Links: []Link{},
		Key: key.Public().(ed25519.PublicKey),
	}
	for _, l := range now {
		if old := known[l.Issue]; old.Count != l.Count || old.Head != l.Head {
			root.Links = append(root.Links, l)
		}
	}
	known.add(root.Links)
	root.Chains, root.Events, root.All = known.sum()
	raw, err := json.Marshal(root)
	if err != nil {
		return Sealed{}, fmt.Errorf("history: root %d: %w", root.Seq, err)
	}
	return Sealed{Raw: raw, Hash: hashOf(raw), Signature: ed25519.Sign(key, append([]byte(sealed), raw...))}, nil
}

// Root reads what was signed.
func (s Sealed) Root() (root Root, err error) {
	if err := json.Unmarshal(s.Raw, &root); err != nil {
		return root, fmt.Errorf("history: a root cannot be read: %w", err)
	}
	return root, nil
}

// signed reports whether a key signed the bytes, and the hash is theirs.
func (s Sealed) signed(key ed25519.PublicKey) bool {
	return len(key) == ed25519.PublicKeySize && s.Hash == hashOf(s.Raw) &&
		ed25519.Verify(key, append([]byte(sealed), s.Raw...), s.Signature)
}

// same reports whether two are the same, byte for byte.
func (s Sealed) same(t Sealed) bool {
	return s.Hash == t.Hash && bytes.Equal(s.Raw, t.Raw) && bytes.Equal(s.Signature, t.Signature)
}

// Line returns the root as a line of the file, without its end.
func (s Sealed) Line() (string, error) {
	var b bytes.Buffer
	out := json.NewEncoder(&b)
	out.SetEscapeHTML(false) // Raw stays as it is
	if err := out.Encode(s); err != nil {
		return "", fmt.Errorf("history: a root cannot be written: %w", err)
	}
	return string(bytes.TrimSuffix(b.Bytes(), []byte("\n"))), nil
}

// ReadSealed reads a line of the file.
func ReadSealed(line string) (s Sealed, err error) {
	if err := json.Unmarshal([]byte(line), &s); err != nil {
		return s, fmt.Errorf("history: a root cannot be read: %w", err)
	}
	return s, nil
}

func hashOf(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// A fold is the last known link of every chain.
type fold map[uuid.UUID]Link

func (f fold) add(links []Link) {
	for _, l := range links {
		f[l.Issue] = l
	}
}

// sum returns how many chains and events there are, and a hash over all links.
func (f fold) sum() (chains, events int, all string) {
	h := sha256.New()
	links := slices.SortedFunc(maps.Values(f), func(a, b Link) int { return cmp.Compare(a.Issue.String(), b.Issue.String()) })
	for _, l := range links {
		fmt.Fprintf(h, "%s %d %s\n", l.Issue, l.Count, l.Head)
		events += l.Count
	}
	return len(links), events, hex.EncodeToString(h.Sum(nil))
}
