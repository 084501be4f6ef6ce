package main

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	"jianbao/accounts"
	"jianbao/seeds"
)

func TestTokensAreMadeListedAndRevoked(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	token := func(args ...string) (int, string, string) {
		return ran(t, append([]string{"token", args[0], "--dir", dir}, args[1:]...)...)
	}
	if code, _, errs := ran(t, "plant", "--dir", dir); code != 0 {
		t.Fatal(errs)
	}
	code, personal, errs := token("new", seeds.ClerkLogin, "登记脚本", "--act", "--days", "30")
	if code != 0 || accounts.TokenPrefix(strings.TrimSpace(personal)) == "" || !strings.Contains(errs, "只显示这一次") {
		t.Fatalf("%d %s %s", code, personal, errs)
	}
	if code, _, errs := token("new", "platform", "数据平台", "--service", "--role", "reader", "--series", "鄂尔多斯科技简报"); code != 0 {
		t.Fatal(errs)
	}
	if code, _, errs := token("new", "prometheus", "监控", "--monitor"); code != 0 {
		t.Fatal(errs)
	}
	_, out, _ := token("list", "--json")
	var all []listedToken
	if err := json.Unmarshal([]byte(out), &all); err != nil || len(all) != 3 || all[2].Kind != accounts.Monitor || !all[0].Acts || all[1].Kind != accounts.Service || len(all[1].Series) != 1 {
		t.Fatalf("%s %v", out, err)
	}
	if strings.Contains(out, strings.TrimSpace(personal)) {
		t.Error("the list tells a token")
	}
	if code, out, _ := token("revoke", all[0].Prefix); code != 0 || !strings.Contains(out, "登记脚本") {
		t.Errorf("%d %s", code, out)
	}
	if _, out, _ := token("list"); !strings.Contains(out, "撤销") || !strings.Contains(out, "只查看") {
		t.Error(out)
	}
	for want, args := range map[string][]string{
		"没有以":       {"revoke", all[0].Prefix},
		"没有登录名":     {"new", "nobody", "x"},
		"没有名为":      {"new", "platform", "x", "--series", "无此刊"},
		"不能作为服务":    {"new", seeds.ClerkLogin, "x", "--service"},
		"--monitor": {"new", "x", "x", "--service", "--monitor"},
		"要写明角色":     {"new", "other", "x", "--service"},
		"1到366天":    {"new", "platform", "x", "--days", "999"},
	} {
		if code, _, errs := token(args...); code == 0 || !strings.Contains(errs, want) {
			t.Errorf("%v: %d %s", args, code, errs)
		}
	}
}
