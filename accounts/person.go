package accounts

import (
	"slices"

	"github.com/google/uuid"
)

// A Role is what a person may do in a series.
type Role string

// The roles. One person may hold several, but editor, reviewer and signatory
// of one issue are different people.
const (
	Editor    Role = "editor"    // 编辑
	Reviewer  Role = "reviewer"  // 审核
	Signatory Role = "signatory" // 签发
	Clerk     Role = "clerk"     // 收发、登记
	Reader    Role = "reader"    // 查阅
	Admin     Role = "admin"     // 系统管理
	Security  Role = "security"  // 安全管理, see Separation
	Auditor   Role = "auditor"   // 审计, see Separation
)

// A Person has an account.
type Person struct {
	ID       uuid.UUID
	Login    string // what is typed at sign-in: [a-z0-9._-], unique
	Name     string // 程继东
	Password string // the argon2id hash, never the password
	Grants   []Grant
	// Heads are the units whose head or deputy head the person is.
	Heads   []uuid.UUID
	Active  bool
	Version int
}

// A Grant gives a person a role in one series, or in all where Series is
// uuid.Nil.
type Grant struct {
	Series uuid.UUID
	Role   Role
}

// Has reports whether the person holds the role in the series.
func (p Person) Has(role Role, series uuid.UUID) bool {
	for _, g := range p.Grants {
		if g.Role == role && (g.Series == uuid.Nil || g.Series == series) {
			return p.Active
		}
	}
	return false
}

// Sees reports whether the person may look at the series at all: any role in
// it will do, but for that of who only looks after rights.
func (p Person) Sees(series uuid.UUID) bool {
	for _, g := range p.Grants {
		if g.Role != Security && (g.Series == uuid.Nil || g.Series == series) {
			return p.Active
		}
	}
	return false
}

// OnlyAudits reports whether the person sees the series as its auditor alone, who
// changes nothing of it.
func (p Person) OnlyAudits(series uuid.UUID) bool {
	works := slices.ContainsFunc(Roles, func(r Role) bool { return r != Auditor && r != Security && p.Has(r, series) })
	return p.Has(Auditor, series) && !works
}
