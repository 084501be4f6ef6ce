package hooks

import (
	"errors"
	"net/netip"
	"reflect"
	"strings"
	"testing"

	"jianbao/fault"
)

func TestWhatIsPublic(t *testing.T) {
	for _, inside := range []string{
		"127.0.0.1", "127.8.8.8", "0.0.0.0", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254", "100.64.0.1", "224.0.0.1", "255.255.255.255",
		"198.18.0.1", "192.0.2.1", "::", "::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::7f00:1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12::1", "ff02::1", "fec0::1",
		"64:ff9b::7f00:1", "2002:7f00:1::", "2001::1", "2001:db8::1",
	} {
		if public(netip.MustParseAddr(inside)) {
			t.Errorf("%s is public", inside)
		}
	}
	for _, outside := range []string{"8.8.8.8", "172.32.0.1", "114.114.114.114", "::ffff:8.8.8.8", "2400:3200::1", "2001:4860:4860::8888"} {
		if !public(netip.MustParseAddr(outside)) {
			t.Errorf("%s is not public", outside)
		}
	}
	if public(netip.Addr{}) {
		t.Error("no address is public")
	}
}

func TestTargetsAreValidated(t *testing.T) {
	open := Guard{Allow: []string{"oa.local"}, Ports: []int{443, 8443}}
	for _, c := range []struct {
		url   string
		guard Guard
		want  []fault.Reason
	}{
		{"https://oa.example.cn/hook?x=1", Guard{}, nil},
		{"https://oa.example.cn:8443/", open, nil},
		{"http://OA.local:9000/", open, nil},
		{"https://oa.example.cn:8443/", Guard{}, []fault.Reason{badPort.With(8443, "443")}},
		{"http://oa.example.cn/", Guard{}, []fault.Reason{plainHTTP.With(), badPort.With(80, "443")}},
		{"https://127.0.0.1/", Guard{}, []fault.Reason{innerPlace.With("127.0.0.1")}},
		{"https://[::1]/", Guard{}, []fault.Reason{innerPlace.With("::1")}},
		{"https://localhost/", Guard{}, []fault.Reason{innerPlace.With("localhost")}},
		{"ftp://oa.example.cn/", Guard{}, []fault.Reason{badURL.With()}},
		{"https://u:p@oa.example.cn/", Guard{}, []fault.Reason{badURL.With()}},
		{"https://oa.example.cn/#x", Guard{}, []fault.Reason{badURL.With()}},
		{"https:///x", Guard{}, []fault.Reason{badURL.With()}},
		{"", Guard{}, []fault.Reason{badURL.With()}},
		{"https://oa.example.cn/" + strings.Repeat("x", MaxURL), Guard{}, []fault.Reason{longURL.With(MaxURL)}},
	} {
		var got []fault.Reason
		if refusal := fault.As((Target{Name: "OA", URL: c.url, Kinds: []Kind{Released}}).Validate(c.guard)); refusal != nil {
			got = refusal.Reasons
		}
		if !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %v", c.url, got)
		}
	}
	refusal := fault.As(Target{URL: "https://oa.example.cn/", Kinds: []Kind{"issue.read"}, Name: " "}.Validate(Guard{}))
	if refusal == nil || !reflect.DeepEqual(refusal.Reasons, []fault.Reason{badName.With(MaxName), oddKind.With("issue.read")}) {
		t.Errorf("%v", refusal)
	}
}

// TestDiallingIsGuarded: the address that a name led to is looked at by the
// socket, and ports that are not open are not dialled at all.
func TestDiallingIsGuarded(t *testing.T) {
	for _, address := range []string{"127.0.0.1:443", "[::1]:443", "localhost:443", "[::ffff:127.0.0.1]:443", "169.254.169.254:443", "8.8.8.8:22"} {
		conn, err := Guard{}.dial(t.Context(), "tcp", address)
		if conn != nil || !errors.Is(err, errInner) {
			t.Errorf("%s: %v", address, err)
		}
	}
}
