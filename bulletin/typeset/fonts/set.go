package fonts

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"jianbao/fault"
)

// A Set is the fonts of an office: for every role its own one, if there is one,
// and the built-in one behind it.
type Set struct {
	chains map[Role][]func() *Face
	own    map[Role]own
	unused []string // names of files in the directory that no role uses
}

// An own is what was found for a role in the office's directory.
type own struct {
	file    string
	face    *Face         // nil if it cannot be used
	problem *fault.Reason // why it cannot
}

// Open returns the fonts of a directory with the built-in ones behind them; ""
// means the built-in ones alone. A file that cannot be used is no error: see
// [Set.Report]. A directory that cannot be read is an error.
func Open(dir string) (*Set, error) {
	s := &Set{own: map[Role]own{}, chains: map[Role][]func() *Face{}}
	if dir != "" {
		if err := s.readDir(dir); err != nil {
			return nil, err
		}
	}
	for _, role := range Roles() {
		s.chains[role] = s.chain(role)
	}
	return s, nil
}

// chain returns the fonts to try for a role, in order: the office's, ours of
// the same role because it looks alike, the fallbacks, and then any.
func (s *Set) chain(role Role) []func() *Face {
	var all []func() *Face
	add := func(roles ...Role) {
		for _, r := range roles {
			if f := s.own[r].face; f != nil {
				all = append(all, func() *Face { return f })
			}
			if r != Fallback {
				all = append(all, builtin[r])
			}
		}
	}
	add(role, Fallback, Body, Heading, Latin)
	return all
}

// Pick returns the font that sets r in a role: the role's own, else the first
// of the fallbacks that has r. ok is false if no font has it; the face is then
// the role's, which draws its sign for a missing character.
func (s *Set) Pick(role Role, r rune) (face *Face, ok bool) {
	chain := s.chains[role]
	if chain == nil {
		chain = s.chains[Fallback]
	}
	for _, open := range chain {
		if f := open(); f.Has(r) {
			return f, true
		}
	}
	return chain[0](), false
}

// Missing returns the characters of a text that no font has, each once, in
// their order. Line ends and tabs are not characters to be set.
func (s *Set) Missing(text string) []rune {
	var missing []rune
	for _, r := range text {
		if r == '\n' || r == '\r' || r == '\t' || slices.Contains(missing, r) {
			continue
		}
		if _, ok := s.Pick(Body, r); !ok {
			missing = append(missing, r)
		}
	}
	return missing
}

func (s *Set) readDir(dir string) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return fmt.Errorf("fonts: %w", err)
	}
	names := map[string]string{} // as written, by lower case
	for _, e := range entries {
		if slices.Contains([]string{".ttf", ".ttc", ".otf"}, strings.ToLower(filepath.Ext(e.Name()))) {
			names[strings.ToLower(e.Name())] = e.Name()
		}
	}
	for _, role := range Roles() {
		if name := fileOf(role, names); name != "" {
			o, err := openOwn(role, filepath.Join(dir, name))
			if err != nil {
				return err
			}
			s.own[role] = o
			delete(names, strings.ToLower(name))
		}
	}
	for _, name := range names {
		s.unused = append(s.unused, name)
	}
	slices.Sort(s.unused)
	return nil
}

// fileOf returns the file for a role among the names of a directory, or "".
func fileOf(role Role, names map[string]string) string {
	own := []string{string(role) + ".ttf", string(role) + ".otf", string(role) + ".ttc"}
	for _, candidate := range append(own, knownFiles[role]...) {
		if name, ok := names[candidate]; ok {
			return name
		}
	}
	return ""
}

func openOwn(role Role, file string) (own, error) {
	f, err := os.Open(file)
	if err != nil {
		return own{}, fmt.Errorf("fonts: %w", err)
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	if err != nil {
		return own{}, fmt.Errorf("fonts: %w", err)
	}
	face, err := readOwn(role, data)
	var refused *fault.Error
	if errors.As(err, &refused) {
		return own{file: file, problem: &refused.Message}, nil
	}
	return own{file: file, face: face}, err
}
