// Package bulletin reads the text of an office's numbered bulletin (简报),
// says what it doubts, and writes it back as text.
//
// [Parse] takes plain text and returns a [Reading]: the [Document] that was
// understood, and the Problems. It is pure and deterministic, takes time
// linear in the size of the text and never panics, whatever it is fed.
//
//	reading := bulletin.Parse(text)
//	if refusal := reading.Refusal(); refusal != nil {
//		return refusal // no bulletin at all
//	}
//	for _, p := range reading.Blocking() { … } // settle these first
//
// # How a text is read
//
// Every line is classed by itself, by closed tables of labels (报, 送, 编辑,
// 领导批示 …) and a few patterns (number, date, 【section】, 一、). Three zones
// are then laid over the lines: the head up to the first line that is body, the
// tail from the first list, role or print line after which no body comes any
// more, and the body between them. Annexes may follow the tail. A word is a
// label only if it is in the table, stands at the start of a line or after a
// space, and a colon follows it; 报告显示： is text.
//
// Nothing in a text is lost. A line that no rule takes stays in the document
// (above the masthead in Extra, in the body as a paragraph, after the tail as
// an annex without a title) and is a Problem with its line. What Parse leaves
// out because it is layout (page numbers, running heads, the office's name
// signed once more) is quoted in a Note.
//
// # Items and leads
//
// In a section each paragraph is an item, as bulletins print them. An item that
// begins with a marker (★) and a heading on its own line goes on to the next
// marker, heading or section, and so does the one article of a bulletin that
// has a title and no sections. A run-in lead is the first sentence of an item,
// 2 to 40 characters long, not beginning with a date, with text after it.
//
// # Seams
//
// Word processors leave a paragraph in two pieces where a page ended. A piece
// that does not end with a stop and is followed by ordinary text is joined with
// it, and the join is a Note that can be undone. Where characters stand on both
// sides of the seam (…党组书记 and 记李克强…) nothing is joined: the Problem
// blocks, and its choices show how each repair would read.
//
// # The paragraph mark
//
// People edit the text, not the Document. A line that ends in ¶ ([Mark]) says
// that the paragraph really ends there and that its item goes on with the next
// one: Parse never joins over it. The mark is no part of the document.
// [Settle] makes the edit of a choice; [Format] writes a Document as text that
// Parse reads as the same Document.
package bulletin
