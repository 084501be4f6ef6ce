package settings

import "jianbao/fault"

// What the pages answer by themselves.
var (
	onlyAdmins   = fault.Say("settings.only-admins", "刊物的设置由本刊的管理员改，%s不是", "the settings are for admins of the series to change; %s is none")
	onlyFounders = fault.Say("settings.only-founders", "新建刊物和设单位负责人由全部刊物的管理员办，%s不是", "new series and heads of units are for admins of all series; %s is none")
)

// dayWords are the days of the week, Monday first.
var dayWords = [7]fault.Sentence{
	fault.Say("settings.day.1", "周一", "Mon"), fault.Say("settings.day.2", "周二", "Tue"), fault.Say("settings.day.3", "周三", "Wed"),
	fault.Say("settings.day.4", "周四", "Thu"), fault.Say("settings.day.5", "周五", "Fri"), fault.Say("settings.day.6", "周六", "Sat"), fault.Say("settings.day.7", "周日", "Sun"),
}

// The words of the templates, which find them by key.
var _ = []fault.Sentence{
	fault.Say("settings.title", "刊物设置", "Settings of the series"), fault.Say("settings.look", "版式与样张", "Look, with its proof"), fault.Say("settings.standing-lists", "常用名单", "Standing lists"),
	fault.Say("settings.of", "%s的设置", "Settings of %s"),
	fault.Say("settings.to-list", "全部刊物", "All series"),
	fault.Say("settings.none", "您还没有任何刊物。", "You have no series yet."),
	fault.Say("settings.next", "下次开期", "Next issue"),
	fault.Say("settings.next-moments", "下次开期：", "The next issues are opened:"),
	fault.Say("settings.by-hand", "由人开期", "opened by people"),
	fault.Say("settings.to-people", "人员和权限", "People and rights"),
	fault.Say("settings.to-holidays", "放假安排", "Public holidays"),
	fault.Say("settings.to-hooks", "向其他系统推送", "Messages to other programs"),
	fault.Say("settings.to-relays", "发信", "Mail"),
	fault.Say("settings.to-start", "启用向导", "First steps"),
	fault.Say("settings.to-audit", "审计记录", "Audit trail"),
	fault.Say("settings.handover", "移交离岗人员的事项", "Hand over the work of somebody who leaves"),
	fault.Say("settings.new", "新建刊物", "New series"),
	fault.Say("settings.route-to-begin", "流程", "Route"),
	fault.Say("settings.countersign", "会签单位（选第二种流程时；写全称，几个用顿号分开）", "Units that countersign (for the second route; full names, with commas between)"),
	fault.Say("settings.make", "新建", "Make it"),
	fault.Say("settings.doubts", "请留意", "Please note"),
	fault.Say("settings.read-only", "您可以看，修改由本刊的管理员办。", "You may look; changes are for admins of the series."),
	fault.Say("settings.save", "保存", "Save"),
	fault.Say("settings.download", "下载为文件（jianbao series set 可读）", "Download as a file (for jianbao series set)"),

	fault.Say("settings.basics", "基本", "Basics"),
	fault.Say("settings.domains-hint", "注明“内部”的期，邮件只发往这些域名及其下级；一行一个，空着就是发信邮箱的域名。", "Issues marked internal are mailed to these domains and those below them; one to a line, that of the mailbox if empty."),
	fault.Say("settings.sections-hint", "一行一个，按先后。", "One to a line, in order."),
	fault.Say("settings.layout-own", "本单位版式（JSON，写在下面）", "the office's own (JSON, below)"),
	fault.Say("settings.layout-hint", "换了版式，已签的期要重新签。", "With another layout, what was approved is approved again."),
	fault.Say("settings.layout-text", "本单位版式", "The office's own layout"),
	fault.Say("settings.exception-hint", "写明理由，一人可在同一期里兼任两职；空着没有例外。用了例外的期，历史里会写明。", "With a reason, one person may hold two offices of an issue; none without one. The history of an issue that used it says so."),
	fault.Say("settings.exception-by", "由%s于%s设定。", "Set by %s on %s."),

	fault.Say("settings.route", "流程", "Route"),
	fault.Say("settings.unsaved", "流程已按您的操作调整，还没有保存。", "The route is as you moved it, and not saved yet."),
	fault.Say("settings.drawing", "流程图：", "The route:"),
	fault.Say("settings.step", "第%d步", "Step %d"),
	fault.Say("settings.kind", "环节", "Kind"),
	fault.Say("settings.role", "按职责", "By role"),
	fault.Say("settings.no-role", "不按职责，由下列人和单位", "no role, but whom is named"),
	fault.Say("settings.people", "人员", "People"),
	fault.Say("settings.units", "单位（由其负责人办）", "Units (by their heads)"),
	fault.Say("settings.need", "几人同意", "How many must approve"),
	fault.Say("settings.need-all", "全部", "all"),
	fault.Say("settings.hours-limit", "时限（工作小时）", "Deadline (working hours)"),
	fault.Say("settings.skip", "免办", "Skip"),
	fault.Say("settings.never", "不免", "never"),
	fault.Say("settings.overdue", "逾期", "When overdue"),
	fault.Say("settings.escalate-to", "提请谁", "Escalate to"),
	fault.Say("settings.people-hint", "人写登录名，没有重名也可写姓名；单位写全称；几个用顿号或逗号分开。时限空着或写0就是不限。", "People by login, or by name where nobody else has it; units by their full name; commas between several. No deadline if blank or 0."),
	fault.Say("settings.people-here", "本刊人员", "People of the series"),
	fault.Say("settings.up", "上移", "Up"),
	fault.Say("settings.down", "下移", "Down"),
	fault.Say("settings.remove", "去掉", "Remove"),
	fault.Say("settings.add-step", "加一步", "Add a step"),
	fault.Say("settings.save-route", "保存流程", "Save the route"),

	fault.Say("settings.heads", "单位负责人", "Heads of units"),
	fault.Say("settings.heads-hint", "流程里各单位由谁代表；对全部刊物都有效，由全部刊物的管理员设。", "Who decides for the units in the route. It holds for all series, and is for admins of all to say."),

	fault.Say("settings.sending", "发送", "Sending"),
	fault.Say("settings.window-hint", "都空着就是不限时段。放假日不发，补班日照工作日。", "Always, if all is left blank. Not on holidays; on make-up workdays as on working days."),
	fault.Say("settings.from", "从", "From"),
	fault.Say("settings.to", "到", "To"),
	fault.Say("settings.duration-hint", "写成 2小时、30分钟、3天 这样。", "Written like 2h, 30m or 3d."),

	fault.Say("settings.cadence", "周期", "Cadence"),
	fault.Say("settings.spec-hint", "五项：分 时 日 月 周。“0 9 1,15 * *”是每月1日、15日9点，“30 8 * * 1”是每周一8点半；空着由人开期。", "Five fields: minute, hour, day, month, weekday. “0 9 1,15 * *” is at 9:00 on day 1 and 15, “30 8 * * 1” at 8:30 on Mondays; by people if blank."),
	fault.Say("settings.appears-hint", "写法同上；到时没有印发就告诉有关的人。空着不查。", "Written likewise; people are told when an issue is not out by then. Not looked at if blank."),
	fault.Say("settings.due", "下次应印发：%s", "The next one is to be out by %s"),

	fault.Say("settings.hours", "工作时间", "Hours"),
	fault.Say("settings.work-hint", "按先后，用顿号分开。节假日另在日历里。", "In order, with commas between. Holidays are in the calendar."),
	fault.Say("settings.quiet-hint", "如 22:00-7:00；空着没有。", "Such as 22:00-7:00; never if blank."),

	fault.Say("settings.reminders", "催办", "Reminders"),
	fault.Say("settings.reminders-hint", "相对于每一步的办理期限；空着的行不算。", "Against the deadline of each step; blank rows do not count."),
	fault.Say("settings.working-hours", "工作小时", "Working hours"),
	fault.Say("settings.side", "期限", "Deadline"),
	fault.Say("settings.before", "以前", "before"),
	fault.Say("settings.after", "以后", "after"),
	fault.Say("settings.raise", "照逾期办法办", "do what is done when overdue"),

	fault.Say("settings.receipts", "催签收", "Asking for receipts"),
	fault.Say("settings.receipts-hint", "空着的行不算；一行也没有就不催。", "Blank rows do not count; nobody is asked where there are none."),
	fault.Say("settings.days", "发出后第几个工作日", "Working day after the release"),
	fault.Say("settings.whom", "催谁", "Whom"),

	fault.Say("settings.leaders", "领导姓名和职务", "Leaders and their titles"),
	fault.Say("settings.leaders-hint", "核稿时对照。空着姓名的行不算。", "Held against the text. Rows without a name do not count."),
	fault.Say("settings.name", "姓名", "Name"),
	fault.Say("settings.titles", "职务（顿号分开）", "Titles (commas between)"),
	fault.Say("settings.order", "次序", "Order"),
	fault.Say("settings.since", "任职自", "Since"),
	fault.Say("settings.until", "至", "Until"),

	fault.Say("settings.history", "修改记录", "History"),
	fault.Say("settings.no-history", "还没有改过。", "Nothing was changed yet."),
	fault.Say("settings.when", "时间", "When"),
	fault.Say("settings.who", "谁", "Who"),
	fault.Say("settings.what", "改了什么", "What"),
}
