package receipts

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestRepliesThatAcknowledge(t *testing.T) {
	for words, want := range map[string]Answer{
		"已收到":       {Received: true},
		"收悉。":       {Received: true},
		"收到，谢谢":     {Received: true},
		"收到了，谢谢！":   {Received: true},
		"好的，收到":     {Received: true},
		"收到 谢谢":     {Received: true},
		"收":         {Received: true},
		"您好！\n已收到。": {Received: true},
		"张老师好：\n邮件已收到，辛苦了！":     {Received: true},
		"来文收悉，谢谢。":              {Received: true},
		"我局已收到第8期简报2份。":         {Received: true, Copies: 2},
		"已收到纸质件两份":              {Received: true, Copies: 2},
		"收到，共十二份":               {Received: true, Copies: 12},
		"确认收到":                  {Received: true},
		"《鄂尔多斯科技简报》2021年第8期已签收": {Received: true},
		"已阅知":                          {Received: true},
		"简报收到，已转呈领导。":                  {Received: true},
		"👌收到🙏":                         {Received: true},
		"[OK]已收到":                      {Received: true},
		"Received, thank you.":         {Received: true},
		"Well received with thanks":    {Received: true},
		"收到\n发自我的iPhone":               {Received: true},
		"收到。\n\n> 没有收到请来电":             {Received: true},
		"已收到\n-----原始邮件-----\n请尽快签收":   {Received: true},
		"已收到，张三":                       {Received: true, More: "张三"},
		"收到。\n市统计局办公室 李四\n0477-123456": {Received: true, More: "市统计局办公室 李四 0477-123456"},
		"收到。\n另：联系人换成王五了":              {Received: true, More: "另 联系人换成王五了"},
	} {
		if got := Acknowledges(words); got != want {
			t.Errorf("%q: %+v, want %+v", words, got, want)
		}
	}
}

func TestRepliesThatAPersonMustRead(t *testing.T) {
	for _, words := range []string{
		"", "  \n", "谢谢", "好的", "同意", "未收到", "没有收到附件", "收到，缺1份", "收到，附件打不开", "已收到，但第3页缺失",
		"您的邮件已收到，我会尽快回复。", "自动回复：已收到", "收到了吗？", "请问收到没有", "收到，请再发一份", "本期不用再发，收到",
		"已收到退订请求", "我们收到群众来信反映", "领导批示：收到", "收到通知的单位名单见附件", "Not received", "I haven't received it",
		"Out of office. Received mail will be read later", "张三收到", "王五：已收到", "> 已收到", strings.Repeat("收到。", 200),
	} {
		if got := Acknowledges(words); got.Received {
			t.Errorf("%q acknowledges: %+v", words, got)
		}
	}
}

func TestNumerals(t *testing.T) {
	for text, want := range map[string]int{"3": 3, "12": 12, "一": 1, "两": 2, "十": 10, "十二": 12, "二十": 20, "九十九": 99, "二一": 0, "99999999999999999999": 0, "20000": MaxCopies} {
		if got := numeral(text); got != want {
			t.Errorf("%s is %d, want %d", text, got, want)
		}
	}
}

func FuzzAcknowledges(f *testing.F) {
	for _, seed := range []string{"已收到", "收到，谢谢！\n张三", "我局已收到第8期简报十二份", "> 收到", "未收到", "\xff收到"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, words string) {
		a := Acknowledges(words)
		if !a.Received && a != (Answer{}) {
			t.Errorf("%+v without an acknowledgment", a)
		}
		if a.Copies < 0 || a.Copies > MaxCopies || utf8.RuneCountInString(a.More) > maxWords {
			t.Errorf("%+v", a)
		}
		if a.Received && Acknowledges("未"+words).Received {
			t.Errorf("未 before %q acknowledges", words)
		}
	})
}
