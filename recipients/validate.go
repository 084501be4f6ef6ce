package recipients

import (
	"net/mail"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/google/uuid"

	"jianbao/fault"
)

// MaxCopies is the most paper copies that one unit is handed by default.
const MaxCopies = 9999

// maxName is the longest name, in characters, that fits every list and label.
const maxName = 100

var (
	badUnit       = fault.Say("recipients.bad-unit", "单位“%s”的资料有误", "the entry of the unit “%s” is wrong")
	badCollective = fault.Say("recipients.bad-collective", "集合项“%s”有误", "the collective entry “%s” is wrong")

	fieldName   = fault.Say("recipients.field-name", "名称", "the name")
	fieldPlace  = fault.Say("recipients.field-place", "所在地", "the place")
	fieldPhone  = fault.Say("recipients.field-phone", "电话", "the telephone number")
	fieldStreet = fault.Say("recipients.field-street", "通信地址", "the postal address")
	badPostcode = fault.Say("recipients.bad-postcode", "邮编应是六位数字：%q", "a postcode has six digits: %q")

	fieldContact = fault.Say("recipients.field-contact", "联系人", "the contact")
	fieldDeputy  = fault.Say("recipients.field-deputy", "副联系人", "the deputy contact")

	contactName = fault.Say("recipients.contact-name", "%s有电话或邮箱，没有姓名", "%s has a telephone number or an address and no name")
	badLevel    = fault.Say("recipients.bad-level", "层级“%s”不是中央、省级、市级、县级、乡级之一", "the level “%s” is none of central, province, city, county, township")
	ownParent   = fault.Say("recipients.own-parent", "上级单位不能是它自己", "a unit cannot be above itself")

	nameMissing    = fault.Say("recipients.name-missing", "名称为空", "the name is empty")
	nameLong       = fault.Say("recipients.name-long", "名称“%s”超过%d字", "the name “%s” has more than %d characters")
	badText        = fault.Say("recipients.bad-text", "%s含有无法保存的字符", "%s has characters that cannot be stored")
	aliasMissing   = fault.Say("recipients.alias-missing", "第%d个简称为空", "short name %d is empty")
	aliasDoubled   = fault.Say("recipients.alias-doubled", "简称“%s”重复", "the short name “%s” is given twice")
	aliasBackward  = fault.Say("recipients.alias-backward", "简称“%s”的截止日不晚于起始日", "the short name “%s” ends before it begins")
	badAddress     = fault.Say("recipients.bad-address", "邮箱地址“%s”写法不对（只写地址，不写姓名）", "“%s” is not a mail address (write the address only, without a name)")
	addressTwice   = fault.Say("recipients.address-doubled", "邮箱地址“%s”重复", "the address “%s” is given twice")
	badChannel     = fault.Say("recipients.bad-channel", "送达方式“%s”不是mail、paper、both之一", "the channel “%s” is none of mail, paper, both")
	badCopies      = fault.Say("recipients.bad-copies", "份数%d不在0到%d之间", "%d copies are not between 0 and %d")
	rosterEmpty    = fault.Say("recipients.roster-empty", "没有列出所代表的单位", "it stands for no unit")
	rosterWords    = fault.Say("recipients.roster-words", "第%d个单位没有写明称呼", "unit %d has no words that name it")
	rosterUnit     = fault.Say("recipients.roster-unit", "“%s”没有指定单位", "“%s” has no unit")
	rosterBackward = fault.Say("recipients.roster-backward", "“%s”的截止日不晚于起始日", "“%s” ends before it begins")
	rosterDoubled  = fault.Say("recipients.roster-doubled", "“%s”的单位已在名单中", "the unit of “%s” is in the roster already")
)

// Validate returns nil, or a [fault.Error] with the code Invalid and every
// reason why the unit cannot be in the directory. Whether the name is taken is
// the store's to say.
func (u Unit) Validate() error {
	reasons := nameReasons(u.Name)
	reasons = append(reasons, badWords(fieldPlace, u.Place)...)
	reasons = append(reasons, badWords(fieldPhone, u.Phone)...)
	reasons = append(reasons, badWords(fieldStreet, u.Street)...)
	if u.Postcode != "" && (len(u.Postcode) != 6 || strings.Trim(u.Postcode, "0123456789") != "") {
		reasons = append(reasons, badPostcode.With(u.Postcode))
	}
	reasons = append(reasons, aliasReasons(u.Name, u.Aliases)...)
	reasons = append(reasons, addressReasons(u.Addresses)...)
	reasons = append(reasons, u.Contact.objections(fieldContact)...)
	reasons = append(reasons, u.Deputy.objections(fieldDeputy)...)
	if u.Level != "" && !slices.Contains(Levels, u.Level) {
		reasons = append(reasons, badLevel.With(clean(string(u.Level))))
	}
	if u.Parent != uuid.Nil && u.Parent == u.ID {
		reasons = append(reasons, ownParent.With())
	}
	if !u.Channel.Mails() && !u.Channel.Prints() {
		reasons = append(reasons, badChannel.With(clean(string(u.Channel))))
	}
	if u.Copies < 0 || u.Copies > MaxCopies {
		reasons = append(reasons, badCopies.With(u.Copies, MaxCopies))
	}
	if len(reasons) == 0 {
		return nil
	}
	return fault.New(fault.Invalid, badUnit.With(clean(u.Name)), reasons...)
}

