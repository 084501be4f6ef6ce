package history

import (
	"crypto/ed25519"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"jianbao/fault"
)

var (
	badKey   = fault.Say("history.bad-key", "签名密钥文件%s读不出来；它应是 PEM 格式的 Ed25519 私钥", "the key file %s cannot be read; it holds an Ed25519 private key as PEM")
	openKey  = fault.Say("history.open-key", "签名密钥文件%s别人也能读；请改为只有本程序的账号能读（chmod 600）", "others may read the key file %s; let only the program's account read it (chmod 600)")
	noNewKey = fault.Say("history.no-new-key", "签名密钥文件%s建不了", "the key file %s cannot be made")
)

// KeyIn returns the key that a file holds (PKCS #8 as PEM, RFC 5958 and 8410).
// Where there is no file it makes a key and keeps it there, readable by its
// owner alone. It fails with fault.Invalid if the file holds something else or
// others may read it, and with fault.Unavailable if none can be made.
func KeyIn(path string) (ed25519.PrivateKey, error) {
	key, err := readKey(path)
	if !errors.Is(err, fs.ErrNotExist) {
		return key, err
	}
	if err := makeKey(path); err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, fault.New(fault.Unavailable, noNewKey.With(path)).Because(err)
	}
	return readKey(path) // perhaps another process's, who was first
}

func readKey(path string) (ed25519.PrivateKey, error) {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	if err == nil && info.Mode().Perm()&0o077 != 0 {
		return nil, fault.New(fault.Invalid, openKey.With(path))
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, fault.New(fault.Invalid, badKey.With(path)).Because(err)
	}
	block, _ := pem.Decode(raw)
	if block == nil {
		return nil, fault.New(fault.Invalid, badKey.With(path))
	}
	parsed, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	key, ok := parsed.(ed25519.PrivateKey)
	if err != nil || !ok {
		return nil, fault.New(fault.Invalid, badKey.With(path)).Because(err)
	}
	return key, nil
}

// makeKey makes a key file, whole or not at all, and never over another.
func makeKey(path string) error {
	_, key, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return fmt.Errorf("history: make a key: %w", err)
	}
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return fmt.Errorf("history: write a key: %w", err)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	draft, err := os.CreateTemp(filepath.Dir(path), ".key-*") // 0600
	if err != nil {
		return err
	}
	defer os.Remove(draft.Name())
	if err := errors.Join(pem.Encode(draft, &pem.Block{Type: "PRIVATE KEY", Bytes: der}), draft.Sync(), draft.Close()); err != nil {
		return err
	}
	return os.Link(draft.Name(), path)
}
