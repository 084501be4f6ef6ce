package docx

import (
	"strconv"
	"strings"
)

// numeral writes a number in a format of 17.18.59. Formats that no Chinese
// document has come out as digits.
func numeral(format string, n int) string {
	switch format {
	case "none":
		return ""
	case "upperRoman":
		return roman(n)
	case "lowerRoman":
		return strings.ToLower(roman(n))
	case "upperLetter":
		return letters(n, 'A')
	case "lowerLetter":
		return letters(n, 'a')
	case "decimalZero":
		if n >= 0 && n < 10 {
			return "0" + strconv.Itoa(n)
		}
	case "decimalFullWidth", "decimalFullWidth2":
		return strings.Map(func(r rune) rune { return r - '0' + '０' }, strconv.Itoa(max(n, 0)))
	case "numberInDash":
		return "- " + strconv.Itoa(n) + " -"
	case "chineseCounting", "chineseCountingThousand", "taiwaneseCounting", "taiwaneseCountingThousand", "japaneseCounting", "koreanCounting":
		return counted(n, "〇一二三四五六七八九", "十百千万", "零")
	case "chineseLegalSimplified":
		return counted(n, "零壹贰叁肆伍陆柒捌玖", "拾佰仟万", "零")
	case "ideographLegalTraditional":
		return counted(n, "零壹貳參肆伍陸柒捌玖", "拾佰仟萬", "零")
	case "ideographDigital", "taiwaneseDigital", "japaneseDigitalTenThousand":
		return spelled(n, []rune("〇一二三四五六七八九"))
	}
	return inRow(format, n)
}

// rows are the formats that go through a row of characters, and the number of
// the first.
var rows = map[string][]rune{
	"decimalEnclosedCircle":        circledDigits,
	"decimalEnclosedCircleChinese": circledDigits,
	"decimalEnclosedParen":         between('⑴', '⒇'),
	"decimalEnclosedFullstop":      between('⒈', '⒛'),
	"ideographEnclosedCircle":      between('㊀', '㊉'),
	"ideographTraditional":         []rune("甲乙丙丁戊己庚辛壬癸"),
	"ideographZodiac":              []rune("子丑寅卯辰巳午未申酉戌亥"),
}

var circledDigits = append(append(between('①', '⑳'), between('㉑', '㉟')...), between('㊱', '㊿')...)

func between(from, to rune) (row []rune) {
	for r := from; r <= to; r++ {
		row = append(row, r)
	}
	return row
}

func inRow(format string, n int) string {
	if row := rows[format]; n > 0 && n <= len(row) {
		return string(row[n-1])
	}
	return strconv.Itoa(n)
}

// roman writes 1 to 3,999 in Roman numerals.
func roman(n int) string {
	if n < 1 || n > 3999 {
		return strconv.Itoa(n)
	}
	values := []int{1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1}
	signs := strings.Fields("M CM D CD C XC L XL X IX V IV I")
	var b strings.Builder
	for i, v := range values {
		for ; n >= v; n -= v {
			b.WriteString(signs[i])
		}
	}
	return b.String()
}

// letters writes a … z, aa … zz, aaa: Word repeats the letter.
func letters(n int, first rune) string {
	if n < 1 || n > 26*8 {
		return strconv.Itoa(n)
	}
	return strings.Repeat(string(first+rune((n-1)%26)), (n-1)/26+1)
}

func spelled(n int, digits []rune) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return digits[r-'0']
	}, strconv.Itoa(n))
}

// counted writes a number under 100,000 in words: 二十三, 一百零五.
func counted(n int, digits, units, zero string) string {
	d, u := []rune(digits), []rune(units)
	if n == 0 {
		return string(d[0])
	}
	if n < 0 || n > 99_999 {
		return strconv.Itoa(n)
	}
	s := strconv.Itoa(n)
	var b strings.Builder
	gap := false
	for i, c := range s {
		digit, place := int(c-'0'), len(s)-1-i
		if digit == 0 {
			gap = true
			continue
		}
		if gap {
			b.WriteString(zero)
			gap = false
		}
		if digit != 1 || place != 1 || i > 0 || d[1] != '一' {
			b.WriteRune(d[digit])
		}
		if place > 0 {
			b.WriteRune(u[place-1])
		}
	}
	return b.String()
}

// circled returns what Word draws when it circles a number or a character.
func circled(text string) string {
	n, err := strconv.Atoi(text)
	if err == nil && n > 0 && n <= len(circledDigits) {
		return string(circledDigits[n-1])
	}
	if i := strings.Index("一二三四五六七八九十", text); i >= 0 && len(text) == len("一") {
		return string(rune('㊀' + i/len("一")))
	}
	return text
}
