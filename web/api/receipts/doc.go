// Package receipts is the operations on what became of an issue that is out: who
// has it, who has acknowledged it, who waits for a person, and what is done about
// it.
//
//	/issues/{issue}/receipts          the receipt board, and one unit of it
//	/issues/{issue}/calls             whom to ring
//	/issues/{issue}/holders           who has it, or may have it
//	/issues/{issue}/letters/{letter}  a letter as its unit got it, and the very mail
//	/series/{series}/punctuality      who acknowledges in time
//	/receipt-mails                    replies that were not understood
//
// Corrections, recalls, resending and no longer asking are acts of the issue
// (package api). The rules are those of recipients/receipts and
// workflow.Receiving; the room is given what the pages of receipts are given.
package receipts

import (
	"context"
	"slices"

	"github.com/google/uuid"

	domain "jianbao/recipients/receipts"
	"jianbao/web/api/op"
	pages "jianbao/web/receipts"
)

type room struct {
	*op.Kit
	pages.Config
}

// Room registers the operations.
func Room(c pages.Config) op.Room {
	return func(k *op.Kit) {
		rm := &room{k, c}
		rm.describeBoard()
		rm.describeMails()
		rm.describeLetters()
	}
}

// lines is the receipt board of an issue that the caller may see.
func (rm *room) lines(ctx context.Context, issue uuid.UUID) ([]domain.Line, error) {
	if _, _, err := rm.Find(ctx, issue); err != nil {
		return nil, err
	}
	return rm.Board.ReceiptLines(ctx, issue)
}

// line is one unit of the board.
func (rm *room) line(ctx context.Context, issue, unit uuid.UUID) (domain.Line, error) {
	all, err := rm.lines(ctx, issue)
	if err != nil {
		return domain.Line{}, err
	}
	n := slices.IndexFunc(all, func(l domain.Line) bool { return l.Unit == unit })
	if n < 0 {
		return domain.Line{}, op.NotHere()
	}
	return all[n], nil
}
