// Package fonts is the type case: it knows which font file stands behind each
// role of a page, whether it has a character, and how wide that is.
//
//	set, err := fonts.Open(dir) // "" for the built-in fonts alone
//	face, ok := set.Pick(fonts.Body, '乔')
//
// # Roles
//
// GB/T 9704-2012 5.2.2 sets official documents in 仿宋 with titles in 小标宋 and
// headings in 黑体 and 楷体. Offices have bought those fonts; they cannot be given
// away. So every role is served by the office's own file if there is one, and
// else by a built-in font under the SIL Open Font License:
//
//	body      仿宋          Noto Serif SC Regular
//	masthead  小标宋        Noto Serif SC Black
//	heading   黑体          Noto Sans SC Medium
//	kai       楷体          a subset of a Kai under OFL, renamed as its licence asks
//	latin     digits, ABC   Liberation Serif, as wide as Times New Roman
//	fallback  what the role's font lacks: the built-in body
//
// Built in are the 8,105 characters of the standard table (通用规范汉字表), GB
// 2312 and the signs that offices use; body and fallback have beside these the
// traditional and variant forms that stand in people's names, and rare
// characters beyond the basic plane. scripts/fonts makes the files; the licence of each is beside
// it. They are kept compressed and opened when they are first asked for.
//
// # The office's own fonts
//
// A directory holds one TrueType file per role, named by it: body.ttf,
// masthead.ttf … or by the name that Windows and 方正 give the right one
// (simfang.ttf, FZXBSJW.TTF, simhei.ttf, simkai.ttf, times.ttf). Each is read
// and judged before it is used; one that cannot be used is named in
// [Set.Report] with the reason, and the built-in font stands in. What can be
// used is TrueType with outlines in glyf (the PDF writer embeds nothing else),
// no collection, not over 40 MB, with the permission to be embedded as a subset
// (the fsType of its OS/2 table).
//
// A Set and its Faces never change after Open and may be used by any number of
// goroutines.
package fonts
