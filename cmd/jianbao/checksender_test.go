package main

import (
	"context"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"jianbao/fault"
	"jianbao/mailer"
)

// zones are TXT records by name; what is not there is not found.
type zones map[string][]string

func (z zones) LookupTXT(_ context.Context, name string) ([]string, error) {
	if found, ok := z[name]; ok {
		return found, nil
	}
	return nil, &net.DNSError{Err: "no such host", Name: name, IsNotFound: true}
}

// cut off is a machine without a way out.
type cutOff struct{}

func (cutOff) LookupTXT(_ context.Context, name string) ([]string, error) {
	return nil, &net.DNSError{Err: "server misbehaving", Name: name, IsTemporary: true}
}

func TestWhatTheDNSSaysOfASender(t *testing.T) {
	raw, err := mailer.NewDKIMKey(false)
	if err != nil {
		t.Fatal(err)
	}
	key, err := mailer.ReadDKIM("kjj.example", "jb", raw)
	if err != nil {
		t.Fatal(err)
	}
	name, value := key.Record()
	long := []string{strings.Replace(value, "p=", "p= ", 1)}
	spf, dmarc := []string{"x", "v=spf1 mx -all"}, []string{"v=DMARC1; p=none"}
	for what, c := range map[string]struct {
		zones resolver
		key   *mailer.DKIM
		want  condition
		says  string
	}{
		"all of it":     {zones{"kjj.example": spf, "_dmarc.kjj.example": dmarc, name: long}, key, fine, "DKIM"},
		"no key here":   {zones{"kjj.example": spf, "_dmarc.kjj.example": dmarc}, nil, fine, "可由中继签"},
		"DMARC above":   {zones{"kjj.example": spf, "_dmarc.example": nil, "_dmarc.kjj.example": dmarc}, nil, fine, "SPF"},
		"no SPF":        {zones{"kjj.example": {"v=spf10"}, "_dmarc.kjj.example": dmarc}, nil, note, `kjj.example. IN TXT "v=spf1 mx a:mail.kjj.example ~all"`},
		"two of SPF":    {zones{"kjj.example": {"v=spf1 -all", "v=spf1 mx"}, "_dmarc.kjj.example": dmarc}, nil, bad, "2条"},
		"no DMARC":      {zones{"kjj.example": spf}, nil, note, `_dmarc.kjj.example. IN TXT "v=DMARC1; p=none; rua=mailto:postmaster@kjj.example"`},
		"no public key": {zones{"kjj.example": spf, "_dmarc.kjj.example": dmarc}, key, bad, `jb._domainkey.kjj.example. IN TXT "v=DKIM1; k=rsa; p=`},
		"another key":   {zones{"kjj.example": spf, "_dmarc.kjj.example": dmarc, name: {"v=DKIM1; p=AAAA"}}, key, bad, "不是一对"},
		"offline":       {cutOff{}, key, note, "查不了"},
	} {
		found := senderFindings(t.Context(), c.zones, "kjj.example", "mail.kjj.example:587", c.key)
		says := found[0].says.In(fault.ZH) + " " + found[0].mend.In(fault.ZH)
		if len(found) != 1 || found[0].State != c.want || !strings.Contains(says, c.says) {
			t.Errorf("%s: %d, %s, %s", what, len(found), found[0].State, says)
		}
	}
	for part := range strings.SplitSeq(strings.TrimPrefix(zoneLine(name, value), name+". IN TXT "), " \"") {
		if len(strings.Trim(part, `"`)) > 255 {
			t.Errorf("a string of %d bytes", len(part))
		}
	}
}

func TestTheRecordThatIsProposed(t *testing.T) {
	for relay, want := range map[string]string{
		"smtp.163.com:465": "v=spf1 mx include:spf.163.com ~all", "smtp.exmail.qq.com:465": "v=spf1 mx include:spf.mail.qq.com ~all",
		"8.8.8.8:25": "v=spf1 mx ip4:8.8.8.8 ~all", "[2001:db8::1]:25": "v=spf1 mx ip6:2001:db8::1 ~all",
		"10.0.0.1:25": "v=spf1 mx ~all", "localhost:25": "v=spf1 mx ~all", "mail.example:25": "v=spf1 mx a:mail.example ~all",
	} {
		if got := spfFor(relay); got != want {
			t.Errorf("%s: %s", relay, got)
		}
	}
}

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
		"--return-path", "j+*@kjj.example", "--second-relay", "10.0.0.1:25", "--second-relay-tls", "none", "--relay-per-minute", "40", "--dials-per-minute", "8",
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
	want.Relay, want.Dials, want.PerConnection = mailer.Rate{PerMinute: 40, Burst: 10}, mailer.Rate{PerMinute: 8, Burst: 2}, 7
	if e.Profile != want {
		t.Errorf("%+v", e.Profile)
	}
	for _, wrong := range [][]string{{"--connections", "0"}, {"--relay-window", "65"}, {"--dials-per-minute=-1"}, {"--relay-ca", key}, {"--relay-cert", key}, {"--return-path", "a@b.example"}, {"--dkim-key", key}, {"--second-relay", "x"}} {
		if _, err := settled(t, append([]string{"--relay", "mail.example:25"}, wrong...)...).posting(); err == nil {
			t.Errorf("%v passes", wrong)
		}
	}
}
