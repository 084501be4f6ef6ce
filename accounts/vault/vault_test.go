package vault

import (
	"bytes"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"jianbao/fault"
)

func seal(t *testing.T, r *Ring, place, secret string) string {
	t.Helper()
	sealed, err := r.Seal(place, []byte(secret))
	if err != nil {
		t.Fatal(err)
	}
	return sealed
}

func TestWhatIsSealedIsOpenedInItsPlaceAlone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r, secret, place := New(), rapid.SliceOf(rapid.Byte()).Draw(t, "secret"), rapid.String().Draw(t, "place")
		sealed, err := r.Seal(place, secret)
		if err != nil {
			t.Fatal(err)
		}
		if back, err := r.Open(place, sealed); err != nil || !bytes.Equal(back, secret) {
			t.Fatalf("%q, %v", back, err)
		}
		if _, err := r.Open(place+"x", sealed); err == nil {
			t.Fatal("opened in another place")
		}
		n := rapid.IntRange(0, len(sealed)-1).Draw(t, "at")
		changed := []byte(sealed)
		changed[n] = map[bool]byte{true: 'B', false: 'A'}[changed[n] == 'A']
		// The last character of base64 may carry bits that mean nothing; such a
		// text is the same secret or none.
		if back, err := r.Open(place, string(changed)); err == nil && !bytes.Equal(back, secret) {
			t.Fatalf("a changed text opens as %q", back)
		}
	})
}

func TestTheSameSecretIsNeverSealedAlike(t *testing.T) {
	r := New()
	once, twice := seal(t, r, "p", "x"), seal(t, r, "p", "x")
	if once == twice {
		t.Error("two sealed texts are the same")
	}
}

func TestKeysAreRotatedAndDropped(t *testing.T) {
	old := New()
	before := seal(t, old, "p", "geheim")
	ring := old.Rotated()
	if got, err := ring.Open("p", before); err != nil || string(got) != "geheim" {
		t.Errorf("with the old key: %q, %v", got, err)
	}
	after := seal(t, ring, "p", "geheim")
	if KeyOf(after) != ring.Names()[0] || KeyOf(after) == KeyOf(before) {
		t.Errorf("sealed with %s", KeyOf(after))
	}
	if err := ring.Only(KeyOf(before)).Holds(before, after); err != nil {
		t.Error(err)
	}
	dropped := ring.Only()
	if len(dropped.Names()) != 1 {
		t.Errorf("left: %v", dropped.Names())
	}
	for _, err := range []error{second(dropped.Open("p", before)), dropped.Holds(after, before)} {
		if !fault.Is(err, fault.Unavailable) || !strings.Contains(err.Error(), KeyOf(before)) {
			t.Errorf("without the key: %v", err)
		}
	}
}

func second(_ []byte, err error) error { return err }

func TestAKeyFileIsReadAsItIsWritten(t *testing.T) {
	r := New().Rotated()
	back, err := Parse(append([]byte("# keys of the office\n\n"), r.Text()...))
	if err != nil || !bytes.Equal(back.Text(), r.Text()) {
		t.Errorf("%v, %v", back.Names(), err)
	}
	line := strings.SplitAfter(string(r.Text()), "\n")[0]
	for name, text := range map[string]string{"empty": "", "twice": line + line, "short": "k1 YQ==\n", "no base64": "k1 ?\n", "one word": "k1\n", "a dot": "k.1 " + strings.Fields(line)[1]} {
		if _, err := Parse([]byte(text)); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestWithoutAFileNothingIsSealed(t *testing.T) {
	var none *Ring
	if _, err := none.Seal("p", nil); !fault.Is(err, fault.Unavailable) {
		t.Error(err)
	}
	if _, err := none.Open("p", seal(t, New(), "p", "x")); !fault.Is(err, fault.Unavailable) {
		t.Error(err)
	}
	for _, text := range []string{"", "v1", "v1.k.?", "v2.k.AA", "geheim"} {
		if _, err := New().Open("p", text); err == nil || KeyOf(text) != "" && text != "v1.k.?" {
			t.Errorf("%q opened, or has the key %q", text, KeyOf(text))
		}
	}
}
