package web

import (
	"bytes"
	"net/http"
	"strings"
	"testing"

	"jianbao/accounts"
	"jianbao/bulletin"
	"jianbao/workflow"

	"jianbao/web/page"
)

const plainIssue = "科技简报\n第1期\n市科技局\n2025年7月1日\n会议召开。详情如下，会议讨论了几件事。\n送：市发改委。\n"

func textFile(name, text string) []workflow.File {
	return []workflow.File{{Name: name, Data: []byte(text)}}
}

func TestAFileIsHandedInWithItsBytes(t *testing.T) {
	o := newOffice()
	v := inOffice(t, o)
	is(t, v.send("/issues", textFile("七月 简报.txt", plainIssue), "series", ourSeries.String(), "text", ""), http.StatusSeeOther)
	if s := o.source; s.Name != "七月 简报.txt" || string(s.Data) != plainIssue || s.Text == "" || s.Encoding != "UTF-8" {
		t.Errorf("handed in %+v", s)
	}
	is(t, v.send(here+"/file", textFile("再来.txt", plainIssue), "version", "3"), http.StatusSeeOther)
	if o.source.Name != "再来.txt" || o.order.Version != 3 {
		t.Errorf("saved %+v at %d", o.source, o.order.Version)
	}
}

func TestAPastedTextIsItsOwnSource(t *testing.T) {
	o := newOffice()
	v := inOffice(t, o)
	is(t, v.send("/issues", nil, "series", ourSeries.String(), "text", "一\r\n二"), http.StatusSeeOther)
	if s := o.source; s.Name != "" || string(s.Data) != "一\n二" || s.Text != "一\n二" {
		t.Errorf("handed in %+v", s)
	}
}

func TestWhatAFileLosesIsSaidOnce(t *testing.T) {
	o := newOffice()
	v := inOffice(t, o)
	page := "<html><body><p>科技简报</p><p>会议召开。</p><img src=\"http://elsewhere.example/a.png\"></body></html>"
	is(t, v.send("/issues", textFile("a.html", page), "series", ourSeries.String()), http.StatusSeeOther)
	is(t, v.get(here), 200, `class="notes"`)
	lacks(t, v.get(here), `class="notes"`)
}

