package store

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/accounts/refusals"
	"jianbao/fault"
	"jianbao/workflow/trail"
)

// TestRefusalsAreAnHourALine: of each account, and of networks where it is
// nobody's, of which an hour names so many and no more.
func TestRefusalsAreAnHourALine(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		noon := time.Date(2021, 7, 15, 4, 10, 0, 0, time.UTC)
		clerk := powered("shoufa", accounts.Clerk)
		must(t, s.SavePerson(t.Context(), clerk))
		add := func(r refusals.Refusal, n int) {
			t.Helper()
			must(t, s.AddRefusals(t.Context(), r, n))
		}
		var all sync.WaitGroup
		for n := range 6 { // from two networks at once
			all.Go(func() {
				_ = s.AddRefusals(t.Context(), refusals.Refusal{Why: refusals.Password, Login: "shoufa", From: fmt.Sprint("10.0.0.", n%2), At: noon}, 1)
			})
		}
		all.Wait()
		add(refusals.Refusal{Why: refusals.Password, Login: "shoufa", From: "10.0.0.1", At: noon.Add(time.Hour)}, 1)
		add(refusals.Refusal{Why: refusals.Token, Person: clerk.ID, Token: "jianbao_AB12CD", From: "10.0.0.1", At: noon}, 1)
		add(refusals.Refusal{Why: refusals.Password, Login: "geheim\x00", From: "10.0.0.1", At: noon}, 1)
		for n := range refusals.MostNetworks + 50 {
			add(refusals.Refusal{Why: refusals.Password, Login: fmt.Sprint("nobody", n), From: fmt.Sprint("2001:db8::", n), At: noon.Add(time.Second)}, 2)
		}
		add(refusals.Refusal{Why: refusals.Password, Login: "nobody", From: "10.0.0.1", At: noon}, 3) // its line is there
		found, err := s.Trail(t.Context(), trail.Question{Book: trail.Refusals, Limit: 10_000})
		must(t, err)
		if len(found) != 3+refusals.MostNetworks+1 {
			t.Errorf("%d lines", len(found))
		}
		said := map[string]bool{}
		for _, d := range found {
			line := d.What + " " + d.From + " " + d.Act.In(fault.ZH)
			for _, f := range d.Facts {
				line += "；" + f.In(fault.ZH)
			}
			said[line] = true
		}
		for _, want := range []string{
			clerk.Name + " 10.0.0.1 令牌被拒；一小时内1次；令牌jianbao_AB12CD…",
			clerk.Name + " 10.0.0.1 登录被拒：登录名或密码不对，或账号已停用；一小时内1次",
			" 10.0.0.1 登录被拒：登录名或密码不对，或账号已停用；一小时内4次",
			"  登录被拒：登录名或密码不对，或账号已停用；一小时内102次；其余各地址合计",
		} {
			if !said[want] {
				t.Errorf("no line %q in %.2000v", want, said)
			}
		}
		of, err := s.Trail(t.Context(), trail.Question{Book: trail.Refusals, Person: clerk, Limit: 10})
		must(t, err)
		if len(of) != 3 || of[0].Object != clerk.ID || of[0].By != uuid.Nil || of[0].Name != "" {
			t.Errorf("of the account: %+v", of)
		}
		for n, change := range []string{"UPDATE refusal SET times = 1", "UPDATE refusal SET times = times + 1, why = 'x'", "DELETE FROM refusal"} {
			if err := s.db.Exec(change).Error; err == nil {
				t.Errorf("the %d. change of what is recorded went through", n+1)
			}
		}
	})
}
