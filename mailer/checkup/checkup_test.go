package checkup

import (
	"context"
	"net"
	"slices"
	"strings"
	"testing"
	"time"

	"jianbao/fault"
	"jianbao/mailer"
	"jianbao/mailer/sink"
)

// zones are TXT records by name; what is not there is not found.
type zones map[string][]string

func (z zones) LookupTXT(_ context.Context, name string) ([]string, error) {
	if found, ok := z[name]; ok {
		return found, nil
	}
	return nil, &net.DNSError{Err: "no such host", Name: name, IsNotFound: true}
}

// cut off is a machine without a way out.
type cutOff struct{}

func (cutOff) LookupTXT(_ context.Context, name string) ([]string, error) {
	return nil, &net.DNSError{Err: "server misbehaving", Name: name, IsTemporary: true}
}

func TestWhatTheDNSSaysOfASender(t *testing.T) {
	raw, err := mailer.NewDKIMKey(false)
	if err != nil {
		t.Fatal(err)
	}
	key, err := mailer.ReadDKIM("kjj.example", "jb", raw)
	if err != nil {
		t.Fatal(err)
	}
	name, value := key.Record()
	long := []string{strings.Replace(value, "p=", "p= ", 1)}
	spf, dmarc := []string{"x", "v=spf1 mx -all"}, []string{"v=DMARC1; p=none"}
	for what, c := range map[string]struct {
		zones Resolver
		key   *mailer.DKIM
		want  State
		says  string
	}{
		"all of it":     {zones{"kjj.example": spf, "_dmarc.kjj.example": dmarc, name: long}, key, Fine, "DKIM"},
		"no key here":   {zones{"kjj.example": spf, "_dmarc.kjj.example": dmarc}, nil, Fine, "可由中继签"},
		"DMARC above":   {zones{"kjj.example": spf, "_dmarc.example": nil, "_dmarc.kjj.example": dmarc}, nil, Fine, "SPF"},
		"no SPF":        {zones{"kjj.example": {"v=spf10"}, "_dmarc.kjj.example": dmarc}, nil, Note, `kjj.example. IN TXT "v=spf1 mx a:mail.kjj.example ~all"`},
		"two of SPF":    {zones{"kjj.example": {"v=spf1 -all", "v=spf1 mx"}, "_dmarc.kjj.example": dmarc}, nil, Bad, "2条"},
		"no DMARC":      {zones{"kjj.example": spf}, nil, Note, `_dmarc.kjj.example. IN TXT "v=DMARC1; p=none; rua=mailto:postmaster@kjj.example"`},
		"no public key": {zones{"kjj.example": spf, "_dmarc.kjj.example": dmarc}, key, Bad, `jb._domainkey.kjj.example. IN TXT "v=DKIM1; k=rsa; p=`},
		"another key":   {zones{"kjj.example": spf, "_dmarc.kjj.example": dmarc, name: {"v=DKIM1; p=AAAA"}}, key, Bad, "不是一对"},
		"offline":       {cutOff{}, key, Note, "查不了"},
	} {
		found := Sender(t.Context(), c.zones, "kjj.example", "mail.kjj.example:587", c.key)
		says := found[0].Says.In(fault.ZH) + " " + found[0].Mend.In(fault.ZH)
		if len(found) != 1 || found[0].State != c.want || !strings.Contains(says, c.says) {
			t.Errorf("%s: %d, %s, %s", what, len(found), found[0].State, says)
		}
	}
	for part := range strings.SplitSeq(strings.TrimPrefix(ZoneLine(name, value), name+". IN TXT "), " \"") {
		if len(strings.Trim(part, `"`)) > 255 {
			t.Errorf("a string of %d bytes", len(part))
		}
	}
}

func TestTheRecordThatIsProposed(t *testing.T) {
	for relay, want := range map[string]string{
		"smtp.163.com:465": "v=spf1 mx include:spf.163.com ~all", "smtp.exmail.qq.com:465": "v=spf1 mx include:spf.mail.qq.com ~all",
		"8.8.8.8:25": "v=spf1 mx ip4:8.8.8.8 ~all", "[2001:db8::1]:25": "v=spf1 mx ip6:2001:db8::1 ~all",
		"10.0.0.1:25": "v=spf1 mx ~all", "localhost:25": "v=spf1 mx ~all", "mail.example:25": "v=spf1 mx a:mail.example ~all",
	} {
		if got := spfFor(relay); got != want {
			t.Errorf("%s: %s", relay, got)
		}
	}
}

func TestWhatARelayOffers(t *testing.T) {
	plain := mailer.Relay{Addr: "mail.example:25", Security: mailer.Plain}
	for name, c := range map[string]struct {
		found []Finding
		want  []State
	}{
		"all is well":  {Offered(mailer.Relay{Addr: "127.0.0.1:25", Security: mailer.Plain}, mailer.Offers{Size: 30 << 20}, "own", 20<<20), []State{Fine}},
		"small":        {Offered(mailer.Relay{Addr: "mail.example:465", Security: mailer.TLS}, mailer.Offers{Size: 10 << 20}, "slow", 20<<20), []State{Fine, Bad}},
		"in the clear": {Offered(plain, mailer.Offers{}, "slow", 20<<20), []State{Fine, Note}},
		"away":         {Relay(t.Context(), mailer.Relay{Addr: "127.0.0.1:1", Security: mailer.Plain}, "own", 1), []State{Bad}},
	} {
		var states []State
		for _, f := range c.found {
			states = append(states, f.State)
		}
		if !slices.Equal(states, c.want) {
			t.Errorf("%s: %v", name, states)
		}
	}
}

func TestARelayIsAskedAndSentNothing(t *testing.T) {
	box, err := sink.Start("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer box.Close()
	found := Relay(t.Context(), mailer.Relay{Addr: box.Addr(), Security: mailer.Plain}, "own", 1<<20)
	if len(found) != 1 || found[0].State != Fine || box.Count() != 0 {
		t.Errorf("%+v, %d letters", found, box.Count())
	}
}

// TestNobodyWaitsLongForAFinding, whatever is set, or not, for letters.
func TestNobodyWaitsLongForAFinding(t *testing.T) {
	for set, want := range map[time.Duration]time.Duration{0: relayWait, mailer.DefaultTimeout: relayWait, time.Second: time.Second} {
		if got := patience(set); got != want {
			t.Errorf("%s is %s, want %s", set, got, want)
		}
	}
}
