package main

import (
	"encoding/json"
	"net/http"
	"path/filepath"
	"strings"
	"testing"

	"jianbao/mailer/sink"
	"jianbao/seeds"
)

// A logged line is one of the log in JSON.
type loggedLine map[string]any

func (l loggedLine) is(key, value string) bool { return l[key] == value }

// logOf stops a process and returns what it logged and what it said besides.
func (p *process) logOf(t *testing.T) (lines []loggedLine, all string) {
	t.Helper()
	p.stop(t)
	for line := range p.lines {
		all += line + "\n"
		var one loggedLine
		if strings.HasPrefix(line, "{") {
			if err := json.Unmarshal([]byte(line), &one); err != nil {
				t.Errorf("%q: %v", line, err)
			}
			lines = append(lines, one)
		}
	}
	return lines, all
}

// TestTheLogOfARun has one process do the whole job and reads its log: every
// request has an id, every line about the issue names it, and nothing is there
// that nobody should read.
func TestTheLogOfARun(t *testing.T) {
	t.Parallel()
	const relayPassword, wrong = "relay-secret-9", "not-the-password-7"
	box, err := sink.StartWith("127.0.0.1:0", sink.Config{Username: "clerk", Password: relayPassword})
	if err != nil {
		t.Fatal(err)
	}
	defer box.Close()
	dir := t.TempDir()
	code, out, errs := ran(t, "plant", "--dir", dir)
	if code != 0 {
		t.Fatal(errs)
	}
	_, password, _ := strings.Cut(strings.TrimSpace(out), "密码 ")
	_, token, errs := ran(t, "token", "new", seeds.ClerkLogin, "脚本", "--dir", dir)
	if token = strings.TrimSpace(token); token == "" {
		t.Fatal(errs)
	}
	p := start(t, "serve", "--dir", dir, "--log", "json", "--listen", "127.0.0.1:0", "--site", "http://jianbao.example",
		"--relay", box.Addr(), "--relay-tls", "none", "--relay-user", "clerk", "--relay-password-file", written(t, relayPassword))
	base := strings.TrimSpace(p.says(t, "简报已启动："))
	desk := gathered(t, base, password)
	issue := desk.approved(settledText(t))
	desk.clerk.does(issue, "register", "keep-date", "yes")
	desk.clerk.does(issue, "schedule")
	id := issueOf(t, issue).String()
	eventually(t.Context(), t, "all letters came", func() bool { return box.Count() == 15 })
	slip := receiptLink.FindString(box.Messages()[0].Text())
	desk.clerk.get(slip)
	desk.clerk.post("/sign-in", "login", seeds.ClerkLogin, "password", wrong)
	asked, _ := http.NewRequestWithContext(t.Context(), http.MethodGet, base+"/api/v1/issues/"+id, nil)
	asked.Header.Set("Authorization", "Bearer "+token)
	answer, err := http.DefaultClient.Do(asked)
	if err != nil || answer.StatusCode != http.StatusOK {
		t.Fatal(answer, err)
	}
	_ = answer.Body.Close()

	lines, all := p.logOf(t)
	known, letters, released := map[string]bool{}, 0, 0
	for _, l := range lines {
		route, _ := l["route"].(string)
		switch {
		case l.is("msg", "request"):
			request, _ := l["request"].(string)
			if known[request] || request == "" {
				t.Errorf("a request without an id of its own: %v", l)
			}
			known[request] = true
			if strings.Contains(route, "/issues/{") != l.is("issue", id) {
				t.Errorf("of which issue is this? %v", l)
			}
		case l.is("msg", "letter"):
			letters++
			if !l.is("issue", id) {
				t.Errorf("of which issue is this? %v", l)
			}
		case l.is("msg", "scheduler: released") && l.is("issue", id):
			released++
		}
	}
	if !known[answer.Header.Get("X-Request-Id")] || len(known) < 10 || letters != 15 || released != 1 {
		t.Errorf("%d requests, %d letters, %d releases", len(known), letters, released)
	}
	tokenOfSlip := slip[strings.LastIndex(slip, "/")+1:]
	for what, secret := range map[string]string{
		"the password": password, "a wrong password": wrong, "the relay's password": relayPassword, "a token": token,
		"a token of a receipt": tokenOfSlip, "an address": box.Messages()[0].To[0], "a name": "张",
	} {
		if len(secret) < 3 || strings.Contains(all, secret) {
			t.Errorf("%s is in the log, or was not looked for", what)
		}
	}
	if strings.Contains(all, filepath.Base(dir)+"/jianbao.db?") {
		t.Error("the address of the database is in the log")
	}
}
