// Package bulletin reads the text of an office's numbered bulletin (简报),
// says what it doubts, and writes it back as text.
//
// [Parse] takes plain text and returns a [Reading]: the [Document] that was
// understood, and the Problems. It is pure and deterministic, takes time
// linear in the size of the text and never panics, whatever it is fed.
// [ParseAll] reads a text that holds several bulletins.
//
//	if label, found := bulletin.Classified(name, properties, text); found {
//		return label.Refusal() // before anything is written anywhere
//	}
//	reading := bulletin.Parse(text)
//	if refusal := reading.Refusal(); refusal != nil {
//		return refusal // classified, or no bulletin at all
//	}
//	for _, p := range reading.Blocking() { … } // settle these first
//
// # How a text is read
//
// Every line is classed by itself, by closed tables of labels (报, 送, 编辑,
// 领导批示 …) and a few patterns (number, date, 【section】, 一、). Three zones
// are then laid over the lines: the head, down to its last number, date or
// organ; the tail, the last run of lists, roles and print lines; and the body
// between them. Annexes may follow the tail. A word is a label only if it is in
// the table, stands at the start of a line or after a space or separator, and a
// colon follows it; 报告显示： is text. What stands behind it must fit: units
// behind 报, names behind 编辑. 发：展改革工作要点已印发。 is a sentence, stays
// text and is asked about.
//
// Lines of the head may hold number, organ, date, notice and copy number in any
// mixture. Page numbers and heads that run on later pages are left out, so that
// a paragraph is seen to go on behind them. A contents list ends where its
// entries come again.
//
// Nothing in a text is lost. A line that no rule takes stays in the document
// (in the head in Extra, in the body as a paragraph, in the tail in an annex
// without a title) and is a Problem with its line. What Parse leaves out because
// it is layout (page numbers, running heads, the office's name signed once more)
// is quoted in a Note; what it cannot take (a day that the calendar does not
// have) is quoted in a question.
//
// # Items and leads
//
// In a section each paragraph is an item, as bulletins print them. An item that
// begins with a marker (★) and a heading on its own line goes on to the next
// marker, heading or section, and so does the one article of a bulletin that
// has a title and no sections. A run-in lead is the first sentence of an item,
// 2 to 40 characters long, not beginning with a date, with text after it; a
// bracket at the start (【春耕收尾】全市…) is one, too. A contributor in brackets
// at the end (（甲县农业农村局供稿）) is taken off.
//
// # Seams
//
// Word processors leave a paragraph in two pieces where a page ended. A piece
// that does not end with a stop and is followed by ordinary text is joined with
// it, and the join is a Note that can be undone. Where characters stand on both
// sides of the seam (…党组书记 and 记李克强…) nothing is joined: the Problem
// blocks, and its choices show how each repair would read.
//
// # The text that people edit
//
// People edit the text, not the Document. [Format] writes a Document as text
// that Parse reads as the same Document, and [Settle] makes the edit of a
// choice. Where the forms that offices write leave something open, these say it
// outright:
//
//   - ¶ ([Mark]) at the end of a line: the paragraph ends here, and its item
//     goes on with the next one. Parse never joins over it.
//   - ¶ at the start of a line: plain text of the body. No lead, heading, label
//     or number is read into it.
//   - **导语。**正文 at the start of a paragraph: this much is the lead. Alone
//     on its line it is a heading.
//   - ★ or another marker at the start of a line: an item begins.
//   - 简报名称：, 期号：, 主办：, 日期：, 份号：, 紧急程度：, 标题：, 报头附注： are
//     facts of the head, 附注： is a line of the tail that is kept as it is.
//   - Lines that begin and end with | are rows of a table (| 单位 | 数量 |); a
//     second line of |---|---| makes a head of the first. \| is a bar in a cell
//     and <br> a line break. ![说明](名字.png) is a picture, whose bytes travel
//     beside the text. Both belong to the item above; [Blocks] takes them apart.
//
// The marks are no part of the document.
//
// # Classification
//
// An ordinary system must not store or process classified content. [Classified]
// looks for a label (秘密★1年, 机 密, 密级：绝密★长期) as a line of its own in the
// head of each bulletin of a text, in the name of the file and in the properties
// of a document; the words inside a sentence are only a Note. Of a classified
// bulletin a [Stub] is kept, enough to register the paper, and no word of its
// text. The label above it stands whatever marks are put around it.
package bulletin
