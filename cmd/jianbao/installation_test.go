package main

import (
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"jianbao/fault"
	"jianbao/mailer/sink"
)

// TestACopiedDatabaseSendsNothing until somebody says that it is here to stay.
func TestACopiedDatabaseSendsNothing(t *testing.T) {
	onBoth(t, func(t *testing.T, db string) {
		t.Parallel()
		box, err := sink.Start("127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		defer box.Close()
		o, issue := largeOffice(t.Context(), t, db)
		if err := o.close(); err != nil {
			t.Fatal(err)
		}
		here, there := filepath.Join(t.TempDir(), "here"), filepath.Join(t.TempDir(), "there")
		if code, _, errs := ran(t, "adopt", "--db", db, "--installation", there); code != 0 {
			t.Fatal(errs)
		}
		p := start(t, "serve", "--db", db, "--listen", "127.0.0.1:0", "--relay", box.Addr(), "--relay-tls", "none", "--installation", here)
		p.says(t, "请运行 jianbao adopt")
		site := strings.TrimSpace(p.says(t, "简报已启动："))
		p.says(t, "scheduler: sends nothing")
		if status, said := fetched(t, site+"/readyz"); status != http.StatusServiceUnavailable || !strings.Contains(said, "another installation") {
			t.Errorf("/readyz: %d %s", status, said)
		}
		if n := box.Count(); n != 0 {
			t.Errorf("%d letters went out", n)
		}
		if code, out, errs := ran(t, "adopt", "--db", db, "--installation", here); code != 0 || !strings.Contains(out, "请确认那一处已停用") {
			t.Fatal(out, errs)
		}
		o = finished(t, db, issue)
		defer o.close()
		if status, _ := fetched(t, site+"/readyz"); status != http.StatusOK || box.Count() != crashUnits+4 {
			t.Errorf("adopted: %d, %d letters", status, box.Count())
		}
		p.stop(t)
	})
}

func fetched(t *testing.T, address string) (int, string) {
	t.Helper()
	answer, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, string(body)
}

func TestTheInstallationFile(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	first, err := installationSettings{}.machineIn(dir)
	again, failed := installationSettings{}.machineIn(dir)
	if err != nil || failed != nil || first.id != again.id || first.id == "" || len(first.tickets) != 32 {
		t.Errorf("%v %v, then %v %v", first, err, again, failed)
	}
	info, err := os.Stat(filepath.Join(dir, "installation"))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the file: %v %v", info, err)
	}
	other, err := installationSettings{}.machineIn(t.TempDir())
	if err != nil || other.id == first.id {
		t.Errorf("another machine is %q, too: %v", other.id, err)
	}
	bad := filepath.Join(dir, "bad")
	if err := os.WriteFile(bad, []byte("zz"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := (installationSettings{Installation: bad}).machineIn(dir); !fault.Is(err, fault.Invalid) {
		t.Errorf("a bad file: %v", err)
	}
}
