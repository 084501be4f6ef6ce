package dossier

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"jianbao/bulletin"
	"jianbao/fault"
	"jianbao/recipients"
	"jianbao/recipients/receipts"
	"jianbao/recipients/table"
	"jianbao/workflow"
	"jianbao/workflow/remarks"
)

var at = time.Date(2021, 7, 8, 1, 2, 3, 0, time.UTC)

// An office has one issue, and files under the name of their hash.
type office struct {
	Contents
	broken bool
}

func (o *office) Dossier(_ context.Context, id uuid.UUID) (Contents, error) {
	if id != o.Issue.ID {
		return Contents{}, fault.New(fault.NotFound, notYet.With())
	}
	return o.Contents, nil
}

func (o *office) File(_ context.Context, sum string) ([]byte, error) {
	if o.broken {
		return nil, errors.New("the disk is gone")
	}
	return []byte("文件 " + sum), nil
}

func (o *office) Press(_ context.Context, _ workflow.Series, _ workflow.Issue, form string, _ bool) (workflow.File, error) {
	return workflow.File{Data: []byte("排成 " + form)}, nil
}
func (o *office) Paper(t table.Table, _ string) ([]byte, error) {
	return fmt.Append(nil, t.Title, t.Rows), nil
}
func (o *office) Sheet(t table.Table) ([]byte, error) { return fmt.Append(nil, t.Title, t.Rows), nil }

func newOffice() *office {
	unit := recipients.Recipient{Unit: uuid.MustParse("00000000-0000-4000-8000-000000000001"), Name: "市委办公室", Channel: recipients.ByBoth, Copies: 2}
	o := &office{}
	o.Series = workflow.Series{Masthead: "科技简报", Organ: "科技局"}
	o.Issue = workflow.Issue{
		ID: uuid.New(), State: workflow.Archived, Number: workflow.Number{Kind: bulletin.Ordinary, Year: 2021, No: 3}, Released: at, Route: workflow.DefaultRoute(),
		Attachments: []workflow.Attachment{{Name: "附表：甲/乙.xlsx", SHA256: "a1"}, {Name: "同名.pdf", SHA256: "a2"}, {Name: "同名.PDF", SHA256: "a3"}},
		Decisions: []workflow.Decision{
			{Step: 1, Name: "王审核", ForName: "李主任", At: at, Act: workflow.Approve, Digest: "d1", Back: workflow.TakeBack},
			{Step: 1, Name: "乔栋", At: at, Act: workflow.Approve, Digest: "d1", Paper: &workflow.Signature{ByName: "文书", Consent: workflow.Circled, Scan: workflow.Attachment{Name: "签.png", SHA256: "s1"}}},
		},
		Circulation: recipients.Circulation{Lists: []recipients.List{{Label: "报", Entries: []recipients.Entry{{Printed: "市委办", Recipients: []recipients.Recipient{unit}}}}}},
	}
	o.Events = []workflow.Event{{Seq: 1, At: at, Name: "甲", Act: workflow.Open, To: workflow.Draft, Hash: "h1"}, {Seq: 2, At: at, Robot: true, Name: "定时", Act: workflow.Release, To: workflow.Dispatching, Prev: "h1", Hash: "h2"}}
	o.Originals = []workflow.Original{{Version: 1, Name: `C:\稿件.docx`, Data: []byte("原稿")}}
	o.Board = []receipts.Line{{Name: "市委办公室"}, {Name: "没有回音的局", Copies: 1}}
	o.Receipts = []receipts.Receipt{{Name: "市委办公室", Verdict: receipts.Received, By: "张三", At: at, Means: receipts.ByLink}}
	o.Remarks = []remarks.Remark{{Writing: remarks.Writing{Leader: "王市长", Text: "请阅。", Scan: workflow.Attachment{Name: "批.jpg", SHA256: "b1"}}}}
	o.Sent = []Sent{{Purpose: workflow.Released, Subject: "科技简报 第3期", Text: []byte("正文"), HTML: []byte("<p>"), Attachments: []workflow.Attachment{{Name: "科技简报3.pdf", SHA256: "p1"}, {Name: "同名.pdf", SHA256: "a2"}}}}
	return o
}

