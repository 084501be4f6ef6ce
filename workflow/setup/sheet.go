package setup

// A Sheet is the settings of a series as people write them. Its tags are what
// the annotated text says of each, in Chinese and in English.
type Sheet struct {
	Masthead   string   `toml:"masthead" json:"masthead" zh:"刊名。" en:"The masthead."`
	Organ      string   `toml:"organ" json:"organ" zh:"编发单位。" en:"The organ that issues it."`
	Place      string   `toml:"place" json:"place" zh:"所在地，用来认名单上的简称，如 鄂尔多斯。" en:"Where short names on its lists mean something, such as “鄂尔多斯”."`
	Mailbox    string   `toml:"mailbox" json:"mailbox" zh:"发信用的邮箱地址；空着不能用邮件发。" en:"The address its letters come from; nothing is mailed without one."`
	Domains    []string `toml:"domains" json:"domains" zh:"注明“内部”的期，邮件只发往这些域名（含下级域名）；空着就是发信邮箱的域名。另有需要的逐期准许。" en:"Issues marked internal are mailed to these domains alone, and those below them; to that of the mailbox if empty. Anything else is permitted issue by issue."`
	Zone       string   `toml:"zone" json:"zone" zh:"时区，如 Asia/Shanghai。" en:"Its time zone, such as Asia/Shanghai."`
	Sections   []string `toml:"sections" json:"sections" zh:"固定栏目，按先后。" en:"The fixed sections, in order."`
	FileCopies int      `toml:"file_copies" json:"file_copies" zh:"存档几份（正文没有写的时候）。" en:"Copies on file where the text names none."`
	TwoPerson  string   `toml:"two_person" json:"two_person" zh:"两人办刊例外：写明理由，一人可在同一期里兼任两职；空着没有例外。设定人和时间由程序记下。" en:"The two-person exception: with a reason, one person may hold two offices of an issue; without one there is none. The program notes who set it and when."`
	Layout     string   `toml:"layout" json:"layout" zh:"版式：内置版式的名称，或本单位版式（JSON）；空着用“两行式”。换了版式，已签的期要重新签。" en:"The layout: the name of a built-in one, or the office's own (JSON); “两行式” if empty. With another one, what was approved is approved again."`

	Total     TotalLines    `toml:"total" json:"total" zh:"总期号" en:"The total number"`
	Sending   SendingLines  `toml:"sending" json:"sending" zh:"发送" en:"Sending"`
	Cadence   CadenceLines  `toml:"cadence" json:"cadence" zh:"周期" en:"Cadence"`
	Hours     HoursLines    `toml:"hours" json:"hours" zh:"工作时间" en:"Hours"`
	Reminders ReminderLines `toml:"reminders" json:"reminders" zh:"催办" en:"Reminders of a step's deadline"`
	Receipts  ReceiptLines  `toml:"receipts" json:"receipts" zh:"催签收" en:"Asking for receipts"`
	Leaders   []LeaderLine  `toml:"leaders" json:"leaders" zh:"领导姓名和职务，核稿时对照；order 小的在前，from、until 是任职起止日。" en:"Leaders whose names and titles are checked; the smallest order first, from and until bound their days of office."`
	Route     []StepLine    `toml:"route" json:"route" zh:"流程，按先后一步一段，第一步是编辑。kind：edit 编辑、review 审核、countersign 会签、sign-off 签发、recheck 复核、proof 校对。由谁办理：role 按职责（editor、reviewer、signatory、clerk），或 people 列人（登录名）、units 列单位（由其负责人办）。need：几人同意，all 是全部；不写是一人。skip：免办规则（not-ordinary 增刊等、not-mentioned 未提到所列单位、urgent 急件）。hours：办理时限，工作小时。overdue：逾期怎么办（remind 催办、escalate 提请 escalate_to 的人、pass-on 转代办人）。" en:"The route, a block for each step in order, the edit first. kind: edit, review, countersign, sign-off, recheck, proof. Who decides: role (editor, reviewer, signatory, clerk), or people (their logins) and units (their heads). need: how many must approve, or all; one if left out. skip: the rule for passing it over (not-ordinary, not-mentioned, urgent). hours: the deadline in working hours. overdue: remind, escalate (to the person at escalate_to) or pass-on (to deputies)."`
	Heads     []HeadLine    `toml:"heads" json:"heads" zh:"流程里各单位的负责人（登录名）。负责人是整个单位的，别的刊物的流程也照此。" en:"The heads (logins) of the units in the route. They head the unit for every series."`
}

// TotalLines say how the total number runs.
type TotalLines struct {
	Kinds []string `toml:"kinds" json:"kinds" zh:"哪些刊期计入总期号：正刊、增刊、专刊、特刊；空着没有总期号。" en:"Which kinds count: “正刊” (ordinary), “增刊” (supplement), “专刊”, “特刊” (specials); no total number if empty."`
	Last  int      `toml:"last" json:"last" zh:"启用本程序以前，最后一期的总期号。" en:"The total number of the last issue before this program."`
}

