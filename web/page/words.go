package page

import (
	"jianbao/bulletin"
	"jianbao/fault"
	"jianbao/mailer"
	"jianbao/recipients"
)

// What pages answer by themselves. Rooms say the exported ones of their forms.
var (
	NotFound     = fault.Say("web.not-found", "没有这一页，或者您无权查看", "there is no such page, or it is not for you to see")
	TooOften     = fault.Say("web.too-often", "请求太频繁，请过%d秒再试", "too many requests; try again in %d seconds")
	tooLarge     = fault.Say("web.too-large", "内容太长，最多%d MB", "too much text: at most %d MB")
	BadForm      = fault.Say("web.bad-form", "表单不完整，请刷新后重填", "the form is not complete; reload the page and fill it in again")
	BadTime      = fault.Say("web.bad-time", "看不懂的时间：%q", "this is no time: %q")
	BadNumber    = fault.Say("web.bad-number", "看不懂的数：%q", "this is no number: %q")
	ChooseFile   = fault.Say("web.choose-file", "请选择文件", "choose a file")
	noNumber     = fault.Say("web.no-number", "待编号", "not numbered yet")
	numbered     = fault.Say("web.numbered", "%d年第%d期", "No. %[2]d of %[1]d")
	numberedKind = fault.Say("web.numbered-kind", "%d年%s第%d期", "%[2]s no. %[3]d of %[1]d")
)

// SeverityWords are the names of severities.
var SeverityWords = map[bulletin.Severity]fault.Sentence{
	bulletin.Block: fault.Say("web.severity.block", "须先处理", "must be settled"),
	bulletin.Ask:   fault.Say("web.severity.ask", "请核对", "please check"),
	bulletin.Note:  fault.Say("web.severity.note", "提示", "note"),
}

// KindWords are the names of the kinds of issues.
var KindWords = map[bulletin.Kind]fault.Sentence{
	bulletin.Ordinary:   fault.Say("web.kind.ordinary", "正刊", "ordinary issue"),
	bulletin.Supplement: fault.Say("web.kind.supplement", "增刊", "supplement"),
	bulletin.Special:    fault.Say("web.kind.special", "专刊", "special issue"),
	bulletin.Feature:    fault.Say("web.kind.feature", "特刊", "feature issue"),
}

// LetterWords say what is known of a letter and no more: that the relay took it
// is not that anybody read it.
var LetterWords = map[mailer.State]fault.Sentence{
	mailer.Queued:    fault.Say("web.letter.queued", "排队", "queued"),
	mailer.Claimed:   fault.Say("web.letter.claimed", "正在发", "being sent"),
	mailer.Data:      fault.Say("web.letter.data", "正在交付", "being handed over"),
	mailer.Accepted:  fault.Say("web.letter.accepted", "已交邮件服务器", "taken by the relay"),
	mailer.Deferred:  fault.Say("web.letter.deferred", "稍后再试", "to be tried again"),
	mailer.Failed:    fault.Say("web.letter.failed", "失败", "failed"),
	mailer.Uncertain: fault.Say("web.letter.uncertain", "不确定是否发出", "may or may not have gone"),
	mailer.Bounced:   fault.Say("web.letter.bounced", "退信", "bounced"),
	mailer.Cancelled: fault.Say("web.letter.cancelled", "已取消", "cancelled"),
	mailer.Held:      fault.Say("web.letter.held", "暂停，待人处理", "held for a person"),
}

// ChannelWords are the names of channels.
var ChannelWords = map[recipients.Channel]fault.Sentence{
	recipients.ByMail:  fault.Say("web.channel.mail", "邮件", "mail"),
	recipients.ByPaper: fault.Say("web.channel.paper", "纸质", "paper"),
	recipients.ByBoth:  fault.Say("web.channel.both", "邮件和纸质", "mail and paper"),
}

