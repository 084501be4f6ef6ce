package web

import (
	"jianbao/bulletin"
	"jianbao/fault"
	"jianbao/mailer"
	"jianbao/recipients"
)

// What pages answer by themselves.
var (
	waitAtDoor      = fault.Say("web.wait-at-door", "登录出错次数太多，请过%d秒再试；忘了密码请找管理员", "too many failed sign-ins; try again in %d seconds, or ask the administrator for a new password")
	notFound        = fault.Say("web.not-found", "没有这一页，或者您无权查看", "there is no such page, or it is not for you to see")
	foreignOrigin   = fault.Say("web.foreign-origin", "这个请求来自别的网站，没有办理", "this request came from another site and was not carried out")
	tooLarge        = fault.Say("web.too-large", "内容太长，最多%d MB", "too much text: at most %d MB")
	badForm         = fault.Say("web.bad-form", "表单不完整，请刷新后重填", "the form is not complete; reload the page and fill it in again")
	badTime         = fault.Say("web.bad-time", "看不懂的时间：%q", "this is no time: %q")
	badNumber       = fault.Say("web.bad-number", "看不懂的数：%q", "this is no number: %q")
	chooseFile      = fault.Say("web.choose-file", "请选择文件", "choose a file")
	oneFile         = fault.Say("web.one-file", "一次只能用一个文件新建一期", "an issue is made of one file at a time")
	fileOrText      = fault.Say("web.file-or-text", "既选了文件%q又贴了文字；请只留一样", "there are both the file %q and a pasted text; keep one of them")
	noSuchRepair    = fault.Say("web.no-such-repair", "这一处已改过或正文有变，请刷新后再看", "this place was mended already, or the text has changed; reload the page")
	chooseSeries    = fault.Say("web.choose-series", "请选择刊物", "choose a series")
	editsNothing    = fault.Say("web.edits-nothing", "%s不是任何刊物的编辑，不能新建", "%s is editor of no series and may not open an issue")
	brokenLedger    = fault.Say("web.broken-ledger", "份数账对不上，可能被系统以外的人改动过，请告诉管理员", "the ledger does not add up; it may have been changed outside the program. Tell the administrator")
	notUnknown      = fault.Say("web.not-unknown", "名单里没有待核定的“%s”，可能已有人核定；请刷新后再看", "“%s” is not among the names to be settled; perhaps somebody has settled it. Reload the page")
	noSuchUnit      = fault.Say("web.no-such-unit", "通讯录里没有这个单位；请为“%s”选一个，或照通讯录写单位全称", "the directory has no such unit; choose one for “%s”, or write its full name as in the directory")
	mayNotSettle    = fault.Say("web.may-not-settle", "%s不能核定名单上的名称", "%s may not settle names of the lists")
	tooLateToSettle = fault.Say("web.too-late-to-settle", "本期%s，名单不能再改", "this issue is %s; its lists can no longer change")
	settledAs       = fault.Say("web.settled-as", "核定名单：“%s”即%s", "settled by hand: “%s” is %s")
	noNumber        = fault.Say("web.no-number", "待编号", "not numbered yet")
	numbered        = fault.Say("web.numbered", "%d年第%d期", "No. %[2]d of %[1]d")
	spanMinutes     = fault.Say("web.span-minutes", "%d分钟", "%d min")
	spanHours       = fault.Say("web.span-hours", "%d小时", "%d h")
	spanDays        = fault.Say("web.span-days", "%d天", "%d d")
	noSuchPerson    = fault.Say("web.no-such-person", "请从名单里选代办人", "choose the deputy from the list")
	numberedKind    = fault.Say("web.numbered-kind", "%d年%s第%d期", "%[2]s no. %[3]d of %[1]d")
)

var severityWords = map[bulletin.Severity]fault.Sentence{
	bulletin.Block: fault.Say("web.severity.block", "须先处理", "must be settled"),
	bulletin.Ask:   fault.Say("web.severity.ask", "请核对", "please check"),
	bulletin.Note:  fault.Say("web.severity.note", "提示", "note"),
}

