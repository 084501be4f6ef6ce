package main

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"jianbao/bulletin"
	"jianbao/bulletin/typeset/fonts"
	"jianbao/fault"
	"jianbao/workflow"
)

// command runs the program and returns its exit code and what it said.
func command(args ...string) (code int, out, errs string) {
	var o, e bytes.Buffer
	code = run(context.Background(), args, &o, &e)
	return code, o.String(), e.String()
}

var sampleText = filepath.Join("..", "..", "bulletin", "testdata", "00-seed.txt")

func write(t *testing.T, name, text string) string {
	t.Helper()
	name = filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return name
}

// settledSample is the real bulletin with its one blocking problem settled.
func settledSample(t *testing.T) string {
	t.Helper()
	raw, err := os.ReadFile(sampleText)
	if err != nil {
		t.Fatal(err)
	}
	text, err := bulletin.Settle(string(raw), "seam-overlap", 15, "drop")
	if err != nil {
		t.Fatal(err)
	}
	return write(t, "draft.txt", text)
}

func TestRenderMakesEveryForm(t *testing.T) {
	draft := settledSample(t)
	for form, begins := range map[string]string{"pdf": "%PDF-", "docx": "PK\x03\x04", "html": "<!DOCTYPE html>", "txt": "鄂 尔 多 斯"} {
		out := filepath.Join(t.TempDir(), "out."+form)
		code, _, said := command("render", draft, "-o", out)
		data, err := os.ReadFile(out)
		if err != nil || code != 0 || !bytes.HasPrefix(data, []byte(begins)) {
			t.Errorf("%s: exit %d, %v: %s", form, code, err, said)
		}
		if strings.Contains(said, proofWord) || bytes.Contains(data, []byte(proofWord)) {
			t.Errorf("%s: a clean text is called a proof: %s", form, said)
		}
		if !strings.Contains(said, "电话8589860没有区号") {
			t.Errorf("%s: the problems are not said: %s", form, said)
		}
	}
}

func TestAnUnsettledTextIsAProof(t *testing.T) {
	out := filepath.Join(t.TempDir(), "out.txt")
	code, _, said := command("render", sampleText, "-o", out)
	data, err := os.ReadFile(out)
	if err != nil || code != 0 || !strings.HasPrefix(string(data), "校样\n") || !strings.Contains(said, "有1处必须先解决") || !strings.Contains(said, "必须解决　第15行") {
		t.Errorf("exit %d, %v, %s\n%.100s", code, err, said, data)
	}
}

func TestATextWithoutANumberIsAProof(t *testing.T) {
	raw, err := os.ReadFile(settledSample(t))
	if err != nil {
		t.Fatal(err)
	}
	draft := write(t, "draft.txt", strings.Replace(string(raw), "第 8 期", "", 1))
	out := filepath.Join(t.TempDir(), "out.txt")
	for args, want := range map[string]string{"": "（待编号）", "--number=9": "第9期", "--number=9 --date=2021-08-02": "2021年8月2日"} {
		code, _, said := command(append([]string{"render", draft, "-o", out}, strings.Fields(args)...)...)
		data, err := os.ReadFile(out)
		if err != nil || code != 0 || !strings.Contains(string(data), want) || strings.Contains(said, "还没有期号") != (args == "") {
			t.Errorf("%s: exit %d, %v, %s", args, code, err, said)
		}
	}
}

func TestWhatRenderRefusesLeavesNoFile(t *testing.T) {
	label := "秘密★1年\n\n示例简报\n\n第 1 期\n\n示例市科技局\n2024年7月15日\n\n【重点】\n\n甲事办结。有关部门回应。\n"
	for _, c := range []struct {
		name  string
		args  []string
		code  int
		wants string
	}{
		{"classified", []string{write(t, "a.txt", label)}, 1, "非涉密系统"},
		{"no bulletin", []string{write(t, "a.txt", "明天开会。\n")}, 1, ""},
		{"final and unsettled", []string{sampleText, "--final"}, 1, "还不能定稿"},
		{"no such file", []string{"nosuch.txt"}, 2, "nosuch.txt"},
		{"no such template", []string{sampleText, "--template=没有"}, 2, "两行式、同行式、套红纸"},
		{"bad template", []string{sampleText, "--template=" + write(t, "t.json", `{"nmae": ""}`)}, 1, "nmae"},
		{"no such fonts", []string{sampleText, "--fonts=nosuch"}, 1, "nosuch"},
		{"no such day", []string{sampleText, "--date=2021-02-30"}, 2, "2021-02-30"},
	} {
		out := filepath.Join(t.TempDir(), "out.pdf")
		code, _, said := command(append([]string{"render", "-o", out}, c.args...)...)
		if _, err := os.Stat(out); code != c.code || !errors.Is(err, os.ErrNotExist) || !strings.Contains(said, c.wants) {
			t.Errorf("%s: exit %d, %v, %s", c.name, code, err, said)
		}
	}
	for _, out := range []string{"out.doc", "out", "nosuch/out.pdf"} {
		if code, _, said := command("render", sampleText, "-o", filepath.Join(t.TempDir(), out)); code == 0 || !strings.Contains(said, filepath.Base(out)) {
			t.Errorf("%s: exit %d, %s", out, code, said)
		}
	}
	if code, _, _ := command("render", sampleText, "--large", "-o", filepath.Join(t.TempDir(), "out.html")); code != 2 {
		t.Errorf("large type in a mail: exit %d", code)
	}
}

