package exchange

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"jianbao/fault"
	"jianbao/recipients"
)

var (
	badLevel   = fault.Say("exchange.bad-level", "“%s”不是层级，请填：%s", "“%s” is no level; write one of: %s")
	badChannel = fault.Say("exchange.bad-channel", "“%s”不是送达方式，请填：%s", "“%s” is no channel; write one of: %s")
	badCopies  = fault.Say("exchange.bad-copies", "“%s”不是份数，请填0到%d的整数", "“%s” is no number of copies; write one from 0 to %d")
	badYes     = fault.Say("exchange.bad-yes", "“%s”读不懂，请填“是”或留空", "“%s” is neither “是” nor empty")
	badDays    = fault.Say("exchange.bad-days", "“%s”的日期不存在", "there is no such day as in “%s”")
)

// A word is what a value is called in cells: the first is written, all are
// read.
type word[V ~string] struct {
	value V
	words []string
}

var levelWords = []word[recipients.Level]{
	{recipients.Central, []string{"中央", "国家级", "central"}},
	{recipients.Province, []string{"省级", "省", "自治区", "自治区级", "省部级", "province"}},
	{recipients.City, []string{"市级", "市", "盟市", "盟市级", "地市级", "city"}},
	{recipients.County, []string{"县级", "县", "旗县", "旗县级", "旗区", "旗区级", "区县级", "county"}},
	{recipients.Township, []string{"乡级", "乡镇", "乡镇级", "苏木乡镇", "街道", "township"}},
}

var channelWords = []word[recipients.Channel]{
	{recipients.ByMail, []string{"邮件", "电子邮件", "邮箱", "电子", "mail"}},
	{recipients.ByPaper, []string{"纸质", "纸", "纸件", "纸质件", "paper"}},
	{recipients.ByBoth, []string{"邮件和纸质", "纸质和邮件", "邮件、纸质", "纸质、邮件", "邮件+纸质", "两者", "都送", "both"}},
}

func wordOf[V ~string](all []word[V], value V) string {
	for _, w := range all {
		if w.value == value {
			return w.words[0]
		}
	}
	return string(value)
}

// read returns the value of a word and whether there is one.
func read[V ~string](all []word[V], text string) (V, bool) {
	for _, w := range all {
		if slices.Contains(w.words, strings.ToLower(text)) {
			return w.value, true
		}
	}
	return "", false
}

// choice writes the words that may be written.
func choice[V ~string](all []word[V]) string {
	var words []string
	for _, w := range all {
		words = append(words, w.words[0])
	}
	return strings.Join(words, "、")
}

func setLevel(_ *formats, u *recipients.Unit, text string) []fault.Reason {
	level, known := read(levelWords, text)
	if !known && text != "" {
		return []fault.Reason{badLevel.With(text, choice(levelWords))}
	}
	u.Level = level
	return nil
}

func setChannel(_ *formats, u *recipients.Unit, text string) []fault.Reason {
	channel, known := read(channelWords, text)
	if !known {
		return []fault.Reason{badChannel.With(text, choice(channelWords))}
	}
	u.Channel = channel
	return nil
}

func setCopies(_ *formats, u *recipients.Unit, text string) []fault.Reason {
	n, err := strconv.Atoi(strings.TrimSuffix(text, "份"))
	if err != nil || n < 0 || n > recipients.MaxCopies {
		return []fault.Reason{badCopies.With(text, recipients.MaxCopies)}
	}
	u.Copies = n
	return nil
}

func setAssumed(_ *formats, u *recipients.Unit, text string) []fault.Reason {
	switch text {
	case "是", "待核", "√", "yes", "true", "1":
		u.CopiesAssumed = true
	case "", "否", "no", "false", "0":
		u.CopiesAssumed = false
	default:
		return []fault.Reason{badYes.With(text)}
	}
	return nil
}

// aliases writes the short names of a unit, or its former ones.
func (f *formats) aliases(u recipients.Unit, former bool) string {
	var all []string
	for _, a := range u.Aliases {
		if a.Former == former {
			all = append(all, escape(a.Name)+f.days(a))
		}
	}
	return strings.Join(all, "；")
}

// days writes when a name holds: （2010-05-01起、2019-03-01前）.
func (f *formats) days(a recipients.Alias) string {
	var parts []string
	if !a.From.IsZero() {
		parts = append(parts, f.day(a.From)+"起")
	}
	if !a.Until.IsZero() {
		parts = append(parts, f.day(a.Until)+"前")
	}
	if parts == nil {
		return ""
	}
	return "（" + strings.Join(parts, "、") + "）"
}

