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

// TestWordDocuments reads each folder of testdata as a document, and each file
// that LibreOffice made of one, and compares what comes out with its .golden
// file.
func TestWordDocuments(t *testing.T) {
	folders, err := filepath.Glob("testdata/*/word")
	if err != nil || len(folders) == 0 {
		t.Fatal("no documents", err)
	}
	for _, folder := range folders {
		folder = filepath.Dir(folder)
		golden(t, folder, func(t *testing.T) []byte { return zippedFolder(t, folder) })
	}
	files, err := filepath.Glob("testdata/*.docx")
	if err != nil || len(files) == 0 {
		t.Fatal("no files", err)
	}
	for _, file := range files {
		golden(t, strings.TrimSuffix(file, ".docx"), func(t *testing.T) []byte {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			return data
		})
	}
}

func golden(t *testing.T, name string, document func(*testing.T) []byte) {
	t.Run(filepath.Base(name), func(t *testing.T) {
		got := described(read(t, document(t)))
		if *update {
			if err := os.WriteFile(name+".golden", []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(name + ".golden")
		if err != nil || got != string(want) {
			t.Errorf("%v\n%s\nwant\n%s", err, got, want)
		}
	})
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

// contentTypes lets other programs open the documents too, for comparison.
var contentTypes = `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/><Default Extension="emf" ContentType="image/x-emf"/>` +
	override("document", "document.main") + override("styles", "styles") + override("numbering", "numbering") + override("comments", "comments") +
	override("footnotes", "footnotes") + override("endnotes", "endnotes") + override("header1", "header") + override("footer1", "footer") + `</Types>`

func override(part, kind string) string {
	return `<Override PartName="/word/` + part + `.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.` + kind + `+xml"/>`
}

// zippedFolder makes a document of a folder: its parts, and the relations that
// follow from their names where the folder does not say them.
func zippedFolder(t testing.TB, folder string) []byte {
	t.Helper()
	parts := map[string][]byte{
		"[Content_Types].xml": []byte(contentTypes),
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
