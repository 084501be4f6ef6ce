// Package help shows the handbook:
//
//	/help                 the first chapter, and the list of all
//	/help/{chapter}       a chapter: /help/02-edit
//	/help/pictures/{name} a picture of it
//
// Everybody may read it, units that have no account too: there is nothing in it
// that is an office's own. It is Markdown, made into pages once, when the program
// starts; goldmark does that, which package intake uses for drafts.
//
// [At] says which place of the handbook belongs to a page, so that the link of
// every page leads there.
package help
