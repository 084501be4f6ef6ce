package entry

import (
	"cmp"
	"context"

	"jianbao/accounts"
	"jianbao/fault"
)

// A sender is whom letters about accounts are from.
type sender struct{ name, address string }

var (
	product      = fault.Say("entry.product", "简报台", "Bulletin desk")
	inviteTitle  = fault.Say("entry.letter.invite-title", "请设定您在简报台的密码", "Set your password for the bulletin desk")
	resetTitle   = fault.Say("entry.letter.reset-title", "重设您在简报台的密码", "Set another password for the bulletin desk")
	inviteWords  = fault.Say("entry.letter.invite", "%s：\n\n%s为您开设了账号，登录名是 %s。请在%s前打开下面的链接设定密码：\n\n%s\n\n链接只能用一次，请勿转给别人。\n", "%s,\n\n%s has opened an account for you; your user name is %s. Before %s open this link to set your password:\n\n%s\n\nThe link works once. Keep it to yourself.\n")
	resetWords   = fault.Say("entry.letter.reset", "%s：\n\n有人在%s为登录名 %s 申请重设密码。请在%s前打开下面的链接设定新密码：\n\n%s\n\n如果不是您申请的，请不要打开链接，原来的密码仍然有效；并请告诉管理员。\n", "%s,\n\nat %s somebody asked for another password for the user name %s. Before %s open this link to set it:\n\n%s\n\nIf that was not you, leave the link alone: your password stays as it is. Please tell your administrator.\n")
	bothLanguage = fault.Say("entry.letter.languages", "（下附英文）", "(in English)")
)

// from returns whom letters are from; without an address none go out.
func (d Desk) from(ctx context.Context) (sender, error) {
	if d.Mails == nil {
		return sender{}, nil
	}
	if ok, err := d.Mails(ctx); err != nil || !ok {
		return sender{}, err
	}
	h, err := d.Books.House(ctx)
	if err != nil {
		return sender{}, err
	}
	s := sender{name: cmp.Or(h.Name, product.With().In(fault.ZH)), address: h.Sender}
	if s.address == "" && d.Mailbox != nil {
		s.address, err = d.Mailbox(ctx)
	}
	return s, err
}

// letter writes what brings a pass, in both languages: what somebody reads who
// has not been here is not known.
func (d Desk) letter(from sender, p accounts.Person, address string, pass Pass) *Letter {
	title, words := resetTitle, resetWords
	if pass.Kind == Invitation {
		title, words = inviteTitle, inviteWords
	}
	say := func(lang fault.Lang) string {
		return words.With(p.Name, from.name, p.Login, until(pass.Expires), pass.Mark()).In(lang)
	}
	return &Letter{
		ID: d.NewID(), Dispatch: d.NewID(), From: from.address, FromName: from.name, To: address, ToName: p.Name,
		Subject: title.With().In(fault.ZH), Text: bothLanguage.With().In(fault.ZH) + "\n\n" + say(fault.ZH) + "\n\n" + say(fault.EN),
	}
}
