package workflow

import (
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"jianbao/fault"
	"jianbao/recipients"
)

// A Permission lets an internal issue go to addresses outside the domains of its
// series: those that it names, and of this issue alone.
type Permission struct {
	By        uuid.UUID `json:"by"`
	ByName    string    `json:"by_name"`
	At        time.Time `json:"at"`
	Reason    string    `json:"reason"`
	Addresses []string  `json:"addresses"`
}

var (
	permitted     = fault.Say("workflow.fact.permitted", "准许发往外部邮箱：%s", "mail to outside addresses permitted: %s")
	allInside     = fault.Say("workflow.all-inside", "没有需要准许的外部邮箱", "no outside address waits for a permission")
	permitInstead = fault.Say("workflow.permit-instead", "本期注明“%s”，寄往本刊域名（%s）以外须由审核或签发人逐期准许", "the issue is marked %q; mail outside the domains of the series (%s) needs the permission of the reviewer or signatory, for each issue")
)

// Inside returns the domains to which internal issues of the series may be
// mailed: those that were set, or that of its mailbox.
func (s Series) Inside() []string {
	if len(s.Domains) > 0 {
		return s.Domains
	}
	_, host, _ := strings.Cut(s.Mailbox, "@")
	return []string{host}
}

// internal reports whether the issue is marked for internal use: 内部资料, 内部参阅.
func (i Issue) internal() bool { return strings.Contains(i.Document.Notice, "内部") }

// outside returns the addresses that an internal issue may not be mailed to yet,
// and why.
func (c Case) outside(circulation recipients.Circulation) ([]string, []fault.Reason) {
	if !c.Issue.internal() {
		return nil, nil
	}
	known := c.Series.Inside()
	var allowed []string
	if c.Issue.Permission != nil {
		allowed = c.Issue.Permission.Addresses
	}
	addresses := circulation.OutsideAddresses(known, allowed)
	if len(addresses) == 0 {
		return nil, nil
	}
	reasons := circulation.Outside(known, allowed)
	return addresses, append(reasons, permitInstead.With(c.Issue.Document.Notice, strings.Join(known, "、")))
}

// OutsideMail returns why an internal issue of the series may not go out by mail
// as it stands, and how it may: none of it is for issues that are not internal.
func (i Issue) OutsideMail(s Series) []fault.Reason {
	_, reasons := Case{Issue: i, Series: s}.outside(i.Circulation)
	return reasons
}

// mailed is the circulation that an act would mail to: that of the issue, or the
// one unit to which it is sent again.
func (c Case) mailed() recipients.Circulation {
	if c.Order.Act != Resend {
		return c.Issue.Circulation
	}
	name, _ := c.recipient(c.Order.Unit)
	to := recipients.Recipient{Unit: c.Order.Unit, Name: name, Addresses: c.Order.Addresses, Channel: recipients.ByMail}
	return recipients.Circulation{Lists: []recipients.List{{Label: Resend.Title().In(fault.ZH), Entries: []recipients.Entry{{Printed: name, Recipients: []recipients.Recipient{to}}}}}}
}

var (
	// insideOnly: what is internal is mailed to permitted domains alone; paper is
	// the other way (guidance on internal-sensitive information in mailboxes).
	insideOnly = Rule{"inside-only",
		fault.Say("workflow.rule.inside-only", "注明内部的，邮件只发往本刊的域名，或经逐期准许", "what is marked internal is mailed within the domains of the series, or as permitted for the issue"),
		func(c Case) []fault.Reason {
			_, reasons := c.outside(c.mailed())
			return reasons
		}}
	goesOutside = Rule{"goes-outside",
		fault.Say("workflow.rule.goes-outside", "注明内部的一期有外部邮箱", "an internal issue is to be mailed outside"),
		func(c Case) []fault.Reason {
			addresses, _ := c.outside(c.Issue.Circulation)
			return unless(len(addresses) > 0, allInside.With())
		}}
)

// applyPermit lets the issue go to the outside addresses that it has now, and to
// those that were permitted before.
func applyPermit(c Case, next *Change) []fault.Reason {
	addresses, _ := c.outside(c.Issue.Circulation)
	all := slices.Clone(addresses)
	if c.Issue.Permission != nil {
		all = append(slices.Clone(c.Issue.Permission.Addresses), addresses...)
	}
	next.Issue.Permission = &Permission{By: c.Actor.Person.ID, ByName: c.Actor.Name(), At: moment(c.Now), Reason: c.Order.Note, Addresses: all}
	return []fault.Reason{permitted.With(strings.Join(addresses, "；"))}
}