var kindWords = map[bulletin.Kind]fault.Sentence{
	bulletin.Ordinary:   fault.Say("web.kind.ordinary", "正刊", "ordinary issue"),
	bulletin.Supplement: fault.Say("web.kind.supplement", "增刊", "supplement"),
	bulletin.Special:    fault.Say("web.kind.special", "专刊", "special issue"),
	bulletin.Feature:    fault.Say("web.kind.feature", "特刊", "feature issue"),
}

// letterWords say what is known of a letter and no more: that the relay took it
// is not that anybody read it.
var letterWords = map[mailer.State]fault.Sentence{
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

var channelWords = map[recipients.Channel]fault.Sentence{
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
)

// The words of the list and the form of a new issue.
var (
	_ = fault.Say("web.issues", "简报", "Issues")
	_ = fault.Say("web.new", "新建", "New issue")
	_ = fault.Say("web.no-issues", "还没有简报。", "There are no issues yet.")
	_ = fault.Say("web.list-limit", "只列出最近改动的%d期。", "Only the %d issues changed last are shown.")
	_ = fault.Say("web.series", "刊物", "Series")
	_ = fault.Say("web.number", "期号", "Number")
	_ = fault.Say("web.state", "状态", "State")
	_ = fault.Say("web.date", "日期", "Date")
	_ = fault.Say("web.changed", "最近改动", "Changed")
	_ = fault.Say("web.items", "条目", "Items")
	_ = fault.Say("web.text", "正文", "Text")
	_ = fault.Say("web.paste", "把整期简报的文字贴在这里，连同报头、名单和印数。", "Paste the whole bulletin here, with its head, its lists and its print run.")
	_ = fault.Say("web.open", "建立", "Open it")
	_ = fault.Say("web.file", "文件", "File")
	_ = fault.Say("web.file-hint", "Word（.docx）、文本、网页或 Markdown 文件，最大20 MB。文件先在内存里检查；标有密级的不会留下。", "Word (.docx), text, HTML or Markdown, up to 20 MB. It is looked at in memory first; what bears a classification label is not kept.")
	_ = fault.Say("web.or-paste", "或者粘贴文字", "or paste the text")
	_ = fault.Say("web.register", "发文登记簿", "Number register")
	_ = fault.Say("web.no-register", "还没有登记。", "Nothing is registered yet.")
	_ = fault.Say("web.title", "名称", "Title")
	_ = fault.Say("web.remark", "备注", "Remark")
	_ = fault.Say("web.void", "作废：%s", "void: %s")
	_ = fault.Say("web.paper-only", "纸质流转", "on paper only")
	_ = fault.Say("web.paper-held", "%s %s，%d份，持有：%s", "%s %s, %d copies, held by %s")
	_ = fault.Say("web.stub", "登记纸质流转", "Register a paper circulation")
	_ = fault.Say("web.stub-hint", "涉密的一期只在这里登记期号和去向，正文不进本系统。", "Of a classified issue only its number and whereabouts are entered here; its text stays out.")
	_ = fault.Say("web.ask-clerk", "如需编号，请本刊收发人员在发文登记簿登记纸质流转。", "If it needs a number, ask a clerk of the series to register the paper circulation.")
	_ = fault.Say("web.next-number", "下一个是第%d期", "the next is %d")
	_ = fault.Say("web.neutral-title", "名称（不涉密）", "Neutral title")
	_ = fault.Say("web.level", "密级", "Level")
	_ = fault.Say("web.term", "保密期限", "Term")
	_ = fault.Say("web.holder", "由谁持有", "Held by")
	_ = fault.Say("web.enter", "登记", "Register it")
)

// The words of the page of an issue.
var (
	_ = fault.Say("web.places", "本页各部分", "Parts of this page")
	_ = fault.Say("web.version", "版本", "Version")
	_ = fault.Say("web.step", "环节", "Step")
	_ = fault.Say("web.round", "第%d轮", "round %d")
	_ = fault.Say("web.organ", "编印单位", "Issuing organ")
	_ = fault.Say("web.release-at", "发送时间", "Time of release")
	_ = fault.Say("web.released", "发出时间", "Released")
	_ = fault.Say("web.save", "保存", "Save")
	_ = fault.Say("web.edit-hint", "段落末尾写“¶”，表示这里确实分段。", "End a line with “¶” where the paragraph really ends.")
	_ = fault.Say("web.preview", "读成这样", "Read as")
	_ = fault.Say("web.theirs", "别人已保存的正文", "The text that somebody else saved")
	_ = fault.Say("web.overtaken", "下面是两份正文：上面是您的，下面是别人刚保存的。请把要保留的改到上面，再保存。", "Both texts are here: yours in the editor, theirs below it. Bring together what should stay in the editor, then save.")
	_ = fault.Say("web.problems", "疑点", "Doubts")
	_ = fault.Say("web.no-problems", "没有疑点。", "None.")
	_ = fault.Say("web.whole", "全文", "whole text")
	_ = fault.Say("web.line", "第%d行", "line %d")
	_ = fault.Say("web.reads", "改后读作", "It would read")
	_ = fault.Say("web.from-file", "用文件替换正文", "Replace the text by a file")
	_ = fault.Say("web.replace", "替换", "Replace")
	_ = fault.Say("web.read-notes", "读入时的说明", "What was done while reading")
	_ = fault.Say("web.downloads", "排印稿", "In print")
	_ = fault.Say("web.proofs", "排印稿（校样，未编号）", "In print (proofs, no number yet)")
	_ = fault.Say("web.attachments", "附件", "Attachments")
	_ = fault.Say("web.no-files", "没有附件。", "There are none.")
	_ = fault.Say("web.files-size", "附件共%s；整封邮件按编码后计，不能超过%s（编码约使文件大三分之一）。", "%s of attachments; a letter may have %s as encoded for mail, which makes files a third larger.")
	_ = fault.Say("web.attach", "加附件", "Attach")
	_ = fault.Say("web.choose-files", "选择要随本期发出的文件", "Files that go out with the issue")
	_ = fault.Say("web.up", "上移", "Up")
	_ = fault.Say("web.down", "下移", "Down")
	_ = fault.Say("web.remove", "删去", "Remove")
	_ = fault.Say("web.size", "大小", "Size")
	_ = fault.Say("web.repairs", "可以改的写法", "Repairs on offer")
	_ = fault.Say("web.repairs-hint", "改动会立即保存；正在编辑的正文请先保存。", "A repair is saved at once; save the text you are editing first.")
	_ = fault.Say("web.repair-all", "全部照改（%d处）", "Make all (%d)")
	_ = fault.Say("web.repair-one", "照改", "Mend")
	_ = fault.Say("web.guarded", "在姓名职务旁，请逐处定夺", "beside a name or title: decide each")
	_ = fault.Say("web.more-offers", "先列出前%d处。", "The first %d are shown.")
	_ = fault.Say("web.ready", "送审前检查", "Ready check")
	_ = fault.Say("web.item", "第%d条", "item %d")
	_ = fault.Say("web.picture", "图：%s", "Picture: %s")
	_ = fault.Say("web.can", "可以办理", "What you may do now")
	_ = fault.Say("web.can-nothing", "现在没有您要办的。", "There is nothing for you to do now.")
	_ = fault.Say("web.cannot", "现在不能办理", "What cannot be done now")
	_ = fault.Say("web.not-as-is", "照现在的样子还不能办：", "Not as it stands:")
	_ = fault.Say("web.leads-to", "之后：%s", "then: %s")
	_ = fault.Say("web.note", "意见或理由", "Opinion or reason")
	_ = fault.Say("web.keep-date", "用正文里的日期，不用签发日", "Keep the printed date instead of the day of sign-off")
	_ = fault.Say("web.unexplained", "印数与份数不符的原因", "Why the copies do not add up to the print run")
	_ = fault.Say("web.at", "发送时间（不填就是现在）", "Time of release (empty is now)")
	_ = fault.Say("web.change-by", "%s %s 的改动是：", "The change by %s of %s is:")
	_ = fault.Say("web.scope-changed", "改动涉及发送名单或份数，只能认定为实质性修改，由签发人决定。", "Lists or copies changed with it, which is the signatory's to decide: it is one of substance.")
	_ = fault.Say("web.relieved", "原办理人", "Instead of")
	_ = fault.Say("web.relieves-nobody", "不替换谁，只加派", "nobody: the step is given to one more")
	_ = fault.Say("web.successor", "改由谁办理", "Who does it")
	_ = fault.Say("web.back-to", "退到", "Back to")
	_ = fault.Say("web.back-hint", "退给编辑的，审签从头来过；退到别的环节的，从那一环节起重新办理，前面的意见仍然算数。", "Returned to the editor, everybody decides anew. Returned to another step, that step and what follows are done again; what was decided before it stands.")
	_ = fault.Say("web.decisions", "已有意见", "Decisions")
	_ = fault.Say("web.no-decisions", "还没有人表示意见。", "Nobody has decided yet.")
	_ = fault.Say("web.lapsed", "内容已变，不再算数", "no longer counts: the issue has changed since")
	_ = fault.Say("web.history", "经过", "History")
	_ = fault.Say("web.robot", "系统", "program")
)

// The words of circulation, letters and copies.
var (
	_ = fault.Say("web.circulation", "发送范围", "Circulation")
	_ = fault.Say("web.no-circulation", "正文末尾没有名单。", "The text has no lists.")
	_ = fault.Say("web.list", "名单", "List")
	_ = fault.Say("web.entry", "名单上的写法", "Entry")
	_ = fault.Say("web.unit", "单位全称", "Unit")
	_ = fault.Say("web.address", "地址", "Address")
	_ = fault.Say("web.channel", "方式", "Channel")
	_ = fault.Say("web.copies", "份数", "Copies")
	_ = fault.Say("web.assumed", "未经核实", "not confirmed")
	_ = fault.Say("web.unresolved", "不知道是哪个单位", "no unit is known by this name")
	_ = fault.Say("web.settle-names", "请核定这些名称", "Names to be settled")
	_ = fault.Say("web.settle-hint", "选定以后本刊一直照此办理。", "The series remembers the choice.")
	_ = fault.Say("web.settle-again", "改动名单后，这一期要重新审签。", "A change of the lists means that this issue must be approved again.")
	_ = fault.Say("web.in-list", "“%s”名单", "list “%s”")
	_ = fault.Say("web.ambiguous", "通讯录里有几个可能的单位", "may mean several units of the directory")
	_ = fault.Say("web.other-unit", "通讯录里的单位全称", "Full name of a unit in the directory")
	_ = fault.Say("web.settle", "核定", "Settle")
	_ = fault.Say("web.no-address", "没有地址", "no address")
	_ = fault.Say("web.print-run", "印数", "Print run")
	_ = fault.Say("web.printed", "共印%d份", "%d copies printed")
	_ = fault.Say("web.dispatch", "发送情况", "Dispatch")
	_ = fault.Say("web.dispatch-note", "“已交邮件服务器”是说邮件服务器收下了，不等于对方已经看到。", "“Taken by the relay” means that the mail server has it, not that anybody has read it.")
	_ = fault.Say("web.no-letters", "还没有发送。", "Nothing has been sent yet.")
	_ = fault.Say("web.tries", "次数", "Tries")
	_ = fault.Say("web.answer", "邮件服务器的答复", "The relay's answer")
	_ = fault.Say("web.earlier", "先前：", "Earlier:")
	_ = fault.Say("web.updated", "时间", "Time")
	_ = fault.Say("web.ledger", "份数账", "Ledger of copies")
	_ = fault.Say("web.no-entries", "还没有记账。", "There are no entries yet.")
	_ = fault.Say("web.balances", "现在在哪里", "Where the copies are")
	_ = fault.Say("web.entries", "明细", "Entries")
	_ = fault.Say("web.account", "去处", "Account")
	_ = fault.Say("web.from", "从", "From")
	_ = fault.Say("web.to", "到", "To")
	_ = fault.Say("web.by", "经手", "By")
	_ = fault.Say("web.reason", "说明", "Reason")
)
