package jianbao_test

import (
	"os/exec"
	"testing"
)

// TestTheAlertsFireWhenTheyShould has promtool, which scripts/test-programs
// installs, hold the alerts to their examples.
func TestTheAlertsFireWhenTheyShould(t *testing.T) {
	for _, args := range [][]string{{"check", "rules", "jianbao.rules.yml"}, {"test", "rules", "jianbao.rules.test.yml"}} {
		check := exec.Command("promtool", args...)
		check.Dir = "deploy"
		if out, err := check.CombinedOutput(); err != nil {
			t.Errorf("promtool %v: %v\n%s", args, err, out)
		}
	}
}
