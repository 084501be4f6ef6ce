package intake_test

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"jianbao/bulletin/intake"
	"jianbao/fault"
)

// What a refusal may take, by the promise of the package. The memory is what is
// allocated in all, not only what is held at a time.
const (
	longestRefusal = 100 * time.Millisecond
	mostMemory     = 128 << 20
)

// An entry is one part of a container whose directory may lie.
type entry struct {
	name     string
	content  string
	declared uint64 // size, if it is not the real one
	flags    uint16
	method   uint16
}

// pack zips entries as they are told to be, true or not.
func pack(t testing.TB, entries ...entry) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, e := range entries {
		var deflated bytes.Buffer
		inner := zip.NewWriter(&deflated)
		part, err := inner.Create("x")
		if err == nil {
			_, err = part.Write([]byte(e.content))
		}
		if err != nil || inner.Close() != nil {
			t.Fatal(err)
		}
		r, err := zip.NewReader(bytes.NewReader(deflated.Bytes()), int64(deflated.Len()))
		if err != nil {
			t.Fatal(err)
		}
		offset, err := r.File[0].DataOffset()
		if err != nil {
			t.Fatal(err)
		}
		raw := deflated.Bytes()[offset:][:r.File[0].CompressedSize64]
		h := &zip.FileHeader{
			Name: e.name, Method: max(e.method, zip.Deflate), Flags: e.flags, CRC32: crc32.ChecksumIEEE([]byte(e.content)),
			CompressedSize64: uint64(len(raw)), UncompressedSize64: uint64(len(e.content)),
		}
		if e.declared > 0 {
			h.UncompressedSize64 = e.declared
		}
		out, err := w.CreateRaw(h)
		if err == nil {
			_, err = out.Write(raw)
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

var root = entry{name: "_rels/.rels", content: `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`}

func main(body string) entry {
	return entry{name: "word/document.xml", content: "<w:document " + wordNS + "><w:body>" + body + "</w:body></w:document>"}
}

func hostile(t testing.TB) map[string][]byte {
	empty := main("<w:p/>")
	tall := empty
	tall.declared = 4 << 30
	short := main(strings.Repeat("<w:p/>", 100_000))
	short.declared = 200
	var many []entry
	for i := range 2_001 {
		many = append(many, entry{name: fmt.Sprint("word/", i)})
	}
	good := pack(t, root, empty)
	return map[string][]byte{
		"a bomb":                      pack(t, root, main(strings.Repeat(" ", 31<<20))),
		"a bomb beside the text":      pack(t, root, empty, entry{name: "word/media/image1.png", content: strings.Repeat("\x00", 31<<20)}),
		"larger than a part":          pack(t, root, entry{name: "word/document.xml", content: "<a/>", declared: 33 << 20}),
		"larger in all":               pack(t, root, empty, entry{name: "a", declared: 31 << 20}, entry{name: "b", declared: 31 << 20}, entry{name: "c", declared: 31 << 20}),
		"says it is 4 GB":             pack(t, root, tall),
		"says it is small":            pack(t, root, short),
		"many parts":                  pack(t, append(many, root, empty)...),
		"a directory in the data":     append([]byte("PK\x03\x04"), append(bytes.Repeat([]byte("PK\x01\x02"), 1<<20), good...)...),
		"the same name twice":         pack(t, root, empty, main("<w:p><w:r><w:t>x</w:t></w:r></w:p>")),
		"the same name in capitals":   pack(t, root, empty, entry{name: "WORD/document.xml"}),
		"a name that leads out":       pack(t, root, empty, entry{name: "../../etc/cron.d/x"}),
		"a name from the root":        pack(t, root, empty, entry{name: "/etc/passwd"}),
		"a name of Windows":           pack(t, root, empty, entry{name: `..\x.exe`}),
		"encrypted":                   pack(t, root, entry{name: "word/document.xml", content: "<a/>", flags: 1}),
		"another method":              pack(t, root, entry{name: "word/document.xml", content: "<a/>", method: 14}),
		"cut off":                     good[:len(good)-10],
		"a billion laughs":            pack(t, root, entry{name: "word/document.xml", content: `<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><w:document ` + wordNS + `>&b;</w:document>`}),
		"an entity from outside":      pack(t, root, entry{name: "word/document.xml", content: `<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>`}),
		"a DTD in the styles":         pack(t, root, empty, entry{name: "word/styles.xml", content: `<!DOCTYPE a><a/>`}, entry{name: "word/_rels/document.xml.rels", content: strings.NewReplacer("officeDocument\"", "styles\"", "word/document.xml", "styles.xml").Replace(root.content)}),
		"nested deeply":               pack(t, root, main(strings.Repeat("<w:tbl><w:tr><w:tc>", 100_000))),
		"many paragraphs":             pack(t, root, main(strings.Repeat("<w:p/>", 50_001))),
		"no document":                 pack(t, root, entry{name: "word/document.xml", content: "<html/>"}),
		"no main part":                pack(t, root),
		"broken XML":                  pack(t, root, entry{name: "word/document.xml", content: "<w:document><w:body><w:p>"}),
		"nothing but a signature":     []byte("PK\x03\x04"),
		"deep HTML":                   []byte("<html>" + strings.Repeat("<div>", 1<<20)),
		"an attribute without end":    []byte("<html><p a='" + strings.Repeat("x", 10<<20)),
		"a million attributes":        []byte("<html><p " + strings.Repeat("a ", 10<<20)),
		"NUL":                         make([]byte, 10<<20),
		"noise":                       noise(10 << 20),
		"too large":                   make([]byte, 64<<20),
		"a compound file full of it":  append([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), bytes.Repeat([]byte("W\x00o\x00"), 4<<20)...),
		"markdown, brackets":          []byte(strings.Repeat("[", 1<<19)),
		"markdown, nested quotations": []byte(strings.Repeat("> ", 1<<19)),
		"markdown, nested lists":      []byte(strings.Repeat("- ", 1<<19) + "a"),
	}
}

// noise is bytes without order, always the same.
func noise(n int) []byte {
	data := make([]byte, n)
	state := uint64(1)
	for i := 0; i+8 <= n; i += 8 {
		state = state*6364136223846793005 + 1442695040888963407
		binary.LittleEndian.PutUint64(data[i:], state^state>>33)
	}
	return data
}

// cpu returns the processor time that this process has used: other work on the
// machine is not what is measured.
func cpu(t *testing.T) time.Duration {
	t.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		t.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// TestHostileFilesAreRefusedAtOnce: within 100 ms, and without memory that their
// makers choose. The time is the best of five.
func TestHostileFilesAreRefusedAtOnce(t *testing.T) {
	for name, data := range hostile(t) {
		fileName := "a.docx"
		if strings.HasPrefix(name, "markdown") {
			fileName = "a.md"
		}
		best, memory := time.Hour, uint64(0)
		for range 5 {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			begin := cpu(t)
			_, err := intake.Read(fileName, data)
			best = min(best, cpu(t)-begin)
			runtime.ReadMemStats(&after)
			memory = after.TotalAlloc - before.TotalAlloc
			if !fault.Is(err, fault.Invalid) {
				t.Errorf("%s: %v", name, err)
			}
			if best < longestRefusal {
				break
			}
		}
		t.Logf("%-28s %6.1f ms %6.1f MB", name, best.Seconds()*1000, float64(memory)/(1<<20))
		if best > longestRefusal || memory > mostMemory {
			t.Errorf("%s: refused after %v with %d MB", name, best, memory>>20)
		}
	}
}

// TestTheRefusalSaysWhatIsWrong: all of it, by its part.
func TestTheRefusalSaysWhatIsWrong(t *testing.T) {
	_, err := intake.Read("a.docx", pack(t, root, main("<w:p/>"), entry{name: "../x"}, entry{name: "y", flags: 1}))
	said := fault.As(err).In(fault.ZH)
	_, bomb := intake.Read("a.docx", hostile(t)["a bomb"])
	said += fault.As(bomb).In(fault.ZH)
	for _, want := range []string{"“word/document.xml”展开后是压缩时的 200 倍以上", "另存为新的 .docx", "“../x”不正常", "“y”加了密码"} {
		if !strings.Contains(said, want) {
			t.Errorf("%q does not say %s", said, want)
		}
	}
}
