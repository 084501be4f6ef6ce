package main

import (
	"cmp"
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"encoding/binary"
	"time"

	"jianbao/accounts/entry"
	"jianbao/fault"
	"jianbao/seeds"
	"jianbao/web"
	peoplepages "jianbao/web/people"
	startpages "jianbao/web/start"
	"jianbao/workflow"
)

// entryDesk is where accounts are seen to.
func (o *office) entryDesk() entry.Desk {
	return entry.Desk{
		Books: o.store, Hasher: o.hasher, Key: o.passKey, Separation: o.store.Separation,
		Mails: o.mailsLinks, Mailbox: o.firstMailbox, Now: time.Now, NewID: o.desk.NewID,
	}
}

// mailsLinks reports whether letters go out, and links in them lead here.
func (o *office) mailsLinks(ctx context.Context) (bool, error) {
	if o.site == "" || o.mails == nil {
		return false, nil
	}
	return o.mails(ctx)
}

// firstMailbox is the mailbox of the oldest series that has one.
func (o *office) firstMailbox(ctx context.Context) (string, error) {
	all, err := o.store.SeriesAll(ctx)
	for _, s := range all {
		if s.Mailbox != "" {
			return s.Mailbox, err
		}
	}
	return "", err
}

var officeLabel = fault.Say("cmd.office-label", "简报台", "bulletin desk")

// factors are the second factors of the office.
func (o *office) factors() entry.Factors {
	return entry.Factors{Desk: o.entryDesk(), Factors: o.store, Ring: o.keys, Label: func(ctx context.Context) string {
		h, _ := o.store.House(ctx) // a label is not worth an error
		return cmp.Or(h.Name, officeLabel.ZH)
	}}
}

// peoplePages are what the pages of people are made with.
func (o *office) peoplePages() peoplepages.Config {
	desk := o.entryDesk()
	return peoplepages.Config{Desk: desk, Door: desk, SSO: entry.Identities{Desk: desk, Identities: o.store}, Switch: entry.Switch{Factors: o.factors(), Separations: o.store}, Reads: o.store, Records: o.store, Site: o.site}
}

var startCode = fault.Say("cmd.start-code", "还没有人员。请打开 http://%s/start，用启用码 %s 设第一位管理员", "there is nobody here yet: open http://%s/start and make the first administrator with the code %s")

// setUpCode is what guards an empty office: made from the installation file and
// the moment at which the database was made, so that every process of an office
// has the same one, and another database another.
func (o *office) setUpCode(ctx context.Context) (string, error) {
	if o.setUp == nil {
		return "", fault.New(fault.Blocked, noSetUp.With())
	}
	made, err := o.store.Installation(ctx, workflow.Installation{ID: o.installation, At: time.Now()})
	if err != nil {
		return "", err
	}
	mac := hmac.New(sha256.New, o.setUp)
	_ = binary.Write(mac, binary.BigEndian, made.At.UnixMicro()) // a hash takes everything
	text := base32.StdEncoding.EncodeToString(mac.Sum(nil)[:10])
	return text[:4] + "-" + text[4:8] + "-" + text[8:12] + "-" + text[12:], nil
}

var noSetUp = fault.Say("cmd.no-set-up", "这个进程没有安装标识，不能启用", "this process belongs to no installation, so that nothing can be set up")

// saysCode prints the code of an empty office.
func (o *office) saysCode(ctx context.Context, c *console, at string) error {
	if empty, err := o.empty(ctx); err != nil || !empty || o.setUp == nil {
		return err
	}
	code, err := o.setUpCode(ctx)
	if err == nil {
		c.line(startCode.With(at, code))
	}
	return err
}

// startPages are what the pages of the start are made with.
func (o *office) startPages() startpages.Config {
	return startpages.Config{
		Founder: o.entryDesk(), Books: o.store, Code: o.setUpCode, Configured: len(o.relayPages().Configured) > 0, NewID: o.desk.NewID, Site: o.site,
		Plant: func(ctx context.Context) error {
			return seeds.Plant(ctx, o.store, o.hasher, rand.Text(), time.Now()) // its people are invited by the page of people
		},
	}
}

// entrance is what the pages need of how people get in.
func (o *office) entrance(c web.Config) web.Config {
	c.Visits, c.Second, c.Provider, c.Empty = o.store, o.factors(), o.provider, o.empty
	return c
}

// empty reports whether nobody has an account. Once somebody has, it is never so
// again.
func (o *office) empty(ctx context.Context) (bool, error) {
	if o.settled.Load() {
		return false, nil
	}
	all, err := o.store.People(ctx)
	o.settled.Store(err == nil && len(all) > 0)
	return err == nil && len(all) == 0, err
}
