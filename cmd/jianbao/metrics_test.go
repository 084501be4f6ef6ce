package main

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/prometheus/client_golang/prometheus/promhttp"
	"go.yaml.in/yaml/v3"

	"jianbao/accounts"
	"jianbao/mailer/mailbox"
	"jianbao/web/metrics"
	"jianbao/workflow"
	"jianbao/workflow/history"
)

// asked asks an address and returns the status and the answer.
func asked(t *testing.T, url string, headers ...string) (int, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), "GET", url, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range headers {
		key, value, _ := strings.Cut(h, ": ")
		r.Header.Set(key, value)
	}
	answer, err := http.DefaultClient.Do(r)
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

func TestMonitoringReadsAnOfficeThatRuns(t *testing.T) {
	o, base := sendingTo(t, "127.0.0.1:1")
	if code, _ := asked(t, base+"/units/nobody-has-this-id"); code != 200 { // the door
		t.Errorf("%d", code)
	}
	code, text := asked(t, base+metrics.Path)
	for _, want := range []string{"jianbao_database_up 1", `jianbao_issues{state="draft"} `, "jianbao_mail_attempts_total", `method="GET",route="/units/{id}"`, `jianbao_build_info{goversion="`} {
		if code != 200 || !strings.Contains(text, want) {
			t.Errorf("%d, there is no %s in\n%s", code, want, text)
		}
	}
	if strings.Contains(text, "nobody-has") {
		t.Error("what somebody asked for is in a label")
	}
	if code, text := asked(t, base+metrics.Path, "X-Forwarded-For: 10.0.0.1"); code != 401 || text != "" {
		t.Errorf("through a proxy: %d %s", code, text)
	}
	secret := watching(t, o)
	if code, text := asked(t, base+metrics.Path, "X-Forwarded-For: 10.0.0.1", "Authorization: Bearer "+secret); code != 200 || !strings.Contains(text, "jianbao_database_up 1") {
		t.Errorf("with a token: %d %s", code, text)
	}
	if code, _ := asked(t, base+"/api/v1/me", "Authorization: Bearer "+secret); code != 403 {
		t.Errorf("a token for monitoring opens the API: %d", code)
	}
}

// watching makes a token for monitoring.
func watching(t *testing.T, o *office) string {
	t.Helper()
	n := tokenNew{Login: "prometheus", Name: "监控", Monitor: true}
	person, err := n.person(t.Context(), o, nil)
	if err != nil {
		t.Fatal(err)
	}
	secret, now := accounts.NewToken(), time.Now()
	token := accounts.Token{ID: uuid.New(), Person: person.ID, Kind: accounts.Monitor, Name: n.Name, Prefix: accounts.TokenPrefix(secret), Hash: accounts.TokenHash(secret), Made: now, Expires: now.Add(time.Hour)}
	if err := o.store.AddToken(t.Context(), token); err != nil {
		t.Fatal(err)
	}
	return secret
}

// A process without pages has an address for its numbers, and counts what it
// does.
func TestAPartWithoutPagesIsMonitoredToo(t *testing.T) {
	o, _ := sendingTo(t, "127.0.0.1:1")
	s := serve{settings: settings{database: database{Dir: t.TempDir()}, metricsSettings: metricsSettings{Metrics: "127.0.0.1:0"}}}
	listener, err := s.listenForMetrics()
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- o.metricsAt(listener)(ctx) }()
	if code, text := asked(t, "http://"+listener.Addr().String()+metrics.Path); code != 200 || !strings.Contains(text, "jianbao_database_up 1") {
		t.Errorf("%d\n%s", code, text)
	}
	if code, _ := asked(t, "http://"+listener.Addr().String()+"/desk"); code != 404 {
		t.Errorf("the pages are there too: %d", code)
	}
	stop()
	if err := <-done; err != nil {
		t.Error(err)
	}
	taken := metricsSettings{Metrics: "256.0.0.1:1"}
	if _, err := taken.listenForMetrics(); err == nil || !strings.Contains(err.Error(), "--metrics") {
		t.Errorf("an address that is none: %v", err)
	}
}

// fired is an agenda whose fires are this process's, or another's.
type fired struct {
	workflow.Agenda
	mine bool
}

func (f fired) Fire(context.Context, workflow.Fire, func(workflow.FireView) (workflow.FireResult, error)) (bool, error) {
	return f.mine, nil
}

func TestFiresAreCountedByWhoMadeThem(t *testing.T) {
	process := metrics.NewProcess("v1")
	fire := func(mine bool, f workflow.Fire) {
		if _, err := (countedFires{fired{mine: mine}, process}).Fire(t.Context(), f, nil); err != nil {
			t.Fatal(err)
		}
	}
	fire(true, workflow.Fire{Schedule: "open", Before: make([]workflow.Fire, 3)})
	fire(true, workflow.Fire{Schedule: "open", Outcome: "late"})
	fire(false, workflow.Fire{Schedule: "open"})
	text := httptest.NewRecorder()
	promhttp.HandlerFor(metrics.NewRegistry(process), promhttp.HandlerOpts{}).ServeHTTP(text, httptest.NewRequest("GET", metrics.Path, nil))
	for _, want := range []string{`outcome="made",schedule="open"} 1`, `outcome="skipped",schedule="open"} 4`} {
		if !strings.Contains(text.Body.String(), want) {
			t.Errorf("there is no %s in\n%s", want, text.Body)
		}
	}
}

