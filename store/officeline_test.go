package store

import (
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"jianbao/accounts"
	"jianbao/fault"
)

func powered(login string, roles ...accounts.Role) accounts.Person {
	p := accounts.Person{ID: newID(), Login: login, Name: login, Active: true}
	for _, r := range roles {
		p.Grants = append(p.Grants, accounts.Grant{Role: r})
	}
	return p
}

// TestWhatIsDoneToPeopleIsRecorded with who did it and from where, in the same
// transaction, and cannot be altered.
func TestWhatIsDoneToPeopleIsRecorded(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		keeper := accounts.Author{ID: newID(), Name: "系统员", From: "10.0.0.9"}
		ctx := accounts.WithAuthor(t.Context(), keeper)
		p := powered("cheng", accounts.Editor)
		must(t, s.SavePerson(ctx, p))
		p.Version, p.Grants, p.Active = 1, []accounts.Grant{{Role: accounts.Clerk}}, false
		must(t, s.SavePerson(ctx, p))
		if err := s.SavePerson(ctx, p); !fault.Is(err, fault.Conflict) {
			t.Fatalf("saved over a newer one: %v", err)
		}
		all, err := rows[lineRow](s.db.Order("id"))
		must(t, err)
		var said []string
		for _, r := range all {
			l := r.line()
			if l.By != keeper || l.Subject != p.ID || l.At.IsZero() {
				t.Errorf("%+v", l)
			}
			for _, w := range l.What {
				said = append(said, string(l.Sphere)+" "+w.In(fault.ZH))
			}
		}
		want := "system 新建账号cheng|security 授予角色：编辑（全部刊物）|system 停用账号|security 授予角色：收发（全部刊物）|security 收回角色：编辑（全部刊物）"
		if got := strings.Join(said, "|"); got != want {
			t.Errorf("recorded %s", got)
		}
		must(t, s.Separate(ctx, false)) // as it is
		must(t, s.db.Transaction(func(tx *gorm.DB) error { return add(tx, separationRow{Seq: 1}) }))
		for _, statement := range []string{"UPDATE office_line SET name = ''", "DELETE FROM office_line", "UPDATE separation SET by_name = 'x'", "DELETE FROM separation"} {
			if err := s.db.Exec(statement).Error; err == nil || !strings.Contains(err.Error(), "only grows") {
				t.Errorf("%s: %v", statement, err)
			}
		}
	})
}

func TestSeparatedAdministratorsStaySeparate(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		ctx := t.Context()
		both := powered("both", accounts.Admin, accounts.Security)
		must(t, s.SavePerson(ctx, both))
		if got := fault.As(s.Separate(ctx, true)); got == nil || got.Code != fault.Blocked || len(got.Reasons) != 2 {
			t.Fatalf("separated where one person holds two powers and nobody audits: %v", got)
		}
		both.Version, both.Grants = 1, both.Grants[:1]
		must(t, s.SavePerson(ctx, both))
		guard, auditor := powered("guard", accounts.Security), powered("auditor", accounts.Auditor)
		must(t, s.SavePerson(ctx, guard))
		must(t, s.SavePerson(ctx, auditor))
		must(t, s.Separate(ctx, true))
		if now, err := s.Separation(ctx); err != nil || !now.On || now.At.IsZero() {
			t.Fatalf("%+v %v", now, err)
		}
		auditor.Version, auditor.Grants = 1, append(auditor.Grants, accounts.Grant{Role: accounts.Reader, Series: uuid.New()})
		if err := s.SavePerson(ctx, auditor); !fault.Is(err, fault.Blocked) {
			t.Errorf("an auditor with another role: %v", err)
		}
		guard.Version, guard.Active = 1, false
		if err := s.SavePerson(ctx, guard); !fault.Is(err, fault.Blocked) {
			t.Errorf("the last security administrator leaves: %v", err)
		}
		must(t, s.Separate(ctx, false))
		must(t, s.SavePerson(ctx, guard))
		turns, err := rows[lineRow](s.db.Where("subject = ?", uuid.Nil).Order("id"))
		if must(t, err); len(turns) != 2 {
			t.Errorf("%d turns are recorded", len(turns))
		}
	})
}

func TestTokensAreRecordedByTheirBeginning(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		p := powered("data", accounts.Reader)
		must(t, s.SavePerson(t.Context(), p))
		text := accounts.NewToken()
		token := accounts.Token{ID: newID(), Person: p.ID, Kind: accounts.Service, Name: "数据平台", Prefix: accounts.TokenPrefix(text), Hash: accounts.TokenHash(text), Made: now, By: "x", Expires: now.AddDate(0, 1, 0)}
		must(t, s.AddToken(t.Context(), token))
		must(t, s.RevokeToken(t.Context(), token.ID, now))
		all, err := rows[lineRow](s.db.Where("sphere = 'security'").Order("id"))
		must(t, err)
		if len(all) != 3 || !strings.Contains(all[2].line().What[0].In(fault.ZH), "撤销令牌"+token.Prefix) {
			t.Errorf("recorded %+v", all)
		}
		for _, r := range all {
			if raw := r.line().What[0].In(fault.ZH); strings.Contains(raw, text) || strings.Contains(raw, token.Hash) {
				t.Errorf("a secret in %s", raw)
			}
		}
	})
}

// TestTheSeparationEndsAsItMay: what may is asked within the transaction, of the
// last request, and what is done stays.
func TestTheSeparationEndsAsItMay(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		guard := powered("anquan", accounts.Security)
		must(t, s.SavePerson(t.Context(), powered("guanli", accounts.Admin)))
		must(t, s.SavePerson(t.Context(), guard))
		must(t, s.SavePerson(t.Context(), powered("shenji", accounts.Auditor)))
		ctx := accounts.WithAuthor(t.Context(), accounts.Author{ID: guard.ID, Name: guard.Name})
		must(t, s.Separate(ctx, true))
		var seen accounts.Ask
		refuse := fault.New(fault.Forbidden, changedUnit.With())
		if err := s.AskToJoin(ctx, "x", func(accounts.Separation) error { return refuse }); !fault.Is(err, fault.Forbidden) {
			t.Errorf("a request that may not be is %v", err)
		}
		must(t, s.AskToJoin(ctx, "人手不够", func(now accounts.Separation) error {
			if !now.On {
				return refuse
			}
			return nil
		}))
		if err := s.Join(ctx, func(_ accounts.Separation, a accounts.Ask) error { seen = a; return refuse }); !fault.Is(err, fault.Forbidden) {
			t.Errorf("an end that may not be is %v", err)
		}
		if now, err := s.Separation(ctx); err != nil || !now.On {
			t.Errorf("it ended all the same: %+v %v", now, err)
		}
		if last, err := s.LastAsk(ctx); err != nil || last != seen || seen.By != guard.ID || seen.Reason != "人手不够" || seen.At.IsZero() {
			t.Errorf("%+v %+v %v", last, seen, err)
		}
		must(t, s.Join(ctx, func(now accounts.Separation, a accounts.Ask) error {
			if !a.Open(now, time.Now()) {
				return refuse
			}
			return nil
		}))
		now, err := s.Separation(ctx)
		if must(t, err); now.On {
			t.Error("it did not end")
		}
		if s.db.Exec("DELETE FROM separation_ask").Error == nil {
			t.Error("a request can be taken away")
		}
	})
}
