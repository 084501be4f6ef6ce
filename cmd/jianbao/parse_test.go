package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// samples are all drafts with one reader's expectation beside them.
func samples(t *testing.T) []string {
	t.Helper()
	var all []string
	for _, dir := range []string{"testdata/parse", "../../bulletin/testdata"} {
		files, err := filepath.Glob(dir + "/*.expect.json")
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, files...)
	}
	if len(all) < 15 {
		t.Fatalf("only %d samples", len(all))
	}
	return all
}

// parsed runs the command and returns its exit code and what it printed.
func parsed(t *testing.T, args ...string) (code int, facts map[string]any, errs string) {
	t.Helper()
	var out, complaints bytes.Buffer
	code = run(context.Background(), append([]string{"parse"}, args...), &out, &complaints)
	if slices.Contains(args, "--json") {
		if err := json.Unmarshal(out.Bytes(), &facts); err != nil {
			t.Fatalf("%v in %s", err, out.String())
		}
	} else {
		facts = map[string]any{"summary": out.String()}
	}
	return code, facts, complaints.String()
}

// Keys of expectations that are compared by rules of their own, or speak of
// other rooms.
var apart = []string{"must_warn", "question_lines", "must_not_contain", "broken_paragraphs", "lists", "roles", "editor_note", "issues",
	"ambiguous_lists", "pages", "page_lines_on_22x28_grid", "phone_area_code_missing"}

func TestSamplesAreReadAsExpected(t *testing.T) {
	for _, file := range samples(t) {
		name := strings.TrimSuffix(filepath.Base(file), ".expect.json")
		t.Run(name, func(t *testing.T) {
			raw, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			var want map[string]any
			if err := json.Unmarshal(raw, &want); err != nil {
				t.Fatal(err)
			}
			code, got, _ := parsed(t, strings.TrimSuffix(file, ".expect.json")+".txt", "--json", "--full")
			refuse := want["refuse"] == true
			if refuse != (code == 1) || refuse != (got["refuse"] == true) {
				t.Fatalf("exit %d, refuse %v", code, got["refuse"])
			}
			compareFacts(t, want, got)
		})
	}
}

func compareFacts(t *testing.T, want, got map[string]any) {
	for key, w := range want {
		if !slices.Contains(apart, key) && !reflect.DeepEqual(w, got[key]) && !(w == nil && got[key] == nil) {
			t.Errorf("%s: got %v, want %v", key, got[key], w)
		}
	}
	for _, key := range []string{"lists", "roles"} {
		if w, named := want[key]; named && !reflect.DeepEqual(w, got[key]) {
			t.Errorf("%s: got %v, want %v", key, got[key], w)
		}
	}
	said, _ := json.Marshal(got["problems"])
	for _, q := range listOf(want["question_lines"]) {
		if !strings.Contains(string(said), q.(string)[:18]) {
			t.Errorf("%v is not questioned in %s", q, said)
		}
	}
	for range listOf(want["must_warn"]) {
		if len(listOf(got["problems"])) < len(listOf(want["must_warn"])) {
			t.Errorf("too few problems: %s", said)
		}
	}
	compareBroken(t, listOf(want["broken_paragraphs"]), listOf(got["broken_paragraphs"]))
}

func listOf(v any) []any { l, _ := v.([]any); return l }

func compareBroken(t *testing.T, want, got []any) {
	if want == nil {
		return
	}
	if len(got) != len(want) {
		t.Fatalf("%d broken paragraphs, want %d", len(got), len(want))
	}
	for i := range want {
		w, g := want[i].(map[string]any), got[i].(map[string]any)
		if !strings.HasSuffix(g["before"].(string), w["before"].(string)) || !strings.HasPrefix(g["after"].(string), w["after"].(string)) ||
			g["overlap"] != w["overlap"] || g["auto_join"] != w["auto_join"] {
			t.Errorf("seam %d: got %v, want %v", i, g, w)
		}
	}
}

