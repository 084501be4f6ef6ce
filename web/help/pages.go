package help

import (
	"embed"
	"io/fs"
	"net/http"

	"jianbao/fault"
	"jianbao/web/page"
)

//go:embed templates
var files embed.FS

var (
	_ = fault.Say("help.title", "帮助", "Help")
	_ = fault.Say("help.chapters", "各章", "Chapters")
	_ = fault.Say("help.next", "下一章：", "Next: ")
	_ = fault.Say("help.chinese", "手册只有中文版。", "The handbook is in Chinese only.")
)

// Config is what the room needs.
type Config struct {
	// Handbook has the chapters at its root.
	Handbook fs.FS
}

// Room makes the pages. It fails if the handbook cannot be read.
func Room(c Config) page.Room {
	return func(kit *page.Kit) (page.Routes, error) {
		pages, err := kit.Parse(files, nil)
		if err != nil {
			return nil, err
		}
		chapters, err := read(c.Handbook)
		if err != nil {
			return nil, err
		}
		rm := &room{Kit: kit, pages: pages, chapters: chapters, files: c.Handbook}
		return page.Routes{
			"GET /help":                 rm.first,
			"GET /help/{chapter}":       rm.chapter,
			"GET /help/pictures/{name}": rm.picture,
		}, nil
	}
}

type room struct {
	*page.Kit
	pages    *page.Set
	chapters []chapter
	files    fs.FS
}

// A shown is what the page is made of.
type shown struct {
	chapter
	All  []chapter
	Next *chapter
}

func (rm *room) first(w http.ResponseWriter, r *http.Request) { rm.show(w, r, 0) }

func (rm *room) chapter(w http.ResponseWriter, r *http.Request) {
	for n, c := range rm.chapters {
		if c.Name == r.PathValue("chapter") {
			rm.show(w, r, n)
			return
		}
	}
	rm.Nothing(w, r)
}

// picture sends a picture of a chapter. It stays with a browser for a day: a new
// program may have another of the same name.
func (rm *room) picture(w http.ResponseWriter, r *http.Request) {
	name := pictureFile(r.PathValue("name"))
	if _, err := fs.Stat(rm.files, name); err != nil {
		rm.Nothing(w, r)
		return
	}
	w.Header().Set("Content-Type", "image/png")
	w.Header().Set("Cache-Control", "public, max-age=86400")
	http.ServeFileFS(w, r, rm.files, name)
}

func (rm *room) show(w http.ResponseWriter, r *http.Request, n int) {
	v := shown{chapter: rm.chapters[n], All: rm.chapters}
	if n+1 < len(rm.chapters) {
		v.Next = &rm.chapters[n+1]
	}
	rm.pages.Show(w, r, http.StatusOK, "chapter", page.Page{Room: "help", Data: v})
}
