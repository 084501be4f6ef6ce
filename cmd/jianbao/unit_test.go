package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// kept writes a file in GB18030, as Excel does, and returns its path.
func kept(t *testing.T, name, text string) string {
	t.Helper()
	raw, err := simplifiedchinese.GB18030.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(raw), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestUnitsComeInAndGoOut(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	sheet := kept(t, "单位.csv", "单位名称,简称,邮箱,份数\r\n鄂尔多斯市统计局,市统计局,tjj@a.example,2\r\n鄂尔多斯市能源局,,nyj@a.example,\r\n")
	importing := func(file string, more ...string) (int, string, string) {
		return ran(t, append([]string{"unit", "import", file, "--dir", dir}, more...)...)
	}
	if code, out, errs := importing(sheet, "--dry-run"); code != 0 || !strings.Contains(out, "会新增2家") {
		t.Fatalf("dry run: %d %s %s", code, out, errs)
	}
	if _, out, _ := ran(t, "unit", "list", "--dir", dir, "--json"); strings.TrimSpace(out) != "[]" {
		t.Errorf("the dry run left %s", out)
	}
	if code, out, errs := importing(sheet); code != 0 || !strings.Contains(out, "已导入：新增2家，改动0家") {
		t.Fatalf("import: %d %s %s", code, out, errs)
	}
	for _, name := range []string{"out.csv", "out.xlsx"} {
		file := filepath.Join(t.TempDir(), name)
		if code, _, errs := ran(t, "unit", "export", "--dir", dir, "-o", file); code != 0 {
			t.Fatal(errs)
		}
		var back importJSON
		code, out, errs := importing(file, "--json")
		if err := json.Unmarshal([]byte(out), &back); code != 0 || err != nil || back.Unchanged != 2 || len(back.Changed)+len(back.Added) > 0 {
			t.Errorf("%s came back: %d %s %s %v", name, code, out, errs, err)
		}
	}
	changed := kept(t, "改.csv", "单位全称,份数\n鄂尔多斯市能源局,3\n")
	if code, out, _ := importing(changed); code != 0 || !strings.Contains(out, "份数：1 → 3") || !strings.Contains(out, "没有提到的1家") {
		t.Errorf("changed: %d %s", code, out)
	}
	var units []listedUnit
	_, out, _ := ran(t, "unit", "list", "--dir", dir, "--json")
	if err := json.Unmarshal([]byte(out), &units); err != nil || len(units) != 2 || units[1].Copies != 3 || units[0].Short[0]+units[1].Name == "" {
		t.Errorf("%s %v", out, err)
	}
	if _, out, _ := ran(t, "unit", "list", "--dir", dir); !strings.Contains(out, "邮件和纸质") {
		t.Error(out)
	}
}

func TestOneWrongLineStopsTheImport(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	sheet := kept(t, "单位.csv", "单位全称,邮箱\n甲局,a@b.example\n乙局,没有\n")
	code, _, errs := ran(t, "unit", "import", sheet, "--dir", dir)
	if code != 1 || !strings.Contains(errs, "第3行第2列“邮箱”") {
		t.Errorf("%d %s", code, errs)
	}
	if _, out, _ := ran(t, "unit", "list", "--dir", dir, "--json"); strings.TrimSpace(out) != "[]" {
		t.Errorf("half of it was imported: %s", out)
	}
	var told importJSON
	_, out, _ := ran(t, "unit", "import", sheet, "--dir", dir, "--json", "--lang", "en")
	if err := json.Unmarshal([]byte(out), &told); err != nil || told.Imported || told.Problems[0].Line != 3 || told.Problems[0].Column != 2 {
		t.Errorf("%s %v", out, err)
	}
	for want, args := range map[string][]string{
		"打不开文件":        {"unit", "import", filepath.Join(dir, "none.csv"), "--dir", dir},
		".csv 或 .xlsx": {"unit", "export", "-o", "x.doc", "--dir", dir},
		"写不了":          {"unit", "export", "-o", filepath.Join(dir, "no", "x.csv"), "--dir", dir},
	} {
		if code, _, errs := ran(t, args...); code != 2 || !strings.Contains(errs, want) {
			t.Errorf("%v: %d %s", args, code, errs)
		}
	}
}
