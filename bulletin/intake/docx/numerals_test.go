package docx

import "testing"

func TestNumerals(t *testing.T) {
	for _, c := range []struct {
		format string
		n      int
		want   string
	}{
		{"decimal", 12, "12"}, {"unknown", 3, "3"}, {"none", 3, ""}, {"decimalZero", 7, "07"}, {"decimalZero", 12, "12"},
		{"chineseCounting", 1, "一"}, {"chineseCounting", 10, "十"}, {"chineseCounting", 11, "十一"}, {"chineseCounting", 20, "二十"},
		{"chineseCountingThousand", 23, "二十三"}, {"chineseCountingThousand", 100, "一百"}, {"chineseCountingThousand", 105, "一百零五"},
		{"chineseCountingThousand", 110, "一百一十"}, {"chineseCountingThousand", 1005, "一千零五"}, {"chineseCountingThousand", 12345, "一万二千三百四十五"},
		{"chineseCountingThousand", 0, "〇"}, {"chineseCountingThousand", -1, "-1"}, {"chineseCountingThousand", 1 << 40, "1099511627776"},
		{"chineseLegalSimplified", 12, "壹拾贰"}, {"ideographDigital", 10, "一〇"}, {"ideographDigital", 2021, "二〇二一"},
		{"ideographTraditional", 10, "癸"}, {"ideographTraditional", 11, "11"}, {"ideographZodiac", 12, "亥"},
		{"decimalEnclosedCircle", 1, "①"}, {"decimalEnclosedCircleChinese", 21, "㉑"}, {"decimalEnclosedCircle", 50, "㊿"}, {"decimalEnclosedCircle", 51, "51"},
		{"decimalEnclosedParen", 20, "⒇"}, {"decimalEnclosedFullstop", 1, "⒈"}, {"ideographEnclosedCircle", 10, "㊉"}, {"decimalEnclosedCircle", 0, "0"},
		{"decimalFullWidth", 12, "１２"}, {"numberInDash", 3, "- 3 -"},
		{"upperRoman", 1994, "MCMXCIV"}, {"lowerRoman", 4, "iv"}, {"upperRoman", 4000, "4000"},
		{"upperLetter", 1, "A"}, {"lowerLetter", 26, "z"}, {"lowerLetter", 28, "bb"}, {"upperLetter", 0, "0"},
	} {
		if got := numeral(c.format, c.n); got != c.want {
			t.Errorf("%s %d is %q, want %q", c.format, c.n, got, c.want)
		}
	}
}

func TestCircledCharacters(t *testing.T) {
	for text, want := range map[string]string{"3": "③", "50": "㊿", "51": "51", "一": "㊀", "十": "㊉", "注": "注", "": ""} {
		if got := circled(text); got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
}
