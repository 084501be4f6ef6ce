package receipts

import (
	"context"

	"github.com/google/uuid"

	"jianbao/web/api/op"
	pages "jianbao/web/receipts"
	"jianbao/workflow"
)

func (rm *room) describeLetters() {
	k := rm.Kit
	op.On(k, op.Get("read-letter", "/issues/{issue}/letters/{letter}", "receipts", "A letter as its unit got it, its link cut short"), rm.letter)
	op.On(k, op.Bytes(op.Get("read-mail", "/issues/{issue}/letters/{letter}/eml", "receipts", "The very mail (RFC 5322), for clerks; who had it is written down")), rm.mail)
}

// OfLetter is one letter of an issue.
type OfLetter struct {
	op.OfIssue
	Letter uuid.UUID `path:"letter" format:"uuid"`
}

// SentLetter is a letter as it went out.
type SentLetter struct {
	ID      uuid.UUID `json:"id" format:"uuid"`
	Unit    uuid.UUID `json:"unit" format:"uuid"`
	Name    string    `json:"name"`
	Address string    `json:"address"`
	Subject string    `json:"subject"`
	Text    string    `json:"text"`
	HTML    string    `json:"html"`
	SHA256  string    `json:"sha256" doc:"of the very mail"`
	Size    int       `json:"size" doc:"of the very mail, in bytes"`
}

type letterBody struct{ Body SentLetter }

func (rm *room) letter(ctx context.Context, in *OfLetter) (*letterBody, error) {
	if _, _, err := rm.Find(ctx, in.Issue); err != nil {
		return nil, err
	}
	sent, err := rm.Letters.Look(ctx, in.Issue, in.Letter)
	d := sent.Letter
	return &letterBody{SentLetter{d.ID, d.Unit, d.Name, d.Address, sent.Content.Subject, sent.Text, sent.HTML, sent.SHA256, sent.Size}}, err
}

func (rm *room) mail(ctx context.Context, in *OfLetter) (*op.FileBody, error) {
	issue, _, err := rm.Find(ctx, in.Issue)
	if err != nil {
		return nil, err
	}
	if err := pages.MayHaveMail(op.CallerOf(ctx).Person, issue.Series); err != nil {
		return nil, err
	}
	raw, err := rm.Letters.Eml(ctx, op.CallerOf(ctx).Actor(), issue.ID, in.Letter)
	return op.File(workflow.File{Type: "message/rfc822", Data: raw}, err)
}
