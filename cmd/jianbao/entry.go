package main

import (
	"cmp"
	"context"
	"time"

	"jianbao/accounts/entry"
	"jianbao/fault"
	"jianbao/web"
	peoplepages "jianbao/web/people"
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
	return entry.Factors{Desk: o.entryDesk(), Factors: o.store, Ring: o.ring, Label: func(ctx context.Context) string {
		h, _ := o.store.House(ctx) // a label is not worth an error
		return cmp.Or(h.Name, officeLabel.ZH)
	}}
}

// peoplePages are what the pages of people are made with.
func (o *office) peoplePages() peoplepages.Config {
	desk := o.entryDesk()
	return peoplepages.Config{Desk: desk, Door: desk, SSO: entry.Identities{Desk: desk, Identities: o.store}, Reads: o.store, Records: o.store, Site: o.site}
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
