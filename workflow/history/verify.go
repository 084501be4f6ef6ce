package history

import (
	"context"
	"crypto/ed25519"
	"time"

	"github.com/google/uuid"

	"jianbao/fault"
)

// A Report is what came of a verification.
type Report struct {
	Issues int       // whose chains were read
	Events int       // that were read
	Roots  int       // that were held against them
	Last   time.Time // of the last of those; zero if there is none
	Key    []byte    // the public key of the last of them
	// Findings are what is not as it was; none means that all is well.
	Findings []Finding
	// Remarks are what the verification could not see, and why.
	Remarks []fault.Reason
}

// A Finding is one thing that was done behind the program's back.
type Finding struct {
	Issue  uuid.UUID    `json:"issue"` // uuid.Nil: the finding is about a root
	Name   string       `json:"name,omitempty"`
	Line   int          `json:"line,omitempty"` // the first one that is wrong, 1-based
	Root   int          `json:"root,omitempty"` // that shows it, or that is wrong
	Reason fault.Reason `json:"reason"`
}

// batch is how many histories are read in one transaction.
const batch = 200

var (
	withoutFile = fault.Say("history.without-file", "没有库外的根文件：如果历史和根在数据库里被一起改掉，就查不出来", "there is no file of roots outside the database: histories and roots that were altered together do not show")
	withoutRoot = fault.Say("history.without-root", "还没有生成过根：截去末尾、整条重算和删除整期都查不出来；请运行 jianbao audit root", "no root was ever made: a cut tail, a chain that was hashed anew or a deleted issue do not show; run jianbao audit root")
	untrusted   = fault.Say("history.untrusted", "没有签名密钥可对照，只能相信第一份根自带的公钥；请用 --trust 给出另行保存的公钥", "there is no key to compare with, so the one that the first root brings is believed; give the one you keep by --trust")
)

// Verify holds the books against the lines of a file of roots, and against the
// roots that the database has beyond them. trusted are the public keys of the
// notary, of which there are several where one was lost; without any the first
// root is believed. The error is that of the books; what was
// altered is in the report.
func Verify(ctx context.Context, books Books, lines []string, trusted []ed25519.PublicKey) (Report, error) {
	inBooks, err := books.Roots(ctx)
	if err != nil {
		return Report{}, err
	}
	roots := readRoots(lines, inBooks, trusted)
	report := roots.report()
	if len(lines) == 0 && len(inBooks) > 0 {
		report.Remarks = append(report.Remarks, withoutFile.With())
	}
	ids, err := books.ChainIDs(ctx) // after the roots, since chains grow meanwhile
	if err != nil {
		return Report{}, err
	}
	for len(ids) > 0 {
		some := ids[:min(batch, len(ids))]
		ids = ids[len(some):]
		chains, err := books.Chains(ctx, some)
		if err != nil {
			return Report{}, err
		}
		for _, c := range chains {
			report.Issues++
			report.Events += len(c.Lines)
			report.Findings = append(report.Findings, c.against(roots.anchors[c.Issue])...)
			delete(roots.anchors, c.Issue)
		}
	}
	report.Findings = append(report.Findings, vanished(roots)...)
	return report, nil
}

var gone = fault.Say("history.gone", "整期的历史都不见了：第%d份根（%s）记有%d条", "the whole history is gone: root %d of %s has %d lines of it")

// vanished are the issues that roots have and the books have not.
func vanished(roots roots) []Finding {
	var findings []Finding
	for _, id := range roots.order {
		if anchors := roots.anchors[id]; len(anchors) > 0 {
			last := anchors[len(anchors)-1]
			findings = append(findings, Finding{Issue: id, Name: last.Name, Line: 1, Root: last.root,
				Reason: gone.With(last.root, last.at.Format(time.DateOnly), last.Count)})
		}
	}
	return findings
}
