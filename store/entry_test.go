package store

import (
	"context"
	"encoding/base32"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/pquerna/otp/totp"

	"jianbao/accounts"
	"jianbao/accounts/entry"
	"jianbao/accounts/vault"
	"jianbao/fault"
	"jianbao/mailer"
	"jianbao/mailer/relays"
)

// quick hashes for tests.
var quick = accounts.NewHasher(accounts.Cost{Memory: 8, Time: 1, Threads: 1}, 4)

// An entrance is how people get in, on a store.
type entrance struct {
	entry.Factors
	entry.Identities
	desk  entry.Desk
	boss  accounts.Person
	clock *time.Time
}

func entranceOn(t *testing.T, s *Store, mails bool) entrance {
	t.Helper()
	clock := now
	boss := accounts.Person{ID: newID(), Login: "boss", Name: "管理员", Password: hashedQuick(t, "boss-boss-boss"), Active: true, Grants: []accounts.Grant{{Role: accounts.Admin}}}
	must(t, s.SavePerson(t.Context(), boss))
	boss.Version++
	desk := entry.Desk{
		Books: s, Hasher: quick, Key: entry.Key(strings.Repeat("k", 32)), Separation: s.Separation,
		Mails:   func(context.Context) (bool, error) { return mails, nil },
		Mailbox: func(context.Context) (string, error) { return "bgs@kjj.example", nil },
		Now:     func() time.Time { return clock }, NewID: newID,
	}
	return entrance{
		desk: desk, boss: boss, clock: &clock, Identities: entry.Identities{Desk: desk, Identities: s},
		Factors: entry.Factors{Desk: desk, Factors: s, Ring: vault.New(), Label: func(context.Context) string { return "简报台" }},
	}
}

func hashedQuick(t *testing.T, password string) string {
	t.Helper()
	hash, err := quick.Hash(t.Context(), password)
	must(t, err)
	return hash
}

func newcomer() entry.Newcomer {
	return entry.Newcomer{Login: "cheng", Name: "程继东", Grants: []accounts.Grant{{Role: accounts.Editor}}}
}

func refusedAs(t *testing.T, what string, err error, code fault.Code) {
	t.Helper()
	if !fault.Is(err, code) {
		t.Errorf("%s: %v, want %s", what, err, code)
	}
}

func TestAnInvitationOpensAnAccountOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		e, ctx := entranceOn(t, s, false), t.Context()
		given, err := e.desk.Add(ctx, e.boss, newcomer())
		must(t, err)
		if given.Mailed() || given.Pass.Kind != entry.Invitation {
			t.Fatalf("%+v", given)
		}
		_, err = e.desk.Add(ctx, e.boss, newcomer())
		refusedAs(t, "a login twice", err, fault.Conflict)
		_, err = e.desk.Settle(ctx, given.Token, "short", "other")
		refusedAs(t, "a bad password", err, fault.Invalid)
		if n := len(fault.As(err).Reasons); n < 2 {
			t.Errorf("%d reasons", n)
		}
		p, err := e.desk.Settle(ctx, given.Token, "correct horse battery", "correct horse battery")
		must(t, err)
		back, err := s.ByLogin(ctx, "cheng")
		if ok, _, _ := quick.Verify(ctx, back.Password, "correct horse battery"); err != nil || !ok || back.ID != p.ID {
			t.Error("the password was not set", err)
		}
		_, err = e.desk.Settle(ctx, given.Token, "another horse battery", "another horse battery")
		refusedAs(t, "used twice", err, fault.Blocked)
		_, err = e.desk.Ask(ctx, "nothing")
		refusedAs(t, "unknown", err, fault.NotFound)

		first, err := e.desk.Invite(ctx, e.boss, p.ID)
		must(t, err)
		second, err := e.desk.Invite(ctx, e.boss, p.ID)
		must(t, err)
		_, err = e.desk.Ask(ctx, first.Token)
		refusedAs(t, "another took its place", err, fault.Blocked)
		*e.clock = now.Add(entry.ResetLife)
		_, err = e.desk.Ask(ctx, second.Token)
		refusedAs(t, "too late", err, fault.Blocked)
	})
}

func TestManySettleOneInvitationAtOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		e, ctx := entranceOn(t, s, false), t.Context()
		given, err := e.desk.Add(ctx, e.boss, newcomer())
		must(t, err)
		var done atomic.Int32
		var all sync.WaitGroup
		for range 8 {
			all.Go(func() {
				if _, err := e.desk.Settle(ctx, given.Token, "correct horse battery", "correct horse battery"); err == nil {
					done.Add(1)
				}
			})
		}
		if all.Wait(); done.Load() != 1 {
			t.Errorf("settled %d times", done.Load())
		}
	})
}

