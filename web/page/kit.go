package page

import (
	"bytes"
	"context"
	"embed"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"log/slog"
	"maps"
	"net/http"
	"path"
	"strings"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/accounts/refusals"
	"jianbao/fault"
	"jianbao/web/throttle"
)

//go:embed templates
var frameFiles embed.FS

// Routes are pages by the pattern of their address (http.ServeMux).
type Routes map[string]http.HandlerFunc

// A Room makes its pages with the kit of the program.
type Room func(*Kit) (Routes, error)

// Open returns the pages of all rooms. It fails if one cannot be made, or if two
// claim the same address.
func Open(kit *Kit, rooms ...Room) (Routes, error) {
	all := Routes{}
	for _, open := range rooms {
		routes, err := open(kit)
		if err != nil {
			return nil, err
		}
		for pattern, page := range routes {
			if all[pattern] != nil {
				return nil, fmt.Errorf("web: two rooms claim %s", pattern)
			}
			all[pattern] = page
		}
	}
	return all, nil
}

// A Kit is what all rooms of pages share.
type Kit struct {
	Now func() time.Time
	Log *slog.Logger
	// Unread counts the notices that a person has not read; nil shows no count.
	Unread func(ctx context.Context, person uuid.UUID) (int, error)
	// Help returns the address of what the handbook says of a page, by its
	// pattern; nil has no handbook.
	Help func(pattern string) string
	// Counts counts tries for all processes together; nil: each for itself.
	Counts throttle.Counts
	// Refused is told of who is not let in; nil: nobody is told.
	Refused *refusals.Recorder
	// uploads is room for requests with files.
	uploads chan struct{}
	bare    *Set
}

// New returns a kit with the clock and the log of the program.
func New(now func() time.Time, log *slog.Logger) (*Kit, error) {
	k := &Kit{Now: now, Log: log, uploads: make(chan struct{}, maxUploads)}
	bare, err := k.Parse(frameFiles, nil)
	k.bare = bare
	return k, err
}

// A Page is what a template is given. Data is the page's own; what is above it
// is filled in by [Set.Show].
type Page struct {
	Lang   fault.Lang
	Person *accounts.Person // nil at the door
	Unread int              // notices of the person
	Name   string           // of the template
	Switch string           // the address of this page in the other language
	Help   string           // the address of what the handbook says of it
	Fault  *fault.Error     // why the last change was refused
	Notes  []string         // what is said once after a change
	// Refresh asks browsers without scripts to look again after a while.
	Refresh bool
	// Room is the place of the navigation that the page belongs to, where that
	// is not its own name.
	Room string
	Data any
}

// At reports whether the page belongs to a place of the navigation.
func (p Page) At(name string) bool {
	if p.Room != "" {
		return p.Room == name
	}
	return p.Name == name
}

// A Set holds the pages of a room in every language.
type Set struct {
	kit   *Kit
	pages map[fault.Lang]map[string]*template.Template
}

// Parse reads the templates of a room, each page with the frame around it and
// the parts that pages are made of. own returns the room's own functions in a
// language; nil has none.
func (k *Kit) Parse(files fs.FS, own func(fault.Lang) template.FuncMap) (*Set, error) {
	names, err := fs.Glob(files, "templates/*.html")
	if err != nil {
		return nil, fmt.Errorf("web: templates: %w", err)
	}
	parts, err := fs.Glob(files, "templates/parts/*.html")
	if err != nil {
		return nil, fmt.Errorf("web: templates: %w", err)
	}
	set := &Set{kit: k, pages: map[fault.Lang]map[string]*template.Template{fault.ZH: {}, fault.EN: {}}}
	for lang, pages := range set.pages {
		all := functions(lang)
		if own != nil {
			maps.Copy(all, own(lang))
		}
		for _, name := range names {
			t, err := template.New("").Funcs(all).Option("missingkey=error").ParseFS(frameFiles, "templates/parts/*.html")
			if err == nil {
				t, err = t.ParseFS(files, append(parts, name)...)
			}
			if err != nil {
				return nil, fmt.Errorf("web: template %s: %w", name, err)
			}
			pages[strings.TrimSuffix(path.Base(name), ".html")] = t
		}
	}
	return set, nil
}

