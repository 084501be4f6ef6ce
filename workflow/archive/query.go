package archive

import (
	"strings"
	"unicode/utf8"

	"jianbao/fault"
)

// What a question may be.
const (
	mostWords  = 10
	mostLetter = 100 // characters of all words
)

var tooLong = fault.Say("archive.query-too-long", "检索词最多%d个，共%d字；请少写几个", "a question has at most %d words and %d characters; leave some out")

// A Query is the words of a question, folded. All of them must be found; a Query
// without words finds everything.
type Query struct{ Words []string }

// ParseQuery reads a question: words between blanks or marks. It fails with
// fault.Invalid if it is too long.
func ParseQuery(text string) (Query, error) {
	q := Query{}
	for _, part := range strings.Fields(text) { // a blank divides words here, whatever stands beside it
		q.Words = append(q.Words, strings.Fields(Fold(part))...)
	}
	if len(q.Words) > mostWords || utf8.RuneCountInString(strings.Join(q.Words, "")) > mostLetter {
		return q, fault.New(fault.Invalid, tooLong.With(mostWords, mostLetter))
	}
	return q, nil
}

// Terms returns what of the index must be there: pairs, and beginnings of pairs
// for words of one character.
func (q Query) Terms() (pairs, beginnings []string) {
	for _, word := range q.Words {
		run := []rune(word)
		if len(run) == 1 {
			beginnings = append(beginnings, word)
			continue
		}
		pairs = append(pairs, gramsOf(run)[:len(run)-1]...)
	}
	return pairs, beginnings
}

// Exact reports whether the terms say all: no word is longer than a pair.
func (q Query) Exact() bool {
	for _, word := range q.Words {
		if utf8.RuneCountInString(word) > 2 {
			return false
		}
	}
	return true
}

// In reports whether a folded text has every word.
func (q Query) In(folded string) bool {
	for _, word := range q.Words {
		if !strings.Contains(folded, word) {
			return false
		}
	}
	return true
}
