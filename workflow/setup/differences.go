package setup

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"jianbao/bulletin"
	"jianbao/fault"
	"jianbao/workflow"
	"jianbao/workflow/calendar"
)

// What the settings are called, in sentences and beside the fields of forms.
var (
	labelMasthead   = fault.Say("setup.masthead", "刊名", "masthead")
	labelOrgan      = fault.Say("setup.organ", "编发单位", "organ")
	labelPlace      = fault.Say("setup.place", "所在地", "place")
	labelMailbox    = fault.Say("setup.mailbox", "发信邮箱", "mailbox")
	labelDomains    = fault.Say("setup.domains", "内部邮件域名", "domains of internal mail")
	labelZone       = fault.Say("setup.zone", "时区", "time zone")
	labelSections   = fault.Say("setup.sections", "固定栏目", "fixed sections")
	labelFileCopies = fault.Say("setup.copies-on-file", "存档份数", "copies on file")
	labelLayout     = fault.Say("setup.layout", "版式", "layout")
	labelTwoPerson  = fault.Say("setup.two-person", "两人办刊例外", "two-person exception")
	labelTotalKinds = fault.Say("setup.total-kinds", "计入总期号的刊期", "kinds that have a total number")
	labelTotalLast  = fault.Say("setup.total-last", "此前最后的总期号", "last total number before")
	labelWindow     = fault.Say("setup.window", "发送时段", "send window")
	labelTolerance  = fault.Say("setup.tolerance", "发送最多可迟", "largest delay of a release")
	labelOpens      = fault.Say("setup.opens", "自动开期", "opening of issues")
	labelMaxLate    = fault.Say("setup.max-late", "开期最多迟多久补办", "largest delay of an opening")
	labelCatchUp    = fault.Say("setup.catch-up", "错过的开期", "openings that were missed")
	labelAppears    = fault.Say("setup.appears", "应印发的时间", "time by which issues are out")
	labelAhead      = fault.Say("setup.ahead", "提前多久应有草稿", "how long before that there is a draft")
	labelWork       = fault.Say("setup.work", "上班时间", "working hours")
	labelQuiet      = fault.Say("setup.quiet", "免打扰时间", "quiet hours")
	labelDaysOff    = fault.Say("setup.quiet-days-off", "休息日不打扰", "nobody is disturbed on days off")
	labelLadder     = fault.Say("setup.ladder", "催办", "reminders")
	labelWithin     = fault.Say("setup.within", "应签收的工作日数", "working days for receipts")
	labelChase      = fault.Say("setup.chase", "催签收", "asking for receipts")
	labelLeaders    = fault.Say("setup.leaders", "领导", "leaders")
)

var (
	changed    = fault.Say("setup.changed", "%s：由“%s”改为“%s”", "%s: from “%s” to “%s”")
	none       = fault.Say("setup.none", "无", "none")
	yes        = fault.Say("setup.yes", "是", "yes")
	no         = fault.Say("setup.no", "否", "no")
	both       = fault.Say("setup.both", "%s、%s", "%s, %s")
	ownLayout  = fault.Say("setup.own-layout", "本单位版式（%d字节，校验码%s）", "the office's own (%d bytes, check sum %s)")
	mainLayout = fault.Say("setup.main-layout", "内置", "built-in")
	headsAre   = fault.Say("setup.heads", "%s的负责人", "heads of %s")
	rungBefore = fault.Say("setup.rung-before", "期限前%d个工作小时", "%d working hours before the deadline")
	rungAt     = fault.Say("setup.rung-at", "到期时", "at the deadline")
	rungAfter  = fault.Say("setup.rung-after", "逾期%d个工作小时", "%d working hours after it")
	rungRaised = fault.Say("setup.rung-raised", "%s（并按逾期办法办）", "%s (with what is done when overdue)")
	chaseRung  = fault.Say("setup.chase-rung", "发出后第%d个工作日催%s", "on working day %d by %s")
	leaderIs   = fault.Say("setup.leader", "%s（%s）", "%s (%s)")
)

