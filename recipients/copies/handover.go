package copies

import (
	"strings"
	"time"

	"github.com/google/uuid"

	"jianbao/fault"
)

// A Way is how paper reaches a unit.
type Way string

// The ways.
const (
	Fetched   Way = "fetched"   // 自取
	Delivered Way = "delivered" // 专人送达
	Exchanged Way = "exchange"  // 文件交换
	Posted    Way = "post"      // 邮寄、机要
)

var wayTitles = map[Way]fault.Sentence{
	Fetched:   fault.Say("copies.way-fetched", "自取", "fetched"),
	Delivered: fault.Say("copies.way-delivered", "专人送达", "delivered by hand"),
	Exchanged: fault.Say("copies.way-exchange", "文件交换", "through the document exchange"),
	Posted:    fault.Say("copies.way-post", "邮寄或机要", "by post or courier"),
}

// Title returns what people call the way, in both languages.
func (w Way) Title() fault.Reason {
	if s, known := wayTitles[w]; known {
		return s.With()
	}
	return fault.Reason{Key: string(w)}
}

// A Handover says that copies allotted to a unit left the desk: how many, who
// took them, when. The ledger says whose the copies are, handovers which of
// them the unit has in its hands. They are only ever added.
type Handover struct {
	ID      uuid.UUID
	Seq     int // 1-based within the issue
	At      time.Time
	By      string // the clerk
	Unit    uuid.UUID
	Count   int
	Way     Way
	To      string // who took them: a name, or the number of the exchange box or parcel
	Numbers Numbers
	Note    string
}

var (
	notHanded  = fault.Say("copies.not-handed", "交接未记入", "the hand-over was not entered")
	handedTo   = fault.Say("copies.handed-to", "没有写明接收人（或交换箱号、邮件号）", "it does not say who took them (or the number of the box or parcel)")
	handedWay  = fault.Say("copies.handed-way", "送达方式“%s”不对", "there is no way “%s”")
	handedTime = fault.Say("copies.handed-time", "没有写明时间", "the time is missing")
	handedMany = fault.Say("copies.handed-many", "该单位应得%d份，已交%d份，不能再交%d份", "%d copies are the unit's and %d were handed over; there are not %d left")
	handedNone = fault.Say("copies.handed-none", "份数须大于0，现为%d", "the number of copies must be above 0 and is %d")
	handedNos  = fault.Say("copies.handed-numbers", "份号%s不在该单位名下，或已经交过", "the numbers %s are not the unit's, or were handed over before")
)

// HandOver returns the hand-over with its number, and with the lowest copy
// numbers of the unit where none are named. before are those of the issue so
// far. It fails with fault.Invalid and every reason.
func HandOver(l *Ledger, before []Handover, h Handover) (Handover, error) {
	h.Seq = len(before) + 1
	var reasons []fault.Reason
	if strings.TrimSpace(h.By) == "" {
		reasons = append(reasons, byMissing.With())
	}
	if strings.TrimSpace(h.To) == "" {
		reasons = append(reasons, handedTo.With())
	}
	if _, known := wayTitles[h.Way]; !known {
		reasons = append(reasons, handedWay.With(string(h.Way)))
	}
	if h.At.IsZero() {
		reasons = append(reasons, handedTime.With())
	}
	due, handed := l.due(before, h.Unit), Handed(before, h.Unit)
	switch {
	case h.Count < 1:
		reasons = append(reasons, handedNone.With(h.Count))
	case handed+h.Count > due:
		reasons = append(reasons, handedMany.With(due, handed, h.Count))
	default:
		reasons = append(reasons, h.number(l, before)...)
	}
	if len(reasons) > 0 {
		return Handover{}, fault.New(fault.Invalid, notHanded.With(), reasons...)
	}
	return h, nil
}

// number settles the copy numbers of a hand-over.
func (h *Handover) number(l *Ledger, before []Handover) []fault.Reason {
	left := l.Held(OfUnit(h.Unit))
	for _, b := range before {
		left = left.Without(b.Numbers)
	}
	switch {
	case !l.Numbered() && len(h.Numbers) == 0:
		return nil
	case l.Numbered() && len(h.Numbers) == 0:
		h.Numbers = left.Lowest(h.Count)
	}
	if foreign := h.Numbers.Without(left); foreign != nil {
		return []fault.Reason{handedNos.With(foreign.String())}
	}
	if n := h.Numbers.Count(); n != h.Count {
		return []fault.Reason{numbersCount.With(h.Seq, h.Count, n)}
	}
	return nil
}

// Allotted returns how many copies were ever given to a unit, without those that
// a correction took back and those that it made itself (翻印), which nobody
// brings it.
func (l *Ledger) Allotted(unit uuid.UUID) int {
	n, a := 0, OfUnit(unit)
	for _, e := range l.entries {
		switch {
		case e.To == a && e.From.Kind == Made && e.Act == ActCopy:
		case e.To == a:
			n += e.Count
		case e.From == a && e.To.Kind == Made: // what it made itself was none
		case e.From == a && e.Act == ActCorrect:
			n -= e.Count
		}
	}
	return n
}

// due returns how many copies of a unit could be handed over in all: those given
// to it without those that left its account before anybody had taken them.
func (l *Ledger) due(before []Handover, unit uuid.UUID) int {
	due, back, a := l.Allotted(unit), 0, OfUnit(unit)
	for _, e := range l.entries {
		if e.From != a || e.Act == ActCorrect {
			continue
		}
		taken := 0 // by then
		for _, h := range before {
			if h.Unit == unit && !h.At.After(e.At) {
				taken += h.Count
			}
		}
		fromHand := min(e.Count, taken-back)
		back += fromHand
		due -= e.Count - fromHand
	}
	return due
}

// Handed returns how many copies were handed over to a unit.
func Handed(all []Handover, unit uuid.UUID) int {
	n := 0
	for _, h := range all {
		if h.Unit == unit {
			n += h.Count
		}
	}
	return n
}
