// Package intake reads what people bring: files and pasted pages, in whatever
// form their office has them. It makes one thing of all, the text that package
// bulletin parses.
//
//	draft, err := intake.Read(name, data)
//	if err != nil {
//		return err // says what the file is, and what to do
//	}
//	reading := bulletin.Parse(draft.Text)
//
// # What is read
//
// Text in UTF-8, GB18030 (and so GBK and GB2312) and UTF-16, with or without a
// byte order mark, with any line ends. Word documents (.docx) as Word, WPS and
// LibreOffice write them. HTML, above all what WPS, Word and web mail put on
// the clipboard. Markdown, if the name of the file says so.
//
// What a file is, its content says; its name is believed only where the content
// leaves it open. Everything else people try (.doc, .wps, PDF, OFD, pictures,
// spreadsheets, encrypted files) is refused by name, with what to do.
//
// # What comes out
//
// Every paragraph becomes a line. Where the beginning of a paragraph is bold it
// is written as a lead (**导语。**正文); automatic numbers are written out; tables
// become rows between bars and pictures a line each, with their bytes in
// [Draft.Pictures]. Whatever a reader leaves out or cannot take over (comments,
// hidden text, a picture in a format of its own) is named in [Draft.Notes]:
// nothing disappears unsaid.
//
// # What is refused
//
// Text that bears a label of state secrets, in its head, its page headers, its
// properties or its file name, is refused with fault.Refused before anything
// of it is returned (see bulletin.Classified). Files beyond the limits below,
// damaged ones and those that try tricks are refused with fault.Invalid, in
// milliseconds and within bounded memory: 20 MB for a file, 32 MB for a part of
// it and 64 MB for all parts, 2,000 parts, 256 levels, 50,000 paragraphs.
//
// Reading is pure: no file is touched, no network, no clock.
package intake
