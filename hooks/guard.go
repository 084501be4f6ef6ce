package hooks

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// A Guard says where messages may go. The zero Guard lets them go to public
// addresses on port 443.
type Guard struct {
	// Allow are hosts, by name or address as they stand in a target's URL, that
	// may be reached wherever they are, on any port, without TLS if need be.
	Allow []string
	// Ports are those of all other hosts; nil is 443 alone.
	Ports []int
}

func (g Guard) allows(host string) bool {
	return slices.ContainsFunc(g.Allow, func(a string) bool { return strings.EqualFold(a, host) })
}

func (g Guard) ports() []int {
	if len(g.Ports) == 0 {
		return []int{443}
	}
	return g.Ports
}

func (g Guard) opens(port int) bool { return slices.Contains(g.ports(), port) }

func (g Guard) portList() string {
	var all []string
	for _, p := range g.ports() {
		all = append(all, strconv.Itoa(p))
	}
	return strings.Join(all, "、")
}

// errInner is what dialling fails with where it may not go.
var errInner = errors.New("hooks: the address is not a public one")

// dialTime is how long a connection may take.
const dialTime = 5 * time.Second

// dial connects to a host. The check is made of the address that the name led
// to, by the socket that is about to connect: a name that leads elsewhere the
// second time it is looked up gains nothing.
func (g Guard) dial(ctx context.Context, network, address string) (net.Conn, error) {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return nil, fmt.Errorf("hooks: %w", err)
	}
	d := net.Dialer{Timeout: dialTime}
	if !g.allows(host) {
		if n, err := strconv.Atoi(port); err != nil || !g.opens(n) {
			return nil, errInner
		}
		d.Control = publicOnly
	}
	return d.DialContext(ctx, network, address)
}

func publicOnly(_, address string, _ syscall.RawConn) error {
	at, err := netip.ParseAddrPort(address)
	if err != nil || !public(at.Addr()) {
		return errInner
	}
	return nil
}

// inner are the addresses that are nobody's in the Internet at large: the
// special-purpose registries of IANA (RFC 6890), and those forms of IPv6 in
// which an address of IPv4 is hidden.
var inner = prefixes(
	"0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
	"192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24",
	"203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
	"::/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", "5f00::/16",
	"fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
)

func prefixes(all ...string) (parsed []netip.Prefix) {
	for _, p := range all {
		parsed = append(parsed, netip.MustParsePrefix(p))
	}
	return parsed
}

func public(ip netip.Addr) bool {
	ip = ip.Unmap().WithZone("")
	return ip.IsValid() && !slices.ContainsFunc(inner, func(p netip.Prefix) bool { return p.Contains(ip) })
}
