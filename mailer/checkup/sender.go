package checkup

import (
	"context"
	"errors"
	"net"
	"slices"
	"strings"
	"time"

	"jianbao/fault"
	"jianbao/mailer"
)

// A Resolver looks TXT records up; net.Resolver does.
type Resolver interface {
	LookupTXT(ctx context.Context, name string) ([]string, error)
}

var (
	senderNone    = fault.Say("checkup.sender-none", "查不了%s的DNS记录（%s）；内网单独运行时不影响发信", "the DNS records of %s could not be looked at (%s); inside a closed network letters go all the same")
	senderOnline  = fault.Say("checkup.sender-online", "在能上网的机器上再查一次", "look once more from a machine with a way out")
	senderFine    = fault.Say("checkup.sender-fine", "%s有 SPF、DMARC%s", "%s has SPF, DMARC%s")
	senderSigned  = fault.Say("checkup.sender-signed", "和 DKIM 记录", " and a DKIM record")
	senderUnsaid  = fault.Say("checkup.sender-unsaid", " 记录；这里不签 DKIM，可由中继签", "; letters are not signed here, which the relay may do")
	senderNoSPF   = fault.Say("checkup.sender-no-spf", "%s没有 SPF 记录：收件方不知道谁可以用这个域名发信", "%s has no SPF record: nobody knows who may send for it")
	senderTwoSPF  = fault.Say("checkup.sender-two-spf", "%s有%d条 SPF 记录，只能有一条（RFC 7208 第3.2节）", "%s has %d SPF records and may have one (RFC 7208 3.2)")
	senderOneSPF  = fault.Say("checkup.sender-one-spf", "合成一条，删去其余", "make one of them and delete the others")
	senderNoDMARC = fault.Say("checkup.sender-no-dmarc", "%s没有 DMARC 记录：冒用这个域名的信不会被拒收", "%s has no DMARC record: letters that others send in its name are not refused")
	senderNoDKIM  = fault.Say("checkup.sender-no-dkim", "信已签名，但%s下没有公钥，收件方验不了", "letters are signed, but there is no public key at %s, so that nobody can verify them")
	senderBadDKIM = fault.Say("checkup.sender-bad-dkim", "%s下的公钥与 dkim-key 不是一对，签名会被判为无效", "the public key at %s is not that of dkim-key: signatures are found to be wrong")
	senderPublish = fault.Say("checkup.sender-publish", "请在DNS里登记：%s", "publish in the DNS: %s")
)

// lookupWait is how long all look-ups for one domain may take.
const lookupWait = 3 * time.Second

// Sender looks at what the DNS says of a domain that letters are from:
// who may send for it (SPF, RFC 7208), whose signatures are its own (DKIM, RFC
// 6376; key nil is not signed here) and what becomes of letters that are neither
// (DMARC, RFC 7489).
func Sender(ctx context.Context, names Resolver, domain, relay string, key *mailer.DKIM) []Finding {
	ctx, stop := context.WithTimeout(ctx, lookupWait)
	defer stop()
	spf, err := recordsAt(ctx, names, domain, "v=spf1")
	if err != nil {
		return []Finding{remark(senderNone.With(domain, err.Error()), senderOnline.With())}
	}
	var found []Finding
	switch {
	case len(spf) == 0:
		found = append(found, remark(senderNoSPF.With(domain), senderPublish.With(ZoneLine(domain, spfFor(relay)))))
	case len(spf) > 1:
		found = append(found, wrong(senderTwoSPF.With(domain, len(spf)), senderOneSPF.With()))
	}
	policy, err := policyOf(ctx, names, domain)
	if err == nil && !policy {
		found = append(found, remark(senderNoDMARC.With(domain), senderPublish.With(ZoneLine("_dmarc."+domain, "v=DMARC1; p=none; rua=mailto:postmaster@"+domain))))
	}
	about := senderUnsaid.With()
	if err == nil && key != nil && key.Signs("postmaster@"+domain) {
		about = senderSigned.With()
		var f []Finding
		f, err = keyFindings(ctx, names, key)
		found = append(found, f...)
	}
	if err != nil {
		found = append(found, remark(senderNone.With(domain, err.Error()), senderOnline.With()))
	}
	if found == nil {
		found = []Finding{well(senderFine.With(domain, about))}
	}
	return found
}

