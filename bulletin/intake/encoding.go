package intake

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"jianbao/fault"
)

// The encodings a text may have, as Draft.Encoding names them. GB18030 contains
// GBK and GB2312.
const (
	encodingUTF8    = "UTF-8"
	encodingGB18030 = "GB18030"
	encodingUTF16LE = "UTF-16LE"
	encodingUTF16BE = "UTF-16BE"
)

var (
	notText  = fault.Say("intake.not-text", "文件中有不能识别的字节，不是完整的文本文件：请在 WPS 或 Word 中打开，另存为 .docx 或 UTF-8 文本后再导入", "the file holds bytes that are no text: open it in WPS or Word and save it as .docx or as UTF-8 text")
	nulAt    = fault.Say("intake.nul-at", "第 %d 行有空字符（NUL）", "line %d holds a NUL character")
	brokenAt = fault.Say("intake.broken-at", "第 %d 行“%s”之后的字节不是有效的 %s 编码", "line %d: the bytes after “%s” are not valid %s")
)

// mostPlaces bounds how many broken places one refusal lists.
const mostPlaces = 5

// decode returns the text of a file in whatever encoding it has, with U+FFFD
// for what cannot be read. A byte order mark decides; without one, the encoding
// does that reads every byte and makes usual characters of them.
func decode(data []byte) (text, encoding string) {
	if len(data) > sampleSize {
		if text, encoding := decode(data[:sampleSize]); noText(text) {
			return text, encoding
		}
	}
	if text, encoding, ok := decodeMarked(data); ok {
		return text, encoding
	}
	nul := bytes.IndexByte(data, 0) >= 0
	if !nul && utf8.Valid(data) && !onlyLooksLikeUTF8(data) {
		return string(data), encodingUTF8
	}
	if text, encoding, ok := guessUTF16(data); ok {
		return text, encoding
	}
	if nul || mostlyUTF8(data) {
		return strings.ToValidUTF8(string(data), "\ufffd"), encodingUTF8
	}
	return decodeGB18030(data), encodingGB18030
}

// sampleSize is how much of a long file is looked at first.
const sampleSize = 64 << 10

// noText reports whether text, as it was decoded, is mostly broken: the file is a
// program or a picture, and need not be read to its end.
func noText(text string) bool {
	broken := strings.Count(text, "\ufffd") + strings.Count(text, "\x00")
	return broken*20 > utf8.RuneCountInString(text)
}

// decodeMarked reads a text that begins with a byte order mark.
func decodeMarked(data []byte) (text, encoding string, ok bool) {
	mark := func(m string) ([]byte, bool) { return bytes.CutPrefix(data, []byte(m)) }
	if rest, ok := mark("\xef\xbb\xbf"); ok {
		return strings.ToValidUTF8(string(rest), "\ufffd"), encodingUTF8, true
	}
	if rest, ok := mark("\xff\xfe"); ok {
		return decodeUTF16(rest, false), encodingUTF16LE, true
	}
	if rest, ok := mark("\xfe\xff"); ok {
		return decodeUTF16(rest, true), encodingUTF16BE, true
	}
	if rest, ok := mark("\x84\x31\x95\x33"); ok {
		return decodeGB18030(rest), encodingGB18030, true
	}
	return "", "", false
}

// refuseBroken refuses a text in which U+FFFD stands for what could not be
// read, and one that holds NUL, with the first few places. It looks at the text
// alone: a file in which somebody else's program left U+FFFD lost those
// characters just as well.
func refuseBroken(text, encoding string) error {
	if !strings.Contains(text, "\x00") && !strings.Contains(text, "\ufffd") {
		return nil
	}
	var places []fault.Reason
	for i, line := range strings.Split(text, "\n") {
		if len(places) == mostPlaces {
			break
		}
		if strings.Contains(line, "\x00") {
			places = append(places, nulAt.With(i+1))
		}
		if before, _, broken := strings.Cut(line, "\ufffd"); broken {
			places = append(places, brokenAt.With(i+1, lastRunes(before, 10), encoding))
		}
	}
	return fault.New(fault.Invalid, notText.With(), places...)
}

// onlyLooksLikeUTF8 reports whether valid UTF-8 is rather a short text in
// GB18030: pairs of Han bytes can happen to be two-byte sequences, but no
// Chinese text in UTF-8 is without a single three-byte one. With letters around
// them they are more likely accents (café).
func onlyLooksLikeUTF8(data []byte) bool {
	pairs := 0
	for _, r := range string(data) {
		if r >= 0x800 || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' {
			return false
		}
		if r >= utf8.RuneSelf {
			pairs++
		}
	}
	return pairs > 0 && usual(decodeGB18030(data)) == 1
}

// mostlyUTF8 reports whether data is UTF-8 with a few broken places. Such bytes
// often pass for GB18030 too, and would come out as 锟斤拷.
func mostlyUTF8(data []byte) bool {
	good, bad := 0, 0
	for len(data) > 0 {
		r, size := utf8.DecodeRune(data)
		switch {
		case r == utf8.RuneError && size == 1:
			bad++
		case size >= 3, r == 0:
			good++
		}
		data = data[size:]
	}
	return good > 2*bad
}

