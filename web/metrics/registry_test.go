package metrics

import (
	"log/slog"
	"net/http/httptest"
	"os/exec"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// everything is a registry in which all sources have something to show.
func everything() *prometheus.Registry {
	requests := NewRequests(func() time.Time { return now })
	get(requests.Count(Named(routes())), "GET", "/issues/1")
	return NewRegistry(&Office{Books: &books{}, Now: func() time.Time { return now }}, fullProcess(), requests)
}

// text is what a scraper of a registry is answered.
func text(registry prometheus.Gatherer) string {
	w := httptest.NewRecorder()
	written(registry, slog.New(slog.DiscardHandler)).ServeHTTP(w, httptest.NewRequest("GET", Path, nil))
	return w.Body.String()
}

// of is the text of one collector; a pedantic registry complains of numbers that
// contradict each other.
func of(t *testing.T, c prometheus.Collector) string {
	t.Helper()
	registry := prometheus.NewPedanticRegistry()
	registry.MustRegister(c)
	if _, err := registry.Gather(); err != nil {
		t.Error(err)
	}
	return text(registry)
}

// has complains of lines that the text of a collector has not.
func has(t *testing.T, c prometheus.Collector, lines ...string) {
	t.Helper()
	all := "\n" + of(t, c)
	for _, line := range lines {
		if !strings.Contains(all, "\n"+line+"\n") {
			t.Errorf("there is no %s in\n%s", line, all)
		}
	}
}

// Names are those of the conventions: a prefix, base units, _total for what only
// grows; each with its help.
func TestNamesFollowTheConventions(t *testing.T) {
	all := text(everything())
	form := regexp.MustCompile(`^(jianbao|go|process)_[a-z_]*[a-z]$`)
	helps := regexp.MustCompile(`(?m)^# HELP (\S+) (.*)\n# TYPE \S+ (\S+)$`).FindAllStringSubmatch(all, -1)
	for _, m := range helps {
		name, help, kind := m[1], m[2], m[3]
		if ours := strings.HasPrefix(name, "jianbao_"); !form.MatchString(name) || ours && !strings.HasSuffix(help, ".") {
			t.Errorf("%s: %s", name, help)
		}
		if (kind == "counter") != strings.HasSuffix(name, "_total") {
			t.Errorf("%s is a %s", name, kind)
		}
		if regexp.MustCompile(`_(ms|minutes|hours|kb|mb)(_|$)`).MatchString(name) {
			t.Errorf("%s: not a base unit", name)
		}
	}
	if len(helps) < 40 {
		t.Errorf("only %d names", len(helps))
	}
}

// What another package registers globally, or twice in two registries of ours,
// is no matter.
func TestARegistryIsItsOwn(t *testing.T) {
	process := fullProcess()
	for range 2 {
		if all := text(NewRegistry(process)); !strings.Contains(all, "jianbao_fires_total") || strings.Contains(all, "promhttp_") {
			t.Error(all)
		}
	}
	for _, name := range []string{"go_goroutines", "go_memstats_heap_inuse_bytes", "process_resident_memory_bytes", "process_cpu_seconds_total", "process_open_fds", "process_start_time_seconds"} {
		if !strings.Contains(text(NewRegistry()), "\n"+name+" ") {
			t.Errorf("there is no %s", name)
		}
	}
}

// promtool is of Prometheus itself; scripts/test-programs installs it.
func TestPromtoolHasNothingToSay(t *testing.T) {
	check := exec.Command("promtool", "check", "metrics")
	check.Stdin = strings.NewReader(text(everything()))
	if out, err := check.CombinedOutput(); err != nil || len(out) > 0 {
		t.Errorf("%v\n%s", err, out)
	}
}
