package workflow

import (
	"fmt"
	"strings"

	"github.com/google/uuid"

	"jianbao/bulletin"
	"jianbao/fault"
	sheet "jianbao/recipients/table"
)

var (
	askedRecall   = fault.Say("workflow.fact.recall-asked", "提出撤销，未发出的信件已停发，待他人决定", "asked for the recall; letters that have not gone are stopped until somebody else decides")
	askedSecret   = fault.Say("workflow.fact.recall-secret", "因定密提出撤销，未发出的信件已停发，待他人决定", "asked for the recall because it was classified; letters that have not gone are stopped until somebody else decides")
	recalledBy    = fault.Say("workflow.fact.recalled", "%s提出、%s同意撤销：%s", "recalled at the request of %s, confirmed by %s: %s")
	toldRecall    = fault.Say("workflow.fact.recall-told", "向%d个单位发出撤销通知", "%d units are told of the recall")
	collect       = fault.Say("workflow.fact.collect", "应收回纸质件%d份：%s", "%d paper copies are to be collected: %s")
	keptOut       = fault.Say("workflow.fact.upheld", "不予撤销（%s提出）", "the recall that %s asked for was turned down")
	recallSubject = fault.Say("workflow.recall.subject", "【撤销】%s", "[Recalled] %s")
	recallOpening = fault.Say("workflow.recall.opening", "%s现予撤销。", "%s is recalled herewith.")
	recallWhy     = fault.Say("workflow.recall.why", "原因：%s", "Reason: %s")
	recallDo      = fault.Say("workflow.recall.do",
		"请立即停止阅办、传阅、复制和转发，删除收到的邮件及附件，已转发的请一并追回；纸质件请妥善保管，等候收回。",
		"Please stop reading, passing on and copying it, delete the mail with its attachments, and call back what was passed on; keep paper copies until they are collected.")
	recallQuiet = fault.Say("workflow.recall.quiet",
		"请不要转发、引用原件，也不要在回复、电话中谈及其内容。",
		"Please neither pass on nor quote the original, and do not speak of what it says when you answer or call.")
	recallAnswer  = fault.Say("workflow.recall.answer", "处理完毕后请回复“已删除”，并注明有无转发和纸质件份数。", "When that is done, please answer so, and say whether it was passed on and how many paper copies there are.")
	recallSigned  = fault.Say("workflow.recall.signed", "%s\n%s", "%s\n%s")
	recallNumber  = fault.Say("workflow.recall.number", "《%s》%d年%s第%d期", "%s, %[3]sissue %[4]d of %[2]d")
	collectTitle  = fault.Say("workflow.collect.title", "%s收件及收回清单", "%s: who has it, and what is to be collected")
	collectHeader = fault.Say("workflow.collect.header", "序号|单位|邮箱|纸质份数|收回份数|交回人|收回时间", "no.|unit|mail|paper copies|collected|handed over by|when")
)

// applyRecall stops what has not gone, and asks somebody else to decide.
func applyRecall(c Case, next *Change) []fault.Reason {
	next.Issue.Recall = &Recalling{
		By: c.Actor.Person.ID, ByName: c.Actor.Name(), At: moment(c.Now), Reason: c.Order.Note, Secret: c.Order.Secret,
	}
	next.Queue = PauseQueue
	if c.Order.Secret {
		return []fault.Reason{askedSecret.With()}
	}
	return []fault.Reason{askedRecall.With()}
}

// applyUphold lets the issue stand, and its letters go on.
func applyUphold(c Case, next *Change) []fault.Reason {
	next.Issue.Recall = nil
	if c.Issue.CorrectedBy == uuid.Nil {
		next.Queue = ResumeQueue
	}
	return []fault.Reason{keptOut.With(c.Issue.Recall.ByName)}
}

