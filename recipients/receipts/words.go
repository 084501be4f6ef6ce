package receipts

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// An Answer is what [Acknowledges] made of a reply.
type Answer struct {
	// Received says that the reply acknowledges receipt, and nothing in it takes
	// that back; Refused, that it seems to refuse it (拒收), which is for a person
	// to enter.
	Received, Refused bool
	Copies            int    // the copies it names; 0 where it names none
	Missing           int    // the copies that it says are missing
	By                string // who received it, where the reply names somebody
	// Month and Day are the date it names; 0 where it names none.
	Month time.Month
	Day   int
	// Note is what became of it there, understood: 已呈李局长阅.
	Note string
	More string // what a person should read besides
}

// maxWords is the longest reply that can be a mere acknowledgment, in
// characters.
const maxWords = 300

// Acknowledges reads the own words of a reply, without what it quotes. It says
// Received only of a reply that acknowledges (courtesies, the unit, a name and a
// date may stand before it) and has no word that could take it back or ask for
// something: 已收到, 收悉。, 收到，谢谢！, 我局已收到第8期简报2份，张三. A shortage that is
// named in copies is read with it: 收到3份，缺1份. It never guesses: 未收到附件,
// 收到，附件打不开 and 您的邮件已收到，我会尽快回复 are for a person, and so is
// whatever else stands behind the acknowledgment, as More.
func Acknowledges(words string) (a Answer) {
	words = own(words)
	if words == "" || utf8.RuneCountInString(words) > maxWords || noAnswer.MatchString(words) {
		return Answer{}
	}
	words = a.dated(words)
	var more, notes []string
	for _, line := range strings.Split(words, "\n") {
		for _, part := range parts(line, &a) {
			switch {
			case a.take(part):
			case refusing.MatchString(part):
				return Answer{Refused: true}
			case doubtful.MatchString(part):
				return Answer{}
			case onward.MatchString(part) && a.Received:
				notes = append(notes, part)
			case !a.Received: // whoever acknowledges says so first
				return Answer{}
			default:
				more = append(more, part)
			}
		}
	}
	if !a.Received {
		return Answer{}
	}
	a.Note, a.More = strings.Join(notes, "；"), strings.Join(more, " ")
	return a
}

// parts splits a line at its punctuation, and at spaces too where that is not
// understood: spaces are no boundaries in English.
func parts(line string, a *Answer) (all []string) {
	for _, part := range stops.Split(line, -1) {
		if try := *a; try.take(trim(part)) {
			all = append(all, trim(part))
			continue
		}
		all = append(all, strings.Fields(trim(part))...)
	}
	return slices.DeleteFunc(all, func(part string) bool { return part == "" })
}

// take reports whether a part is understood, and reads it.
func (a *Answer) take(part string) bool {
	part = strings.ToLower(part)
	if doubtful.MatchString(certain.ReplaceAllString(part, "")) {
		return a.Received && a.lacks(part)
	}
	if acknowledging.MatchString(part) || inEnglish.MatchString(part) {
		a.Received = true
		return a.count(part)
	}
	if signed := signedBy.FindStringSubmatch(part); signed != nil && person(signed[1]) && acknowledging.MatchString(signed[3]) {
		a.Received, a.By = true, signed[1]+signed[2]
		return a.count(part)
	}
	if a.Received && (a.lacks(part) || counts.FindString(part) != "" && counts.FindString(part) == strings.TrimPrefix(part, "共")) {
		return a.count(part)
	}
	if a.Received && onward.MatchString(part) {
		return false
	}
	return things.MatchString(part) || courteous.MatchString(part) || labels.MatchString(part) || telephone.MatchString(part) || a.signature(part)
}

// lacks reads a shortage in copies.
func (a *Answer) lacks(part string) bool {
	found := lacking.FindStringSubmatch(part)
	if found == nil {
		return false
	}
	a.Missing = numeral(found[1])
	return a.Missing > 0
}

// count reads how many copies a part names.
func (a *Answer) count(part string) bool {
	if found := counts.FindStringSubmatch(part); found != nil && !lacking.MatchString(part) {
		a.Copies = numeral(found[1])
	}
	return true
}

// signature reads a unit and a name, which is that of the receiver where it
// stands behind the acknowledgment: before it, it is that of whom the reply is
// for.
func (a *Answer) signature(part string) bool {
	if body.MatchString(part) {
		return true
	}
	letters := []rune(part)
	for n := max(0, len(letters)-6); n < len(letters); n++ {
		found := named.FindStringSubmatch(string(letters[n:]))
		if found == nil || !person(found[1]) || n > 0 && !body.MatchString(string(letters[:n])) {
			continue
		}
		if a.Received && a.By == "" {
			a.By = found[1] + found[2]
		}
		return true
	}
	return false
}

// dated reads the date that a reply names, and returns the words without dates,
// hours and addresses, whose dots are no ends of sentences.
func (a *Answer) dated(words string) string {
	words = addresses.ReplaceAllString(words, "")
	for _, found := range dates.FindAllStringSubmatch(words, -1) {
		month, day := numeral(found[1]+found[3]+found[5]), numeral(found[2]+found[4]+found[6])
		if a.Day == 0 && month >= 1 && month <= 12 && day >= 1 && day <= 31 {
			a.Month, a.Day = time.Month(month), day
		}
	}
	return hours.ReplaceAllString(dates.ReplaceAllString(words, ""), "")
}