func TestTheLastBackupIsTheNewest(t *testing.T) {
	dir := t.TempDir()
	if !lastBackup(dir).IsZero() {
		t.Error("there is one in an empty directory")
	}
	newest := time.Date(2026, 8, 2, 2, 0, 0, 0, time.UTC)
	for _, at := range []time.Time{newest, newest.AddDate(0, 0, -1)} {
		if err := os.WriteFile(filepath.Join(dir, at.Format(backupName)), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if got := lastBackup(dir); !got.Equal(newest) {
		t.Errorf("%v, not %v", got, newest)
	}
	if free := freeOn(map[string]string{"data": dir, "gone": filepath.Join(dir, "x", "y")}); free["data"] == 0 || free["gone"] == 0 {
		t.Errorf("%v", free)
	}
}

// TestDeployNamesNumbersThatThereAre holds the alerts and the dashboard to what
// the program has.
func TestDeployNamesNumbersThatThereAre(t *testing.T) {
	o, base := sendingTo(t, "127.0.0.1:1")
	s := serve{settings: settings{database: database{Dir: t.TempDir()}}}
	s.watched(o)
	p := o.numbers.process
	p.Looked(time.Now())
	p.Verified(time.Now(), len(history.Report{}.Findings))
	p.Fired("open", 1, 1)
	p.Deleted("notices", 1)
	p.Backup = time.Now
	p.Mailbox = &mailbox.Counters{}
	p.Mailbox.Read.Store(1)
	if _, _, err := o.notary(historySettings{}, t.TempDir(), time.UTC).Root(t.Context()); err != nil {
		t.Fatal(err)
	}
	asked(t, base+"/livez")
	_, text := asked(t, base+metrics.Path)
	known := regexp.MustCompile(`(?m)^# TYPE (\S+) `).FindAllStringSubmatch(text, -1)
	var names []string
	for _, m := range known {
		names = append(names, m[1])
	}
	for file, all := range map[string][]string{"jianbao.rules.yml": expressionsOfRules(t), "jianbao.dashboard.json": expressionsOfDashboard(t)} {
		if len(all) < 10 {
			t.Errorf("%s has %d expressions", file, len(all))
		}
		for _, expr := range all {
			used := regexp.MustCompile(`\b(jianbao|go|process)_[a-z_]+`).FindAllString(expr, -1)
			if len(used) == 0 {
				t.Errorf("%s: no number in %s", file, expr)
			}
			for _, name := range used {
				for _, suffix := range []string{"_bucket", "_sum", "_count"} {
					if base := strings.TrimSuffix(name, suffix); slices.Contains(names, base) {
						name = base
					}
				}
				if !slices.Contains(names, name) {
					t.Errorf("%s: the program has no %s: %s", file, name, expr)
				}
			}
		}
	}
}

func expressionsOfRules(t *testing.T) (all []string) {
	t.Helper()
	data, err := os.ReadFile("../../deploy/jianbao.rules.yml")
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Groups []struct {
			Rules []struct {
				Alert, Expr string
				Labels      map[string]string
				Annotations map[string]string
			}
		}
	}
	if err := yaml.Unmarshal(data, &file); err != nil {
		t.Fatal(err)
	}
	for _, g := range file.Groups {
		for _, r := range g.Rules {
			all = append(all, r.Expr)
			if r.Labels["severity"] == "" || r.Annotations["summary"] == "" || r.Annotations["description"] == "" {
				t.Errorf("%s does not say how bad it is, or what to do", r.Alert)
			}
		}
	}
	return all
}

func expressionsOfDashboard(t *testing.T) (all []string) {
	t.Helper()
	data, err := os.ReadFile("../../deploy/jianbao.dashboard.json")
	if err != nil {
		t.Fatal(err)
	}
	var board struct {
		Title  string
		Panels []struct {
			ID      int
			Title   string
			GridPos struct{ X, Y, W, H int } `json:"gridPos"`
			Targets []struct{ Expr string }
		}
	}
	if err := json.Unmarshal(data, &board); err != nil {
		t.Fatal(err)
	}
	seen := map[int]bool{}
	for _, p := range board.Panels {
		if seen[p.ID] || p.Title == "" || p.GridPos.X+p.GridPos.W > 24 {
			t.Errorf("panel %d %q lies wrong", p.ID, p.Title)
		}
		seen[p.ID] = true
		for _, target := range p.Targets {
			all = append(all, target.Expr)
		}
	}
	return all
}
