package main

import (
	"os"
	"sync"

	"jianbao/accounts/vault"
	"jianbao/fault"
)

// A keyFile is the keys that seal secrets, as their file has them now: keys that
// are changed (jianbao secret rotate), or copied here from another machine, are
// taken up by the processes that run. The nil keyFile has no keys.
type keyFile struct {
	path  string
	mutex sync.Mutex
	ring  *vault.Ring // as it was read last
}

// again reads the file. What cannot be read leaves the keys as they were.
func (k *keyFile) again() (*vault.Ring, error) {
	k.mutex.Lock()
	defer k.mutex.Unlock()
	if k.path == "" {
		return k.ring, nil
	}
	raw, err := os.ReadFile(k.path)
	if err != nil {
		return k.ring, fault.New(fault.Unavailable, keyFileBad.With(k.path)).Because(err)
	}
	ring, err := parseRing(k.path, raw)
	if err != nil {
		return k.ring, err
	}
	k.ring = ring
	return ring, nil
}

func (k *keyFile) now() *vault.Ring {
	if k == nil {
		return nil
	}
	k.mutex.Lock()
	defer k.mutex.Unlock()
	return k.ring
}

// Seal seals a secret for a place with the key that is in front in the file now.
// It fails as [vault.Ring.Seal] does, and where the file cannot be read: what is
// sealed with a key that is in no file any more is lost when the process ends.
func (k *keyFile) Seal(place string, secret []byte) (string, error) {
	if k == nil {
		return k.now().Seal(place, secret)
	}
	ring, err := k.again()
	if err != nil {
		return "", err
	}
	return ring.Seal(place, secret)
}

// Open opens what was sealed for a place. It fails as [vault.Ring.Open] does,
// for the want of a key only once the file was read again.
func (k *keyFile) Open(place, sealed string) ([]byte, error) {
	text, err := k.now().Open(place, sealed)
	if k == nil || !fault.Is(err, fault.Unavailable) {
		return text, err
	}
	ring, failed := k.again()
	if failed != nil {
		return nil, failed
	}
	return ring.Open(place, sealed)
}

// Holds fails as [vault.Ring.Holds] does for the keys that the file has now.
func (k *keyFile) Holds(sealed ...string) error {
	if k == nil || k.now().Holds(sealed...) == nil {
		return nil
	}
	ring, err := k.again()
	if err != nil {
		return err
	}
	return ring.Holds(sealed...)
}
