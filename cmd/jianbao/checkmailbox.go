package main

import (
	"context"
	"time"

	"jianbao/fault"
	"jianbao/mailer"
	"jianbao/mailer/mailbox"
	"jianbao/store"
)

var (
	mailboxNone    = fault.Say("cmd.check.mailbox-none", "没有设置收信邮箱，退信和回信要靠人去看", "no mailbox is set; bounces and answers are left to people")
	mailboxSet     = fault.Say("cmd.check.mailbox-set", "在配置里设置 mailbox、mailbox-user 和口令文件", "set mailbox, mailbox-user and the password file in the configuration")
	mailboxHow     = fault.Say("cmd.check.mailbox-how", "核对 mailbox 的地址和端口、mailbox-tls、账号和口令（QQ、163 等须在网页里开通 IMAP 并用授权码）、mailbox-folder，以及防火墙", "look at the address and port of mailbox, mailbox-tls, account and password (some hosts want IMAP switched on, and a code for programs), mailbox-folder, and the firewall")
	mailboxFine    = fault.Say("cmd.check.mailbox-fine", "%s可用：文件夹 %s，%d封信，新信即时通知 %s，收后处理 %s", "%s works: folder %s, %d mails, tells of new mail %s, afterwards %s")
	mailboxCannot  = fault.Say("cmd.check.mailbox-cannot", "服务器不能只移走或删除单封信，mailbox-after = %s 做不到，信会留在邮箱里", "the server cannot move or delete single mails, so that mailbox-after = %s is not done and mails stay there")
	mailboxAfter   = fault.Say("cmd.check.mailbox-after", "把 mailbox-after 设为 keep 或 seen", "set mailbox-after to keep or seen")
	mailboxStale   = fault.Say("cmd.check.mailbox-stale", "邮箱上次读完是%s", "the mailbox was last read to its end at %s")
	mailboxUnread  = fault.Say("cmd.check.mailbox-unread", "邮箱还没有读完过一次", "the mailbox has not been read to its end yet")
	mailboxRunning = fault.Say("cmd.check.mailbox-running", "看 jianbao serve（全部或 --only mailer）是否在运行，日志里 mailbox 一项说明原因", "see that jianbao serve (all of it, or --only mailer) is running; its log says why under mailbox")
	mailboxRead    = fault.Say("cmd.check.mailbox-read", "邮箱上次读完是%s", "the mailbox was last read to its end at %s")
)

// mailbox signs in, opens the folder read-only, and changes nothing.
func (k *check) mailbox(ctx context.Context) []finding {
	if k.Only != "" && k.Only != "mailer" {
		return nil
	}
	if k.Mailbox == "" {
		return []finding{remark("mailbox", mailboxNone.With(), mailboxSet.With())}
	}
	account, err := k.account()
	if err != nil {
		return []finding{wrong("mailbox", reasoned(fault.Shown(err)), mailboxHow.With())}
	}
	account.Timeout = relayWait
	ctx, stop := context.WithTimeout(ctx, 4*relayWait)
	defer stop()
	report, err := account.Look(ctx, k.MailboxAfter.After)
	if err != nil {
		return []finding{wrong("mailbox", reasoned(fault.Shown(err)), mailboxHow.With())}
	}
	return mailboxFindings(account, k.MailboxAfter.After, report)
}

func mailboxFindings(account mailbox.Account, after mailbox.After, report mailbox.Report) []finding {
	yes := map[bool]fault.Reason{true: saidYes.With(), false: saidNo.With()}
	found := []finding{well("mailbox", mailboxFine.With(account.Addr, account.Folder, int(report.Mails), yes[report.Idle], after.String()))}
	if !report.After {
		found = append(found, wrong("mailbox", mailboxCannot.With(after.String()), mailboxAfter.With()))
	}
	if account.Security == mailer.Plain {
		found = append(found, remark("mailbox", relayClear.With(account.Addr), mailboxEncrypt.With()))
	}
	return found
}

var mailboxEncrypt = fault.Say("cmd.check.mailbox-encrypt", "把 mailbox-tls 设为 tls 或 starttls", "set mailbox-tls to tls or starttls")

// longUnread is how long a mailbox that is looked into every few minutes may go
// unread before somebody should look.
const longUnread = 30 * time.Minute

// fetched says when the mailbox was read last, as the database knows.
func (k *check) fetched(ctx context.Context, books *store.Store, now time.Time) (finding, error) {
	account := mailbox.Account{Addr: k.Mailbox, Username: k.MailboxUser, Folder: k.MailboxFolder}
	read, err := books.MailboxesRead(ctx)
	return fetchedFinding(read[account.Name()], now.Add(-max(longUnread, 3*time.Duration(k.MailboxEvery))), k.Zone.location()), err
}

func fetchedFinding(last, latest time.Time, zone *time.Location) finding {
	at := last.In(zone).Format("2006-01-02 15:04")
	switch {
	case last.IsZero():
		return remark("mailbox", mailboxUnread.With(), mailboxRunning.With())
	case last.Before(latest):
		return wrong("mailbox", mailboxStale.With(at), mailboxRunning.With())
	}
	return well("mailbox", mailboxRead.With(at))
}
