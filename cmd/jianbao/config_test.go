package main

import (
	"bytes"
	"fmt"
	"net/netip"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/alecthomas/kong"

	"jianbao/fault"
	"jianbao/mailer/mailbox"
	"jianbao/web/origin"
	"jianbao/workflow/calendar"
)

// settled returns the settings that serve runs with.
func settled(t *testing.T, args ...string) settings {
	t.Helper()
	var p program
	parser, err := parserOf(&p)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := parser.Parse(append([]string{"serve"}, args...)); err != nil {
		t.Fatal(err)
	}
	return p.Serve.settings
}

// written keeps a text as a file and returns its path.
func written(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "jianbao.toml")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func known(t *testing.T) []*kong.Flag {
	t.Helper()
	parser, err := parserOf(&program{})
	if err != nil {
		t.Fatal(err)
	}
	return settingsOf(parser.Model)
}

func TestTheSampleIsTheOneThatIsDeployed(t *testing.T) {
	for lang, name := range map[string]string{"zh": "jianbao.toml", "en": "jianbao.en.toml"} {
		code, out, errs := ran(t, "config", "--lang", lang)
		deployed, err := os.ReadFile("../../deploy/" + name)
		if code != 0 || err != nil || out != string(deployed) {
			t.Errorf("deploy/%s is not what it says now; go run ./cmd/jianbao config --lang %s >deploy/%s (exit %d, %s, %v)", name, lang, name, code, errs, err)
		}
	}
}

func TestTheSampleSaysWhatIsSoAnyway(t *testing.T) {
	for _, name := range []string{"jianbao.toml", "jianbao.en.toml"} {
		if got, want := settled(t, "--config", "../../deploy/"+name), settled(t); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %+v\nwant %+v", name, got, want)
		}
	}
}

// unlike is every setting with a value that is not its default.
var unlike = map[string]string{
	"dir": `"/srv/jianbao"`, "db": `"postgres://clerk@db/jianbao"`, "backups": `"/srv/backups"`, "roots": `"/srv/roots.jsonl"`, "roots-key": `"/srv/roots.key"`, "installation": `"/srv/installation"`, "site": `"https://jianbao.example"`, "listen": `"10.0.0.1:80"`, "metrics": `"10.0.0.1:9380"`, "log": `"json"`, "secure": "true", "proxies": `"10.0.0.9"`, "only": `"web"`, "hooks-allow": `"10.0.0.9"`, "hooks-ports": `"8443"`,
	"relay": `"mail.example:587"`, "relay-tls": `"tls"`, "relay-user": `"clerk"`, "relay-password-file": `"/run/p"`,
	"hello": `"kjj.example"`, "connections": "2", "lease": `"1m"`, "mail-window": `"1-5 8:00-18:30"`, "zone": `"Asia/Urumqi"`,
	"relay-ca": `"/srv/ca.pem"`, "relay-cert": `"/srv/own.pem"`, "relay-key": `"/srv/own.key"`, "relay-window": "8", "relay-timeout": `"30s"`, "reply-timeout": `"5m"`,
	"mail-policy": `"resend"`, "return-path": `"j+*@kjj.example"`, "relay-profile": `"tencent"`, "relay-per-minute": "40", "domain-per-minute": "20", "dials-per-minute": "4", "domain-dials-per-minute": "3", "letters-per-connection": "9",
	"second-relay": `"two.example:465"`, "second-relay-tls": `"tls"`, "second-relay-user": `"clerk2"`, "second-relay-password-file": `"/run/p2"`,
	"dkim-key": `"/srv/dkim.key"`, "dkim-selector": `"s1"`, "dkim-domain": `"kjj.example"`,
	"mailbox": `"imap.example:993"`, "mailbox-tls": `"starttls"`, "mailbox-ca": `"/srv/ca.pem"`, "mailbox-user": `"in"`, "mailbox-password-file": `"/run/p3"`,
	"mailbox-folder": `"简报"`, "mailbox-after": `"move:已取"`, "mailbox-every": `"5m"`, "mailbox-days": "7",
	"secrets-key": `"/srv/secrets.key"`, "oidc-issuer": `"https://sso.example"`, "oidc-client": `"jianbao"`, "oidc-secret-file": `"/run/p4"`, "oidc-name": `"统一认证"`, "oidc-new-role": `"reader"`,
	"mail-limit": `"5MB"`, "fonts-dir": `"/srv/fonts"`,
}