// whomWords are those who are asked for a receipt.
var whomWords = map[workflow.Whom]fault.Sentence{
	workflow.AskContact: fault.Say("setup.whom.contact", "联系人", "contact"),
	workflow.AskDeputy:  fault.Say("setup.whom.deputy", "副联系人", "deputy"),
	workflow.AskByPhone: fault.Say("setup.whom.phone", "打电话", "telephone"),
}

// catchUpWords are the ways to make good of what was missed.
var catchUpWords = map[workflow.CatchUp]fault.Sentence{
	workflow.CatchLatest: fault.Say("setup.catch-up.latest", "只补最近一次", "the latest alone"),
	workflow.CatchAll:    fault.Say("setup.catch-up.all", "逐次补办", "each of them"),
	workflow.CatchNone:   fault.Say("setup.catch-up.none", "不补", "none"),
}

// WhomTitle says in words whom a rung of the ladder of receipts turns to.
func WhomTitle(w workflow.Whom) fault.Reason { return whomWords[w].With() }

// CatchUpTitle says in words what is made of openings that were missed.
func CatchUpTitle(c workflow.CatchUp) fault.Reason { return catchUpWords[c].With() }

// OverdueTitle says in words what is done about a step that is overdue.
func OverdueTitle(a workflow.OverdueAct) fault.Reason { return lateWords[a].With() }

// A part is one setting that is shown in a few words, the same words meaning
// the same setting.
type part struct {
	label fault.Sentence
	words func(Settings) fault.Reason
}

// parts are all settings but the route and the heads, in the order of the sheet.
var parts = []part{
	{labelMasthead, func(s Settings) fault.Reason { return text(s.Series.Masthead) }},
	{labelOrgan, func(s Settings) fault.Reason { return text(s.Series.Organ) }},
	{labelPlace, func(s Settings) fault.Reason { return text(s.Series.Place) }},
	{labelMailbox, func(s Settings) fault.Reason { return text(s.Series.Mailbox) }},
	{labelDomains, func(s Settings) fault.Reason { return text(strings.Join(s.Series.Domains, "、")) }},
	{labelZone, func(s Settings) fault.Reason { return text(zoneOf(s.Series)) }},
	{labelSections, func(s Settings) fault.Reason { return text(strings.Join(s.Series.Sections, "、")) }},
	{labelFileCopies, func(s Settings) fault.Reason { return text(strconv.Itoa(s.Series.FileCopies)) }},
	{labelTwoPerson, exceptionWords},
	{labelLayout, layoutWords},
	{labelTotalKinds, func(s Settings) fault.Reason {
		return text(strings.Join(convert(s.Series.Total.Kinds, func(k bulletin.Kind) string { return string(k) }), "、"))
	}},
	{labelTotalLast, func(s Settings) fault.Reason { return text(strconv.Itoa(s.Series.Total.Last)) }},
	{labelWindow, func(s Settings) fault.Reason { return s.Series.Window.Describe() }},
	{labelTolerance, func(s Settings) fault.Reason { return text(spell(s.Series.Tolerance)) }},
	{labelOpens, func(s Settings) fault.Reason { return text(s.Series.Cadence.Spec) }},
	{labelMaxLate, func(s Settings) fault.Reason { return text(spell(or(s.Series.Cadence.MaxLate, usualMaxLate))) }},
	{labelCatchUp, func(s Settings) fault.Reason {
		return catchUpWords[or(s.Timetable.CatchUp, workflow.CatchLatest)].With()
	}},
	{labelAppears, func(s Settings) fault.Reason { return text(s.Timetable.Appears) }},
	{labelAhead, func(s Settings) fault.Reason { return text(spell(or(s.Timetable.Ahead, usualAhead))) }},
	{labelWork, func(s Settings) fault.Reason {
		return text(strings.Join(convert(workOf(s.Timetable.Hours), calendar.Span.String), "、"))
	}},
	{labelQuiet, func(s Settings) fault.Reason { return text(s.Timetable.Hours.Quiet.String()) }},
	{labelDaysOff, func(s Settings) fault.Reason { return yesOrNo(s.Timetable.Hours.QuietDaysOff) }},
	{labelLadder, func(s Settings) fault.Reason { return listed(convert(ladderOf(s.Timetable), rungWords)) }},
	{labelWithin, func(s Settings) fault.Reason { return text(strconv.Itoa(or(s.Timetable.Chasing.Within, usualWithin))) }},
	{labelChase, func(s Settings) fault.Reason { return listed(convert(s.Timetable.Chasing.Rungs, chaseWords)) }},
	{labelLeaders, func(s Settings) fault.Reason { return listed(convert(s.Series.Leaders, leaderWords)) }},
}

