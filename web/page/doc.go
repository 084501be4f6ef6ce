// Package page is what the rooms of the desk make their pages with: the frame
// around each, its language, the person it is shown to, its forms, and the words
// and template functions that all of them use.
//
// A room of pages (web/settings, web/receipts and so on) is a folder with its
// own templates, sentences, tests and small interfaces for what it reads and
// does. It keeps a [Kit], which it was given, and a [Set] that it parses once:
//
//	//go:embed templates
//	var files embed.FS
//
//	type room struct {
//		*page.Kit
//		Config
//		pages *page.Set
//	}
//
//	func Room(c Config) page.Room {
//		return func(kit *page.Kit) (page.Routes, error) {
//			pages, err := kit.Parse(files, nil)
//			r := &room{kit, c, pages}
//			return page.Routes{"GET /series/{id}/settings": r.show}, err
//		}
//	}
//
// The program puts it among web.Config.Rooms, and web mounts the routes behind
// the door, so that whoever asks has signed in: [Person] says who it is. What that person may see or do, the room asks the
// domain; what is not for them answers [NotHere], as if it did not exist.
//
// # Templates
//
// Every file templates/NAME.html of a room is the page NAME; it defines "title"
// and "content", and may define "scripts". What pages of a room share lies in
// templates/parts. A template is given a [Page], whose Data is the room's own,
// and the functions of functions.go with the room's own beside them. The
// content security policy admits no inline script and no inline style.
//
// # Answers
//
// A change that is done answers 303 ([See]). One that is refused answers with
// the page it came from, the status of its fault, every reason, and what was
// typed ([Set.Refuse]). A page is made in memory first: one that fails half-way
// is an error and not half a page.
package page
