// Package layout sets a bulletin on paper: a sheet, a template and fonts become
// pages of a display list ([Document]), which package pdf draws. It draws
// nothing itself and knows no file format, so that another output (OFD, a
// printer's language, a picture for a screen) can start from the same pages.
//
//	doc, problems, err := layout.Lay(sheet, template, metrics, pictures, layout.Options{})
//
// Lay is pure: the same arguments give the same pages.
//
// # The grid
//
// A page has the type area and the grid of GB/T 9704-2012 5.2: 22 lines of 28
// characters, 16 pt glyphs on a 15.79 pt pitch, lines 28.95 pt apart. Text
// stands on the lines of the grid; a table or picture pushes what follows it to
// the next line.
//
// # Lines
//
// A paragraph becomes cells, one for each character, and the cells are cut into
// lines. No line begins with 。，、；：！？”）》】 or ends with “（《【 (GB/T 15834-2011
// 5.1); words, numbers with their units, dashes and two-character names are not
// parted. Of two marks that follow one another one loses its blank half.
// Among the places where a line may end, the one is taken that needs the least
// mending, and the line is then made as wide as its measure: by squeezing the
// blank halves of its marks, the last one's first, or by widening all gaps
// alike. A line that holds an address too long for it is left ragged.
//
// # Pages
//
// Everything below the head becomes strips: a line of text, a row of a table, a
// picture. Strips fill the pages in order. A heading stays with what follows it,
// a table that goes on repeats its header row. The tail stands at the foot of
// the last page; where there is no room left for it, the last lines of the text
// go with it to a new page, so that no page holds the tail alone.
//
// # What cannot be set
//
// A character that no font has is drawn as 〓 (geta) and is a Problem that names
// the character and its place. A picture that is missing leaves its frame and a
// Problem. Nothing is ever left out silently.
package layout