func TestEverySettingIsReadFromTheFile(t *testing.T) {
	var text strings.Builder
	for _, flag := range known(t) {
		if unlike[flag.Name] == "" {
			t.Fatalf("the setting %s is not tried", flag.Name)
		}
		fmt.Fprintf(&text, "%s = %s\n", flag.Name, unlike[flag.Name])
	}
	got := settled(t, "--config", written(t, text.String()))
	days := []time.Weekday{1, 2, 3, 4, 5}
	want := settings{
		database{Dir: "/srv/jianbao", DB: "postgres://clerk@db/jianbao"},
		backupSettings{Backups: "/srv/backups"},
		historySettings{Roots: "/srv/roots.jsonl", RootsKey: "/srv/roots.key"},
		installationSettings{Installation: "/srv/installation", Site: "https://jianbao.example"},
		secretSettings{SecretsKey: "/srv/secrets.key"},
		oidcSettings{OIDCIssuer: "https://sso.example", OIDCClient: "jianbao", OIDCSecretFile: "/run/p4", OIDCName: "统一认证", OIDCNewRole: "reader"},
		pageSettings{Listen: "10.0.0.1:80", Secure: true, Only: "web", Proxies: origin.Proxies{netip.MustParsePrefix("10.0.0.9/32")}},
		metricsSettings{Metrics: "10.0.0.1:9380"},
		logSettings{Log: "json"},
		hookSettings{HooksAllow: hosts{"10.0.0.9"}, HooksPorts: ports{8443}},
		smtpRelay{Relay: "mail.example:587", RelayTLS: "tls", RelayUser: "clerk", RelayPasswordFile: "/run/p", Hello: "kjj.example",
			Connections: 2, Lease: duration(time.Minute), MailWindow: hours{calendar.Window{Days: days, From: 480, To: 1110}},
			Zone: "Asia/Urumqi", MailLimit: 5 << 20,
			RelayCA: "/srv/ca.pem", RelayCert: "/srv/own.pem", RelayKey: "/srv/own.key", RelayWindow: 8,
			RelayTimeout: duration(30 * time.Second), ReplyTimeout: duration(5 * time.Minute), MailPolicy: "resend", ReturnPath: "j+*@kjj.example",
			secondRelay:  secondRelay{SecondRelay: "two.example:465", SecondRelayTLS: "tls", SecondRelayUser: "clerk2", SecondRelayPasswordFile: "/run/p2"},
			paceSettings: paceSettings{RelayProfile: "tencent", RelayPerMinute: 40, DomainPerMinute: 20, DialsPerMinute: 4, DomainDials: 3, LettersPerConnect: 9},
			dkimSettings: dkimSettings{DKIMKey: "/srv/dkim.key", DKIMSelector: "s1", DKIMDomain: "kjj.example"}},
		mailboxSettings{Mailbox: "imap.example:993", MailboxTLS: "starttls", MailboxCA: "/srv/ca.pem", MailboxUser: "in", MailboxPasswordFile: "/run/p3", MailboxFolder: "简报",
			MailboxAfter: afterFetch{mailbox.After{Way: mailbox.Move, Folder: "已取"}}, MailboxEvery: duration(5 * time.Minute), MailboxDays: 7},
		paperSettings{FontsDir: "/srv/fonts"},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%+v\nwant %+v", got, want)
	}
}

func TestAFlagGoesBeforeAVariableBeforeTheFile(t *testing.T) {
	file := written(t, "relay = 'file:25'\nhello = 'file.example'\nrelay-user = 'file'\nsecure = true\n")
	t.Setenv("JIANBAO_CONFIG", file)
	t.Setenv("JIANBAO_RELAY", "variable:25")
	t.Setenv("JIANBAO_HELLO", "variable.example")
	t.Setenv("JIANBAO_RELAY_USER", "") // as compose files pass what is not set
	got := settled(t, "--relay", "flag:25", "--no-secure")
	if got.Relay != "flag:25" || got.Hello != "variable.example" || got.RelayUser != "file" || got.Secure {
		t.Errorf("%+v", got)
	}
}

func TestSettingsAreExplained(t *testing.T) {
	for _, flag := range known(t) {
		if !slices.ContainsFunc([]rune(flag.Tag.Get("zh")), func(r rune) bool { return r >= 0x4E00 }) || !strings.HasSuffix(flag.Tag.Get("zh"), "。") {
			t.Errorf("%s is not explained in Chinese", flag.Name)
		}
		if !strings.HasSuffix(flag.Help, ".") {
			t.Errorf("%s is not explained in English", flag.Name)
		}
		if want := "JIANBAO_" + strings.ToUpper(strings.ReplaceAll(flag.Name, "-", "_")); !slices.Equal(flag.Envs, []string{want}) {
			t.Errorf("%s has the variables %v, not %s", flag.Name, flag.Envs, want)
		}
		if !slices.ContainsFunc(parts, func(p part) bool { return p.key == flag.Group.Key }) {
			t.Errorf("%s is in no part of the sample", flag.Name)
		}
	}
}