// recordsAt returns the TXT records of a name that begin with a version. None is
// no error; it is one if nobody could be asked.
func recordsAt(ctx context.Context, names Resolver, name, version string) (all []string, err error) {
	found, err := names.LookupTXT(ctx, name)
	var dns *net.DNSError
	if errors.As(err, &dns) && dns.IsNotFound {
		return nil, nil
	}
	for _, record := range found {
		first, _, _ := strings.Cut(record, ";")
		if strings.EqualFold(strings.TrimSpace(first), version) || strings.HasPrefix(strings.ToLower(record), version+" ") {
			all = append(all, record)
		}
	}
	return all, err
}

// policyOf reports whether a domain, or one above it, has a DMARC record: a
// sender's organisation speaks for its subdomains (RFC 7489 6.6.3).
func policyOf(ctx context.Context, names Resolver, domain string) (bool, error) {
	for strings.Contains(domain, ".") {
		found, err := recordsAt(ctx, names, "_dmarc."+domain, "v=dmarc1")
		if err != nil || len(found) > 0 {
			return len(found) > 0, err
		}
		_, domain, _ = strings.Cut(domain, ".")
	}
	return false, nil
}

// keyFindings holds the published key against the one that signs.
func keyFindings(ctx context.Context, names Resolver, key *mailer.DKIM) ([]Finding, error) {
	name, value := key.Record()
	found, err := names.LookupTXT(ctx, name)
	var dns *net.DNSError
	switch missing := errors.As(err, &dns) && dns.IsNotFound; {
	case missing || err == nil && len(found) == 0:
		return []Finding{wrong(senderNoDKIM.With(name), senderPublish.With(ZoneLine(name, value)))}, nil
	case err != nil:
		return nil, err
	case !slices.ContainsFunc(found, func(record string) bool { return tagOf(record, "p") == tagOf(value, "p") }):
		return []Finding{wrong(senderBadDKIM.With(name), senderPublish.With(ZoneLine(name, value)))}, nil
	}
	return nil, nil
}

// tagOf is a tag of a record (RFC 6376 3.2), without the blanks within.
func tagOf(record, tag string) string {
	for part := range strings.SplitSeq(record, ";") {
		name, value, _ := strings.Cut(part, "=")
		if strings.TrimSpace(name) == tag {
			return strings.Join(strings.Fields(value), "")
		}
	}
	return ""
}

// hosted are the records of domestic hosts that send for the domains of their
// customers, as their help pages have them.
var hosted = map[string]string{
	mailer.NetEase.Name: "include:spf.163.com", mailer.Tencent.Name: "include:spf.mail.qq.com", mailer.Alibaba.Name: "include:spf.qiye.aliyun.com",
}

// spfFor proposes the record of a domain whose letters go by a relay. It does
// not ask for the refusal of others: an office has mail servers that are not
// known here.
func spfFor(relay string) string {
	host, _, err := net.SplitHostPort(relay)
	if err != nil {
		host = relay
	}
	sends := hosted[mailer.ProfileOf(relay).Name]
	if ip := net.ParseIP(host); sends == "" && ip != nil && !ip.IsLoopback() && !ip.IsPrivate() {
		if sends = "ip6:" + host; ip.To4() != nil {
			sends = "ip4:" + host
		}
	} else if sends == "" && ip == nil && host != "localhost" {
		sends = "a:" + host
	}
	return strings.Join(strings.Fields("v=spf1 mx "+sends+" ~all"), " ")
}

// ZoneLine is a TXT record as zone files have it (RFC 1035 5.1), in strings of
// 255 bytes at most.
func ZoneLine(name, value string) string {
	var parts []string
	for len(value) > 255 {
		parts, value = append(parts, `"`+value[:255]+`"`), value[255:]
	}
	return name + `. IN TXT ` + strings.Join(append(parts, `"`+value+`"`), " ")
}