func TestAPasswordChangeEndsTheOtherVisits(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		e, ctx := entranceOn(t, s, false), t.Context()
		var visits []entry.Visit
		for range 3 {
			v := entry.Visit{ID: newID(), Person: e.boss.ID, Way: entry.ByPassword, Device: "Chrome · Windows", From: "10.0.0.7", Began: now, Seen: now, Expires: now.Add(time.Hour)}
			must(t, s.BeginVisit(ctx, v))
			visits = append(visits, v)
		}
		refusedAs(t, "a wrong password", e.desk.ChangePassword(ctx, e.boss.ID, "wrong", "correct horse battery", "correct horse battery", visits[0].ID), fault.Unauthenticated)
		must(t, e.desk.ChangePassword(ctx, e.boss.ID, "boss-boss-boss", "correct horse battery", "correct horse battery", visits[0].ID))
		if open, err := s.VisitsOf(ctx, e.boss.ID, 9); err != nil || len(open) != 1 || open[0] != visits[0] {
			t.Errorf("%+v %v", open, err)
		}
		if v, err := s.Visit(ctx, visits[1].ID); err != nil || v.Open(now) || v.EndedBy != "管理员" {
			t.Errorf("%+v %v", v, err)
		}
		must(t, s.SawVisit(ctx, visits[0].ID, now.Add(time.Minute)))
		must(t, s.EndVisit(ctx, newID(), visits[0].ID, now, "another"))
		if v, _ := s.Visit(ctx, visits[0].ID); !v.Open(now) || !v.Seen.Equal(now.Add(time.Minute)) {
			t.Errorf("somebody else ended it, or it was not seen: %+v", v)
		}
	})
}

func TestWhoForgotIsToldNothingAndGetsALetter(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		e, ctx := entranceOn(t, s, true), t.Context()
		n := newcomer()
		n.Address = "cheng@kjj.example"
		given, err := e.desk.Add(ctx, e.boss, n)
		must(t, err)
		if !given.Mailed() {
			t.Error("the invitation was not mailed")
		}
		for _, login := range []string{"nobody", "boss", " CHENG "} {
			must(t, e.desk.Forgotten(ctx, login))
		}
		var letters []string
		must(t, s.db.Model(&deliveryRow{}).Order("created, id").Pluck("address", &letters).Error)
		if len(letters) != 2 || letters[1] != n.Address {
			t.Errorf("letters to %v", letters)
		}
		p, err := s.PassOf(ctx, given.Person.ID)
		must(t, err)
		var texts []string
		must(t, s.db.Model(&dispatchRow{}).Pluck("text", &texts).Error)
		for _, text := range texts {
			if strings.Contains(text, e.desk.Key.Token(p.ID)) {
				t.Error("the database holds a link that opens something")
			}
		}
		if p.Kind != entry.Reset || p.Expires.Sub(p.Made) != entry.ForgottenLife {
			t.Errorf("%+v", p)
		}
	})
}

