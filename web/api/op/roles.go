package op

import (
	"github.com/google/uuid"

	"jianbao/accounts"
)

// Role is a role in one series.
type Role struct {
	Series *uuid.UUID `json:"series,omitempty" format:"uuid" doc:"absent for a role in all series"`
	Role   string     `json:"role" enum:"editor,reviewer,signatory,clerk,reader,admin,security,auditor"`
}

// RolesOf shows the roles of a person.
func RolesOf(p accounts.Person) []Role {
	return Each(p.Grants, func(g accounts.Grant) Role { return Role{Maybe(g.Series), string(g.Role)} })
}
