package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"jianbao/mailer"
)

func TestAKeyIsMadeAndUsed(t *testing.T) {
	for _, kind := range []string{"rsa", "ed25519"} {
		file := filepath.Join(t.TempDir(), "dkim.key")
		code, out, errs := ran(t, "dkim", "new", "--key", file, "--domain", "kjj.example", "--selector", "jb2026", "--kind", kind)
		info, err := os.Stat(file)
		if code != 0 || err != nil || info.Mode().Perm() != 0o600 || !strings.HasPrefix(out, `jb2026._domainkey.kjj.example. IN TXT "v=DKIM1; k=`+kind+`; p=`) {
			t.Fatalf("%d %v %s%s", code, err, out, errs)
		}
		if code, again, _ := ran(t, "dkim", "show", "--key", file, "--domain", "kjj.example", "--selector", "jb2026"); code != 0 || again != out {
			t.Errorf("shown as %s", again)
		}
		if code, _, errs := ran(t, "dkim", "new", "--key", file, "--domain", "kjj.example"); code != 1 || !strings.Contains(errs, file) {
			t.Errorf("a key was overwritten: %d, %s", code, errs)
		}
	}
	if code, _, errs := ran(t, "dkim", "new", "--key", filepath.Join(t.TempDir(), "k"), "--domain", "a b"); code != 1 || !strings.Contains(errs, "a b") {
		t.Errorf("%d %s", code, errs)
	}
}

// TestEverythingOfTheEngineIsSet: what serve sends with is what was set.
func TestEverythingOfTheEngineIsSet(t *testing.T) {
	key := filepath.Join(t.TempDir(), "dkim.key")
	ran(t, "dkim", "new", "--key", key, "--domain", "kjj.example", "--kind", "ed25519")
	got := settled(t, "--relay", "smtp.163.com:465", "--relay-tls", "tls", "--connections", "3", "--relay-window", "4", "--mail-policy", "resend",
		"--return-path", "j+*@kjj.example", "--second-relay", "10.0.0.1:25", "--second-relay-tls", "none", "--relay-per-minute", "40", "--dials-per-minute", "8", "--domain-dials-per-minute", "4",
		"--letters-per-connection", "7", "--relay-timeout", "30s", "--reply-timeout", "1m", "--lease", "1m", "--dkim-key", key, "--dkim-domain", "kjj.example")
	p, err := got.posting()
	if err != nil {
		t.Fatal(err)
	}
	e := p.engine()
	if e.Relay.Security != mailer.TLS || e.Second.Addr != "10.0.0.1:25" || e.Second.Security != mailer.Plain || e.Window != 4 || e.Connections != 3 || e.Policy != mailer.Resend ||
		e.ReturnPath != "j+*@kjj.example" || e.Relay.Timeout.String() != "30s" || e.Relay.ReplyTimeout.String() != "1m0s" || e.Lease.String() != "1m0s" || p.dkim == nil {
		t.Errorf("%+v", e)
	}
	want := mailer.NetEase
	want.Relay, want.Dials, want.DomainDials, want.PerConnection = mailer.Rate{PerMinute: 40, Burst: 10}, mailer.Rate{PerMinute: 8, Burst: 2}, mailer.Rate{PerMinute: 4, Burst: 1}, 7
	if e.Profile != want {
		t.Errorf("%+v", e.Profile)
	}
	for _, wrong := range [][]string{{"--connections", "0"}, {"--relay-window", "65"}, {"--dials-per-minute=-1"}, {"--domain-dials-per-minute=-1"}, {"--relay-ca", key}, {"--relay-cert", key}, {"--return-path", "a@b.example"}, {"--dkim-key", key}, {"--second-relay", "x"}} {
		if _, err := settled(t, append([]string{"--relay", "mail.example:25"}, wrong...)...).posting(); err == nil {
			t.Errorf("%v passes", wrong)
		}
	}
}
