package mailer

import (
	"fmt"
	"net/textproto"
	"net/url"
	"path"
	"regexp"
	"strings"
	"unicode"

	"github.com/jordan-wright/email"

	"jianbao/fault"
)

var (
	sayBadFileName = fault.Say("mailer.bad-file-name", "附件名“%s”不能用：不能为空，不能含控制字符、引号或斜杠，不超过200字节", "the attachment name %q cannot be used: it must be 1 to 200 bytes without control characters, quotes or slashes")
	sayBadFileType = fault.Say("mailer.bad-file-type", "附件“%s”的类型“%s”写得不对", "attachment %q: %q is no media type")
)

var mediaType = regexp.MustCompile(`^[a-z]+/[a-z0-9][a-z0-9.+-]*$`)

// checkAttachment returns why a file cannot be attached. A name has 200 bytes
// at most, so that its percent-encoded form stays under the 998 characters of
// a line (RFC 5322 2.1.1).
func checkAttachment(a Attachment) (reasons []fault.Reason) {
	if a.Name == "" || len(a.Name) > 200 || unwritable(a.Name) || path.Base(a.Name) != a.Name ||
		strings.ContainsFunc(a.Name, func(r rune) bool { return unicode.IsControl(r) || r == '"' || r == '\\' }) {
		reasons = append(reasons, sayBadFileName.With(a.Name))
	}
	if !mediaType.MatchString(a.Type) {
		reasons = append(reasons, sayBadFileType.With(a.Name, a.Type))
	}
	return reasons
}

// attach returns the n-th attachment as jordan-wright/email wants it. That
// library would write the name as raw 8-bit text into three places and mutate
// a header shared between letters, so all of them are set here and the value
// is used for one Bytes call only.
func attach(a Attachment, n int, domain string) *email.Attachment {
	name := quotedName(a.Name)
	header := textproto.MIMEHeader{}
	header.Set("Content-Disposition", "attachment;\r\n filename="+name+";\r\n filename*=UTF-8''"+percent(a.Name))
	header.Set("Content-Id", fmt.Sprintf("<part%d@%s>", n, domain))
	return &email.Attachment{
		Filename:    a.Name,
		ContentType: a.Type + ";\r\n name=" + name,
		Header:      header,
		Content:     a.Data,
	}
}

// quotedName returns the form of a file name that QQ and NetEase webmail read:
// encoded words inside the quotes, against the letter of RFC 2047 section 5.
// The form of RFC 2231 stands beside it for everybody else.
func quotedName(name string) string {
	if plain(strings.ReplaceAll(strings.ReplaceAll(name, ".", "-"), "_", "-")) {
		return `"` + name + `"`
	}
	b := block{column: len(` filename="`)}
	b.encoded(name)
	return `"` + strings.TrimPrefix(b.String(), " ") + `"`
}

// percent encodes a name as an extended parameter value (RFC 2231 section 4,
// RFC 8187 3.2): unreserved characters stay.
func percent(name string) string { return strings.ReplaceAll(url.QueryEscape(name), "+", "%20") }
