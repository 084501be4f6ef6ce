package filing

import (
	"slices"
	"strings"

	"jianbao/fault"
	"jianbao/recipients/copies"
	"jianbao/recipients/receipts"
	"jianbao/workflow"
	"jianbao/workflow/remarks"
	"jianbao/workflow/retention"
)

// Contents is what belongs to the file of one issue, as the books have it.
type Contents struct {
	Issue  workflow.Issue
	Series workflow.Series
	Rule   retention.Rule
	Events []workflow.Event
	// Sent says that the program released the issue, Altered that what went out
	// is no longer what was recorded then.
	Sent, Altered bool
	Originals     int      // files in which texts were handed in
	Missing       []string // files that the issue names and whose bytes are gone
	Board         []receipts.Line
	Copies        []copies.Entry
	Remarks       []remarks.Remark
	Item          *Item // nil: not filed yet
}

// A Gap is something that belongs to a file and is not there.
type Gap struct {
	Says fault.Reason
	// Fatal says that no reason excuses it.
	Fatal bool
}

var (
	gapText      = fault.Say("filing.gap.text", "缺定稿：正文是空的", "the final text is missing: the text is empty")
	gapSent      = fault.Say("filing.gap.sent", "缺定本：没有发出的记录", "what went out is missing: there is no record that it was sent")
	gapBack      = fault.Say("filing.gap.back", "缺定本：这是补录的往期，没有上传过原件", "what went out is missing: this is a back issue, and no file of it was handed in")
	gapAltered   = fault.Say("filing.gap.altered", "发出的定本与发出时的记录不符，内容被改动过；请先查清", "what went out is not what was recorded then: it was altered; find out why")
	gapStep      = fault.Say("filing.gap.step", "缺审签单：没有%s的意见", "the sign-off sheet is incomplete: there is no decision of the step %s")
	gapSheet     = fault.Say("filing.gap.sheet", "缺审签单：这是补录的往期，系统里没有审签记录；有纸质审签单的，请写明存放处", "the sign-off sheet is missing: this is a back issue; if there is one on paper, say where it lies")
	gapPaper     = fault.Say("filing.gap.paper", "有%d处签批在纸上，没有写明纸质原件移交到哪里", "%d decisions are on paper, and where the originals lie is not said")
	gapHasty     = fault.Say("filing.gap.hasty", "缺审签单：%s的紧急签发还没有补签", "the sign-off sheet is incomplete: the emergency release by %s has no approval yet")
	gapLists     = fault.Say("filing.gap.lists", "缺分发名单", "the circulation is missing")
	gapNames     = fault.Say("filing.gap.names", "分发名单上有%d处名称没有认定", "%d names of the circulation are not settled")
	gapReceipts  = fault.Say("filing.gap.receipts", "缺回执：%d个单位没有签收（%s）", "receipts are missing: %d units have not acknowledged (%s)")
	gapRemark    = fault.Say("filing.gap.remark", "%s的批示还没有办结，现在是“%s”", "the remark of %s is not closed, it is: %s")
	gapLedger    = fault.Say("filing.gap.ledger", "份数台账对不上：%s", "the ledger of copies does not hold: %s")
	gapLost      = fault.Say("filing.gap.lost", "%d份去向不明", "%d copies are unexplained")
	gapFileCopy  = fault.Say("filing.gap.file-copy", "印了%d份，没有留存档份", "of %d copies none is on file")
	gapFile      = fault.Say("filing.gap.file", "文件“%s”的内容不在库里", "the content of the file %q is gone")
	gapHistory   = fault.Say("filing.gap.history", "历史记录核对不上：%s；请先运行 jianbao audit verify 查清", "the history does not verify: %s; run jianbao audit verify first")
	gapRecall    = fault.Say("filing.gap.recall", "%s提出的撤销还没有决定", "the recall that %s asked for is not decided")
	gapCorrected = fault.Say("filing.gap.correction", "它的更正还在办理", "its correction is on its way")
)

// Back reports whether the issue was entered as a back issue: it was decided,
// sent and acknowledged before the program, or without it.
func (c Contents) Back() bool { return len(c.Events) > 0 && c.Events[0].Act == workflow.Import }

// Remarked reports whether leaders wrote remarks on the issue.
func (c Contents) Remarked() bool {
	return slices.ContainsFunc(c.Remarks, func(r remarks.Remark) bool { return r.State != remarks.Voided })
}

// Proposed returns the class that the issue is proposed for.
func (c Contents) Proposed() retention.Class { return c.Rule.Propose(c.Remarked()) }

