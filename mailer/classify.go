package mailer

import (
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/emersion/go-message"
)

// classify says what a mail is. What machines write is looked for first: an
// automatic answer that says 已收到 was written by nobody.
func (in *Incoming) classify(h message.Header, c contents) {
	switch {
	case len(c.notice) > 0:
		in.notice(strings.Join(c.notice, "\n"))
	case bounced(h) && delaySubject.MatchString(in.Subject):
		in.Class = DelayMail
	case bounced(h) && bounceSubject.MatchString(in.Subject):
		in.Class = BounceMail
		in.Words = brief(tidy(serverWords(c.written())))
		in.Code, in.Enhanced = codesIn(in.Words)
	case automatic(h, in.Subject):
		in.Class = AutoReply
	case strings.Contains(in.Subject, "批示") || strings.Contains(firstLine(in.Words), "批示"):
		in.Class = RemarkMail
	case receipt(in.Words):
		in.Class = Receipt
	case strings.Contains(in.Subject, "供稿") || strings.Contains(in.Subject, "投稿") || strings.Contains(in.Subject, "报送信息"):
		in.Class = Contribution
	}
}

// notice reads a delivery status notification (RFC 3464).
func (in *Incoming) notice(fields string) {
	switch strings.ToLower(field(fields, "Action")) {
	case "failed":
		in.Class = BounceMail
	case "delayed":
		in.Class = DelayMail
	default: // delivered, relayed, expanded: nothing is to be done
		in.Class = AutoReply
	}
	diagnostic := field(fields, "Diagnostic-Code")
	if _, words, ok := strings.Cut(diagnostic, ";"); ok {
		diagnostic = strings.TrimSpace(words)
	}
	in.Code, in.Enhanced = codesIn(diagnostic)
	if m := statusCode.FindStringSubmatch(field(fields, "Status")); m != nil {
		in.Enhanced = m[1]
	}
	if diagnostic != "" {
		in.Words = brief(tidy(diagnostic))
	}
}

// field returns the first value of a field in header-like lines, unfolded.
func field(lines, name string) string {
	var value strings.Builder
	found := false
	for _, line := range strings.Split(strings.ReplaceAll(lines, "\r\n", "\n"), "\n") {
		if found && (strings.HasPrefix(line, " ") || strings.HasPrefix(line, "\t")) {
			value.WriteString(" " + strings.TrimSpace(line))
			continue
		}
		if found {
			break
		}
		if key, v, ok := strings.Cut(line, ":"); ok && strings.EqualFold(strings.TrimSpace(key), name) {
			found = true
			value.WriteString(strings.TrimSpace(v))
		}
	}
	return value.String()
}

var (
	daemon        = regexp.MustCompile(`(?i)mailer-daemon|postmaster|mail delivery|mail system|microsoftexchange|系统退信|退信`)
	bounceSubject = regexp.MustCompile(`(?i)undeliver|delivery (status|failure|error|has failed|notification)|returned mail|failure notice|mail delivery failed|could not be delivered|系统退信|退信|被退回|投递失败|发送失败|(无法|未能?|不能)送达`)
	delaySubject  = regexp.MustCompile(`(?i)delayed|still being retried|delivery warning|投递延迟|延迟投递|延迟送达`)
	autoSubject   = regexp.MustCompile(`(?i)^((re|回复|答复)[:：]\s*)?[\[【(（]?(自动回复|自动答复|auto(matic)?[ -]?reply|auto(matic)? response|out of office|外出|不在办公室)`)
	replyCode     = regexp.MustCompile(`(?:^|[^0-9.])([45][0-9]{2})(?:[ -]|$)`)
	statusCode    = regexp.MustCompile(`(?:^|[^0-9.])([45]\.[0-9]{1,3}\.[0-9]{1,3})(?:[^0-9.]|$)`)
)

// bounced reports whether a mail comes from where those come from that are no
// notification by RFC 3464 but one all the same, as several domestic hosts write
// them.
func bounced(h message.Header) bool {
	return nobody(h) || daemon.MatchString(decodeWords(h.Get("From")))
}

// nobody reports whether no answer is wanted: the envelope had no sender (RFC
// 5321 4.5.5).
func nobody(h message.Header) bool { return strings.TrimSpace(h.Get("Return-Path")) == "<>" }

// automatic goes by RFC 3834 sections 2 and 5 and by what was usual before it.
func automatic(h message.Header, subject string) bool {
	submitted := strings.ToLower(strings.TrimSpace(h.Get("Auto-Submitted")))
	if submitted != "" && submitted != "no" {
		return true
	}
	for _, field := range []string{"X-Autoreply", "X-Auto-Reply", "X-Autorespond", "X-Autoresponse"} {
		if h.Has(field) {
			return true
		}
	}
	return nobody(h) || strings.EqualFold(h.Get("Precedence"), "auto_reply") || autoSubject.MatchString(subject)
}

// serverWords are the lines of a bounce in which the other server speaks, or
// all of it.
func serverWords(text string) string {
	var said []string
	for _, line := range strings.Split(text, "\n") {
		if replyCode.MatchString(line) || statusCode.MatchString(line) || TroubleIn(999, "", line) != Unreadable {
			said = append(said, strings.TrimSpace(line))
		}
	}
	if len(said) == 0 {
		return text
	}
	return strings.Join(said[:min(len(said), 5)], " ")
}

func codesIn(words string) (code int, enhanced string) {
	if m := replyCode.FindStringSubmatch(words); m != nil {
		code, _ = strconv.Atoi(m[1]) // digits
	}
	if m := statusCode.FindStringSubmatch(words); m != nil {
		enhanced = m[1]
	}
	return code, enhanced
}

var (
	received    = regexp.MustCompile(`(?i)^(您好|你好|好的|[，。！,.! ])*(本?单位|我[局委办厅院校处科]|我们)?(已经|已|均已)?(收到|收悉|签收|查收|阅悉|received|got it)`)
	notReceived = regexp.MustCompile(`(?i)未收|没有?收|尚未|收不到|not received|吗[？?]|[？?]`)
)

// longestReceipt is how long a receipt is at most, in characters: whoever
// writes more has more to say.
const longestReceipt = 60

// receipt reports whether a mail says that a letter was received and nothing
// else.
func receipt(words string) bool {
	line := firstLine(words)
	return utf8.RuneCountInString(words) <= longestReceipt && received.MatchString(line) && !notReceived.MatchString(words)
}

func firstLine(words string) string {
	line, _, _ := strings.Cut(words, "\n")
	return strings.TrimSpace(line)
}
