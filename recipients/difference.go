package recipients

import (
	"slices"
	"strings"

	"github.com/google/uuid"

	"jianbao/fault"
)

// A Difference is what distinguishes the lists of an issue from those of
// another, as a rule the last one. A unit is the same where its id is; a name
// that means no unit is the same where it reads the same. A unit that stands in
// several places is compared place by place, in order.
type Difference struct {
	Added   []Place // without a Unit: a name that means none
	Removed []Place
	Renamed []Step // listed by other words, or called otherwise
	Moved   []Step // in another list
	Copies  []Step // with another number of paper copies
	Channel []Step // by another channel
}

// A Step is a place before and after.
type Step struct {
	Before Place
	After  Place
}

// IsZero reports whether nothing differs.
func (d Difference) IsZero() bool {
	return len(d.Added)+len(d.Removed)+len(d.Renamed)+len(d.Moved)+len(d.Copies)+len(d.Channel) == 0
}

// Compare returns what changed from the circulation of one issue to that of the
// next. It looks at the snapshots alone, so that a unit that was renamed in the
// directory in between shows here.
func Compare(last, now Circulation) Difference {
	var d Difference
	before := map[string][]Place{}
	for _, p := range last.places() {
		before[p.key()] = append(before[p.key()], p)
	}
	for _, p := range now.places() {
		left := before[p.key()]
		if len(left) == 0 {
			d.Added = append(d.Added, p)
			continue
		}
		i := max(0, slices.IndexFunc(left, func(b Place) bool { return b.Label == p.Label }))
		d.note(Step{left[i], p})
		before[p.key()] = slices.Delete(slices.Clone(left), i, i+1)
	}
	for _, p := range last.places() {
		left := before[p.key()]
		if i := slices.IndexFunc(left, func(b Place) bool { return b.Label == p.Label && b.Entry == p.Entry }); i >= 0 {
			d.Removed = append(d.Removed, p)
			before[p.key()] = slices.Delete(slices.Clone(left), i, i+1)
		}
	}
	return d
}

func (d *Difference) note(s Step) {
	b, a := s.Before, s.After
	if b.Name != a.Name || keyOf(b.called()) != keyOf(a.called()) {
		d.Renamed = append(d.Renamed, s)
	}
	if b.Label != a.Label {
		d.Moved = append(d.Moved, s)
	}
	if b.Paper() != a.Paper() {
		d.Copies = append(d.Copies, s)
	}
	if b.Channel != a.Channel {
		d.Channel = append(d.Channel, s)
	}
}

// called returns the words for the recipient in the list.
func (p Place) called() string {
	if p.Collective && p.Words != "" {
		return p.Words
	}
	return p.Entry
}

// places are all recipients, and a place without a unit for each name that
// means none.
func (c Circulation) places() []Place {
	var all []Place
	for _, l := range c.Lists {
		for _, e := range l.Entries {
			for _, r := range e.Recipients {
				all = append(all, Place{Label: l.Label, Entry: e.Printed, Collective: e.Collective, Recipient: r})
			}
			if len(e.Recipients) == 0 {
				all = append(all, Place{Label: l.Label, Entry: e.Printed, Collective: e.Collective, Recipient: Recipient{Name: e.FullName()}})
			}
		}
	}
	return all
}

func (p Place) key() string {
	if p.Unit != uuid.Nil {
		return p.Unit.String()
	}
	return "? " + keyOf(p.Name)
}

var (
	diffAdded    = fault.Say("recipients.diff-added", "%s增加了%s", "%s: %s is new")
	diffRemoved  = fault.Say("recipients.diff-removed", "%s去掉了%s", "%s: %s is gone")
	diffRenamed  = fault.Say("recipients.diff-renamed", "%s：原来写作“%s”（%s），现写作“%s”（%s）", "%s: was “%s” (%s) and is “%s” (%s)")
	diffMoved    = fault.Say("recipients.diff-moved", "%s由%s改列%s", "%s moved from %s to %s")
	diffCopies   = fault.Say("recipients.diff-copies", "%s：%s由%d份改为%d份", "%s: %s gets %d copies no longer, but %d")
	diffChannel  = fault.Say("recipients.diff-channel", "%s：%s由%s改为%s", "%s: %s is reached no longer by %s, but by %s")
	addedAfter   = fault.Say("recipients.added-after-signing", "签发后增加%s：%s（%d份，%s），%s同意", "added to %s after the sign-off: %s (%d copies, %s), with the consent of %s")
	removedAfter = fault.Say("recipients.removed-after-signing", "签发后去掉%s：%s，%s同意", "taken from %s after the sign-off: %s, with the consent of %s")
)

