package exchange

import (
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/google/uuid"

	"jianbao/fault"
	"jianbao/recipients"
)

// A column is one field of a unit as it stands in a sheet.
type column struct {
	title string
	// others are what offices also call it.
	others []string
	// get writes the field.
	get func(f *formats, u recipients.Unit) string
	// set reads it into u; an empty text empties the field.
	set func(f *formats, u *recipients.Unit, text string) []fault.Reason
	// keep says that an empty cell leaves the field of a unit as it is.
	keep bool
}

// formats is what reading and writing of cells depends on.
type formats struct {
	zone *time.Location
	name map[uuid.UUID]string // of units, for the parents
}

const (
	titleName    = "单位全称"
	titleNumber  = "单位编号"
	titleParent  = "上级单位"
	titleChannel = "送达方式"
	titleCopies  = "份数"
	titleAssumed = "份数待核"

	titlePlace        = "所在地"
	titlePhone        = "电话"
	titleContact      = "联系人"
	titleContactPhone = "联系人电话"
	titleDeputy       = "副联系人"
	titleDeputyPhone  = "副联系人电话"
)

// columns are all columns, in the order in which they are written. Name, number
// and parent are read before the others, and apart from them.
var columns = []column{
	{title: titleName, others: []string{"全称", "单位名称", "名称", "单位", "单位全名", "机构名称", "机构", "部门名称", "部门", "部门单位", "收件单位", "接收单位", "收文单位", "成员单位", "name"},
		get: func(_ *formats, u recipients.Unit) string { return u.Name }},
	{title: "简称", others: []string{"规范化简称", "单位简称", "短称", "别名", "简称短称", "short"},
		get: func(f *formats, u recipients.Unit) string { return f.aliases(u, false) },
		set: func(f *formats, u *recipients.Unit, s string) []fault.Reason { return f.setAliases(u, s, false) }},
	{title: "旧称", others: []string{"曾用名", "原名称", "原名", "former"},
		get: func(f *formats, u recipients.Unit) string { return f.aliases(u, true) },
		set: func(f *formats, u *recipients.Unit, s string) []fault.Reason { return f.setAliases(u, s, true) }},
	text(titlePlace, []string{"地区", "所属地区", "所在地区", "旗区", "所属旗区", "区县", "市县", "place"}, func(u *recipients.Unit) *string { return &u.Place }),
	{title: "层级", others: []string{"级别", "行政层级", "level"},
		get: func(_ *formats, u recipients.Unit) string { return wordOf(levelWords, u.Level) }, set: setLevel},
	{title: titleParent, others: []string{"上级", "主管单位", "主管部门", "parent"},
		get: func(f *formats, u recipients.Unit) string { return f.name[u.Parent] }},
	{title: titleChannel, others: []string{"发送方式", "分发方式", "报送方式", "收文方式", "渠道", "channel"}, keep: true,
		get: func(_ *formats, u recipients.Unit) string { return wordOf(channelWords, u.Channel) }, set: setChannel},
	{title: titleCopies, others: []string{"纸质份数", "默认份数", "发放份数", "印发份数", "报送份数", "简报份数", "copies"}, keep: true,
		get: func(_ *formats, u recipients.Unit) string { return strconv.Itoa(u.Copies) }, set: setCopies},
	{title: titleAssumed, others: []string{"份数待核实", "待核"},
		get: func(_ *formats, u recipients.Unit) string { return yes(u.CopiesAssumed) }, set: setAssumed},
	addresses("邮箱", []string{"电子邮箱", "单位邮箱", "邮件地址", "邮箱地址", "电子邮箱地址", "电子邮件", "电子信箱", "信箱", "公务邮箱", "email", "e-mail", "e-mail地址", "mail"}, func(u *recipients.Unit) *[]string { return &u.Addresses }),
	text(titlePhone, []string{"单位电话", "办公电话", "办公室电话", "办公室值班电话", "值班电话", "固定电话", "固话", "座机", "座机号码", "phone"}, func(u *recipients.Unit) *string { return &u.Phone }),
	text("邮编", []string{"邮政编码", "邮编号码", "postcode"}, func(u *recipients.Unit) *string { return &u.Postcode }),
	text("通信地址", []string{"通讯地址", "邮寄地址", "地址", "单位地址", "办公地址", "详细地址", "street"}, func(u *recipients.Unit) *string { return &u.Street }),
	text(titleContact, []string{"主联系人", "联络员", "联系人姓名", "联络员姓名", "收件人", "收文人", "信息员", "经办人", "姓名", "contact"}, func(u *recipients.Unit) *string { return &u.Contact.Name }),
	text(titleContactPhone, []string{"主联系人电话", "联络员电话", "联系人联系电话", "联系人手机", "联系人手机号", "联系人手机号码", "联络员手机", "联系人联系方式", "联络员联系方式", "收件人电话", "信息员电话"}, func(u *recipients.Unit) *string { return &u.Contact.Phone }),
	addresses("联系人邮箱", []string{"主联系人邮箱", "联络员邮箱", "联系人电子邮箱", "联系人e-mail"}, func(u *recipients.Unit) *[]string { return &u.Contact.Addresses }),
	text(titleDeputy, []string{"备用联系人", "副联络员", "第二联系人", "联系人2", "副联系人姓名", "deputy"}, func(u *recipients.Unit) *string { return &u.Deputy.Name }),
	text(titleDeputyPhone, []string{"备用联系人电话", "副联络员电话", "第二联系人电话", "联系人2电话", "副联系人手机", "副联系人联系电话"}, func(u *recipients.Unit) *string { return &u.Deputy.Phone }),
	addresses("副联系人邮箱", []string{"备用联系人邮箱", "副联络员邮箱"}, func(u *recipients.Unit) *[]string { return &u.Deputy.Addresses }),
	{title: titleNumber, others: []string{"编号", "id"},
		get: func(_ *formats, u recipients.Unit) string { return u.ID.String() }},
}