func TestMistakesInTheFileAreSaidAtOnce(t *testing.T) {
	dir := t.TempDir()
	file := written(t, `
relay-password = "geheim"
connections = "many"
relay-tls = "ssl"
mail-limit = "huge"
mail-window = "1-5"
db = "postgres://u:geheim@h/db"
[mail]
x = 1`)
	code, out, errs := ran(t, "serve", "--config", file, "--dir", filepath.Join(dir, "data"))
	if code != 2 || out != "" || strings.Count(errs, "\n") != 1 || strings.Contains(errs, "geheim") {
		t.Errorf("exit %d, %q, %q", code, out, errs)
	}
	for _, want := range []string{file, "“relay-password”", "“mail”", "“connections”", "starttls,tls,none", "20MB 这样", "1 是周一", "PGPASSFILE"} {
		if !strings.Contains(errs, want) {
			t.Errorf("%q is not said in %s", want, errs)
		}
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 0 {
		t.Errorf("something was made: %v, %v", left, err)
	}
}

func TestFilesThatAreNoConfiguration(t *testing.T) {
	cases := []struct {
		file, zh, en string
		code         int
	}{
		{written(t, "listen = \"x\"\nrelay := 1\n"), "第2行", "line 2", 2},
		{filepath.Join(t.TempDir(), "none.toml"), "读不到配置文件", "cannot be read", 1},
		{t.TempDir(), "读不到配置文件", "cannot be read", 1},
	}
	for _, c := range cases {
		for lang, want := range map[string]string{"zh": c.zh, "en": c.en} {
			code, _, errs := ran(t, "serve", "--lang", lang, "--config", c.file)
			if code != c.code || !strings.Contains(errs, want) || !strings.Contains(errs, c.file) || strings.Count(errs, "\n") != 1 {
				t.Errorf("exit %d, %q", code, errs)
			}
		}
	}
}

// What an office has set is not for trying out: the demonstration must not
// send through its relay, nor take its letters.
func TestTheDemonstrationKnowsNoSettings(t *testing.T) {
	t.Setenv("JIANBAO_CONFIG", written(t, "relay = 'office.example:25'\ndb = 'postgres://office.example/db'\n"))
	t.Setenv("JIANBAO_RELAY", "office.example:25")
	t.Setenv("JIANBAO_DB", "postgres://office.example/db")
	t.Setenv("JIANBAO_DIR", "/nowhere")
	var p program
	parser, err := parserOf(&p)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := parser.Parse([]string{"demo"}); err != nil || p.Demo != (demo{}) {
		t.Errorf("%+v, %v", p.Demo, err)
	}
}

func TestValuesThatCannotBe(t *testing.T) {
	for _, args := range [][]string{
		{"--lease", "0s"}, {"--lease", "soon"}, {"--zone", "Asia/Ordos"}, {"--zone", ""}, {"--mail-limit", "0"}, {"--mail-limit", "-1MB"},
		{"--mail-limit", "99999999999MB"}, {"--mail-window", "8-9 8:00-18:00"}, {"--mail-window", "1-5 18:00-8:00"}, {"--mail-window", "5-1 8:00-18:00"},
		{"--mail-window", "1-5 8:00-25:00"}, {"--mail-window", "1-5 8:00"}, {"--mail-window", "always"}, {"--connections", "many"}, {"--only", "pages"},
	} {
		if code, _, errs := ran(t, append([]string{"serve"}, args...)...); code != 2 || strings.Count(errs, "\n") != 1 {
			t.Errorf("%v: exit %d, %q", args, code, errs)
		}
	}
}

func TestHoursAndSizes(t *testing.T) {
	var h hours
	for text, want := range map[string]calendar.Window{
		"": {}, "7 9:00-24:00": {Days: []time.Weekday{0}, From: 540, To: 1440}, "6-7 00:00-0:30": {Days: []time.Weekday{6, 0}, To: 30},
	} {
		if err := h.UnmarshalText([]byte(text)); err != nil || !reflect.DeepEqual(h.Window, want) {
			t.Errorf("%q: %+v, %v", text, h, err)
		}
	}
	var s size
	for text, want := range map[string]size{"20MB": 20 << 20, " 3 kb": 3 << 10, "7": 7} {
		if err := s.UnmarshalText([]byte(text)); err != nil || s != want {
			t.Errorf("%q: %d, %v", text, s, err)
		}
	}
}

func TestTheHelpShowsTheParts(t *testing.T) {
	code, out, _ := ran(t, "serve", "--help")
	for _, p := range parts {
		if code != 0 || !strings.Contains(out, "\n"+p.title.EN+":\n") {
			t.Errorf("no part %s in the help", p.key)
		}
	}
	var b bytes.Buffer
	if err := writeSample(&b, known(t), fault.EN); err != nil || strings.Contains(b.String(), "%!") {
		t.Errorf("%v\n%s", err, &b)
	}
}
