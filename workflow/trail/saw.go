package trail

import (
	"context"
	"slices"
	"strings"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/fault"
)

var sawPage = fault.Say("trail.saw", "查阅%s", "looked at %s")

// plain are the pages that show a person nothing but their own, and those whose
// looks are recorded with what was asked.
var plain = []string{"/desk", "/me", "/help", "/audit", "/sign-out", "/api/v1/me", "/api/v1/audit", "/api/v1/openapi"}

// mostPath is how much of an address is kept, in bytes.
const mostPath = 200

// Recorded reports whether it is recorded that a person looks at the page under a
// path: an auditor reads everything and answers for what was read. A page that
// asks again by itself, every second while letters go out, is recorded once, when
// it is opened.
func Recorded(who accounts.Person, path string) bool {
	if !who.Has(accounts.Auditor, uuid.Nil) || path == "/" || strings.HasSuffix(path, "/live") {
		return false
	}
	return !slices.ContainsFunc(plain, func(begin string) bool {
		rest, is := strings.CutPrefix(path, begin)
		return is && (rest == "" || strings.ContainsAny(rest[:1], "/.-"))
	})
}

// Saw records that a person looks at the page under a path, if that is recorded.
// What cannot be recorded is not to be shown.
func (d Desk) Saw(ctx context.Context, who accounts.Person, path string) error {
	if !Recorded(who, path) {
		return nil
	}
	return d.Books.RecordLine(ctx, accounts.OfAudit, who.ID, who.Name, sawPage.With(strings.ToValidUTF8(path[:min(len(path), mostPath)], "\uFFFD")))
}
