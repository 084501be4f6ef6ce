package metrics

import (
	"context"
	"os/exec"
	"regexp"
	"strings"
	"testing"
	"time"
)

func TestTheTextIsWhatPrometheusReads(t *testing.T) {
	var out strings.Builder
	err := Write(&out, []Family{
		gauge("a_seconds", "Two\nlines \\ here.", is(1.5, "name", "say \"x\"\n\\"), is(int64(1)<<40)),
		counter("empty_total", "Nothing."),
		{Name: "h", Help: "H.", Kind: Histogram, Samples: (&spread{in: [12]int{1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2}, sum: 30}).samples("route", "/")[10:]},
	})
	want := `# HELP a_seconds Two\nlines \\ here.
# TYPE a_seconds gauge
a_seconds{name="say \"x\"\n\\"} 1.5
a_seconds 1.099511627776e+12
# HELP h H.
# TYPE h histogram
h_bucket{route="/",le="10"} 1
h_bucket{route="/",le="+Inf"} 3
h_sum{route="/"} 30
h_count{route="/"} 3
`
	if err != nil || out.String() != want {
		t.Errorf("%v\n%s", err, out.String())
	}
}

// everything is a registry in which all sources have something to show.
func everything(t *testing.T) (Registry, *Process, *Requests) {
	t.Helper()
	process := fullProcess()
	requests := &Requests{}
	return Registry{&Office{Books: &books{}, Now: func() time.Time { return now }}, process, requests}, process, requests
}

// Names are those of the conventions: a prefix, base units, _total for what only
// grows; each once, with its help.
func TestNamesFollowTheConventions(t *testing.T) {
	registry, _, requests := everything(t)
	get(requests.Count(Named(routes())), "GET", "/issues/1")
	seen := map[string]bool{}
	form := regexp.MustCompile(`^(jianbao|go|process)_[a-z_]*[a-z]$`)
	for _, f := range registry.Families(t.Context()) {
		if seen[f.Name] || !form.MatchString(f.Name) || !strings.HasSuffix(f.Help, ".") {
			t.Errorf("%s: %s", f.Name, f.Help)
		}
		seen[f.Name] = true
		if (f.Kind == Counter) != strings.HasSuffix(f.Name, "_total") {
			t.Errorf("%s is a %s", f.Name, f.Kind)
		}
		for _, s := range f.Samples {
			if len(s.Labels)%2 != 0 {
				t.Errorf("%s: labels %q", f.Name, s.Labels)
			}
		}
		for _, unit := range []string{"_ms", "_minutes", "_hours", "_kb", "_mb"} {
			if strings.Contains(f.Name, unit) {
				t.Errorf("%s: not a base unit", f.Name)
			}
		}
	}
	if len(seen) < 40 {
		t.Errorf("only %d families", len(seen))
	}
}

// promtool is of Prometheus itself; scripts/test-programs installs it.
func TestPromtoolHasNothingToSay(t *testing.T) {
	registry, _, requests := everything(t)
	get(requests.Count(Named(routes())), "GET", "/issues/1")
	var text strings.Builder
	if err := Write(&text, registry.Families(context.Background())); err != nil {
		t.Fatal(err)
	}
	check := exec.Command("promtool", "check", "metrics")
	check.Stdin = strings.NewReader(text.String())
	if out, err := check.CombinedOutput(); err != nil || len(out) > 0 {
		t.Errorf("%v\n%s", err, out)
	}
}
