package workflow

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"jianbao/fault"
)

// A PaperSignature is a decision that was made on paper, as a clerk enters it:
// who signed, when and how, with the scan that shows it.
type PaperSignature struct {
	Person  uuid.UUID
	At      time.Time // the day it bears; its clock does not matter
	Consent Consent
	Scan    File
}

var (
	paperWho     = fault.Say("workflow.paper-who", "所录的签批人不能办理%s", "who is said to have signed may not do the %s")
	paperSelf    = fault.Say("workflow.paper-self", "%s不能补录自己的签批；请在线办理", "%s cannot enter a signature of their own; decide here instead")
	paperAuthor  = fault.Say("workflow.paper-author", "%s改过本期正文，纸质签批须由他人补录", "%s wrote in this text; somebody else must enter the signature")
	paperConsent = fault.Say("workflow.paper-consent", "请写明是签名、圈阅还是批注同意，不是%q", "say whether it is a signature, a circle or written consent, not %q")
	paperDay     = fault.Say("workflow.paper-day", "签批日期应在本期新建之后，且不晚于今天", "the day of the signature lies after the issue was opened and not after today")
	paperFact    = fault.Say("workflow.fact.paper", "纸质签批：%s于%s%s，扫描件%q，SHA-256 %s", "on paper: %s on %s, %s; scan %q, SHA-256 %s")
)

var (
	paperSigned = Rule{"paper-signed",
		fault.Say("workflow.rule.paper-signed", "补录的签批要有本环节的签批人、方式和日期，并由他人补录", "an entry from paper has a signer of this step, a kind of consent and a day, and is another's than the signer's or an author's"),
		againstPaper}
	scanSafe = Rule{"scan-safe",
		fault.Say("workflow.rule.scan-safe", "补录要附扫描件", "an entry from paper comes with its scan"),
		func(c Case) []fault.Reason {
			if c.Order.Paper == nil {
				return nil
			}
			scan := c.Order.Paper.Scan
			return append(scan.Against(), unless(len(scan.Data) > 0, emptyFile.With(abridged(scan.Name)))...)
		}}
)

func againstPaper(c Case) []fault.Reason {
	p := c.Order.Paper
	if p == nil {
		return nil
	}
	_, sits := c.handAt(c.Issue.Step)
	reasons := unless(sits, paperWho.With(c.Issue.Current().Kind.Title()))
	reasons = append(reasons, unless(p.Person != c.Actor.Person.ID, paperSelf.With(c.Actor.Name()))...)
	wrote := slices.Contains(c.Issue.Authors, c.Actor.Person.ID)
	reasons = append(reasons, unless(!wrote || c.Series.TwoPerson != nil, paperAuthor.With(c.Actor.Name()))...)
	_, known := consentWords[p.Consent]
	reasons = append(reasons, unless(known, paperConsent.With(string(p.Consent)))...)
	day := func(t time.Time) string { return c.here(t).Format(time.DateOnly) }
	real := day(p.At) >= day(c.Issue.Opened) && day(p.At) <= day(c.Now)
	return append(reasons, unless(real, paperDay.With())...)
}

// Record enters a decision that was made on paper. It fails as [Desk.Act]
// does, and keeps nothing of the scan then.
func (d *Desk) Record(ctx context.Context, actor Actor, id uuid.UUID, version int, paper PaperSignature, note string) (Issue, error) {
	if err := (Source{Name: paper.Scan.Name, Text: note}).classified(); err != nil {
		return Issue{}, err
	}
	return d.act(ctx, actor, id, Order{Act: Record, Version: version, Paper: &paper, Note: note})
}

// applyRecord books what was decided on paper, under both names.
func applyRecord(c Case, next *Change) []fault.Reason {
	p := c.Order.Paper
	d := c.decision(Approve, c.Issue.Step)
	d.At = moment(p.At)
	d.Paper = &Signature{By: c.Actor.Person.ID, ByName: c.Actor.Name(), At: moment(c.Now), Consent: p.Consent, Scan: p.Scan.Listed()}
	next.Files = append(next.Files, p.Scan.Data)
	fact := paperFact.With(d.Name, c.here(p.At).Format(time.DateOnly), p.Consent.Title(), p.Scan.Name, d.Paper.Scan.SHA256)
	return append([]fault.Reason{fact}, book(c, next, d)...)
}
