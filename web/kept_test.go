package web

import (
	"html"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"jianbao/web/page"
)

var hiddenFields = regexp.MustCompile(`<input type="hidden" name="(kept[^"]*)" value="([^"]*)"`)

// carriedBy are the fields that the form at the door carries, as a browser sends
// them.
func carriedBy(body string) (form []string) {
	for _, m := range hiddenFields.FindAllStringSubmatch(body, -1) {
		form = append(form, m[1], html.UnescapeString(m[2]))
	}
	return form
}

// endVisits ends every session behind the visitor's back.
func endVisits(t *testing.T, o *office) {
	t.Helper()
	for _, v := range o.visits.all {
		if err := o.visits.EndVisit(t.Context(), uuid.Nil, v.ID, noon, "管理员"); err != nil {
			t.Fatal(err)
		}
	}
}

// TestWhatWasTypedComesBackAfterSigningInAgain is a save without a script after
// the session has ended: the form at the door carries the text, and the page behind
// it sends it where it was to go.
func TestWhatWasTypedComesBackAfterSigningInAgain(t *testing.T) {
	o := newOffice()
	v := inOffice(t, o)
	v.headers["Accept"] = "text/html,*/*"
	endVisits(t, o)
	typed := "\n一、高层声音\n\n<b>甲</b> & 乙"
	door := v.post(here+"/text", "version", "3", "text", typed, "password", "secret-word")
	is(t, door, http.StatusUnauthorized, "登录已过期", `value="/issues/`)
	lacks(t, door, "secret-word")
	if o.changes != 0 {
		t.Error("something was saved without a session")
	}
	form := carriedBy(door.Body.String())
	wrong := v.post("/sign-in", append(form, "login", "bianji", "password", "bad")...)
	is(t, wrong, http.StatusUnauthorized)
	form = carriedBy(wrong.Body.String())
	back := v.post("/sign-in", append(form, "login", "bianji", "password", "good")...)
	is(t, back, http.StatusOK, "刚才填写的内容", `action="`+here+`/text"`, `name="version" value="3"`, "&lt;b&gt;甲&lt;/b&gt; &amp; 乙")
	text := regexp.MustCompile(`(?s)<textarea[^>]*name="text"[^>]*>\n(.*?)</textarea>`).FindStringSubmatch(back.Body.String())
	if text == nil || html.UnescapeString(text[1]) != typed {
		t.Errorf("it came back as %q", text)
	}
	is(t, v.get(here), http.StatusOK)
}

// TestWhatWasTypedWaitsForSingleSignOn: the form stays at the door while its owner
// signs in at the provider in another window, and comes back from there; not before
// they are in, and to nobody else.
func TestWhatWasTypedWaitsForSingleSignOn(t *testing.T) {
	o := newOffice()
	provider, second := &house{o.person}, &gate{}
	o.provider, o.second = provider, second
	v := inOffice(t, o)
	v.headers["Accept"] = "text/html,*/*"
	endVisits(t, o)
	door := v.post(here+"/text", "version", "3", "text", "甲的稿子")
	is(t, door, http.StatusUnauthorized, `target="_blank"`, "新窗口", `formaction="/sign-in/again"`)
	form := carriedBy(door.Body.String())
	early := v.post(againPath, form...)
	is(t, early, http.StatusUnauthorized, "还没有登录成功")
	if form = carriedBy(early.Body.String()); len(form) != 6 {
		t.Fatalf("what was typed is lost: %q", form)
	}
	is(t, v.get(againPath), http.StatusOK, "还没有登录")
	through := func() {
		leads(t, v.get("/sign-in/provider?next="+againPath), "https://sso.example/authorize")
		leads(t, v.get("/sign-in/back?code=good"), againPath)
	}
	through()
	is(t, v.get(againPath), http.StatusOK, "回到刚才的登录页")
	is(t, v.post(againPath, form...), http.StatusOK, "刚才填写的内容", `action="`+here+`/text"`, "甲的稿子")
	leads(t, v.post(againPath, "kept-to", "https://example.com/", "kept.text", "甲的稿子", "next", here), here)

	second.setUp = true
	through()
	is(t, v.post(againPath, form...), http.StatusUnauthorized, "还没有登录成功")
	second.setUp = false
	o.person.ID, o.person.Login = uuid.New(), "lingyige"
	provider.person = o.person
	through()
	other := v.post(againPath, form...)
	leads(t, other, "/desk")
	lacks(t, other, "甲的稿子")
}

