package accounts

import (
	"slices"
	"strings"

	"jianbao/fault"
)

// Roles are all roles, in the order in which a form offers them.
var Roles = []Role{Editor, Reviewer, Signatory, Clerk, Reader, Admin, Security, Auditor}

var titles = map[Role]fault.Sentence{
	Editor:    fault.Say("accounts.editor", "编辑", "editor"),
	Reviewer:  fault.Say("accounts.reviewer", "审核", "reviewer"),
	Signatory: fault.Say("accounts.signatory", "签发", "signatory"),
	Clerk:     fault.Say("accounts.clerk", "收发", "clerk"),
	Reader:    fault.Say("accounts.reader", "查阅", "reader"),
	Admin:     fault.Say("accounts.admin", "管理员", "administrator"),
	Security:  fault.Say("accounts.security", "安全管理员", "security administrator"),
	Auditor:   fault.Say("accounts.auditor", "审计管理员", "auditor"),
}

// Title returns what people call the role, in both languages.
func (r Role) Title() fault.Reason {
	if s, known := titles[r]; known {
		return s.With()
	}
	return fault.Reason{Key: string(r)}
}

func (r Role) known() bool { return slices.Contains(Roles, r) }

// ParseRole reads a role by its name or its title in either language: editor,
// 编辑. The error is a [fault.Error] with the code Invalid.
func ParseRole(text string) (Role, error) {
	text = strings.ToLower(strings.TrimSpace(text))
	for _, r := range Roles {
		if text == string(r) || text == titles[r].ZH || text == titles[r].EN {
			return r, nil
		}
	}
	return "", fault.New(fault.Invalid, badRole.With(strings.ToValidUTF8(text, "\uFFFD")))
}
