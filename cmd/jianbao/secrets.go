package main

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"jianbao/accounts"
	"jianbao/accounts/entry"
	"jianbao/accounts/vault"
	"jianbao/fault"
)

// secretSettings say where the keys are that seal secrets in the database.
type secretSettings struct {
	SecretsKey string `name:"secrets-key" group:"data" placeholder:"FILE" env:"JIANBAO_SECRETS_KEY" zh:"加密动态口令和中继密码的密钥文件，第一次用时生成；不写就是数据目录里的 secrets.key。它不在数据库和备份里，请另外保存：丢了，加密的资料就读不出来。几台机器共用一个数据库时，须各有这个文件的同一份。" help:"File of the keys that seal one-time codes and passwords of relays in the database, made at first use; secrets.key in --dir, if empty. It is in no backup: keep it elsewhere, for without it what is sealed is lost. Machines that share a database need the same file."`
}

func (s secretSettings) file(dir string) string {
	if s.SecretsKey != "" {
		return s.SecretsKey
	}
	return filepath.Join(dir, "secrets.key")
}

var (
	keyFileGone = fault.Say("cmd.secrets-gone", "密钥文件%s不见了，而数据库里有%d项用它加密的资料；请找回原来的文件（jianbao secret forget 放弃这些资料，重新生成）", "the key file %s is gone, and the database has %d things that it sealed; bring it back (or give them up with jianbao secret forget, and begin anew)")
	keyFileBad  = fault.Say("cmd.secrets-bad", "密钥文件%s用不了", "the key file %s cannot be used")
	keyFileMake = fault.Say("cmd.secrets-make", "密钥文件%s写不了", "the key file %s cannot be written")
)

// ringIn reads the key file. Where there is none it is made, unless something in
// the database needs the one that was there.
func ringIn(path string, sealed []string) (*vault.Ring, error) {
	raw, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		if len(sealed) > 0 {
			return nil, fault.New(fault.Unavailable, keyFileGone.With(path, len(sealed)))
		}
		if err := makeRing(path); err != nil && !errors.Is(err, fs.ErrExist) {
			return nil, fault.New(fault.Unavailable, keyFileMake.With(path)).Because(err)
		}
		raw, err = os.ReadFile(path) // perhaps another process's, who was first
	}
	if err != nil {
		return nil, fault.New(fault.Unavailable, keyFileBad.With(path)).Because(err)
	}
	ring, err := parseRing(path, raw)
	if err != nil {
		return nil, err
	}
	return ring, ring.Holds(sealed...)
}

// parseRing reads what a key file says.
func parseRing(path string, raw []byte) (*vault.Ring, error) {
	ring, err := vault.Parse(raw)
	if e := fault.As(err); e != nil {
		return nil, fault.New(fault.Invalid, keyFileBad.With(path), append([]fault.Reason{e.Message}, e.Reasons...)...)
	}
	return ring, err
}

// makeRing makes the file with one key, whole or not at all, and never over
// another.
func makeRing(path string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	draft, err := draftOf(path, vault.New())
	if err != nil {
		return err
	}
	defer os.Remove(draft)
	return os.Link(draft, path)
}

// draftOf writes a ring beside the file that it is for, to be put in its place.
func draftOf(path string, ring *vault.Ring) (string, error) {
	draft, err := os.CreateTemp(filepath.Dir(path), ".secrets-*") // 0600
	if err != nil {
		return "", err
	}
	_, err = draft.Write(ring.Text())
	return draft.Name(), errors.Join(err, draft.Sync(), draft.Close())
}

// replaceRing writes a ring over the file, in one step.
func replaceRing(path string, ring *vault.Ring) error {
	draft, err := draftOf(path, ring)
	if err == nil {
		err = os.Rename(draft, path)
	}
	if err != nil {
		_ = os.Remove(draft)
		return fault.New(fault.Unavailable, keyFileMake.With(path)).Because(err)
	}
	return nil
}

// sealedIn opens an office with its keys.
func (s secretSettings) sealedIn(ctx context.Context, o *office, dir string) error {
	sealed, err := o.store.Sealed(ctx)
	if err != nil {
		return err
	}
	ring, err := ringIn(s.file(dir), sealed)
	o.keys = &keyFile{path: s.file(dir), ring: ring}
	return err
}

// secret is what is done about the keys that seal secrets.
type secret struct {
	Show   secretShow   `cmd:"" help:"Say which keys there are, and how much each has sealed."`
	Rotate secretRotate `cmd:"" help:"Make a new key, seal everything anew with it, and drop the old ones."`
	Forget secretForget `cmd:"" help:"Give up everything that is sealed, because the key file is lost."`
}

type secretShow struct {
	database
	secretSettings
	JSON bool `name:"json" help:"Print one JSON array."`
}

// A listedKey is a key as --json prints it.
type listedKey struct {
	Name    string `json:"name"`
	Seals   bool   `json:"seals"` // it is the one that seals
	Sealed  int    `json:"sealed"`
	Missing bool   `json:"missing,omitempty"` // of the file
}

