package relays

import (
	"slices"
	"testing"

	"jianbao/fault"
	"jianbao/mailer"
)

// fine is a setting that can be kept.
func fine(change func(*Setting)) Setting {
	s := Setting{Place: First, Kind: SMTP, Addr: "smtp.163.com:465", Security: mailer.TLS, Login: "a@163.com", Sealed: "sealed", Hello: "kjj.example"}
	change(&s)
	return s
}

func TestWhatCanBeKept(t *testing.T) {
	for name, c := range map[string]struct {
		set  Setting
		want []string // what the reasons are about, in their order
	}{
		"as it should be":            {fine(func(*Setting) {}), nil},
		"the second":                 {fine(func(s *Setting) { s.Place = Second }), nil},
		"without an account":         {fine(func(s *Setting) { s.Login, s.Sealed = "", "" }), nil},
		"for trying":                 {Setting{Place: First, Kind: Trial}, nil},
		"a third":                    {fine(func(s *Setting) { s.Place = 3 }), []string{"relays.place"}},
		"the second, for trying":     {Setting{Place: Second, Kind: Trial}, []string{"relays.trial-second"}},
		"of no kind":                 {fine(func(s *Setting) { s.Kind = "" }), []string{"relays.kind"}},
		"an account and no password": {fine(func(s *Setting) { s.Sealed = "" }), []string{"relays.password"}},
		"a blank in the address":     {fine(func(s *Setting) { s.Addr = "smtp.163.com :465" }), []string{"relays.text"}},
		"a line end in the account":  {fine(func(s *Setting) { s.Login = "a\r\nb" }), []string{"relays.text"}},
		"a tab in the domain":        {fine(func(s *Setting) { s.Hello = "a\tb" }), []string{"relays.text"}},
		"no port":                    {fine(func(s *Setting) { s.Addr = "smtp.163.com" }), []string{"mailer.relay-address"}},
		"a password in the clear":    {fine(func(s *Setting) { s.Security = mailer.Plain }), []string{"mailer.relay-password"}},
		"all of it": {Setting{Place: 0, Kind: SMTP, Addr: "x", Security: "ssl", Login: "a"},
			[]string{"relays.place", "relays.password", "mailer.relay-address", "mailer.relay-security"}},
	} {
		err := c.set.Validate()
		var keys []string
		if f := fault.As(err); f != nil {
			for _, r := range f.Reasons {
				keys = append(keys, r.Key)
			}
		}
		if !slices.Equal(keys, c.want) || (err != nil) != (c.want != nil) || err != nil && !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %q, %v", name, keys, err)
		}
	}
}

// TestAPasswordIsSealedForItsPlace: one that was given for an account at a relay
// opens for no other account, and at no other relay.
func TestAPasswordIsSealedForItsPlace(t *testing.T) {
	one := fine(func(*Setting) {})
	for name, other := range map[string]Setting{
		"another account": fine(func(s *Setting) { s.Login = "b@163.com" }),
		"another relay":   fine(func(s *Setting) { s.Addr = "smtp.evil.example:465" }),
	} {
		if one.SealedPlace() == other.SealedPlace() {
			t.Errorf("%s: %s", name, other.SealedPlace())
		}
	}
	if again := fine(func(s *Setting) { s.Place, s.Hello = Second, "" }); again.SealedPlace() != one.SealedPlace() {
		t.Errorf("the same account elsewhere: %s", again.SealedPlace())
	}
}

func TestARelayIsWhatWasSet(t *testing.T) {
	s := fine(func(*Setting) {})
	want := mailer.Relay{Addr: s.Addr, Security: mailer.TLS, Username: s.Login, Password: "geheim", Hello: s.Hello}
	if got := s.Relay("geheim"); got != want {
		t.Errorf("%+v", got)
	}
}
