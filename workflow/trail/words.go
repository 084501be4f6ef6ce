package trail

import (
	"slices"
	"strings"

	"jianbao/accounts"
	"jianbao/fault"
	"jianbao/workflow"
)

var bookWords = map[Book]fault.Sentence{
	Issues:   fault.Say("trail.book.issue", "各期简报", "issues"),
	Accounts: fault.Say("trail.book.account", "账号与权限", "accounts and rights"),
	Door:     fault.Say("trail.book.door", "登录", "sign-ins"),
	Refusals: fault.Say("trail.book.refusal", "被拒的登录和令牌", "refusals at the door"),
	Series:   fault.Say("trail.book.series", "刊物设置", "settings of series"),
	Filing:   fault.Say("trail.book.filing", "保管期限", "rules of filing"),
	Units:    fault.Say("trail.book.unit", "单位名录", "units"),
	Holidays: fault.Say("trail.book.holiday", "节假日", "holidays"),
	Hooks:    fault.Say("trail.book.hook", "推送", "hooks"),
	Absences: fault.Say("trail.book.absence", "离岗与代办", "absences"),
}

var sphereWords = map[accounts.Sphere]fault.Sentence{
	accounts.OfSystem:   fault.Say("trail.sphere.system", "系统管理", "system administration"),
	accounts.OfSecurity: fault.Say("trail.sphere.security", "安全管理", "security administration"),
	accounts.OfAudit:    fault.Say("trail.sphere.audit", "审计查阅", "looks of auditors"),
	accounts.OfDoor:     fault.Say("trail.sphere.door", "登录页", "the door"),
}

func (b Book) known() bool { return slices.Contains(All, b) }

// Title returns what people call the book.
func (b Book) Title() fault.Reason { return bookWords[b].With() }

// TitleOf returns what people call a sphere of work.
func TitleOf(s accounts.Sphere) fault.Reason { return sphereWords[s].With() }

// A Choice is what one may look for: a book, or a part of one.
type Choice struct {
	Value string // issue, issue.approve, account.security
	Title fault.Reason
	Part  bool // of the book before
}

// spheres are those of the record, in order.
var spheres = []accounts.Sphere{accounts.OfSystem, accounts.OfSecurity, accounts.OfAudit, accounts.OfDoor}

// Choices are all of them.
func Choices() []Choice {
	var all []Choice
	for _, b := range All {
		all = append(all, Choice{Value: string(b), Title: b.Title()})
		switch b {
		case Issues:
			for _, a := range workflow.Acts() {
				all = append(all, Choice{string(b) + "." + string(a), a.Title(), true})
			}
		case Accounts:
			for _, s := range spheres {
				all = append(all, Choice{string(b) + "." + string(s), TitleOf(s), true})
			}
		}
	}
	return all
}

var noChoice = fault.Say("trail.no-choice", "没有“%s”这一类操作", "there are no deeds of the sort %q")

// Choose reads what is looked for, as [Choice] has it, into a question. It fails
// with fault.Invalid.
func (q *Question) Choose(value string) error {
	if value == "" {
		return nil
	}
	if !slices.ContainsFunc(Choices(), func(c Choice) bool { return c.Value == value }) {
		return fault.New(fault.Invalid, noChoice.With(strings.ToValidUTF8(value, "\uFFFD")))
	}
	book, part, _ := strings.Cut(value, ".")
	switch q.Book = Book(book); q.Book {
	case Issues:
		q.Act = workflow.Act(part)
	case Accounts:
		q.Sphere = accounts.Sphere(part)
	}
	return nil
}
