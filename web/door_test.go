package web

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"testing"
	"time"

	"jianbao/accounts"
	"jianbao/fault"
	"jianbao/web/page"
)

// knocks tries n times at once and returns how many were let through, and how
// long the last must wait.
func knocks(d *door, at time.Time, n int, login, remote string) (through int, wait time.Duration) {
	for range n {
		_, err := d.knock(context.Background(), at, login, remote)
		var soon tooSoon
		if errors.As(err, &soon) {
			wait = time.Duration(soon)
			continue
		}
		through++
	}
	return through, wait
}

func TestALoginIsTriedSlowly(t *testing.T) {
	d := newDoor(nil, quiet())
	if n, wait := knocks(d, noon, 9, "bianji", "10.0.0.1:1"); n != loginTries || wait != loginEvery {
		t.Errorf("%d tries, then %s", n, wait)
	}
	if n, _ := knocks(d, noon, 1, "bianji", "10.0.0.2:1"); n != 0 {
		t.Error("another address tried the same login")
	}
	if n, _ := knocks(d, noon, 1, "BianJi", "10.0.0.3:1"); n != 0 {
		t.Error("the same login in other letters has tries of its own")
	}
	if n, _ := knocks(d, noon, 1, "shenhe", "10.0.0.1:1"); n != 1 {
		t.Error("another login waits for it")
	}
	if n, _ := knocks(d, noon.Add(loginEvery), 9, "bianji", "10.0.0.1:1"); n != 1 {
		t.Errorf("after a while: %d tries", n)
	}
}

func TestAnAddressTriesManyLoginsSlowly(t *testing.T) {
	d, through := newDoor(nil, quiet()), 0
	for n := range 2 * addressTries {
		got, _ := knocks(d, noon, 1, fmt.Sprint("login", n), "[2001:db8::"+fmt.Sprint(n+1)+"]:1")
		through += got
	}
	if through != addressTries {
		t.Errorf("%d tries", through)
	}
}

func TestWhatIsRightCountsForNothing(t *testing.T) {
	d := newDoor(nil, quiet())
	for range 10 * addressTries {
		k, err := d.knock(t.Context(), noon, "bianji", "10.0.0.1:1")
		if err != nil {
			t.Fatal(err)
		}
		k.forgive()
	}
}

func TestTheDoorSaysWhenToTryAgain(t *testing.T) {
	o := newOffice()
	v := visit(t, o)
	for range loginTries {
		is(t, v.post("/sign-in", "login", "bianji", "password", "wrong"), http.StatusUnauthorized)
	}
	w := v.post("/sign-in", "login", "bianji", "password", "good")
	is(t, w, http.StatusTooManyRequests, "请过60秒再试", `value="bianji"`)
	if got := w.Header().Get("Retry-After"); got != "60" {
		t.Errorf("Retry-After %q", got)
	}
	is(t, v.get("/issues"), http.StatusSeeOther)
	o.person.Login = "shenhe"
	is(t, v.post("/sign-in", "login", "shenhe", "password", "good"), http.StatusSeeOther)
}

// A database that is away says nothing about passwords.
func TestOnlyWrongPasswordsCount(t *testing.T) {
	o := newOffice()
	o.signIn = func() (accounts.Person, error) {
		return accounts.Person{}, fault.New(fault.Unavailable, page.NotFound.With())
	}
	v := visit(t, o)
	for range 2 * loginTries {
		is(t, v.post("/sign-in", "login", "bianji", "password", "good"), http.StatusServiceUnavailable)
	}
}
