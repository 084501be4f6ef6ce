package bulletin

import (
	"strings"
)

// Spaced letter-spaces a masthead as it is printed: 科 技 简 报. A name that
// holds anything but Han characters is left alone.
func Spaced(name string) string {
	for _, r := range name {
		if !isHan(r) {
			return name
		}
	}
	return strings.Join(strings.Split(name, ""), " ")
}

// SpacedName writes a two-character name with a full-width space between, so
// that it is as wide as one of three characters: 乔　栋.
func SpacedName(name string) string {
	r := []rune(name)
	if len(r) == 2 && isHan(r[0]) && isHan(r[1]) {
		return string(r[0]) + "\u3000" + string(r[1])
	}
	return name
}
