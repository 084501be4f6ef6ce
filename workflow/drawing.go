package workflow

import (
	"fmt"
	"strings"

	"jianbao/fault"
)

// Drawing returns docs/workflow.md: the table of moves as a state diagram and
// as a table with the rules, made from the one that [Decide] uses.
func Drawing() string {
	var b strings.Builder
	b.WriteString("# The way of an issue\n\nMade from the table in `workflow/moves.go`; a test compares them.\n\n```mermaid\nstateDiagram-v2\n    [*] --> draft : open\n")
	for _, m := range Moves() {
		for _, from := range m.From {
			for _, to := range m.ends(from) {
				fmt.Fprintf(&b, "    %s --> %s : %s\n", from, to, m.Act)
			}
		}
	}
	b.WriteString("```\n\n| act | 操作 | from | to | who | rules |\n|---|---|---|---|---|---|\n")
	for _, m := range Moves() {
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %s | %s |\n",
			m.Act, m.Act.Title().In(fault.ZH), states(m.From), m.destinations(), m.Who, rules(m.rules()))
	}
	b.WriteString("\n## Rules\n\n| rule | what it demands | 要求 |\n|---|---|---|\n")
	told := map[string]bool{}
	for _, m := range Moves() {
		for _, r := range m.rules() {
			if !told[r.Name] {
				told[r.Name] = true
				fmt.Fprintf(&b, "| %s | %s | %s |\n", r.Name, r.Says.EN, r.Says.ZH)
			}
		}
	}
	return b.String()
}

// String names who may, in English.
func (w Who) String() string {
	var names []string
	for _, n := range []struct {
		may  bool
		name string
	}{{w.Robot, "robot"}, {w.Step, "who decides at the step"}, {w.Signatory, "who decides at the signatory's step"}, {w.Own, "who decided"}} {
		if n.may {
			names = append(names, n.name)
		}
	}
	for _, r := range w.Roles {
		names = append(names, string(r))
	}
	return strings.Join(names, ", ")
}

// destinations lists where the move leads.
func (m Move) destinations() string {
	switch {
	case m.Stays && len(m.To) == 0:
		return "stays"
	case m.Stays:
		return "stays, or " + states(m.To)
	}
	return states(m.To)
}

func states(list []State) string {
	names := make([]string, len(list))
	for i, s := range list {
		names[i] = string(s)
	}
	return strings.Join(names, ", ")
}

func rules(list []Rule) string {
	names := make([]string, len(list))
	for i, r := range list {
		names[i] = r.Name
	}
	return strings.Join(names, ", ")
}
