package sheets

import (
	"bytes"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"jianbao/fault"
)

var (
	notText  = fault.Say("sheets.not-text", "表格文件中有不能识别的字节，请另存为 .xlsx 或 UTF-8 的 CSV 再导入", "the file holds bytes that are no text: save it as .xlsx or as CSV in UTF-8")
	brokenAt = fault.Say("sheets.broken-at", "第%d行“%s”之后的字节无法识别", "line %d: the bytes after “%s” cannot be read")
)

// decode returns the text of a CSV file. A byte order mark decides; without
// one it is UTF-8 if all of it is, and GB18030 otherwise. What cannot be read
// is refused with its place: a directory with U+FFFD in its names would never
// match a list again.
func decode(data []byte) (string, error) {
	var text string
	switch {
	case bytes.HasPrefix(data, []byte("\xef\xbb\xbf")):
		text = string(data[3:])
	case bytes.HasPrefix(data, []byte("\xff\xfe")), bytes.HasPrefix(data, []byte("\xfe\xff")):
		text = decodeUTF16(data[2:], data[0] == 0xfe)
	case utf8.Valid(data):
		text = string(data)
	default:
		raw, err := simplifiedchinese.GB18030.NewDecoder().Bytes(bytes.TrimPrefix(data, []byte("\x84\x31\x95\x33")))
		if err != nil {
			return "", fault.New(fault.Invalid, notText.With()).Because(err)
		}
		text = string(raw)
	}
	text = strings.ToValidUTF8(text, "\ufffd")
	if at := strings.IndexAny(text, "\ufffd\x00"); at >= 0 {
		line := 1 + strings.Count(text[:at], "\n")
		return "", fault.New(fault.Invalid, notText.With(), brokenAt.With(line, lastRunes(text[:at], 10)))
	}
	return text, nil
}

func decodeUTF16(data []byte, bigEndian bool) string {
	units := make([]uint16, len(data)/2)
	for i := range units {
		low, high := data[2*i], data[2*i+1]
		if bigEndian {
			low, high = high, low
		}
		units[i] = uint16(high)<<8 | uint16(low)
	}
	return string(utf16.Decode(units))
}

// lastRunes returns the end of the last line of a text.
func lastRunes(text string, n int) string {
	line := []rune(text[strings.LastIndexByte(text, '\n')+1:])
	return string(line[max(0, len(line)-n):])
}
