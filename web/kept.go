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
	c, err := r.Cookie(knownCookie)
	if err != nil || len(k.Fields) == 0 {
		return kept{}
	}
	id, err := uuid.Parse(c.Value)
	u, broken := url.Parse(k.To)
	if err != nil || broken != nil || u.Host != "" || u.Scheme != "" || inside(k.To) != u.EscapedPath() || !s.wasIn(r.Context(), id, p.Login) {
		return kept{}
	}
	return k
}

// The words of the page that brings a form back.
var (
	_ = fault.Say("web.kept", "刚才填写的内容", "What you had typed")
	_ = fault.Say("web.kept-note", "您已重新登录。会话结束时填写的内容都在，还没有提交；核对后再提交。", "You are signed in again. What you typed when the session ended is here and was not sent yet; look at it and send it.")
	_ = fault.Say("web.kept-files", "选过的文件没有带回来，请提交后再选。", "Files that you chose are not brought back; choose them once more afterwards.")
	_ = fault.Say("web.kept-text", "填写的内容", "What was typed")
	_ = fault.Say("web.kept-send", "提交", "Send")
	_ = fault.Say("web.kept-drop", "不要了", "Drop it")
)
