package mailer

import (
	"bytes"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"io"
	"net/mail"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-msgauth/dkim"
	"github.com/google/uuid"
	"pgregory.net/rapid"
)

// signer is a new key of either kind for kjj.example.
func signer(t testing.TB, ed bool) *DKIM {
	t.Helper()
	raw, err := NewDKIMKey(ed)
	if err != nil {
		t.Fatal(err)
	}
	k, err := ReadDKIM("kjj.example", "jb2026", raw)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// verify returns what the library says of the signature of a letter, which it
// finds by the record of the key.
func verify(k *DKIM, raw []byte) (*dkim.Verification, error) {
	name, record := k.Record()
	all, err := dkim.VerifyWithOptions(bytes.NewReader(raw), &dkim.VerifyOptions{LookupTXT: func(domain string) ([]string, error) {
		if domain != name {
			return nil, io.EOF
		}
		return []string{record}, nil
	}})
	if err != nil || len(all) != 1 {
		return nil, err
	}
	return all[0], all[0].Err
}

func ownLink(d Delivery) (string, string) {
	return "签收：\n" + d.ID.String() + "\n.\n", `<p>签收　 <a href="` + d.ID.String() + `">  </a></p>`
}

func TestASignedLetterIsVerified(t *testing.T) {
	for name, c := range map[string]struct {
		ed       bool
		personal Personal
		bare     bool
	}{
		"RSA": {}, "Ed25519": {ed: true}, "own parts": {ed: true, personal: ownLink}, "RSA, own parts": {personal: ownLink},
		"text alone": {ed: true, bare: true}, "text alone, own part": {ed: true, bare: true, personal: ownLink},
	} {
		t.Run(name, func(t *testing.T) {
			content, d := bulletin(), toUnit()
			content.DKIM, content.Personal = signer(t, c.ed), c.personal
			if c.bare {
				content.HTML, content.Attachments, content.ListID = nil, nil, ""
			}
			letter, err := Compose(content)
			if err != nil {
				t.Fatal(err)
			}
			raw, err := letter.Message(d)
			if err != nil {
				t.Fatal(err)
			}
			v, err := verify(content.DKIM, raw)
			if err != nil || v == nil || v.Domain != "kjj.example" {
				t.Fatalf("%+v, %v in\n%s", v, err, raw[:900])
			}
			p := parcel(t, letter, d)
			if sent := append(append(p.Header, p.Body.Bytes()...), '\r', '\n'); !bytes.Equal(sent, raw) {
				t.Error("what is sent is not what is shown")
			}
			d.Tries++
			if again, _ := letter.Message(d); !bytes.Equal(again, raw) {
				t.Error("sent again, it is another letter")
			}
		})
	}
}

// TestWhatIsChangedOnTheWayShows: a change of the text or of a signed field, and
// a second field of those that are there once, break the signature.
func TestWhatIsChangedOnTheWayShows(t *testing.T) {
	content := bulletin()
	content.DKIM, content.Personal = signer(t, true), ownLink
	letter, err := Compose(content)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := letter.Message(toUnit())
	if err != nil {
		t.Fatal(err)
	}
	at := bytes.Index(raw, []byte("base64\r\n\r\n")) + len("base64\r\n\r\n")
	for name, changed := range map[string]string{
		"text":      string(raw[:at]) + "AAAA" + string(raw[at+4:]),
		"end":       string(raw) + "x\r\n",
		"date":      strings.Replace(string(raw), "2021", "2022", 1),
		"From":      strings.Replace(string(raw), "Date: ", "From: a@b.example\r\nDate: ", 1),
		"To":        strings.Replace(string(raw), "Date: ", "To: a@b.example\r\nDate: ", 1),
		"List-Id":   strings.Replace(string(raw), "Date: ", "List-Id: <a.example>\r\nDate: ", 1),
		"Subject":   strings.Replace(string(raw), "Date: ", "Subject: x\r\nDate: ", 1),
		"signature": strings.Replace(string(raw), "t=1626310923", "t=1626310924", 1),
	} {
		if changed == string(raw) {
			t.Errorf("%s: nothing was changed", name)
		}
		if v, err := verify(content.DKIM, []byte(changed)); err == nil && v != nil {
			t.Errorf("%s: changed, and verified", name)
		}
	}
	folded := strings.Replace(string(raw), "MIME-Version: 1.0", "MIME-Version:\r\n\t1.0", 1)
	if _, err := verify(content.DKIM, []byte(folded)); err != nil {
		t.Errorf("a relay folds a field, and %v", err)
	}
}

// TestAnyLetterIsVerified holds the way in which hashes are shared against a
// verifier that knows nothing of it.
func TestAnyLetterIsVerified(t *testing.T) {
	k := signer(t, true)
	words := rapid.StringOf(rapid.RuneFrom([]rune("简报 \n\t.a")))
	rapid.Check(t, func(t *rapid.T) {
		own, page := words.Draw(t, "own"), words.Draw(t, "own page")
		c := Content{
			Dispatch: uuid.New(), From: mail.Address{Name: "简报", Address: "a@sub.kjj.example"}, Subject: "s" + strings.TrimSpace(strings.ReplaceAll(words.Draw(t, "subject"), "\n", "")), DKIM: k,
			Text: []byte("." + words.Draw(t, "text")), HTML: []byte(words.Draw(t, "page")),
		}
		if rapid.Bool().Draw(t, "personal") {
			c.Personal = func(Delivery) (string, string) { return own, page }
		}
		if rapid.Bool().Draw(t, "attached") {
			c.Attachments = []Attachment{{Name: "a  b.pdf", Type: "application/pdf", Data: []byte(words.Draw(t, "data"))}}
		}
		letter, err := Compose(c)
		if err != nil {
			t.Fatal(err)
		}
		raw, err := letter.Message(Delivery{ID: uuid.New(), Name: "甲  乙", Address: "a@b.example", Created: time.Unix(1e9, 0)})
		if err != nil {
			t.Fatal(err)
		}
		if v, err := verify(k, raw); err != nil || v == nil {
			t.Fatalf("%v, %v:\n%s", v, err, raw)
		}
	})
}

func TestOnlyTheDomainsOwnLettersAreSigned(t *testing.T) {
	k := signer(t, true)
	for address, want := range map[string]bool{"a@kjj.example": true, "a@KJJ.example": true, "a@b.kjj.example": true, "a@xkjj.example": false, "a@example": false} {
		if k.Signs(address) != want {
			t.Errorf("%s: %v", address, !want)
		}
	}
	c := bulletin()
	c.DKIM, c.From.Address = k, "a@other.example"
	if raw := onWire(t, c, toUnit()); bytes.Contains(raw, []byte("DKIM")) {
		t.Error("signed for another domain")
	}
}

// TestKeysOfTheRightLength (RFC 8301 3.2): none that is broken soon, and none that
// verifiers need not take.
func TestKeysOfTheRightLength(t *testing.T) {
	for bits, want := range map[int]bool{1024: false, leastBits - 1: false, leastBits: true, mostBits: true, mostBits + 1: false, 8192: false} {
		if fitting(bits) != want {
			t.Errorf("%d bits: %v", bits, !want)
		}
	}
	weak, err := rsa.GenerateKey(rand.Reader, 1024)
	if err != nil {
		t.Fatal(err)
	}
	raw := pem.EncodeToMemory(&pem.Block{Type: "RSA PRIVATE KEY", Bytes: x509.MarshalPKCS1PrivateKey(weak)})
	if _, err := ReadDKIM("kjj.example", "s", raw); err == nil {
		t.Error("a key of 1024 bits signs")
	}
}

func TestBadKeysAreRefused(t *testing.T) {
	good, err := NewDKIMKey(true)
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct{ domain, selector, key string }{
		"no key":       {"kjj.example", "s", ""},
		"a broken key": {"kjj.example", "s", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"},
		"a domain":     {"kjj example", "s", string(good)},
		"a selector":   {"kjj.example", "a b", string(good)},
		"none":         {"kjj.example", "", string(good)},
	} {
		if _, err := ReadDKIM(c.domain, c.selector, []byte(c.key)); err == nil {
			t.Errorf("%s passes", name)
		}
	}
}

// signedBench measures one letter of 275 KB on the wire, which a library hashes
// anew each time.
func signedBench(b *testing.B, ed bool, personal Personal) {
	c := bulletin()
	c.DKIM, c.Personal = signer(b, ed), personal
	c.Attachments[0].Data = make([]byte, 200_000)
	l, err := Compose(c)
	if err != nil {
		b.Fatal(err)
	}
	d := toUnit()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := l.Parcel(d); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkDKIMRSA(b *testing.B)          { signedBench(b, false, nil) }
func BenchmarkDKIMEd25519(b *testing.B)      { signedBench(b, true, nil) }
func BenchmarkDKIMRSAPersonal(b *testing.B)  { signedBench(b, false, ownLink) }
func BenchmarkDKIMEd25519Owned(b *testing.B) { signedBench(b, true, ownLink) }

// BenchmarkDKIMLibrary is the same letter by the library's signer.
func BenchmarkDKIMLibrary(b *testing.B) {
	c := bulletin()
	c.Attachments[0].Data = make([]byte, 200_000)
	l, err := Compose(c)
	if err != nil {
		b.Fatal(err)
	}
	raw, err := l.Message(toUnit())
	if err != nil {
		b.Fatal(err)
	}
	k := signer(b, false)
	for b.Loop() {
		s := &dkim.SignOptions{Domain: k.domain, Selector: k.selector, Signer: k.key, HeaderCanonicalization: dkim.CanonicalizationRelaxed, BodyCanonicalization: dkim.CanonicalizationRelaxed}
		if err := dkim.Sign(io.Discard, bytes.NewReader(raw), s); err != nil {
			b.Fatal(err)
		}
	}
}
