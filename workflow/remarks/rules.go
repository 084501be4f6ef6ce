package remarks

import (
	"slices"
	"strings"

	"github.com/google/uuid"

	"jianbao/fault"
	"jianbao/workflow"
	"jianbao/workflow/calendar"
)

var (
	sayWords    = fault.Say("remarks.words", "请写明批示的领导和内容", "say which leader, and what the remark says")
	sayLong     = fault.Say("remarks.long", "批示和办理意见每项不超过%d字", "a remark, and each thing said of it, has at most %d characters")
	sayDate     = fault.Say("remarks.date", "批示日期%s不存在", "there is no such day: %s")
	sayLater    = fault.Say("remarks.date-later", "批示日期%s还没有到", "the day of the remark, %s, is still to come")
	sayScan     = fault.Say("remarks.scan", "来自扫描件的，要附扫描件", "a remark from a scan comes with the scan")
	sayNoSource = fault.Say("remarks.source", "没有这种来源：%q", "there is no such source: %q")
	sayOwn      = fault.Say("remarks.own", "%s登记的，须由他人核对", "%s entered it; somebody else must check it")
	sayReason   = fault.Say("remarks.reason", "请写明理由或内容", "say why, or what")
	sayUnits    = fault.Say("remarks.units", "请写明承办单位，每个一次，主办在前", "name the units that are to act, each once, the leading one first")
	sayNoDue    = fault.Say("remarks.no-due", "批示里没有读到期限，请写明", "the remark names no deadline; set one")
	sayDuePast  = fault.Say("remarks.due-past", "期限%s已经过去", "the deadline %s has passed")
	sayStranger = fault.Say("remarks.stranger", "不是承办单位", "it is none of the units that are to act")
	sayAnswered = fault.Say("remarks.answered", "%s已经反馈；要补充的，先退回重办", "%s has answered; send that back before it answers again")
	sayNoReply  = fault.Say("remarks.no-reply", "没有可退回的反馈", "there is no reply that could be sent back")
	sayLate     = fault.Say("remarks.late", "期限%s已过，不能再申请延期", "the deadline %s has passed; more time is asked for before that")
	sayAsked    = fault.Say("remarks.asked", "已有一个延期申请待批", "more time was asked for already and is not decided on")
	sayLonger   = fault.Say("remarks.longer", "延期应晚于原期限%s", "more time ends after %s")
	sayNoAsk    = fault.Say("remarks.no-ask", "没有待批的延期申请", "nobody asked for more time")
	sayNoIssue  = fault.Say("remarks.no-issue", "请写明在哪一期选登，每期一次", "say in which issue it is shown, once for each")
)

// maxText is how many characters a remark, a task, a reply or a reason has at
// most.
const maxText = 5000

func (c Case) hand() Hand {
	return Hand{By: c.Actor.Person.ID, Name: c.Actor.Name(), At: moment(c.Now), Note: c.Order.Note}
}

func (c Case) today() calendar.Day { return calendar.DayOf(c.Now.In(c.Series.Location())) }

func free(Case) []fault.Reason { return nil }

func againstWords(c Case) []fault.Reason {
	t := c.Order.Text
	if t == nil || strings.TrimSpace(t.Leader) == "" || strings.TrimSpace(t.Text) == "" {
		return []fault.Reason{sayWords.With()}
	}
	reasons := unless(len([]rune(t.Text)) <= maxText && len([]rune(t.Leader+t.Role)) <= 100, sayLong.With(maxText))
	reasons = append(reasons, unless(slices.Contains(Sources(), t.Source), sayNoSource.With(string(t.Source)))...)
	reasons = append(reasons, unless(t.Source != FromScan || t.Scan.SHA256 != "", sayScan.With())...)
	d := t.Date
	if d.Year == 0 {
		d.Year = 2024 // a leap year: February 29 may be meant
	}
	if t.Date.Day == 0 {
		return reasons
	}
	if !d.Real() {
		return append(reasons, sayDate.With(t.Date.String()))
	}
	today := c.today()
	written := calendar.Day{Year: d.Year, Month: d.Month, Day: d.Day}
	return append(reasons, unless(t.Date.Year == 0 || !today.Before(written), sayLater.With(t.Date.String()))...)
}

func applyWriting(c Case, r *Remark) { r.Writing, r.Entered = *c.Order.Text, c.hand() }

func againstOwn(c Case) []fault.Reason {
	return unless(c.Remark.Entered.By != c.Actor.Person.ID, sayOwn.With(c.Remark.Entered.Name))
}

