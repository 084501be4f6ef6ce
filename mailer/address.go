package mailer

import (
	"net/mail"
	"regexp"
	"strings"
	"unicode/utf8"

	"jianbao/fault"
)

var (
	sayNoAddress      = fault.Say("mailer.no-address", "没有邮箱地址", "there is no address")
	sayBadAddress     = fault.Say("mailer.bad-address", "邮箱地址“%s”写得不对", "%q is no e-mail address")
	sayForeignAddress = fault.Say("mailer.foreign-address", "邮箱地址“%s”含有非西文字符，现在的中继不收", "the address %q has characters outside ASCII, which relays do not take")
	sayLongAddress    = fault.Say("mailer.long-address", "邮箱地址“%s”超过%d个字符", "the address %q is longer than %d characters")
)

// longestAddress is the longest path of RFC 5321 4.5.3.1.3, 256 octets, without
// its angle brackets.
const longestAddress = 254

// CheckAddress returns why nothing can be sent to an address, or nil. It wants
// the bare form, office@example.cn.
//
// net/mail alone is not enough: quoted local parts may hold what SMTP reads as
// the end of the path or as a parameter (RFC 5321 4.1.2), so that `<`, `>`,
// quotes, blanks and control characters are refused whatever stands around
// them. Addresses outside ASCII would need SMTPUTF8 (RFC 6531) at every relay
// on the way and are refused here rather than by one of those.
func CheckAddress(address string) []fault.Reason {
	switch {
	case address == "":
		return []fault.Reason{sayNoAddress.With()}
	case !utf8.ValidString(address) || strings.ContainsFunc(address, unfitForPath):
		return []fault.Reason{sayBadAddress.With(address)}
	case strings.ContainsFunc(address, func(r rune) bool { return r > '~' }):
		return []fault.Reason{sayForeignAddress.With(address)}
	case len(address) > longestAddress:
		return []fault.Reason{sayLongAddress.With(address, longestAddress)}
	}
	if local, domain, found := strings.Cut(address, "@"); found && dotAtom(local) && dotAtom(domain) {
		return nil
	}
	parsed, err := mail.ParseAddress(address)
	if err != nil || parsed.Address != address || parsed.Name != "" {
		return []fault.Reason{sayBadAddress.With(address)}
	}
	return nil
}

// dotAtom reports whether a text is a dot-atom (RFC 5322 3.2.3), as both sides
// of nearly every address are. It is asked for every letter, and costs a fiftieth
// of the parser, which sees the rest.
func dotAtom(text string) bool {
	last := byte('.')
	for i := range len(text) {
		c := text[i]
		if c == '.' && last == '.' || c != '.' && !isAtext(c) {
			return false
		}
		last = c
	}
	return last != '.'
}

func isAtext(c byte) bool {
	return isAlphanumeric(rune(c)) || strings.IndexByte("!#$%&'*+-/=?^_`{|}~", c) >= 0
}

func unfitForPath(r rune) bool {
	return r <= ' ' || r == 0x7f || strings.ContainsRune(`<>"\(),:;[]`, r)
}

// Redact shortens an address for logs: a…@example.cn.
func Redact(address string) string {
	local, domain, found := strings.Cut(address, "@")
	if !found || local == "" {
		return "…"
	}
	first, _ := utf8.DecodeRuneInString(local)
	return string(first) + "…@" + domain
}

// domainOf returns what stands behind the last @.
func domainOf(address string) string { return address[strings.LastIndexByte(address, '@')+1:] }

var addressInWords = regexp.MustCompile(`[^\s<>@"']+@[^\s<>@"']+`)

// redactWords redacts the addresses that a relay repeats in its replies.
func redactWords(words string) string { return addressInWords.ReplaceAllStringFunc(words, Redact) }
