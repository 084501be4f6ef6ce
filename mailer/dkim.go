package mailer

import (
	"crypto"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"jianbao/fault"
)

var (
	sayBadDKIM      = fault.Say("mailer.bad-dkim", "DKIM签名的设置不对", "the settings of the DKIM signature are wrong")
	sayDKIMDomain   = fault.Say("mailer.dkim-domain", "DKIM域名“%s”写得不对", "%q is no domain to sign for")
	sayDKIMSelector = fault.Say("mailer.dkim-selector", "DKIM选择符“%s”应由字母、数字和连字符组成", "the selector %q should be letters, digits and hyphens")
	sayDKIMKey      = fault.Say("mailer.dkim-key", "读不出DKIM私钥：应是PEM格式的RSA（2048至4096位）或Ed25519私钥", "no DKIM key can be read: it should be a private key in PEM, RSA of 2048 to 4096 bits or Ed25519")
)

// A DKIM signs letters in the name of a domain (RFC 6376; Ed25519 by RFC 8463):
// whoever gets one can look up the domain's public key and see that nobody
// changed the letter on the way. It is made by [ReadDKIM].
type DKIM struct {
	domain, selector string
	key              crypto.Signer
}

// The bits of RSA keys that sign: verifiers must take up to 4096, and less than
// 2048 is broken too soon (RFC 8301 3.2).
const (
	leastBits = 2048
	mostBits  = 4096
)

var (
	dkimSelector = regexp.MustCompile(`^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*$`)
	errNoKey     = errors.New("mailer: no private key that signs")
)

// ReadDKIM returns what signs for a domain with a private key, which is in PEM:
// PKCS 8, or PKCS 1 for RSA. The selector says which of a domain's keys it is
// (RFC 6376 3.1). It fails with fault.Invalid and every reason.
func ReadDKIM(domain, selector string, key []byte) (*DKIM, error) {
	var reasons []fault.Reason
	if len(CheckAddress("postmaster@"+domain)) > 0 {
		reasons = append(reasons, sayDKIMDomain.With(domain))
	}
	if len(selector) > 63 || !dkimSelector.MatchString(selector) {
		reasons = append(reasons, sayDKIMSelector.With(selector))
	}
	signer, err := privateKey(key)
	if err != nil {
		reasons = append(reasons, sayDKIMKey.With())
	}
	if len(reasons) > 0 {
		return nil, fault.New(fault.Invalid, sayBadDKIM.With(), reasons...).Because(err)
	}
	return &DKIM{domain: strings.ToLower(domain), selector: selector, key: signer}, nil
}

func privateKey(raw []byte) (crypto.Signer, error) {
	block, _ := pem.Decode(raw)
	if block == nil {
		return nil, errNoKey
	}
	var key any
	var err error
	if block.Type == "RSA PRIVATE KEY" {
		key, err = x509.ParsePKCS1PrivateKey(block.Bytes)
	} else {
		key, err = x509.ParsePKCS8PrivateKey(block.Bytes)
	}
	switch k := key.(type) {
	case *rsa.PrivateKey:
		if k != nil && fitting(k.N.BitLen()) {
			return k, nil
		}
	case ed25519.PrivateKey:
		return k, nil
	}
	return nil, errors.Join(errNoKey, err)
}

// fitting reports whether an RSA key of so many bits signs.
func fitting(bits int) bool { return bits >= leastBits && bits <= mostBits }

// NewDKIMKey draws a key, RSA of 2048 bits or Ed25519, and returns it in PEM
// (PKCS 8). Not every verifier knows Ed25519 yet.
func NewDKIMKey(useEd25519 bool) ([]byte, error) {
	var key any
	var err error
	if useEd25519 {
		_, key, err = ed25519.GenerateKey(rand.Reader)
	} else {
		key, err = rsa.GenerateKey(rand.Reader, leastBits)
	}
	if err != nil {
		return nil, fmt.Errorf("mailer: a key for DKIM: %w", err)
	}
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return nil, fmt.Errorf("mailer: a key for DKIM: %w", err)
	}
	return pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}), nil
}

// Signs reports whether letters from an address are signed: those of the domain
// and of the domains below it, since a signature of another domain says nothing
// for a sender (RFC 7489 3.1.1).
func (k *DKIM) Signs(address string) bool {
	domain := strings.ToLower(domainOf(address))
	return domain == k.domain || strings.HasSuffix(domain, "."+k.domain)
}

// Record returns the name of the TXT record that has the public key, and what
// stands in it (RFC 6376 3.6.2).
func (k *DKIM) Record() (name, value string) {
	var public []byte
	switch key := k.key.Public().(type) {
	case *rsa.PublicKey:
		public, _ = x509.MarshalPKIXPublicKey(key) // an RSA key always marshals
	case ed25519.PublicKey:
		public = key // bare, RFC 8463 section 4
	}
	return k.selector + "._domainkey." + k.domain, "v=DKIM1; k=" + k.kind() + "; p=" + base64.StdEncoding.EncodeToString(public)
}

func (k *DKIM) kind() string {
	if _, ok := k.key.(ed25519.PrivateKey); ok {
		return "ed25519"
	}
	return "rsa"
}

// sign signs a SHA-256. The signature of one hash is the same each time, with
// either kind of key, so that a letter that is sent again is that letter.
func (k *DKIM) sign(hash []byte) ([]byte, error) {
	if _, ok := k.key.(ed25519.PrivateKey); ok {
		return k.key.Sign(nil, hash, crypto.Hash(0)) // the hash is what is signed, RFC 8463 section 3
	}
	return k.key.Sign(nil, hash, crypto.SHA256) // PKCS 1 v1.5, which draws nothing
}
