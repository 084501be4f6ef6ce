package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const pasted2027 = "一、元旦：1月1日（周五）至3日（周日）放假，共3天。\n七、国庆节：10月1日（周五）至7日（周四）放假调休，共7天。9月26日（周日）、10月9日（周六）上班。\n"

func TestTheTableOfAYearComesInAndGoesOut(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	notice := filepath.Join(t.TempDir(), "通知.txt")
	if err := os.WriteFile(notice, []byte(pasted2027), 0o600); err != nil {
		t.Fatal(err)
	}
	run := func(want int, says string, args ...string) string {
		t.Helper()
		code, out, errs := ran(t, append(append([]string{"calendar"}, args...), "--dir", dir)...)
		if code != want || !strings.Contains(out+errs, says) {
			t.Errorf("%v: %d %s %s", args, code, out, errs)
		}
		return out
	}
	run(1, "2027年的放假安排尚未录入", "show", "2027")
	run(0, "2026-10-01至2026-10-07,休,国庆节", "show", "2026")
	run(0, "只是预览，12天会改动", "import", notice, "--year", "2027")
	run(1, "尚未录入", "show", "2027")
	run(1, "请写明改动的依据", "import", notice, "--year", "2027", "--yes")
	run(0, "已存入2027年放假安排，改动12天", "import", notice, "--year", "2027", "--yes", "--reason", "国办通知")
	run(1, "第1行写1月1日是星期五", "import", notice, "--year", "2028")
	shown := run(0, "本单位录入，第1版", "show", "2027")
	for _, name := range []string{"t.ics", "t.csv", "t.xlsx", "t.txt"} {
		file := filepath.Join(t.TempDir(), name)
		run(0, "", "export", "2027", file)
		run(0, "与现在的安排逐日相同", "import", file, "--year", "2027")
	}
	run(2, "文件名要以", "export", "2027", filepath.Join(t.TempDir(), "t.doc"))
	run(0, "2027-10-08：原为上班，改为休（国庆节）", "set", "2027-10-08", "off", "--name", "国庆节", "--reason", "市政府通知")
	run(1, "没有写是什么节日", "set", "2027-10-11", "off", "--reason", "市政府通知")
	run(2, "日期应写成", "set", "10-08", "usual", "--reason", "x")
	run(0, "原为休（国庆节），改为上班", "set", "2027-10-08", "usual", "--reason", "市政府更正")
	if again := run(0, "第3版", "show", "2027"); again != shown {
		t.Errorf("%s\nnot\n%s", again, shown)
	}
	run(0, "已删去本单位录入的2027年放假安排", "reset", "2027", "--reason", "录错")
	run(1, "本单位没有录入2027年的放假安排", "reset", "2027", "--reason", "录错")
}
