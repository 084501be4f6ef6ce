package remarks

import (
	"strings"
	"testing"
)

func TestRepliesLoseWhatTheyQuote(t *testing.T) {
	const own = "请市发改委牵头研究，7月底前报我。\n张三  7月16日"
	for name, quoted := range map[string]string{
		"qq":            "\n\n------------------ 原始邮件 ------------------\n发件人: \"简报\" <a@b.cn>;\n发送时间: 2021年7月15日\n正文",
		"netease":       "\n\n在 2021-07-15 10:00:00，\"鄂尔多斯科技简报\" <a@b.cn> 写道：\n>正文",
		"old":           "\n\nAt 2021-07-15 10:00:00, \"简报\" <a@b.cn> wrote:\n>正文",
		"outlook":       "\r\n\r\n________________________________\r\n发件人: 简报\r\n发送时间: 2021年7月15日\r\n正文",
		"foxmail":       "\n\n发件人： 简报\n发送时间： 2021-07-15\n主题： 第8期\n正文",
		"apple":         "\n\n> 在 2021年7月15日，上午10:00，简报 <a@b.cn> 写道：\n> 正文",
		"gmail":         "\n\n简报 <a@b.cn> 于2021年7月15日周四 上午10:00写道：\n> 正文",
		"coremail":      "\n\n-----原始邮件-----\n发件人:a@b.cn\n正文",
		"telephone":     "\n\n发自我的iPhone",
		"master":        "\n来自 网易邮箱大师\n---- 回复的原邮件 ----\n| 发件人 | 简报 |\n正文",
		"qq phone":      "\n\n---Original---\nFrom: \"简报\"<a@b.cn>\nDate: Thu, Jul 15, 2021 10:00 AM\nTo: \"张三\"\n正文",
		"qq new":        "\n\n\n\n\u00a0\n\n------------------\u00a0原始邮件\u00a0------------------\n发件人: 简报\n正文",
		"foxmail 7":     "\n\n\u00a0\n发件人：\u00a0简报\n发送时间：\u00a02021-07-15\u00a010:00\n收件人：\u00a0张三\n正文",
		"english":       "\r\n\r\nFrom: 简报 <a@b.cn>\r\nSent: Thursday, July 15, 2021 10:00 AM\r\nTo: 张三\r\nSubject: 第8期\r\n正文",
		"original":      "\n\n-----Original Message-----\nFrom: a@b.cn\n正文",
		"wps":           "\n\n发自WPS邮箱客户端\n在2021年7月15日 10:00，简报<a@b.cn>写道：\n正文",
		"exmail":        "\n\n------------------ Original ------------------\nFrom: 简报\n正文",
		"139":           "\n\n----邮件原文----\n发件人：简报\n正文",
		"huawei":        "\n\n发自我的华为手机\n-------- 原始邮件 --------\n发件人： 简报\n正文",
		"xiaomi":        "\n\n来自我的小米手机",
		"windows":       "\n\n从 Windows 版邮件发送\n\n发件人: 简报\n正文",
		"outlook phone": "\n\n获取 Outlook for iOS\n________________________________\nFrom: 简报\n正文",
		"old iphone":    "\n\n从我的 iPhone 发送",
		"wechat":        "\n\n发自QQ邮箱手机版\n来自企业微信",
		"delimiter":     "\n-- \n张三\n市政府办公室",
		"nothing":       "\n\n",
	} {
		if got := Unquoted(own + quoted); got != own {
			t.Errorf("%s: %q", name, got)
		}
	}
	if got := Unquoted("> 正文\n同意。\n> 后文"); got != "同意。" {
		t.Errorf("below a quotation: %q", got)
	}
	if got := Unquoted("发件人：谁？请核实发件人：不对"); strings.TrimSpace(got) != "" {
		t.Errorf("a line that looks like a header: %q", got)
	}
}

func FuzzUnquoted(f *testing.F) {
	f.Add("同意\n> 引文")
	f.Add("-----原始邮件-----")
	f.Fuzz(func(t *testing.T, text string) {
		once := Unquoted(text)
		if again := Unquoted(once); len(again) > len(once) {
			t.Errorf("%q grows to %q", once, again)
		}
	})
}
