package accounts

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
)

// cheap is a cost at which tests are quick.
var cheap = Cost{Memory: 64, Time: 1, Threads: 1}

func TestHashAndVerify(t *testing.T) {
	ctx, h := context.Background(), NewHasher(DefaultCost, 1)
	hash, err := h.Hash(ctx, "密码是很长的一句话")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(hash, "$argon2id$v=19$m=19456,t=2,p=1$") {
		t.Errorf("the form: %s", hash)
	}
	if ok, again, err := h.Verify(ctx, hash, "密码是很长的一句话"); !ok || again || err != nil {
		t.Errorf("right: %v %v %v", ok, again, err)
	}
	if ok, again, err := h.Verify(ctx, hash, "密码是很长的一句"); ok || again || err != nil {
		t.Errorf("wrong: %v %v %v", ok, again, err)
	}
	if other, _ := h.Hash(ctx, "密码是很长的一句话"); other == hash {
		t.Error("two hashes with one salt")
	}
}

// A vector of the reference implementation (phc-winner-argon2, src/test.c).
func TestVerifyReadsHashesOfOthers(t *testing.T) {
	const reference = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"
	ok, again, err := NewHasher(DefaultCost, 1).Verify(context.Background(), reference, "password")
	if !ok || !again || err != nil {
		t.Errorf("%v %v %v", ok, again, err)
	}
}

func TestACostThatChangedAsksForANewHash(t *testing.T) {
	ctx := context.Background()
	hash, _ := NewHasher(cheap, 1).Hash(ctx, "correct horse")
	dearer := cheap
	dearer.Time = 2
	if ok, again, _ := NewHasher(dearer, 1).Verify(ctx, hash, "correct horse"); !ok || !again {
		t.Errorf("%v %v", ok, again)
	}
	if _, again, _ := NewHasher(dearer, 1).Verify(ctx, hash, "wrong"); again {
		t.Error("a wrong password asks for a new hash")
	}
}

func TestWhatIsNoHashIsRefusedWithoutBeingRepeated(t *testing.T) {
	const salt, sum = "c29tZXNhbHQ", "CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"
	for _, text := range []string{
		"", "secret", "$argon2i$v=19$m=64,t=1,p=1$" + salt + "$" + sum, "$argon2id$v=16$m=64,t=1,p=1$" + salt + "$" + sum,
		"$argon2id$v=19$m=4294967295,t=1,p=1$" + salt + "$" + sum, "$argon2id$v=19$m=64,t=0,p=1$" + salt + "$" + sum,
		"$argon2id$v=19$m=64,t=999,p=1$" + salt + "$" + sum, "$argon2id$v=19$m=64,t=1,p=0$" + salt + "$" + sum,
		"$argon2id$v=19$m=064,t=1,p=1$" + salt + "$" + sum, "$argon2id$v=19$m=64,t=1,p=1,x$" + salt + "$" + sum,
		"$argon2id$v=19$m=64,t=1,p=1$$" + sum, "$argon2id$v=19$m=64,t=1,p=1$" + salt + "$", "$argon2id$v=19$m=64,t=1,p=1$" + salt + "$!",
	} {
		ok, _, err := NewHasher(cheap, 1).Verify(context.Background(), text, "secret")
		if ok || err == nil || text != "" && strings.Contains(err.Error(), text) {
			t.Errorf("%q: %v, %v", text, ok, err)
		}
	}
}

func TestAFullHasherLetsNobodyWaitForEver(t *testing.T) {
	h := NewHasher(cheap, 1)
	h.slots <- struct{}{} // one that takes long
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := h.Hash(ctx, "x"); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	if err := h.VerifyNobody(ctx, "x"); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	<-h.slots
	if _, err := h.Hash(context.Background(), "x"); err != nil {
		t.Errorf("after it is done: %v", err)
	}
}

func TestManyAtOnce(t *testing.T) {
	ctx, h := context.Background(), NewHasher(cheap, 2)
	hash, _ := h.Hash(ctx, "correct horse")
	var wg sync.WaitGroup
	for range 50 {
		wg.Go(func() {
			if ok, _, err := h.Verify(ctx, hash, "correct horse"); !ok || err != nil {
				t.Errorf("%v %v", ok, err)
			}
		})
	}
	wg.Wait()
	if len(h.slots) != 0 {
		t.Error("a slot was not given back")
	}
}

func FuzzParseHash(f *testing.F) {
	f.Add("$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc")
	f.Fuzz(func(t *testing.T, text string) {
		if s, err := parseHash(text); err == nil && (s.String() != text || !s.cost.sane()) {
			t.Fatalf("%q was taken", text)
		}
	})
}

func BenchmarkHash(b *testing.B) {
	h := NewHasher(DefaultCost, 1)
	for b.Loop() {
		_, _ = h.Hash(context.Background(), "correct horse")
	}
}
