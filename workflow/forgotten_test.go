package workflow

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"jianbao/fault"
)

// constants returns the values of the constants of a type that the source of
// the room declares, so that a new one cannot be left out of a list by hand.
func constants(t *testing.T, of string) (values []string) {
	t.Helper()
	files, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if !strings.HasSuffix(f.Name(), ".go") || strings.HasSuffix(f.Name(), "_test.go") {
			continue
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), f.Name(), nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(parsed, func(n ast.Node) bool {
			spec, ok := n.(*ast.ValueSpec)
			if !ok || len(spec.Values) != 1 {
				return true
			}
			typed, ok := spec.Type.(*ast.Ident)
			literal, plain := spec.Values[0].(*ast.BasicLit)
			if ok && plain && typed.Name == of {
				value, _ := strconv.Unquote(literal.Value)
				values = append(values, value)
			}
			return true
		})
	}
	if len(values) == 0 {
		t.Fatalf("the source declares no %s", of)
	}
	return values
}

// same fails unless two sets of words are the same.
func same(t *testing.T, what string, got, want []string) {
	t.Helper()
	got, want = slices.Sorted(slices.Values(got)), slices.Sorted(slices.Values(want))
	if !slices.Equal(slices.Compact(got), slices.Compact(want)) {
		t.Errorf("%s: the program uses\n%v, the source declares\n%v", what, got, want)
	}
}

func words[T ~string](all []T) []string { return convert(all, func(x T) string { return string(x) }) }

// A state, an act, a step, a class or a rule that is declared is in the lists
// that tests, pages and the drawing are made from, and has words.
func TestNothingDeclaredIsForgotten(t *testing.T) {
	same(t, "states", words(States()), constants(t, "State"))
	same(t, "acts", append(words(movesOf()), string(Open), string(Import)), constants(t, "Act"))
	same(t, "steps", words(StepKinds()), constants(t, "StepKind"))
	same(t, "classes", words(Classes()), constants(t, "Class"))
	for _, s := range States() {
		spoken(t, string(s), s.Title())
	}
	for _, a := range constants(t, "Act") {
		spoken(t, a, Act(a).Title())
	}
	for _, k := range StepKinds() {
		spoken(t, string(k), k.Title())
	}
	for _, c := range Classes() {
		spoken(t, string(c), c.Title())
	}
	for _, c := range constants(t, "Consent") {
		spoken(t, c, Consent(c).Title())
	}
	names := map[string]string{}
	for _, m := range Moves() {
		for _, r := range m.rules() {
			spoken(t, r.Name, r.Says.With())
			if other, taken := names[r.Name]; taken && other != r.Says.Key {
				t.Errorf("two rules are called %s", r.Name)
			}
			names[r.Name] = r.Says.Key
		}
		if w := m.Who; len(w.Roles) == 0 && !w.Step && !w.Signatory && !w.Own && !w.Robot {
			t.Errorf("nobody may %s", m.Act)
		}
	}
}

func spoken(t *testing.T, what string, r fault.Reason) {
	t.Helper()
	if r.In(fault.ZH) == "" || r.In(fault.EN) == "" {
		t.Errorf("%s has no words", what)
	}
}
