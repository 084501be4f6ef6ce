package remarks

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"jianbao/bulletin"
)

// posts are what stands behind or in the place of a leader's name.
const posts = `(?:(?:常务)?副?(?:书记|市长|省长|区长|县长|旗长|州长|盟长|主席|主任|秘书长|局长|厅长|部长|院长|校长|处长|总经理|董事长|总裁)|首长|同志|领导)`

var (
	// introduced is a remark in somebody else's words: 王市长7月16日批示：请……
	introduced = regexp.MustCompile(`^(?:转[达发]?)?\s*([\p{Han}·]{1,12}?)(` + posts + `)?(?:同志)?\s*[（(]?\s*(?:于|在)?\s*(?:(20\d\d)年)?(?:(\d{1,2})月(\d{1,2})日)?\s*[）)]?\s*(?:作出|做出|的)?\s*(?:重要)?(?:批示|批)(?:如下|指出|要求)?\s*[:：]\s*`)
	// posted is a name with a post behind it.
	posted = regexp.MustCompile(`^([\p{Han}·]{1,8}?)(` + posts + `)$`)
	// ordering are words in which leaders give work to somebody.
	ordering   = regexp.MustCompile(`请.{0,24}(?:研究|阅|办|落实|处理|牵头|跟进|核实|核查|报我|报告|反馈|会商|督促|协调|考虑|提出|拿出|制定|抓紧|关注|借鉴|参考|学习|推广|总结)|阅[研处办示]|报我|抓好落实|认真(?:研究|落实)|^(?:已阅|阅|同意|很好|可行|拟同意)[。！，,\s]`)
	itemNumber = regexp.MustCompile(`第([0-9０-９]{1,2}|[一二三四五六七八九十]{1,3})(?:条|篇|则|项|个?信息)`)
	quoted     = regexp.MustCompile(`[“"《「]([^”"》」]{4,60})[”"》」]`)
)

// LooksLike reports whether a mail that somebody wrote may be a remark. It is
// wrong now and then: a person looks at the tray.
func LooksLike(subject, words string) bool {
	own := Unquoted(words)
	first, _, _ := strings.Cut(own, "\n")
	return strings.Contains(subject, "批示") || strings.Contains(first, "批示") || ordering.MatchString(own)
}

// Read reads a remark out of what somebody wrote in a mail: without what it
// quotes, with the leader and the day where the words name them, and the item
// of the document that it is on where it says so. at is when the mail was
// written. What is not found is left empty for a person; the day is that of the
// mail then.
func Read(words string, at time.Time, d bulletin.Document) Writing {
	own := Unquoted(words)
	w := Writing{Text: own, Source: FromReply}
	if m := introduced.FindStringSubmatch(own); m != nil {
		w.Leader, w.Role, w.Text = m[1], m[2], strings.TrimSpace(own[len(m[0]):])
		w.Date = dateIn(m[3], m[4], m[5])
	} else if slot, ok := signed(own); ok {
		w.Leader, w.Text, w.Date = slot.By, slot.Text, slot.Date
	}
	if m := posted.FindStringSubmatch(w.Leader); m != nil && w.Role == "" {
		w.Leader, w.Role = m[1], m[2]
	}
	if utf8.RuneCountInString(w.Leader) == 1 { // 王市长: the name is not known
		w.Leader += w.Role
	}
	if w.Date.Day == 0 && !at.IsZero() {
		w.Date = bulletin.DateOf(at)
	}
	w.Item = FindItem(w.Text, d)
	return w
}

// signed reads a remark with a name below or behind it, as in the slot of a
// printed issue.
func signed(words string) (bulletin.Remark, bool) {
	words = strings.ReplaceAll(words, "\n\n", "\n")
	for _, label := range []string{"领导批示：\n", "领导批示："} {
		if slot := bulletin.Parse(label + words).Document.Remark; slot.By != "" {
			return slot, true
		}
	}
	return bulletin.Remark{}, false
}

func dateIn(year, month, day string) (d bulletin.Date) {
	number := func(s string) int {
		n, err := strconv.Atoi(s)
		if err != nil { // "": the group is not there
			return 0
		}
		return n
	}
	d = bulletin.Date{Year: number(year), Month: time.Month(number(month)), Day: number(day)}
	if d.Day == 0 {
		return bulletin.Date{}
	}
	return d
}

// FindItem returns the place of the item that words are on, from 1: by its
// number (第三条), or by words of it in quotation marks. 0 is the whole issue, or
// that nobody can tell: more than one item fits.
func FindItem(words string, d bulletin.Document) int {
	items := d.Items()
	if m := itemNumber.FindStringSubmatch(words); m != nil {
		if n := chineseNumber(m[1]); n >= 1 && n <= len(items) {
			return n
		}
	}
	var fitting []int
	for _, m := range quoted.FindAllStringSubmatch(words, 10) {
		for n, item := range items {
			if strings.Contains(item.Lead+strings.Join(item.Paragraphs, "\n"), m[1]) && !slices.Contains(fitting, n+1) {
				fitting = append(fitting, n+1)
			}
		}
	}
	if len(fitting) == 1 {
		return fitting[0]
	}
	return 0
}
