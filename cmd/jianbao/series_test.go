package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"jianbao/fault"
)

// planted is a directory with the sample series in it.
func plantedDir(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if code, _, errs := ran(t, "plant", "--dir", dir); code != 0 {
		t.Fatal(errs)
	}
	return dir
}

const sampleMasthead = "鄂尔多斯科技简报"

func TestASeriesIsShownChangedAndShownTheSame(t *testing.T) {
	dir := plantedDir(t)
	code, text, errs := ran(t, "series", "show", sampleMasthead, "--dir", dir)
	if code != 0 || !strings.Contains(text, "masthead = \"鄂尔多斯科技简报\"") {
		t.Fatal(code, text, errs)
	}
	file := filepath.Join(t.TempDir(), "a.toml")
	set := func(text string, flags ...string) (int, string, string) {
		t.Helper()
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return ran(t, append([]string{"series", "set", sampleMasthead, file, "--dir", dir}, flags...)...)
	}
	if code, out, errs := set(text, "--yes"); code != 0 || out != "没有差别，不用写入\n" {
		t.Errorf("unchanged: %d %q %q", code, out, errs)
	}
	changed := strings.Replace(text, `place = "鄂尔多斯"`, `place = "包头"`, 1) + "\n[[route]]\nkind = \"recheck\"\nrole = \"clerk\"\nhours = 4\n"
	code, out, errs := set(changed, "--yes", "--by", "王科长")
	want := "鄂尔多斯科技简报的设置有2处差别：\n  所在地：由“鄂尔多斯”改为“包头”\n  流程新增第3步：复核，本刊收发办理，限4个工作小时\n改流程只对以后新开的期有效"
	if code != 0 || !strings.HasPrefix(out, want) || !strings.HasSuffix(out, "已写入\n") {
		t.Errorf("%d %s\n%s", code, out, errs)
	}
	if code, out, _ := set("place = \"包头\"", "--json"); code != 0 || !strings.Contains(out, `"differences": [],`) || !strings.Contains(out, `"written": false`) {
		t.Errorf("set again: %d %s", code, out)
	}
	_, past, _ := ran(t, "series", "show", sampleMasthead, "--history", "--dir", dir)
	if !strings.Contains(past, "王科长") || !strings.Contains(past, "所在地：由“鄂尔多斯”改为“包头”；流程新增第3步") {
		t.Errorf("the history is %q", past)
	}
	for text, want := range map[string]string{
		"mailbox = \"无\"\nzone = \"x\"": "发信邮箱不是邮件地址",
		"a":                             "写法不对",
	} {
		if code, out, errs := set(text, "--yes"); code != 1 || out != "" || !strings.Contains(errs, want) {
			t.Errorf("%q: %d %q %q", text, code, out, errs)
		}
	}
	if code, _, errs := ran(t, "series", "show", "没有的简报", "--dir", dir); code != 1 || !strings.Contains(errs, "没有叫“没有的简报”的刊物") {
		t.Errorf("%d %q", code, errs)
	}
}

// Nothing is written unless somebody says so.
func TestASeriesIsSetOnConfirmation(t *testing.T) {
	dir := plantedDir(t)
	file := filepath.Join(t.TempDir(), "a.toml")
	if err := os.WriteFile(file, []byte("file_copies = 3"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		answer string
		want   fault.Code
	}{{"", fault.Blocked}, {"n\n", fault.Blocked}, {"y\n", ""}, {"", ""}} {
		var out bytes.Buffer
		set := seriesSet{database: database{Dir: dir}, actor: actor{By: "某人"}, Series: sampleMasthead, File: file, in: strings.NewReader(c.answer)}
		if err := set.Run(t.Context(), &console{Out: &out, Err: &out, Lang: fault.EN}); fault.CodeOf(err) != c.want {
			t.Errorf("%q: %v, %s", c.answer, err, &out)
		}
	}
	set := seriesSet{database: database{Dir: dir}, Series: sampleMasthead, File: "-", in: strings.NewReader("file_copies = 5")}
	var out, errs bytes.Buffer
	if err := set.Run(t.Context(), &console{Out: &out, Err: &errs, Lang: fault.EN}); err != nil || !strings.Contains(out.String(), "copies on file: from “3” to “5”") {
		t.Errorf("from the standard input: %v, %s", err, &out)
	}
	if _, text, _ := ran(t, "series", "show", sampleMasthead, "--dir", dir); !strings.Contains(text, "file_copies = 3\n") {
		t.Errorf("it was written: %s", text)
	}
}

func TestANewSeriesIsMadeByCommand(t *testing.T) {
	dir := plantedDir(t)
	_, units, _ := ran(t, "unit", "list", "--json", "--dir", dir)
	var listed []struct{ Name string }
	if err := json.Unmarshal([]byte(units), &listed); err != nil || len(listed) == 0 {
		t.Fatal(units, err)
	}
	code, out, errs := ran(t, "series", "new", "统计简报", "--organ", "市统计局", "--route", "full", "--countersign", listed[0].Name, "--dir", dir)
	if code != 0 || !strings.HasPrefix(out, "已新建刊物统计简报（") || !strings.Contains(errs, "没有负责人，流程第3步") {
		t.Errorf("%d %s\n%s", code, out, errs)
	}
	if code, _, errs := ran(t, "series", "new", "统计简报", "--organ", "市统计局", "--dir", dir); code != 1 || !strings.Contains(errs, "已有同样的记录") {
		t.Errorf("once more: %d %s", code, errs)
	}
	_, out, _ = ran(t, "series", "list", "--json", "--dir", dir)
	var all []listedSeries
	if err := json.Unmarshal([]byte(out), &all); err != nil || len(all) != 2 || strings.Join(all[1].Route, " ") != "edit review countersign sign-off recheck" {
		t.Errorf("%v, %s", err, out)
	}
	_, out, _ = ran(t, "series", "list", "--dir", dir)
	if !strings.Contains(out, "编辑→审核→会签→签发→复核") || !strings.Contains(out, "由人开期") {
		t.Errorf("%s", out)
	}
	_, out, _ = ran(t, "series", "show", "统计简报", "--json", "--dir", dir)
	var shown shownSeries
	if err := json.Unmarshal([]byte(out), &shown); err != nil || len(shown.Settings.Route) != 5 || len(shown.History) != 1 || len(shown.Doubts) == 0 {
		t.Errorf("%v, %s", err, out)
	}
}
