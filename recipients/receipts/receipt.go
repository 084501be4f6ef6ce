package receipts

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/google/uuid"

	"jianbao/fault"
)

// Means is how a receipt came.
type Means string

// The means.
const (
	ByLink  Means = "link"  // the one-time link in the letter
	ByCode  Means = "code"  // the code on paper
	ByReply Means = "reply" // an answer by mail
	ByPhone Means = "phone" // a call, entered by a clerk
	BySheet Means = "sheet" // a sheet signed on paper, entered by a clerk
)

// AllMeans lists every means.
var AllMeans = []Means{ByLink, ByCode, ByReply, ByPhone, BySheet}

var meansTitles = map[Means]fault.Sentence{
	ByLink:  fault.Say("receipts.by-link", "链接签收", "by the link"),
	ByCode:  fault.Say("receipts.by-code", "扫码签收", "by the code on paper"),
	ByReply: fault.Say("receipts.by-reply", "回信", "by reply"),
	ByPhone: fault.Say("receipts.by-phone", "电话确认", "by telephone"),
	BySheet: fault.Say("receipts.by-sheet", "签收单", "on a signed sheet"),
}

// Title returns what people call the means, in both languages.
func (m Means) Title() fault.Reason { return titleIn(meansTitles, m) }

// ByClerk reports whether a clerk enters what came by the means, so that it
// needs evidence.
func (m Means) ByClerk() bool { return m == ByPhone || m == BySheet }

// A Verdict is what a receipt says.
type Verdict string

// The verdicts.
const (
	Received Verdict = "received" // 签收
	Rejected Verdict = "rejected" // 拒收
	Void     Verdict = "void"     // the receipts before it were a mistake
)

var verdictTitles = map[Verdict]fault.Sentence{
	Received: fault.Say("receipts.received", "签收", "received"),
	Rejected: fault.Say("receipts.rejected", "拒收", "rejected"),
	Void:     fault.Say("receipts.void", "签收作废", "receipt voided"),
}

// Title returns what people call the verdict, in both languages.
func (v Verdict) Title() fault.Reason { return titleIn(verdictTitles, v) }

func titleIn[K ~string](titles map[K]fault.Sentence, k K) fault.Reason {
	if s, known := titles[k]; known {
		return s.With()
	}
	return fault.Reason{Key: string(k)}
}

// A Receipt is one acknowledgment of one version of an issue by one unit.
type Receipt struct {
	ID      uuid.UUID
	Issue   uuid.UUID
	Version string // the digest of the text that was sent
	Unit    uuid.UUID
	Name    string // the unit's full name, as it was written to
	Means   Means
	Verdict Verdict
	By      string    // who received it; the sender's address of a reply
	At      time.Time // when it was received
	// Copies are the paper copies that arrived, Expected those that were to.
	Copies, Expected int
	// Reason says why it was rejected or voided, or what there is to note.
	Reason string
	// Evidence is what shows it: the words of the reply, the number that was
	// rung, where the signed sheet lies.
	Evidence  string
	Entered   time.Time
	EnteredBy string    // the clerk; "" where the unit did it itself
	Slip      uuid.UUID // that was used, or uuid.Nil
	Delivery  uuid.UUID // the letter that was answered, or uuid.Nil
	// Corrects is the receipt in whose place this one stands (更正签收), or
	// uuid.Nil. Both stay.
	Corrects uuid.UUID
}

// Short returns how many copies are missing (短缺).
func (r Receipt) Short() int {
	if r.Verdict != Received {
		return 0
	}
	return max(r.Expected-r.Copies, 0)
}

// How much strangers may write.
const (
	MaxName   = 60     // characters of By
	MaxReason = 500    // characters of Reason and of Evidence
	MaxCopies = 10_000 // that anybody can have received
)

var (
	notEntered  = fault.Say("receipts.not-entered", "签收未记入", "the receipt was not entered")
	badMeans    = fault.Say("receipts.bad-means", "没有这种签收方式：%q", "there is no such way to acknowledge: %q")
	badVerdict  = fault.Say("receipts.bad-verdict", "没有这种签收结果：%q", "there is no such outcome: %q")
	whoseIsIt   = fault.Say("receipts.whose", "没有写明是哪个单位、哪一版", "it does not say which unit and which version")
	whoReceived = fault.Say("receipts.who", "请写明签收人姓名，不超过%d个字", "say who received it, in at most %d characters")
	whenGiven   = fault.Say("receipts.when", "签收时间没有写，或晚于现在", "the time of receipt is missing, or still to come")
	howMany     = fault.Say("receipts.copies", "份数须在0到%d之间，现为%d", "the copies are from 0 to %d, not %d")
	sayWhy      = fault.Say("receipts.why", "拒收、更正或作废须写明理由", "say why it is rejected, corrected or voided")
	showHow     = fault.Say("receipts.evidence", "代为登记须写明凭据：何时与谁通话、签收单存放何处", "say what shows it: who was rung and when, where the signed sheet lies")
	tooLong     = fault.Say("receipts.too-long", "说明太长，不超过%d个字", "the words are too long: at most %d characters")
	strange     = fault.Say("receipts.strange", "姓名里不能有换行等控制字符", "a name has no line breaks or control characters")
)

// Validate returns nil, or a fault.Error with the code Invalid and every reason
// why the receipt cannot be entered at its time of entering.
func (r Receipt) Validate() error {
	var reasons []fault.Reason
	check := func(ok bool, why fault.Reason) {
		if !ok {
			reasons = append(reasons, why)
		}
	}
	_, known := meansTitles[r.Means]
	check(known, badMeans.With(string(r.Means)))
	_, known = verdictTitles[r.Verdict]
	check(known, badVerdict.With(string(r.Verdict)))
	check(r.Unit != uuid.Nil && r.Version != "", whoseIsIt.With())
	who := utf8.RuneCountInString(strings.TrimSpace(r.By))
	check(r.Verdict == Void || who > 0 && who <= r.longest(), whoReceived.With(r.longest()))
	check(strings.IndexFunc(r.By, unicode.IsControl) < 0, strange.With())
	check(!r.At.IsZero() && !r.At.After(r.Entered), whenGiven.With())
	check(r.Copies >= 0 && r.Copies <= MaxCopies, howMany.With(MaxCopies, r.Copies))
	plain := r.Verdict != Rejected && r.Verdict != Void && r.Corrects == uuid.Nil
	check(plain || strings.TrimSpace(r.Reason) != "", sayWhy.With())
	needs := r.Means.ByClerk() && r.Verdict != Void
	check(!needs || strings.TrimSpace(r.Evidence) != "" && r.EnteredBy != "", showHow.With())
	check(max(utf8.RuneCountInString(r.Reason), utf8.RuneCountInString(r.Evidence)) <= MaxReason, tooLong.With(MaxReason))
	if len(reasons) > 0 {
		return fault.New(fault.Invalid, notEntered.With(), reasons...)
	}
	return nil
}

// longest is how long By may be: an address has up to 254 characters (RFC 5321
// 4.5.3.1.3).
func (r Receipt) longest() int {
	if r.Means == ByReply {
		return 254
	}
	return MaxName
}
