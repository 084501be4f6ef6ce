package jianbao_test

import (
	"bytes"
	"fmt"
	"go/ast"
	"os"
	"path"
	"slices"
	"strings"
	"testing"
)

// What a reader can hold in the head: lines of a function from its first to
// its closing one, lines of a file, methods of an interface.
const (
	longestFunction = 80
	medianFunction  = 12 // the median stays under it
	longestFile     = 500
	widestInterface = 7
)

// written are the endings of files that people write and read.
var written = []string{".go", ".sql", ".html", ".css", ".js", ".sh"}

func TestNothingIsTooLong(t *testing.T) {
	complain(t, oversized(sources(t)))
	err := walk(os.DirFS("."), func(name string, data []byte) error {
		complain(t, overlong(name, data))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestTheUsualFunctionIsShort(t *testing.T) {
	median := medianLength(sources(t))
	t.Logf("the median function has %d lines", median)
	if median >= medianFunction {
		t.Errorf("the median function has %d lines, not under %d", median, medianFunction)
	}
}

func TestLengthIsCaught(t *testing.T) {
	lines := func(n int) string { return strings.Repeat("\n", n) }
	all := invented(t, map[string]string{
		"a/a.go": "package a\nfunc long() {" + lines(80) + "}\nfunc fits() {" + lines(79) + "}",
		"a/b.go": "package a\nfunc short() {}\ntype wide interface { A(); B(); C(); D(); E(); F(); G(); H() }\ntype fits interface { A(); B(); C(); D(); E(); F(); G() }",
	})
	caught(t, oversized(all), "a/a.go:2: long has 81 lines", "a/b.go:3: wide has 8 methods")
	if got := medianLength(all); got != 80 {
		t.Errorf("the median of 81, 80 and 1 is %d", got)
	}
	caught(t, overlong("a/c.go", []byte(lines(501))), "a/c.go has 501 lines")
	caught(t, overlong("a/c.go", []byte(lines(500))))
	caught(t, overlong("a/c.txt", []byte(lines(501))))
	caught(t, overlong("web/static/htmx.min.js", []byte(lines(501))))
}

// oversized returns functions and interfaces beyond the measure.
func oversized(all []source) []string {
	var complaints []string
	for _, s := range all {
		ast.Inspect(s.file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.FuncDecl:
				if got := s.lines(n); got > longestFunction {
					complaints = append(complaints, fmt.Sprintf("%s: %s has %d lines, more than %d", s.at(n.Pos()), n.Name.Name, got, longestFunction))
				}
			case *ast.TypeSpec:
				if i, ok := n.Type.(*ast.InterfaceType); ok && i.Methods.NumFields() > widestInterface {
					complaints = append(complaints, fmt.Sprintf("%s: %s has %d methods, more than %d", s.at(n.Pos()), n.Name.Name, i.Methods.NumFields(), widestInterface))
				}
			}
			return true
		})
	}
	return complaints
}

// medianLength returns the median number of lines of the functions outside
// tests.
func medianLength(all []source) int {
	var lengths []int
	for _, s := range all {
		if s.test {
			continue
		}
		for _, decl := range s.file.Decls {
			if f, ok := decl.(*ast.FuncDecl); ok {
				lengths = append(lengths, s.lines(f))
			}
		}
	}
	if len(lengths) == 0 {
		return 0
	}
	slices.Sort(lengths)
	return lengths[len(lengths)/2]
}

// lines counts the lines that a declaration takes.
func (s source) lines(n ast.Node) int {
	return s.set.Position(n.End()).Line - s.set.Position(n.Pos()).Line + 1
}

// overlong returns a complaint if a file that people read has too many lines.
// What others wrote and we only carry (*.min.js) is not read.
func overlong(name string, data []byte) []string {
	if !slices.Contains(written, path.Ext(name)) || strings.Contains(path.Base(name), ".min.") {
		return nil
	}
	if n := bytes.Count(data, []byte("\n")); n > longestFile {
		return []string{fmt.Sprintf("%s has %d lines, more than %d", name, n, longestFile)}
	}
	return nil
}
