package jianbao_test

import (
	"fmt"
	"go/ast"
	"go/token"
	"slices"
	"strings"
	"testing"
)

// manualLines is the shortest package comment that can serve as a manual page.
const manualLines = 3

func TestEveryPackageHasItsManual(t *testing.T) { complain(t, manuals(sources(t))) }

func TestMissingManualsAreCaught(t *testing.T) {
	long := "// Package a is\n// for\n// this.\n"
	caught(t, manuals(invented(t, map[string]string{
		"good/a.go":      long + "package a",
		"good/b.go":      "package a",
		"good/a_test.go": "package a_test",
		"none/a.go":      "package a",
		"short/a.go":     "// Package a is short.\npackage a",
		"twice/a.go":     long + "package a",
		"twice/b.go":     long + "package a",
	})),
		"none: no package comment",
		"short/a.go: the package comment has 1 lines",
		"twice: the package comment is in 2 files: twice/a.go, twice/b.go",
	)
}

func TestEveryExportedNameIsDocumented(t *testing.T) { complain(t, undocumented(sources(t))) }

func TestUndocumentedNamesAreCaught(t *testing.T) {
	caught(t, undocumented(invented(t, map[string]string{
		"a/a.go": `package a
// A T is documented.
type T struct{}
func (T) Bare() {}
func (*T) private() {}
type u struct{}
func (u) Reached() {}
func (m Map[K]) Bare() {}
type (
	// V is documented.
	V int
	W int
)
// A group's comment serves all of it.
const (
	A = 1
	B = 2
)
var C = 1
var (
	D = 1 // a comment behind it will do
	e = 1
)
`,
		"a/a_test.go": `package a
func Helper() {}`,
	})),
		"a/a.go:4: T.Bare", "a/a.go:8: Map.Bare", "a/a.go:12: W", "a/a.go:19: C")
}

// manuals returns the packages whose comment is missing, too short, or in more
// than one file.
func manuals(all []source) []string {
	commented := map[string][]string{}
	var complaints []string
	for _, s := range all {
		if s.test {
			continue
		}
		if _, seen := commented[s.room]; !seen {
			commented[s.room] = nil
		}
		if s.file.Doc == nil {
			continue
		}
		commented[s.room] = append(commented[s.room], s.path)
		if n := strings.Count(strings.TrimSpace(s.file.Doc.Text()), "\n") + 1; n < manualLines {
			complaints = append(complaints, fmt.Sprintf("%s: the package comment has %d lines, which is no manual", s.path, n))
		}
	}
	for room, files := range commented {
		if len(files) == 0 {
			complaints = append(complaints, room+": no package comment")
		} else if len(files) > 1 {
			complaints = append(complaints, fmt.Sprintf("%s: the package comment is in %d files: %s", room, len(files), strings.Join(files, ", ")))
		}
	}
	slices.Sort(complaints)
	return complaints
}

// undocumented returns the exported names without a comment.
func undocumented(all []source) []string {
	var complaints []string
	for _, s := range all {
		if s.test {
			continue
		}
		for _, decl := range s.file.Decls {
			for _, name := range bare(decl) {
				complaints = append(complaints, fmt.Sprintf("%s: %s has no comment", s.at(name.pos), name.name))
			}
		}
	}
	return complaints
}

// A named is a name and where it is declared.
type named struct {
	name string
	pos  token.Pos
}

// bare returns the exported names of a declaration that nothing documents.
func bare(decl ast.Decl) []named {
	switch d := decl.(type) {
	case *ast.FuncDecl:
		if name := exportedFunc(d); name != "" && d.Doc == nil {
			return []named{{name, d.Pos()}}
		}
	case *ast.GenDecl:
		// One comment serves a group of constants, but not a group of types.
		if d.Doc == nil || d.Tok == token.TYPE && d.Lparen.IsValid() {
			return bareSpecs(d)
		}
	}
	return nil
}

func bareSpecs(d *ast.GenDecl) []named {
	var found []named
	for _, spec := range d.Specs {
		switch s := spec.(type) {
		case *ast.TypeSpec:
			if s.Name.IsExported() && s.Doc == nil && s.Comment == nil {
				found = append(found, named{s.Name.Name, s.Pos()})
			}
		case *ast.ValueSpec:
			if i := slices.IndexFunc(s.Names, (*ast.Ident).IsExported); i >= 0 && s.Doc == nil && s.Comment == nil {
				found = append(found, named{s.Names[i].Name, s.Pos()})
			}
		}
	}
	return found
}

// exportedFunc returns Name or Type.Name where the reader of a manual page
// would meet it, else "".
func exportedFunc(d *ast.FuncDecl) string {
	if !d.Name.IsExported() {
		return ""
	}
	if d.Recv == nil {
		return d.Name.Name
	}
	receiver := d.Recv.List[0].Type
	for {
		switch r := receiver.(type) {
		case *ast.StarExpr:
			receiver = r.X
		case *ast.IndexExpr:
			receiver = r.X
		case *ast.IndexListExpr:
			receiver = r.X
		case *ast.Ident:
			if !r.IsExported() {
				return ""
			}
			return r.Name + "." + d.Name.Name
		default:
			return d.Name.Name
		}
	}
}