// Validate returns nil, or a [fault.Error] with the code Invalid and every
// reason why the collective entry cannot be in the directory.
func (c Collective) Validate() error {
	reasons := nameReasons(c.Text)
	reasons = append(reasons, badWords(fieldPlace, c.Place)...)
	if len(c.Members) == 0 {
		reasons = append(reasons, rosterEmpty.With())
	}
	for i, m := range c.Members {
		switch {
		case strings.TrimSpace(m.Words) == "":
			reasons = append(reasons, rosterWords.With(i+1))
		case !storable(m.Words):
			reasons = append(reasons, badText.With("“"+clean(m.Words)+"”"))
		case m.Unit == uuid.Nil:
			reasons = append(reasons, rosterUnit.With(m.Words))
		case !m.From.IsZero() && !m.Until.IsZero() && !m.From.Before(m.Until):
			reasons = append(reasons, rosterBackward.With(m.Words))
		case slices.ContainsFunc(c.Members[:i], m.meets):
			reasons = append(reasons, rosterDoubled.With(m.Words))
		}
	}
	if len(reasons) == 0 {
		return nil
	}
	return fault.New(fault.Invalid, badCollective.With(clean(c.Text)), reasons...)
}

// meets reports whether two lines of a roster have one unit on one day.
func (m Member) meets(other Member) bool {
	return m.Unit == other.Unit && overlaps(Alias{From: m.From, Until: m.Until}, []Alias{{From: other.From, Until: other.Until}})
}

// objections are what is wrong with a contact; whose says which it is.
func (c Contact) objections(whose fault.Sentence) []fault.Reason {
	reasons := append(badWords(whose, c.Name), badWords(whose, c.Phone)...)
	if c.Name == "" && !c.IsZero() {
		reasons = append(reasons, contactName.With(whose.With()))
	}
	return append(reasons, addressReasons(c.Addresses)...)
}

func nameReasons(name string) []fault.Reason {
	switch {
	case strings.TrimSpace(name) == "":
		return []fault.Reason{nameMissing.With()}
	case runes(name) > maxName:
		return []fault.Reason{nameLong.With(string([]rune(clean(name))[:20])+"…", maxName)}
	}
	return badWords(fieldName, name)
}

func aliasReasons(name string, aliases []Alias) []fault.Reason {
	var reasons []fault.Reason
	seen := map[string][]Alias{keyOf(name): {{}}}
	for i, a := range aliases {
		key := keyOf(a.Name)
		switch {
		case key == "":
			reasons = append(reasons, aliasMissing.With(i+1))
			continue
		case !storable(a.Name):
			reasons = append(reasons, badText.With("“"+clean(a.Name)+"”"))
		case !a.From.IsZero() && !a.Until.IsZero() && !a.From.Before(a.Until):
			reasons = append(reasons, aliasBackward.With(a.Name))
		case overlaps(a, seen[key]):
			reasons = append(reasons, aliasDoubled.With(a.Name))
		}
		seen[key] = append(seen[key], a)
	}
	return reasons
}

// overlaps reports whether a short name is in use on a day on which one of the
// others is: the same name may come back after some years.
func overlaps(a Alias, others []Alias) bool {
	for _, o := range others {
		startsInTime := o.Until.IsZero() || a.From.Before(o.Until)
		endsInTime := a.Until.IsZero() || o.From.Before(a.Until)
		if startsInTime && endsInTime {
			return true
		}
	}
	return false
}

func addressReasons(addresses []string) []fault.Reason {
	var reasons []fault.Reason
	seen := map[string]bool{}
	for _, a := range addresses {
		key := strings.ToLower(a)
		switch {
		case !isAddress(a):
			reasons = append(reasons, badAddress.With(clean(a)))
		case seen[key]:
			reasons = append(reasons, addressTwice.With(a))
		}
		seen[key] = true
	}
	return reasons
}

// isAddress reports whether a text is an addr-spec (RFC 5322 section 3.4.1) and
// nothing else, and fits an SMTP path (RFC 5321 section 4.5.3.1.3). Quoted local
// parts are legal and refused: no office has one, and they carry anything.
func isAddress(text string) bool {
	parsed, err := mail.ParseAddress(text)
	return err == nil && parsed.Name == "" && parsed.Address == text &&
		storable(text) && len(text) <= 254 && !strings.ContainsAny(text, `"<>()`)
}

// storable reports whether every database keeps the text as it is.
func storable(text string) bool {
	return utf8.ValidString(text) && !strings.ContainsFunc(text, isControl)
}

func isControl(r rune) bool { return r < ' ' || r == 0x7f }

// badWords says that the text named by field cannot be stored.
func badWords(field fault.Sentence, text string) []fault.Reason {
	if storable(text) {
		return nil
	}
	return []fault.Reason{badText.With(field.With())}
}

// clean makes a text fit to be repeated in a sentence.
func clean(text string) string {
	text = strings.ToValidUTF8(text, "\uFFFD")
	return strings.Map(func(r rune) rune {
		if isControl(r) {
			return '\uFFFD'
		}
		return r
	}, text)
}