var (
	keySeals   = fault.Say("cmd.secret.seals", "现用", "in use")
	keyOld     = fault.Say("cmd.secret.old", "旧", "old")
	keyMissing = fault.Say("cmd.secret.missing", "文件里没有", "not in the file")
	keyCount   = fault.Say("cmd.secret.count", "%s  %s  加密了%d项", "%s  %s  has sealed %d")
	rotated    = fault.Say("cmd.secret.rotated", "已换用密钥%s，重新加密了%d项。本机正在运行的进程会自己换用；其他机器请马上把%s复制过去，也不必重新启动", "the key is %s now, %d things were sealed anew. Processes on this machine take it up by themselves; copy %s to the other machines at once, where nothing has to be started again either")
	saidRotate = fault.Say("cmd.secret.said-rotate", "更换了加密密钥", "changed the key that seals secrets")
	saidForget = fault.Say("cmd.secret.said-forget", "放弃了%d项加密的资料（动态口令、中继密码）", "gave up %d sealed things (one-time codes, passwords of relays)")
	forgotten  = fault.Say("cmd.secret.forgotten", "已放弃%d项加密的资料；有关人员须重新设置动态口令，中继须重填密码", "gave up %d sealed things; one-time codes have to be set up anew, and passwords of relays entered again")
	notForgot  = fault.Say("cmd.secret.not-lost", "密钥文件%s还在，能读出全部加密的资料，没有放弃什么", "the key file %s is there and opens everything; nothing was given up")
)

// Run lists the keys, the one that seals in front.
func (k *secretShow) Run(ctx context.Context, c *console) error {
	return withOffice(ctx, k.database, func(o *office) error {
		sealed, err := o.store.Sealed(ctx)
		if err != nil {
			return err
		}
		raw, err := os.ReadFile(k.file(k.Dir))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fault.New(fault.Unavailable, keyFileBad.With(k.file(k.Dir))).Because(err)
		}
		ring := &vault.Ring{}
		if err == nil {
			if ring, err = vault.Parse(raw); err != nil {
				return err
			}
		}
		all := listedKeys(ring.Names(), sealed)
		if k.JSON {
			return printJSON(c.Out, all)
		}
		for _, key := range all {
			c.line(keyCount.With(key.Name, key.state(), key.Sealed))
		}
		return nil
	})
}

func (k listedKey) state() fault.Reason {
	switch {
	case k.Missing:
		return keyMissing.With()
	case k.Seals:
		return keySeals.With()
	}
	return keyOld.With()
}

func listedKeys(names, sealed []string) []listedKey {
	all := []listedKey{}
	for n, name := range names {
		all = append(all, listedKey{Name: name, Seals: n == 0})
	}
	for _, text := range sealed {
		name := vault.KeyOf(text)
		n := slices.IndexFunc(all, func(k listedKey) bool { return k.Name == name })
		if n < 0 {
			all, n = append(all, listedKey{Name: name, Missing: true}), len(all)
		}
		all[n].Sealed++
	}
	return all
}

type secretRotate struct {
	spoken
	database
	secretSettings
}

// Run puts a new key in front, seals everything with it, and only then drops the
// old ones: broken off anywhere, the file opens all that is sealed.
func (k *secretRotate) Run(ctx context.Context, c *console) error {
	return withOffice(ctx, k.database, func(o *office) error {
		if err := k.sealedIn(ctx, o, k.Dir); err != nil {
			return err
		}
		next := o.keys.now().Rotated()
		if err := replaceRing(k.file(k.Dir), next); err != nil {
			return err
		}
		n, err := o.store.Reseal(ctx, func(place, sealed string) (string, error) {
			text, err := next.Open(place, sealed)
			if err != nil {
				return "", err
			}
			return next.Seal(place, text)
		}, entry.Line{Sphere: accounts.OfSecurity, What: saidRotate.With()})
		if err != nil {
			return err
		}
		left, err := k.needed(ctx, o)
		if err != nil {
			return err
		}
		if err := replaceRing(k.file(k.Dir), next.Only(left...)); err != nil {
			return err
		}
		c.line(rotated.With(next.Names()[0], n, k.file(k.Dir)))
		return nil
	})
}

// needed are the keys that something is sealed with still: somebody who was at it
// with the old key may have come behind. Those stay, until the next change.
func (k *secretRotate) needed(ctx context.Context, o *office) (names []string, err error) {
	sealed, err := o.store.Sealed(ctx)
	for _, text := range sealed {
		names = append(names, vault.KeyOf(text))
	}
	return names, err
}

type secretForget struct {
	spoken
	database
	secretSettings
}

// Run gives up what is sealed, unless the file opens it all the same.
func (k *secretForget) Run(ctx context.Context, c *console) error {
	return withOffice(ctx, k.database, func(o *office) error {
		if err := k.sealedIn(ctx, o, k.Dir); err == nil {
			c.line(notForgot.With(k.file(k.Dir)))
			return nil
		}
		sealed, err := o.store.Sealed(ctx)
		if err != nil {
			return err
		}
		n, err := o.store.ForgetSealed(ctx, entry.Line{Sphere: accounts.OfSecurity, What: saidForget.With(len(sealed))})
		if err != nil {
			return err
		}
		c.line(forgotten.With(n))
		return nil
	})
}
