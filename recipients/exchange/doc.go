// Package exchange writes the units of a directory as a table and reads them
// from one: what would change is shown first, field by field, and then all of
// it is done or nothing.
//
//	t := exchange.Write(dir, zone)                    // to a sheet
//	p := exchange.Read(dir, t, options)               // what a sheet would change
//	change, err := exchange.Decide(t, options, p.Digest)(dir)
//
// # Columns
//
// The columns are known by their titles, in any order, in the words that
// offices use for them; see [Titles]. A column that the sheet does not have
// leaves its field alone. An empty cell empties the field, except for channel and
// copies, which have no empty value. A row is for the unit with its number
// (单位编号) or, without one, with its full name; where there is none it adds one.
// Units that no row names stay as they are. Columns with other titles are named
// in the preview and not used.
//
// Several names or addresses in one cell are parted by ；. A short name has its
// days behind it: 市农牧业局（2010-05-01起、2019-03-01前）. A ；, a ( or a \ that
// belongs to a name has a \ in front.
//
// A new unit without a channel gets paper, and mail too if it has an address; one
// without a number of copies gets one, to be confirmed.
//
// A sheet gives nobody another name and ends nobody: that is
// [recipients.Directory.Rename] and its like, which keep the past.
//
// # Nothing by half
//
// Every error of every row is in [Preview.Problems], with line and column of
// the file; with any of them nothing is done. The digest of a preview covers
// what would change and the versions of what is there; Decide reads the sheet
// anew against the directory as it is then, and does it only if the digest is
// the same.
//
// Written and read again, a directory does not change.
package exchange