func written(t *testing.T, o *office) []byte {
	t.Helper()
	file, err := (&Desk{o, o}).Open(t.Context(), o.Issue.ID)
	if err != nil {
		t.Fatal(err)
	}
	if file.Name != "科技简报2021年第3期.zip" {
		t.Error(file.Name)
	}
	var out bytes.Buffer
	if err := file.Write(t.Context(), &out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestTheWholeFile(t *testing.T) {
	data := written(t, newOffice())
	in, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	texts, names := map[string]string{}, []string{}
	for _, f := range in.File {
		if f.NonUTF8 || f.Flags&0x800 == 0 {
			t.Errorf("%s does not say that its name is UTF-8", f.Name)
		}
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		texts[f.Name], names = string(text), append(names, f.Name)
	}
	want := `01正文/发出的/科技简报3.pdf
01正文/科技简报2021年第3期.docx
01正文/科技简报2021年第3期.txt
02审签/审签单.pdf
02审签/签批扫描/签.png
03发放名单.xlsx
04签收情况.xlsx
05领导批示.xlsx
06办理过程.xlsx
06办理过程.jsonl
07附件/附表：甲_乙.xlsx
07附件/同名.pdf
07附件/同名 (2).PDF
08批示扫描/批.jpg
09来稿/第1稿 C__稿件.docx
10发出的邮件/01科技简报 第3期/邮件.html
10发出的邮件/01科技简报 第3期/邮件.txt
清单.txt`
	if got := strings.Join(names, "\n"); got != want {
		t.Errorf("the files are\n%s", got)
	}
	for name, words := range map[string][]string{
		"02审签/审签单.pdf":        {"王审核（代李主任）", "已失效：收回意见", "乔栋", "圈阅", "文书补录", "d1"},
		"03发放名单.xlsx":         {"市委办", "市委办公室", "邮件和纸质"},
		"04签收情况.xlsx":         {"张三", "没有回音的局"},
		"05领导批示.xlsx":         {"王市长", "请阅。"},
		"06办理过程.xlsx":         {"定时（系统）", "h1", "h2"},
		"06办理过程.jsonl":        {`"hash":"h1"`, `"prev":"h1"`},
		"09来稿/第1稿 C__稿件.docx": {"原稿"},
	} {
		for _, word := range words {
			if !strings.Contains(texts[name], word) {
				t.Errorf("%s lacks %s: %s", name, word, texts[name])
			}
		}
	}
	lines := strings.Split(strings.TrimSpace(texts[manifest]), "\n")
	if len(lines) != len(names)-1 {
		t.Errorf("the manifest has %d lines", len(lines))
	}
	for _, line := range lines {
		sum, name, _ := strings.Cut(line, "  ")
		if own := sha256.Sum256([]byte(texts[name])); hex.EncodeToString(own[:]) != sum {
			t.Errorf("%s is not what the manifest says", name)
		}
	}
}

func TestTheSameIssueGivesTheSameFile(t *testing.T) {
	o := newOffice()
	one := written(t, o)
	if !bytes.Equal(one, written(t, o)) {
		t.Error("twice the same issue, two files")
	}
	o.Remarks[0].Text = "请速办。"
	if bytes.Equal(one, written(t, o)) {
		t.Error("a remark changes nothing")
	}
}

// TestAnotherProgramReadsIt has Python's zipfile check every file and its name.
func TestAnotherProgramReadsIt(t *testing.T) {
	path := filepath.Join(t.TempDir(), "whole.zip")
	if err := os.WriteFile(path, written(t, newOffice()), 0o600); err != nil {
		t.Fatal(err)
	}
	script := `import sys, zipfile, hashlib
z = zipfile.ZipFile(sys.argv[1])
assert z.testzip() is None
lines = z.read("清单.txt").decode().splitlines()
assert len(lines) == len(z.namelist()) - 1, lines
for line in lines:
    digest, name = line.split("  ", 1)
    assert hashlib.sha256(z.read(name)).hexdigest() == digest, name
sys.stdout.buffer.write("\n".join(z.namelist()).encode())`
	out, err := exec.Command("python3", "-c", script, path).CombinedOutput()
	if err != nil || !strings.Contains(string(out), "02审签/审签单.pdf") {
		t.Fatalf("%v: %s", err, out)
	}
}

func TestWhatHasNoWholeFile(t *testing.T) {
	o := newOffice()
	for what, change := range map[string]func(*workflow.Issue){
		"a draft":             func(i *workflow.Issue) { i.State = workflow.Draft },
		"a destroyed issue":   func(i *workflow.Issue) { i.State = workflow.Destroyed },
		"a classified recall": func(i *workflow.Issue) { i.Recall = &workflow.Recalling{Secret: true} },
	} {
		o := *o
		change(&o.Issue)
		if _, err := (&Desk{&o, &o}).Open(t.Context(), o.Issue.ID); !fault.Is(err, fault.Blocked) {
			t.Errorf("%s: %v", what, err)
		}
	}
	o.broken = true
	file, err := (&Desk{o, o}).Open(t.Context(), o.Issue.ID)
	if err != nil {
		t.Fatal(err)
	}
	if err := file.Write(t.Context(), io.Discard); err == nil || !strings.Contains(err.Error(), "科技简报3.pdf") {
		t.Error(err)
	}
}