func TestFilesThatAreNotTaken(t *testing.T) {
	two := append(textFile("a.txt", plainIssue), textFile("b.txt", plainIssue)...)
	for name, c := range map[string]struct {
		files []workflow.File
		text  string
		words string
	}{
		"two files":     {two, "", oneFile.ZH},
		"file and text": {textFile("a.txt", plainIssue), "贴的字", "贴的字"},
		"a program":     {textFile("a.doc", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "", "没有办成"},
	} {
		t.Run(name, func(t *testing.T) {
			o := newOffice()
			v := inOffice(t, o)
			is(t, v.send("/issues", c.files, "series", ourSeries.String(), "text", c.text), http.StatusUnprocessableEntity, c.words)
			if o.changes != 0 {
				t.Error("something was done")
			}
		})
	}
	o := newOffice()
	is(t, inOffice(t, o).send(here+"/file", nil, "version", "3"), http.StatusUnprocessableEntity, page.ChooseFile.ZH)
}

// What is classified is refused without a word of it, and whoever keeps the
// register is shown how to register its paper.
func TestClassifiedFilesLeaveNothing(t *testing.T) {
	secret := "秘密★1年\n科技简报\n第9期\n市科技局\n2025年7月1日\n绝不能出现的话。\n"
	o := newOffice()
	v := inOffice(t, o)
	w := v.send("/issues", textFile("a.txt", secret), "series", ourSeries.String(), "text", "")
	is(t, w, http.StatusUnprocessableEntity, "发文登记簿", "请本刊收发人员")
	lacks(t, w, "绝不能出现", `name="holder"`)
	o.person.Grants = append(o.person.Grants, accounts.Grant{Series: ourSeries, Role: accounts.Clerk})
	o.lines = []workflow.RegisterLine{{Number: workflow.Number{Kind: bulletin.Ordinary, Year: 2025, No: 8}}}
	w = v.send("/issues", textFile("a.txt", secret), "series", ourSeries.String(), "text", "")
	is(t, w, http.StatusUnprocessableEntity, `name="holder"`, `name="no" inputmode="numeric" value="9"`, `value="2025-07-01"`, `value="1年"`, "下一个是第9期")
	lacks(t, w, "绝不能出现")
	if o.changes != 0 || len(o.source.Data) != 0 {
		t.Error("something reached the desk")
	}
	// A text that is typed reaches the desk, which refuses it.
	label := bulletin.Label{Level: "秘密"}
	o.err = label.Refusal()
	for _, w := range []string{
		v.send("/issues", nil, "series", ourSeries.String(), "text", secret).Body.String(),
		v.post(here+"/text", "version", "3", "text", secret).Body.String(),
	} {
		if strings.Contains(w, "绝不能出现") || !strings.Contains(w, "非涉密") {
			t.Errorf("the answer is %s", w)
		}
	}
}

func TestFormsAreBounded(t *testing.T) {
	o := newOffice()
	v := inOffice(t, o)
	long := strings.Repeat("长", page.MaxBody/3+1)
	is(t, v.send("/issues", nil, "series", ourSeries.String(), "text", long), http.StatusUnprocessableEntity, "2 MB")
	big := []workflow.File{{Name: "a.txt", Data: bytes.Repeat([]byte("a"), page.MaxUpload)}}
	is(t, v.send("/issues", big, "series", ourSeries.String()), http.StatusUnprocessableEntity, "22 MB")
	is(t, v.send("/issues", make([]workflow.File, 0), manyFields()...), http.StatusUnprocessableEntity, page.BadForm.ZH)
	if o.changes != 0 {
		t.Error("something was done")
	}
}

func manyFields() (pairs []string) {
	for range page.MaxParts + 1 {
		pairs = append(pairs, "x", "y")
	}
	return pairs
}

func TestNobodyIsReadToBeforeSigningIn(t *testing.T) {
	o := newOffice()
	is(t, visit(t, o).send("/issues", textFile("a.txt", plainIssue), "series", ourSeries.String()), http.StatusSeeOther)
	if o.changes != 0 {
		t.Error("something was done")
	}
}

func TestAttachments(t *testing.T) {
	o := newOffice()
	v := inOffice(t, o)
	two := append(textFile("甲.xlsx", "a"), textFile("乙.pdf", "b")...)
	is(t, v.send(here+"/files", two, "version", "3"), http.StatusSeeOther)
	if len(o.attached) != 2 || o.attached[1].Name != "乙.pdf" || o.order.Version != 4 {
		t.Errorf("attached %v, the last at version %d", o.attached, o.order.Version)
	}
	is(t, v.send(here+"/files", nil, "version", "3"), http.StatusUnprocessableEntity, page.ChooseFile.ZH)
	o.err = noGood
	is(t, v.send(here+"/files", two, "version", "3"), http.StatusUnprocessableEntity, "甲", "乙", "丙")
	if len(o.attached) != 3 {
		t.Error("went on after a refusal")
	}
}

func TestAttachmentsAreOrdered(t *testing.T) {
	o := newOffice()
	issue := o.issues[ourIssue]
	issue.Attachments = []workflow.Attachment{{Name: "甲", Size: 1 << 20, SHA256: "a"}, {Name: "乙", Size: 3 << 19, SHA256: "b"}, {Name: hostile, SHA256: "c"}}
	o.issues[ourIssue] = issue
	v := inOffice(t, o)
	is(t, v.get(here), 200, "附件共2.5 MB", "20.0 MB", `name="up" value="乙"`, `name="down" value="甲"`)
	lacks(t, v.get(here), `name="up" value="甲"`)
	for _, c := range []struct {
		button, name string
		act          workflow.Act
		want         string
	}{
		{"up", "乙", workflow.Arrange, "乙 甲 " + hostile}, {"down", "乙", workflow.Arrange, "甲 " + hostile + " 乙"},
		{"up", "甲", workflow.Arrange, "甲 乙 " + hostile}, {"down", hostile, workflow.Arrange, "甲 乙 " + hostile},
		{"remove", "乙", workflow.Detach, "乙"},
	} {
		is(t, v.post(here+"/order", "version", "3", c.button, c.name), http.StatusSeeOther)
		if got := strings.Join(o.order.Names, " "); o.order.Act != c.act || got != c.want {
			t.Errorf("%s %s: %s of %s", c.button, c.name, o.order.Act, got)
		}
	}
	o.options = nil
	lacks(t, v.get(here), `name="remove"`, `type="file"`)
}
