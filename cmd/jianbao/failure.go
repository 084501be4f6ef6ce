package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"

	"jianbao/fault"
	"jianbao/web/api/op"
)

// manners are how a person, or the program that called, wants to be told what
// failed.
type manners struct {
	Lang fault.Lang
	JSON bool
}

// mannersOf reads them off a line by itself, which need not be one that the
// grammar understands.
func mannersOf(args []string) manners {
	m := manners{Lang: fault.ZH}
	if fault.Lang(os.Getenv("JIANBAO_LANG")) == fault.EN {
		m.Lang = fault.EN
	}
	for i, arg := range args {
		name, value, joined := strings.Cut(arg, "=")
		if name == "--lang" && !joined && i+1 < len(args) {
			value = args[i+1]
		}
		switch {
		case arg == "--": // what follows are words
			return m
		case name == "--lang" && (value == string(fault.ZH) || value == string(fault.EN)):
			m.Lang = fault.Lang(value)
		case name == "--json":
			m.JSON = !joined || value == "true" || value == "1" || value == "yes"
		}
	}
	return m
}

// A failure is what a program is told: the problem that the API answers with
// (RFC 9457), and, of a fault of the program itself, what happened beneath.
type failure struct {
	*op.Problem
	Cause string `json:"cause,omitempty"`
}

// say says in one sentence, or in one JSON object, what failed, and returns the
// exit code.
func (m manners) say(err error, errs io.Writer) int {
	if err == nil {
		return 0
	}
	shown := fault.Shown(err)
	if m.JSON {
		f := failure{Problem: op.ProblemOf(m.Lang, err)}
		if shown.Code == fault.Internal {
			f.Cause = err.Error()
		}
		out := json.NewEncoder(errs)
		out.SetEscapeHTML(false)
		_ = out.Encode(f) // whoever closed it does not want it
		return fault.ExitCode(err)
	}
	fmt.Fprintln(errs, shown.In(m.Lang))
	if shown.Code == fault.Internal {
		fmt.Fprintln(errs, err)
	}
	return fault.ExitCode(err)
}
