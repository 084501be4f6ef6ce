// Package relays is what an office sets of its mail relays on the pages, as it
// is kept: the first, and a second for while that is not there.
//
// What the configuration of a process sets comes before it: a relay there is
// used, and these are not. A password is kept sealed; this package neither seals
// nor opens, and never sees one in the clear.
//
// A relay of the kind [Trial] is the program's own: it takes letters, shows them
// to administrators, and delivers nothing, so that an office can try everything
// without a mail server.
package relays

import (
	"strings"
	"unicode"

	"jianbao/fault"
	"jianbao/mailer"
)

// A Kind says what takes the letters.
type Kind string

// The kinds of relays.
const (
	SMTP  Kind = "smtp"
	Trial Kind = "trial"
)

// The places of relays.
const (
	First  = 1
	Second = 2
)

// A Setting is one relay as it is set.
type Setting struct {
	Place    int
	Kind     Kind
	Addr     string // host:port
	Security mailer.Security
	Login    string
	Sealed   string // the password, "" for none
	Hello    string // our own full domain name, "" for what the program finds
	Version  int    // 0: new
}

// SealedPlace is the place that a password is sealed for.
func (s Setting) SealedPlace() string { return "relay " + s.Login + "@" + s.Addr }

// Relay returns the relay with its password in the clear.
func (s Setting) Relay(password string) mailer.Relay {
	return mailer.Relay{Addr: s.Addr, Security: s.Security, Username: s.Login, Password: password, Hello: s.Hello}
}

var (
	badSetting   = fault.Say("relays.bad", "中继没有保存", "the relay was not saved")
	badPlace     = fault.Say("relays.place", "中继只有第一和备用两个", "there is a first relay and a second")
	badKind      = fault.Say("relays.kind", "请选择怎样发信", "choose how letters go")
	trialSecond  = fault.Say("relays.trial-second", "备用中继不能是试用的", "the second relay cannot be the one for trying")
	passwordless = fault.Say("relays.password", "填了账号，还要填密码（邮箱服务商发的“授权码”）", "an account needs its password (some hosts have a code of its own for programs)")
	strangeText  = fault.Say("relays.text", "地址、账号和域名里不能有空格或控制字符", "address, account and domain have no blanks or control characters")
)

// Validate returns nil, or a fault.Error with the code Invalid and every reason
// why the setting cannot be kept.
func (s Setting) Validate() error {
	var reasons []fault.Reason
	if s.Place != First && s.Place != Second {
		reasons = append(reasons, badPlace.With())
	}
	switch {
	case s.Kind == Trial && s.Place == Second:
		reasons = append(reasons, trialSecond.With())
	case s.Kind == SMTP:
		reasons = append(reasons, s.smtp()...)
	case s.Kind != Trial:
		reasons = append(reasons, badKind.With())
	}
	if len(reasons) > 0 {
		return fault.New(fault.Invalid, badSetting.With(), reasons...)
	}
	return nil
}

func (s Setting) smtp() (reasons []fault.Reason) {
	odd := func(r rune) bool { return unicode.IsControl(r) || unicode.IsSpace(r) }
	if strings.ContainsFunc(s.Addr+s.Login+s.Hello, odd) {
		return append(reasons, strangeText.With())
	}
	if s.Login != "" && s.Sealed == "" {
		reasons = append(reasons, passwordless.With())
	}
	if e := fault.As(s.Relay("").Check()); e != nil {
		reasons = append(reasons, e.Reasons...)
	}
	return reasons
}
