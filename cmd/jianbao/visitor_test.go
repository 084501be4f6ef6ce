package main

import (
	"cmp"
	"html"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"jianbao/bulletin"
	"jianbao/seeds"
)

// A visitor is a person at the pages, without a browser.
type visitor struct {
	t      *testing.T
	base   string
	client *http.Client
}

// An answer is what the pages say, as a person reads it.
type answer struct {
	status int
	text   string // without tags
	page   string
	to     string // where a 303 leads
}

// visit signs a person in.
func visit(t *testing.T, base, login, password string) *visitor {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	v := &visitor{t: t, base: base, client: &http.Client{Jar: jar, Timeout: soon,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
	if a := v.post("/sign-in", "login", login, "password", password); a.status != http.StatusSeeOther {
		t.Fatalf("%s does not get in: %d %s", login, a.status, a.refusal())
	}
	return v
}

func (v *visitor) get(path string) answer {
	v.t.Helper()
	return v.read(v.client.Get(v.base + path))
}

// refusal is the beginning of what a page says was not done, and why.
func (a answer) refusal() string {
	_, after, _ := strings.Cut(squeezed(a.text), "没有办成")
	return string([]rune(after)[:min(300, len([]rune(after)))])
}

// post sends a form of names and values.
func (v *visitor) post(path string, form ...string) answer {
	v.t.Helper()
	values := url.Values{}
	for pair := range slices.Chunk(form, 2) {
		values.Add(pair[0], pair[1])
	}
	return v.read(v.client.PostForm(v.base+path, values))
}

func (v *visitor) read(response *http.Response, err error) answer {
	v.t.Helper()
	if err != nil {
		v.t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		v.t.Fatal(err)
	}
	page := string(body)
	return answer{response.StatusCode, html.UnescapeString(tags.ReplaceAllString(page, "")), page, response.Header.Get("Location")}
}

// open makes an issue of a text and returns the path of its page.
func (v *visitor) open(text string) string {
	v.t.Helper()
	a := v.post("/issues", "series", seeds.SeriesID.String(), "text", text)
	if a.status != http.StatusSeeOther {
		v.t.Fatalf("not opened: %d %s", a.status, a.refusal())
	}
	return a.to
}

// shownVersion is in every form of an issue's page, and in its particulars.
var shownVersion = regexp.MustCompile(`name="version" value="(\d+)"|版本\D{0,60}(\d+)`)

// act asks for an act at the version that the page of the issue shows.
func (v *visitor) act(issue, act string, form ...string) answer {
	v.t.Helper()
	version := "0"
	if shown := shownVersion.FindStringSubmatch(v.get(issue).page); shown != nil {
		version = cmp.Or(shown[1], shown[2])
	}
	return v.post(issue+"/acts", append([]string{"act", act, "version", version}, form...)...)
}

// does is act, which must succeed.
func (v *visitor) does(issue, act string, form ...string) {
	v.t.Helper()
	if a := v.act(issue, act, form...); a.status != http.StatusSeeOther {
		v.t.Fatalf("%s: %d %s", act, a.status, a.refusal())
	}
}

// issueOf returns the issue that an address is the page of.
func issueOf(t *testing.T, address string) uuid.UUID {
	t.Helper()
	id, err := uuid.Parse(path.Base(address))
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// settledText is the real text with its doubled character settled.
func settledText(t *testing.T) string {
	t.Helper()
	text := seeds.Issue8
	for _, p := range bulletin.Parse(text).Blocking() {
		settled, err := bulletin.Settle(text, p.Code, p.Line, p.Choices[0].Key)
		if err != nil {
			t.Fatal(err)
		}
		text = settled
	}
	return text
}

// instead replaces a part of the real text, which must be there.
func instead(t *testing.T, old, new string) string {
	t.Helper()
	text := settledText(t)
	if strings.Count(text, old) != 1 {
		t.Fatalf("the text has %q %d times", old, strings.Count(text, old))
	}
	return strings.Replace(text, old, new, 1)
}
