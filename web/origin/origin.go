// Package origin finds out where a request comes from when proxies stand before
// the program.
//
// What a request says of itself, anybody can write: X-Forwarded-For is believed
// of the proxies that the office names, and of nobody else. Everything behind
// [Proxies.Resolved] reads the result in [http.Request.RemoteAddr], as if there
// were no proxy: throttles at the door and of tokens, visits, and the lines of the
// record. Without it a whole office behind one proxy would count as one address,
// and with a header that is believed of all, nobody would ever be throttled.
package origin

import (
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"

	"jianbao/fault"
)

// Proxies are the networks whose word is taken for whom they pass on; none are
// believed where there are none.
type Proxies []netip.Prefix

var badProxy = fault.Say("origin.bad-proxy", "代理应写成IP地址或网段，用逗号分开，如127.0.0.1,10.0.0.0/24：%q", "proxies are addresses or networks parted by commas, such as 127.0.0.1,10.0.0.0/24: %q")

// UnmarshalText reads addresses and networks in CIDR notation, parted by commas or
// blanks. The error is a [fault.Error] with the code Usage.
func (p *Proxies) UnmarshalText(text []byte) error {
	*p = nil
	for _, one := range strings.FieldsFunc(string(text), func(r rune) bool { return r == ',' || r == ' ' }) {
		network, err := netip.ParsePrefix(one)
		if err != nil {
			var addr netip.Addr
			if addr, err = netip.ParseAddr(one); err != nil {
				return fault.New(fault.Usage, badProxy.With(one))
			}
			network = netip.PrefixFrom(addr.Unmap(), addr.Unmap().BitLen())
		}
		*p = append(*p, network.Masked())
	}
	return nil
}

func (p Proxies) trusts(a netip.Addr) bool {
	return slices.ContainsFunc(p, func(network netip.Prefix) bool { return network.Contains(a) })
}

// Resolved gives every request the address of whoever sent it first, as far as
// proxies that are trusted say so.
func (p Proxies) Resolved(next http.Handler) http.Handler {
	if len(p) == 0 {
		return next
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if from := p.client(r.RemoteAddr, r.Header.Values("X-Forwarded-For")); from != r.RemoteAddr {
			c := *r // the server's own is not touched
			c.RemoteAddr = from
			r = &c
		}
		next.ServeHTTP(w, r)
	})
}

// client walks from the connection towards the sender, as long as whoever speaks
// is trusted. What is no address ends the walk: nobody beyond it is believed.
func (p Proxies) client(remote string, forwarded []string) string {
	at, err := netip.ParseAddrPort(remote)
	if err != nil || !p.trusts(at.Addr().Unmap()) {
		return remote
	}
	found := ""
	said := strings.Split(strings.Join(forwarded, ","), ",")
	for _, one := range slices.Backward(said) {
		addr, ok := address(strings.TrimSpace(one))
		if !ok {
			break
		}
		found = net.JoinHostPort(addr.String(), "0")
		if !p.trusts(addr) {
			break
		}
	}
	if found == "" {
		return remote
	}
	return found
}

// address reads an address with or without a port; some proxies write one.
func address(text string) (netip.Addr, bool) {
	if addr, err := netip.ParseAddr(strings.Trim(text, "[]")); err == nil {
		return addr.Unmap().WithZone(""), true
	}
	at, err := netip.ParseAddrPort(text)
	return at.Addr().Unmap().WithZone(""), err == nil
}