// day writes a day, and a moment that does not begin one in full.
func (f *formats) day(t time.Time) string {
	t = t.In(f.zone)
	if t.Equal(time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, f.zone)) {
		return t.Format(time.DateOnly)
	}
	return t.Format(time.RFC3339Nano)
}

func (f *formats) setAliases(u *recipients.Unit, text string, former bool) []fault.Reason {
	kept := slices.DeleteFunc(slices.Clone(u.Aliases), func(a recipients.Alias) bool { return a.Former == former })
	var reasons []fault.Reason
	for _, part := range parted(text) {
		a, wrong := f.alias(part)
		a.Former = former
		reasons = append(reasons, wrong...)
		kept = append(kept, a)
	}
	u.Aliases = kept
	return reasons
}

// The ways to write a day behind a name. 止 and 至 count their day in.
var (
	since  = regexp.MustCompile(`^(?:自|从)?(\d{4}-\d{1,2}-\d{1,2}[0-9T:.Z+-]*)(?:起|开始|以来)$`)
	before = regexp.MustCompile(`^(\d{4}-\d{1,2}-\d{1,2}[0-9T:.Z+-]*)(?:前|以前|之前)$`)
	last   = regexp.MustCompile(`^(?:至|到)?(\d{4}-\d{1,2}-\d{1,2})(?:止|为止)?$`)
)

// alias reads one name with its days. What stands in brackets and is no days
// belongs to the name: 各县（市、区）.
func (f *formats) alias(text string) (recipients.Alias, []fault.Reason) {
	name, days := behind(text)
	if days == "" {
		return recipients.Alias{Name: unescape(text)}, nil
	}
	a := recipients.Alias{Name: strings.TrimSpace(unescape(name))}
	for _, part := range strings.FieldsFunc(days, func(r rune) bool { return strings.ContainsRune("、，, ", r) }) {
		field, digits, later := &a.From, "", 0
		if m := since.FindStringSubmatch(part); m != nil {
			digits = m[1]
		} else if m := before.FindStringSubmatch(part); m != nil {
			field, digits = &a.Until, m[1]
		} else if m := last.FindStringSubmatch(part); m != nil {
			field, digits, later = &a.Until, m[1], 1
		} else {
			return recipients.Alias{Name: unescape(text)}, nil
		}
		day, known := f.readDay(digits)
		if !known {
			return a, []fault.Reason{badDays.With(text)}
		}
		*field = day.AddDate(0, 0, later)
	}
	return a, nil
}

// behind parts a name from what stands in the brackets at its end, "" where
// there are none or they are marked.
func behind(text string) (name, days string) {
	inner := strings.TrimRight(text, ")）")
	if inner == text {
		return text, ""
	}
	open, marked := -1, false
	for i, r := range inner {
		if !marked && (r == '（' || r == '(') {
			open = i
		}
		marked = r == '\\' && !marked
	}
	if open < 1 || marked {
		return text, ""
	}
	return text[:open], strings.TrimLeft(inner[open:], "(（")
}

func (f *formats) readDay(text string) (time.Time, bool) {
	if t, err := time.Parse(time.RFC3339Nano, text); err == nil {
		return t.UTC(), true
	}
	t, err := time.ParseInLocation("2006-1-2", text, f.zone)
	return t.UTC(), err == nil
}

var marker = strings.NewReplacer(`\`, `\\`, "；", `\；`, ";", `\;`)

// escape marks the signs of a name that would be read as signs of the cell.
func escape(name string) string {
	name = marker.Replace(name)
	if bare, days := behind(name); days != "" {
		name = bare + `\` + name[len(bare):]
	}
	return name
}

func trimmed(text string) string { return strings.TrimSpace(text) }

// unescape takes the marks away.
func unescape(text string) string {
	var b strings.Builder
	marked := false
	for _, r := range strings.TrimSpace(text) {
		if marked = r == '\\' && !marked; !marked {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// parted cuts a cell at every ； that is not marked, and at line breaks.
func parted(text string) []string {
	var all []string
	start, marked := 0, false
	cut := func(end, next int) {
		if part := strings.TrimSpace(text[start:end]); part != "" {
			all = append(all, part)
		}
		start = next
	}
	for i, r := range text {
		if !marked && strings.ContainsRune("；;\n", r) {
			cut(i, i+len(string(r)))
		}
		marked = r == '\\' && !marked
	}
	cut(len(text), len(text))
	return all
}