// applyConfirm recalls the issue: its number stands for nothing, what has not
// gone never goes, and whoever has it is told. A number whose correction is out
// stays, since the correction has it.
func applyConfirm(c Case, next *Change) []fault.Reason {
	issue := &next.Issue
	recall := *c.Issue.Recall
	recall.Confirmed, recall.ConfirmedName, recall.ConfirmedAt = c.Actor.Person.ID, c.Actor.Name(), moment(c.Now)
	issue.Recall, next.Queue = &recall, CancelQueue
	if c.Issue.State != Corrected {
		next.Void = recall.Reason
	}
	sending := Sending{
		ID: c.Order.NewID(), Issue: issue.ID, Series: issue.Series, At: moment(c.Now), Digest: issue.Digest(), Purpose: Revoked,
		From: c.Series.Masthead, Mailbox: c.Series.Mailbox, Parts: RecallNotice(c.Series, *issue),
	}
	for _, h := range c.Holders {
		if len(h.Addresses) > 0 {
			sending.Letters = append(sending.Letters, Letter{ID: c.Order.NewID(), Unit: h.Unit, Name: h.Name, Addresses: h.Addresses})
		}
	}
	next.Release = &sending
	facts := []fault.Reason{recalledBy.With(recall.ByName, recall.ConfirmedName, recall.Reason), toldRecall.With(len(sending.Letters))}
	if n, names := paperWith(c.Holders); n > 0 {
		facts = append(facts, collect.With(n, names))
	}
	return facts
}

// RecallNotice is what those who have a recalled issue are told: which one it
// is and what to do. It is made of the series, the number and the date, and of
// the reason that was given unless the issue was classified: then nothing of
// the issue is in it, nor can anything be by mistake, since a reason is written
// by people who have read it.
func RecallNotice(s Series, issue Issue) Parts {
	name := recallName(s, issue)
	paragraphs := []fault.Reason{recallOpening.With(name)}
	if r := issue.Recall; !r.Secret {
		paragraphs = append(paragraphs, recallWhy.With(r.Reason))
	}
	paragraphs = append(paragraphs, recallDo.With())
	if issue.Recall.Secret {
		paragraphs = append(paragraphs, recallQuiet.With())
	}
	day := issue.Recall.ConfirmedAt.In(s.Location()).Format("2006年1月2日")
	paragraphs = append(paragraphs, recallAnswer.With(), recallSigned.With(s.Organ, day))
	text := convert(paragraphs, func(r fault.Reason) string { return r.In(fault.ZH) })
	return Parts{Subject: recallSubject.With(name).In(fault.ZH), Text: []byte(strings.Join(text, "\n\n") + "\n")}
}

// recallName is the issue by masthead and number alone.
func recallName(s Series, issue Issue) string {
	kind := ""
	if issue.Number.Kind != bulletin.Ordinary {
		kind = string(issue.Number.Kind)
	}
	return recallNumber.With(s.Masthead, issue.Number.Year, kind, issue.Number.No).In(fault.ZH)
}

// paperWith counts the copies that units have, and names the units.
func paperWith(holders []Holder) (n int, names string) {
	var all []string
	for _, h := range holders {
		if h.Paper > 0 {
			n += h.Paper
			all = append(all, fmt.Sprintf("%s%d份", h.Name, h.Paper))
		}
	}
	return n, strings.Join(all, "、")
}

// CollectionList is the list of who has an issue, with room for what comes
// back: 收件及收回清单. It names the issue by series and number alone.
func CollectionList(s Series, issue Issue, holders []Holder) sheet.Table {
	t := sheet.Table{Name: "收回清单", Title: collectTitle.With(recallName(s, issue)).In(fault.ZH), Header: strings.Split(collectHeader.With().In(fault.ZH), "|")}
	for n, h := range holders {
		t.Add(n+1, h.Name, strings.Join(h.Addresses, "；"), h.Paper, "", "", "")
	}
	total, _ := paperWith(holders)
	t.Add("", "合计", "", total, "", "", "")
	return t
}