// Show answers with a page.
func (s *Set) Show(w http.ResponseWriter, r *http.Request, status int, name string, p Page) {
	p.Lang, p.Switch, p.Name = Lang(r), switchURL(r), name
	if who := Person(r); who.Active {
		p.Person, p.Unread = &who, s.kit.unread(r, who)
	}
	if s.kit.Help != nil {
		p.Help = s.kit.Help(r.Pattern)
	}
	var out bytes.Buffer
	if err := s.template(p.Lang, name).ExecuteTemplate(&out, "frame", p); err != nil {
		s.kit.Log.ErrorContext(r.Context(), "page", "name", name, "error", err)
		Plain(w, http.StatusInternalServerError, fault.Shown(err).In(p.Lang))
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Language", map[fault.Lang]string{fault.ZH: "zh-CN", fault.EN: "en"}[p.Lang])
	w.WriteHeader(status)
	_, _ = out.WriteTo(w)
}

// unread counts the notices of a person. A page is not refused for the want of a
// number.
func (k *Kit) unread(r *http.Request, who accounts.Person) int {
	if k.Unread == nil {
		return 0
	}
	n, err := k.Unread(r.Context(), who.ID)
	if err != nil {
		k.Log.WarnContext(r.Context(), "unread notices", "error", err)
	}
	return n
}

// Part makes one part of a page, for what is put into a page that is there
// already.
func (s *Set) Part(out io.Writer, lang fault.Lang, name, part string, p Page) error {
	p.Lang = lang
	if err := s.template(lang, name).ExecuteTemplate(out, part, p); err != nil {
		return fmt.Errorf("web: part %s of %s: %w", part, name, err)
	}
	return nil
}

func (s *Set) template(lang fault.Lang, name string) *template.Template {
	if t := s.pages[lang][name]; t != nil {
		return t
	}
	return template.New(name) // executing it says that it is missing
}

// Refuse shows a page once more, with what was typed and why it was not done.
// What is the program's own fault goes into the log.
func (s *Set) Refuse(w http.ResponseWriter, r *http.Request, name string, p Page, err error) {
	p.Fault = fault.Shown(err)
	if p.Fault.Code == fault.Internal || p.Fault.Code == fault.Unavailable {
		s.kit.Log.ErrorContext(r.Context(), "request failed", "method", r.Method, "route", r.Pattern, "error", err) // the path may be a token
	}
	s.Show(w, r, fault.Status(p.Fault.Code), name, p)
}

// Fail shows a page that says only what went wrong.
func (k *Kit) Fail(w http.ResponseWriter, r *http.Request, err error) {
	k.bare.Refuse(w, r, "fault", Page{}, err)
}

// Nothing answers that there is no such page.
func (k *Kit) Nothing(w http.ResponseWriter, r *http.Request) { k.Fail(w, r, NotHere()) }

// NotHere is what somebody is told of what does not exist or is not for them.
func NotHere() error { return fault.New(fault.NotFound, NotFound.With()) }

// See answers 303: the browser asks for the address with GET.
func See(w http.ResponseWriter, r *http.Request, address string) {
	http.Redirect(w, r, address, http.StatusSeeOther)
}

// Plain answers with a line of text.
func Plain(w http.ResponseWriter, status int, text string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write([]byte(text + "\n"))
}

// NotLetIn has it in the trail that somebody was not let in; where from and when
// is that of the request.
func (k *Kit) NotLetIn(r *http.Request, not refusals.Refusal) {
	not.From, not.At = throttle.Network(r.RemoteAddr), k.Now()
	k.Refused.Refused(r.Context(), not)
}
