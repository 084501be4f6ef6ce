package jianbao_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
)

// module is the import path of the root.
const module = "jianbao"

// A source is one parsed Go file. Path and room are slash-separated and
// relative to the root of the module; the room of a file in the root is ".".
type source struct {
	path string
	room string
	test bool
	file *ast.File
	set  *token.FileSet
}

// at returns path:line of a place in the file.
func (s source) at(pos token.Pos) string {
	return fmt.Sprintf("%s:%d", s.path, s.set.Position(pos).Line)
}

// tree is the source as it lies on the disk, parsed once for all tests.
var tree = sync.OnceValues(func() ([]source, error) { return parseTree(os.DirFS(".")) })

// sources returns the source of the whole module.
func sources(t *testing.T) []source {
	t.Helper()
	all, err := tree()
	if err != nil {
		t.Fatal(err)
	}
	if len(all) == 0 {
		t.Fatal("no source found: the checks would all hold of nothing")
	}
	return all
}

// invented returns the source of a module that a test makes up, from path to
// content.
func invented(t *testing.T, content map[string]string) []source {
	t.Helper()
	files := fstest.MapFS{}
	for name, text := range content {
		files[name] = &fstest.MapFile{Data: []byte(text)}
	}
	all, err := parseTree(files)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// parseTree parses every Go file that the go command would look at.
func parseTree(root fs.FS) ([]source, error) {
	set := token.NewFileSet()
	var all []source
	err := walk(root, func(name string, data []byte) error {
		if path.Ext(name) != ".go" {
			return nil
		}
		file, err := parser.ParseFile(set, name, data, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		all = append(all, source{name, path.Dir(name), strings.HasSuffix(name, "_test.go"), file, set})
		return nil
	})
	return all, err
}

// walk calls visit for every file that is ours: not for what git, the build
// or a cache keeps, and not for test data.
func walk(root fs.FS, visit func(name string, data []byte) error) error {
	return fs.WalkDir(root, ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && name != "." && apart(name):
			return fs.SkipDir
		case !entry.Type().IsRegular() || name == ".git": // a linked worktree has a file of that name
			return nil
		}
		data, err := fs.ReadFile(root, name)
		if err != nil {
			return err
		}
		return visit(name, data)
	})
}

func apart(dir string) bool {
	return slices.Contains([]string{".git", ".cache", "bin", "dist"}, dir) || path.Base(dir) == "testdata"
}

// complain fails the test with every complaint.
func complain(t *testing.T, complaints []string) {
	t.Helper()
	for _, c := range complaints {
		t.Error(c)
	}
}

// caught fails the test unless there is exactly one complaint for every want,
// in order, each containing its text.
func caught(t *testing.T, complaints []string, wants ...string) {
	t.Helper()
	if len(complaints) != len(wants) {
		t.Fatalf("%d complaints, want %d: %q", len(complaints), len(wants), complaints)
	}
	for i, want := range wants {
		if !strings.Contains(complaints[i], want) {
			t.Errorf("complaint %d is %q, want %q in it", i, complaints[i], want)
		}
	}
}

// sortedKeys is what makes complaints come in the same order every time.
func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
