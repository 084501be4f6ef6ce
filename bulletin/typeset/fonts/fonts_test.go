package fonts

import (
	"encoding/binary"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"jianbao/fault"
)

func open(t testing.TB, dir string) *Set {
	t.Helper()
	s, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// No face may lack a standard character, and the body has the rare ones.
func TestBuiltinFontsHaveTheStandardCharacters(t *testing.T) {
	if n := len(Standard()); n != 8105 {
		t.Fatalf("%d standard characters", n)
	}
	for _, r := range open(t, "").Report() {
		if r.Lacks != 0 || r.Own || r.Rejected != nil || r.Family == "" {
			t.Errorf("%+v", r)
		}
	}
}

func TestOfficeSigns(t *testing.T) {
	s := open(t, "")
	const signs = "，。、；：？！“”‘’（）〔〕【】《》〈〉「」—…·　①⑳㈠㈩⑴⒈Ⅰ〓★☆■□◆●○◎※→％℃㎡‰№＋－×÷±≤≥αβABCabc0189.-/&＠￥€²³"
	for _, role := range []Role{Body, Masthead, Heading} {
		for _, r := range signs {
			if f := s.chains[role][0](); !f.Has(r) {
				t.Errorf("%s: %s lacks %c %U", role, f.Name(), r, r)
			}
		}
	}
	if missing := s.Missing(signs + "䶮𬭚𠅤堃喆鄠\r\n\t鎔峯驊綵畧🀄🀄"); string(missing) != "🀄" {
		t.Errorf("missing %q", string(missing))
	}
}

func TestWidths(t *testing.T) {
	s := open(t, "")
	for _, c := range []struct {
		role Role
		r    rune
		want float64
	}{{Body, '国', 1}, {Masthead, '简', 1}, {Heading, '𬭚', 1}, {Kai, '，', 1}, {Latin, '8', .5}, {Latin, 'W', .944}, {Body, '\ue000', 0}} {
		f, _ := s.Pick(c.role, c.r)
		if got := f.Advance(c.r); got < c.want-.001 || got > c.want+.001 {
			t.Errorf("%s %c: %.3f em, want %.3f", c.role, c.r, got, c.want)
		}
	}
}

func TestPickFallsBack(t *testing.T) {
	s := open(t, "")
	for _, c := range []struct {
		role Role
		r    rune
		want string
		ok   bool
	}{
		{Body, '国', "Noto Serif SC", true},
		{Masthead, '国', "Noto Serif SC Black", true},
		{Heading, '国', "Noto Sans SC Medium", true},
		{Kai, '国', "Jianbao Kai", true},
		{Latin, 'a', "Liberation Serif", true},
		{Latin, '国', "Noto Serif SC", true},
		{Heading, '驊', "Noto Serif SC", true},
		{Fallback, '国', "Noto Serif SC", true},
		{"no such role", '国', "Noto Serif SC", true},
		{Body, '\ue000', "Noto Serif SC", false},
	} {
		if f, ok := s.Pick(c.role, c.r); f.Name() != c.want || ok != c.ok {
			t.Errorf("%s %c: %s %t", c.role, c.r, f.Name(), ok)
		}
	}
}

func TestNamesThatLicencesReserveAreNotUsed(t *testing.T) {
	for _, role := range Roles() {
		if !strings.Contains(Licence(role), "SIL OPEN FONT LICENSE Version 1.1") {
			t.Errorf("%s has no licence", role)
		}
		name := builtinOf(role)().Name()
		if strings.Contains(name, "LXGW") || strings.Contains(name, "Source") {
			t.Errorf("%s is called %s", role, name)
		}
	}
}

// put writes font files into a directory.
func put(t *testing.T, files map[string][]byte) string {
	t.Helper()
	dir := t.TempDir()
	for name, data := range files {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func latin() []byte { return builtin[Latin]().TTF() }
func kai() []byte   { return builtin[Kai]().TTF() }

func TestTheOfficesOwnFontsComeFirst(t *testing.T) {
	s := open(t, put(t, map[string][]byte{"SIMFANG.TTF": kai(), "latin.ttf": latin(), "stray.ttf": kai(), "readme.md": nil}))
	if f, ok := s.Pick(Body, '国'); !ok || f.Name() != "Jianbao Kai" {
		t.Errorf("body is %s", f.Name())
	}
	if f, ok := s.Pick(Body, '驊'); !ok || f.Name() != "Noto Serif SC" {
		t.Errorf("a character that the own font lacks comes from %s", f.Name())
	}
	own := 0
	for _, r := range s.Report() {
		if r.Own {
			own++
		}
	}
	if own != 2 || strings.Join(s.Unused(), " ") != "stray.ttf" {
		t.Errorf("%d own, unused %q", own, s.Unused())
	}
}

// withBits returns the Latin font with other embedding permissions.
func withBits(bits uint16) []byte {
	data := append([]byte(nil), latin()...)
	for at := 12; ; at += 16 {
		if string(data[at:at+4]) == "OS/2" {
			binary.BigEndian.PutUint16(data[binary.BigEndian.Uint32(data[at+8:])+8:], bits)
			return data
		}
	}
}

func TestFontsThatCannotBeUsedAreNamed(t *testing.T) {
	for name, c := range map[string]struct {
		file string
		data []byte
		want fault.Sentence
	}{
		"collection":    {"body.ttc", []byte("ttcf0000"), collection},
		"CFF":           {"body.otf", []byte("OTTO0000"), notGlyf},
		"text":          {"body.ttf", []byte("this is no font at all"), broken},
		"empty":         {"body.ttf", nil, broken},
		"half":          {"body.ttf", kai()[:len(kai())/2], broken},
		"large":         {"body.ttf", make([]byte, maxFile+1), tooLarge},
		"restricted":    {"latin.ttf", withBits(2), restricted},
		"no subsetting": {"latin.ttf", withBits(0x104), restricted},
		"bitmaps only":  {"latin.ttf", withBits(0x200), restricted},
		"no Han":        {"body.ttf", latin(), noHan},
	} {
		role := Role(strings.TrimSuffix(c.file, filepath.Ext(c.file)))
		for _, r := range open(t, put(t, map[string][]byte{c.file: c.data})).Report() {
			if r.Role != role {
				continue
			}
			if r.Own || r.Family == "" || r.Rejected == nil || r.Rejected.Key != c.want.With().Key || !strings.HasSuffix(r.Tried, c.file) {
				t.Errorf("%s: %+v", name, r)
			}
		}
	}
	if f, err := readOwn(Latin, withBits(0x0004)); err != nil || f.Advance('8') != .5 {
		t.Errorf("print and preview embedding: %v", err)
	}
}

func TestADirectoryThatIsNotThere(t *testing.T) {
	if _, err := Open(filepath.Join(t.TempDir(), "none")); err == nil {
		t.Error("no error")
	}
}

func BenchmarkPick(b *testing.B) {
	s := open(b, "")
	s.Pick(Body, '国')
	for b.Loop() {
		if f, ok := s.Pick(Body, '国'); !ok || f.Advance('国') != 1 {
			b.Fatal()
		}
	}
}

func BenchmarkUnpack(b *testing.B) {
	for b.Loop() {
		unpack(Body)
	}
}