// SendingLines say when letters leave.
type SendingLines struct {
	Window    string `toml:"window" json:"window" zh:"发送时段，如 1-5 8:00-18:00（1 是周一）；空着不限。" en:"When letters may leave, such as 1-5 8:00-18:00 (1 is Monday); always if empty."`
	Tolerance string `toml:"tolerance" json:"tolerance" zh:"定时发送最多可迟多久，再迟就等人处理，如 2h、30m。" en:"How late a release may be before it waits for a person, such as 2h or 30m."`
}

// CadenceLines say when issues are opened, and by when they are out.
type CadenceLines struct {
	Opens   string `toml:"opens" json:"opens" zh:"何时自动开期：分 时 日 月 周，如“0 9 1,15 * *”是每月1日、15日9点；空着由人开期。" en:"When the next issue is opened: minute, hour, day, month, weekday, such as “0 9 1,15 * *”; by people if empty."`
	MaxLate string `toml:"max_late" json:"max_late" zh:"开期最多迟多久还补办，如 24h。" en:"How late an opening is still made good, such as 24h."`
	CatchUp string `toml:"catch_up" json:"catch_up" zh:"停机错过的开期怎么补：latest 只补最近一次、all 逐次补、none 不补。" en:"What is made of openings that were missed: latest, all or none."`
	Appears string `toml:"appears" json:"appears" zh:"每期应在何时以前印发，写法同上；空着不查漏期。" en:"By when each issue is out, written likewise; no issue is missed if empty."`
	Ahead   string `toml:"ahead" json:"ahead" zh:"在那以前多久应有草稿，如 72h。" en:"How long before that there is a draft, such as 72h."`
}

// HoursLines are the hours of the office.
type HoursLines struct {
	Work         []string `toml:"work" json:"work" zh:"上班时间，按先后。" en:"The working hours, in order."`
	Quiet        string   `toml:"quiet" json:"quiet" zh:"免打扰时间，如 22:00-7:00；空着没有。" en:"When nobody is disturbed, such as 22:00-7:00; never if empty."`
	QuietDaysOff bool     `toml:"quiet_days_off" json:"quiet_days_off" zh:"休息日是否也不打扰。" en:"Whether nobody is disturbed on days off either."`
}

// ReminderLines are the ladder of reminders.
type ReminderLines struct {
	Ladder []ReminderLine `toml:"ladder" json:"ladder" zh:"各次催办：hours 是办理期限以后几个工作小时，以前为负；raise = true 的那次照该步的逾期办法办。" en:"The reminders: hours are working hours after the deadline, negative before it; with raise = true what the step has for being overdue is done."`
}

// A ReminderLine is one rung of the ladder.
type ReminderLine struct {
	Hours int  `toml:"hours" json:"hours"`
	Raise bool `toml:"raise,omitempty" json:"raise,omitempty"`
}

// ReceiptLines say how receipts are asked for.
type ReceiptLines struct {
	Within int         `toml:"within" json:"within" zh:"发出后几个工作日内应签收，统计用。" en:"Within how many working days an issue is to be acknowledged, for the statistics."`
	Chase  []ChaseLine `toml:"chase" json:"chase" zh:"各次催签收：days 是发出后几个工作日；whom：contact 联系人、deputy 副联系人、phone 打电话。空着不催。" en:"When receipts are asked for: days are working days after the release; whom is contact, deputy or phone. Nobody is asked if empty."`
}

// A ChaseLine is one rung of the ladder of asking for receipts.
type ChaseLine struct {
	Days int    `toml:"days" json:"days"`
	Whom string `toml:"whom" json:"whom"`
}

// A LeaderLine is one leader.
type LeaderLine struct {
	Name   string   `toml:"name" json:"name"`
	Titles []string `toml:"titles,omitempty" json:"titles,omitempty"`
	Order  int      `toml:"order,omitempty" json:"order,omitempty"`
	From   string   `toml:"from,omitempty" json:"from,omitempty"`
	Until  string   `toml:"until,omitempty" json:"until,omitempty"`
}

// A StepLine is one step of the route.
type StepLine struct {
	Kind       string   `toml:"kind" json:"kind"`
	Role       string   `toml:"role,omitempty" json:"role,omitempty"`
	People     []string `toml:"people,omitempty" json:"people,omitempty"`
	Units      []string `toml:"units,omitempty" json:"units,omitempty"`
	Need       string   `toml:"need,omitempty" json:"need,omitempty"`
	Skip       string   `toml:"skip,omitempty" json:"skip,omitempty"`
	Hours      int      `toml:"hours,omitempty" json:"hours,omitempty"`
	Overdue    string   `toml:"overdue,omitempty" json:"overdue,omitempty"`
	EscalateTo string   `toml:"escalate_to,omitempty" json:"escalate_to,omitempty"`
}

// A HeadLine says who heads a unit.
type HeadLine struct {
	Unit   string   `toml:"unit" json:"unit"`
	People []string `toml:"people" json:"people"`
}