// Titles returns the titles of all columns, in the order in which [Write]
// writes them, with the other words by which each is known.
func Titles() (titles []string, others [][]string) {
	for _, c := range columns {
		titles = append(titles, c.title)
		others = append(others, c.others)
	}
	return titles, others
}

// byTitle finds a column by any of its titles.
var byTitle = func() map[string]int {
	all := map[string]int{}
	for i, c := range columns {
		for _, t := range append([]string{c.title}, c.others...) {
			all[titleKey(t)] = i
		}
	}
	return all
}()

// phones are titles of telephone numbers that do not say whose.
var phones = map[string]bool{"联系电话": true, "联系方式": true, "电话号码": true, "手机": true, "手机号": true, "手机号码": true, "移动电话": true, "tel": true, "mobile": true}

// titleKey is the form in which titles are compared: no white space, no star
// or stroke, nothing in brackets (单位全称（必填）*), lower case.
func titleKey(title string) string {
	if at := strings.IndexAny(title, "（("); at > 0 {
		title = title[:at]
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || strings.ContainsRune("*＊:：/／、", r) {
			return -1
		}
		return unicode.ToLower(r)
	}, title)
}

// text is a column of plain words.
func text(title string, others []string, field func(*recipients.Unit) *string) column {
	return column{title: title, others: others,
		get: func(_ *formats, u recipients.Unit) string { return *field(&u) },
		set: func(_ *formats, u *recipients.Unit, s string) []fault.Reason { *field(u) = s; return nil },
	}
}

// addresses is a column of mail addresses. They have no separator in them, so
// that whatever people put between them is one.
func addresses(title string, others []string, field func(*recipients.Unit) *[]string) column {
	return column{title: title, others: others,
		get: func(_ *formats, u recipients.Unit) string { return strings.Join(*field(&u), "；") },
		set: func(_ *formats, u *recipients.Unit, s string) []fault.Reason {
			*field(u) = strings.FieldsFunc(s, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("；;，,、", r) })
			return nil
		},
	}
}

func yes(b bool) string {
	if b {
		return "是"
	}
	return ""
}
