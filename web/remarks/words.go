package remarks

import (
	"html/template"

	"jianbao/bulletin"
	"jianbao/fault"
	"jianbao/web/page"
	"jianbao/workflow/calendar"
	"jianbao/workflow/remarks"
)

var (
	badMonth     = fault.Say("web.remarks.bad-month", "看不懂的月份：%q，应如 2021-07", "this is no month: %q; write 2021-07")
	badDay       = fault.Say("web.remarks.bad-day", "看不懂的日期：%q，应如 2021-07-16", "this is no day: %q; write 2021-07-16")
	chooseUnit   = fault.Say("web.remarks.choose-unit", "请选择单位", "choose a unit")
	chooseIssue  = fault.Say("web.remarks.choose-issue", "请选择在哪一期选登", "choose the issue that shows it")
	chooseRemark = fault.Say("web.remarks.choose-remark", "请选择要选登的批示", "choose the remarks to show")
	oneScan      = fault.Say("web.remarks.one-scan", "扫描件只要一个文件；多页的请合成一个 PDF", "one file shows the remark; put several pages into one PDF")
	notForYou    = fault.Say("web.remarks.not-for-you", "%s不是本刊的文书或编辑，不能登记批示", "%s is neither clerk nor editor of this series and may not enter remarks")
	sayWhy       = fault.Say("web.remarks.say-why", "请写明为什么不是批示", "say why it is no remark")
	overdueBy    = fault.Say("web.remarks.overdue-by", "已逾期%d个工作日", "%d working days overdue")
	dueNow       = fault.Say("web.remarks.due-now", "今日到期", "due today")
	daysLeft     = fault.Say("web.remarks.days-left", "剩%d个工作日", "%d working days left")
	monthFile    = fault.Say("web.remarks.month-file", "%s%d年%d月批示办理情况", "%s remarks %d-%d")
	ledgerFile   = fault.Say("web.remarks.ledger-file", "%s批示办理台账", "%s remarks")
)

