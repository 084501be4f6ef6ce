package workflow

import (
	"slices"
	"strings"
	"testing"

	"jianbao/bulletin"
	"jianbao/fault"
)

func (o *office) attach(t *testing.T, issue Issue, name, data string) Issue {
	t.Helper()
	next, err := o.Attach(t.Context(), o.editor, issue.ID, issue.Version, name, "application/pdf", []byte(data))
	if err != nil {
		t.Fatal(err)
	}
	return next
}

func names(all []Attachment) []string {
	return convert(all, func(a Attachment) string { return a.Name })
}

func TestFilesAreAttachedArrangedAndDetached(t *testing.T) {
	o := newOffice(t)
	issue := o.opened(t)
	before := issue.Digest()
	issue = o.attach(t, o.attach(t, o.attach(t, issue, "甲.pdf", "a"), "乙.pdf", "bb"), "丙.pdf", "ccc")
	if f := issue.Attachments[1]; f.Size != 2 || f.Type != "application/pdf" || string(o.books.files[f.SHA256]) != "bb" {
		t.Errorf("kept as %+v", f)
	}
	issue, err := o.Arrange(t.Context(), o.editor, issue.ID, issue.Version, []string{"丙.pdf", "甲.pdf", "乙.pdf"})
	if err != nil || !slices.Equal(names(issue.Attachments), []string{"丙.pdf", "甲.pdf", "乙.pdf"}) {
		t.Errorf("%v %v", names(issue.Attachments), err)
	}
	for range 3 {
		if issue.Digest() == before {
			t.Errorf("with %v the digest is that of no files", names(issue.Attachments))
		}
		if issue, err = o.Detach(t.Context(), o.editor, issue.ID, issue.Version, issue.Attachments[0].Name); err != nil {
			t.Fatal(err)
		}
	}
	if issue.Digest() != before {
		t.Error("without files it is another digest")
	}
	if err := VerifyChain(o.books.events[issue.ID], issue.Events, issue.Head); err != nil {
		t.Error(err)
	}
}

func TestFilesThatAreRefused(t *testing.T) {
	o := newOffice(t)
	o.Limit = 2 << 20
	issue := o.attach(t, o.opened(t), "甲.pdf", "a")
	attach := func(actor Actor, name, data string) error {
		_, err := o.Attach(t.Context(), actor, issue.ID, issue.Version, name, "", []byte(data))
		return err
	}
	arrange := func(names ...string) error {
		_, err := o.Arrange(t.Context(), o.editor, issue.ID, issue.Version, names)
		return err
	}
	_, gone := o.Detach(t.Context(), o.editor, issue.ID, issue.Version, "乙.pdf")
	_, byAct := o.Act(t.Context(), o.editor, issue.ID, Order{Act: Attach, Version: issue.Version, File: &File{Name: "x", Data: []byte("x")}})
	for what, c := range map[string]struct {
		err  error
		want fault.Code
		says string
	}{
		"the same name":        {attach(o.editor, "甲.PDF", "x"), fault.Blocked, "已有附件"},
		"nothing in it":        {attach(o.editor, "乙.pdf", ""), fault.Blocked, "是空的"},
		"a path":               {attach(o.editor, "../乙.pdf", "x"), fault.Blocked, "不能用的字符"},
		"too large":            {attach(o.editor, "乙.pdf", strings.Repeat("x", 800<<10)), fault.Blocked, "超过邮件上限2.0 MB"},
		"not the editor":       {attach(o.clerk, "乙.pdf", "x"), fault.Forbidden, "职责"},
		"classified":           {attach(o.editor, "秘密★1年 方案.pdf", "x"), fault.Refused, "非涉密系统"},
		"classified inside":    {attach(o.editor, "方案.txt", "机密★10年\n关于某事的报告"), fault.Refused, "非涉密系统"},
		"not there":            {gone, fault.Blocked, "没有附件"},
		"not all":              {arrange("乙.pdf"), fault.Blocked, "全部附件"},
		"one twice":            {arrange("甲.pdf", "甲.pdf"), fault.Blocked, "全部附件"},
		"none at all":          {arrange(), fault.Invalid, "缺少"},
		"a file in a bare act": {byAct, fault.Invalid, "没有这种操作"},
	} {
		if !fault.Is(c.err, c.want) || !strings.Contains(fault.Shown(c.err).In(fault.ZH), c.says) {
			t.Errorf("%s: %v", what, c.err)
		}
	}
	if now := o.books.issues[issue.ID]; now.Version != issue.Version || len(o.books.files) != 1 {
		t.Errorf("something was written: version %d, %d files", now.Version, len(o.books.files))
	}
}

