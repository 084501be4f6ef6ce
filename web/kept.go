package web

import (
	"bytes"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"unicode"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/fault"

	"jianbao/web/page"
)

// A kept form is one that somebody sent after their session had ended. Nothing of
// it is kept here, where a classified text may not lie and strangers could fill the
// disk: the form at the door carries it, and so does the one for a code. The person
// who was signed in with that browser before is shown it again, and sends it once
// more; nobody else is.
type kept struct {
	To     string // the address that it was sent to
	Fields []keptField
	Files  bool // files were chosen; they have to be chosen anew
}

// A keptField is a name with one of its values.
type keptField struct{ Name, Value string }

// Typed reports whether somebody wrote the value, and the form did not bring it:
// what forms say of themselves is a word of ASCII.
func (f keptField) Typed() bool {
	return f.Long() || strings.ContainsFunc(f.Value, func(r rune) bool { return r > unicode.MaxASCII || unicode.IsSpace(r) })
}

// Long reports whether the value wants several lines.
func (f keptField) Long() bool { return len(f.Value) > 120 || strings.Contains(f.Value, "\n") }

const (
	// maxKept is how much of a form is carried, in bytes of names and values: a
	// form sends a Chinese character of three bytes as nine, and all of it has to
	// be less than page.MaxBody.
	maxKept   = 512 << 10
	keptTo    = "kept-to"
	keptFiles = "kept-files"
	keptName  = "kept." // before the names of fields
)

// secretFields are never shown again.
var secretFields = []string{"password", "again", "current", "code", "secret", "token"}

var sessionEnded = fault.Say("web.session-ended", "登录已过期，刚才填写的内容还没有提交；请重新登录，内容会带回来", "the session has ended and what you typed was not sent; sign in again, and it is brought back")

var notInYet = fault.Say("web.not-in-yet", "还没有登录成功。请先在新窗口里登录，再回到这里取回；填写的内容还在", "you are not signed in yet. Sign in in the new window first, then come back here; what you typed is still here")

// toDoor leads whoever has no session to the door: with what they typed, if they
// sent a form of a page, and otherwise by 303, which scripts understand.
func (s *server) toDoor(w http.ResponseWriter, r *http.Request) {
	next := wanted(r)
	if r.Method == http.MethodPost && navigates(r) {
		if sent, ok := keptOf(r); ok {
			view := s.signInView("", next)
			view.Kept = sent
			s.pages.Refuse(w, r, "sign-in", page.Page{Data: view}, fault.New(fault.Unauthenticated, sessionEnded.With()))
			return
		}
	}
	page.See(w, r, "/sign-in?"+url.Values{"next": {next}}.Encode())
}

// navigates reports whether a request is of a browser that wants a page, and of no
// script on one: scripts of ours take whatever comes, or are htmx.
func navigates(r *http.Request) bool {
	return strings.Contains(r.Header.Get("Accept"), "text/html") && r.Header.Get("HX-Request") == ""
}

// keptOf reads what was sent, unless nobody typed any of it, or too much.
func keptOf(r *http.Request) (kept, bool) {
	values, files, err := formFields(r)
	k := kept{To: r.URL.RequestURI(), Files: files}
	size := 0
	for name, all := range values {
		for _, value := range all {
			if value != "" && !slices.Contains(secretFields, name) {
				k.Fields = append(k.Fields, keptField{name, value})
				size += len(name) + len(value)
			}
		}
	}
	slices.SortStableFunc(k.Fields, func(a, b keptField) int { return strings.Compare(a.Name, b.Name) })
	return k, err == nil && slices.ContainsFunc(k.Fields, keptField.Typed) && len(k.Fields) <= page.MaxParts && size <= maxKept
}

// formFields reads the fields of a form; files says that there are files beside
// them, which are left where they are.
func formFields(r *http.Request) (values url.Values, files bool, err error) {
	kind, of, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || kind != "multipart/form-data" {
		err = r.ParseForm()
		return r.PostForm, false, err
	}
	body := io.LimitReader(r.Body, page.MaxBody)
	parts := multipart.NewReader(body, of["boundary"])
	values = url.Values{}
	for range page.MaxParts {
		part, err := parts.NextPart()
		if err != nil { // the end, or the limit in a file: what came before is whole
			return values, files, nil
		}
		if part.FileName() != "" {
			files = true
			continue
		}
		var value bytes.Buffer
		if _, err := io.Copy(&value, io.LimitReader(part, maxKept+1)); err != nil {
			return nil, files, err
		}
		values.Add(part.FormName(), value.String())
	}
	return values, files, nil
}