// TestWhatWasTypedIsForNobodyElse: another person at the same browser, or the same
// at another, is led on and shown nothing of it.
func TestWhatWasTypedIsForNobodyElse(t *testing.T) {
	o := newOffice()
	v := inOffice(t, o)
	v.headers["Accept"] = "text/html,*/*"
	endVisits(t, o)
	form := carriedBy(v.post(here+"/text", "version", "3", "text", "甲的稿子").Body.String())
	o.person.ID, o.person.Login = uuid.New(), "lingyige"
	other := v.post("/sign-in", append(form, "login", "lingyige", "password", "good")...)
	is(t, other, http.StatusSeeOther)
	lacks(t, other, "甲的稿子")

	elsewhere := visit(t, newOffice())
	again := elsewhere.post("/sign-in", append(form, "login", "bianji", "password", "good")...)
	is(t, again, http.StatusSeeOther)
	lacks(t, again, "甲的稿子")
}

// TestOnlyWhatSomebodyTypedIsKept: buttons, scripts, files alone, too much, and
// forms that lead out of the program are led to the door as pages are.
func TestOnlyWhatSomebodyTypedIsKept(t *testing.T) {
	o := newOffice()
	v := visit(t, o)
	v.headers["Accept"] = "text/html,*/*"
	is(t, v.post(here+"/acts", "act", "approve", "version", "3"), http.StatusSeeOther)
	is(t, v.post(here+"/text", "text", strings.Repeat("字", maxKept/3+1)), http.StatusSeeOther)
	is(t, v.post(here+"/text", "text", strings.Repeat("字", maxKept/3-10)), http.StatusUnauthorized)
	is(t, v.post("/me/password", "password", "甲 乙", "again", "甲 乙"), http.StatusSeeOther)
	v.headers["HX-Request"] = "true"
	is(t, v.post(here+"/text", "text", "甲的稿子"), http.StatusSeeOther)
	delete(v.headers, "HX-Request")
	v.headers["Accept"] = "*/*"
	is(t, v.post(here+"/text", "text", "甲的稿子"), http.StatusSeeOther)

	v = inOffice(t, o)
	out := v.post("/sign-in", "login", "bianji", "password", "good", "kept-to", "https://example.com/", "kept.text", "甲的稿子")
	is(t, out, http.StatusSeeOther)
	is(t, v.post("/sign-in", "login", "bianji", "password", "good", "kept-to", "//example.com/x", "kept.text", "甲的稿子"), http.StatusSeeOther)
}

// TestTheSecretFieldsOfAllFormsAreKnown reads the templates of all rooms: what is
// typed unseen is never carried.
func TestTheSecretFieldsOfAllFormsAreKnown(t *testing.T) {
	unseen := regexp.MustCompile(`<input[^>]*type="password"[^>]*>`)
	name := regexp.MustCompile(` name="([^"]*)"`)
	found := 0
	err := filepath.WalkDir(".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".html" {
			return err
		}
		text, err := os.ReadFile(path)
		for _, input := range unseen.FindAllString(string(text), -1) {
			found++
			if is := name.FindStringSubmatch(input); is == nil || !slices.Contains(secretFields, is[1]) {
				t.Errorf("%s: what is typed at %s would be shown again", path, input)
			}
		}
		return err
	})
	if err != nil || found < 5 {
		t.Errorf("%d fields, %v", found, err)
	}
	if maxKept*3+64<<10 > page.MaxBody {
		t.Error("what is kept does not pass the door again")
	}
}
