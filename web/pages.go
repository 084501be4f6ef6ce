package web

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"path"
	"strings"
	"time"

	"jianbao/accounts"
	"jianbao/fault"
)

//go:embed templates
var templateFiles embed.FS

//go:embed static
var staticFiles embed.FS

// A pageSet holds every page in every language.
type pageSet map[fault.Lang]map[string]*template.Template

// A page is what a template is given. Data is the page's own.
type page struct {
	Lang   fault.Lang
	Person *accounts.Person // nil at the door
	Name   string           // of the template
	Switch string           // the address of this page in the other language
	Fault  *fault.Error     // why the last change was refused
	Notes  []string         // what is said once after a change
	// Refresh asks browsers without scripts to look again after a while.
	Refresh bool
	Data    any
}

// At reports whether this is the page of that name.
func (p page) At(name string) bool { return p.Name == name }

// parsePages reads all templates, each page with the frame around it and the
// parts that pages are made of.
func parsePages() (pageSet, error) {
	names, err := fs.Glob(templateFiles, "templates/*.html")
	if err != nil {
		return nil, fmt.Errorf("web: templates: %w", err)
	}
	set := pageSet{fault.ZH: {}, fault.EN: {}}
	for lang, pages := range set {
		for _, name := range names {
			t, err := template.New("").Funcs(functions(lang)).Option("missingkey=error").
				ParseFS(templateFiles, "templates/parts/*.html", name)
			if err != nil {
				return nil, fmt.Errorf("web: template %s: %w", name, err)
			}
			pages[strings.TrimSuffix(path.Base(name), ".html")] = t
		}
	}
	return set, nil
}

// show answers with a page. It is made in memory first, so that a template that
// fails half-way is an error and not half a page.
func (s *server) show(w http.ResponseWriter, r *http.Request, status int, name string, p page) {
	p.Lang, p.Switch, p.Name = langOf(r), switchURL(r), name
	if who := person(r); who.Active {
		p.Person = &who
	}
	var out bytes.Buffer
	if err := s.pages[p.Lang][name].ExecuteTemplate(&out, "frame", p); err != nil {
		s.Log.ErrorContext(r.Context(), "page", "name", name, "error", err)
		plain(w, http.StatusInternalServerError, fault.Shown(err).In(p.Lang))
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Language", map[fault.Lang]string{fault.ZH: "zh-CN", fault.EN: "en"}[p.Lang])
	w.WriteHeader(status)
	_, _ = out.WriteTo(w)
}

// refuse shows a page once more, with what was typed and why it was not done.
func (s *server) refuse(w http.ResponseWriter, r *http.Request, name string, p page, err error) {
	p.Fault = fault.Shown(err)
	if p.Fault.Code == fault.Internal || p.Fault.Code == fault.Unavailable {
		s.Log.ErrorContext(r.Context(), "request", "method", r.Method, "path", r.URL.Path, "error", err)
	}
	s.show(w, r, fault.Status(p.Fault.Code), name, p)
}

// fail shows a page that says only what went wrong.
func (s *server) fail(w http.ResponseWriter, r *http.Request, err error) {
	s.refuse(w, r, "fault", page{}, err)
}

func notHere() error { return fault.New(fault.NotFound, notFound.With()) }

// staticTypes are the files that pages load; nothing else is served.
var staticTypes = map[string]string{
	"style.css":   "text/css; charset=utf-8",
	"icon.svg":    "image/svg+xml",
	"htmx.min.js": "text/javascript; charset=utf-8",
	"editor.js":   "text/javascript; charset=utf-8",
	"paste.js":    "text/javascript; charset=utf-8",
	"live.js":     "text/javascript; charset=utf-8",
}

// static serves a file that pages load. Its tag is its hash, so that a browser
// that has it is not sent it again.
func (s *server) static(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("file")
	data, err := staticFiles.ReadFile("static/" + name)
	if err != nil || staticTypes[name] == "" {
		plain(w, http.StatusNotFound, notFound.With().In(langOf(r)))
		return
	}
	sum := sha256.Sum256(data)
	w.Header().Set("Content-Type", staticTypes[name])
	w.Header().Set("Cache-Control", "no-cache")
	w.Header().Set("ETag", `"`+hex.EncodeToString(sum[:8])+`"`)
	http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(data))
}
