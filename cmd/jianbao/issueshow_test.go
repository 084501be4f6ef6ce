package main

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/uuid"

	"jianbao/bulletin"
	"jianbao/workflow"
)

func TestTheStoryOfAnIssue(t *testing.T) {
	dir := t.TempDir()
	r := demonstration(t, "--dir", dir)
	show := func(args ...string) (int, string, string) {
		return ran(t, append([]string{"issue", "show", "--dir", dir}, args...)...)
	}
	code, text, errs := show("8")
	for _, want := range []string{"《鄂尔多斯科技简报》2021年第8期  2021-07-15", r.Issue.Digest, "编辑   程继东 送审", "审核   乔栋 ", "报（4）", r.Copies.Sentence, "accepted 15", "下一步"} {
		if code != 0 || !strings.Contains(text, want) {
			t.Errorf("%d %s: there is no %q in\n%s", code, errs, want, text)
		}
	}
	var s story
	_, out, _ := show("2021-8", "--json", "--lang", "en")
	if err := json.Unmarshal([]byte(out), &s); err != nil || s.ID != r.Issue.ID || s.Letters["accepted"] != 15 || len(s.Route) != 2 || len(s.Route[1].Decisions) != 1 || s.Next == "" {
		t.Errorf("%v\n%s", err, out)
	}
	if _, again, _ := show(r.Issue.ID.String(), "--json", "--lang", "en"); again != out {
		t.Errorf("by its id it is another:\n%s", again)
	}
	for want, args := range map[string][]string{"没有9": {"9"}, "没有2020年第8期": {"2020年第8期"}, "既不是期号": {"第八期"}, "没有8": {"8", "--series", "无此刊"}, "没有这一条": {uuid.NewString()}} {
		if code, _, errs := show(args...); code == 0 || !strings.Contains(errs, want) {
			t.Errorf("%v: %d %s", args, code, errs)
		}
	}
}

func TestANumberWithoutAYearIsTheLatest(t *testing.T) {
	line := func(kind bulletin.Kind, year, no int) workflow.RegisterLine {
		return workflow.RegisterLine{Number: workflow.Number{Kind: kind, Year: year, No: no}}
	}
	register := []workflow.RegisterLine{line(bulletin.Ordinary, 2020, 8), line(bulletin.Ordinary, 2021, 8), line(bulletin.Supplement, 2022, 8)}
	if l, there := lineWith(register, bulletin.Ordinary, 0, 8); !there || l.Year != 2021 {
		t.Errorf("%+v", l)
	}
	if l, there := lineWith(register, bulletin.Ordinary, 2020, 8); !there || l.Year != 2020 {
		t.Errorf("%+v", l)
	}
	if _, there := lineWith(register, bulletin.Ordinary, 2022, 8); there {
		t.Error("a supplement is taken for an ordinary issue")
	}
}