// The warnings that the expectations ask for in words.
func TestSamplesWarn(t *testing.T) {
	for file, codes := range map[string][]string{
		"00-seed":   {"year-from-date", "no-signatory", "seam-overlap", "list-collective", "copies-left", "phone-area"},
		"synth-17":  {"impossible-date", "duplicate-recipient", "no-file-copy"},
		"synth-07":  {"list-ambiguous"},
		"synth-05e": {"secret-word"},
		"synth-21":  {"label-in-body"},
	} {
		_, got, _ := parsed(t, "../../bulletin/testdata/"+file+".txt", "--json")
		said, _ := json.Marshal(got["problems"])
		for _, code := range codes {
			if !strings.Contains(string(said), `"`+code+`"`) {
				t.Errorf("%s: no %s in %s", file, code, said)
			}
		}
	}
}

func TestParseExitCodes(t *testing.T) {
	seed := "../../bulletin/testdata/00-seed.txt"
	for _, c := range []struct {
		args []string
		code int
		says string
	}{
		{[]string{seed}, 0, ""},
		{[]string{seed, "--json"}, 0, ""},
		{[]string{"testdata/parse/synth-05.txt"}, 1, "非涉密系统"},
		{[]string{"testdata/parse/real-17.txt"}, 1, "没有正文"},
		{[]string{"no-such-file.txt"}, 2, "no-such-file.txt"},
		{[]string{}, 2, "file"},
		{[]string{seed, "--colour"}, 2, "--colour"},
	} {
		code, _, errs := parsed(t, c.args...)
		if code != c.code || !strings.Contains(errs, c.says) {
			t.Errorf("%v: exit %d, says %q", c.args, code, errs)
		}
	}
}

func TestParseReadsTheStandardInput(t *testing.T) {
	raw, err := os.ReadFile("testdata/parse/synth-16-gb18030.txt")
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	err = parse{File: "-", JSON: true, in: bytes.NewReader(raw)}.Run(&console{Out: &out})
	if err != nil || !strings.Contains(out.String(), `"masthead": "示例税务简报"`) {
		t.Errorf("%v in %s", err, out.String())
	}
}

// No word of a classified text's body is printed, for people or for programs.
func TestClassifiedTextIsNotPrinted(t *testing.T) {
	for _, args := range [][]string{{"--json", "--full"}, {}} {
		code, facts, errs := parsed(t, append(args, "testdata/parse/synth-05.txt")...)
		all, _ := json.Marshal(facts)
		if code != 1 || strings.Contains(string(all)+errs, "占位") || strings.Contains(string(all)+errs, "市委常委") {
			t.Errorf("exit %d: %s %s", code, all, errs)
		}
	}
}

func TestTheSummaryNamesWhatCounts(t *testing.T) {
	_, got, _ := parsed(t, "../../bulletin/testdata/00-seed.txt")
	for _, want := range []string{"简报名称：鄂尔多斯科技简报", "期号：2021年第 8 期", "【部门动态】5条", "报（4）：鄂尔多斯市委领导、", "审核：乔栋", "[须处理] 第15行", "建议：去掉重复的“记”后接上："} {
		if !strings.Contains(got["summary"].(string), want) {
			t.Errorf("%q is not in\n%s", want, got["summary"])
		}
	}
}

func TestSeveralBulletinsInOneFile(t *testing.T) {
	text := ""
	for _, n := range []string{"1", "2"} {
		text += "示例简报\n第" + n + "期\n示例市局\n2024年5月" + n + "日\n【要闻】\n春耕收尾。全市完成98%。\n报：市委。\n（共印3份）\n"
	}
	file := filepath.Join(t.TempDir(), "two.txt")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	code, got, _ := parsed(t, file, "--json")
	issues := listOf(got["issues"])
	if code != 0 || len(issues) != 2 || got["issue_no"] != 1.0 || issues[1].(map[string]any)["date"] != "2024-05-02" {
		t.Errorf("exit %d: %v", code, got["issues"])
	}
}
