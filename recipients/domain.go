package recipients

import (
	"strings"

	"golang.org/x/net/idna"
)

// asciiDomain returns a domain as it is compared, in lower case and with
// Chinese labels as DNS has them (RFC 5891), or "" where it is none. A letter
// that only looks like another stays another.
func asciiDomain(domain string) string {
	domain = strings.TrimSuffix(strings.TrimSpace(domain), ".")
	ascii, err := idna.Lookup.ToASCII(domain)
	if err != nil || strings.ContainsAny(ascii, "@[] ") {
		return ""
	}
	return strings.ToLower(ascii)
}
