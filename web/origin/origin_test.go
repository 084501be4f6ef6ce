package origin

import (
	"net/http"
	"net/http/httptest"
	"net/netip"
	"testing"

	"jianbao/fault"
)

func trusting(t *testing.T, text string) Proxies {
	t.Helper()
	var p Proxies
	if err := p.UnmarshalText([]byte(text)); err != nil {
		t.Fatal(err)
	}
	return p
}

// TestOnlyNamedProxiesAreBelieved: whoever writes the header themselves gains
// nothing, before the proxy or beside it.
func TestOnlyNamedProxiesAreBelieved(t *testing.T) {
	const proxy, inner = "127.0.0.1:999", "10.0.0.7:999"
	for _, c := range []struct {
		proxies, remote string
		said            []string
		want            string
	}{
		{"", proxy, []string{"1.2.3.4"}, proxy},
		{"127.0.0.1", "8.8.8.8:5", []string{"1.2.3.4"}, "8.8.8.8:5"},
		{"127.0.0.1", proxy, []string{"1.2.3.4"}, "1.2.3.4:0"},
		{"127.0.0.1", proxy, nil, proxy},
		{"127.0.0.1", proxy, []string{"6.6.6.6, 1.2.3.4"}, "1.2.3.4:0"}, // the sender wrote the first
		{"127.0.0.1", proxy, []string{"6.6.6.6", "1.2.3.4"}, "1.2.3.4:0"},
		{"127.0.0.1,10.0.0.0/24", inner, []string{"6.6.6.6, 1.2.3.4, 10.0.0.9"}, "1.2.3.4:0"},
		{"127.0.0.1,10.0.0.0/24", inner, []string{"10.0.0.3, 10.0.0.9"}, "10.0.0.3:0"},
		{"10.0.0.0/24", inner, []string{"1.2.3.4, rubbish"}, inner},
		{"10.0.0.0/24", inner, []string{"rubbish, 1.2.3.4"}, "1.2.3.4:0"},
		{"10.0.0.0/24", "[::ffff:10.0.0.7]:999", []string{"::ffff:1.2.3.4"}, "1.2.3.4:0"},
		{"fd00::/8", "[fd00::1]:999", []string{"[2001:db8::5]:443"}, "[2001:db8::5]:0"},
		{"127.0.0.1", "pipe", []string{"1.2.3.4"}, "pipe"},
	} {
		got := ""
		r := httptest.NewRequest("GET", "/", nil)
		r.RemoteAddr, r.Header["X-Forwarded-For"] = c.remote, c.said
		trusting(t, c.proxies).Resolved(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { got = r.RemoteAddr })).ServeHTTP(httptest.NewRecorder(), r)
		if got != c.want || r.RemoteAddr != c.remote {
			t.Errorf("%q: %s with %q is %s, want %s", c.proxies, c.remote, c.said, got, c.want)
		}
	}
}

func TestProxiesAreNetworks(t *testing.T) {
	if p := trusting(t, "127.0.0.1, 10.0.0.7/24 ::1"); len(p) != 3 || p[1] != netip.MustParsePrefix("10.0.0.0/24") {
		t.Errorf("read %v", p)
	}
	var p Proxies
	if err := p.UnmarshalText([]byte("everybody")); !fault.Is(err, fault.Usage) {
		t.Errorf("everybody: %v", err)
	}
}

func FuzzForwarded(f *testing.F) {
	f.Add("1.2.3.4, 10.0.0.9")
	f.Add("[::1]:5,,%eth0")
	f.Fuzz(func(t *testing.T, said string) {
		from := (Proxies{netip.MustParsePrefix("10.0.0.0/24")}).client("10.0.0.7:1", []string{said})
		if _, err := netip.ParseAddrPort(from); err != nil {
			t.Errorf("%q became %q", said, from)
		}
	})
}