// guessUTF16 reads a text in UTF-16 that has no byte order mark.
func guessUTF16(data []byte) (text, encoding string, ok bool) {
	nuls := bytes.Count(data, []byte{0})
	if len(data)%2 != 0 || len(data) < 4 || utf8.Valid(data) && nuls*5 < len(data) {
		return "", "", false
	}
	sample := data[:min(len(data), 4096)]
	if usual(decodeUTF16(sample, false)) > 0.95 {
		text, encoding = decodeUTF16(data, false), encodingUTF16LE
	} else if usual(decodeUTF16(sample, true)) > 0.95 {
		text, encoding = decodeUTF16(data, true), encodingUTF16BE
	}
	return text, encoding, text != "" && !strings.Contains(text, "\x00") && !strings.Contains(text, "\ufffd")
}

// usual returns which share of the characters is of the kinds Chinese office
// texts are made of.
func usual(text string) float64 {
	n, good := 0, 0
	for _, r := range text {
		n++
		switch {
		case r >= ' ' && r < 0x7f, r == '\n', r == '\r', r == '\t',
			r >= 0x2000 && r <= 0x26ff, r >= 0x3000 && r <= 0x303f,
			r >= 0x3400 && r <= 0x9fff, r >= 0xff00 && r <= 0xffef, r >= 0x20000 && r <= 0x3ffff:
			good++
		}
	}
	return float64(good) / float64(max(n, 1))
}

// decodeUTF16 puts U+FFFD where half a character stands.
func decodeUTF16(data []byte, bigEndian bool) string {
	low, high := 0, 1
	if bigEndian {
		low, high = 1, 0
	}
	units := make([]uint16, len(data)/2)
	for i := range units {
		units[i] = uint16(data[2*i+low]) | uint16(data[2*i+high])<<8
	}
	text := string(utf16.Decode(units))
	if len(data)%2 != 0 {
		text += "\ufffd"
	}
	return text
}

// decodeGB18030 puts U+FFFD where bytes cannot be read. The tables of x/text lack
// the 24 two-byte codes that the standard of 2000 had in the private use area
// and GB 18030-2022 gives their real places.
func decodeGB18030(data []byte) string {
	var b strings.Builder
	b.Grow(len(data) * 3 / 2)
	from := 0
	for i := 0; i < len(data); {
		size := sizeGB18030(data[i:])
		if size == 2 {
			if r, ok := moved2022[uint16(data[i])<<8|uint16(data[i+1])]; ok {
				plainGB18030(&b, data[from:i])
				b.WriteRune(r)
				from = i + 2
			}
		}
		i += size
	}
	plainGB18030(&b, data[from:])
	return b.String()
}

// sizeGB18030 returns how many bytes the first character has.
func sizeGB18030(data []byte) int {
	switch {
	case data[0] < 0x81 || len(data) < 2:
		return 1
	case data[1] >= '0' && data[1] <= '9' && len(data) >= 4:
		return 4
	}
	return 2
}

func plainGB18030(b *strings.Builder, data []byte) {
	decoded, err := simplifiedchinese.GB18030.NewDecoder().Bytes(data)
	if err != nil {
		decoded = []byte("\ufffd")
	}
	b.Write(decoded)
}

var moved2022 = map[uint16]rune{
	0xa6d9: 0xfe10, 0xa6da: 0xfe12, 0xa6db: 0xfe11, 0xa6dc: 0xfe13, 0xa6dd: 0xfe14, 0xa6de: 0xfe15, 0xa6df: 0xfe16,
	0xa6ec: 0xfe17, 0xa6ed: 0xfe18, 0xa6f3: 0xfe19, 0xfe51: 0x20087, 0xfe52: 0x20089, 0xfe53: 0x200cc, 0xfe59: 0x9fb4,
	0xfe61: 0x9fb5, 0xfe66: 0x9fb6, 0xfe67: 0x9fb7, 0xfe6c: 0x215d7, 0xfe6d: 0x9fb8, 0xfe76: 0x2298f, 0xfe7e: 0x9fb9,
	0xfe90: 0x9fba, 0xfe91: 0x241fe, 0xfea0: 0x9fbb,
}

var controls = fault.Say("intake.controls", "有 %d 个控制字符，已换成空格", "%d control characters were replaced by spaces")

// lineEnds are all that ends a line: CR LF, CR, vertical tab and form feed as
// word processors write them into text, and the separators of Unicode.
var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\v", "\n", "\f", "\n", "\u0085", "\n", "\u2028", "\n", "\u2029", "\n")

// tidy ends every line with LF and puts spaces for control characters.
func tidy(text string) (string, []fault.Reason) {
	if isTidy(text) {
		return text, nil
	}
	text = lineEnds.Replace(strings.TrimPrefix(text, "\ufeff"))
	n := 0
	text = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' && r != 0 {
			n++
			return ' '
		}
		return r
	}, text)
	if n == 0 {
		return text, nil
	}
	return text, []fault.Reason{controls.With(n)}
}

// isTidy reports whether a text has nothing that tidy would change, or perhaps
// has; it looks at bytes, which is much faster.
func isTidy(text string) bool {
	for i := range len(text) {
		switch c := text[i]; {
		case c < ' ' && c != '\n' && c != '\t', c == 0x7f, c == 0xc2, c == 0xef && i == 0:
			return false
		case c == 0xe2 && strings.HasPrefix(text[i:], "\xe2\x80") && (strings.HasPrefix(text[i:], "\u2028") || strings.HasPrefix(text[i:], "\u2029")):
			return false
		}
	}
	return true
}

// lastRunes returns the end of s, at most n characters long.
func lastRunes(s string, n int) string {
	end := len(s)
	for ; n > 0 && end > 0; n-- {
		_, size := utf8.DecodeLastRuneInString(s[:end])
		end -= size
	}
	return s[end:]
}
