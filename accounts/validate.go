package accounts

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/google/uuid"

	"jianbao/fault"
)

// The bounds of a password, in characters. The upper one keeps a request from
// carrying a book.
const (
	MinPassword = 10
	MaxPassword = 200
)

// maxName is the longest name of a person, in characters.
const maxName = 50

var loginForm = regexp.MustCompile(`^[a-z0-9][a-z0-9._-]{1,31}$`)

var (
	badPerson    = fault.Say("accounts.bad-person", "账号资料有误", "the account is wrong")
	badLogin     = fault.Say("accounts.bad-login", "登录名须为2到32个小写字母、数字、点、下划线或短横，以字母或数字开头", "a login is 2 to 32 of a-z, 0-9, dot, underscore and hyphen, and begins with a letter or digit")
	nameMissing  = fault.Say("accounts.name-missing", "姓名为空", "the name is empty")
	nameLong     = fault.Say("accounts.name-long", "姓名超过%d字", "the name has more than %d characters")
	nameBad      = fault.Say("accounts.name-bad", "姓名含有无法保存的字符", "the name has characters that cannot be stored")
	badHash      = fault.Say("accounts.bad-hash", "密码未按规定加密保存", "the password is not stored as a hash")
	badRole      = fault.Say("accounts.bad-role", "没有“%s”这一角色", "there is no role “%s”")
	roleTwice    = fault.Say("accounts.role-twice", "角色“%s”在同一刊物中重复", "the role “%s” is given twice in one series")
	roleWhole    = fault.Say("accounts.role-whole", "“%s”只能授予全部刊物，不能只授予一种", "the role “%s” holds in all series and cannot be given in one")
	badPassword  = fault.Say("accounts.bad-password", "密码不合要求", "the password will not do")
	passwordLen  = fault.Say("accounts.password-short", "密码至少%d个字符，现为%d个", "a password has at least %d characters, not %d")
	passwordLong = fault.Say("accounts.password-long", "密码不能超过%d个字符", "a password has at most %d characters")
	passwordOwn  = fault.Say("accounts.password-login", "密码不能含有登录名", "a password must not contain the login")
	passwordDull = fault.Say("accounts.password-dull", "密码不能由同一两个字符重复而成", "a password must not repeat one or two characters")
	passwordWorn = fault.Say("accounts.password-worn", "这个密码用的人太多，最先被人试到，请换一个", "this password is used so often that it is tried first; choose another")
	passwordBad  = fault.Say("accounts.password-bad", "密码含有控制字符或无效字符", "the password has control or invalid characters")
)

// ValidateLogin returns nil, or a [fault.Error] with the code Invalid.
func ValidateLogin(login string) error {
	if loginForm.MatchString(login) {
		return nil
	}
	return fault.New(fault.Invalid, badLogin.With())
}

// ValidatePassword returns nil, or a [fault.Error] with the code Invalid and
// every reason why the password will not do for the login.
func ValidatePassword(login, password string) error {
	var reasons []fault.Reason
	n := utf8.RuneCountInString(password)
	if n < MinPassword {
		reasons = append(reasons, passwordLen.With(MinPassword, n))
	}
	if n > MaxPassword {
		reasons = append(reasons, passwordLong.With(MaxPassword))
	}
	if !Storable(password) {
		reasons = append(reasons, passwordBad.With())
	}
	// A login of two or three letters stands in too many good passwords.
	if own := strings.ToLower(password); own == login || len(login) > 3 && strings.Contains(own, login) {
		reasons = append(reasons, passwordOwn.With())
	}
	if n >= MinPassword && kinds(password) <= 2 {
		reasons = append(reasons, passwordDull.With())
	}
	if common(password) {
		reasons = append(reasons, passwordWorn.With())
	}
	if len(reasons) == 0 {
		return nil
	}
	return fault.New(fault.Invalid, badPassword.With(), reasons...)
}

// kinds counts the different characters of a text.
func kinds(text string) int {
	seen := map[rune]bool{}
	for _, r := range text {
		seen[r] = true
	}
	return len(seen)
}

// Validate returns nil, or a [fault.Error] with the code Invalid and every
// reason why the person cannot be stored. A person without a password cannot
// sign in and is otherwise well; whether the login is taken is the store's to
// say.
func (p Person) Validate() error {
	var reasons []fault.Reason
	if !loginForm.MatchString(p.Login) {
		reasons = append(reasons, badLogin.With())
	}
	switch {
	case strings.TrimSpace(p.Name) == "":
		reasons = append(reasons, nameMissing.With())
	case !Storable(p.Name):
		reasons = append(reasons, nameBad.With())
	case utf8.RuneCountInString(p.Name) > maxName:
		reasons = append(reasons, nameLong.With(maxName))
	}
	if p.Password != "" {
		if _, err := parseHash(p.Password); err != nil {
			reasons = append(reasons, badHash.With())
		}
	}
	reasons = append(reasons, p.grantReasons()...)
	if len(reasons) == 0 {
		return nil
	}
	return fault.New(fault.Invalid, badPerson.With(), reasons...)
}

func (p Person) grantReasons() []fault.Reason {
	var reasons []fault.Reason
	seen := map[Grant]bool{}
	for _, g := range p.Grants {
		switch {
		case !g.Role.known():
			reasons = append(reasons, badRole.With(strings.ToValidUTF8(string(g.Role), "\uFFFD")))
		case seen[g]:
			reasons = append(reasons, roleTwice.With(g.Role.Title()))
		case g.Series != uuid.Nil && (g.Role == Security || g.Role == Auditor):
			reasons = append(reasons, roleWhole.With(g.Role.Title()))
		}
		seen[g] = true
	}
	return reasons
}

// Storable reports whether every database keeps the text as it is: valid UTF-8
// without control characters.
func Storable(text string) bool {
	return utf8.ValidString(text) && !strings.ContainsFunc(text, unicode.IsControl)
}
