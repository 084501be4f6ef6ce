package workflow

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/google/uuid"

	"jianbao/bulletin"
	"jianbao/fault"
	"jianbao/workflow/ready"
	"jianbao/workflow/ready/likeness"
)

// A PastItem is an item of an issue that went out, as it is kept to find what
// repeats it.
type PastItem struct {
	Issue    uuid.UUID
	Seq      int // 1-based within the issue
	Masthead string
	Number   Number
	Section  string
	Text     string // lead and paragraphs, a line each
	// Keys find the item again among many; see package likeness. They are
	// written, and not read back.
	Keys []int64
}

// Past is what the ready check looks at of issues that were there before.
type Past struct {
	Register []RegisterLine
	Items    []PastItem
}

// pastItems are the items of an issue as they are kept when it is released.
func (i Issue) pastItems() (all []PastItem) {
	for _, section := range i.Document.Sections {
		for _, item := range section.Items {
			text := itemText(item)
			all = append(all, PastItem{
				Issue: i.ID, Seq: len(all) + 1, Masthead: i.Document.Masthead, Number: i.Number, Section: section.Name,
				Text: text, Keys: likeness.Fingerprint(text).Bands(),
			})
		}
	}
	return all
}

func itemText(item bulletin.Item) string {
	return strings.TrimSpace(item.Lead + "\n" + strings.Join(item.Paragraphs, "\n"))
}

// Ready is the ready check of an issue as it stands: every doubt, with its
// place. It fails with fault.NotFound if there is no such issue.
func (d *Desk) Ready(ctx context.Context, id uuid.UUID) ([]ready.Finding, error) {
	issue, series, err := d.load(ctx, id)
	if err != nil {
		return nil, err
	}
	return d.Check(ctx, issue, series)
}

// Check is the ready check of an issue that need not be kept, as that of a text
// which somebody is still typing. It fails as the books do.
func (d *Desk) Check(ctx context.Context, issue Issue, series Series) ([]ready.Finding, error) {
	items := issue.pastItems()
	var keys []int64
	for _, item := range items {
		keys = append(keys, item.Keys...)
	}
	past, err := d.Books.Past(ctx, issue, keys)
	if err != nil {
		return nil, err
	}
	directory, err := d.Books.Directory(ctx, series.ID)
	if err != nil {
		return nil, err
	}
	facts := factsOf(issue, series, past)
	facts.Units = ready.NewUnits(directory.Units)
	facts.Similar = similar(items, slices.DeleteFunc(past.Items, func(p PastItem) bool { return issue.amendsNumber(p.Number) }))
	if d.Missing != nil {
		facts.Missing = d.Missing(issue.Text)
	}
	return ready.Check(numbered(issue), facts), nil
}

// factsOf are the facts that need no more looking up.
func factsOf(issue Issue, series Series, past Past) ready.Facts {
	facts := ready.Facts{Text: issue.Text, Home: series.Place, Sections: series.Sections}
	for _, line := range past.Register {
		if (line.Issue != issue.ID || line.Issue == uuid.Nil) && !issue.amendsNumber(line.Number) {
			facts.Register = append(facts.Register, ready.Registered{
				Kind: line.Kind, Year: line.Year, No: line.No, Date: line.Date, Void: line.Void != "",
			})
		}
	}
	day := numbered(issue).Date
	for _, l := range series.Leaders {
		if l.InOffice(day) {
			facts.Leaders = append(facts.Leaders, ready.Leader{Name: l.Name, Titles: l.Titles, Rank: l.Order})
		}
	}
	return facts
}

// amendsNumber reports whether the issue corrects the one that bears a number: it
// bears the same, and repeats what was right there.
func (i Issue) amendsNumber(n Number) bool { return i.Corrects != uuid.Nil && i.Number == n }

// numbered is the document with the number and the date that the issue bears,
// if it was registered.
func numbered(issue Issue) bulletin.Document {
	document := issue.Document
	if !issue.Number.IsZero() {
		document.Number.Kind, document.Number.Year, document.Number.No = issue.Number.Kind, issue.Number.Year, issue.Number.No
		document.Date = issue.Date
	}
	return document
}

// mostRepeats is how many earlier places of one item are named: what stands in
// every issue of a year is known after a few.
const mostRepeats = 3

// similar compares the items of an issue with those that share a key with one
// of them, which are in the order in which they went out. Of each item the most
// alike are named, and of those that are equally so the last ones.
func similar(items, past []PastItem) (all []ready.Similar) {
	var index likeness.Index[string]
	said := map[string][]PastItem{} // the same words are compared once
	for _, p := range slices.Backward(past) {
		if said[p.Text] = append(said[p.Text], p); len(said[p.Text]) == 1 {
			index.Add(p.Text, p.Text)
		}
	}
	for _, item := range items {
		left := mostRepeats
		for _, match := range index.Similar(item.Text, likeness.Least) {
			places := said[match.ID]
			places = places[:min(left, len(places))]
			left -= len(places)
			for _, p := range places {
				all = append(all, ready.Similar{Item: item.Seq, Where: p.where(), Words: abridged(strings.ReplaceAll(p.Text, "\n", "")), Alike: match.Alike})
			}
		}
	}
	return all
}

// where says in which issue an item stood: 鄂尔多斯科技简报2021年第3期，高层声音.
func (p PastItem) where() string {
	kind := ""
	if p.Number.Kind != bulletin.Ordinary {
		kind = string(p.Number.Kind)
	}
	where := fmt.Sprintf("%s%d年%s第%d期", p.Masthead, p.Number.Year, kind, p.Number.No)
	if p.Section != "" {
		where += "，" + p.Section
	}
	return where
}

var (
	heldBack  = fault.Say("workflow.fact.held", "没有发出：%s", "not released: %s")
	inItem    = fault.Say("workflow.in-item", "第%d条：%s", "item %d: %s")
	readyRule = Rule{"ready",
		fault.Say("workflow.rule.ready", "送审前检查没有必须处理的问题", "the ready check finds nothing that blocks"),
		func(c Case) []fault.Reason {
			var reasons []fault.Reason
			for _, f := range ready.Beside(c.Issue.Problems, c.Findings) {
				if f.Severity == bulletin.Block {
					reasons = append(reasons, placed(f))
				}
			}
			return reasons
		}}
)

// placed is the reason of a finding with its place.
func placed(f ready.Finding) fault.Reason {
	switch {
	case f.Line > 0:
		return blockedAt.With(f.Line, f.Reason)
	case f.Item > 0:
		return inItem.With(f.Item, f.Reason)
	}
	return f.Reason
}

// hold takes an issue that cannot be released off its schedule, so that a
// person looks at it; the history keeps why.
func (d *Desk) hold(ctx context.Context, robot Actor, issue Issue, refusal *fault.Error) (Issue, error) {
	why := refusal.Reasons
	if len(why) == 0 {
		why = []fault.Reason{refusal.Message}
	}
	held, err := d.Act(ctx, robot, issue.ID, Order{Act: Hold, Version: issue.Version, Why: why})
	if fault.Is(err, fault.Blocked) || fault.Is(err, fault.Forbidden) { // its time has not come, or not by this actor
		return Issue{}, refusal
	}
	return held, err
}

func applyHold(c Case, next *Change) []fault.Reason {
	applyUnschedule(c, next)
	return convert(c.Order.Why, func(r fault.Reason) fault.Reason { return heldBack.With(r) })
}
