package main

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"
)

// The directory is reformed at the command line: what it would do is shown, and
// then the past is kept.
func TestUnitsAreReformedByCommand(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	sheet := kept(t, "单位.csv", "单位名称,简称,邮箱\n甲市农牧业局,市农牧业局,nm@a.example\n甲市农机局,市农机局,nj@a.example\n甲市统计局,市统计局,tj@a.example\n")
	if code, _, errs := ran(t, "unit", "import", sheet, "--dir", dir); code != 0 {
		t.Fatal(errs)
	}
	ok := func(want string, args ...string) string {
		t.Helper()
		code, out, errs := ran(t, append(append([]string{"unit"}, args...), "--dir", dir)...)
		if code != 0 || !strings.Contains(out, want) {
			t.Errorf("%v: %d, %s%s", args, code, out, errs)
		}
		return out
	}
	ok("已保存集合项“农口单位”，2个单位", "roster", "set", "农口单位", "--member", "农牧=甲市农牧业局", "--member", "农机=甲市农机局@2020-01-01..")
	day := []string{"--day", "2026-01-05", "--reason", "机构改革方案"}
	with := func(args ...string) []string { return append(args, day...) }
	ok("只是预览，没有办理：更名", with("rename", "甲市农牧业局", "甲市农牧局", "--short", "市农牧局", "--dry-run")...)
	ok("“甲市农牧业局”更名为“甲市农牧局”", with("rename", "甲市农牧业局", "甲市农牧局", "--short", "市农牧局")...)
	if code, _, errs := ran(t, append([]string{"unit", "merge", "甲市农机局", "--into", "甲市农牧局", "--dir", dir}, day...)...); code != 1 || !strings.Contains(errs, "会把“甲市农牧局”列两次") {
		t.Errorf("a roster would have it twice: %d %s", code, errs)
	}
	ok("已保存集合项“农口单位”，1个单位", "roster", "set", "农口单位", "--member", "农牧=甲市农牧局")
	var done reformed
	if err := json.Unmarshal([]byte(ok("", with("merge", "甲市农机局", "--into", "甲市农牧局", "--json")...)), &done); err != nil || !done.Done || len(done.Consequences) != 1 {
		t.Errorf("%v %+v", err, done)
	}
	ok("新设“甲市普查中心”", with("split", "甲市统计局", "--into", "甲市普查中心；市普查中心", "--stays")...)
	ok("已办理：撤销", with("end", "甲市普查中心")...)
	var shown shownUnit
	if err := json.Unmarshal([]byte(ok("", "show", "甲市农牧局", "--json")), &shown); err != nil || len(shown.Past) != 2 || shown.Past[1].From[0] != "甲市农机局" || len(shown.Former) != 1 || shown.Rosters[0] != "农口单位" {
		t.Errorf("%v %+v", err, shown)
	}
	ok("合并：甲市农机局、甲市农牧局 → 甲市农牧局", "show", "甲市农牧局")
	ok("甲市农牧局", "roster", "list")
	ok("已删去集合项“农口单位”", "roster", "drop", "农口单位")
	if out := ok("[]", "roster", "list", "--json"); strings.TrimSpace(out) != "[]" {
		t.Error(out)
	}
	for want, args := range map[string][]string{
		"没有“无此局”":   with("end", "无此局"),
		"不是日期":      {"end", "甲市统计局", "--day", "昨天", "--reason", "x"},
		"没有集合项“无”":  {"roster", "drop", "无"},
		"应写成“称呼=单位": {"roster", "set", "x", "--member", "甲市统计局"},
	} {
		if code, _, errs := ran(t, append(append([]string{"unit"}, args...), "--dir", dir)...); code == 0 || !strings.Contains(errs, want) {
			t.Errorf("%v: %d %s", args, code, errs)
		}
	}
}
