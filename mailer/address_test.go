package mailer

import (
	"net/mail"
	"strings"
	"testing"
)

func TestAddresses(t *testing.T) {
	good := []string{"a@b", "office@kjj.example", "a.b+c@x-y.example", "O'Brien@x.example"}
	for _, address := range good {
		if reasons := CheckAddress(address); reasons != nil {
			t.Errorf("%q: %v", address, reasons)
		}
	}
	bad := []string{
		"", "a", "@b", "a@", "a@b@c", "a b@c", "a@b c", "<a@b>", "名 <a@b>", "a@b>", "a@b\r\nRCPT TO:<x@y>",
		"a@b> SIZE=1", "\"a b\"@c", "\"a\"@c", "a@b,c@d", "a@b\x00", "a@b\t", "邮@b.example", "a@政府.example",
		"a..b@c", "\xff@b", "a@[127.0.0.1]", strings.Repeat("a", 250) + "@b.example",
	}
	for _, address := range bad {
		if CheckAddress(address) == nil {
			t.Errorf("%q was taken", address)
		}
	}
}

func FuzzCheckAddress(f *testing.F) {
	f.Add("office@kjj.example")
	f.Add("\"<>\"@x.example")
	f.Fuzz(func(t *testing.T, address string) {
		if CheckAddress(address) != nil {
			return
		}
		if strings.ContainsAny(address, "<> \r\n\x00\"") || strings.Count(address, "@") != 1 {
			t.Errorf("%q was taken", address)
		}
		if _, err := mail.ParseAddress(address); err != nil {
			t.Errorf("%q: %v", address, err)
		}
	})
}

func TestRedact(t *testing.T) {
	for address, want := range map[string]string{
		"alice@host.example": "a…@host.example", "办@x": "办…@x", "@x": "…", "nobody": "…",
	} {
		if got := Redact(address); got != want {
			t.Errorf("%q: %q, want %q", address, got, want)
		}
	}
	if got := redactWords(`550 5.1.1 <alice@host.example>: no such user`); strings.Contains(got, "alice") {
		t.Error(got)
	}
}
