package main

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"

	"jianbao/seeds"
)

// upload sends a form with one file.
func (v *visitor) upload(path, name, data string, form ...string) answer {
	v.t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for n := 0; n < len(form); n += 2 {
		if err := w.WriteField(form[n], form[n+1]); err != nil {
			v.t.Fatal(err)
		}
	}
	if name != "" {
		part, err := w.CreateFormFile("file", name)
		if err != nil {
			v.t.Fatal(err)
		}
		_, _ = part.Write([]byte(data))
	}
	_ = w.Close()
	return v.read(v.client.Post(v.base+path, w.FormDataContentType(), &body))
}

// seen is the version that a page shows.
func (v *visitor) seen(issue string) string {
	v.t.Helper()
	m := shownVersion.FindStringSubmatch(v.get(issue).page)
	if m == nil {
		v.t.Fatalf("%s shows no version", issue)
	}
	return m[1] + m[2]
}

// TestTwoPeopleAtOnceLoseNothing on the real pages: two people open the same
// issue, and the second is refused with both texts side by side; a file is added
// to whatever the issue is by then.
func TestTwoPeopleAtOnceLoseNothing(t *testing.T) {
	_, base := sendingTo(t, "127.0.0.1:1")
	one, two := visit(t, base, seeds.EditorLogin, testPassword), visit(t, base, seeds.EditorLogin, testPassword)
	issue := one.open(settledText(t))
	mine, theirs := instead(t, "鄂尔多斯市科学技术局", "鄂尔多斯市科技局甲"), instead(t, "鄂尔多斯市科学技术局", "鄂尔多斯市科技局乙")

	version := two.seen(issue)
	if a := one.post(issue+"/text", "version", version, "text", theirs); a.status != http.StatusSeeOther {
		t.Fatal(a.status, a.refusal())
	}
	bothShown(t, two.post(issue+"/text", "version", version, "text", mine))
	if a := two.upload(issue+"/files", "二.txt", "附件", "version", version); a.status != http.StatusSeeOther {
		t.Errorf("a file that somebody added: %d %s", a.status, a.refusal())
	}
	if page := two.get(issue).page; !strings.Contains(page, "二.txt") || !strings.Contains(page, "科技局乙") {
		t.Error("a file was added over somebody's text, or lost")
	}
	version = two.seen(issue)
	if a := one.upload(issue+"/files", "一.txt", "附件", "version", version); a.status != http.StatusSeeOther {
		t.Fatal(a.status, a.refusal())
	}
	if a := two.post(issue+"/order", "version", version, "remove", "二.txt"); a.status != http.StatusConflict {
		t.Errorf("a file was taken off what somebody had not seen: %d", a.status)
	}

	one.does(issue, "submit")
	visit(t, base, seeds.ReviewerLogin, testPassword).does(issue, "approve")
	version = two.seen(issue + "/amend")
	if a := one.upload(issue+"/amend", "", "", "version", version, "text", theirs+"\n"); a.status != http.StatusSeeOther {
		t.Fatal(a.status, a.refusal())
	}
	a := two.upload(issue+"/amend", "三.txt", "附件", "version", version, "text", mine, "drop", "二.txt")
	bothShown(t, a)
	if !strings.Contains(a.page, "三.txt") || !strings.Contains(a.page, `value="二.txt" checked`) {
		t.Error("which files were to be changed is lost")
	}
}

// bothShown fails unless a page has both texts, each in a field of its own.
func bothShown(t *testing.T, a answer) {
	t.Helper()
	mine, theirs := strings.Contains(a.text, "科技局甲"), strings.Contains(a.text, "科技局乙")
	if a.status != http.StatusConflict || !mine || !theirs || !strings.Contains(a.page, `class="beside"`) {
		t.Errorf("%d, mine %t, theirs %t: %s", a.status, mine, theirs, a.refusal())
	}
}
