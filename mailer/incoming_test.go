package mailer

import (
	"encoding/base64"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/uuid"
	"golang.org/x/text/encoding/simplifiedchinese"
)

const aLetter = "01890a5d-ac96-774b-bcce-b302099a8057"

func gbk(text string) string {
	out, err := simplifiedchinese.GB18030.NewEncoder().String(text)
	if err != nil {
		panic(err)
	}
	return out
}

func crlf(lines ...string) string { return strings.Join(lines, "\r\n") + "\r\n" }

// Each is a mail of strangers, and what it should be understood as.
var arrivals = []struct {
	name     string
	raw      string
	class    Class
	subject  string
	words    string // that are in Words
	code     int
	enhanced string
	letter   bool // aLetter is the first guess
}{
	{"Postfix", crlf("From: MAILER-DAEMON@relay.example (Mail Delivery System)", "To: jianbao@kjj.example", "Auto-Submitted: auto-replied",
		"Subject: Undelivered Mail Returned to Sender", "Content-Type: multipart/report; report-type=delivery-status; boundary=B", "",
		"--B", "", "I'm sorry to have to inform you", "", "--B", "Content-Type: message/delivery-status", "",
		"Reporting-MTA: dns; relay.example", "Original-Envelope-Id: "+aLetter, "",
		"Final-Recipient: rfc822; office@unit.example", "Action: failed", "Status: 5.2.2",
		"Diagnostic-Code: smtp; 552 5.2.2 mailbox", "    is full", "",
		"--B", "Content-Type: text/rfc822-headers", "", "Message-ID: <"+aLetter+"@kjj.example>", "--B--"),
		BounceMail, "Undelivered Mail Returned to Sender", "552 5.2.2 mailbox is full", 552, "5.2.2", true},
	{"a delay", crlf("From: MAILER-DAEMON@relay.example", "Subject: Delayed Mail", "Content-Type: multipart/report; report-type=delivery-status; boundary=B", "",
		"--B", "Content-Type: message/delivery-status", "", "Reporting-MTA: dns; r", "", "Action: delayed", "Status: 4.4.1", "--B--"),
		DelayMail, "Delayed Mail", "", 0, "4.4.1", false},
	{"a domestic host in GBK", crlf("From: Postmaster@163.com", "Subject: =?GBK?B?"+base64.StdEncoding.EncodeToString([]byte(gbk("系统退信")))+"?=",
		"Content-Type: text/plain; charset=gb2312", "Content-Transfer-Encoding: 8bit", "", gbk("抱歉，您的邮件被退回来了……"), gbk("收件人邮件地址：office@unit.example"),
		gbk("退信原因：550 user not exist 用户不存在"), "Message-ID: <"+aLetter+"@kjj.example>"),
		BounceMail, "系统退信", "user not exist", 550, "", true},
	{"an automatic reply that says it arrived", crlf("From: a@unit.example", "Auto-Submitted: auto-replied", "Subject: =?utf-8?B?6Ieq5Yqo5Zue5aSN?=", "", "已收到，谢谢"),
		AutoReply, "自动回复", "已收到", 0, "", false},
	{"an automatic reply by its subject", crlf("From: a@unit.example", "Subject: =?utf-8?B?6Ieq5Yqo5Zue5aSN?=: x", "", "已收到"), AutoReply, "自动回复: x", "", 0, "", false},
	{"a receipt", crlf("From: =?gb2312?B?yta+1rDsuavK0g==?= <office@unit.example>", "In-Reply-To: <"+aLetter+"@kjj.example>", "Subject: Re: x",
		"Content-Type: text/plain; charset=utf-8", "", "已收到，谢谢！", "", "------------------ 原始邮件 ------------------", "发件人: 科技简报", "请签收"),
		Receipt, "Re: x", "已收到，谢谢！", 0, "", true},
	{"a receipt in HTML", crlf("From: a@unit.example", "Subject: Re: x", "Content-Type: text/html; charset=utf-8", "",
		"<style>p{}</style><div>我局已收悉。</div><blockquote>批示：没有收到</blockquote>"), Receipt, "Re: x", "我局已收悉。", 0, "", false},
	{"not received", crlf("From: a@unit.example", "Subject: Re: x", "", "第8期没有收到，请重发"), OtherMail, "Re: x", "没有收到", 0, "", false},
	{"a question", crlf("From: a@unit.example", "Subject: Re: x", "", "收到的附件打不开，能重发吗？"), OtherMail, "Re: x", "", 0, "", false},
	{"more than a receipt", crlf("From: a@unit.example", "Subject: Re: x", "", "已收到。"+strings.Repeat("另有一事相商。", 20)), OtherMail, "Re: x", "", 0, "", false},
	{"a remark", crlf("From: a@unit.example", "Subject: Re: x", "", "王市长批示：请科技局阅研。"), RemarkMail, "Re: x", "请科技局阅研", 0, "", false},
	{"a contribution", crlf("From: a@unit.example", "Subject: =?utf-8?B?5L6b56i/77ya5p+Q5Yy6?=", "", "见附件"), Contribution, "供稿：某区", "", 0, "", false},
	{"to the address of one letter", crlf("From: a@unit.example", "Delivered-To: jianbao+"+aLetter+"@kjj.example", "Subject: x", "", "收到"), Receipt, "x", "收到", 0, "", true},
	{"a bounce of Exchange", crlf("Return-Path: <>", "From: Microsoft Outlook <MicrosoftExchange329e@unit.example>", "Subject: =?utf-8?B?"+base64.StdEncoding.EncodeToString([]byte("无法送达: 简报"))+"?=", "", "550 5.1.1 RESOLVER.ADR.RecipNotFound"),
		BounceMail, "无法送达: 简报", "RecipNotFound", 550, "5.1.1", false},
	{"a delay that is no notice", crlf("From: MAILER-DAEMON@a.example", "Subject: Warning: message 1abc delayed 24 hours", "", "It will be retried."), DelayMail, "Warning: message 1abc delayed 24 hours", "", 0, "", false},
	{"a vacation", crlf("Return-Path: <>", "From: a@unit.example", "Subject: Re: x", "", "已收到，我在休假"), AutoReply, "Re: x", "", 0, "", false},
	{"a notice with a status of junk", crlf("From: MAILER-DAEMON@relay.example", "Subject: x", "Content-Type: multipart/report; boundary=B", "",
		"--B", "Content-Type: message/delivery-status", "", "Action: failed", "Status: 5\x00"+strings.Repeat("9", 50), "--B--"), BounceMail, "x", "", 0, "", false},
	{"to the address of one letter, behind an alias", crlf("Delivered-To: office@kjj.example", "Delivered-To: jianbao+"+aLetter+"@kjj.example", "From: a@unit.example", "Subject: x", "", "收到"), Receipt, "x", "收到", 0, "", true},
	{"junk", "\x00\xff\xfe", OtherMail, "", "", 0, "", false},
	{"nothing", "", OtherMail, "", "", 0, "", false},
}