// The words of the pages. Templates find them by key.
var (
	_ = fault.Say("web.remarks.title", "领导批示", "Leaders' remarks")
	_ = fault.Say("web.remarks.ledger", "批示办理台账", "Ledger of remarks")
	_ = fault.Say("web.remarks.tray", "来信中的批示", "Remarks that came by mail")
	_ = fault.Say("web.remarks.tray-waits", "%d封来信像是批示，待登记", "%d mails look like remarks and wait to be entered")
	_ = fault.Say("web.remarks.tray-empty", "没有待登记的来信。", "No mail waits to be entered.")
	_ = fault.Say("web.remarks.tray-hint", "这里是像批示、还没有人处理的来信，引用的原文已经去掉。登记后由另一人核对。", "Mails that look like remarks and that nobody has dealt with, without what they quote. What is entered is checked by somebody else.")
	_ = fault.Say("web.remarks.original", "下载原信", "Download the mail")
	_ = fault.Say("web.remarks.no-remark", "不是批示", "It is no remark")
	_ = fault.Say("web.remarks.why-none", "为什么不是批示", "Why it is no remark")
	_ = fault.Say("web.remarks.which-issue", "是对哪一期的批示", "Which issue it is on")
	_ = fault.Say("web.remarks.to-entry", "去登记", "Enter it")
	_ = fault.Say("web.remarks.from", "来自", "From")
	_ = fault.Say("web.remarks.no-subject", "（无主题）", "(no subject)")
	_ = fault.Say("web.remarks.count", "%d条在办，其中逾期%d条", "%d open, %d of them overdue")
	_ = fault.Say("web.remarks.part.open", "在办", "Open")
	_ = fault.Say("web.remarks.part.overdue", "逾期", "Overdue")
	_ = fault.Say("web.remarks.part.closed", "已办结", "Closed")
	_ = fault.Say("web.remarks.part.all", "全部", "All")
	_ = fault.Say("web.remarks.year", "年度", "Year")
	_ = fault.Say("web.remarks.look", "查看", "Show")
	_ = fault.Say("web.remarks.month", "月份", "Month")
	_ = fault.Say("web.remarks.month-sheet", "下载月报（XLSX）", "Month as XLSX")
	_ = fault.Say("web.remarks.ledger-sheet", "下载台账（CSV）", "Ledger as CSV")
	_ = fault.Say("web.remarks.no-series", "还没有刊物。有了刊物，发出的各期都可以在这里登记批示。", "There is no series yet. Remarks on what its issues said are entered here once there is one.")
	_ = fault.Say("web.remarks.none", "没有这样的批示。", "There are no such remarks.")
	_ = fault.Say("web.remarks.how", "登记批示：打开所批的那一期，点“领导批示”。", "To enter one, open the issue that it is on and choose Leaders' remarks.")
	_ = fault.Say("web.remarks.slip-no", "单号", "Slip")
	_ = fault.Say("web.remarks.remark", "批示", "Remark")
	_ = fault.Say("web.remarks.on", "批在", "On")
	_ = fault.Say("web.remarks.units", "承办单位", "Units")
	_ = fault.Say("web.remarks.due", "办理期限", "Due")
	_ = fault.Say("web.remarks.state", "状态", "State")
	_ = fault.Say("web.remarks.leader", "批示领导", "Leader")
	_ = fault.Say("web.remarks.role", "职务", "Role")
	_ = fault.Say("web.remarks.text", "批示内容", "What it says")
	_ = fault.Say("web.remarks.date", "批示日期", "Date")
	_ = fault.Say("web.remarks.item", "批在哪一条", "On which item")
	_ = fault.Say("web.remarks.whole", "全期", "the whole issue")
	_ = fault.Say("web.remarks.source", "来源", "Source")
	_ = fault.Say("web.remarks.scan", "扫描件", "Scan")
	_ = fault.Say("web.remarks.scan-hint", "有批示手迹的那一页，PDF 或图片；密件不得上传。", "The page with the handwriting, PDF or a picture; nothing classified.")
	_ = fault.Say("web.remarks.enter", "登记批示", "Enter a remark")
	_ = fault.Say("web.remarks.enter-hint", "照原件逐字登记，登记后由另一人对照原件核对。", "Word for word; somebody else then checks it against the original.")
	_ = fault.Say("web.remarks.to-ledger", "台账", "Ledger")
	_ = fault.Say("web.remarks.to-issue", "本期", "The issue")
	_ = fault.Say("web.remarks.print-slip", "交办单（打印）", "Slip, to print")
	_ = fault.Say("web.remarks.can", "可以办理", "What can be done")
	_ = fault.Say("web.remarks.cannot", "现在不能办理的", "What cannot be done now")
	_ = fault.Say("web.remarks.nothing", "现在没有您要办的。", "There is nothing for you to do now.")
	_ = fault.Say("web.remarks.history", "办理经过", "History")
	_ = fault.Say("web.remarks.replies", "承办情况", "Replies")
	_ = fault.Say("web.remarks.waiting", "尚未反馈", "not answered yet")
	_ = fault.Say("web.remarks.sent-back", "%s于%s退回：%s", "sent back by %s at %s: %s")
	_ = fault.Say("web.remarks.lead", "主办", "leads")
	_ = fault.Say("web.remarks.helps", "协办", "helps")
	_ = fault.Say("web.remarks.extension", "延期申请", "More time")
	_ = fault.Say("web.remarks.asked", "%s申请延期到%s：%s", "%s asked for time until %s: %s")
	_ = fault.Say("web.remarks.granted", "%s同意：%s", "%s granted it: %s")
	_ = fault.Say("web.remarks.refused", "%s不同意：%s", "%s refused it: %s")
	_ = fault.Say("web.remarks.undecided", "待审批", "not decided yet")
	_ = fault.Say("web.remarks.task", "交办事项", "Task")
	_ = fault.Say("web.remarks.outcome", "办理结果", "Outcome")
	_ = fault.Say("web.remarks.told", "报告情况", "Report")
	_ = fault.Say("web.remarks.entered", "登记人", "Entered by")
	_ = fault.Say("web.remarks.checked", "核对人", "Checked by")
	_ = fault.Say("web.remarks.assigned", "交办人", "Assigned by")
	_ = fault.Say("web.remarks.units-names", "承办单位（主办在前，用顿号分开）", "Units (the leading one first, with “、” between them)")
	_ = fault.Say("web.remarks.unit", "单位", "Unit")
	_ = fault.Say("web.remarks.due-set", "办理期限", "Last day")
	_ = fault.Say("web.remarks.due-found", "批示写明“%s”，按工作日推算；可以改。", "The remark says “%s”, counted in working days; it can be changed.")
	_ = fault.Say("web.remarks.due-none", "批示里没有读到期限，请定一个日期。", "The remark names no deadline; set one.")
	_ = fault.Say("web.remarks.into", "选登在", "Show it in")
	_ = fault.Say("web.remarks.draft", "%s的草稿（%s）", "draft of %s (%s)")
	_ = fault.Say("web.remarks.on-issue", "对本期的批示", "Remarks on this issue")
	_ = fault.Say("web.remarks.earlier", "可以选登的批示", "Remarks that this issue may show")
	_ = fault.Say("web.remarks.earlier-hint", "选中的写入正文的“批示选登”栏目，可以再改。", "Those chosen are written into the section “批示选登” of the text, where they can be edited.")
	_ = fault.Say("web.remarks.take", "收入正文", "Put into the text")
	_ = fault.Say("web.remarks.slip-title", "领导批示交办单", "Action slip")
	_ = fault.Say("web.remarks.slip-of", "所批刊物", "Issue")
	_ = fault.Say("web.remarks.slip-copy", "批示抄清", "The remark, copied")
	_ = fault.Say("web.remarks.slip-reply", "请于期限前书面反馈；确需延期的，请在期限前提出。", "In writing before the last day; more time is asked for before it.")
	_ = fault.Say("web.remarks.slip-sign", "承办人：　　　　负责人：　　　　（盖章）　　年　月　日", "By:            Head:            (seal)")
	_ = fault.Say("web.remarks.slip-given", "交办单位：%s　　交办日期：%s　　经办人：%s", "Given by %s on %s, %s")
	_ = fault.Say("web.remarks.print-hint", "用浏览器打印（A4），或存为 PDF。", "Print it with the browser (A4), or save it as PDF.")
)

