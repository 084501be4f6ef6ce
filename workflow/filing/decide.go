package filing

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/google/uuid"

	"jianbao/bulletin"
	"jianbao/fault"
	"jianbao/workflow"
	"jianbao/workflow/retention"
)

// An Order is what a clerk says when an issue is filed.
type Order struct {
	Version int             // of the issue, as it was seen
	Class   retention.Class // "" is the one that is proposed
	Pages   int             // of the file; 0 lets the desk count those of the print
	Kept    string          // where the originals on paper lie, or ""
	Note    string          // why something is missing, or whatever the list should say
}

// A Case is all that is looked at when an issue is filed.
type Case struct {
	Contents
	// Taken is the highest number given so far in the year of the issue, by
	// class.
	Taken map[retention.Class]int
	Actor workflow.Actor
	Order Order
	Now   time.Time
}

const (
	mostPages = 99_999
	mostWords = 200 // characters of a note
)

var (
	sayRefused = fault.Say("filing.refused", "不能归档", "it cannot be filed")
	sayClerk   = fault.Say("filing.clerk", "%s没有本刊的收发职责，不能归档", "%s is no clerk of this series and may not file")
	sayFiled   = fault.Say("filing.filed-already", "本期已经归档：%d年度%s第%d件", "it is filed already: item %[3]d of %[1]d, %[2]s")
	sayDate    = fault.Say("filing.no-date", "本期没有成文日期，不知道归入哪一年；请等它发出后再归档", "the issue has no date, so the year it belongs to is not known; file it when it is out")
	sayClass   = fault.Say("filing.class", "没有这种保管期限：%q", "there is no such class: %q")
	sayPages   = fault.Say("filing.pages", "请写明页数，1至%d页", "say how many pages it has, 1 to %d")
	sayWords   = fault.Say("filing.words", "备注和存放处各不超过%d个字，写在一行里", "note and place are at most %d characters each, on one line")
	sayShorter = fault.Say("filing.shorter", "建议的保管期限是%s，要缩短为%s，请在备注里写明理由", "it is proposed for: %s; to keep it only %s, say why in the note")
)

// Decide files an issue: it returns the change, with its line of history, and
// the line of the filing list. It fails as workflow.Decide does; with
// fault.Invalid and all reasons if the order cannot be read, and with
// fault.Blocked if the issue is filed already or its file has gaps that the
// order does not excuse.
func Decide(c Case, id uuid.UUID) (workflow.Change, Item, error) {
	if label, found := bulletin.Classified("", nil, c.Order.Note+"\n"+c.Order.Kept); found {
		return workflow.Change{}, Item{}, label.Refusal()
	}
	class := c.Order.Class
	if class == "" {
		class = c.Proposed()
	}
	if c.Item != nil {
		return workflow.Change{}, Item{}, fault.New(fault.Blocked, sayRefused.With(), sayFiled.With(c.Item.Year, c.Item.Class.Title(), c.Item.No))
	}
	if reasons := c.against(class); len(reasons) > 0 {
		return workflow.Change{}, Item{}, fault.New(fault.Invalid, sayRefused.With(), reasons...)
	}
	item := itemOf(c, class)
	item.No = c.Taken[class] + 1
	item.Reference = c.Rule.Reference(item.Year, class, item.No)
	change, err := workflow.Decide(workflow.Case{
		Issue: c.Issue, Series: c.Series, Actor: c.Actor, Now: c.Now,
		Order: workflow.Order{Act: workflow.Archive, Version: c.Order.Version, Note: item.Note, Filing: c.filing(item)},
	}, id)
	return change, item, err
}

// filing is what history keeps of an item.
func (c Case) filing(item Item) *workflow.Filing {
	f := &workflow.Filing{Year: item.Year, Class: item.Class, No: item.No, Reference: item.Reference}
	for _, gap := range c.Gaps(c.Order.Kept) {
		if gap.Fatal {
			f.Broken = append(f.Broken, gap.Says)
		} else {
			f.Lacking = append(f.Lacking, gap.Says)
		}
	}
	return f
}

// against is what is wrong with the order by itself.
func (c Case) against(class retention.Class) []fault.Reason {
	reasons := unless(!c.Issue.Date.IsZero(), sayDate.With())
	reasons = append(reasons, unless(c.Order.Pages >= 1 && c.Order.Pages <= mostPages, sayPages.With(mostPages))...)
	reasons = append(reasons, unless(brief(c.Order.Note) && brief(c.Order.Kept), sayWords.With(mostWords))...)
	if !class.Known() {
		return append(reasons, sayClass.With(string(class)))
	}
	proposed := c.Proposed()
	argued := strings.TrimSpace(c.Order.Note) != ""
	return append(reasons, unless(argued || !class.Shorter(proposed), sayShorter.With(proposed.Title(), class.Title()))...)
}

// brief reports whether words fit into a cell of a list.
func brief(words string) bool {
	return utf8.ValidString(words) && utf8.RuneCountInString(words) <= mostWords && !strings.ContainsFunc(words, unicode.IsControl)
}

func unless(holds bool, reason fault.Reason) []fault.Reason {
	if holds {
		return nil
	}
	return []fault.Reason{reason}
}