func againstSilence(c Case) []fault.Reason {
	reasons := unless(strings.TrimSpace(c.Order.Note) != "", sayReason.With())
	return append(reasons, againstLong(c)...)
}

func againstLong(c Case) []fault.Reason {
	return unless(len([]rune(c.Order.Note)) <= maxText, sayLong.With(maxText))
}

// deadline is the day that the order sets, or that the remark says, counted
// from the day it is given to the units.
func (c Case) deadline() (calendar.Day, string) {
	if c.Order.Due != (calendar.Day{}) {
		return c.Order.Due, ""
	}
	d, _ := FindDeadline(c.Remark.Text, c.today(), c.Calendar)
	return d.Day, d.Words
}

func againstSlip(c Case) []fault.Reason {
	seen := map[uuid.UUID]bool{}
	for _, u := range c.Order.Units {
		seen[u.ID] = true
	}
	reasons := unless(len(seen) > 0 && len(seen) == len(c.Order.Units), sayUnits.With())
	reasons = append(reasons, againstLong(c)...)
	due, _ := c.deadline()
	if due == (calendar.Day{}) {
		return append(reasons, sayNoDue.With())
	}
	return append(reasons, unless(due.Real() && !due.Before(c.today()), sayDuePast.With(due.String()))...)
}

func applySlip(c Case, r *Remark) {
	due, words := c.deadline()
	task := strings.TrimSpace(c.Order.Note)
	if task == "" {
		task = r.Text
	}
	r.Slip = &Slip{Year: c.today().Year, No: c.LastSlip + 1, Task: task, Units: c.Order.Units, Due: due, Words: words, Given: c.hand()}
}

func againstReply(c Case) []fault.Reason {
	slip := c.Remark.Slip
	n := slices.IndexFunc(slip.Units, func(u workflow.Named) bool { return u.ID == c.Order.Unit })
	if n < 0 {
		return append(againstSilence(c), sayStranger.With())
	}
	return append(againstSilence(c), unless(!slip.answered(c.Order.Unit), sayAnswered.With(slip.Units[n].Name))...)
}

func applyReply(c Case, r *Remark) {
	n := slices.IndexFunc(r.Slip.Units, func(u workflow.Named) bool { return u.ID == c.Order.Unit })
	r.Slip.Replies = append(slices.Clone(r.Slip.Replies), Reply{Unit: c.Order.Unit, Name: r.Slip.Units[n].Name, Text: c.Order.Note, Hand: c.hand()})
	if len(r.Slip.Waiting()) == 0 {
		r.State = Replied
	}
}

func againstNoReply(c Case) []fault.Reason {
	return unless(len(c.Remark.Slip.Answered()) > 0, sayNoReply.With())
}

func againstBack(c Case) []fault.Reason {
	return append(againstSilence(c), unless(c.Remark.Slip.answered(c.Order.Unit), sayNoReply.With())...)
}

func applyBack(c Case, r *Remark) {
	r.Slip.Replies = slices.Clone(r.Slip.Replies)
	for n := len(r.Slip.Replies) - 1; n >= 0; n-- {
		if r.Slip.Replies[n].Unit == c.Order.Unit {
			r.Slip.Replies[n].Back = c.hand()
			return
		}
	}
}

func againstLate(c Case) []fault.Reason {
	slip := c.Remark.Slip
	reasons := unless(!slip.Due.Before(c.today()), sayLate.With(slip.Due.String()))
	return append(reasons, unless(slip.asked() < 0, sayAsked.With())...)
}

func againstLonger(c Case) []fault.Reason {
	later := c.Order.Due.Real() && c.Remark.Slip.Due.Before(c.Order.Due)
	return append(againstSilence(c), unless(later, sayLonger.With(c.Remark.Slip.Due.String()))...)
}

func applyLonger(c Case, r *Remark) {
	r.Slip.Extensions = append(slices.Clone(r.Slip.Extensions), Extension{To: c.Order.Due, Asked: c.hand()})
}

func againstNotAsked(c Case) []fault.Reason {
	return unless(c.Remark.Slip.asked() >= 0, sayNoAsk.With())
}

func decideLonger(c Case, r *Remark, granted bool) {
	n := r.Slip.asked()
	r.Slip.Extensions = slices.Clone(r.Slip.Extensions)
	r.Slip.Extensions[n].Decided, r.Slip.Extensions[n].Granted = c.hand(), granted
	if granted {
		r.Slip.Due = r.Slip.Extensions[n].To
	}
}

func againstShown(c Case) []fault.Reason {
	return unless(c.Order.Issue != uuid.Nil && !slices.Contains(c.Remark.Shown, c.Order.Issue), sayNoIssue.With())
}
