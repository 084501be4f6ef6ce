package ready

import (
	"regexp"
	"strings"

	"jianbao/bulletin"
	"jianbao/fault"
)

var (
	classifiedWords = fault.Say("ready.classified-words", "文中有“%s”字样，请确认不涉密", "the text says %s; make sure that nothing in it is classified")
	classifiedLabel = fault.Say("ready.classified-label", "文中有“%s”，像密级标志，请核实", "the text has %s, which looks like a classification label")
	phoneArea       = fault.Say("ready.phone-area", "电话%s没有区号，外地收件人打不通", "telephone %s has no area code")
)

var (
	secretWords = regexp.MustCompile(`绝密|机密|秘密`)
	secretLabel = regexp.MustCompile(`(?:绝密|机密|秘密) *★ *[0-9一二三四五六七八九十长期年个月()]{0,16}`)
)

// checkClassified notes words of classification in the text. A label in the
// head never comes so far (bulletin.Classified refuses it); 商业秘密 in a sentence
// is ordinary, and a form like 秘密★1年 is asked about.
func checkClassified(t *text) []Finding {
	var found []Finding
	for _, p := range t.passages {
		if !strings.Contains(p.text, "密") {
			continue
		}
		folded := fold(p.text)
		if label := secretLabel.FindString(folded); label != "" {
			found = append(found, Finding{ClassifiedWords, bulletin.Ask, t.place(p, label), p.item, classifiedLabel.With(label)})
		} else if at := secretWords.FindStringIndex(folded); at != nil {
			words := lastRunes(folded[:at[0]], 2) + firstRunes(folded[at[0]:], 4)
			found = append(found, Finding{ClassifiedWords, bulletin.Note, t.place(p, folded[at[0]:at[1]]), p.item, classifiedWords.With(words)})
		}
	}
	return found
}

// checkPhones asks for the area code of a local number (seven or eight digits):
// recipients outside cannot call it.
func checkPhones(t *text) []Finding {
	var found []Finding
	for _, phone := range t.Phones {
		number := squeezed(fold(phone))
		if len(number) < 7 || len(number) > 8 || strings.Trim(number, "0123456789") != "" {
			continue
		}
		line := 0
		for n := len(t.lines); n > max(0, len(t.lines)-searched) && line == 0; n-- {
			if strings.Contains(squeezed(fold(t.lines[n-1])), number) {
				line = n
			}
		}
		found = append(found, Finding{PhoneArea, bulletin.Ask, line, 0, phoneArea.With(phone)})
	}
	return found
}
