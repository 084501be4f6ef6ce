// Package typeset makes what goes out from a registered bulletin. It holds what
// all outputs share, and makes the HTML mail and its plain-text twin itself; the
// paper is made below it, by typeset/layout and typeset/pdf, and the Word file by
// typeset/word.
//
//	sheet := typeset.Sheet{Document: d, Number: n, Date: day, Lists: lists}
//	look, _ := typeset.BuiltinNamed("同行式")
//	html, err := typeset.HTML(sheet, look)
//	text, err := typeset.Text(sheet, look)
//
// A [Sheet] is the document with what its registration decided, a [Template] the
// look of its series. [Sheet.Page] puts both into words: what is printed, in its
// order, for every output. The bytes depend on these alone: no clock, no random
// boundary, no map order. So the parts can be made once, hashed, and proven to be
// what was approved.
//
// # The mail
//
// It is meant for the clients that offices have: one column, inline styles, the
// reader's own fonts, nothing remote, no script, and every colour set together
// with its background, so that a client in dark mode inverts both or none. It is
// read on a telephone and at twice its size. The empty 领导批示 slot of the paper is
// not shown: on a screen it would look as if words were missing. A picture is
// named by its caption and the file it is in.
//
// Webmail clips an HTML part of more than 100 KB and tells nobody. A longer one
// is therefore shortened where the whole issue goes along as a file: the last
// items are shown by their titles, and a box at the top says so and names the
// file. The text part is shortened alike. Without such a file nothing is left
// out, whatever the length.
package typeset
