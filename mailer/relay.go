package mailer

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"os"
	"time"

	"jianbao/fault"
)

// A Security says how a relay's connection is protected.
type Security string

// The kinds of security.
const (
	StartTLS Security = "starttls" // the default: no letter goes if the relay does not offer it
	TLS      Security = "tls"      // from the first byte, port 465 (RFC 8314 3.3)
	Plain    Security = "none"     // in the clear, for a relay on this machine or network
)

var (
	sayBadRelay      = fault.Say("mailer.bad-relay", "邮件中继的设置不对", "the settings of the mail relay are wrong")
	sayRelayAddress  = fault.Say("mailer.relay-address", "中继地址“%s”应写成 主机:端口", "the relay's address %q should be HOST:PORT")
	sayRelaySecurity = fault.Say("mailer.relay-security", "中继的加密方式“%s”应为 starttls、tls 或 none", "the relay's security %q should be starttls, tls or none")
	sayRelayHello    = fault.Say("mailer.relay-hello", "本机名“%s”应是完整域名", "our own name %q should be a full domain name")
	sayRelayPassword = fault.Say("mailer.relay-password", "不加密时不能把密码发给别的机器%s", "a password is not sent in the clear to another machine, %s")
	sayRelayCert     = fault.Say("mailer.relay-cert", "客户端证书%s与密钥%s读不出或不成对", "the client certificate %s and the key %s cannot be read or do not match")
	sayRelayCA       = fault.Say("mailer.relay-ca", "证书文件%s读不出证书", "no certificate can be read from %s")
)

// Times that a relay is waited for when its configuration says nothing. The
// second is RFC 5321 4.5.3.2.6: a relay that is given up too early after the
// dot may have taken the letter.
const (
	DefaultTimeout      = 2 * time.Minute
	DefaultReplyTimeout = 10 * time.Minute
)

// DefaultPerConnection is how many letters a connection carries when nothing
// else is said: relays get suspicious of one that never ends.
const DefaultPerConnection = 1000

// A Relay is the SMTP server that takes our letters, and how to speak to it.
type Relay struct {
	Addr     string   // host:port
	Security Security // "" is StartTLS
	Username string   // "" for no AUTH
	Password string
	// Hello is our own full domain name for EHLO (RFC 5321 4.1.1.1); "" is
	// localhost.
	Hello string
	// Timeout bounds every single read and write; zero is DefaultTimeout.
	Timeout time.Duration
	// ReplyTimeout bounds the wait for the answer to the final dot; zero is
	// DefaultReplyTimeout.
	ReplyTimeout time.Duration
	// CAFile holds PEM certificates to trust instead of the system's; "" for
	// those.
	CAFile string
	// CertFile and KeyFile hold our own PEM certificate and its key, for a relay
	// that asks who we are; "" for none.
	CertFile, KeyFile string
	// PerConnection is how many letters one connection carries; zero is
	// DefaultPerConnection.
	PerConnection int
}

// Check returns fault.Invalid with every reason why the settings cannot be
// used, or nil. It reads CAFile.
func (r Relay) Check() error {
	var reasons []fault.Reason
	host, port, err := net.SplitHostPort(r.Addr)
	if _, wrong := net.LookupPort("tcp", port); err != nil || host == "" || port == "" || wrong != nil {
		reasons = append(reasons, sayRelayAddress.With(r.Addr))
	}
	switch r.security() {
	case StartTLS, TLS:
	case Plain:
		if r.Username != "" && !loopback(host) {
			reasons = append(reasons, sayRelayPassword.With(host))
		}
	default:
		reasons = append(reasons, sayRelaySecurity.With(string(r.Security)))
	}
	if CheckAddress("postmaster@"+r.hello()) != nil {
		reasons = append(reasons, sayRelayHello.With(r.Hello))
	}
	if _, err := r.authorities(); err != nil {
		reasons = append(reasons, sayRelayCA.With(r.CAFile))
	}
	if _, err := r.ourselves(); err != nil {
		reasons = append(reasons, sayRelayCert.With(r.CertFile, r.KeyFile))
	}
	if len(reasons) > 0 {
		return fault.New(fault.Invalid, sayBadRelay.With(), reasons...)
	}
	return nil
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

func (r Relay) security() Security {
	if r.Security == "" {
		return StartTLS
	}
	return r.Security
}

func (r Relay) hello() string {
	if r.Hello == "" {
		return "localhost"
	}
	return r.Hello
}

func (r Relay) timeout() time.Duration {
	if r.Timeout <= 0 {
		return DefaultTimeout
	}
	return r.Timeout
}

func (r Relay) replyTimeout() time.Duration {
	if r.ReplyTimeout <= 0 {
		return DefaultReplyTimeout
	}
	return r.ReplyTimeout
}

func (r Relay) perConnection() int {
	if r.PerConnection <= 0 {
		return DefaultPerConnection
	}
	return r.PerConnection
}

// tlsConfig always verifies the relay's name.
func (r Relay) tlsConfig() (*tls.Config, error) {
	authorities, err := r.authorities()
	if err != nil {
		return nil, err
	}
	ourselves, err := r.ourselves()
	if err != nil {
		return nil, err
	}
	host, _, _ := net.SplitHostPort(r.Addr)
	return &tls.Config{ServerName: host, MinVersion: tls.VersionTLS12, RootCAs: authorities, Certificates: ourselves}, nil
}

// authorities are whom to believe who the relay is; nil is the system's.
func (r Relay) authorities() (*x509.CertPool, error) {
	if r.CAFile == "" {
		return nil, nil
	}
	pem, err := os.ReadFile(r.CAFile)
	if err != nil {
		return nil, err
	}
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(pem) {
		return nil, errors.New("mailer: no certificates in " + r.CAFile)
	}
	return pool, nil
}

// ourselves is what we show a relay that asks who we are.
func (r Relay) ourselves() ([]tls.Certificate, error) {
	if r.CertFile == "" && r.KeyFile == "" {
		return nil, nil
	}
	own, err := tls.LoadX509KeyPair(r.CertFile, r.KeyFile)
	return []tls.Certificate{own}, err
}
