package main

import (
	"encoding/json"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"jianbao/seeds"
	"jianbao/sheets"
	"jianbao/workflow/remarks"
)

func TestRemarksByCommand(t *testing.T) {
	dir := plantedDir(t)
	o, err := open(t.Context(), filepath.Join(dir, databaseFile), slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	w := &walk{office: o}
	issue, err := w.issue8(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	words := remarks.Writing{Leader: "张三", Role: "市长", Text: "请市发改委研究。", Source: remarks.ByKeying}
	r, err := o.remarkDesk().Enter(t.Context(), w.as(t.Context(), seeds.ClerkLogin), issue, words, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := o.close(); err != nil {
		t.Fatal(err)
	}

	series := seeds.SeriesID.String()
	code, out, errs := ran(t, "remark", "list", series, "--dir", dir)
	if code != 0 || !strings.Contains(out, "待核对") || !strings.Contains(out, r.ID.String()) {
		t.Errorf("%d %s %s", code, out, errs)
	}
	var all []listedRemark
	_, out, _ = ran(t, "remark", "list", series, "--open", "--json", "--dir", dir)
	if err := json.Unmarshal([]byte(out), &all); err != nil || len(all) != 1 || all[0].Leader != "张三" || all[0].State != "entered" {
		t.Errorf("%s %v", out, err)
	}
	code, out, errs = ran(t, "remark", "show", r.ID.String(), "--dir", dir)
	if code != 0 || !strings.Contains(out, "登记") || !strings.Contains(errs, "前后相接") {
		t.Errorf("%d %s %s", code, out, errs)
	}
	var one shownRemark
	_, out, _ = ran(t, "remark", "show", r.ID.String(), "--json", "--dir", dir)
	if err := json.Unmarshal([]byte(out), &one); err != nil || len(one.History) != 1 || one.History[0].Act != "enter" {
		t.Errorf("%s %v", out, err)
	}
	for name, begins := range map[string]string{"月报.xlsx": "本月登记", "台账.csv": "张三"} {
		file := filepath.Join(t.TempDir(), name)
		if code, _, errs := ran(t, "remark", "export", series, "--month", time.Now().Format("2006-01"), "-o", file, "--dir", dir); code != 0 {
			t.Fatal(errs)
		}
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		sheet, err := sheets.Read(data)
		found := false
		for n := range sheet.Rows {
			for column := range sheet.Rows[n] {
				found = found || sheet.Text(n, column) == begins
			}
		}
		if err != nil || !found {
			t.Errorf("%s: %v %v", name, sheet.Rows, err)
		}
	}
	for _, wrong := range [][]string{{"remark", "show", "x"}, {"remark", "export", series, "--month", "七月", "-o", "a.xlsx"}, {"remark", "export", series, "-o", "a.txt"}, {"remark", "list", "没有的刊物"}} {
		if code, _, _ := ran(t, append(wrong, "--dir", dir)...); code == 0 {
			t.Errorf("%v was done", wrong)
		}
	}
}
