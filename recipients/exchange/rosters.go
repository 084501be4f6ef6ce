package exchange

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"jianbao/fault"
	"jianbao/recipients"
	"jianbao/recipients/table"
)

// The columns of collective entries; there is one line for each member.
const (
	titleKind   = "类别"
	titleRoster = "集合项"
	titleWords  = "称呼"
	titleVia    = "送达单位"
	titleSince  = "起"
	titleLast   = "止（含当日）"

	kindUnit   = "单位"
	kindRoster = "集合项"
)

// rosterTitles are their titles as offices write them.
var rosterTitles = func() map[string]string {
	all := map[string]string{}
	for title, others := range map[string][]string{
		titleKind:   {"种类", "kind"},
		titleRoster: {"集合名称", "集合项名称", "合称", "roster"},
		titlePlace:  {"地区"},
		titleWords:  {"成员", "成员称呼", "words"},
		titleVia:    {"转呈单位", "转送单位", "收件单位", "单位全称", "单位", "via"},
		titleSince:  {"起始日", "起始日期", "自", "from"},
		titleLast:   {"止", "截止日", "截止日期", "至", "until"},
	} {
		for _, t := range append(others, title) {
			all[titleKey(t)] = title
		}
	}
	return all
}()

func isRoster(kind string) bool {
	return slices.Contains([]string{kindRoster, "集合", "合称", "roster"}, kind)
}

// A member is one line of a collective entry.
type member struct {
	h     *heading
	line  int
	text  string // of the entry
	place string
	cell  cells
}

// A Grouping is a collective entry that a sheet adds or changes.
type Grouping struct {
	Line   int
	New    bool
	Before recipients.Collective
	After  recipients.Collective
	Fields []Field
}

var (
	rosterMissing = fault.Say("exchange.roster-missing", "没有写明是哪个集合项", "it does not say of which collective entry")
	viaMissing    = fault.Say("exchange.via-missing", "找不到送达单位“%s”", "there is no unit “%s” to reach it through")
	viaEmpty      = fault.Say("exchange.via-empty", "没有填送达单位", "the unit through which it is reached is missing")
	badDay        = fault.Say("exchange.bad-day", "“%s”不是日期，请填如2026-01-05", "“%s” is no day; write one such as 2026-01-05")
)

// rosters writes the collective entries of a directory.
func (f *formats) rosters(dir recipients.Directory) table.Table {
	t := table.Table{Name: "集合项", Header: []string{titleRoster, titlePlace, titleWords, titleVia, titleSince, titleLast}}
	all := slices.Clone(dir.Collectives)
	slices.SortStableFunc(all, func(a, b recipients.Collective) int {
		return cmp.Or(cmp.Compare(a.Place, b.Place), cmp.Compare(a.Text, b.Text))
	})
	for _, c := range all {
		for _, m := range c.Members {
			t.Add(c.Text, c.Place, m.Words, f.name[m.Unit], f.dayIf(m.From), f.lastDay(m.Until))
		}
	}
	return t
}

func (f *formats) dayIf(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return f.day(t)
}

// lastDay is the day before a moment that begins one.
func (f *formats) lastDay(until time.Time) string {
	if until.IsZero() {
		return ""
	}
	if text := f.day(until); len(text) > len(time.DateOnly) {
		return text
	}
	return f.day(until.In(f.zone).AddDate(0, 0, -1))
}

// member keeps a line of a collective entry until all units are known. A line
// without a text is of the entry above.
func (r *reader) member(h *heading, line int, cell cells) {
	title := titleRoster
	if !h.roster {
		title = titleName
	}
	text, column := cell(title)
	place, _ := cell(titlePlace)
	if text = recipients.Tidy(text); text == "" {
		if len(r.members) == 0 || r.members[len(r.members)-1].h != h {
			r.problem(h, line, column, rosterMissing.With())
			return
		}
		text = r.members[len(r.members)-1].text
	}
	r.members = append(r.members, member{h, line, text, place, cell})
}

// groups makes collective entries of the lines. A sheet that names an entry says
// all of its roster.
func (r *reader) groups() {
	var order []string
	lines := map[string][]member{}
	for _, m := range r.members {
		if lines[m.text] == nil {
			order = append(order, m.text)
		}
		lines[m.text] = append(lines[m.text], m)
	}
	for _, text := range order {
		r.group(text, lines[text])
	}
}

