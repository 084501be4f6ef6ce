package ready

import (
	"slices"
	"strings"
	"unicode"

	"jianbao/bulletin"
	"jianbao/fault"
	"jianbao/workflow/ready/likeness"
)

var (
	sectionUnknown = fault.Say("ready.section-unknown", "本刊没有“%s”这个栏目", "the series has no section %q")
	sectionOrder   = fault.Say("ready.section-order", "栏目“%s”应排在“%s”前面", "the section %q belongs before %q")
	sectionTwice   = fault.Say("ready.section-twice", "栏目“%s”出现了两次", "the section %q stands twice")
	sectionEmpty   = fault.Say("ready.section-empty", "栏目“%s”下面没有内容", "the section %q has no items")
	itemEmpty      = fault.Say("ready.item-empty", "第%d条没有内容", "item %d has no text")
	headingOnly    = fault.Say("ready.heading-only", "“%s”只有标题，没有正文", "%q has a heading and no text")
	itemRepeats    = fault.Say("ready.item-repeats", "第%d条与%s的“%s”有%d%%相同", "%[4]d%% of item %[1]d stood in %[2]s: %[3]q")
	itemTwice      = fault.Say("ready.item-twice", "第%d条与本期第%d条有%d%%相同", "%[3]d%% of item %[1]d stands in item %[2]d as well")
)

// checkSections compares the sections with the series' list: unknown names,
// names out of order, names that stand twice. Numbered headings are no sections,
// and one that is missing this time is no slip.
func checkSections(t *text) []Finding {
	var found []Finding
	seen := map[string]bool{}
	furthest, from := -1, 1
	for _, s := range t.Document.Sections {
		if s.Name == "" || bulletin.IsChapter(s.Name) {
			continue
		}
		line := t.find(from, s.Name)
		from = max(from, line)
		if len(s.Items) > 0 {
			from = max(from, s.Items[len(s.Items)-1].Line)
		} else {
			found = append(found, Finding{SectionEmpty, bulletin.Ask, line, 0, sectionEmpty.With(s.Name)})
		}
		place := slices.Index(t.Facts.Sections, s.Name)
		switch {
		case seen[s.Name]:
			found = append(found, Finding{SectionTwice, bulletin.Ask, line, 0, sectionTwice.With(s.Name)})
		case len(t.Facts.Sections) == 0:
		case place < 0:
			found = append(found, Finding{SectionUnknown, bulletin.Ask, line, 0, sectionUnknown.With(s.Name)})
		case place < furthest:
			found = append(found, Finding{SectionOrder, bulletin.Ask, line, 0, sectionOrder.With(s.Name, t.Facts.Sections[furthest])})
		}
		seen[s.Name] = true
		furthest = max(furthest, place)
	}
	return found
}

// checkItems looks for items without text.
func checkItems(t *text) []Finding {
	var found []Finding
	for i, item := range t.items {
		all := strings.Join(item.Paragraphs, "")
		switch {
		case hasLetter(all):
		case item.HasHeading() && hasLetter(item.Lead):
			found = append(found, Finding{ItemEmpty, bulletin.Ask, item.Line, i + 1, headingOnly.With(shown(item.Lead))})
		case !hasLetter(item.Lead):
			found = append(found, Finding{ItemEmpty, bulletin.Ask, item.Line, i + 1, itemEmpty.With(i + 1)})
		}
	}
	return found
}

func hasLetter(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) })
}

// checkRepeats reports items that stood in an earlier issue, and looks for those
// that repeat each other.
func checkRepeats(t *text) []Finding {
	var found []Finding
	for _, s := range t.Similar {
		if s.Item < 1 || s.Item > len(t.items) {
			continue
		}
		found = append(found, Finding{ItemRepeats, bulletin.Ask, t.items[s.Item-1].Line, s.Item,
			itemRepeats.With(s.Item, s.Where, shown(s.Words), percent(s.Alike))})
	}
	var index likeness.Index[int]
	for i, item := range t.items {
		words := ItemText(item)
		if twins := index.Similar(words, likeness.Least); len(twins) > 0 {
			found = append(found, Finding{ItemTwice, bulletin.Ask, item.Line, i + 1, itemTwice.With(i+1, twins[0].ID, percent(twins[0].Alike))})
		} else {
			index.Add(i+1, words) // one of the twins is enough to find the next
		}
	}
	return found
}

// percent never says 100 of what is not the same.
func percent(alike float64) int { return int(alike * 100) }

// ItemText returns the text of an item by which it is compared with others, the
// same for the issue that is checked and for those that went out.
func ItemText(item bulletin.Item) string {
	return item.Lead + strings.Join(item.Paragraphs, "\n")
}
