package docx_test

import (
	"archive/zip"
	"bytes"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"jianbao/bulletin/intake/docx"
	"jianbao/bulletin/intake/flow"
	"jianbao/bulletin/intake/zipped"
	"jianbao/fault"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestWordDocuments reads each folder of testdata as a document and compares
// what comes out with its .golden file.
func TestWordDocuments(t *testing.T) {
	folders, err := filepath.Glob("testdata/*/word")
	if err != nil || len(folders) == 0 {
		t.Fatal("no documents", err)
	}
	for _, folder := range folders {
		folder = filepath.Dir(folder)
		t.Run(filepath.Base(folder), func(t *testing.T) {
			got := described(read(t, zippedFolder(t, folder)))
			golden := folder + ".golden"
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil || got != string(want) {
				t.Errorf("%v\n%s\nwant\n%s", err, got, want)
			}
		})
	}
}

type result struct {
	flow.Writer
	properties []string
	err        error
}

func read(t testing.TB, data []byte) *result {
	t.Helper()
	r := &result{}
	file, err := zipped.Open(data)
	if err != nil {
		r.err = err
		return r
	}
	r.properties, r.err = docx.Read(file, docx.Main(file), &r.Writer)
	return r
}

// described is a golden file: the text, and below it all that came with it.
func described(r *result) string {
	var b strings.Builder
	b.WriteString(r.Text())
	for _, n := range r.Notes {
		fmt.Fprintf(&b, "-- note: %s\n", n.In(fault.ZH))
	}
	for _, p := range r.Pictures {
		fmt.Fprintf(&b, "-- picture: %s %s, %d bytes\n", p.Name, p.Type, len(p.Data))
	}
	for _, p := range r.properties {
		fmt.Fprintf(&b, "-- property: %s\n", p)
	}
	for _, words := range r.Apart {
		fmt.Fprintf(&b, "-- apart: %q\n", words)
	}
	if r.err != nil {
		fmt.Fprintf(&b, "-- error: %v\n", r.err)
	}
	return b.String()
}

// zippedFolder makes a document of a folder: its parts, and the relations that
// follow from their names where the folder does not say them.
func zippedFolder(t testing.TB, folder string) []byte {
	t.Helper()
	parts := map[string][]byte{
		"[Content_Types].xml": []byte(`<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`),
		"_rels/.rels":         []byte(relations("officeDocument=word/document.xml", "core-properties=docProps/core.xml", "custom-properties=docProps/custom.xml")),
	}
	var targets []string
	err := fs.WalkDir(os.DirFS(folder), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		parts[name], err = os.ReadFile(filepath.Join(folder, name))
		if target, ok := strings.CutPrefix(name, "word/"); ok && !strings.Contains(target, "_rels") {
			kind := strings.TrimRight(strings.TrimSuffix(path.Base(target), path.Ext(target)), "0123456789")
			targets = append(targets, kind+"="+target)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if parts["word/_rels/document.xml.rels"] == nil {
		parts["word/_rels/document.xml.rels"] = []byte(relations(targets...))
	}
	return zipOf(t, parts)
}

// relations writes a .rels part; the id of a relation is the name of its target.
func relations(kindsAndTargets ...string) string {
	var b strings.Builder
	b.WriteString(`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`)
	for _, kt := range kindsAndTargets {
		kind, target, _ := strings.Cut(kt, "=")
		fmt.Fprintf(&b, `<Relationship Id="%s" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/%s" Target="%s"/>`, path.Base(target), kind, target)
	}
	return b.String() + "</Relationships>"
}

func zipOf(t testing.TB, parts map[string][]byte) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for name, content := range parts {
		part, err := w.Create(name)
		if err == nil {
			_, err = part.Write(content)
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
