package main

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestPeopleAreAddedListedAndClosed(t *testing.T) {
	dir := t.TempDir()
	if out := done(t, "user", "bao", "包工", "--role", "editor", "--dir", dir); !strings.Contains(out, "登录名 bao") {
		t.Error(out)
	}
	done(t, "user", "add", "list", "李斯特", "--role", "reader", "--dir", dir) // a login that is a command, too
	if out := done(t, "user", "close", "bao", "--dir", dir); !strings.Contains(out, "已停用包工") {
		t.Error(out)
	}
	var all []listedPerson
	if err := json.Unmarshal([]byte(done(t, "user", "list", "--json", "--dir", dir)), &all); err != nil || len(all) != 2 || all[0].Active || !all[1].Active || all[0].Roles[0] != "editor" {
		t.Errorf("%+v %v", all, err)
	}
	if out := done(t, "user", "list", "--dir", dir); !strings.Contains(out, "已停用") {
		t.Error(out)
	}
	if code, _, errs := ran(t, "user", "close", "nobody", "--dir", dir); code != 1 || errs == "" {
		t.Errorf("%d %s", code, errs)
	}
}

// The three powers are separated once three people hold one each, and whoever
// stands in the way is named until then.
func TestTheAdministratorsAreSeparatedByCommand(t *testing.T) {
	dir := t.TempDir()
	done(t, "user", "admin", "系统员", "--role", "admin", "--dir", dir)
	if code, _, errs := ran(t, "user", "separate", "on", "--dir", dir); code == 0 || !strings.Contains(errs, "安全") || !strings.Contains(errs, "审计") {
		t.Errorf("%d %s", code, errs)
	}
	done(t, "user", "anquan", "安全员", "--role", "security", "--dir", dir)
	done(t, "user", "shenji", "审计员", "--role", "auditor", "--dir", dir)
	if out := done(t, "user", "separate", "on", "--dir", dir); !strings.Contains(out, "已启用") {
		t.Error(out)
	}
	if out := done(t, "user", "separate", "off", "--dir", dir); !strings.Contains(out, "已停用") {
		t.Error(out)
	}
}

func TestIssuesAreListedWithTheirHistory(t *testing.T) {
	dir := t.TempDir()
	demonstration(t, "--dir", dir)
	var all []listedIssue
	if err := json.Unmarshal([]byte(done(t, "issue", "list", "--json", "--dir", dir)), &all); err != nil || len(all) != 1 || all[0].Number != 8 {
		t.Fatalf("%+v %v", all, err)
	}
	id := all[0].ID.String()
	if out := done(t, "issue", "list", "--dir", dir); !strings.Contains(out, id) || !strings.Contains(out, "2021年第8期") {
		t.Error(out)
	}
	var steps []reportStep
	if err := json.Unmarshal([]byte(done(t, "issue", "history", id, "--json", "--dir", dir)), &steps); err != nil || len(steps) < 5 {
		t.Errorf("%+v %v", steps, err)
	}
	burgle(t, dir)
	if code, _, _ := ran(t, "issue", "history", id, "--dir", dir); code != 1 {
		t.Errorf("a history that was altered: exit %d", code)
	}
	if code, _, errs := ran(t, "issue", "history", "8", "--dir", dir); code != 2 || !strings.Contains(errs, "issue list") {
		t.Errorf("%d %s", code, errs)
	}
}
