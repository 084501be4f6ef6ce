package main

import (
	"bytes"
	"crypto/sha256"
	"regexp"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/accounts/vault"
	"jianbao/seeds"
	"jianbao/workflow"
	"jianbao/workflow/calendar"
)

// An exhibition is an office with an issue at every stage that has a page, and
// with an address of everything that units and leaders get by mail.
type exhibition struct {
	runningOffice
	draft, review, signed, sent workflow.Issue
	remark                      uuid.UUID
	roster                      uuid.UUID
	mail                        string // where a contribution is
	// What opens without an account: of a unit that has its letter, of the
	// leader who is asked, of somebody who is invited.
	slip, own, letter, answer, pass string
}

func exhibit(t *testing.T) exhibition {
	t.Helper()
	var morning func()
	x := exhibition{runningOffice: running(t, func(o *office, _ string) { morning, o.provider = mornings(o), house{o} }, asInstalled)}
	x.withAdmin(t)
	const known = "送：市发改委"
	w := &walk{office: x.office}
	open := func(number, unit string) workflow.Issue {
		text := strings.NewReplacer("第 8 期", number, "送：市发改委", unit).Replace(seeds.Issue8)
		issue, err := x.desk.Open(t.Context(), w.as(t.Context(), seeds.EditorLogin), seeds.SeriesID, text)
		if err != nil {
			t.Fatal(err)
		}
		return issue
	}
	step := func(issue workflow.Issue, until workflow.State) workflow.Issue {
		for issue.State != until {
			next, err := w.step(t.Context(), issue)
			if err != nil {
				t.Fatal(err)
			}
			issue = next
		}
		return issue
	}
	x.sent = step(open("第 8 期", known), workflow.Scheduled)
	x.signed = step(open("第11期", known), workflow.Approved)
	x.draft = open("第10期", "送：市发改部门") // a name that nobody has used before
	x.untilDispatched(t, x.sent.ID)
	x.withHook(t)
	x.withArchive(t)
	x.remark = x.remarked(t, x.sent)
	dir, err := x.store.Directory(t.Context(), uuid.Nil)
	if err != nil {
		t.Fatal(err)
	}
	x.roster = dir.Collectives[0].ID
	x.mail = x.withMail(t)
	x.opensToUnits(t)
	x.invites(t)
	morning()
	x.asksTheLeader(t, func() { x.review = step(open("第9期", known), workflow.Review) })
	return x
}

// asInstalled makes an office that of a machine, whose letters have links.
func asInstalled(o *office, base string) {
	key := sha256.Sum256([]byte("a test"))
	o.keys = &keyFile{ring: vault.New()}
	o.scheduler.Every = 20 * time.Millisecond
	o.installed(machine{id: "0123456789ab", tickets: bytes.Repeat([]byte{7}, 32), setUp: key[:], passes: key[:]}, base)
}

// mornings puts the clock of the office's desk back, when it is told to, to the
// morning of the last working day, when nobody is left in peace.
func mornings(o *office) (back func()) {
	var late atomic.Int64
	now := o.desk.Now
	o.desk.Now = func() time.Time { return now().Add(-time.Duration(late.Load())) }
	return func() {
		week := calendar.Calendar{Zone: (workflow.Series{}).Location(), Years: calendar.Known()}
		y, m, d := now().In(week.Zone).Date()
		morning := time.Date(y, m, d-1, 10, 0, 0, 0, week.Zone)
		for !week.IsWorkday(morning) {
			morning = morning.AddDate(0, 0, -1)
		}
		late.Store(int64(now().Sub(morning)))
	}
}

// opensToUnits follows the link of a letter, as its unit does.
func (x *exhibition) opensToUnits(t *testing.T) {
	t.Helper()
	x.slip = receiptLink.FindString(x.box.Messages()[0].Text())
	door := x.unitPages().Door
	token, err := door.Enter(t.Context(), strings.TrimPrefix(x.slip, "/receipt/"))
	if err != nil {
		t.Fatal(err)
	}
	page, err := door.Open(t.Context(), token)
	if err != nil {
		t.Fatal(err)
	}
	x.own = "/own/" + token
	x.letter = x.own + "/" + page.Received[0].Dispatch.String()
}

// invites gives a newcomer an invitation.
func (x *exhibition) invites(t *testing.T) {
	t.Helper()
	admin, err := x.store.ByLogin(t.Context(), adminLogin)
	if err != nil {
		t.Fatal(err)
	}
	newcomer := accounts.Person{ID: uuid.New(), Login: "wang", Name: "王新", Active: true, Grants: []accounts.Grant{{Series: seeds.SeriesID, Role: accounts.Reader}}}
	if err = x.store.SavePerson(t.Context(), newcomer); err != nil {
		t.Fatal(err)
	}
	given, err := x.entryDesk().Invite(t.Context(), admin, newcomer.ID)
	if err != nil {
		t.Fatal(err)
	}
	x.pass = "/pass/" + given.Token
}

// asksTheLeader has the reviewer asked by mail for what comes into review now.
func (x *exhibition) asksTheLeader(t *testing.T, submitted func()) {
	t.Helper()
	reviewer, err := x.store.ByLogin(t.Context(), seeds.ReviewerLogin)
	if err == nil {
		err = x.store.SaveReach(t.Context(), workflow.Reach{Person: reviewer.ID, Address: leader, AtOnce: true})
	}
	if err != nil {
		t.Fatal(err)
	}
	submitted()
	eventually(t.Context(), t, "the letter to the leader", func() bool {
		for _, m := range x.box.Messages() {
			if link := answerLink.FindString(m.Text()); link != "" && strings.Contains(m.Text(), x.review.ID.String()) {
				x.answer = strings.TrimPrefix(link, x.base)
			}
		}
		return x.answer != ""
	})
}

// link returns the address on a page that fits a pattern, as somebody sees it.
func (x exhibition) link(t *testing.T, login, page, pattern string) string {
	t.Helper()
	shown := visit(t, x.base, login, testPassword).get(page).page
	all := regexp.MustCompile(`href="(`+pattern+`)"`).FindAllStringSubmatch(shown, -1)
	if len(all) == 0 {
		t.Fatalf("%s has no link to %s", page, pattern)
	}
	return slices.MaxFunc(all, func(a, b []string) int { return strings.Compare(a[1], b[1]) })[1]
}
