package accounts

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"jianbao/fault"
)

var notThere = fault.Say("accounts.test-not-there", "没有", "none")

// register is People in memory; it fails with down where that is set.
type register struct {
	people map[string]Person
	down   error
}

func (r register) ByLogin(_ context.Context, login string) (Person, error) {
	if r.down != nil {
		return Person{}, r.down
	}
	p, found := r.people[login]
	if !found {
		return Person{}, fault.New(fault.NotFound, notThere.With())
	}
	return p, nil
}

// desk has three people with one password: one who may come in, one whose
// account is closed, and one who has none.
func desk(t *testing.T, cost Cost) Desk {
	t.Helper()
	h := NewHasher(cost, 2)
	hash, err := h.Hash(context.Background(), "correct horse")
	if err != nil {
		t.Fatal(err)
	}
	return Desk{Hasher: h, People: register{people: map[string]Person{
		"cheng":  {ID: uuid.New(), Login: "cheng", Name: "程继东", Password: hash, Active: true},
		"closed": {ID: uuid.New(), Login: "closed", Password: hash},
		"robot":  {ID: uuid.New(), Login: "robot", Active: true},
	}}}
}

func TestSignIn(t *testing.T) {
	d := desk(t, cheap)
	for _, login := range []string{"cheng", " Cheng "} {
		if p, err := d.SignIn(context.Background(), login, "correct horse"); err != nil || p.Name != "程继东" {
			t.Errorf("%q: %v, %v", login, p.Name, err)
		}
	}
}

func TestEveryRefusalIsTheSame(t *testing.T) {
	d := desk(t, cheap)
	for _, try := range [][2]string{
		{"cheng", "wrong horse"}, {"nobody", "correct horse"}, {"closed", "correct horse"}, {"robot", ""},
		{"robot", "correct horse"}, {"", ""}, {"cheng", strings.Repeat("x", 1<<20)},
	} {
		p, err := d.SignIn(context.Background(), try[0], try[1])
		if !fault.Is(err, fault.Unauthenticated) || p.Login != "" {
			t.Errorf("%q is let in: %v", try[0], err)
			continue
		}
		if got := fault.As(err).In(fault.ZH); got != "登录名或密码不对，或账号已停用" {
			t.Errorf("%q: %s", try[0], got)
		}
	}
}

// An unknown login must cost what a known one costs. The costs are far above
// the noise of a busy machine, and the best of several tries is compared.
func TestTimeDoesNotTellWhoWorksHere(t *testing.T) {
	d := desk(t, Cost{Memory: 4096, Time: 2, Threads: 1})
	best := func(login string) time.Duration {
		least := time.Hour
		for range 7 {
			start := time.Now()
			_, _ = d.SignIn(context.Background(), login, "wrong horse")
			least = min(least, time.Since(start))
		}
		return least
	}
	known := best("cheng")
	for _, login := range []string{"nobody", "robot", "closed"} {
		if took := best(login); took < known/3 || took > 3*known {
			t.Errorf("%s takes %v, a known login %v", login, took, known)
		}
	}
}

func TestADatabaseThatIsDownIsNoWrongPassword(t *testing.T) {
	down := errors.New("connection refused")
	_, err := Desk{People: register{down: down}, Hasher: NewHasher(cheap, 1)}.SignIn(context.Background(), "cheng", "x")
	if !errors.Is(err, down) || fault.CodeOf(err) != fault.Internal {
		t.Errorf("got %v", err)
	}
}

func TestAnOldHashIsRenewed(t *testing.T) {
	d := desk(t, cheap)
	d.Hasher = NewHasher(Cost{Memory: 128, Time: 1, Threads: 1}, 1)
	var renewed string
	d.Renew = func(_ context.Context, _ uuid.UUID, hash string) error { renewed = hash; return nil }
	p, err := d.SignIn(context.Background(), "cheng", "correct horse")
	if err != nil || !strings.Contains(renewed, "m=128,") || p.Password != renewed {
		t.Errorf("%v: %s", err, renewed)
	}
	d.Renew = func(context.Context, uuid.UUID, string) error { return errors.New("read only") }
	if _, err := d.SignIn(context.Background(), "cheng", "correct horse"); err != nil {
		t.Errorf("kept out by a hash that could not be stored: %v", err)
	}
}
