package receipts

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestRepliesThatAcknowledge(t *testing.T) {
	got, by := Answer{Received: true}, func(name string) Answer { return Answer{Received: true, By: name} }
	n := func(copies int) Answer { return Answer{Received: true, Copies: copies} }
	for words, want := range map[string]Answer{
		"已收到": got, "收悉。": got, "收到，谢谢": got, "收到了，谢谢！": got, "好的，收到": got, "收到 谢谢": got, "收": got,
		"您好！\n已收到。": got, "张老师好：\n邮件已收到，辛苦了！": got, "来文收悉，谢谢。": got, "确认收到": got, "已阅知": got,
		"《鄂尔多斯科技简报》2021年第8期已签收": got, "简报收到，已转呈领导。": {Received: true, Note: "已转呈领导"}, "👌收到🙏": got, "[OK]已收到": got,
		"Received, thank you.": got, "Well received with thanks": got, "收到\n发自我的iPhone": got,
		"收到。\n\n> 没有收到请来电": got, "已收到\n-----原始邮件-----\n请尽快签收": got,
		"收到，请放心": got, "贵刊第8期收悉，特此回复。": got, "编辑部：\n来件敬悉。此致\n敬礼": got, "已收到！！！": got, "收到~~": got,
		"收到无误": got, "全部收到，完好": got, "第8期简报电子版、纸质版均已收到": got, "市统计局已收到": got, "鄂尔多斯市统计局办公室收悉": got,
		"第 8 期简报已收到": got, "本期收到并已存档": got, "李主任：已收到": got, "小王你好，已收到": got,
		// How many.
		"我局已收到第8期简报2份。": n(2), "已收到纸质件两份": n(2), "收到，共十二份": n(12), "收到 3 份": n(3), "已收到简报３份，谢谢": n(3), "2份收到": n(2),
		"共收到5本": n(5), "收到纸质简报：4份": n(4),
		// What is missing.
		"收到 3 份，缺 1 份": {Received: true, Copies: 3, Missing: 1}, "收到，缺1份": {Received: true, Missing: 1},
		"已收到，少两份": {Received: true, Missing: 2}, "实收3份,短缺一份": {Received: true, Copies: 3, Missing: 1},
		// Who and when.
		"已收到，张三": by("张三"), "收到。\n市统计局办公室 李四\n0477-123456": by("李四"), "已签收。签收人：王小明": by("王小明"),
		"张三已收到": by("张三"), "李局长已收到": by("李局长"), "收悉，欧阳明": by("欧阳明"), "王五：已收到": got, "已收到。经办人：赵六，电话：13800000000": by("赵六"),
		"收到\n市科技局张三": by("张三"), "收到 zhangsan@ordos.example": got,
		"7月15日已收到":               {Received: true, Month: 7, Day: 15},
		"已于2021年7月15日上午收到2份":     {Received: true, Copies: 2, Month: 7, Day: 15},
		"收到。张三 2021-07-16 10:30": {Received: true, By: "张三", Month: 7, Day: 16},
		"已收到\n刘芳\n7.16":          {Received: true, By: "刘芳", Month: 7, Day: 16},
		// What became of it.
		"已收到，已呈李局长阅": {Received: true, Note: "已呈李局长阅"},
		"收悉。张局长已阅。":  {Received: true, Note: "张局长已阅"},
		// What a person reads besides.
		"收到。\n另：联系人换成王五了": {Received: true, More: "另 联系人换成王五了"},
		"已收到。下期加印一份":      {Received: true, More: "下期加印一份"},
		"收到。材料写得很好，建议登省报": {Received: true, More: "材料写得很好 建议登省报"},
	} {
		if got := Acknowledges(words); got != want {
			t.Errorf("%q: %+v, want %+v", words, got, want)
		}
	}
}

func TestRepliesThatAPersonMustRead(t *testing.T) {
	for _, words := range []string{
		"", "  \n", "谢谢", "好的", "同意", "未收到", "没有收到附件", "收到，附件打不开", "收到，但第3页缺失", "尚未收到", "没收到", "一直收不到",
		"您的邮件已收到，我会尽快回复。", "自动回复：已收到", "收到了吗？", "请问收到没有", "收到，请再发一份", "本期不用再发，收到", "收到了吗",
		"已收到退订请求", "我们收到群众来信反映", "领导批示：收到", "收到通知的单位名单见附件", "Not received", "I haven't received it",
		"Out of office. Received mail will be read later", "> 已收到", strings.Repeat("收到。", 200), "收到的份数不对", "收到，缺页", "收到，有破损",
		"我正在休假，已收到您的来信", "外出学习，邮件收到", "收到后请回电", "请签收", "如收到请回复", "是否收到", "只收到一半，缺附件", "收到了，第8期是哪一天的？",
		"何时能收到", "李主任：", "市统计局", "张三", "7月15日", "0477-123456", "缺1份", "3份",
	} {
		if got := Acknowledges(words); got.Received || got.Refused {
			t.Errorf("%q: %+v", words, got)
		}
	}
}

func TestRepliesThatRefuse(t *testing.T) {
	for _, words := range []string{
		"拒收", "我局拒收，该件与我局无关", "退回。不是我单位的", "非我单位文件，退回", "发错了", "收到，误发，退回", "拒绝签收", "不予签收，不属于我局职责",
	} {
		if got := Acknowledges(words); got != (Answer{Refused: true}) {
			t.Errorf("%q: %+v", words, got)
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
