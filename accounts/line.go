package accounts

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"jianbao/fault"
)

// A Sphere says whose work a line of the record belongs to.
type Sphere string

// The spheres: of each power, and what happens at the door.
const (
	OfSystem   Sphere = "system"
	OfSecurity Sphere = "security"
	OfAudit    Sphere = "audit"
	OfDoor     Sphere = "door"
)

// A Line is one line of the record of what administrators did to people and
// rights, of what happened at the door, and of what auditors looked at. Lines are
// only added.
type Line struct {
	ID     uuid.UUID
	At     time.Time
	By     Author
	Sphere Sphere
	// Subject is whom or what it was done to, with its name at that time.
	Subject uuid.UUID
	Name    string
	What    []fault.Reason
}

// An Author is who does something now.
type Author struct {
	ID   uuid.UUID // uuid.Nil: by command, or by the program
	Name string
	From string // the address asked from, "" where there is none
}

type authorKey struct{}

// WithAuthor returns a context of what somebody does, so that whatever is
// recorded beneath says who it was.
func WithAuthor(ctx context.Context, by Author) context.Context {
	return context.WithValue(ctx, authorKey{}, by)
}

var byCommand = fault.Say("accounts.by-command", "命令行", "command line")

// AuthorOf returns whose doing it is. Where nobody is named, it was done on the
// machine itself.
func AuthorOf(ctx context.Context) Author {
	if by, ok := ctx.Value(authorKey{}).(Author); ok {
		return by
	}
	return Author{Name: byCommand.ZH}
}

var (
	personMade    = fault.Say("accounts.line.made", "新建账号%s", "made the account %s")
	personRenamed = fault.Say("accounts.line.renamed", "姓名由%s改为%s", "renamed from %s to %s")
	personRelogin = fault.Say("accounts.line.login", "登录名由%s改为%s", "login changed from %s to %s")
	personClosed  = fault.Say("accounts.line.closed", "停用账号", "closed the account")
	personOpened  = fault.Say("accounts.line.opened", "重新启用账号", "opened the account again")
	headsChanged  = fault.Say("accounts.line.heads", "改了所任的单位负责人职务", "changed which units the person heads")
	roleGiven     = fault.Say("accounts.line.given", "授予角色：%s（%s）", "gave the role %s (%s)")
	roleTaken     = fault.Say("accounts.line.taken", "收回角色：%s（%s）", "took the role %s (%s)")
	passwordNew   = fault.Say("accounts.line.password", "更换密码", "changed the password")
	allSeries     = fault.Say("accounts.line.all-series", "全部刊物", "all series")
	tokenMade     = fault.Say("accounts.line.token-made", "生成令牌%s…（%s）", "made the token %s… (%s)")
	tokenEnded    = fault.Say("accounts.line.token-ended", "撤销令牌%s…（%s）", "revoked the token %s… (%s)")
	separated     = fault.Say("accounts.line.separated", "启用三员分立", "separated the administrators")
	joined        = fault.Say("accounts.line.joined", "停用三员分立", "ended the separation of the administrators")
)

// Changes says what differs between a person before and after, in each sphere;
// before is nil for a new one. series names a series.
func Changes(before *Person, after Person, series func(uuid.UUID) string) map[Sphere][]fault.Reason {
	var system, security []fault.Reason
	if before == nil {
		system, before = append(system, personMade.With(after.Login)), &Person{Login: after.Login, Name: after.Name, Password: after.Password, Active: true, Heads: after.Heads}
	}
	if before.Name != after.Name {
		system = append(system, personRenamed.With(before.Name, after.Name))
	}
	if before.Login != after.Login {
		system = append(system, personRelogin.With(before.Login, after.Login))
	}
	switch {
	case before.Active && !after.Active:
		system = append(system, personClosed.With())
	case !before.Active && after.Active:
		system = append(system, personOpened.With())
	}
	if len(without(before.Heads, after.Heads))+len(without(after.Heads, before.Heads)) > 0 {
		system = append(system, headsChanged.With())
	}
	if before.Password != after.Password {
		security = append(security, passwordNew.With())
	}
	security = append(security, grantsOf(roleGiven, without(after.Grants, before.Grants), series)...)
	security = append(security, grantsOf(roleTaken, without(before.Grants, after.Grants), series)...)
	return map[Sphere][]fault.Reason{OfSystem: system, OfSecurity: security}
}

func grantsOf(say fault.Sentence, all []Grant, series func(uuid.UUID) string) []fault.Reason {
	var reasons []fault.Reason
	for _, g := range all {
		if g.Series == uuid.Nil {
			reasons = append(reasons, say.With(g.Role.Title(), allSeries.With()))
			continue
		}
		reasons = append(reasons, say.With(g.Role.Title(), series(g.Series)))
	}
	return reasons
}

// without are the elements of all that are not among the others.
func without[T comparable](all, others []T) []T {
	var rest []T
	for _, v := range all {
		if !slices.Contains(others, v) {
			rest = append(rest, v)
		}
	}
	return rest
}

// TokenMade says that a token was made.
func TokenMade(t Token) fault.Reason { return tokenMade.With(t.Prefix, t.Name) }

// TokenEnded says that a token was revoked.
func TokenEnded(t Token) fault.Reason { return tokenEnded.With(t.Prefix, t.Name) }

// SeparationTurned says that the separation of the administrators was turned on
// or off.
func SeparationTurned(on bool) fault.Reason {
	if on {
		return separated.With()
	}
	return joined.With()
}