// noteWords are what the note of an act is.
var noteWords = map[remarks.Act]fault.Sentence{
	remarks.Assign:       fault.Say("web.remarks.note.assign", "交办事项（不填即批示原文）", "Task (empty: the remark as it is)"),
	remarks.TakeReply:    fault.Say("web.remarks.note.reply", "反馈的承办情况", "What the unit answers"),
	remarks.SendBack:     fault.Say("web.remarks.note.send-back", "退回的理由", "Why it is sent back"),
	remarks.AskLonger:    fault.Say("web.remarks.note.ask", "延期的理由", "Why more time is needed"),
	remarks.GrantLonger:  fault.Say("web.remarks.note.grant", "审批意见", "What is said of it"),
	remarks.RefuseLonger: fault.Say("web.remarks.note.refuse", "不同意的理由", "Why it is refused"),
	remarks.Close:        fault.Say("web.remarks.note.close", "办理结果（无须交办的，写明为什么）", "Outcome (or why nothing had to be assigned)"),
	remarks.Report:       fault.Say("web.remarks.note.report", "怎样报告、领导有何意见", "How the leader was told, and what was said"),
	remarks.Void:         fault.Say("web.remarks.note.void", "作废的理由", "Why it is void"),
}

var sourceWords = map[remarks.Source]fault.Sentence{
	remarks.FromReply: fault.Say("web.remarks.source.reply", "回复邮件", "a reply by mail"),
	remarks.FromScan:  fault.Say("web.remarks.source.scan", "扫描件", "a scan"),
	remarks.ByKeying:  fault.Say("web.remarks.source.keyed", "照原件或电话录入", "keyed in, from the paper or a call"),
}

// functions are what the templates of the room call beside those of the kit.
func functions(lang fault.Lang) template.FuncMap {
	return template.FuncMap{
		"note":      func(a remarks.Act) string { return noteWords[a].With().In(lang) },
		"source":    func(s remarks.Source) string { return sourceWords[s].With().In(lang) },
		"shortDate": remarks.ShortDate,
		"when": func(d calendar.Day) string {
			return page.Day(bulletin.Date{Year: d.Year, Month: d.Month, Day: d.Day}, lang)
		},
		"plus": func(a, b int) int { return a + b },
	}
}
