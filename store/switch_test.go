package store

import (
	"encoding/base32"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"jianbao/accounts"
	"jianbao/accounts/entry"
	"jianbao/fault"
)

// TestTheSwitchAsksForAProof of whoever turns it: the password, and a code where
// there is one; and it takes two to turn it off.
func TestTheSwitchAsksForAProof(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		e, ctx := entranceOn(t, s, false), t.Context()
		*e.clock = time.Now()
		guard, auditor := powered("anquan", accounts.Security), powered("shenji", accounts.Auditor)
		guard.Password = hashedQuick(t, "guard-guard-guard")
		must(t, s.SavePerson(ctx, guard))
		must(t, s.SavePerson(ctx, auditor))
		w := entry.Switch{Factors: e.Factors, Separations: s}
		good, wrong := entry.Proof{Password: "boss-boss-boss"}, entry.Proof{Password: "x"}
		refusedAs(t, "split by a wrong password", w.Split(ctx, e.boss, wrong), fault.Unauthenticated)
		refusedAs(t, "split by an auditor", w.Split(ctx, auditor, wrong), fault.Forbidden)
		must(t, w.Split(ctx, e.boss, good))
		*e.clock = time.Now()
		refusedAs(t, "agreed while nobody asked", w.Agree(ctx, e.boss, good), fault.Blocked)
		proof := entry.Proof{Password: "guard-guard-guard"}
		refusedAs(t, "asked by a wrong password", w.AskToJoin(ctx, guard, wrong, "人手不够"), fault.Unauthenticated)
		must(t, w.AskToJoin(ctx, guard, proof, "人手不够"))
		*e.clock = time.Now()
		refusedAs(t, "agreed by who asked", w.Agree(ctx, guard, proof), fault.Forbidden)
		refusedAs(t, "agreed by who can prove nothing", w.Agree(ctx, auditor, wrong), fault.Blocked)
		setup, err := e.Begin(ctx, e.boss)
		must(t, err)
		secret := strings.ReplaceAll(setup.Secret, " ", "")
		if _, err := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(secret); err != nil {
			t.Fatal(err)
		}
		code := func(at time.Time) string {
			text, err := totp.GenerateCode(secret, at)
			must(t, err)
			return text
		}
		_, err = e.Confirm(ctx, e.boss, code(*e.clock))
		must(t, err)
		refusedAs(t, "agreed without a code", w.Agree(ctx, e.boss, good), fault.Unauthenticated)
		good.Code = code(*e.clock)
		refusedAs(t, "agreed by a code that was used", w.Agree(ctx, e.boss, good), fault.Unauthenticated)
		*e.clock = e.clock.Add(time.Minute)
		good.Code = code(*e.clock)
		refusedAs(t, "agreed by a code alone", w.Agree(ctx, e.boss, entry.Proof{Code: good.Code}), fault.Unauthenticated)
		must(t, w.Agree(ctx, e.boss, good))
		if now, _, err := w.State(ctx); err != nil || now.On {
			t.Errorf("%+v %v", now, err)
		}
	})
}
