// Package word writes a bulletin as a .docx file that Word, WPS and LibreOffice
// open with the look of the paper.
//
//	data, err := word.Make(sheet, look, pictures)
//
// # What an office can do with it
//
// Everything has a named style: 简报名称, 期号, 编印单位, 日期, 批示, 栏目, 条目标题, 正文
// (the document's Normal), 导语, 供稿, 编者按, 版记, 页码. Who changes a style in
// Word changes every place that bears it. The fonts are named, not embedded: the
// four that GB/T 9704-2012 asks for, with the names under which Windows has
// their kin, so that a machine without 仿宋_GB2312 takes 仿宋.
//
// # How the paper is made
//
// The type grid is the template's: docGrid of type lines with the pitch of the
// grid, and the characters drawn together to its width (16 pt on 15.8). A grid
// of type linesAndChars would say the same, but LibreOffice breaks on it. Lines
// obey kinsoku with the lists of marks that must not begin or end a line. Page
// numbers are fields in an odd and an even footer. The tail is a table that
// floats at the foot of the page it falls on, which is the last page of the text;
// annexes begin on a page of their own after it.
//
// Word counts pages itself, so two things of a template are left to it: a lone
// page bears a number (folio.skip_lone), and a tail that does not fit below the
// text goes to the next page alone (tail.new_page). Annexes follow the tail, also
// where tail.before_annexes is false: a table that floats cannot be behind them.
//
// # What is promised
//
// The bytes depend on the arguments alone: times in the file are the date of
// the issue. Elements stand in the order of the schema (ECMA-376 part 1, wml.xsd),
// without which Word calls a file damaged. Characters that XML 1.0 has no place
// for are left out. A picture that was not given, or is neither PNG, JPEG nor GIF,
// is named in its place by its caption.
package word
