package history

import (
	"crypto/ed25519"
	"slices"
	"time"

	"github.com/google/uuid"

	"jianbao/fault"
)

var (
	rootBroken   = fault.Say("history.root-broken", "第%d份根读不出来，被改动过", "root %d cannot be read: it was altered")
	rootUnsigned = fault.Say("history.root-unsigned", "第%d份根的签名不对：被改动过，或不是本机密钥签的", "the signature of root %d is wrong: it was altered, or signed by another key")
	rootMissing  = fault.Say("history.root-missing", "第%d份根之前缺了根，或次序被调换过", "roots before root %d are missing, or their order was altered")
	rootLoose    = fault.Say("history.root-loose", "第%d份根接不上前一份，其中一份被换过", "root %d does not follow the one before: one of them was replaced")
	rootSum      = fault.Say("history.root-sum", "第%d份根的总数与它之前各份累计的不符", "what root %d sums up is not what those before it say")
	rootOther    = fault.Say("history.root-other", "第%d份根在根文件里与在数据库里不一样", "root %d is another in the file than in the database")
	rootsCut     = fault.Say("history.roots-cut", "数据库里少了根：根文件有%d份，数据库只有%d份（数据库从备份恢复后也会这样）", "the database lacks roots: the file has %d and the database %d, as also after a restore")
	rootsOlder   = fault.Say("history.roots-older", "根文件止于第%d份，数据库里还有更新的%d份，已一并核对", "the file of roots ends with root %d; the database has %d more, which were looked at too")
)

// An anchor is what a root said of one chain.
type anchor struct {
	Link
	root int
	at   time.Time
}

// roots are what a line of roots says, after it was looked at itself.
type roots struct {
	trusted  []ed25519.PublicKey
	anchors  map[uuid.UUID][]anchor // by growing root
	order    []uuid.UUID            // of the issues, by their first root
	known    fold
	last     Root
	count    int
	prev     string
	sound    bool // nothing before this was wrong
	findings []Finding
	remarks  []fault.Reason
}

// readRoots reads those of the file, then those that the database has beyond.
func readRoots(lines []string, inBooks []Sealed, trusted []ed25519.PublicKey) roots {
	r := roots{trusted: trusted, anchors: map[uuid.UUID][]anchor{}, known: fold{}, sound: true}
	for n, line := range lines {
		s, err := ReadSealed(line)
		if err != nil {
			r.wrong(n+1, rootBroken.With(n+1))
			continue
		}
		r.take(s)
		if seq := r.last.Seq; seq == n+1 && seq <= len(inBooks) && !inBooks[seq-1].same(s) {
			r.wrong(seq, rootOther.With(seq))
		}
	}
	inFile := r.last.Seq
	switch {
	case inFile > len(inBooks):
		r.wrong(len(inBooks)+1, rootsCut.With(inFile, len(inBooks)))
	case inFile < len(inBooks):
		if inFile > 0 {
			r.remarks = append(r.remarks, rootsOlder.With(inFile, len(inBooks)-inFile))
		}
		for _, s := range inBooks[inFile:] {
			r.take(s)
		}
	}
	return r
}

func (r *roots) wrong(root int, reason fault.Reason) {
	r.findings = append(r.findings, Finding{Root: root, Reason: reason})
	r.sound = false
}

// take looks at the next root and believes it if it is signed.
func (r *roots) take(s Sealed) {
	root, err := s.Root()
	if err != nil {
		r.wrong(r.last.Seq+1, rootBroken.With(r.last.Seq+1))
		return
	}
	if len(r.trusted) == 0 {
		r.trusted = []ed25519.PublicKey{root.Key}
		r.remarks = append(r.remarks, untrusted.With())
	}
	signed := slices.ContainsFunc(r.trusted, s.signed)
	switch {
	case !signed:
		r.wrong(root.Seq, rootUnsigned.With(root.Seq))
	case root.Seq != r.last.Seq+1:
		r.wrong(root.Seq, rootMissing.With(root.Seq))
	case root.Prev != r.prev:
		r.wrong(root.Seq, rootLoose.With(root.Seq))
	}
	r.last, r.prev = root, s.Hash
	if signed {
		r.count++
		r.believe(root)
	}
}

func (r *roots) believe(root Root) {
	for _, l := range root.Links {
		if r.anchors[l.Issue] == nil {
			r.order = append(r.order, l.Issue)
		}
		r.anchors[l.Issue] = append(r.anchors[l.Issue], anchor{l, root.Seq, root.At})
	}
	r.known.add(root.Links)
	if _, _, all := r.known.sum(); r.sound && all != root.All {
		r.wrong(root.Seq, rootSum.With(root.Seq))
	}
}

// report begins the report with what is to be said of the roots.
func (r *roots) report() Report {
	report := Report{Roots: r.count, Findings: r.findings, Remarks: r.remarks}
	if r.count > 0 {
		report.Last, report.Key = r.last.At, r.last.Key
	} else if len(r.findings) == 0 {
		report.Remarks = append(report.Remarks, withoutRoot.With())
	}
	return report
}