// Differences says in plain sentences what is other in after than in before;
// nothing where they come to the same.
func Differences(before, after Settings) (all []fault.Reason) {
	for _, p := range parts {
		was, is := p.words(before), p.words(after)
		if was.In(fault.ZH) != is.In(fault.ZH) {
			all = append(all, changed.With(p.label.With(), was, is))
		}
	}
	all = append(all, routeDifferences(before.Series.Route, after.Series.Route)...)
	return append(all, headDifferences(before, after)...)
}

func headDifferences(before, after Settings) (all []fault.Reason) {
	seen := map[uuid.UUID]bool{}
	for _, h := range slices.Concat(before.Heads, after.Heads) {
		if seen[h.Unit.ID] {
			continue
		}
		seen[h.Unit.ID] = true
		was, is := before.headsOf(h.Unit.ID), after.headsOf(h.Unit.ID)
		if !sameNamed(was, is) {
			all = append(all, changed.With(headsAre.With(h.Unit.Name), namesOf(was), namesOf(is)))
		}
	}
	return all
}

// sameNamed reports whether two lists name the same, in whatever order.
func sameNamed(a, b []workflow.Named) bool {
	has := func(list []workflow.Named, n workflow.Named) bool {
		return slices.ContainsFunc(list, func(o workflow.Named) bool { return o.ID == n.ID })
	}
	return len(a) == len(b) && !slices.ContainsFunc(a, func(n workflow.Named) bool { return !has(b, n) })
}

func exceptionWords(s Settings) fault.Reason {
	if s.Series.TwoPerson == nil {
		return none.With()
	}
	return text(s.Series.TwoPerson.Reason)
}

func layoutWords(s Settings) fault.Reason {
	switch shown := layoutText(s.Series.Layout); {
	case shown == "":
		return mainLayout.With()
	case isJSON(shown):
		sum := sha256.Sum256(s.Series.Layout)
		return ownLayout.With(len(shown), hex.EncodeToString(sum[:4]))
	default:
		return text(shown)
	}
}

func rungWords(r workflow.Rung) fault.Reason {
	words := rungAt.With()
	switch {
	case r.Hours < 0:
		words = rungBefore.With(-r.Hours)
	case r.Hours > 0:
		words = rungAfter.With(r.Hours)
	}
	if r.Raise {
		return rungRaised.With(words)
	}
	return words
}

func chaseWords(r workflow.ChaseRung) fault.Reason {
	return chaseRung.With(r.Days, whomWords[r.Whom].With())
}

func leaderWords(l workflow.Leader) fault.Reason {
	line := leaderLine(l)
	about := slices.Clone(line.Titles)
	if l.Order != 0 {
		about = append(about, strconv.Itoa(l.Order))
	}
	if line.From != "" || line.Until != "" {
		about = append(about, line.From+"~"+line.Until)
	}
	if len(about) == 0 {
		return text(l.Name)
	}
	return leaderIs.With(l.Name, strings.Join(about, "、"))
}

var asWritten = fault.Say("setup.as-written", "%s", "%s")

// text is what people wrote; of nothing it says so.
func text(words string) fault.Reason {
	if words == "" {
		return none.With()
	}
	return asWritten.With(words)
}

func yesOrNo(holds bool) fault.Reason {
	if holds {
		return yes.With()
	}
	return no.With()
}

// listed puts words one after the other.
func listed(all []fault.Reason) fault.Reason {
	if len(all) == 0 {
		return none.With()
	}
	list := all[0]
	for _, r := range all[1:] {
		list = both.With(list, r)
	}
	return list
}

func namesOf(all []workflow.Named) fault.Reason {
	return listed(convert(all, func(n workflow.Named) fault.Reason { return text(n.Name) }))
}
