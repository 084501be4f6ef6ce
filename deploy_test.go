package jianbao_test

import (
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// What no other program is needed for is checked here; scripts/check-deploy
// asks systemd and docker, where they are.

func deployed(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile("deploy/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

var (
	variable = regexp.MustCompile(`JIANBAO_[A-Z_]+`)
	// setting is one of the sample; a test beside the program holds that to
	// the program.
	setting = regexp.MustCompile(`(?m)^# \(--[a-z-]+, (JIANBAO_[A-Z_]+)\)\n`)
)

// TestDeployNamesKnownSettings holds the files to the sample of the
// configuration.
func TestDeployNamesKnownSettings(t *testing.T) {
	known := []string{"JIANBAO_CONFIG"}
	for _, m := range setting.FindAllStringSubmatch(deployed(t, "jianbao.en.toml"), -1) {
		known = append(known, m[1])
	}
	if len(known) < 10 {
		t.Fatalf("the sample has %d settings", len(known)-1)
	}
	for _, name := range []string{"README.md", "jianbao.service", "Containerfile", "compose.yaml", "kubernetes.yaml", "jianbao-backup.service"} {
		for _, used := range variable.FindAllString(deployed(t, name), -1) {
			if !slices.Contains(known, used) {
				t.Errorf("deploy/%s: the program has no setting %s", name, used)
			}
		}
	}
}

// TestTheUnitIsClosedIn parses the systemd unit as systemd.syntax(7) has it,
// without continuation lines, which it does not use.
func TestTheUnitIsClosedIn(t *testing.T) {
	settings, err := unit(deployed(t, "jianbao.service"))
	if err != nil {
		t.Fatal(err)
	}
	for key, want := range map[string]string{
		"Service.DynamicUser":           "yes",
		"Service.NoNewPrivileges":       "yes",
		"Service.ProtectSystem":         "strict",
		"Service.ProtectHome":           "yes",
		"Service.StateDirectory":        "jianbao",
		"Service.CapabilityBoundingSet": "",
		"Install.WantedBy":              "multi-user.target",
	} {
		if got := settings[key]; !slices.Equal(got, []string{want}) {
			t.Errorf("%s is %q, want %q", key, got, want)
		}
	}
	environment := strings.Join(settings["Service.Environment"], "\n")
	for i, loaded := range settings["Service.LoadCredential"] {
		name, _, _ := strings.Cut(loaded, ":")
		if !strings.Contains(environment, "=%d/"+name) {
			t.Errorf("nobody reads the credential %s", name)
		}
		if standIns := settings["Service.SetCredential"]; i >= len(standIns) || standIns[i] != name+`:\n` {
			t.Errorf("without the file of the credential %s the unit does not start: %q", name, standIns)
		}
	}
}

func TestBadUnitsAreCaught(t *testing.T) {
	for _, bad := range []string{"Type=exec", "[Service\nType=exec", "[Service]\nType exec", "[Service]\n[Service]"} {
		if _, err := unit(bad); err == nil {
			t.Errorf("taken: %q", bad)
		}
	}
}

// unit returns the values of a unit file by Section.Key.
func unit(text string) (map[string][]string, error) {
	settings := map[string][]string{}
	section, seen := "", map[string]bool{}
	for i, line := range strings.Split(text, "\n") {
		key, value, isSetting := strings.Cut(line, "=")
		switch {
		case line == "" || strings.HasPrefix(line, "#"):
		case strings.HasPrefix(line, "[") && strings.HasSuffix(line, "]") && !seen[line]:
			section, seen[line] = strings.Trim(line, "[]"), true
		case section != "" && isSetting && !strings.ContainsAny(key, " \t"):
			settings[section+"."+key] = append(settings[section+"."+key], value)
		default:
			return nil, fmt.Errorf("line %d: %q", i+1, line)
		}
	}
	return settings, nil
}

func TestTheImageRunsAsNobody(t *testing.T) {
	text := deployed(t, "Containerfile")
	last := text[strings.LastIndex(text, "\nFROM "):]
	for _, want := range []string{"\nFROM scratch\n", "\nUSER 65532:65532\n", "\nVOLUME /var/lib/jianbao\n", "\nSTOPSIGNAL SIGTERM\n"} {
		if !strings.Contains(last, want) {
			t.Errorf("the last stage has no %q", strings.TrimSpace(want))
		}
	}
}

// TestTheComposeFileHangsTogether is no YAML parser: it holds the file to the
// plain shape that it has, two spaces a level, and looks every reference up.
func TestTheComposeFileHangsTogether(t *testing.T) {
	file, err := outline(deployed(t, "compose.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	for _, service := range file["services"] {
		if len(file["services."+service]) == 0 {
			t.Errorf("the service %s is empty", service)
		}
		for _, kind := range []string{"configs", "secrets", "networks", "volumes"} {
			for _, use := range file["services."+service+"."+kind] {
				name, _, _ := strings.Cut(strings.TrimPrefix(use, "- "), ":")
				if !slices.Contains(file[kind], name) {
					t.Errorf("the service %s uses %s of %s, which has only %v", service, name, kind, file[kind])
				}
			}
		}
	}
	if !slices.Contains(file["services.jianbao"], "read_only") || !slices.Contains(file["services.database"], "healthcheck") {
		t.Error("the program may write to its root, or its database is not looked after")
	}
	for _, kind := range []string{"configs", "secrets"} {
		for _, name := range file[kind] {
			if !slices.Equal(file[kind+"."+name], []string{"file"}) {
				t.Errorf("%s of %s is no file", name, kind)
			}
		}
	}
}

func TestBadComposeFilesAreCaught(t *testing.T) {
	for _, bad := range []string{"a:\n\tb: 1", "a:\n   b: 1", "a:\n    b: 1", "a: 1\na: 2", "a:\n  b"} {
		if _, err := outline(bad); err == nil {
			t.Errorf("taken: %q", bad)
		}
	}
}

// outline returns the keys and list entries beneath each key of a YAML file,
// by the path of the key.
func outline(text string) (map[string][]string, error) {
	beneath := map[string][]string{}
	var at []string
	for i, line := range strings.Split(text, "\n") {
		content := strings.TrimLeft(line, " ")
		if content == "" || strings.HasPrefix(content, "#") {
			continue
		}
		indent := len(line) - len(content)
		key, _, isKey := strings.Cut(content, ":")
		if isEntry := strings.HasPrefix(content, "- "); isEntry {
			key = content
		} else if !isKey {
			return nil, fmt.Errorf("line %d: %q is neither key nor entry", i+1, content)
		}
		if indent%2 != 0 || indent/2 > len(at) || strings.Contains(line, "\t") {
			return nil, fmt.Errorf("line %d: %q is not indented by two spaces a level", i+1, content)
		}
		at = at[:indent/2]
		parent := strings.Join(at, ".")
		if slices.Contains(beneath[parent], key) {
			return nil, fmt.Errorf("line %d: %s stands there already", i+1, key)
		}
		beneath[parent] = append(beneath[parent], key)
		at = append(at, key)
	}
	return beneath, nil
}
