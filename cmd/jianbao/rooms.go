package main

import (
	"jianbao/web/page"
	"jianbao/web/signed"
)

// rooms are the pages that have a folder of their own under web.
func (o *office) rooms() []page.Room {
	return []page.Room{
		signed.Room(signed.Config{Desk: o.desk, Reads: o.store}),
	}
}