// Gaps is the check that the file is complete and whole. kept is where the
// originals on paper lie, or "".
func (c Contents) Gaps(kept string) []Gap {
	return slices.Concat(c.finals(), c.signatures(kept), c.readers(), c.consequences(), c.counted(), c.proven())
}

// finals looks for the final text and for what went out.
func (c Contents) finals() (gaps []Gap) {
	if strings.TrimSpace(c.Issue.Text) == "" {
		gaps = append(gaps, Gap{gapText.With(), true})
	}
	switch {
	case c.Altered:
		gaps = append(gaps, Gap{gapAltered.With(), true})
	case !c.Sent && !c.Back():
		gaps = append(gaps, Gap{gapSent.With(), true})
	case !c.Sent && c.Originals == 0:
		gaps = append(gaps, Gap{gapBack.With(), false})
	}
	for _, name := range c.Missing {
		gaps = append(gaps, Gap{gapFile.With(name), true})
	}
	return gaps
}

// signatures looks for the sign-off sheet: a decision for every step of the
// route, and the originals of those that are on paper.
func (c Contents) signatures(kept string) (gaps []Gap) {
	i, kept := c.Issue, strings.TrimSpace(kept)
	if c.Back() {
		if kept == "" {
			gaps = append(gaps, Gap{gapSheet.With(), false})
		}
		return gaps
	}
	switch e := i.Emergency; {
	case e.Open():
		gaps = append(gaps, Gap{gapHasty.With(e.ByName), true})
	case e == nil || e.Digest != i.Digest():
		for _, n := range i.Unapproved() {
			gaps = append(gaps, Gap{gapStep.With(i.Route[n].Kind.Title()), true})
		}
	}
	paper := 0
	for _, d := range i.Decisions {
		if d.Paper != nil && d.Back == "" {
			paper++
		}
	}
	if paper > 0 && kept == "" {
		gaps = append(gaps, Gap{gapPaper.With(paper), false})
	}
	return gaps
}

// mostNames is how many units a gap names.
const mostNames = 5

// answered reports whether the file has something signed of a unit, a receipt, a
// refusal or a hand-over by name, or the reason why there is nothing.
func answered(l receipts.Line) bool {
	return l.State.Settled() || l.Shelved != nil || l.Calm != nil
}

// readers looks for the circulation and for the receipts.
func (c Contents) readers() (gaps []Gap) {
	circulation := c.Issue.Circulation
	if len(circulation.All()) == 0 {
		gaps = append(gaps, Gap{gapLists.With(), false})
	}
	if n := len(circulation.Unresolved()); n > 0 {
		gaps = append(gaps, Gap{gapNames.With(n), false})
	}
	var silent []string
	for _, l := range c.Board {
		if !answered(l) {
			silent = append(silent, l.Name)
		}
	}
	if len(silent) > 0 && !c.Rule.NoReceipts {
		names := strings.Join(silent[:min(len(silent), mostNames)], "、")
		if len(silent) > mostNames {
			names += "等"
		}
		gaps = append(gaps, Gap{gapReceipts.With(len(silent), names), false})
	}
	return gaps
}

// consequences looks at what the issue brought about.
func (c Contents) consequences() (gaps []Gap) {
	for _, r := range c.Remarks {
		if !slices.Contains([]remarks.State{remarks.Closed, remarks.Reported, remarks.Voided}, r.State) {
			gaps = append(gaps, Gap{gapRemark.With(r.Leader, r.State.Title()), false})
		}
	}
	if r := c.Issue.Recall; r.Open() {
		gaps = append(gaps, Gap{gapRecall.With(r.ByName), false})
	}
	if c.Issue.CorrectedBy != [16]byte{} && c.Issue.State != workflow.Corrected {
		gaps = append(gaps, Gap{gapCorrected.With(), false})
	}
	return gaps
}

// counted looks at the ledger of copies.
func (c Contents) counted() (gaps []Gap) {
	book := copies.New(c.Copies)
	if err := book.Verify(); err != nil {
		return []Gap{{gapLedger.With(fault.Shown(err).Message), true}}
	}
	if n := book.Balance(copies.Account{Kind: copies.Unexplained}); n > 0 {
		gaps = append(gaps, Gap{gapLost.With(n), false})
	}
	if made := book.Made(); made > 0 && book.Balance(copies.Account{Kind: copies.OnFile}) == 0 {
		gaps = append(gaps, Gap{gapFileCopy.With(made), false})
	}
	return gaps
}

// proven looks at the history.
func (c Contents) proven() []Gap {
	if err := workflow.VerifyChain(c.Events, c.Issue.Events, c.Issue.Head); err != nil {
		return []Gap{{gapHistory.With(fault.Shown(err).Message), true}}
	}
	return nil
}
