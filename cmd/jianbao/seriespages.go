package main

import (
	"jianbao/bulletin/typeset"
	seriespages "jianbao/web/settings"
)

// seriesPages is what the pages of the series' settings need.
func (o *office) seriesPages() seriespages.Config {
	c := seriespages.Config{Books: o.store, Layout: readableLayout, NewID: o.desk.NewID}
	for _, t := range typeset.Builtin() {
		c.Layouts = append(c.Layouts, t.Name)
	}
	return c
}