func TestArrivals(t *testing.T) {
	for _, c := range arrivals {
		in, err := ReadIncoming([]byte(c.raw))
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if in.Class != c.class || in.Subject != c.subject || !strings.Contains(in.Words, c.words) || in.Code != c.code || in.Enhanced != c.enhanced {
			t.Errorf("%s: %s %q %q %d %q", c.name, in.Class, in.Subject, in.Words, in.Code, in.Enhanced)
		}
		if found := len(in.Deliveries) > 0 && in.Deliveries[0] == uuid.MustParse(aLetter); found != c.letter {
			t.Errorf("%s: about %v", c.name, in.Deliveries)
		}
		if strings.Contains(in.Words, "请签收") || in.SHA256 == "" {
			t.Errorf("%s: %+v", c.name, in)
		}
	}
	if _, err := ReadIncoming(make([]byte, MaxIncoming+1)); err == nil {
		t.Error("a mail without end was read")
	}
}

func TestWordsThatSplitACharacter(t *testing.T) {
	raw := gbk("鄂尔多斯科技简报")
	one, two := base64.StdEncoding.EncodeToString([]byte(raw[:5])), base64.StdEncoding.EncodeToString([]byte(raw[5:]))
	for value, want := range map[string]string{
		"=?GB2312?B?" + one + "?=\r\n =?gb2312?B?" + two + "?=": "鄂尔多斯科技简报",
		"Re: =?UTF-8?Q?=E7=AE=80=E6=8A=A5?= 8":                  "Re: 简报 8",
		"=?utf-8?B?566A?= =?utf-8?B?5oql?=":                     "简报",
		"=?utf-8?B?566A?= a =?utf-8?B?5oql?=":                   "简 a 报",
		raw:                                                     "鄂尔多斯科技简报",
		"=?x-unknown?B?YQ==?=":                                  "a",
		"=?broken":                                              "=?broken",
		"":                                                      "",
	} {
		if got := decodeWords(value); got != want {
			t.Errorf("%q: %q, want %q", value, got, want)
		}
	}
}

func TestNestingEnds(t *testing.T) {
	raw := "From: a@b.example\r\nSubject: s\r\n"
	for range 200 {
		raw += "Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n"
	}
	if in, err := ReadIncoming([]byte(raw + "\r\n收到")); err != nil || in.Subject != "s" {
		t.Errorf("%+v, %v", in, err)
	}
}

func FuzzReadIncoming(f *testing.F) {
	for _, c := range arrivals {
		f.Add([]byte(c.raw))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		in, err := ReadIncoming(raw)
		if err != nil {
			t.Fatal(err)
		}
		text := in.Subject + in.Words + in.Sender + in.Enhanced
		if !utf8.ValidString(text) || strings.ContainsRune(text, 0) || in.Class == "" {
			t.Errorf("%+v", in)
		}
	})
}
