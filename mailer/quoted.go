package mailer

import (
	"encoding/base64"
	"mime"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// quoteBegins are the lines with which mail programs begin what they quote.
var quoteBegins = regexp.MustCompile(`(?i)^\s*(-{2,}\s*(原始邮件|原邮件|转发邮件|original message|forwarded message|回复的原邮件)\s*-*|_{10,}|发自我的.*|(at|on) .{4,120} wrote[:：]|在.{4,120}写道[:：]|(发件人|from)\s*[:：].{0,200}|-- ?)\s*$`)

// unquoted returns what was written, up to where a quotation or a signature
// begins and without quoted lines.
func unquoted(text string) string {
	var kept []string
	for _, line := range strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n") {
		if quoteBegins.MatchString(line) {
			break
		}
		if strings.HasPrefix(strings.TrimLeft(line, " \t　"), ">") {
			continue
		}
		kept = append(kept, strings.TrimRight(line, " \t\r　"))
	}
	return strings.Trim(strings.Join(kept, "\n"), "\n \t　")
}

// textOf returns the words of an HTML part, a line for each block, without
// what it quotes.
func textOf(page string) string {
	var out strings.Builder
	z := html.NewTokenizer(strings.NewReader(page))
	silent := 0
	for {
		switch kind := z.Next(); kind {
		case html.ErrorToken:
			return out.String()
		case html.TextToken:
			if silent == 0 {
				out.WriteString(html.UnescapeString(strings.Join(strings.Fields(string(z.Raw())), " ")))
			}
		case html.StartTagToken, html.EndTagToken, html.SelfClosingTagToken:
			name, _ := z.TagName()
			switch string(name) {
			case "blockquote", "style", "script", "head":
				if kind == html.StartTagToken {
					silent++
				} else if kind == html.EndTagToken && silent > 0 {
					silent--
				}
			case "p", "div", "br", "tr", "li", "hr", "h1", "h2", "h3":
				out.WriteByte('\n')
			}
		}
	}
}

// legible makes UTF-8 of what was not declared as what it is, which is GB18030
// most of the time.
func legible(text string) string {
	if utf8.ValidString(text) {
		return text
	}
	if decoded, err := simplifiedchinese.GB18030.NewDecoder().String(text); err == nil && utf8.ValidString(decoded) {
		return decoded
	}
	return strings.ToValidUTF8(text, "�")
}

// encodedWord is RFC 2047 section 2, with what old programs put into it.
var encodedWord = regexp.MustCompile(`=\?([A-Za-z0-9_.:-]+)(?:\*[A-Za-z-]+)?\?([bBqQ])\?([^?]*)\?=`)

// decodeWords decodes encoded words. The bytes of neighbours are joined first:
// there are programs that split a character between two (against RFC 2047
// section 5).
func decodeWords(value string) string {
	var out strings.Builder
	var pending []byte
	charset := ""
	flush := func() {
		out.WriteString(decodeIn(charset, pending))
		pending, charset = nil, ""
	}
	rest := value
	for {
		at := encodedWord.FindStringSubmatchIndex(rest)
		if at == nil {
			break
		}
		between := rest[:at[0]]
		name := strings.ToLower(rest[at[2]:at[3]])
		if charset != "" && (strings.TrimSpace(between) != "" || name != charset) {
			flush()
		}
		if charset == "" && (strings.TrimSpace(between) != "" || out.Len() == 0) {
			out.WriteString(legible(between))
		}
		charset = name
		pending = append(pending, bytesOf(rest[at[4]:at[5]], rest[at[6]:at[7]])...)
		rest = rest[at[1]:]
	}
	flush()
	out.WriteString(legible(rest))
	return strings.TrimSpace(out.String())
}

// bytesOf undoes the encoding of one word.
func bytesOf(encoding, text string) []byte {
	if strings.EqualFold(encoding, "b") {
		text = strings.TrimRight(strings.Join(strings.Fields(text), ""), "=")
		decoded, _ := base64.RawStdEncoding.DecodeString(text) // what could be decoded
		return decoded
	}
	// As one of ISO 8859-1, in which every byte is a character.
	decoded, err := new(mime.WordDecoder).Decode("=?iso-8859-1?q?" + strings.ReplaceAll(text, " ", "_") + "?=")
	if err != nil {
		return []byte(text)
	}
	raw := make([]byte, 0, len(decoded))
	for _, r := range decoded {
		raw = append(raw, byte(r))
	}
	return raw
}

func decodeIn(charset string, raw []byte) string {
	switch charset {
	case "", "utf-8", "utf8":
		return legible(string(raw))
	case "gb2312", "gbk", "x-gbk", "cp936", "gb18030":
		charset = "gb18030" // which has the others in it
	}
	encoding, err := htmlindex.Get(charset)
	if err != nil {
		return legible(string(raw))
	}
	decoded, err := encoding.NewDecoder().Bytes(raw)
	if err != nil {
		return legible(string(raw))
	}
	return string(decoded)
}
