// Package copies is the operations on an issue's printed copies, before the
// registration and after the release, and the registers of them:
//
//	/issues/{issue}/copies/plan       the equation (共印N份), looked at, tried and set
//	/issues/{issue}/copies/numbers    copy numbers (份号), and where one is
//	/issues/{issue}/copies/deeds      what people do with copies: the table, and an act
//	/issues/{issue}/copies/handovers  what units took
//	/issues/{issue}/copies/extra      a wider distribution (增发), asked for and decided
//	/series/{series}/registers        the books that inspectors ask for, as data and as files
//
// The ledger itself is with the other books of an issue (package api). The rules
// are those of recipients/copies and workflow.Desk; the room is given what the
// pages of copies are given.
package copies

import (
	"context"
	"strings"

	"github.com/google/uuid"

	"jianbao/fault"
	"jianbao/recipients"
	book "jianbao/recipients/copies"
	"jianbao/web/api/op"
	pages "jianbao/web/copies"
	"jianbao/workflow"
)

type room struct {
	*op.Kit
	pages.Config
}

// Room registers the operations.
func Room(c pages.Config) op.Room {
	return func(k *op.Kit) {
		rm := &room{k, c}
		rm.describePlan()
		rm.describeDeeds()
		rm.describeRegisters()
		rm.describePapers()
	}
}

var unknownUnit = fault.Say("api.copies.unknown-unit", "单位名录里没有唯一的“%s”", "“%s” means no one unit of the directory")

// A Meant names a unit by its id or as lists write it.
type Meant struct {
	Unit     *uuid.UUID `json:"unit,omitempty" format:"uuid" doc:"the unit; or send unit_name"`
	UnitName string     `json:"unit_name,omitempty" maxLength:"200" doc:"as the lists of the series name it; or send unit"`
}

// unit finds the one unit that is meant, as the lists of the series do.
func (rm *room) unit(ctx context.Context, s workflow.Series, m Meant) (uuid.UUID, error) {
	if m.Unit != nil {
		return *m.Unit, nil
	}
	directory, err := rm.Config.Reads.Directory(ctx, s.ID)
	if err != nil {
		return uuid.Nil, err
	}
	name := strings.TrimSpace(m.UnitName)
	meant := recipients.Resolve(directory, s.Place, rm.Now(), []recipients.Listed{{Label: name, Text: name}}).All()
	if len(meant) != 1 {
		return uuid.Nil, fault.New(fault.Invalid, unknownUnit.With(name))
	}
	return meant[0].Unit, nil
}

// numbersOf reads copy numbers; where is their place in the request.
func numbersOf(where, text string) (book.Numbers, error) {
	n, err := book.ParseNumbers(text)
	if err != nil {
		return nil, op.BadField(where, text)
	}
	return n, nil
}
