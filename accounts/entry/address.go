package entry

import (
	"net/mail"
	"strings"

	"jianbao/fault"
)

var badMail = fault.Say("entry.bad-mail", "%q不是邮箱地址", "%q is no mail address")

// mailLike reports whether a text is one bare address (RFC 5322 addr-spec) that
// no header takes for more.
func mailLike(text string) bool {
	a, err := mail.ParseAddress(text)
	return err == nil && a.Name == "" && a.Address == text && strings.Contains(text, "@") && !strings.ContainsAny(text, " \t\r\n<>\x00\",;") && len(text) <= 254
}

// mailReasons are why an address cannot be kept; "" is none.
func mailReasons(address string) []fault.Reason {
	if address == "" || mailLike(address) {
		return nil
	}
	return []fault.Reason{badMail.With(strings.ToValidUTF8(address, "\uFFFD"))}
}
