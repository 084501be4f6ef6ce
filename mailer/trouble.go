package mailer

import (
	"strings"

	"jianbao/fault"
)

// A Trouble is what kind of refusal or bounce a letter met, and so what can be
// done about it.
type Trouble string

// The kinds of trouble.
const (
	NoTrouble  Trouble = ""
	Full       Trouble = "full"       // the mailbox has no room
	Unknown    Trouble = "unknown"    // there is no such mailbox, or domain
	Refused    Trouble = "refused"    // as spam, by a list, by a policy
	TooLarge   Trouble = "too-large"  // for the mailbox or a relay on the way
	Quota      Trouble = "quota"      // we sent too much, too fast
	Identity   Trouble = "identity"   // who we say we are is not believed
	Unreached  Trouble = "unreached"  // the relay, or the recipient's, is not there
	GivenUp    Trouble = "given-up"   // tried for five days
	Doubtful   Trouble = "doubtful"   // it may have gone
	Unreadable Trouble = "unreadable" // nothing else fits
)

// advice says what to do about a trouble, in the words of a clerk.
var advice = map[Trouble]fault.Sentence{
	Full:       fault.Say("mailer.trouble.full", "对方邮箱已满，改送纸质？也可请对方清理邮箱后重发。", "the mailbox is full: send paper instead, or ask them to make room and send again"),
	Unknown:    fault.Say("mailer.trouble.unknown", "邮箱地址不存在，请核对地址后重发，或改送纸质。", "there is no such mailbox: check the address and send again, or send paper"),
	Refused:    fault.Say("mailer.trouble.refused", "对方服务器拒收，请联系对方把本单位加入白名单后重发，或改送纸质。", "their server refuses our mail: ask them to allow our address and send again, or send paper"),
	TooLarge:   fault.Say("mailer.trouble.too-large", "信太大，对方收不下：请减少或压缩附件后重发，或改送纸质。", "the letter is too large for them: drop or compress attachments and send again, or send paper"),
	Quota:      fault.Say("mailer.trouble.quota", "发得太多太快，被邮件服务商限制；系统会放慢后自动再试，急件请改送纸质。", "we sent too much too fast and are held back; it is tried again more slowly: send paper if it is urgent"),
	Identity:   fault.Say("mailer.trouble.identity", "邮件服务器不认可我们的账号或发件地址，请管理员核对账号、授权码和发件地址。", "the mail server does not accept our account or sender address: the administrator should check them"),
	Unreached:  fault.Say("mailer.trouble.unreached", "连不上邮件服务器，系统会自动再试；一直不通请管理员检查网络。", "the mail server cannot be reached and is tried again; if that goes on, the administrator should check the network"),
	GivenUp:    fault.Say("mailer.trouble.given-up", "试了五天都没有送到，请改送纸质或打电话。", "it could not be delivered in five days: send paper, or call"),
	Doubtful:   fault.Say("mailer.trouble.doubtful", "不能确定是否送到，请打电话问对方；没收到再重发。", "it may or may not have arrived: call them, and send again if it has not"),
	Unreadable: fault.Say("mailer.trouble.other", "没有送到，请看服务器的原话，或改送纸质。", "it was not delivered: see what the server said, or send paper"),
}

// Advice says what is the matter and what a person can do about it.
func (t Trouble) Advice() fault.Reason {
	if s, ok := advice[t]; ok {
		return s.With()
	}
	return advice[Unreadable].With()
}

// Trouble returns what the delivery has met so far, by its state and by the
// last words of a relay or of a bounce.
func (d Delivery) Trouble() Trouble {
	switch d.State {
	case Uncertain:
		return Doubtful
	case Failed, Bounced, Deferred:
	default:
		return NoTrouble
	}
	if strings.Contains(d.Words, sayGaveUp.ZH[:strings.Index(sayGaveUp.ZH, "%")]) {
		return GivenUp
	}
	return TroubleIn(d.Code, "", d.Words)
}

// symptoms are what servers say, in lower case; the first that is found
// decides. The hosts of domestic mailboxes first, then what Postfix, Exchange
// and the other large ones say.
var symptoms = []struct {
	trouble Trouble
	words   []string
}{
	{Full, []string{"mailbox is full", "mailbox full", "over quota", "quota exceeded for", "exceeded storage", "insufficient storage", "邮箱已满", "空间不足", "超出容量", "mailbox exceeded", "user mailbox exceeds"}},
	{Quota, []string{"sending quota exceeded", "too frequently", "frequency limited", "hl:ifc", "hl:icc", "mi:sfq", "mi:dmc", "rp:drc", "daily limit", "rate limit", "too many connections", "发送过快", "发信频率"}},
	{TooLarge, []string{"exceeded mailsize", "message size exceeds", "message too large", "message file too big", "size limit", "too big", "邮件过大", "超过大小", "允许的"}},
	{Identity, []string{"hl:mep", "authentication", "auth fail", "mail from must equal", "sender address rejected: not owned", "535", "授权码", "登录"}},
	{Refused, []string{"spam", "content reject", "blacklist", "blocked", "block list", "blocklist", "denied by policy", "policy violation", "spf", "dkim", "dmarc", "dt:spm", "垃圾邮件", "拒收", "黑名单"}},
	{Unknown, []string{"user not exist", "user unknown", "unknown user", "no such user", "does not exist", "recipient not found", "invalid recipient", "mailbox unavailable", "mailbox not found", "no mailbox", "user not found", "host or domain name not found", "dns query error", "domain not found", "用户不存在", "收件人不存在", "邮箱不存在", "无此用户"}},
	{Full, []string{"quota exceeded"}},
	{Unreached, []string{"连不上", "不接受我们的连接", "连接就断了", "connection timed out", "connection refused", "找不到这台主机"}},
}

// enhancedTrouble reads RFC 3463: the subject and the detail.
var enhancedTrouble = map[string]Trouble{
	"1.1": Unknown, "1.2": Unknown, "1.3": Unknown, "1.10": Unknown, "2.1": Unknown, "2.2": Full, "2.3": TooLarge, "3.4": TooLarge,
	"4.1": Unreached, "4.4": Unknown, "7.1": Refused, "7.0": Identity, "7.8": Identity, "7.26": Refused, "7.25": Refused,
}

// TroubleIn reads what a server said: the words first, since domestic hosts
// give codes that say little, then the enhanced code (RFC 3463), then the code.
func TroubleIn(code int, enhanced, words string) Trouble {
	lower := strings.ToLower(words)
	for _, s := range symptoms {
		for _, w := range s.words {
			if strings.Contains(lower, w) {
				return s.trouble
			}
		}
	}
	if _, detail, ok := strings.Cut(enhanced, "."); ok {
		if t, ok := enhancedTrouble[detail]; ok {
			return t
		}
	}
	switch code {
	case 0:
		return Unreached
	case 550, 551:
		return Unknown
	case 452:
		return Full
	case 552:
		return TooLarge
	case 530, 534, 535, 553:
		return Identity
	case 554, 571:
		return Refused
	}
	return Unreadable
}
