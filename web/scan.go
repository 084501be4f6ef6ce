package web

import (
	"slices"
	"time"

	"jianbao/fault"
	"jianbao/workflow"
)

var (
	_ = fault.Say("web.on-paper", "纸质签批：%s，%s于%s补录，扫描件：", "on paper: %s; entered by %s at %s, scan:")
	_ = fault.Say("web.voids", "已编的%s将作废，写明的原因记入发文登记簿；期号不再使用。", "%s, which was given already, becomes void for the reason you give; it stays in the register and is not used again.")
	_ = fault.Say("web.recall-secret", "因事后定密而撤销（通知里不提内容）", "It was classified afterwards (the notice says nothing of its content)")
)

// A scanView is a decision made on paper, with where its scan is seen.
type scanView struct {
	*workflow.Signature
	Address string
	Shown   bool // a picture, which pages show
	Zone    *time.Location
}

// ScanOf returns what is shown of a decision made on paper.
func (v *issueView) ScanOf(s *workflow.Signature) scanView {
	return scanView{
		Signature: s, Address: "/issues/" + v.Issue.ID.String() + "/files/" + s.Scan.SHA256,
		Shown: slices.Contains(shownTypes, s.Scan.Type), Zone: v.Zone,
	}
}

// scansOf are the scans of the decisions of an issue that were made on paper.
func scansOf(issue workflow.Issue) (all []workflow.Attachment) {
	for _, d := range issue.Decisions {
		if d.Paper != nil {
			all = append(all, d.Paper.Scan)
		}
	}
	return all
}
