// Package pdf makes the paper of a bulletin: it draws the pages of package
// layout with github.com/signintech/gopdf.
//
//	data, problems, err := pdf.Make(sheet, template, fonts, pictures, layout.Options{})
//
// The bytes depend on the arguments alone: the creation date is the issue's, the
// file's identifiers are hashes of its contents, nothing is taken from a clock.
// So a PDF can be hashed and proven to be what was approved.
//
// Fonts are embedded as subsets. They are parsed once for all documents of a
// [Press]; making a document copies no font but the glyphs that it uses, and a
// Press may be used by any number of goroutines.
//
// gopdf writes a valid file but for some details, which are mended afterwards on
// its objects. Its table from glyphs to characters is wrong beyond the basic
// plane, where rare characters of people's names are; subset fonts lack their
// tag; the information dictionary must be an object of its own (mend.go). And
// marks that are set narrower than they are need a font that says so, or no
// program reads the text back as it was (variant.go).
package pdf
