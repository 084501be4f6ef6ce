package history

import (
	"encoding/json"
	"time"

	"jianbao/fault"
	"jianbao/workflow"
)

var (
	lineGone    = fault.Say("history.line-gone", "第%d条被删掉了", "line %d was deleted")
	linesGone   = fault.Say("history.lines-gone", "第%d条至第%d条被删掉了", "lines %d to %d were deleted")
	lineTwice   = fault.Say("history.line-twice", "第%d条有两条", "there are two of line %d")
	lineEdited  = fault.Say("history.line-edited", "第%d条的内容被改动过", "the content of line %d was altered")
	lineMoved   = fault.Say("history.line-moved", "第%d条的位置上放的是原来的第%d条，次序被调换过", "line %d is what was line %d: the order was altered")
	lineForeign = fault.Say("history.line-foreign", "第%d条与登记它的时间、事项或期不符，被改动过", "line %d is not of the time, act or issue that it is filed under: it was altered")
	lineLoose   = fault.Say("history.line-loose", "第%d条接不上前一条，其中一条被换过", "line %d does not follow the one before: one of them was replaced")
	tailCut     = fault.Say("history.tail-cut", "末尾被截掉了：本期记有%d条，只剩%d条", "the tail was cut off: the issue says %d lines and %d are left")
	tailLonger  = fault.Say("history.tail-longer", "历史有%d条，本期却只记有%d条：有人添过，或改过本期的记载", "there are %d lines and the issue says %d: some were added, or the issue was altered")
	headOther   = fault.Say("history.head-other", "最后一条（第%d条）与本期记载的不符", "the last line, %d, is not the one that the issue says")
	issueGone   = fault.Say("history.issue-gone", "这一期本身不见了，只剩下%d条历史", "the issue itself is gone, and %d lines of its history are left")
	cutSince    = fault.Say("history.cut-since", "末尾被截掉了：第%d份根（%s）记有%d条，现在只有%d条", "the tail was cut off: root %d of %s has %d lines and %d are left")
	rewritten   = fault.Say("history.rewritten", "第%d条至第%d条之间被改写并重新计算过：与第%d份根（%s）不符", "lines %d to %d were rewritten and hashed anew: root %d of %s says otherwise")
)

// against returns what is wrong with a chain: in itself, against what its issue
// says, and against what roots said of it.
func (c Chain) against(anchors []anchor) []Finding {
	w := watch{chain: c}
	if c.Name == "" && len(anchors) > 0 {
		w.chain.Name = anchors[len(anchors)-1].Name
	}
	w.lines()
	w.end()
	w.anchors(anchors)
	return w.findings
}

// A watch looks along one chain.
type watch struct {
	chain    Chain
	findings []Finding
}

func (w *watch) say(line int, reason fault.Reason) {
	w.findings = append(w.findings, Finding{Issue: w.chain.Issue, Name: w.chain.Name, Line: line, Reason: reason})
}

// said reports whether the last finding is about a line.
func (w *watch) said(line int) bool {
	n := len(w.findings)
	return n > 0 && w.findings[n-1].Line == line
}

// lines looks at each line and at how it follows the one before.
func (w *watch) lines() {
	prev, next := "", 1
	for _, l := range w.chain.Lines {
		switch {
		case l.Seq < next:
			w.say(l.Seq, lineTwice.With(l.Seq))
			continue
		case l.Seq == next+1:
			w.say(next, lineGone.With(next))
		case l.Seq > next:
			w.say(next, linesGone.With(next, l.Seq-1))
		}
		follows := l.Seq == next
		next = l.Seq + 1
		w.line(l, prev, follows)
		prev = l.Hash
	}
}

// line looks at one line; follows says that the one before it is there.
func (w *watch) line(l Line, prev string, follows bool) {
	var e workflow.Event
	err := json.Unmarshal([]byte(l.Raw), &e)
	switch {
	case err != nil || hashOf([]byte(l.Raw)) != l.Hash:
		w.say(l.Seq, lineEdited.With(l.Seq))
	case e.Issue == w.chain.Issue && e.Seq != l.Seq:
		w.say(l.Seq, lineMoved.With(l.Seq, e.Seq))
	case e.Issue != w.chain.Issue || !e.At.Equal(l.At) || e.Act != l.Act:
		w.say(l.Seq, lineForeign.With(l.Seq))
	case follows && e.Prev != prev:
		w.say(l.Seq, lineLoose.With(l.Seq))
	}
}

// end compares the end of the chain with what its issue says.
func (w *watch) end() {
	c, last := w.chain, Line{}
	if n := len(c.Lines); n > 0 {
		last = c.Lines[n-1]
	}
	switch {
	case !c.Kept:
		w.say(1, issueGone.With(len(c.Lines)))
	case last.Seq < c.Count:
		w.say(last.Seq+1, tailCut.With(c.Count, last.Seq))
	case last.Seq > c.Count:
		w.say(c.Count+1, tailLonger.With(last.Seq, c.Count))
	case last.Hash != c.Head:
		w.say(last.Seq, headOther.With(last.Seq))
	}
}

// anchors holds the chain against roots. The first one that disagrees says all:
// what was rewritten lies behind the last one that agreed.
func (w *watch) anchors(all []anchor) {
	hashes, last, good := map[int]string{}, 0, 0
	for _, l := range w.chain.Lines {
		hashes[l.Seq] = l.Hash
		last = max(last, l.Seq)
	}
	for _, a := range all {
		hash, there := hashes[a.Count]
		switch {
		case there && hash == a.Head:
			good = a.Count
			continue
		case there:
			w.say(good+1, rewritten.With(good+1, a.Count, a.root, a.at.Format(time.DateOnly)))
		case a.Count > last && w.said(last+1): // the issue says so too
		case a.Count > last:
			w.say(last+1, cutSince.With(a.root, a.at.Format(time.DateOnly), a.Count, last))
		default:
			continue // deleted within; the lines say so
		}
		w.findings[len(w.findings)-1].Root = a.root
		return
	}
}
