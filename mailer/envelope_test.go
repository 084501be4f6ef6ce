package mailer_test

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"jianbao/mailer"
	"jianbao/mailer/sink"
)

// lines reads commands up to one that begins with these words.
func (c *talk) lines(until string) (all []string) {
	for {
		line, err := c.r.ReadString('\n')
		if err != nil {
			return all
		}
		if all = append(all, strings.TrimRight(line, "\r\n")); strings.HasPrefix(line, until) {
			return all
		}
	}
}

// TestTheEnvelopeSaysWhatTheRelayOffersToHear and nothing else: letters are of
// seven-bit lines, so that none asks for 8BITMIME or SMTPUTF8.
func TestTheEnvelopeSaysWhatTheRelayOffersToHear(t *testing.T) {
	letter := aParcel()
	letter.ID = "0199a1b2"
	size := len(letter.Header) + letter.Body.Size() + len("\r\n")
	for offers, want := range map[string][]string{
		"":                             {"MAIL FROM:<a@kjj.example>", "RCPT TO:<b@unit.example>", "DATA"},
		"8BITMIME SMTPUTF8 CHUNKING":   {"MAIL FROM:<a@kjj.example>", "RCPT TO:<b@unit.example>", "DATA"},
		"SIZE":                         {"MAIL FROM:<a@kjj.example>", "RCPT TO:<b@unit.example>", "DATA"}, // of any size
		"SIZE=1000 PIPELINING":         {fmt.Sprintf("MAIL FROM:<a@kjj.example> SIZE=%d", size), "RCPT TO:<b@unit.example>", "DATA"},
		"DSN":                          {"MAIL FROM:<a@kjj.example> RET=HDRS ENVID=0199a1b2", "RCPT TO:<b@unit.example> NOTIFY=FAILURE,DELAY", "DATA"},
		"PIPELINING SIZE=1000 DSN XYZ": {fmt.Sprintf("MAIL FROM:<a@kjj.example> SIZE=%d RET=HDRS ENVID=0199a1b2", size), "RCPT TO:<b@unit.example> NOTIFY=FAILURE,DELAY", "DATA"},
	} {
		heard := make(chan []string, 1)
		relay := relayWith(t, func(_ int, c *talk) {
			c.say("220 hello")
			c.hears("EHLO")
			answer := "250-hello\n"
			for o := range strings.FieldsSeq(offers) {
				answer += "250-" + strings.ReplaceAll(o, "=", " ") + "\n"
			}
			c.say(answer + "250 HELP")
			var all []string
			for _, step := range []struct{ command, reply string }{{"MAIL", "250 ok"}, {"RCPT", "250 ok"}, {"DATA", "354 go"}} {
				all = append(all, c.lines(step.command)...)
				c.say(step.reply)
			}
			c.hears(".\r\n")
			c.say("250 2.0.0 queued as 1")
			c.hears("QUIT")
			heard <- all
		})
		s, a := relay.Open(t.Context())
		if s == nil {
			t.Fatalf("%+v", a)
		}
		if a = s.Send(t.Context(), letter, terms); !a.Taken() {
			t.Errorf("%q: %+v", offers, a)
		}
		s.Quit()
		if got := <-heard; !slices.Equal(got, want) {
			t.Errorf("to a relay with %q was said %q", offers, got)
		}
	}
}

// TestARelayThatKnowsLOGINAlone gets name and password one after the other, each
// when it asks for it, in whatever words.
func TestARelayThatKnowsLOGINAlone(t *testing.T) {
	heard := make(chan []string, 1)
	relay := relayWith(t, func(_ int, c *talk) {
		c.say("220 hello")
		c.hears("EHLO")
		c.say("250-hello\n250-AUTH=LOGIN\n250 AUTH LOGIN CRAM-MD5")
		said := c.lines("AUTH LOGIN")
		for _, ask := range []string{"username:", "Password: "} {
			c.say("334 " + base64.StdEncoding.EncodeToString([]byte(ask)))
			line, _ := c.r.ReadString('\n')
			raw, _ := base64.StdEncoding.DecodeString(strings.TrimSpace(line))
			said = append(said, string(raw))
		}
		c.say("235 welcome")
		c.hears("QUIT")
		heard <- said
	})
	relay.Username, relay.Password = "u@kjj.example", "授权码"
	s, a := relay.Open(t.Context())
	if s == nil {
		t.Fatalf("%+v", a)
	}
	s.Quit()
	if got := <-heard; !slices.Equal(got, []string{"AUTH LOGIN", "u@kjj.example", "授权码"}) {
		t.Errorf("it heard %q", got)
	}
}

// TestTheRelaySeesOurCertificate where it asks who we are; and neither side puts up
// with protection that is none any more.
func TestTheRelaySeesOurCertificate(t *testing.T) {
	config, ca := certificate(t)
	pool := x509.NewCertPool()
	raw, err := os.ReadFile(ca)
	if err != nil || !pool.AppendCertsFromPEM(raw) {
		t.Fatal(err)
	}
	key := filepath.Join(t.TempDir(), "key.pem")
	der, err := x509.MarshalPKCS8PrivateKey(config.Certificates[0].PrivateKey)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(key, pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}), 0o600); err != nil {
		t.Fatal(err)
	}
	asks := config.Clone()
	asks.ClientAuth, asks.ClientCAs = tls.RequireAndVerifyClientCert, pool
	relay := relayTo(startSink(t, sink.Config{TLS: asks}))
	relay.Security, relay.CAFile = mailer.StartTLS, ca
	if a := sendOne(t, relay); a.Code != 0 || a.Stage != mailer.Dial {
		t.Errorf("without a certificate: %+v", a)
	}
	relay.CertFile, relay.KeyFile = ca, key
	if a := sendOne(t, relay); !a.Taken() {
		t.Errorf("with a certificate: %+v", a)
	}
	old := config.Clone()
	old.MaxVersion = tls.VersionTLS11
	old.MinVersion = tls.VersionTLS10
	relay = relayTo(startSink(t, sink.Config{TLS: old}))
	relay.Security, relay.CAFile = mailer.StartTLS, ca
	if a := sendOne(t, relay); a.Code != 0 || a.Stage != mailer.Dial {
		t.Errorf("over TLS 1.1: %+v", a)
	}
}
