package fault

import (
	"fmt"
	"sort"
	"sync"
)

// A Lang is a language that people are spoken to in.
type Lang string

// The languages of the product. Chinese is what everybody sees who did not
// ask for something else.
const (
	ZH Lang = "zh"
	EN Lang = "en"
)

// A Sentence is one thing the program can say to a person, in every language.
// The words are formats for [fmt.Sprintf]; both take the same arguments in the
// same order (use %[2]s where the word order differs).
type Sentence struct {
	Key    string
	ZH, EN string
}

var (
	mu        sync.RWMutex
	catalogue = map[string]Sentence{}
)

// Say declares a sentence and puts it into the catalogue. It is called from
// package-level variables, so that a sentence stands beside the rule that
// speaks it; a key that is used twice is a mistake of the programmer and
// panics when the program starts.
func Say(key, zh, en string) Sentence {
	mu.Lock()
	defer mu.Unlock()
	if _, taken := catalogue[key]; taken {
		panic("fault: two sentences with the key " + key)
	}
	s := Sentence{Key: key, ZH: zh, EN: en}
	catalogue[key] = s
	return s
}

// Catalogue returns every declared sentence, ordered by key.
func Catalogue() []Sentence {
	mu.RLock()
	defer mu.RUnlock()
	all := make([]Sentence, 0, len(catalogue))
	for _, s := range catalogue {
		all = append(all, s)
	}
	sort.Slice(all, func(i, j int) bool { return all[i].Key < all[j].Key })
	return all
}

// With fills in the arguments of a sentence.
func (s Sentence) With(args ...any) Reason { return Reason{Key: s.Key, Args: args} }

// A Reason is a sentence with its arguments: one cause why something was
// refused, or one doubt about a text. It is plain data and may be stored as
// JSON; a Reason whose key this version of the program no longer knows still
// shows its arguments.
type Reason struct {
	Key  string `json:"key"`
	Args []any  `json:"args,omitempty"`
}

// In returns the reason in a language.
func (r Reason) In(lang Lang) string {
	mu.RLock()
	s, known := catalogue[r.Key]
	mu.RUnlock()
	if !known {
		return fmt.Sprint(append([]any{r.Key}, r.Args...)...)
	}
	format := s.ZH
	if lang == EN {
		format = s.EN
	}
	args := make([]any, len(r.Args))
	for i, a := range r.Args {
		args[i] = inLang(a, lang)
	}
	return fmt.Sprintf(format, args...)
}

// inLang lets a reason be the argument of another one. Numbers that went
// through JSON come back as float64; whole ones are shown as they were.
func inLang(arg any, lang Lang) any {
	switch a := arg.(type) {
	case interface{ In(Lang) string }:
		return a.In(lang)
	case map[string]any: // a reason that went through JSON
		if key, ok := a["key"].(string); ok {
			args, _ := a["args"].([]any)
			return Reason{Key: key, Args: args}.In(lang)
		}
	case float64:
		if a == float64(int64(a)) {
			return int64(a)
		}
	}
	return arg
}
