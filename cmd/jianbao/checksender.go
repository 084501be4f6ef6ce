package main

import (
	"context"
	"slices"
	"strings"

	"jianbao/mailer/checkup"
	"jianbao/store"
)

// senders looks at the records of the domains from which letters go.
func (k *check) senders(ctx context.Context, books *store.Store, names checkup.Resolver) ([]finding, error) {
	if k.Relay == "" || k.Only != "" && k.Only != "mailer" {
		return nil, nil
	}
	all, err := books.SeriesAll(ctx)
	if err != nil {
		return nil, err
	}
	key, _ := k.dkim() // the finding about the relay says what is wrong with it
	var domains []string
	for _, s := range all {
		if _, domain, ok := strings.Cut(s.Mailbox, "@"); ok {
			domains = append(domains, strings.ToLower(domain))
		}
	}
	slices.Sort(domains)
	var found []finding
	for _, domain := range slices.Compact(domains) {
		found = append(found, checkedUp("sender", checkup.Sender(ctx, names, domain, k.smtpRelay.Relay, key))...)
	}
	return found, nil
}