func TestLargeTypeAndTemplatesChangeThePaper(t *testing.T) {
	draft := settledSample(t)
	own := write(t, "own.json", `{"name": "本单位", "base": "同行式", "words": {"number": "NO.{}"}}`)
	document := func(args ...string) string {
		out := filepath.Join(t.TempDir(), "out.docx")
		if code, _, said := command(append([]string{"render", draft, "-o", out}, args...)...); code != 0 {
			t.Fatalf("%v: %s", args, said)
		}
		z, err := zip.OpenReader(out)
		if err != nil {
			t.Fatal(err)
		}
		defer z.Close()
		f, err := z.Open("word/document.xml")
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		var b bytes.Buffer
		if _, err := b.ReadFrom(f); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	if plain, large := document(), document("--large"); !strings.Contains(plain, `linePitch="579"`) || strings.Contains(large, `linePitch="579"`) {
		t.Error("large type has the ordinary grid")
	}
	if !strings.Contains(document("--template", own), "NO.8") {
		t.Error("the office's template is not used")
	}
}

func TestFontsSaysWhatStandsBehindEachRole(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"body.ttf", "stray.ttf"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("no font"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	code, out, _ := command("fonts", "--dir", dir)
	for _, want := range []string{"Noto Serif SC", "没有用 " + filepath.Join(dir, "body.ttf"), "不是完好的字体文件", "stray.ttf", "仿宋"} {
		if code != 0 || !strings.Contains(out, want) {
			t.Errorf("exit %d, no %q in %s", code, want, out)
		}
	}
	code, out, _ = command("fonts", "--json")
	var printed struct{ Roles []fontLine }
	if err := json.Unmarshal([]byte(out), &printed); err != nil || code != 0 || len(printed.Roles) != len(fonts.Roles()) {
		t.Errorf("exit %d, %v: %s", code, err, out)
	}
	if code, out, _ = command("fonts", "--licences"); code != 0 || strings.Count(out, "SIL OPEN FONT LICENSE") < 5 {
		t.Errorf("exit %d, licences: %.100s", code, out)
	}
	if code, _, said := command("fonts", "--dir", filepath.Join(dir, "none")); code != 1 || !strings.Contains(said, "none") {
		t.Errorf("exit %d: %s", code, said)
	}
}

// noFiles has no bytes of any file.
type noFiles struct{}

func (noFiles) File(context.Context, string) ([]byte, error) {
	return nil, fault.New(fault.NotFound, unreadable.With("a.png"))
}

func TestThePressMakesEveryFormOfAnIssue(t *testing.T) {
	raw, err := os.ReadFile(settledSample(t))
	if err != nil {
		t.Fatal(err)
	}
	d := bulletin.Parse(string(raw)).Document
	r, err := newRenderer(noFiles{}, "")
	if err != nil {
		t.Fatal(err)
	}
	draft := workflow.Issue{Document: d}
	registered := workflow.Issue{Document: d, Date: d.Date, Number: workflow.Number{Kind: bulletin.Ordinary, Year: 2021, No: 8}}
	for form, kind := range mediaTypes {
		for want, issue := range map[string]workflow.Issue{"校样." + form: draft, "鄂尔多斯科技简报2021年第8期." + form: registered} {
			f, err := r.Press(context.Background(), workflow.Series{}, issue, form, false)
			if err != nil || f.Name != want || f.Type != kind || len(f.Data) == 0 {
				t.Errorf("%s: %v, %s, %s", form, err, f.Name, f.Type)
			}
		}
	}
	if _, err := r.Press(context.Background(), workflow.Series{}, draft, "ofd", false); !fault.Is(err, fault.Invalid) {
		t.Errorf("ofd: %v", err)
	}
	if _, err := r.Press(context.Background(), workflow.Series{Layout: []byte(`{"x": 1}`)}, draft, "pdf", false); !fault.Is(err, fault.Invalid) {
		t.Errorf("a bad template: %v", err)
	}
	draft.Pictures = []workflow.Attachment{{Name: "a.png", SHA256: "0"}}
	if _, err := r.Press(context.Background(), workflow.Series{}, draft, "pdf", false); !fault.Is(err, fault.NotFound) {
		t.Errorf("a picture that is not there: %v", err)
	}
}