func TestOneTimeCodesAreSetUpUsedAndReset(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		e, ctx := entranceOn(t, s, false), t.Context()
		must(t, s.SaveHouse(ctx, entry.House{Name: "市科技局", Strict: []accounts.Role{accounts.Admin}}))
		if code, setUp, err := e.Wants(ctx, e.boss); code || !setUp || err != nil {
			t.Errorf("at first: %v %v %v", code, setUp, err)
		}
		setup, err := e.Begin(ctx, e.boss)
		must(t, err)
		again, err := e.Begin(ctx, e.boss)
		if must(t, err); again != setup || !strings.Contains(setup.URL, "secret="+strings.ReplaceAll(setup.Secret, " ", "")) {
			t.Errorf("%+v, then %+v", setup, again)
		}
		code := func(at time.Time) string {
			text, err := totp.GenerateCode(strings.ReplaceAll(setup.Secret, " ", ""), at)
			must(t, err)
			return text
		}
		refusedAs(t, "not confirmed", e.Check(ctx, e.boss, code(now)), fault.Unauthenticated)
		_, err = e.Confirm(ctx, e.boss, "000000")
		refusedAs(t, "a wrong code", err, fault.Unauthenticated)
		codes, err := e.Confirm(ctx, e.boss, code(now))
		if must(t, err); len(codes) != entry.RecoveryCodes {
			t.Fatalf("%d codes", len(codes))
		}
		refusedAs(t, "the same code", e.Check(ctx, e.boss, code(now)), fault.Unauthenticated)
		*e.clock = now.Add(time.Minute)
		must(t, e.Check(ctx, e.boss, code(*e.clock)))
		must(t, e.Check(ctx, e.boss, codes[4]))
		refusedAs(t, "a recovery code twice", e.Check(ctx, e.boss, codes[4]), fault.Unauthenticated)
		if f, err := s.Factor(ctx, e.boss.ID); err != nil || f.Left() != 9 || strings.Contains(f.Sealed, base32.StdEncoding.EncodeToString([]byte(setup.Secret))) {
			t.Errorf("%+v %v", f, err)
		}
		*e.clock = now.Add(2 * time.Minute)
		refusedAs(t, "a role that needs it", e.End(ctx, e.boss, code(*e.clock)), fault.Blocked)
		refusedAs(t, "no reason", e.desk.ResetFactor(ctx, e.boss, e.boss.ID, " "), fault.Invalid)
		must(t, e.desk.ResetFactor(ctx, e.boss, e.boss.ID, "手机丢失，当面核实"))
		if _, err := s.Factor(ctx, e.boss.ID); !fault.Is(err, fault.NotFound) {
			t.Errorf("it is still there: %v", err)
		}
		lines, err := s.LinesOf(ctx, e.boss.ID, 20)
		if must(t, err); len(lines) < 3 || !strings.Contains(lines[0].What[0].In(fault.ZH), "当面核实") {
			t.Errorf("%+v", lines)
		}
	})
}

func TestOneRecoveryCodeLetsOneIn(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		e, ctx := entranceOn(t, s, false), t.Context()
		setup, err := e.Begin(ctx, e.boss)
		must(t, err)
		code, err := totp.GenerateCode(strings.ReplaceAll(setup.Secret, " ", ""), now)
		must(t, err)
		codes, err := e.Confirm(ctx, e.boss, code)
		must(t, err)
		var in atomic.Int32
		var all sync.WaitGroup
		for range 8 {
			all.Go(func() {
				if e.Check(ctx, e.boss, codes[0]) == nil {
					in.Add(1)
				}
			})
		}
		if all.Wait(); in.Load() != 1 {
			t.Errorf("%d got in", in.Load())
		}
	})
}

func TestSingleSignOnKnowsWhoWasEntered(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		e, ctx := entranceOn(t, s, false), t.Context()
		given, err := e.desk.Add(ctx, e.boss, newcomer())
		must(t, err)
		id := given.Person.ID
		refusedAs(t, "neither", e.Link(ctx, e.boss, id, "", ""), fault.Invalid)
		refusedAs(t, "not an administrator", e.Link(ctx, given.Person, id, "s-1", ""), fault.Forbidden)
		must(t, e.Link(ctx, e.boss, id, "", "Cheng@kjj.example"))
		for _, c := range []entry.Claim{{Subject: "s-1", Mail: "cheng@kjj.example"}, {Subject: "s-1"}, {}, {Subject: "s-2", Mail: "other@kjj.example", Verified: true}} {
			_, err := e.Admit(ctx, c)
			refusedAs(t, "unproved", err, fault.Unauthenticated)
		}
		proved := entry.Claim{Subject: "s-1", Mail: "cheng@kjj.example", Verified: true}
		if p, err := e.Admit(ctx, proved); err != nil || p.ID != id {
			t.Errorf("%v %v", p.ID, err)
		}
		// From now on the subject counts: the address may be somebody else's.
		_, err = e.Admit(ctx, entry.Claim{Subject: "s-9", Mail: proved.Mail, Verified: true})
		refusedAs(t, "another subject with the address", err, fault.Unauthenticated)
		if p, err := e.Admit(ctx, entry.Claim{Subject: "s-1"}); err != nil || p.ID != id {
			t.Errorf("by subject: %v %v", p.ID, err)
		}
		refusedAs(t, "another person's", e.Link(ctx, e.boss, e.boss.ID, "s-1", ""), fault.Conflict)
		all, err := s.Identities(ctx, id)
		must(t, err)
		must(t, e.Unlink(ctx, e.boss, id, all[0].ID))
		_, err = e.Admit(ctx, proved)
		refusedAs(t, "removed", err, fault.Unauthenticated)
		open := e.Identities
		open.NewRole = accounts.Reader
		p, err := open.Admit(ctx, entry.Claim{Subject: "s-7", Login: "liu", Name: "刘"})
		if must(t, err); !p.Has(accounts.Reader, uuid.New()) || p.Password != "" {
			t.Errorf("%+v", p)
		}
		_, err = open.Admit(ctx, entry.Claim{Subject: "s-8", Login: "boss", Name: "假"})
		refusedAs(t, "the login of somebody else", err, fault.Conflict)
	})
}

