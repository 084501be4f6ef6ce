package bulletin

import (
	"strings"

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
	remarkUnsigned = fault.Say("bulletin.remark-unsigned", "领导批示没有署名和日期", "the leader's remark has no name and date")
	noSignatory    = fault.Say("bulletin.no-signatory", "文中没有签发人", "no signatory is named")
	noPrintRun     = fault.Say("bulletin.no-print-run", "没有找到印数（共印N份）", "no print run was found")
	noList         = fault.Say("bulletin.no-list", "没有找到报、送、发的名单", "no list of recipients was found")
	phoneArea      = fault.Say("bulletin.phone-area", "电话%s没有区号，外地收件人打不通", "telephone %s has no area code")
	takenAsHeading = fault.Say("bulletin.heading", "“%s”按小标题处理", "%q was taken as a heading")

	seamJoined  = fault.Say("bulletin.seam-joined", "段落被分页断开，已接上：%s｜%s", "a paragraph broken by a page was joined: %s|%s")
	seamOverlap = fault.Say("bulletin.seam-overlap", "分页处重复了“%s”：%s｜%s，请选定读法", "%q stands on both sides of a page break: %s|%s; choose how it reads")
	dropOverlap = fault.Say("bulletin.choice-drop", "去掉重复的“%s”后接上", "drop the repeated %q and join")
	joinAsIs    = fault.Say("bulletin.choice-join", "照原样接成一段", "join as it stands")
	keepApart   = fault.Say("bulletin.choice-apart", "不接，保留为两段", "keep apart as two paragraphs")

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

// check doubts the document as a whole: the year, and what is missing.
func (p *parser) check() {
	d := &p.doc
	if why := p.notABulletin(); len(why) > 0 {
		p.problem(Block, "not-a-bulletin", 0, notABulletin.With())
		for _, r := range why {
			p.problem(Ask, "not-a-bulletin-because", 0, r)
		}
	}
	if d.Number.Kind == "" {
		d.Number.Kind = Ordinary
	}
	p.checkYear()
	if d.Remark.By != "" && d.Remark.Date.Year == 0 {
		d.Remark.Date.Year = d.Date.Year
	}
	for _, miss := range []struct {
		missing bool
		s       Severity
		code    string
		reason  fault.Sentence
	}{
		{d.Masthead == "", Ask, "no-masthead", noMasthead},
		{d.Number.No == 0 && d.Number.Total == 0, Ask, "no-number", noNumber},
		{len(d.Organs) == 0, Ask, "no-organ", noOrgan},
		{d.Date.IsZero() && !p.dated, Ask, "no-date", noDate},
		{len(d.Lists) == 0, Ask, "no-list", noList},
		{d.PrintRun == 0, Ask, "no-print-run", noPrintRun},
		{d.Role("签发") == nil && d.Role("签发人") == nil, Note, "no-signatory", noSignatory},
	} {
		if miss.missing {
			p.problem(miss.s, miss.code, 0, miss.reason.With())
		}
	}
}

func (p *parser) checkYear() {
	n, date := &p.doc.Number, p.doc.Date
	switch {
	case n.No == 0 || date.IsZero():
	case n.Year == 0:
		n.Year, n.YearFromDate = date.Year, true
		p.problem(Note, "year-from-date", 0, yearFromDate.With(date.Year))
	case n.Year != date.Year:
		p.problem(Ask, "year-differs", 0, yearDiffers.With(n.Year, date.Year))
	}
}

// notABulletin returns why the text is no bulletin: it needs an item and two of
// the traits of one.
func (p *parser) notABulletin() []fault.Reason {
	if len(p.lines) == 0 {
		return []fault.Reason{emptyText.With()}
	}
	var why []fault.Reason
	if len(p.doc.Items()) == 0 {
		why = append(why, noItems.With())
	}
	if p.traits() < 2 {
		why = append(why, fewTraits.With())
	}
	return why
}

func (p *parser) traits() int {
	d, n := p.doc, 0
	for _, has := range []bool{
		hasSuffix(d.Masthead, mastheads) && !strings.ContainsAny(d.Masthead, "，、"),
		d.Number.No > 0 || d.Number.Total > 0,
		p.dated || !d.Date.IsZero(),
		len(d.Sections) > 0 && d.Sections[0].Name != "" || len(d.Sections) > 1,
		len(d.Lists) > 0,
		d.PrintRun > 0,
	} {
		if has {
			n++
		}
	}
	return n
}

// IsBulletin reports whether the text is a bulletin at all.
func (r Reading) IsBulletin() bool { return r.Refusal() == nil }

// Refusal returns the one error for a text that is no bulletin (fault.Invalid,
// with everything that is missing), or nil.
func (r Reading) Refusal() *fault.Error {
	var refusal *fault.Error
	for _, p := range r.Problems {
		switch p.Code {
		case "not-a-bulletin":
			refusal = fault.New(fault.Invalid, p.Reason)
		case "not-a-bulletin-because":
			if refusal != nil {
				refusal.Reasons = append(refusal.Reasons, p.Reason)
			}
		}
	}
	return refusal
}
