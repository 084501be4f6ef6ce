package zipped_test

import (
	"archive/zip"
	"bytes"
	"math/rand/v2"
	"strings"
	"testing"

	"jianbao/bulletin/intake/zipped"
	"jianbao/fault"
)

func pack(t testing.TB, parts ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, p := range parts {
		name, content, _ := strings.Cut(p, "=")
		part, err := w.Create(name)
		if err == nil {
			_, err = part.Write([]byte(content))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestPartsAreUnpacked(t *testing.T) {
	f, err := zipped.Open(pack(t, "a/b.xml=甲", "empty=", "dir/="))
	if err != nil {
		t.Fatal(err)
	}
	if part, err := f.Part("A/B.XML"); err != nil || string(part) != "甲" || !f.Has("a/b.XML") {
		t.Errorf("%q, %v", part, err)
	}
	if part, err := f.Part("empty"); err != nil || part == nil || len(part) != 0 {
		t.Errorf("%q, %v", part, err)
	}
	if part, err := f.Part("none"); err != nil || part != nil || f.Has("none") {
		t.Errorf("%q, %v", part, err)
	}
}

// TestADamagedPartIsNamed: a byte of the content is changed, so that its sum is
// wrong.
func TestADamagedPartIsNamed(t *testing.T) {
	data := pack(t, "a.xml="+strings.Repeat("甲乙丙丁", 100))
	data[50] ^= 0xff
	f, err := zipped.Open(data)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Part("a.xml"); !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), "a.xml") {
		t.Error(err)
	}
}

// TestUnpackingEndsSomewhere: the same part again and again is not free.
func TestUnpackingEndsSomewhere(t *testing.T) {
	noise := make([]byte, 4<<20)
	rand.NewChaCha8([32]byte{}).Read(noise)
	f, err := zipped.Open(pack(t, "a="+string(noise)))
	if err != nil {
		t.Fatal(err)
	}
	times := 0
	for ; err == nil && times < 100; times++ {
		_, err = f.Part("a")
	}
	if want := 2*zipped.MaxTotal/(4<<20) + 1; times != want || !fault.Is(err, fault.Invalid) {
		t.Errorf("ended after %d times with %v, want %d", times, err, want)
	}
}

// TestTogetherThePartsAreBounded: each is small enough and packed no tighter than
// it may be; together they are too large, which is said before any is unpacked. A
// name that begins at the root is none.
func TestTogetherThePartsAreBounded(t *testing.T) {
	noise := make([]byte, 128<<10)
	rand.NewChaCha8([32]byte{}).Read(noise)
	large := string(noise) + strings.Repeat("0", 15<<20)
	for _, parts := range [][]string{{"a=" + large, "b=" + large, "c=" + large, "d=" + large, "e=" + large}, {"/etc/passwd=x"}} {
		if _, err := zipped.Open(pack(t, parts...)); !fault.Is(err, fault.Invalid) {
			t.Errorf("%d parts: %v", len(parts), err)
		}
	}
}

// FuzzOpen: whatever is sent is read or refused.
func FuzzOpen(f *testing.F) {
	f.Add(pack(f, "a/b.xml=甲", "[Content_Types].xml=<a/>"))
	f.Add([]byte("PK\x03\x04"))
	f.Add([]byte("PK\x05\x06" + strings.Repeat("\x00", 18)))
	f.Fuzz(func(t *testing.T, data []byte) {
		file, err := zipped.Open(data)
		if err != nil {
			if !fault.Is(err, fault.Invalid) {
				t.Fatal(err)
			}
			return
		}
		for _, name := range []string{"a/b.xml", "[Content_Types].xml"} {
			if part, err := file.Part(name); err == nil && len(part) > zipped.MaxPart {
				t.Errorf("%s has %d bytes", name, len(part))
			}
		}
	})
}
