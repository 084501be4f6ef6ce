package bulletin

import (
	"jianbao/fault"
)

// What Parse says. Each sentence belongs to the Problem code of its key.
var (
	yearFromDate   = fault.Say("bulletin.year-from-date", "期号里没有年份，按日期取%d年", "the number line has no year; %d was taken from the date")
	yearDiffers    = fault.Say("bulletin.year-differs", "期号写的是%d年，日期却是%d年", "the number line says %d, the date %d")
	noNumber       = fault.Say("bulletin.no-number", "没有找到期号", "no number line was found")
	noMasthead     = fault.Say("bulletin.no-masthead", "没有找到简报名称", "no masthead was found")
	noOrgan        = fault.Say("bulletin.no-organ", "没有找到编印单位", "no issuing organ was found")
	noDate         = fault.Say("bulletin.no-date", "没有找到日期", "no date was found")
	impossibleDate = fault.Say("bulletin.impossible-date", "没有“%s”这一天，日期未采用", "there is no such day as %s; the date was not taken")
	timeOfDay      = fault.Say("bulletin.time-of-day", "日期后面的钟点“%s”未采用", "the time of day %s behind the date was not taken")
	unknownHead    = fault.Say("bulletin.unknown-head", "报头上方的“%s”不知是什么，原样保留", "what is %q above the masthead? It was kept as it is")
	unknownLine    = fault.Say("bulletin.unknown-line", "“%s”不知是什么，原样保留", "what is %q? It was kept as it is")
	droppedLayout  = fault.Say("bulletin.dropped-layout", "“%s”是页码、重复的报头或落款，不算正文", "%q is a page number, a running head or a repeated signature and was left out")
	labelInBody    = fault.Say("bulletin.label-in-body", "正文中间出现“%s：”，是正文还是报尾？暂作正文：%s", "the label %s stands in the body; text or tail? Taken as text: %s")
	listSentence   = fault.Say("bulletin.list-sentence", "“%s”后面像一句话，不像单位名单：%s", "what follows %s reads like a sentence, not like units: %s")
	listWrapped    = fault.Say("bulletin.list-wrapped", "“%s”的名单换行处没有顿号，已按新的单位“%s”接上", "the list %s goes on in a new line without a separator; %s was taken as a new name")
	listJoined     = fault.Say("bulletin.list-joined", "“%s”的名单换行处没有顿号，“%s”接在上一行的名称后面", "the list %s goes on in a new line without a separator; %s was joined to the name above")
	blankNumber    = fault.Say("bulletin.blank-number", "期号没有填写：%s", "the number is not filled in: %s")
	blankRun       = fault.Say("bulletin.blank-run", "印数没有填写：%s", "the print run is not filled in: %s")
	noDay          = fault.Say("bulletin.no-day", "日期不完整：%s", "the date is not complete: %s")
	secretWord     = fault.Say("bulletin.secret-word", "正文提到“%s”，请确认不涉密", "the text mentions %s; make sure that it is not classified")
	severalIssues  = fault.Say("bulletin.several-issues", "文件里有%d期简报，这里只读第一期；第二期从第%d行开始，请分开导入", "the file holds %d bulletins and only the first was read; the second begins at line %d; bring them in one by one")
	remarkUnsigned = fault.Say("bulletin.remark-unsigned", "领导批示没有署名和日期", "the leader's remark has no name and date")
	noSignatory    = fault.Say("bulletin.no-signatory", "文中没有签发人", "no signatory is named")
	noPrintRun     = fault.Say("bulletin.no-print-run", "没有找到印数（共印N份）", "no print run was found")
	noList         = fault.Say("bulletin.no-list", "没有找到报、送、发的名单", "no list of recipients was found")
	phoneArea      = fault.Say("bulletin.phone-area", "电话%s没有区号，外地收件人打不通", "telephone %s has no area code")
	takenAsHeading = fault.Say("bulletin.heading", "“%s”按小标题处理", "%q was taken as a heading")

	seamJoined   = fault.Say("bulletin.seam-joined", "段落被分页断开，已接上：%s｜%s", "a paragraph broken by a page was joined: %s|%s")
	seamOverlap  = fault.Say("bulletin.seam-overlap", "分页处重复了“%s”：%s｜%s，请选定读法", "%q stands on both sides of a page break: %s|%s; choose how it reads")
	seamRepeated = fault.Say("bulletin.seam-repeated", "下一段开头重复了“%s…”，是不是分页时多抄了？", "the next paragraph repeats “%s…”; was it copied twice at a page break?")
	dropOverlap  = fault.Say("bulletin.choice-drop", "去掉重复的“%s”后接上", "drop the repeated %q and join")
	joinAsIs     = fault.Say("bulletin.choice-join", "照原样接成一段", "join as it stands")
	keepApart    = fault.Say("bulletin.choice-apart", "不接，保留为两段", "keep apart as two paragraphs")

	notABulletin = fault.Say("bulletin.not-a-bulletin", "这不是一份简报", "this is not a bulletin")
	emptyText    = fault.Say("bulletin.empty", "文本是空的", "the text is empty")
	noItems      = fault.Say("bulletin.no-items", "没有正文", "there is no body")
	fewTraits    = fault.Say("bulletin.few-traits", "期号、日期、栏目、名单、印数中至少要有两样（以“简报”等结尾的名称也算一样）", "at least two of number, date, sections, lists and print run are needed (a masthead ending in “简报” or the like counts as one)")
)

func (p *parser) problem(s Severity, code string, line int, reason fault.Reason) {
	p.problems = append(p.problems, Problem{Code: code, Severity: s, Line: line, Reason: reason})
}

// drop leaves out a line that is layout and says so.
func (p *parser) drop(l line) {
	p.problem(Note, "dropped-layout", l.no, droppedLayout.With(l.text))
}