// The words of the frame and the door. Templates find them by key.
var (
	_ = fault.Say("web.product", "简报台", "Bulletin desk")
	_ = fault.Say("web.rooms", "各处", "Places")
	_ = fault.Say("web.me", "语言和登录", "Language and session")
	_ = fault.Say("web.skip", "跳到正文", "skip to content")
	_ = fault.Say("web.sign-in", "登录", "Sign in")
	_ = fault.Say("web.sign-out", "退出", "Sign out")
	_ = fault.Say("web.login", "用户名", "User name")
	_ = fault.Say("web.password", "密码", "Password")
	_ = fault.Say("web.refused", "没有办成", "Not done")
	_ = fault.Say("web.to-list", "返回列表", "Back to the list")
	_ = fault.Say("web.to-issue", "返回本期", "Back to the issue")
	_ = fault.Say("web.read-notes", "说明", "Please note")
	_ = fault.Say("web.desk", "我的工作", "My desk")
	_ = fault.Say("web.archive", "检索", "Archive")
	_ = fault.Say("web.board", "看板", "Board")
	_ = fault.Say("web.whole-file", "整卷（ZIP）", "Whole file (ZIP)")
	_ = fault.Say("web.volume", "年度合订本", "Annual volume")
	_ = fault.Say("web.issues", "简报", "Issues")
	_ = fault.Say("web.remarks", "批示", "Remarks")
	_ = fault.Say("web.help", "帮助", "Help")
	_ = fault.Say("web.notices", "提醒", "Notices")
	_ = fault.Say("web.units", "通讯录", "Directory")
	_ = fault.Say("web.statistics", "统计", "Statistics")
	_ = fault.Say("web.settings", "刊物设置", "Series")
)

// Words that the pages of several rooms have.
var (
	_ = fault.Say("web.series", "刊物", "Series")
	_ = fault.Say("web.number", "期号", "Number")
	_ = fault.Say("web.state", "状态", "State")
	_ = fault.Say("web.date", "日期", "Date")
	_ = fault.Say("web.changed", "最近改动", "Changed")
	_ = fault.Say("web.unit", "单位全称", "Unit")
	_ = fault.Say("web.address", "地址", "Address")
	_ = fault.Say("web.channel", "方式", "Channel")
	_ = fault.Say("web.copies", "份数", "Copies")
	_ = fault.Say("web.list", "名单", "List")
	_ = fault.Say("web.version", "版本", "Version")
	_ = fault.Say("web.remark", "备注", "Remark")
	_ = fault.Say("web.note", "意见或理由", "Opinion or reason")
	_ = fault.Say("web.up", "上移", "Up")
	_ = fault.Say("web.down", "下移", "Down")
	_ = fault.Say("web.remove", "删去", "Remove")
	_ = fault.Say("web.size", "大小", "Size")
	_ = fault.Say("web.enter", "登记", "Register it")
	_ = fault.Say("web.save", "保存", "Save")
	_ = fault.Say("web.step", "环节", "Step")
	_ = fault.Say("web.round", "第%d轮", "round %d")
	_ = fault.Say("web.year", "%d年", "year %d")
	_ = fault.Say("web.search", "查找", "Search")
	_ = fault.Say("web.export", "导出表格", "Export as CSV")
	_ = fault.Say("web.pager", "翻页", "Pages")
	_ = fault.Say("web.assumed", "未经核实", "not confirmed")
	_ = fault.Say("web.no-address", "没有地址", "no address")
	_ = fault.Say("web.show-all", "显示全部%d家", "Show all %d")
	_ = fault.Say("web.page-before", "上一页", "Previous")
	_ = fault.Say("web.page-after", "下一页", "Next")
	_ = fault.Say("web.page-of", "第%d至%d行，共%d行", "rows %d to %d of %d")
	_ = fault.Say("web.none-such", "没有这样的单位。", "There are none of these.")
	_ = fault.Say("web.line", "第%d行", "line %d")
	_ = fault.Say("web.history", "经过", "History")
	_ = fault.Say("web.robot", "系统", "program")
	_ = fault.Say("web.title", "名称", "Title")
	_ = fault.Say("web.from", "从", "From")
)