func TestAFileAfterTheReviewNeedsAnotherOne(t *testing.T) {
	o := newOffice(t)
	issue := o.does(t, o.editor, o.attach(t, o.opened(t), "甲.pdf", "a"), Order{Act: Submit})
	if _, err := o.Detach(t.Context(), o.editor, issue.ID, issue.Version, "甲.pdf"); !fault.Is(err, fault.Blocked) {
		t.Errorf("detached under review: %v", err)
	}
}

func TestSizesAsEncoded(t *testing.T) {
	for n, want := range map[int]int{0: 1024, 1: 1024 + 78, 57: 1024 + 78, 58: 1024 + 156, 57 * 1000: 1024 + 78*1000} {
		if got := encoded(n); got != want {
			t.Errorf("%d bytes: %d, want %d", n, got, want)
		}
	}
}

const secret = "秘密★1年\n鄂尔多斯科技简报\n第 9 期\n不得外传的一段话。\n"

func TestClassifiedTextIsRefusedAndNotKept(t *testing.T) {
	o := newOffice(t)
	issue := o.opened(t)
	versions, texts := issue.Version, len(o.books.texts)
	open := func(s Source) error {
		_, err := o.OpenFile(t.Context(), o.editor, o.books.series.ID, s)
		return err
	}
	_, saved := o.Save(t.Context(), o.editor, issue.ID, issue.Version, secret)
	_, savedFile := o.SaveFile(t.Context(), o.editor, issue.ID, issue.Version, Source{Text: secret})
	_, opened := o.Open(t.Context(), o.nobody, o.books.series.ID, secret)
	for what, err := range map[string]error{
		"opened": opened, "saved": saved, "saved from a file": savedFile,
		"by its name":       open(Source{Name: "机密★10年.docx", Text: seedText(t)}),
		"by its properties": open(Source{Name: "a.docx", Properties: []string{"绝密★长期"}, Text: seedText(t)}),
		"by a picture":      open(Source{Name: "a.docx", Text: seedText(t), Pictures: []File{{Name: "秘密★1年.png"}}}),
	} {
		if !fault.Is(err, fault.Refused) || strings.Contains(err.Error(), "外传") {
			t.Errorf("%s: %v", what, err)
		}
	}
	if len(o.books.issues) != 1 || o.books.issues[issue.ID].Version != versions || len(o.books.texts) != texts || len(o.books.originals) != 1 {
		t.Error("something was written")
	}
}

func TestWhatWasHandedInIsKeptAsItWas(t *testing.T) {
	o := newOffice(t)
	text := seedText(t)
	raw := append([]byte{0xff, 0xfe}, text...)
	picture := File{Name: "图1.png", Type: "image/png", Data: []byte("png")}
	issue, err := o.OpenFile(t.Context(), o.editor, o.books.series.ID, Source{Name: "简报.docx", Data: raw, Encoding: "docx", Text: text, Pictures: []File{picture}})
	if err != nil {
		t.Fatal(err)
	}
	with := issue.Digest()
	if got := o.books.originals[0]; string(got.Data) != string(raw) || got.Name != "简报.docx" || got.Encoding != "docx" || got.Version != 1 || got.Issue != issue.ID {
		t.Errorf("kept as %+v", got)
	}
	if p := issue.Pictures; len(p) != 1 || p[0].Name != "图1.png" || string(o.books.files[p[0].SHA256]) != "png" {
		t.Errorf("pictures %+v", p)
	}
	if issue, err = o.Save(t.Context(), o.editor, issue.ID, issue.Version, text); err != nil || len(issue.Pictures) != 1 || issue.Digest() != with {
		t.Errorf("typing took the pictures: %+v %v", issue.Pictures, err)
	}
	issue, err = o.SaveFile(t.Context(), o.editor, issue.ID, issue.Version, Source{Name: "简报.txt", Data: []byte(text), Text: text})
	if err != nil || len(issue.Pictures) != 0 || issue.Digest() == with || len(o.books.originals) != 2 {
		t.Errorf("pictures %v, %d originals, %v", issue.Pictures, len(o.books.originals), err)
	}
	_, err = o.OpenFile(t.Context(), o.editor, o.books.series.ID, Source{Text: text, Pictures: []File{{Name: "../a.png"}}})
	if !fault.Is(err, fault.Invalid) || bulletin.Parse(text).Refusal() != nil {
		t.Errorf("a picture with a path: %v", err)
	}
}
