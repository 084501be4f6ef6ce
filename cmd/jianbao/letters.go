package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"regexp"

	"github.com/google/uuid"

	"jianbao/mailer"
	receiptpages "jianbao/web/receipts"
	"jianbao/workflow"
)

// sentLetters shows letters as their units got them: what the engine sends, made
// again of the frozen content, the delivery and the unit's own link, which
// together make the same bytes each time.
type sentLetters struct{ *office }

var _ receiptpages.Letters = sentLetters{}

// tokens are the tokens of links to acknowledge.
var tokens = regexp.MustCompile(`(/receipt/)[A-Za-z0-9_-]{43}`)

// cut leaves of the links in a text where they lead, and not what opens it.
func cut(text string) string { return tokens.ReplaceAllString(text, "${1}…") }

// letter returns a letter, its content with what is the unit's own, and the very
// mail. It fails as [store.Store.Letter] does.
func (l sentLetters) letter(ctx context.Context, issue, delivery uuid.UUID) (letter mailer.Delivery, content mailer.Content, raw []byte, err error) {
	if letter, content, err = l.store.Letter(ctx, issue, delivery); err != nil {
		return letter, content, nil, err
	}
	if err = withReceipt(ctx, l.receiving, &content); err != nil {
		return letter, content, nil, err
	}
	content.DKIM = l.dkim
	composed, err := mailer.Compose(content)
	if err == nil {
		raw, err = composed.Message(letter)
	}
	return letter, content, raw, err
}

// Look returns a letter without the token of its link; see
// [receiptpages.Letters].
func (l sentLetters) Look(ctx context.Context, issue, delivery uuid.UUID) (sent receiptpages.Sent, err error) {
	letter, content, raw, err := l.letter(ctx, issue, delivery)
	if err != nil {
		return sent, err
	}
	sum := sha256.Sum256(raw)
	sent = receiptpages.Sent{Letter: letter, Content: content, Text: string(content.Text), HTML: string(content.HTML), SHA256: hex.EncodeToString(sum[:]), Size: len(raw)}
	if content.Personal != nil {
		text, page := content.Personal(letter)
		sent.Text += text
		if sent.HTML != "" {
			sent.HTML += page
		}
	}
	sent.Text, sent.HTML = cut(sent.Text), cut(sent.HTML)
	return sent, nil
}

// Eml returns the very mail and enters who had it; see [receiptpages.Letters].
func (l sentLetters) Eml(ctx context.Context, actor workflow.Actor, issue, delivery uuid.UUID) ([]byte, error) {
	letter, _, raw, err := l.letter(ctx, issue, delivery)
	if err != nil {
		return nil, err
	}
	return raw, l.store.Shown(ctx, issue, letter, actor, l.desk.Now())
}

// receiptPages are what the pages of receipts are made of.
func (o *office) receiptPages() receiptpages.Config {
	return receiptpages.Config{Desk: o.desk, Receiving: o.receiving, Board: o.store, Reads: o.store, Letters: sentLetters{o}}
}