func (r *reader) group(text string, lines []member) {
	g := Grouping{Line: lines[0].line, New: true, After: recipients.Collective{Text: text}}
	for _, c := range r.dir.Collectives {
		if recipients.Tidy(c.Text) == text {
			g.New, g.Before, g.After = false, c, c
		}
	}
	if g.New {
		g.After.ID = r.options.NewID()
	}
	g.After.Members = nil
	sound := true
	for _, m := range lines {
		if m.place != "" {
			g.After.Place = m.place
		}
		one, ok := r.memberOf(m)
		g.After.Members, sound = append(g.After.Members, one), sound && ok
	}
	if err := fault.As(g.After.Validate()); err != nil && sound {
		for _, why := range err.Reasons {
			r.problem(lines[0].h, lines[0].line, -1, why)
		}
	}
	if g.Fields = r.rosterFields(g.Before, g.After); len(g.Fields) > 0 {
		r.preview.Groupings = append(r.preview.Groupings, g)
		return
	}
	r.preview.Unchanged++
}

// memberOf reads one line.
func (r *reader) memberOf(m member) (one recipients.Member, sound bool) {
	sound = true
	wrong := func(column int, why fault.Reason) {
		r.problem(m.h, m.line, column, why)
		sound = false
	}
	via, column := m.cell(titleVia)
	id, known := r.byName[via]
	switch {
	case via == "":
		wrong(column, viaEmpty.With())
	case !known || !r.byID[id].Ended.IsZero():
		wrong(column, viaMissing.With(via))
	}
	one.Unit = id
	if one.Words, _ = m.cell(titleWords); one.Words == "" {
		one.Words = via
	}
	if text, column := m.cell(titleSince); text != "" {
		day, known := r.readDay(dashed(text))
		if one.From = day; !known {
			wrong(column, badDay.With(text))
		}
	}
	if text, column := m.cell(titleLast); text != "" {
		day, known := r.readDay(dashed(text))
		if !known {
			wrong(column, badDay.With(text))
		} else if one.Until = day; len(text) <= len(time.DateOnly) {
			one.Until = day.AddDate(0, 0, 1)
		}
	}
	return one, sound
}

var otherDay = regexp.MustCompile(`^(\d{4})[./年](\d{1,2})[./月](\d{1,2})日?$`)

// dashed writes a day that people write with points, strokes or words with
// dashes.
func dashed(text string) string { return otherDay.ReplaceAllString(text, "$1-$2-$3") }

// rosterFields are the fields in which a collective entry differs from what it
// was, as people read them.
func (f *formats) rosterFields(before, after recipients.Collective) (all []Field) {
	for _, x := range []Field{
		{titleRoster, before.Text, after.Text}, {titlePlace, before.Place, after.Place}, {titleWords, f.roster(before), f.roster(after)},
	} {
		if x.Before != x.After {
			all = append(all, x)
		}
	}
	return all
}

// RosterDifferences are the fields in which a collective entry differs from what
// it was in the directory.
func RosterDifferences(dir recipients.Directory, before, after recipients.Collective, zone *time.Location) []Field {
	return formatsOf(dir, zone).rosterFields(before, after)
}

// roster writes the members of an entry in one line.
func (f *formats) roster(c recipients.Collective) string {
	var all []string
	for _, m := range c.Members {
		one := m.Words
		if name := f.name[m.Unit]; name != "" && name != m.Words {
			one += "→" + name
		}
		all = append(all, one+f.days(recipients.Alias{From: m.From, Until: m.Until}))
	}
	return strings.Join(all, "；")
}

// digestOf is what a grouping counts in the digest: names in place of ids, which
// may have been made for this reading.
func (f *formats) digestOf(g Grouping) string {
	var b strings.Builder
	for _, part := range []string{g.After.Text, g.After.Place, f.roster(g.After)} {
		b.WriteString(part + "\x00")
	}
	if g.Before.ID != uuid.Nil {
		b.WriteString(g.Before.ID.String())
	}
	return b.String()
}
