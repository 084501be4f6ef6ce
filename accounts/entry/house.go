package entry

import (
	"slices"
	"strings"
	"unicode/utf8"

	"jianbao/accounts"
	"jianbao/fault"
)

// A House is what the office sets for everybody who works in it.
type House struct {
	Name string // 市科技局办公室
	// Sender is the address that letters about accounts are from; "" is the
	// mailbox of the first series.
	Sender string
	// Strict are the roles whose holders need a second factor.
	Strict  []accounts.Role
	Version int // 0: nobody set anything
}

// maxHouse is the longest name of an office, in characters.
const maxHouse = 60

var (
	badHouse     = fault.Say("entry.bad-house", "单位设置没有保存", "the settings of the office were not saved")
	houseName    = fault.Say("entry.house-name", "单位名称应有1到%d个字", "the name of the office has 1 to %d characters")
	houseSender  = fault.Say("entry.house-sender", "发件地址%q不是邮箱地址", "%q is no mail address")
	houseStrange = fault.Say("entry.house-role", "没有“%s”这一角色", "there is no role “%s”")
)

// Validate returns nil, or a [fault.Error] with the code Invalid and every
// reason why this cannot be kept.
func (h House) Validate() error {
	var reasons []fault.Reason
	if n := utf8.RuneCountInString(strings.TrimSpace(h.Name)); n == 0 || n > maxHouse || !accounts.Storable(h.Name) {
		reasons = append(reasons, houseName.With(maxHouse))
	}
	if h.Sender != "" && !mailLike(h.Sender) {
		reasons = append(reasons, houseSender.With(strings.ToValidUTF8(h.Sender, "\uFFFD")))
	}
	for _, r := range h.Strict {
		if !slices.Contains(accounts.Roles, r) {
			reasons = append(reasons, houseStrange.With(strings.ToValidUTF8(string(r), "\uFFFD")))
		}
	}
	if len(reasons) > 0 {
		return fault.New(fault.Invalid, badHouse.With(), reasons...)
	}
	return nil
}

// Needs reports whether a person has a role that needs a second factor.
func (h House) Needs(p accounts.Person) bool {
	return slices.ContainsFunc(p.Grants, func(g accounts.Grant) bool { return slices.Contains(h.Strict, g.Role) })
}
