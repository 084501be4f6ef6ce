// Package sheets reads and writes the spreadsheets that offices exchange: CSV,
// as Excel and WPS write it, and XLSX.
//
//	t, err := sheets.Read("单位.csv", data)   // what it is decides, not its name
//	err = sheets.WriteCSV(w, t)
//	err = sheets.WriteXLSX(w, t, other)
//
// A CSV file may be UTF-8 with or without a byte order mark, GB18030 (what
// Excel writes on a Chinese Windows), or UTF-16 with a mark; its columns are
// parted by commas, tabs or semicolons. Of an XLSX file the first sheet that
// has a cell in it is read, or with [ReadAll] every one, as values: a formula
// counts as what it showed when the file was saved, and nothing in the file is
// executed. The cells of a merged range all have its text, and the table says
// which of them have it from where ([table.Table.Spread]).
//
// What comes from outside is bounded before it is unpacked: [MaxFile],
// [MaxUnpacked], [MaxRows], [MaxColumns], [MaxCell]. Reading writes
// no temporary files.
//
// What goes out cannot become a formula in the program that opens it: in CSV a
// cell that begins with =, +, -, @ or a control character is given an
// apostrophe in front, which Read takes away again (OWASP, CSV injection).
package sheets
