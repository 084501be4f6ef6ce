package pdf

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/color/palette"
	"image/gif"
	"image/jpeg"
	"image/png"
	"testing"
)

func gradient(w, h int) *image.NRGBA {
	m := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			m.Set(x, y, color.NRGBA{uint8(x), uint8(y), 99, uint8(x + y)})
		}
	}
	return m
}

// pictures returns one of every kind that a draft may hold.
func pictures(t testing.TB) map[string][]byte {
	t.Helper()
	m := gradient(60, 40)
	var p, j, g bytes.Buffer
	for _, err := range []error{png.Encode(&p, m), jpeg.Encode(&j, m, nil), gif.Encode(&g, image.NewPaletted(m.Rect, palette.Plan9), nil)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	return map[string][]byte{"a.png": p.Bytes(), "b.jpg": j.Bytes(), "c.gif": g.Bytes()}
}

func TestPicturesBecomePlates(t *testing.T) {
	for name, data := range pictures(t) {
		p, ok := plateOf(data)
		if !ok || p.size.Width != 60 || p.size.Height != 40 {
			t.Errorf("%s: %v %+v", name, ok, p.size)
		}
		if name == "b.jpg" && !bytes.Equal(p.data, data) {
			t.Error("a JPEG is not taken as it is")
		}
	}
	var large bytes.Buffer
	if err := png.Encode(&large, gradient(5000, 300)); err != nil {
		t.Fatal(err)
	}
	p, ok := plateOf(large.Bytes())
	if c, _, err := image.DecodeConfig(bytes.NewReader(p.data)); !ok || err != nil || c.Width != 1250 || p.size.Width != 5000 {
		t.Errorf("%v %v: %d wide, for %d", ok, err, c.Width, p.size.Width)
	}
}

// giant states a size in its header that nobody would want to decode.
func giant() []byte {
	header := []byte("IHDR\x00\x01\x00\x00\x00\x01\x00\x00\x08\x02\x00\x00\x00")
	b := append([]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\x0d"), header...)
	return binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(header))
}

func TestWhatIsNoPictureIsLeftOut(t *testing.T) {
	sound := pictures(t)["a.png"]
	for name, data := range map[string][]byte{
		"nothing": nil, "text": []byte("这是文字"), "half": sound[:len(sound)/2], "giant": giant(),
	} {
		if _, ok := plateOf(data); ok {
			t.Errorf("%s is a picture", name)
		}
	}
}

func FuzzPlates(f *testing.F) {
	for _, data := range pictures(f) {
		f.Add(data)
	}
	f.Add(giant())
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 1<<16 {
			return
		}
		if c, _, err := image.DecodeConfig(bytes.NewReader(data)); err == nil && c.Width*c.Height > 1<<20 {
			return // a sound picture may be large
		}
		p, ok := plateOf(data)
		if !ok {
			return
		}
		if _, _, err := image.Decode(bytes.NewReader(p.data)); err != nil {
			t.Errorf("the plate cannot be read: %v", err)
		}
	})
}
