package pdf

import (
	"bytes"
	"compress/zlib"
	"crypto/sha256"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"sync"
	"unicode/utf16"
)

// noTag holds the place of the tag in the name of a font.
const noTag = "AAAAAA"

// A usage is the characters of one font that a document uses.
type usage struct {
	name  string // in the file, without its tag
	runes map[rune]bool
}

func (u *usage) add(text string) {
	for _, r := range text {
		u.runes[r] = true
	}
}

// tag returns the six capitals that ISO 32000-1 9.6.4 asks for: different for
// different subsets of a font, the same for the same one.
func (u *usage) tag() string {
	runes := make([]rune, 0, len(u.runes))
	for r := range u.runes {
		runes = append(runes, r)
	}
	slices.Sort(runes)
	sum := sha256.Sum256([]byte(u.name + string(runes)))
	tag := []byte(noTag)
	for i := range tag {
		tag[i] = 'A' + sum[i]%26
	}
	return string(tag)
}

// mend takes the objects of a file that gopdf wrote and writes them again with
// what it leaves out or gets wrong, and as arrange changes them, if it is not nil.
func mend(raw []byte, used map[string]*usage, arrange func([][]byte) ([][]byte, error)) ([]byte, error) {
	objects, info, err := objectsOf(raw)
	if err != nil {
		return nil, err
	}
	var wanted []variant
	for i, o := range objects {
		head := o[:min(len(o), 100)]
		switch {
		case bytes.Contains(head, []byte("/CIDInit")):
			objects[i] = toUnicode(o)
		case bytes.HasPrefix(head, []byte("<<\n/Length ")):
			content := streamOf(o)
			content, wanted = markVariants(content, wanted)
			objects[i] = stream(content)
		case bytes.HasPrefix(head, []byte("<<\n  /Type /Catalog")):
			extra := "  /Lang (zh-CN)\n  /ViewerPreferences << /DisplayDocTitle true >>\n>>\n"
			objects[i] = slices.Concat(bytes.TrimSuffix(o, []byte(">>\n")), []byte(extra))
		case bytes.Contains(o, []byte(noTag)) && !bytes.Contains(o, []byte("stream\n")):
			objects[i] = tagged(o, used)
		}
	}
	if objects, err = addVariants(objects, wanted); err != nil {
		return nil, err
	}
	if arrange != nil {
		if objects, err = arrange(objects); err != nil {
			return nil, err
		}
	}
	return assemble(append(objects, info)), nil
}

// tagged gives the object of a font its tag.
func tagged(object []byte, used map[string]*usage) []byte {
	for family, u := range used {
		object = bytes.ReplaceAll(object, []byte("/"+family), []byte("/"+u.tag()+"+"+u.name))
	}
	return object
}

// streamOf returns what is in an uncompressed stream.
func streamOf(object []byte) []byte {
	_, rest, _ := bytes.Cut(object, []byte("stream\n"))
	return bytes.TrimSuffix(rest, []byte("endstream\n"))
}

// compressors are kept: each holds most of a megabyte, and a run of copies has
// hundreds of small streams.
var compressors = sync.Pool{New: func() any { return zlib.NewWriter(nil) }}

// stream returns a compressed stream.
func stream(content []byte) []byte {
	var z bytes.Buffer
	w := compressors.Get().(*zlib.Writer)
	w.Reset(&z)
	w.Write(content) // a Buffer takes everything
	w.Close()
	compressors.Put(w)
	return fmt.Appendf(nil, "<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream\n", z.Len(), z.Bytes())
}

var (
	errShape  = errors.New("gopdf wrote a file of another shape than expected")
	startForm = regexp.MustCompile(`startxref\n(\d+)\n%%EOF\s*$`)
	infoForm  = regexp.MustCompile(`(?s)/Info (<<.*?>>)\n`)
)

// objectsOf cuts a file at the places its cross-reference table states, and
// takes the information dictionary out of its trailer.
func objectsOf(raw []byte) (objects [][]byte, info []byte, err error) {
	m := startForm.FindSubmatch(raw)
	if m == nil {
		return nil, nil, errShape
	}
	at, err := strconv.Atoi(string(m[1]))
	if err != nil || at >= len(raw) {
		return nil, nil, errShape
	}
	table, trailer, ok := bytes.Cut(raw[at:], []byte("trailer\n"))
	dictionary := infoForm.FindSubmatch(trailer)
	if !ok || dictionary == nil {
		return nil, nil, errShape
	}
	var starts []int
	for _, line := range bytes.Split(table, []byte("\n")) {
		if bytes.HasSuffix(line, []byte(" n ")) {
			n, err := strconv.Atoi(string(line[:10]))
			if err != nil || n > at {
				return nil, nil, errShape
			}
			starts = append(starts, n)
		}
	}
	for i, from := range starts {
		to := at
		if i+1 < len(starts) {
			to = starts[i+1]
		}
		body, ok := bytes.CutPrefix(raw[from:to], fmt.Appendf(nil, "%d 0 obj\n", i+1))
		if !ok {
			return nil, nil, errShape
		}
		objects = append(objects, bytes.TrimSuffix(body, []byte("endobj\n\n")))
	}
	return objects, append(slices.Clone(dictionary[1]), '\n'), nil
}

// assemble writes objects as a file. The last one is the information dictionary.
func assemble(objects [][]byte) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
	starts := make([]int, len(objects))
	for i, o := range objects {
		starts[i] = b.Len()
		fmt.Fprintf(&b, "%d 0 obj\n%sendobj\n", i+1, o)
	}
	id := sha256.Sum256(b.Bytes())
	table := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, at := range starts {
		fmt.Fprintf(&b, "%010d 00000 n \n", at)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R /Info %d 0 R /ID [<%x> <%x>] >>\nstartxref\n%d\n%%%%EOF\n",
		len(objects)+1, len(objects), id[:16], id[:16], table)
	return b.Bytes()
}

var rangeForm = regexp.MustCompile(`<([0-9A-F]{4})><[0-9A-F]{4}><([0-9A-F]{4,6})>`)

// toUnicode writes a table from glyphs to characters again: characters beyond
// the basic plane as the two halves of UTF-16, at most 100 entries to a block
// (ISO 32000-1 9.10.3), compressed.
func toUnicode(object []byte) []byte {
	entries := rangeForm.FindAllSubmatch(object, -1)
	var b bytes.Buffer
	b.WriteString("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n" +
		"/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n" +
		"/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n" +
		"1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n")
	for block := range slices.Chunk(entries, 100) {
		fmt.Fprintf(&b, "%d beginbfchar\n", len(block))
		for _, e := range block {
			fmt.Fprintf(&b, "<%s> <%s>\n", e[1], utf16Hex(string(e[2])))
		}
		b.WriteString("endbfchar\n")
	}
	b.WriteString("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n")
	return stream(b.Bytes())
}

func utf16Hex(code string) string {
	n, err := strconv.ParseUint(code, 16, 32)
	if err != nil || n < 0x10000 {
		return code
	}
	high, low := utf16.EncodeRune(rune(n))
	return fmt.Sprintf("%04X%04X", high, low)
}
