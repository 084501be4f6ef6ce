package main

import (
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"jianbao/mailer"
	"jianbao/workflow"
)

// closedPort returns an address on which nothing listens.
func closedPort(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	return listener.Addr().String()
}

// TestBadInputGetsOneSentence runs commands that cannot be done. Each has a
// place for its data that is not there yet, and must not be there afterwards.
func TestBadInputGetsOneSentence(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	dir := t.TempDir()
	data, file := filepath.Join(dir, "data"), filepath.Join(t.TempDir(), "letter.txt")
	if err := os.WriteFile(file, []byte(strings.Repeat("这不是数据库。", 200)), 0o600); err != nil {
		t.Fatal(err)
	}
	serve := func(args ...string) []string {
		return append([]string{"serve", "--listen", "127.0.0.1:0", "--dir", data}, args...)
	}
	cases := []struct {
		name string
		args []string
		code int
		says string
	}{
		{"unknown flag", []string{"demo", "--no-such-flag", "--dir", data}, 2, "命令行写法不对"},
		{"unknown command", []string{"publish"}, 2, "命令行写法不对"},
		{"unknown part", serve("--only", "printer"), 2, "命令行写法不对"},
		{"port in use", serve("--listen", taken.Addr().String()), 1, "已被占用"},
		{"no address", serve("--listen", "nonsense"), 1, "不能在地址 nonsense 上监听"},
		{"unreachable server", serve("--db", "postgres://u:geheim@"+closedPort(t)+"/none?connect_timeout=2"), 1, "连不上数据库"},
		{"unreadable address", serve("--db", "postgres://u:geheim@h:port/none"), 1, "数据库地址无法识别"},
		{"other database", serve("--db", "mysql://h/db"), 1, "数据库地址无法识别"},
		{"no such directory", serve("--db", filepath.Join(dir, "no", "such", "jianbao.db")), 1, "连不上数据库"},
		{"file that is none", serve("--db", file), 1, file + "不是数据库，或者已经损坏"},
		{"no such file", []string{"parse", filepath.Join(dir, "none.docx")}, 2, "没有这个文件或目录"},
		{"directory for a file", []string{"parse", dir}, 2, "这是一个目录"},
		{"directory that is a file", serve("--dir", file), 1, "数据目录用不了"},
		{"migrate nowhere", []string{"migrate", "--db", "postgres://u:geheim@" + closedPort(t) + "/none"}, 1, "连不上数据库"},
		{"relay without port", serve("--relay", "mail.example"), 1, "主机:端口"},
		{"no connections", serve("--relay", "mail.example:25", "--connections", "0"), 1, "连接数"},
		{"hosts with ports", serve("--hooks-allow", "::1,inner.example:8443"), 2, "inner.example:8443"},
		{"no password file", serve("--relay", "mail.example:25", "--relay-user", "clerk", "--relay-password-file", filepath.Join(dir, "none")), 1, "密码文件"},
		{"password in the clear", serve("--relay", "mail.example:25", "--relay-user", "clerk", "--relay-tls", "none"), 1, "不加密时不能把密码"},
		{"no fonts", serve("--fonts-dir", filepath.Join(dir, "fonts")), 1, "字体目录用不了"},
		{"demo without port", []string{"demo", "--relay", "nonsense", "--dir", data}, 1, "主机:端口"},
		{"demo, relay down", []string{"demo", "--relay", closedPort(t), "--dir", data}, 1, "没有开放这个端口"},
		{"bad login", []string{"user", "程", "程继东", "--role", "editor", "--dir", data}, 1, "登录名"},
		{"bad role", []string{"user", "cheng", "程继东", "--role", "king", "--dir", data}, 1, "king"},
		{"no role", []string{"user", "cheng", "程继东", "--dir", data}, 2, "role"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			code, out, errs := ran(t, c.args...)
			lines := strings.Split(strings.TrimSuffix(errs, "\n"), "\n")
			if code != c.code || !strings.Contains(errs, c.says) || len(lines) != 1 || out != "" {
				t.Errorf("exit %d, says %q, prints %q", code, errs, out)
			}
			if strings.Contains(errs, "geheim") {
				t.Error("a password is shown")
			}
			if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
				t.Errorf("something was made: %v, %v", left, err)
			}
		})
	}
}

func TestAPersonIsNotAddedTwice(t *testing.T) {
	dir := t.TempDir()
	add := []string{"user", "cheng", "程继东", "--role", "editor", "--dir", dir}
	if code, _, errs := ran(t, add...); code != 0 {
		t.Fatal(errs)
	}
	if code, _, errs := ran(t, add...); code != 1 || strings.Count(errs, "\n") != 1 || !strings.Contains(errs, "登录名") {
		t.Errorf("exit %d, %q", code, errs)
	}
}

// TestTheDemonstrationLeavesOtherSeriesAlone: its mail engine would send their
// letters to its own server.
func TestTheDemonstrationLeavesOtherSeriesAlone(t *testing.T) {
	o, _ := sendingTo(t, closedPort(t))
	other := workflow.Series{ID: uuid.New(), Masthead: "督查专报", Zone: "Asia/Shanghai", Route: workflow.DefaultRoute(), Version: 1, Created: time.Now()}
	if err := o.store.AddSeries(t.Context(), other); err != nil {
		t.Fatal(err)
	}
	if err := o.alone(t.Context()); err == nil || !strings.Contains(err.Error(), "督查专报") {
		t.Errorf("%v", err)
	}
}

// TestARelayThatIsDown: every letter waits in the book with the reason, the
// pages say so, and nothing is called sent.
func TestARelayThatIsDown(t *testing.T) {
	o, base := sendingTo(t, closedPort(t))
	p := gathered(t, base, testPassword)
	issue := p.approved(settledText(t))
	p.clerk.does(issue, "register", "keep-date", "yes")
	p.clerk.does(issue, "schedule")
	id := issueOf(t, issue)
	eventually(t.Context(), t, "a letter was tried", func() bool {
		letters, err := o.store.Deliveries(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		return slices.ContainsFunc(letters, func(d mailer.Delivery) bool { return d.State == mailer.Deferred })
	})
	letters, err := o.store.Deliveries(t.Context(), id)
	if err != nil || len(letters) != 15 {
		t.Fatalf("%d letters, %v", len(letters), err)
	}
	for _, d := range letters {
		if d.State.Final() || d.State == mailer.Deferred && !strings.Contains(d.Words, "没有开放这个端口") {
			t.Errorf("%s is %s: %s", d.Name, d.State, d.Words)
		}
	}
	if board := p.clerk.get(issue + "/dispatch").text; !strings.Contains(board, "连不上邮件服务器") {
		t.Errorf("the board does not say why: %s", board)
	}
	if found, err := o.store.Issue(t.Context(), id); err != nil || found.State != workflow.Dispatching {
		t.Errorf("the issue is %s, %v", found.State, err)
	}
}
