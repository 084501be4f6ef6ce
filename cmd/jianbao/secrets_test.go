package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"jianbao/accounts"
	"jianbao/accounts/entry"
	"jianbao/accounts/vault"
	"jianbao/fault"
	"jianbao/mailer/relays"
)

// keyed runs secret commands on a directory that has one sealed password.
func keyed(t *testing.T) (dir string, ask func(args ...string) (int, string)) {
	t.Helper()
	dir = t.TempDir()
	err := withOffice(t.Context(), database{Dir: dir}, func(o *office) error {
		if err := (secretSettings{}).sealedIn(t.Context(), o, dir); err != nil {
			return err
		}
		set := relays.Setting{Place: relays.First, Kind: relays.SMTP, Addr: "smtp.kjj.example:465", Security: "tls", Login: "jianbao"}
		var err error
		if set.Sealed, err = o.keys.Seal(set.SealedPlace(), []byte("geheim")); err != nil {
			return err
		}
		return o.store.SaveRelay(t.Context(), set, entry.Line{Sphere: accounts.OfSystem, What: fault.Reason{Key: "x"}})
	})
	if err != nil {
		t.Fatal(err)
	}
	return dir, func(args ...string) (int, string) {
		var out, errs strings.Builder
		code := run(t.Context(), append(append([]string{"secret"}, args...), "--dir", dir), &out, &errs)
		return code, out.String() + errs.String()
	}
}

func passwordIn(t *testing.T, dir string) (string, error) {
	t.Helper()
	var text []byte
	err := withOffice(t.Context(), database{Dir: dir}, func(o *office) error {
		if err := (secretSettings{}).sealedIn(t.Context(), o, dir); err != nil {
			return err
		}
		all, err := o.store.Relays(context.Background())
		if err == nil {
			text, err = o.keys.Open(all[0].SealedPlace(), all[0].Sealed)
		}
		return err
	})
	return string(text), err
}

func TestKeysAreRotated(t *testing.T) {
	dir, ask := keyed(t)
	path := filepath.Join(dir, "secrets.key")
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v %v", info.Mode(), err)
	}
	if code, said := ask("rotate"); code != 0 || !strings.Contains(said, "1") {
		t.Fatalf("%d %s", code, said)
	}
	after, _ := os.ReadFile(path)
	if got, err := passwordIn(t, dir); got != "geheim" || err != nil || string(after) == string(before) {
		t.Errorf("%q %v", got, err)
	}
	if code, said := ask("show", "--json"); code != 0 || !strings.Contains(said, `"sealed": 1`) || strings.Contains(said, "missing") {
		t.Errorf("%d %s", code, said)
	}
	raw, _ := os.ReadFile(filepath.Join(dir, databaseFile))
	if strings.Contains(string(raw), "geheim") {
		t.Error("the password is in the database")
	}
}

func TestALostKeyFileIsSaidAndNotMadeAnew(t *testing.T) {
	dir, ask := keyed(t)
	path := filepath.Join(dir, "secrets.key")
	if err := os.Rename(path, path+".away"); err != nil {
		t.Fatal(err)
	}
	if _, err := passwordIn(t, dir); !fault.Is(err, fault.Unavailable) || !strings.Contains(err.Error(), path) {
		t.Errorf("without the file: %v", err)
	}
	if _, err := os.Stat(path); err == nil {
		t.Error("a new file was made")
	}
	if code, said := ask("show"); code != 0 || !strings.Contains(said, keyMissing.ZH) {
		t.Errorf("%d %s", code, said)
	}
	if err := os.WriteFile(path, vault.New().Text(), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := passwordIn(t, dir); !fault.Is(err, fault.Unavailable) {
		t.Errorf("with another file: %v", err)
	}
	if err := os.Rename(path+".away", path); err != nil {
		t.Fatal(err)
	}
	if code, said := ask("forget"); code != 0 || !strings.Contains(said, path) {
		t.Errorf("nothing to forget: %d %s", code, said)
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if code, said := ask("forget"); code != 0 || !strings.Contains(said, "1") {
		t.Errorf("%d %s", code, said)
	}
	if code, _ := ask("rotate"); code != 0 {
		t.Error("it cannot begin anew")
	}
}
