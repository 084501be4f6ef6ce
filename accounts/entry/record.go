package entry

import (
	"context"
	"time"

	"jianbao/accounts"
	"jianbao/fault"
)

// A Line is what the record says of a change, beside what the store says of a
// person by itself ([accounts.Changes]); who it was, is in the context
// ([accounts.WithAuthor]).
type Line struct {
	Sphere accounts.Sphere
	What   fault.Reason
}

// What the record says.
var (
	saidFounded     = fault.Say("entry.said.founded", "凭启用码开设第一个账号", "opened the first account by the code of the installation")
	saidAddress     = fault.Say("entry.said.address", "改了邮箱", "changed the mail address")
	saidInvited     = fault.Say("entry.said.invited", "发出邀请（%s），有效至%s", "made an invitation (%s), good until %s")
	saidReset       = fault.Say("entry.said.reset", "发出重设密码的链接（%s），有效至%s", "made a link to set another password (%s), good until %s")
	saidForgot      = fault.Say("entry.said.forgot", "在登录页申请重设密码，链接已发到邮箱", "asked for another password at the door; the link was mailed")
	saidFirst       = fault.Say("entry.said.first", "凭邀请设定了密码", "set the first password by an invitation")
	saidAnew        = fault.Say("entry.said.anew", "凭链接重设了密码", "set another password by a link")
	saidFactor      = fault.Say("entry.said.factor", "启用动态口令", "set up one-time codes")
	saidCodes       = fault.Say("entry.said.codes", "重新生成恢复码", "made new recovery codes")
	saidUsedCode    = fault.Say("entry.said.used-code", "用掉一个恢复码，还剩%d个", "used a recovery code; %d are left")
	saidDropped     = fault.Say("entry.said.dropped", "取消动态口令", "ended the one-time codes")
	saidUnfactored  = fault.Say("entry.said.unfactored", "管理员重置动态口令：%s", "an administrator ended the one-time codes: %s")
	saidLinked      = fault.Say("entry.said.linked", "登记统一登录身份：%s", "entered an identity for single sign-on: %s")
	saidUnlinked    = fault.Say("entry.said.unlinked", "删去统一登录身份：%s", "removed the identity for single sign-on: %s")
	saidRecognised  = fault.Say("entry.said.recognised", "首次以统一登录身份（%s）登录", "signed in for the first time by the identity %s")
	saidMadeByOther = fault.Say("entry.said.made", "由统一登录开设账号（%s）", "the account was opened by single sign-on (%s)")
	mailed          = fault.Say("entry.mailed", "已发邮件", "mailed")
	atTheDoor       = fault.Say("entry.at-the-door", "登录页", "the door")
	byHand          = fault.Say("entry.by-hand", "由管理员转交", "handed over by the administrator")
)

// secures is a line about what proves who somebody is.
func secures(what fault.Reason) Line { return Line{accounts.OfSecurity, what} }

// atDoor is a line about what happened at the door.
func atDoor(what fault.Reason) Line { return Line{accounts.OfDoor, what} }

// oneself is a context in which a person does something about themselves, from
// wherever the context says.
func oneself(ctx context.Context, p accounts.Person) context.Context {
	by := accounts.AuthorOf(ctx)
	by.ID, by.Name = p.ID, p.Name
	return accounts.WithAuthor(ctx, by)
}

// until is a moment as the record and letters have it, by the clocks of China,
// which has one zone.
func until(t time.Time) string {
	return t.In(time.FixedZone("", 8*60*60)).Format("2006-01-02 15:04")
}