// Reasons says every difference, in the order added, removed, renamed, moved,
// copies, channel.
func (d Difference) Reasons() []fault.Reason {
	var all []fault.Reason
	for _, p := range d.Added {
		all = append(all, diffAdded.With(p.Label, p.Name))
	}
	for _, p := range d.Removed {
		all = append(all, diffRemoved.With(p.Label, p.Name))
	}
	for _, s := range d.Renamed {
		all = append(all, diffRenamed.With(s.After.Label, s.Before.called(), s.Before.Name, s.After.called(), s.After.Name))
	}
	for _, s := range d.Moved {
		all = append(all, diffMoved.With(s.After.Name, s.Before.Label, s.After.Label))
	}
	for _, s := range d.Copies {
		all = append(all, diffCopies.With(s.After.Label, s.After.Name, s.Before.Paper(), s.After.Paper()))
	}
	for _, s := range d.Channel {
		all = append(all, diffChannel.With(s.After.Label, s.After.Name, s.Before.Channel.Title(), s.After.Channel.Title()))
	}
	return all
}

// Late returns the facts for history and ledger where a circulation was changed
// after the sign-off: who was added or taken off, and who consented. Whoever
// signed must consent (Regulation art. 31: a signed document is not changed
// without the signatory); that is the caller's rule. A unit that moved from one
// list to another is there as both.
func (d Difference) Late(consent string) []fault.Reason {
	var all []fault.Reason
	add := func(p Place) {
		all = append(all, addedAfter.With(p.Label, p.Name, p.Paper(), p.Channel.Title(), consent))
	}
	remove := func(p Place) { all = append(all, removedAfter.With(p.Label, p.Name, consent)) }
	for _, p := range d.Added {
		add(p)
	}
	for _, p := range d.Removed {
		remove(p)
	}
	for _, s := range d.Moved {
		remove(s.Before)
		add(s.After)
	}
	return append(all, Difference{Copies: d.Copies, Channel: d.Channel}.Reasons()...)
}

var (
	outsideMail = fault.Say("recipients.outside", "%s：%s的邮箱%s不在准许的域名内，内部资料不能发往外部（可改送纸质，或逐期批准）",
		"%s: the address of %s, %s, is outside the permitted domains; internal issues do not go there (hand over paper, or permit it for this issue)")
	badDomain = fault.Say("recipients.bad-domain", "“%s”不是域名（写成 ordos.gov.cn 这样）", "“%s” is no domain (ordos.gov.cn is one)")
)

// OutsideAddresses returns, each once and in order, the addresses that
// [Circulation.Outside] would name.
func (c Circulation) OutsideAddresses(domains, permitted []string) []string {
	var all []string
	for _, p := range c.All() {
		if !p.Channel.Mails() {
			continue
		}
		for _, a := range p.Addresses {
			if !within(a, domains) && !slices.Contains(permitted, a) && !slices.Contains(all, a) {
				all = append(all, a)
			}
		}
	}
	return all
}

// Outside names every address that would be sent mail to and lies neither in
// one of the domains nor in one below it (a@kjj.ordos.gov.cn lies in
// ordos.gov.cn), nor was permitted. It is the rule for issues marked 内部; which
// those are is the caller's to say. Without domains everything is outside.
func (c Circulation) Outside(domains, permitted []string) []fault.Reason {
	stray := c.OutsideAddresses(domains, permitted)
	var reasons []fault.Reason
	for _, p := range c.All() {
		if !p.Channel.Mails() {
			continue
		}
		for _, a := range p.Addresses {
			if slices.Contains(stray, a) {
				reasons = append(reasons, outsideMail.With(p.Label, p.Name, a))
			}
		}
	}
	return reasons
}

// CheckDomains returns why a list of permitted domains cannot be one.
func CheckDomains(domains []string) []fault.Reason {
	var reasons []fault.Reason
	for _, d := range domains {
		if bare := asciiDomain(d); bare == "" || !strings.Contains(bare, ".") {
			reasons = append(reasons, badDomain.With(clean(d)))
		}
	}
	return reasons
}

func within(address string, domains []string) bool {
	host := asciiDomain(address[strings.LastIndexByte(address, '@')+1:])
	return host != "" && slices.ContainsFunc(domains, func(d string) bool {
		d = asciiDomain(d)
		return d != "" && (host == d || strings.HasSuffix(host, "."+d))
	})
}
