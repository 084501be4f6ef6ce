// Package lists is the operations on whom issues go to, 报、送、发 and so on:
//
//	/series/{series}/lists   the standing lists of a series, which the next issue takes over
//	/issues/{issue}/lists    those of one issue, as words; what they mean is its circulation
//
// The lists of an issue are lines of its text: a draft is saved, and an issue
// that was signed off is amended, which somebody else classes (Regulation art.
// 31). The room is given what the pages of lists are given.
package lists

import (
	"jianbao/bulletin"
	"jianbao/recipients"
	"jianbao/web/api/op"
	pages "jianbao/web/lists"
)

type room struct {
	*op.Kit
	pages.Config
}

// Room registers the operations.
func Room(c pages.Config) op.Room {
	return func(k *op.Kit) {
		rm := &room{k, c}
		op.On(k, op.Get("read-standing-lists", "/series/{series}/lists", "lists", "The lists that the next issue takes over"), rm.standing)
		op.On(k, op.Put("save-standing-lists", "/series/{series}/lists", "lists", "Change the standing lists of a series"), rm.saveStanding)
		op.On(k, op.Put("save-lists", "/issues/{issue}/lists", "lists", "Change the lists of an issue, by the act that may change it now"), rm.saveIssue)
		op.On(k, op.Get("compare-lists", "/issues/{issue}/lists/difference", "lists", "What the lists of an issue have otherwise than the issue before"), rm.difference)
	}
}

// PrintedList is one list as it is printed.
type PrintedList struct {
	Label string `json:"label" maxLength:"20" doc:"报, 送, 发 and so on"`
	Text  string `json:"text" maxLength:"10000" doc:"the names, as they are printed"`
}

func listed(all []PrintedList) []recipients.Listed {
	return op.Each(all, func(l PrintedList) recipients.Listed { return recipients.Listed{Label: l.Label, Text: l.Text} })
}

func lines(all []PrintedList) []bulletin.List {
	return op.Each(all, func(l PrintedList) bulletin.List { return bulletin.List{Label: l.Label, Text: l.Text} })
}
