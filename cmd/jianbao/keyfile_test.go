package main

import (
	"log/slog"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"jianbao/accounts/vault"
	"jianbao/fault"
)

// withKeys is an office of a process that runs over the data of dir, with a key
// file of its machine.
func withKeys(t *testing.T, dir, keys string) *office {
	t.Helper()
	o, err := open(t.Context(), filepath.Join(dir, databaseFile), slog.New(slog.NewTextHandler(t.Output(), nil)))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = o.close() })
	if err := (secretSettings{SecretsKey: keys}).sealedIn(t.Context(), o, dir); err != nil {
		t.Fatal(err)
	}
	return o
}

// password opens the one password that the database of keyed has.
func (o *office) password(t *testing.T) (string, error) {
	t.Helper()
	all, err := o.store.Relays(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	text, err := o.keys.Open(all[0].SealedPlace(), all[0].Sealed)
	return string(text), err
}

// TestProcessesThatRunTakeUpNewKeys: two processes run while the keys change;
// each opens and seals with the new key, and nobody has to start them again.
func TestProcessesThatRunTakeUpNewKeys(t *testing.T) {
	dir, ask := keyed(t)
	file := filepath.Join(dir, "secrets.key")
	first, second := withKeys(t, dir, file), withKeys(t, dir, file)
	for range 2 {
		if code, said := ask("rotate"); code != 0 {
			t.Fatal(said)
		}
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		now, err := vault.Parse(raw)
		if err != nil || len(now.Names()) != 1 {
			t.Fatalf("%v %v", now.Names(), err)
		}
		text, err := second.keys.Seal("totp x", []byte("neu")) // who seals first has opened nothing yet
		if err != nil || vault.KeyOf(text) != now.Names()[0] {
			t.Errorf("sealed with %s, %v; the file has %v", vault.KeyOf(text), err, now.Names())
		}
		if secret, err := first.keys.Open("totp x", text); string(secret) != "neu" || err != nil {
			t.Errorf("the other process opens %q, %v", secret, err)
		}
		for _, o := range []*office{first, second} {
			if got, err := o.password(t); got != "geheim" || err != nil {
				t.Errorf("a process that runs opens %q, %v", got, err)
			}
		}
	}
}

// TestAMachineWithoutTheNewKeySaysSo: another machine has a copy of the file. It
// is not ready until it has the new one, says which key it lacks, and then goes on.
func TestAMachineWithoutTheNewKeySaysSo(t *testing.T) {
	dir, ask := keyed(t)
	raw, err := os.ReadFile(filepath.Join(dir, "secrets.key"))
	if err != nil {
		t.Fatal(err)
	}
	there := filepath.Join(t.TempDir(), "secrets.key")
	if err := os.WriteFile(there, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	o := withKeys(t, dir, there)
	ready := func() (int, string) {
		w := httptest.NewRecorder()
		o.readiness(w, httptest.NewRequest("GET", "/readyz", nil))
		return w.Code, w.Body.String()
	}
	if code, said := ready(); code != 200 || !strings.Contains(said, "keys: ok") {
		t.Errorf("%d %s", code, said)
	}
	if code, said := ask("rotate"); code != 0 {
		t.Fatal(said)
	}
	raw, err = os.ReadFile(filepath.Join(dir, "secrets.key"))
	if err != nil {
		t.Fatal(err)
	}
	name, _, _ := strings.Cut(string(raw), " ")
	if code, said := ready(); code != 503 || !strings.Contains(said, name) {
		t.Errorf("without the key %s: %d %s", name, code, said)
	}
	if _, err := o.password(t); !fault.Is(err, fault.Unavailable) {
		t.Errorf("without the key: %v", err)
	}
	if code, said := ask("show", "--secrets-key", there); code != 0 || !strings.Contains(said, name+"  "+keyMissing.ZH) {
		t.Errorf("%d %s", code, said)
	}
	if err := os.WriteFile(there, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	if code, said := ready(); code != 200 {
		t.Errorf("with the new file: %d %s", code, said)
	}
	if got, err := o.password(t); got != "geheim" || err != nil {
		t.Errorf("with the new file it opens %q, %v", got, err)
	}
	if err := os.Remove(there); err != nil {
		t.Fatal(err)
	}
	if _, err := o.keys.Seal("totp x", []byte("x")); !fault.Is(err, fault.Unavailable) {
		t.Errorf("what is sealed with a key that is in no file is lost with the process: %v", err)
	}
}
