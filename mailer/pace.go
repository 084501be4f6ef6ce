package mailer

import (
	"context"
	"net"
	"strings"
	"time"
)

// A Rate bounds how fast letters go. The zero Rate has no bound.
type Rate struct {
	PerMinute int
	// Burst is how many may go at once after a quiet time; zero is 1.
	Burst int
}

func (r Rate) every() time.Duration {
	if r.PerMinute <= 0 {
		return 0
	}
	return time.Minute / time.Duration(r.PerMinute)
}

// A Profile is how a relay wants to be treated.
type Profile struct {
	Name          string
	Connections   int  // at once, at most; 0 is as configured
	PerConnection int  // letters on one connection; 0 is DefaultPerConnection
	Relay         Rate // of all letters, by all engines together
	Domain        Rate // of those to one domain of recipients
	Dials         Rate // of connections to the relay, by all engines together
	// DomainDials is of connections that are opened for letters to one domain of
	// recipients, to whichever relay and by all engines together. A connection
	// counts for the domain of the letter that it is opened for: letters over which
	// a relay hangs up are no reason for connection after connection.
	DomainDials Rate
}

// The profiles that are built in. The hosts named here keep their limits to
// themselves; what is known are the refusals by which they make them felt, and
// these rates stay well below them.
var (
	// OwnRelay is a relay on this machine or in the office's own network, which
	// queues for itself: there is no limit.
	OwnRelay = Profile{Name: "own"}
	// Slow is for every relay that nothing else is known of.
	Slow = Profile{
		Name: "slow", Connections: 1, PerConnection: 20,
		Relay: Rate{PerMinute: 20, Burst: 5}, Domain: Rate{PerMinute: 10, Burst: 3}, Dials: Rate{PerMinute: 6, Burst: 3}, DomainDials: Rate{PerMinute: 6, Burst: 3},
	}
	// NetEase refuses a sender for a quarter of an hour (421 HL:IFC, 451 MI:SFQ)
	// and counts letters for each connection (450 MI:DMC).
	NetEase = Profile{
		Name: "netease", Connections: 1, PerConnection: 10,
		Relay: Rate{PerMinute: 10, Burst: 3}, Domain: Rate{PerMinute: 10, Burst: 3}, Dials: Rate{PerMinute: 4, Burst: 2}, DomainDials: Rate{PerMinute: 4, Burst: 2},
	}
	// Tencent counts by the minute, the hour and the day, for a whole domain.
	Tencent = Profile{
		Name: "tencent", Connections: 1, PerConnection: 20,
		Relay: Rate{PerMinute: 12, Burst: 3}, Domain: Rate{PerMinute: 12, Burst: 3}, Dials: Rate{PerMinute: 6, Burst: 2}, DomainDials: Rate{PerMinute: 6, Burst: 2},
	}
	// Alibaba pauses a sender for minutes, and for a day when the day's letters
	// are up.
	Alibaba = Profile{
		Name: "alibaba", Connections: 1, PerConnection: 20,
		Relay: Rate{PerMinute: 12, Burst: 3}, Domain: Rate{PerMinute: 12, Burst: 3}, Dials: Rate{PerMinute: 6, Burst: 2}, DomainDials: Rate{PerMinute: 6, Burst: 2},
	}
)

var hosts = []struct {
	profile  Profile
	suffixes []string
}{
	{NetEase, []string{"163.com", "126.com", "yeah.net", "188.com", "netease.com"}},
	{Tencent, []string{"qq.com", "foxmail.com"}},
	{Alibaba, []string{"aliyun.com", "mxhichina.com", "alibaba.com"}},
}

// Profiles are those that are built in.
func Profiles() []Profile { return []Profile{OwnRelay, Slow, NetEase, Tencent, Alibaba} }

// ProfileOf returns the profile of the relay at host:port: by its name for the
// large domestic hosts, OwnRelay for this machine and private addresses
// (RFC 1918, RFC 4193), Slow for the others.
func ProfileOf(addr string) Profile {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		host = addr
	}
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	for _, known := range hosts {
		for _, suffix := range known.suffixes {
			if host == suffix || strings.HasSuffix(host, "."+suffix) {
				return known.profile
			}
		}
	}
	if ip := net.ParseIP(host); loopback(host) || ip != nil && ip.IsPrivate() {
		return OwnRelay
	}
	return Slow
}

// Pace is the budget of letters that all engines share. Every method is one
// transaction.
type Pace interface {
	// Take takes from the budget of every key as much as there is, by Spend,
	// and returns what it got, in the order of the wants. No key comes twice.
	Take(ctx context.Context, now time.Time, wants []Want) ([]Grant, error)
	// Hold leaves nothing in the budget of a key until a time. It never makes
	// it come back earlier.
	Hold(ctx context.Context, key string, until time.Time) error
}

// A Want is what is wanted from the budget of a key.
type Want struct {
	Key  string
	N    int
	Rate Rate
}

// A Grant is what was given: N letters may go now, and the next one at Next.
type Grant struct {
	N    int
	Next time.Time
}

// Spend takes from a budget, given by when its next letter may go (the zero
// time: at any), and returns what is given and when the next one may go then.
// Letters are Rate.PerMinute to the minute, and up to Burst at once when none
// went for long.
func Spend(at, now time.Time, w Want) (Grant, time.Time) {
	every := w.Rate.every()
	if every == 0 {
		return Grant{N: w.N, Next: now}, at
	}
	saved := time.Duration(max(w.Rate.Burst, 1)-1) * every
	if earliest := now.Add(-saved); at.Before(earliest) {
		at = earliest
	}
	if at.After(now) {
		return Grant{Next: at}, at
	}
	n := min(w.N, int(now.Sub(at)/every)+1)
	at = at.Add(time.Duration(n) * every)
	return Grant{N: n, Next: at}, at
}

// The keys of budgets.
func relayKey(addr string) string         { return "relay " + strings.ToLower(addr) }
func dialKey(addr string) string          { return "dial " + strings.ToLower(addr) }
func domainKey(address string) string     { return "domain " + strings.ToLower(domainOf(address)) }
func domainDialKey(address string) string { return "dial " + domainKey(address) }
