package web

import (
	"mime"
	"net/http"
	"strings"
	"testing"

	"jianbao/workflow"
)

func TestAnIssueIsHadInEveryForm(t *testing.T) {
	o := newOffice()
	v := inOffice(t, o)
	page := v.get(here)
	is(t, page, 200, "校样，未编号")
	for path, want := range map[string]string{
		"paper.pdf": "pdf false", "large.pdf": "pdf true", "paper.docx": "docx false", "paper.html": "html false", "paper.txt": "txt false",
	} {
		if !strings.Contains(page.Body.String(), here+"/"+path) {
			t.Errorf("%s is not offered", path)
		}
		w := v.get(here + "/" + path)
		is(t, w, 200, "鄂尔多斯科技简报 "+want)
		_, params, err := mime.ParseMediaType(w.Header().Get("Content-Disposition"))
		if err != nil || params["filename"] != "科技简报 1期.pdf" || w.Header().Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s: %v, %v", path, params, err)
		}
		if !strings.Contains(w.Header().Get("Content-Security-Policy"), "sandbox") {
			t.Errorf("%s may do what it likes", path)
		}
	}
	is(t, v.get(here+"/paper.exe"), http.StatusNotFound)
	is(t, v.get(theirs+"/paper.pdf"), http.StatusNotFound)
	is(t, visit(t, o).get(here+"/paper.pdf"), http.StatusSeeOther)
	o.err = noGood
	is(t, v.get(here+"/paper.pdf"), http.StatusUnprocessableEntity, "甲", "乙", "丙")
}

func TestFilesOfAnIssue(t *testing.T) {
	o := newOffice()
	o.files = map[string][]byte{"a": []byte("first"), "p": []byte("picture"), "s": []byte("svg"), "x": []byte("secret")}
	issue := o.issues[ourIssue]
	issue.Attachments = []workflow.Attachment{{Name: "甲.html", Type: "text/html", SHA256: "a"}}
	issue.Pictures = []workflow.Attachment{{Name: "图.png", Type: "image/png", SHA256: "p"}, {Name: "图.svg", Type: "image/svg+xml", SHA256: "s"}}
	o.issues[ourIssue] = issue
	v := inOffice(t, o)
	for sha, want := range map[string]string{"a": "attachment application/octet-stream first", "p": "inline image/png picture", "s": "attachment application/octet-stream svg"} {
		w := v.get(here + "/files/" + sha)
		is(t, w, 200)
		way, _, _ := strings.Cut(w.Header().Get("Content-Disposition"), ";")
		if got := way + " " + w.Header().Get("Content-Type") + " " + w.Body.String(); got != want {
			t.Errorf("%s: %s", sha, got)
		}
	}
	is(t, v.get(here+"/files/x"), http.StatusNotFound)
	is(t, v.get(theirs+"/files/a"), http.StatusNotFound)
}
