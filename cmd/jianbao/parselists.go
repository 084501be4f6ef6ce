package main

import (
	"slices"
	"strings"

	"jianbao/bulletin"
	"jianbao/fault"
	"jianbao/recipients"
)

var (
	twice         = fault.Say("cmd.parse.duplicate", "“%s”的名单里“%s”出现了两次，只算一家", "%[2]s stands twice in the list %[1]s and counts once")
	collective    = fault.Say("cmd.parse.collective", "“%s”的名单里“%s”代表不止一家，要印几份不知道", "%[2]s in the list %[1]s stands for several; how many copies is not known")
	doubtful      = fault.Say("cmd.parse.doubtful", "“%s”的名单里“%s”可能是一个人，也可能是两个", "%[2]s in the list %[1]s may be one person or two")
	copiesLeft    = fault.Say("cmd.parse.copies-left", "共印%d份，名单上数得清的%d家，存档%d份，余下%d份要分给其余的名单和存档", "%d copies; %d units that can be counted, %d on file; %d are left for the rest of the lists and the file")
	noFileCopy    = fault.Say("cmd.parse.no-file-copy", "共印%d份，正好发给%d家，没有留存档的", "%d copies for %d units leave none on file")
	copiesMissing = fault.Say("cmd.parse.copies-missing", "共印%d份，不够名单上的%d家和存档的%d份", "%d copies are not enough for %d units and %d on file")
)

// A splitting is what the lists of a document mean, unit by unit.
type splitting struct {
	lists      map[string][]string
	collective []string
	problems   []bulletin.Problem
	counted    int  // entries that are one unit each
	open       bool // an entry stands for several, or for leaders
}

// splitLists splits the lists of a document into units, doubts what stands
// there twice or for several, and adds the copies up.
func splitLists(d bulletin.Document) splitting {
	s := splitting{lists: map[string][]string{}, collective: []string{}}
	for _, l := range d.Lists {
		if s.lists[l.Label] == nil {
			s.lists[l.Label] = []string{}
		}
		for _, part := range recipients.Split(l.Text) {
			if part.Name != "存档" && part.Name != "存" {
				s.add(l, part)
			}
		}
	}
	s.addUp(d)
	return s
}

func (s *splitting) add(l bulletin.List, part recipients.Part) {
	if slices.Contains(s.lists[l.Label], part.Name) {
		s.ask("duplicate-recipient", l.Line, twice.With(l.Label, part.Name))
		return
	}
	s.lists[l.Label] = append(s.lists[l.Label], part.Name)
	switch {
	case part.Collective:
		s.collective, s.open = append(s.collective, part.Name), true
		s.ask("list-collective", l.Line, collective.With(l.Label, part.Name))
	case part.Doubtful:
		s.counted++
		s.ask("list-ambiguous", l.Line, doubtful.With(l.Label, part.Name))
	case strings.HasSuffix(part.Name, "领导"), strings.HasSuffix(part.Name, "成员"):
		s.open = true
		s.ask("list-collective", l.Line, collective.With(l.Label, part.Name))
	default:
		s.counted++
	}
}

func (s *splitting) ask(code string, line int, reason fault.Reason) {
	s.problems = append(s.problems, bulletin.Problem{Code: code, Severity: bulletin.Ask, Line: line, Reason: reason})
}

// addUp compares the print run with the lists.
func (s *splitting) addUp(d bulletin.Document) {
	left := d.PrintRun - s.counted - d.FileCopies
	switch {
	case d.PrintRun == 0 || len(d.Lists) == 0:
	case left < 0:
		s.ask("copies-missing", 0, copiesMissing.With(d.PrintRun, s.counted, d.FileCopies))
	case s.open:
		s.ask("copies-left", 0, copiesLeft.With(d.PrintRun, s.counted, d.FileCopies, left))
	case left == 0 && d.FileCopies == 0:
		s.ask("no-file-copy", 0, noFileCopy.With(d.PrintRun, s.counted))
	}
}
