package remarks

import (
	"regexp"
	"strings"
)

// quotePatterns are the lines with which mail programs begin the mail that is
// answered; nothing behind one is the answer.
var quotePatterns = []*regexp.Regexp{
	regexp.MustCompile(`^-{2,}\s*(原始邮件|原邮件|邮件原文|原始信息|回复的原邮件|转发的?邮件|转发邮件信息|答复的邮件|邮件原件|Original Message|Original|Forwarded message|Reply message)\s*-{2,}$`),
	regexp.MustCompile(`^-{3,}\s*(Original|原始邮件|回复的原邮件)`),
	regexp.MustCompile(`^(在|于)\s*(\d{4}[-/年.]|\d{1,2}月|周|星期).{0,120}(写道|wrote|寫道)\s*[:：]?$`),
	regexp.MustCompile(`^\d{4}[-/年].{0,120}写道\s*[:：]?$`),
	regexp.MustCompile(`^.{0,60}于\s*\d{4}年.{0,80}写道\s*[:：]?$`),
	regexp.MustCompile(`(?i)^(on|at) .{0,160} wrote:$`),
	regexp.MustCompile(`^_{10,}$`),
	regexp.MustCompile(`^[*>\s]*(发件人|寄件者|From)\s*[:：].*$`),
	regexp.MustCompile(`^(原文如下|以下为原文|引用原文)\s*[:：]?$`),
}

// signaturePatterns are lines that mail programs and telephones add by
// themselves.
var signaturePatterns = []*regexp.Regexp{
	regexp.MustCompile(`^(发自|来自|发送自|從我的).{0,30}(手机|iPhone|iPad|邮箱|邮件|大师|客户端|微信|钉钉|华为|小米|荣耀|HUAWEI|OPPO|vivo|Android|傳送).{0,20}$`),
	regexp.MustCompile(`^从.{0,20}(iPhone|iPad|Windows|手机|Android|邮件).{0,10}发送$`),
	regexp.MustCompile(`(?i)^(获取|下载|get) ?outlook (for|移动版).{0,30}$`),
	regexp.MustCompile(`(?i)^sent from .{0,40}$`),
	regexp.MustCompile(`^\|?\s*签名由\s*.{0,30}定制\s*\|?$`),
}

// Unquoted returns what somebody wrote in a reply, without the mail that is
// answered and without what programs add: the styles of QQ, NetEase, Foxmail,
// Coremail, Outlook and telephones. It is pure, takes any text, and returns it
// trimmed; "" where the reply has no words of its own.
func Unquoted(text string) string {
	var own []string
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u00a0", " ", "\u200b", "").Replace(text)
	for _, line := range strings.Split(text, "\n") {
		bare := strings.TrimSpace(line)
		if line == "-- " || matches(quotePatterns, bare) {
			break
		}
		if strings.HasPrefix(bare, ">") || strings.HasPrefix(bare, "＞") || matches(signaturePatterns, bare) {
			continue
		}
		own = append(own, strings.TrimRight(line, " \t\u3000"))
	}
	joined := strings.Join(own, "\n")
	for strings.Contains(joined, "\n\n\n") {
		joined = strings.ReplaceAll(joined, "\n\n\n", "\n\n")
	}
	return strings.TrimSpace(joined)
}

func matches(patterns []*regexp.Regexp, line string) bool {
	for _, p := range patterns {
		if p.MatchString(line) {
			return true
		}
	}
	return false
}