func TestTheLastAdministratorStays(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		e, ctx := entranceOn(t, s, false), t.Context()
		refusedAs(t, "suspended", e.desk.Suspend(ctx, e.boss, e.boss.ID, 1), fault.Blocked)
		refusedAs(t, "without the role", e.desk.Alter(ctx, e.boss, e.boss.ID, 1, entry.Newcomer{Name: "管理员"}), fault.Blocked)
		n := newcomer()
		n.Grants = []accounts.Grant{{Role: accounts.Admin}}
		given, err := e.desk.Add(ctx, e.boss, n)
		must(t, err)
		refusedAs(t, "the other has no password", e.desk.Suspend(ctx, e.boss, e.boss.ID, 1), fault.Blocked)
		other, err := e.desk.Settle(ctx, given.Token, "correct horse battery", "correct horse battery")
		must(t, err)
		must(t, e.desk.Suspend(ctx, other, e.boss.ID, 1))
		refusedAs(t, "an old version", e.desk.Resume(ctx, other, e.boss.ID, 1), fault.Conflict)
		must(t, e.desk.Resume(ctx, other, e.boss.ID, 2))
		refusedAs(t, "no administrator", e.desk.Suspend(ctx, accounts.Person{}, e.boss.ID, 3), fault.Forbidden)
	})
}

func TestSecretsAreSealedAnew(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		e, ctx := entranceOn(t, s, false), t.Context()
		setup, err := e.Begin(ctx, e.boss)
		must(t, err)
		set := relays.Setting{Place: relays.First, Kind: relays.SMTP, Addr: "smtp.kjj.example:465", Security: mailer.TLS, Login: "jianbao"}
		set.Sealed, err = e.Ring.Seal(set.SealedPlace(), []byte("geheim"))
		must(t, err)
		said := entry.Line{Sphere: accounts.OfSystem, What: fault.Reason{Key: "x"}}
		must(t, s.SaveRelay(ctx, set, said))
		refusedAs(t, "written over another", s.SaveRelay(ctx, set, said), fault.Conflict)
		next := e.Ring.(*vault.Ring).Rotated()
		n, err := s.Reseal(ctx, func(place, sealed string) (string, error) {
			secret, err := next.Open(place, sealed)
			must(t, err)
			return next.Seal(place, secret)
		}, said)
		if must(t, err); n != 2 {
			t.Errorf("%d were sealed anew", n)
		}
		next = next.Only()
		all, err := s.Sealed(ctx)
		must(t, err)
		must(t, next.Holds(all...))
		e.Factors.Ring = next
		if again, err := e.Begin(ctx, e.boss); err != nil || again != setup {
			t.Errorf("%+v %v", again, err)
		}
		found, err := s.Relays(ctx)
		must(t, err)
		if secret, err := next.Open(found[0].SealedPlace(), found[0].Sealed); err != nil || string(secret) != "geheim" {
			t.Errorf("%q %v", secret, err)
		}
		must(t, s.DropRelay(ctx, relays.First, said))
		if found, err := s.Relays(ctx); err != nil || len(found) != 0 {
			t.Errorf("%+v %v", found, err)
		}
	})
}

func TestOneIsTheFirst(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		desk := entry.Desk{Books: s, Hasher: quick, Now: func() time.Time { return now }, NewID: newID}
		var in atomic.Int32
		var all sync.WaitGroup
		for _, login := range []string{"one", "two", "three"} {
			all.Go(func() {
				n := entry.Newcomer{Login: login, Name: login, Grants: []accounts.Grant{{Role: accounts.Admin}}}
				if _, err := desk.Found(t.Context(), n, "correct horse battery", "correct horse battery"); err == nil {
					in.Add(1)
				} else if !fault.Is(err, fault.Blocked) {
					t.Error(err)
				}
			})
		}
		if all.Wait(); in.Load() != 1 {
			t.Errorf("%d are the first", in.Load())
		}
		_, err := desk.Found(t.Context(), entry.Newcomer{Login: "X Y"}, "short", "other")
		if e := fault.As(err); e == nil || e.Code != fault.Invalid || len(e.Reasons) < 4 {
			t.Errorf("%v", err)
		}
	})
}
