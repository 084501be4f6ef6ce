package workflow

import (
	"strings"

	"jianbao/bulletin"
	"jianbao/fault"
	"jianbao/workflow/retention"
)

// A Filing is how an issue goes into the archive (归档): its place in the filing
// list of a year, and what its file lacks. Package filing makes it, in the
// transaction that files the issue.
type Filing struct {
	Year      int
	Class     retention.Class
	No        int    // 件号, from 1 within series, year and class
	Reference string // 档号, or ""
	// Lacking is what belongs to the file and is not there: the issue is filed
	// only with a reason. Broken is what no reason excuses.
	Lacking, Broken []fault.Reason
}

// A Warrant is the list by which the content of an issue is destroyed (销毁清册):
// who proposed it, which other person approved it, why, and who saw it done.
type Warrant struct {
	List                          string // 2032年第1号
	Proposed, Approved, Witnessed string // names
	Reason                        string
}

var (
	filedAs     = fault.Say("workflow.fact.filed", "列入%d年归档文件目录，件号%d，保管期限%s", "item %[2]d of the filing list of %[1]d, kept %[3]s")
	filedUnder  = fault.Say("workflow.fact.reference", "档号%s", "reference %s")
	filedLess   = fault.Say("workflow.fact.lacking", "归档时缺少：%s", "filed although: %s")
	destroyedBy = fault.Say("workflow.fact.destroyed", "按销毁清册%s销毁：%s提出，%s批准，%s监销；理由：%s", "destroyed by list %s: proposed by %s, approved by %s, witnessed by %s, because %s")
	notFiledNow = fault.Say("workflow.file-elsewhere", "归档要先查齐全：请在“归档”页办理", "filing begins with the check of the file; do it on the page for filing")
	noWarrant   = fault.Say("workflow.not-on-list", "只有经批准的销毁清册才能销毁", "nothing is destroyed but by an approved list")
)

var (
	fileWhole = Rule{"file-whole",
		fault.Say("workflow.rule.file-whole", "案卷齐全完整；缺少的要写明原因", "the file is complete, or a reason says why not"),
		func(c Case) []fault.Reason {
			f := c.Order.Filing
			switch {
			case f == nil:
				return nil
			case strings.TrimSpace(c.Order.Note) != "":
				return f.Broken
			}
			return append(f.Broken[:len(f.Broken):len(f.Broken)], f.Lacking...)
		}}
	beingFiled = Rule{"being-filed",
		fault.Say("workflow.rule.being-filed", "列入归档文件目录", "it is entered in the filing list"),
		func(c Case) []fault.Reason { return unless(c.Order.Filing != nil, notFiledNow.With()) }}
	onApprovedList = Rule{"on-approved-list",
		fault.Say("workflow.rule.on-approved-list", "列在经他人批准的销毁清册上", "it is on a list that another person approved"),
		func(c Case) []fault.Reason {
			w := c.Order.Warrant
			return unless(w != nil && w.List != "" && w.Approved != "" && w.Approved != w.Proposed, noWarrant.With())
		}}
	nothingUnderWay = Rule{"nothing-under-way",
		fault.Say("workflow.rule.nothing-under-way", "没有正在办理的更正", "no correction is on its way"),
		func(c Case) []fault.Reason {
			if c.Issue.State != Archived {
				return nil
			}
			return noCorrection.Against(c)
		}}
)

// applyArchive tells where the issue stands in the filing list, and what its
// file lacks.
func applyArchive(c Case, _ *Change) []fault.Reason {
	f := c.Order.Filing
	facts := []fault.Reason{filedAs.With(f.Year, f.No, f.Class.Title())}
	if f.Reference != "" {
		facts = append(facts, filedUnder.With(f.Reference))
	}
	for _, lack := range f.Lacking {
		facts = append(facts, filedLess.With(lack))
	}
	return facts
}

// applyDestroy leaves of the issue what the number register says of it anyway,
// who decided, and its history. The digest of the event is that of what was
// destroyed.
func applyDestroy(c Case, next *Change) []fault.Reason {
	i, was := &next.Issue, c.Issue.Document
	i.Text, i.Problems, i.Attachments, i.Pictures = "", nil, nil, nil
	i.Document = bulletin.Document{Masthead: was.Masthead, Number: was.Number, Organs: was.Organs, Date: was.Date}
	i.Circulation.Lists = nil
	w := c.Order.Warrant
	return []fault.Reason{destroyedBy.With(w.List, w.Proposed, w.Approved, w.Witnessed, w.Reason)}
}
