// Package forms draws the papers of the print room on A4: the sheet on which
// units sign for their copies (分发签收单), address labels, and registers as tables.
//
//	doc, err := forms.HandOver(sheet, set)
//	data, err := press.Draw(doc)
//
// Each function lays a form out as a [layout.Document] with the fonts of a set,
// and typeset/pdf draws it. Codes (QR, ISO/IEC 18004) are drawn as rectangles, so
// that they are sharp on any printer, with the quiet zone that the standard
// demands. The package knows strings and numbers alone: whose copies they are is
// the caller's. It reads no clock; the same form has the same bytes.
//
// Lengths in the code are millimetres until they become a page's points.
package forms
