package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/seeds"
)

// tokenOf makes a token for a planted person.
func (o *office) tokenOf(t *testing.T, login string, acts bool) string {
	t.Helper()
	p, err := o.store.ByLogin(t.Context(), login)
	if err != nil {
		t.Fatal(err)
	}
	text, now := accounts.NewToken(), time.Now()
	err = o.store.AddToken(t.Context(), accounts.Token{
		ID: uuid.New(), Person: p.ID, Kind: accounts.Personal, Name: "test", Prefix: accounts.TokenPrefix(text), Hash: accounts.TokenHash(text),
		Acts: acts, Made: now, Expires: now.Add(time.Hour),
	})
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// example runs one of the scripts with curl, and returns what it said.
func example(t *testing.T, env []string, name string, args ...string) (string, error) {
	t.Helper()
	script := exec.CommandContext(t.Context(), filepath.Join("..", "..", "scripts", "api-example", name), args...)
	script.Env = append(os.Environ(), env...)
	out, err := script.CombinedOutput()
	return string(out), err
}

func TestTheExamplesDoTheWholeJobByTheAPI(t *testing.T) {
	here := running(t)
	env := []string{
		"JIANBAO_URL=" + here.base, "EDITOR_TOKEN=" + here.tokenOf(t, seeds.EditorLogin, true), "REVIEWER_TOKEN=" + here.tokenOf(t, seeds.ReviewerLogin, true),
		"CLERK_TOKEN=" + here.tokenOf(t, seeds.ClerkLogin, true), "TOKEN=" + here.tokenOf(t, seeds.ClerkLogin, false),
	}
	text := filepath.Join(t.TempDir(), "text.txt")
	if err := os.WriteFile(text, []byte(seeds.Issue8), 0o600); err != nil {
		t.Fatal(err)
	}
	register := filepath.Join(t.TempDir(), "register.csv")
	out, err := example(t, env, "whole-job", text, register)
	for _, want := range []string{"with 1 to settle", "now review", "now approved", "now registered, no. 8", "now scheduled", "dispatched: {\"accepted\":", "送: 11 entries", "receipts: {", "acknowledged by 值班室", "remark of 李四: ", "register: "} {
		if err != nil || !strings.Contains(out, want) {
			t.Fatalf("no %q (%v): %s", want, err, out)
		}
	}
	if lines, err := os.ReadFile(register); err != nil || !strings.Contains(string(lines), "2021") {
		t.Errorf("the register is not there: %s, %v", lines, err)
	}
	if n := len(here.box.Messages()); n == 0 {
		t.Error("no letter came")
	}
	// The same again: its number is taken, its text is a draft that waits.
	if out, err = example(t, env, "whole-job", text); err == nil || !strings.Contains(out, "422 blocked: ") {
		t.Errorf("%v: %s", err, out)
	}
	out, err = example(t, env, "careful", text)
	for _, want := range []string{"sent twice, opened once", "422 invalid: ", "403 forbidden: ", "428 invalid: ", "412 conflict: ", "issues, page by page"} {
		if err != nil || !strings.Contains(out, want) {
			t.Fatalf("no %q (%v): %s", want, err, out)
		}
	}
	out, err = example(t, env, "backlog")
	if err != nil || !regexp.MustCompile(`(?m)^鄂尔多斯科技简报  (draft|approved|review)  `).MatchString(out) {
		t.Errorf("%v: %s", err, out)
	}
	if out, err = example(t, append(env, "TOKEN=jianbao_x"), "backlog"); err == nil || !strings.Contains(out, "401 unauthenticated: ") {
		t.Errorf("%v: %s", err, out)
	}
}
