// Package handbook is the handbook for clerks, in Chinese: a chapter a file, in
// Markdown, in the order of their names. The program shows it at /help, and the
// link of every page leads to its place in it (package web/help). Words between
// 「 and 」 are what stands on the pages; a test of cmd/jianbao holds them against
// the catalogue.
package handbook

import "embed"

// Files are the chapters, and their pictures in the folder pictures.
//
//go:embed *.md pictures
var Files embed.FS
