// Package screening looks whether a file that came by mail or was uploaded bears a
// label of state secrets, before any of it is kept.
//
//	if screening.Labelled(name, data) {
//		return keepTheEnvelopeOnly()
//	}
//
// It looks at the name of a file, at its text where package intake can read it
// (text, HTML, Word), and into ZIP archives, to a depth and a size; what a file is
// its bytes say, and not its name. In what it cannot read as a text (Word and WPS
// documents of the old kind, RTF, PDF, OFD, tables, pictures) it looks for a label
// with its star (机密★10年) among the bytes, in every script in which such files
// hold words: so it sees the text of the former, and the properties of PDF files
// and pictures, whose pages it cannot see. Other archives and whatever is encrypted
// it judges by the name alone; what goes beyond the limits counts as labelled,
// since nobody has looked at all of it.
//
// It is pure: nothing is written anywhere.
package screening

import (
	"archive/zip"
	"bytes"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"jianbao/bulletin"
	"jianbao/bulletin/intake"
	"jianbao/fault"
)

// The bounds of what is looked at in archives.
const (
	mostFiles = 1000
	mostBytes = 64 << 20
	deepest   = 3
)

var labelledFile = fault.Say("screening.labelled", "文件“%s”带有密级标志，或者是层数过多、内容过大而无法检查的压缩包。本系统为非涉密系统，不得存储、处理涉密内容，文件没有保存", "the file %q bears a classification label, or is an archive too deep or too large to be looked through; this is no system for state secrets, and nothing of it was kept")

// Refuse returns a fault.Refused for a file that bears a label, otherwise nil.
func Refuse(name string, data []byte) error {
	if !Labelled(name, data) {
		return nil
	}
	return fault.New(fault.Refused, labelledFile.With(name))
}

// Labelled reports whether a file bears a label; see the package comment.
func Labelled(name string, data []byte) bool {
	l := look{files: mostFiles, bytes: mostBytes}
	return l.labelled(name, data, 0)
}

// A look is what may still be looked at.
type look struct{ files, bytes int }

func (l *look) labelled(name string, data []byte, depth int) bool {
	if _, found := bulletin.Classified(name, nil, ""); found {
		return true
	}
	_, err := intake.Read(name, data)
	if fault.Is(err, fault.Refused) || (err != nil || bytes.HasPrefix(data, []byte("<?xml"))) && l.unread(data) {
		return true
	}
	if err == nil {
		return false
	}
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return false // no archive that can be read
	}
	if depth == deepest {
		return len(archive.File) > 0
	}
	for _, f := range archive.File {
		if l.inside(f, depth) {
			return true
		}
	}
	return false
}

// inside looks at one file of an archive.
func (l *look) inside(f *zip.File, depth int) bool {
	if l.files--; l.files < 0 {
		return true
	}
	name := legible(f.Name, f.NonUTF8)
	if _, found := bulletin.Classified(name, nil, ""); found || f.FileInfo().IsDir() {
		return found
	}
	r, err := f.Open()
	if err != nil {
		return false // a method that is not known
	}
	defer r.Close()
	data, err := io.ReadAll(io.LimitReader(r, int64(l.bytes)+1))
	if l.bytes -= len(data); l.bytes < 0 {
		return true
	}
	return err == nil && l.labelled(name, data, depth+1)
}

// legible reads the names of archives that were packed on Chinese Windows.
func legible(name string, other bool) string {
	if !other && utf8.ValidString(name) {
		return name
	}
	decoded, err := simplifiedchinese.GB18030.NewDecoder().String(name)
	if err != nil {
		return name
	}
	return decoded
}
