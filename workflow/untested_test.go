package workflow

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"slices"
	"sync"
	"testing"

	"jianbao/fault"
)

// tried is how often a rule of the table held in the tests, and how often not.
type tried struct{ held, refused int }

// TestMain looks over every rule of the table while the tests run: one that
// never refused anything, or always did, is tested by nothing. A new rule cannot
// be forgotten that way.
func TestMain(m *testing.M) {
	flag.Parse()
	rules := watched(table)
	code := m.Run()
	whole := !slices.ContainsFunc([]string{"test.run", "test.skip", "test.list", "test.fuzz"}, func(name string) bool { return flag.Lookup(name).Value.String() != "" })
	if code == 0 && whole {
		code = report(rules)
	}
	os.Exit(code)
}

// watched has the rules of a table count what becomes of them, by their names.
func watched(table []Move) map[string]*tried {
	var lock sync.Mutex
	all := map[string]*tried{}
	watch := func(rules []Rule) []Rule {
		return convert(rules, func(r Rule) Rule {
			if all[r.Name] == nil {
				all[r.Name] = &tried{}
			}
			n, against := all[r.Name], r.Against
			r.Against = func(c Case) []fault.Reason {
				reasons := against(c)
				lock.Lock()
				defer lock.Unlock()
				if len(reasons) == 0 {
					n.held++
				} else {
					n.refused++
				}
				return reasons
			}
			return r
		})
	}
	for n := range table {
		table[n].If, table[n].Needs = watch(table[n].If), watch(table[n].Needs)
	}
	return all
}

// report says which rules nothing tests, and returns the exit code.
func report(rules map[string]*tried) (code int) {
	for _, name := range slices.Sorted(maps.Keys(rules)) {
		if n := rules[name]; n.held == 0 || n.refused == 0 {
			fmt.Printf("--- FAIL: the rule %s held %d times and refused %d times in all tests\n", name, n.held, n.refused)
			code = 1
		}
	}
	return code
}
