package mailbox

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"os"
	"time"

	"jianbao/fault"
	"jianbao/mailer"
)

// DefaultFolder is the folder into which mail comes (RFC 3501 5.1).
const DefaultFolder = "INBOX"

// DefaultTimeout is how long a server may be silent in the middle of an answer,
// or before it.
const DefaultTimeout = time.Minute

// An Account is a mailbox on an IMAP server, and how to speak to that.
type Account struct {
	Addr     string          // host:port
	Security mailer.Security // "" is mailer.TLS
	Username string
	Password string
	Folder   string // "" is DefaultFolder
	// CAFile holds PEM certificates to trust instead of the system's; "" for
	// those.
	CAFile string
	// Timeout is how long the server may be silent; zero is DefaultTimeout.
	Timeout time.Duration
	// Version is our own, which some hosts ask for (RFC 2971) before they open a
	// folder.
	Version string
}

var (
	sayBadAccount = fault.Say("mailbox.bad-account", "收信邮箱的设置不对", "the settings of the mailbox are wrong")
	sayAddress    = fault.Say("mailbox.address", "收信服务器地址“%s”应写成 主机:端口", "the server's address %q should be HOST:PORT")
	saySecurity   = fault.Say("mailbox.security", "收信的加密方式“%s”应为 tls、starttls 或 none", "the mailbox's security %q should be tls, starttls or none")
	sayNobody     = fault.Say("mailbox.nobody", "收信邮箱没有账号或口令", "the mailbox has no account or no password")
	sayClear      = fault.Say("mailbox.clear", "不加密时不能把口令发给别的机器%s", "a password is not sent in the clear to another machine, %s")
	sayCA         = fault.Say("mailbox.ca", "证书文件%s读不出证书", "no certificate can be read from %s")
)

// Check returns fault.Invalid with every reason why the settings cannot be used,
// or nil. It reads CAFile.
func (a Account) Check() error {
	var reasons []fault.Reason
	host, port, err := net.SplitHostPort(a.Addr)
	if err != nil || host == "" || port == "" {
		reasons = append(reasons, sayAddress.With(a.Addr))
	}
	if a.Username == "" || a.Password == "" {
		reasons = append(reasons, sayNobody.With())
	}
	switch a.security() {
	case mailer.TLS, mailer.StartTLS:
	case mailer.Plain:
		if !loopback(host) {
			reasons = append(reasons, sayClear.With(host))
		}
	default:
		reasons = append(reasons, saySecurity.With(string(a.Security)))
	}
	if _, err := a.authorities(); err != nil {
		reasons = append(reasons, sayCA.With(a.CAFile))
	}
	if len(reasons) > 0 {
		return fault.New(fault.Invalid, sayBadAccount.With(), reasons...)
	}
	return nil
}

// Name is what the books know the mailbox by.
func (a Account) Name() string { return a.Username + "@" + a.Addr + "/" + a.folder() }

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

func (a Account) security() mailer.Security {
	if a.Security == "" {
		return mailer.TLS
	}
	return a.Security
}

func (a Account) folder() string {
	if a.Folder == "" {
		return DefaultFolder
	}
	return a.Folder
}

func (a Account) timeout() time.Duration {
	if a.Timeout <= 0 {
		return DefaultTimeout
	}
	return a.Timeout
}

// tlsConfig always verifies the server's name.
func (a Account) tlsConfig() (*tls.Config, error) {
	authorities, err := a.authorities()
	if err != nil {
		return nil, err
	}
	host, _, _ := net.SplitHostPort(a.Addr) // Check has seen it
	return &tls.Config{ServerName: host, MinVersion: tls.VersionTLS12, RootCAs: authorities}, nil
}

// authorities are whom to believe who the server is; nil is the system's.
func (a Account) authorities() (*x509.CertPool, error) {
	if a.CAFile == "" {
		return nil, nil
	}
	pem, err := os.ReadFile(a.CAFile)
	if err != nil {
		return nil, err
	}
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(pem) {
		return nil, errors.New("mailbox: no certificates in " + a.CAFile)
	}
	return pool, nil
}
