// Package zipped opens the zip containers of office documents (ISO/IEC 29500-2,
// PKWARE APPNOTE) that strangers send.
//
//	file, err := zipped.Open(data) // looks at the directory only
//	part, err := file.Part("word/document.xml")
//
// Everything the directory says is checked before a byte is unpacked, and what
// is unpacked is checked against the directory: at most 2,000 parts, 32 MB for
// one and 64 MB for all; no part that grows more than 200-fold, which no office
// document does and every bomb must; no encrypted parts, no methods but Store
// and Deflate, no name twice (readers differ in which of the two they take), no
// name that leads out of the container.
package zipped

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"

	"jianbao/fault"
)

// The limits of a container.
const (
	MaxParts = 2_000
	MaxPart  = 32 << 20
	MaxTotal = 64 << 20
	MaxRatio = 200
)

// ratioFrom is the size under which a part may be as dense as it likes: a short
// part of nothing but empty paragraphs is.
const ratioFrom = 1 << 20

var (
	unsafe      = fault.Say("intake.unsafe-container", "文件的结构不正常，可能已损坏或被人做过手脚，不能读取：请用 Word 或 WPS 打开，另存为新的 .docx 后再导入", "the file is not put together as it should be, through damage or on purpose: open it in Word or WPS, save it as a new .docx and bring that")
	noDirectory = fault.Say("intake.no-directory", "文件不完整，读不到目录（可能没有传完）", "the file is not complete: it has no directory (the upload may have broken off)")
	manyParts   = fault.Say("intake.many-parts", "内部文件超过 %d 个", "it has more than %d parts")
	largePart   = fault.Say("intake.large-part", "内部文件“%s”展开后超过 %d MB", "its part “%s” is larger than %d MB when unpacked")
	largeTotal  = fault.Say("intake.large-total", "全部展开后超过 %d MB", "it is larger than %d MB when unpacked")
	bomb        = fault.Say("intake.bomb", "内部文件“%s”展开后是压缩时的 %d 倍以上", "its part “%s” grows more than %d-fold when unpacked")
	lockedPart  = fault.Say("intake.locked-part", "内部文件“%s”加了密码", "its part “%s” is protected by a password")
	oddMethod   = fault.Say("intake.odd-method", "内部文件“%s”的压缩方式不是通用的", "its part “%s” is packed in an unusual way")
	twice       = fault.Say("intake.part-twice", "内部文件“%s”出现两次", "its part “%s” is there twice")
	oddName     = fault.Say("intake.odd-name", "内部文件名“%s”不正常", "its part name “%s” leads elsewhere")
	brokenPart  = fault.Say("intake.broken-part", "内部文件“%s”已损坏", "its part “%s” is damaged")
)

// A File is an open container.
type File struct {
	parts map[string]*zip.File
	// left is how much may still be unpacked: every part twice, since a file
	// can lead to the same part in many ways.
	left int64
}

// Open reads and checks the directory of a container. The error is a
// fault.Invalid with everything that is wrong.
func Open(data []byte) (*File, error) {
	// The reader of the standard library makes a record of every entry, however
	// many there are; so they are counted first.
	if bytes.Count(data, []byte("PK\x01\x02")) > 2*MaxParts {
		return nil, refuse(manyParts.With(MaxParts))
	}
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, refuse(noDirectory.With()).Because(err)
	}
	if len(r.File) > MaxParts {
		return nil, refuse(manyParts.With(MaxParts))
	}
	f := &File{parts: make(map[string]*zip.File, len(r.File)), left: 2 * MaxTotal}
	if reasons := f.check(r.File); len(reasons) > 0 {
		return nil, refuse(reasons...)
	}
	return f, nil
}

func refuse(reasons ...fault.Reason) *fault.Error {
	return fault.New(fault.Invalid, unsafe.With(), reasons...)
}

// mostReasons bounds what one refusal lists.
const mostReasons = 5

func (f *File) check(entries []*zip.File) (reasons []fault.Reason) {
	var total uint64
	for _, e := range entries {
		if len(reasons) == mostReasons {
			return reasons
		}
		name := shownName(e.Name)
		key := strings.ToLower(e.Name)
		if f.parts[key] != nil {
			reasons = append(reasons, twice.With(name))
		}
		f.parts[key] = e
		total += min(e.UncompressedSize64, MaxTotal+1)
		reasons = append(reasons, checkEntry(e, name)...)
	}
	if total > MaxTotal {
		reasons = append(reasons, largeTotal.With(MaxTotal>>20))
	}
	return reasons
}

func checkEntry(e *zip.File, name string) (reasons []fault.Reason) {
	if !isPlainName(e.Name) {
		reasons = append(reasons, oddName.With(name))
	}
	if e.Flags&1 != 0 {
		reasons = append(reasons, lockedPart.With(name))
	}
	if e.Method != zip.Store && e.Method != zip.Deflate {
		reasons = append(reasons, oddMethod.With(name))
	}
	switch size := e.UncompressedSize64; {
	case size > MaxPart:
		reasons = append(reasons, largePart.With(name, MaxPart>>20))
	case size > ratioFrom && size/MaxRatio > e.CompressedSize64:
		reasons = append(reasons, bomb.With(name, MaxRatio))
	}
	return reasons
}

// isPlainName reports whether a name stays in the container.
func isPlainName(name string) bool {
	if name == "" || len(name) > 255 || strings.ContainsAny(name, "\\:\x00\n\r") || strings.HasPrefix(name, "/") {
		return false
	}
	for step := range strings.SplitSeq(name, "/") {
		if step == ".." || step == "." {
			return false
		}
	}
	return true
}

// shownName makes a name fit for a sentence.
func shownName(name string) string {
	name = strings.ToValidUTF8(name, "?")
	if len(name) > 60 {
		name = strings.ToValidUTF8(name[:60], "") + "…"
	}
	return strings.Map(func(r rune) rune {
		if r < ' ' {
			return '?'
		}
		return r
	}, name)
}

// Has reports whether the container has a part. Names of parts do not tell
// capitals from small letters.
func (f *File) Has(name string) bool { return f.parts[strings.ToLower(name)] != nil }

// Part unpacks a part, or returns nil if there is none of the name. The error
// is a fault.Invalid: the part is not what the directory says.
func (f *File) Part(name string) ([]byte, error) {
	e := f.parts[strings.ToLower(name)]
	if e == nil {
		return nil, nil
	}
	if f.left -= int64(e.UncompressedSize64); f.left < 0 {
		return nil, refuse(largeTotal.With(MaxTotal >> 20))
	}
	broken := func(err error) error { return refuse(brokenPart.With(shownName(name))).Because(err) }
	r, err := e.Open()
	if err != nil {
		return nil, broken(err)
	}
	defer r.Close() // only gives the decompressor back
	var b bytes.Buffer
	b.Grow(int(min(e.UncompressedSize64, e.CompressedSize64*MaxRatio+ratioFrom)) + bytes.MinRead)
	n, err := b.ReadFrom(io.LimitReader(r, int64(e.UncompressedSize64)+1))
	if err == nil && uint64(n) != e.UncompressedSize64 {
		err = io.ErrUnexpectedEOF
	}
	if err != nil {
		return nil, broken(err)
	}
	return b.Bytes(), nil
}
