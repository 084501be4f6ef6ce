// Package standing is the lists that a series sends every issue to (报、送、发),
// and the rows in which people change lists.
//
// The lists of a series are words, as they are printed, and the numbers of
// copies in which the series differs from the directory. They are resolved anew
// for each issue, so that a renamed unit shows there and then, and an issue that
// is out keeps its own snapshot ([recipients.Circulation]). An issue that is
// opened takes them over; without any it takes the last issue's.
//
//	rows := standing.RowsOf(circulation)     // what a form shows
//	lists := standing.Words(rows)       // what it says, word for word
//
// A row is one entry: a name, or a collective entry that stays whole. A form
// gives the rows back in their new order, and the separator in front of each goes
// where the row goes, so that 市委，市发改委、市财政局 keeps its comma. A name that
// leaves out what the one before it says (鄂尔多斯市委、市政府) may mean something else
// where it stands then: [Drift] says so.
//
// The package keeps no state and does no I/O.
package standing

import (
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/google/uuid"

	"jianbao/fault"
	"jianbao/recipients"
)

// Lists are the standing lists of a series.
type Lists struct {
	Series uuid.UUID
	Lists  []recipients.Listed
	// Copies are the paper copies of units where the series gives another number
	// than the directory has.
	Copies  map[uuid.UUID]int
	Version int // 0 where none were written yet
}

// IsZero reports whether the series has no lists of its own.
func (l Lists) IsZero() bool { return len(l.Lists) == 0 }

var (
	badLists   = fault.Say("standing.bad", "名单没有保存", "the lists were not saved")
	noLabel    = fault.Say("standing.no-label", "第%d个名单没有标签，请填“报”“送”“发”等", "list %d has no label such as “报”, “送”, “发”")
	badLabel   = fault.Say("standing.bad-label", "“%s”不是名单的标签，可用：%s", "“%s” is no label of a list; use one of: %s")
	labelTwice = fault.Say("standing.label-twice", "“%s”有两个名单", "there are two lists “%s”")
	badWords   = fault.Say("standing.bad-words", "“%s：%s”含有无法保存的字符或换行", "“%s：%s” has characters that cannot be stored, or a line break")
	tooLong    = fault.Say("standing.too-long", "“%s”的名单超过%d字", "the list “%s” has more than %d characters")
	badCopies  = fault.Say("standing.bad-copies", "份数%d不在0到%d之间", "%d copies are not between 0 and %d")
)

// MaxWords is the longest list, in characters: some five hundred names.
const MaxWords = 10_000

// Labels are those that a standing list may have, those that most offices use
// first.
var Labels = []string{
	"报", "送", "发", "主送", "抄报", "抄送", "分送", "呈报", "报送", "呈送", "呈阅", "报阅", "送阅", "上报", "主报", "抄发", "分发", "印发", "下发", "发送", "发至",
}

// Validate returns nil, or a fault.Error with the code Invalid and every reason
// why the lists cannot be those of a series.
func (l Lists) Validate() error {
	var reasons []fault.Reason
	seen := map[string]bool{}
	for n, list := range l.Lists {
		switch {
		case list.Label == "":
			reasons = append(reasons, noLabel.With(n+1))
		case !slices.Contains(Labels, list.Label):
			reasons = append(reasons, badLabel.With(list.Label, strings.Join(Labels, "、")))
		case seen[list.Label]:
			reasons = append(reasons, labelTwice.With(list.Label))
		}
		seen[list.Label] = true
		switch {
		case utf8.RuneCountInString(list.Text) > MaxWords:
			reasons = append(reasons, tooLong.With(list.Label, MaxWords))
		case !utf8.ValidString(list.Text) || strings.ContainsFunc(list.Text, func(r rune) bool { return r < ' ' || r == 0x7f }):
			reasons = append(reasons, badWords.With(list.Label, strings.ToValidUTF8(list.Text, "\uFFFD")))
		}
	}
	for _, unit := range slices.SortedFunc(maps.Keys(l.Copies), func(a, b uuid.UUID) int { return strings.Compare(a.String(), b.String()) }) {
		if n := l.Copies[unit]; n < 0 || n > recipients.MaxCopies {
			reasons = append(reasons, badCopies.With(n, recipients.MaxCopies))
		}
	}
	if len(reasons) > 0 {
		return fault.New(fault.Invalid, badLists.With(), reasons...)
	}
	return nil
}

// Own returns the numbers of copies in which the series differs from the
// directory, of those that somebody gave.
func Own(given map[uuid.UUID]int, dir recipients.Directory) map[uuid.UUID]int {
	own := map[uuid.UUID]int{}
	for _, u := range dir.Units {
		if n, is := given[u.ID]; is && (n != u.Copies || u.CopiesAssumed) {
			own[u.ID] = n
		}
	}
	return own
}