// carried is what a form at the door carries.
func carried(r *http.Request) (k kept) {
	k.To, k.Files = r.PostForm.Get(keptTo), r.PostForm.Get(keptFiles) != ""
	for name, all := range r.PostForm {
		if field, is := strings.CutPrefix(name, keptName); is && k.To != "" {
			for _, value := range all {
				k.Fields = append(k.Fields, keptField{field, value})
			}
		}
	}
	slices.SortStableFunc(k.Fields, func(a, b keptField) int { return strings.Compare(a.Name, b.Name) })
	return k
}

// ofPerson returns what was carried if the person was the last one who was signed
// in with this browser; for anybody else there is nothing.
func (s *server) ofPerson(r *http.Request, k kept, p accounts.Person) kept {
	if !k.returns() || !s.wasHere(r, p) {
		return kept{}
	}
	return k
}

// returns reports whether there is something to send, to an address in this
// program.
func (k kept) returns() bool {
	u, err := url.Parse(k.To)
	return err == nil && len(k.Fields) > 0 && u.Host == "" && u.Scheme == "" && inside(k.To) == u.EscapedPath()
}

// wasHere reports whether a person was the last one who was signed in with this
// browser.
func (s *server) wasHere(r *http.Request, p accounts.Person) bool {
	c, err := r.Cookie(knownCookie)
	if err != nil {
		return false
	}
	id, err := uuid.Parse(c.Value)
	return err == nil && s.wasIn(r.Context(), id, p.Login)
}

// againPath is where the other window of single sign-on ends, and where the form at
// the door goes to once somebody is in. A form cannot go along to the provider, who
// is another house; so it stays at the door, and the provider is asked beside it.
const againPath = "/sign-in/again"

// againPage says to whom has signed in in the other window where the form waits.
func (s *server) againPage(w http.ResponseWriter, r *http.Request) {
	if person, err := s.whoIs(r); err == nil {
		r = page.WithPerson(r, person)
	}
	s.pages.Show(w, r, http.StatusOK, "again", page.Page{})
}

// fetch brings the form back that was left at the door while somebody signed in in
// another window.
func (s *server) fetch(w http.ResponseWriter, r *http.Request) {
	if err := page.Unreadable(r.ParseForm()); err != nil {
		s.kit.Fail(w, r, err)
		return
	}
	view := s.signInView("", r.PostForm.Get("next"))
	view.Kept = carried(r)
	person, err := s.whoIs(r)
	switch {
	case fault.Is(err, fault.NotFound), err == nil && s.sessions.GetBool(r.Context(), sessionSetUp):
		s.pages.Refuse(w, r, "sign-in", page.Page{Data: view}, fault.New(fault.Unauthenticated, notInYet.With()))
	case err != nil:
		s.kit.Fail(w, r, err)
	case !view.Kept.returns() || !s.sessions.GetBool(r.Context(), sessionAgain):
		page.See(w, r, view.Next)
	default:
		s.pages.Show(w, page.WithPerson(r, person), http.StatusOK, "kept", page.Page{Data: beyond{view.Next, view.Kept}})
	}
}

// The words of the pages that bring a form back.
var (
	_ = fault.Say("web.kept-beside", "刚才填写的内容留在本页。用%s登录会打开新窗口，登录后请回到本页取回。", "What you typed stays on this page. Signing in by %s opens a new window; come back to this page afterwards.")
	_ = fault.Say("web.kept-in-window", "用%s登录（新窗口）", "Sign in by %s (new window)")
	_ = fault.Say("web.kept-fetch", "已在新窗口登录，取回内容", "I have signed in there: bring it back")
	_ = fault.Say("web.again", "已登录", "You are signed in")
	_ = fault.Say("web.again-note", "请关闭这个窗口，回到刚才的登录页，点“已在新窗口登录，取回内容”。", "Close this window, go back to the page where you were asked to sign in, and choose “I have signed in there: bring it back”.")
	_ = fault.Say("web.again-not", "还没有登录", "You are not signed in")
	_ = fault.Say("web.again-desk", "没有要取回的内容，去我的办公桌", "Nothing to bring back: go to my desk")
	_ = fault.Say("web.kept", "刚才填写的内容", "What you had typed")
	_ = fault.Say("web.kept-note", "您已重新登录。会话结束时填写的内容都在，还没有提交；核对后再提交。", "You are signed in again. What you typed when the session ended is here and was not sent yet; look at it and send it.")
	_ = fault.Say("web.kept-files", "选过的文件没有带回来，请提交后再选。", "Files that you chose are not brought back; choose them once more afterwards.")
	_ = fault.Say("web.kept-text", "填写的内容", "What was typed")
	_ = fault.Say("web.kept-send", "提交", "Send")
	_ = fault.Say("web.kept-drop", "不要了", "Drop it")
)
