package intake_test

import (
	"bytes"
	"encoding/binary"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"

	"golang.org/x/text/encoding/simplifiedchinese"
	"pgregory.net/rapid"

	"jianbao/bulletin/intake"
	"jianbao/fault"
)

func inUTF16(text string, order binary.ByteOrder, mark bool) []byte {
	var b bytes.Buffer
	if mark {
		text = "\ufeff" + text
	}
	if err := binary.Write(&b, order, utf16.Encode([]rune(text))); err != nil {
		panic(err)
	}
	return b.Bytes()
}

func inGB18030(t testing.TB, text string) []byte {
	t.Helper()
	data, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestEncodingsAreTold(t *testing.T) {
	const text = "科技简报\n第8期\n朱镕基、王䶮、𠅤参加R&D 29家。\n"
	crlf := strings.ReplaceAll(text, "\n", "\r\n")
	for _, c := range []struct {
		name, encoding string
		data           []byte
	}{
		{"UTF-8", "UTF-8", []byte(text)},
		{"UTF-8 with a mark", "UTF-8", []byte("\ufeff" + crlf)},
		{"CR alone", "UTF-8", []byte(strings.ReplaceAll(text, "\n", "\r"))},
		{"GB18030", "GB18030", inGB18030(t, crlf)},
		{"GB18030 with a mark", "GB18030", inGB18030(t, "\ufeff"+text)},
		{"UTF-16LE with a mark", "UTF-16LE", inUTF16(text, binary.LittleEndian, true)},
		{"UTF-16BE with a mark", "UTF-16BE", inUTF16(crlf, binary.BigEndian, true)},
		{"UTF-16LE", "UTF-16LE", inUTF16(text, binary.LittleEndian, false)},
		{"UTF-16BE", "UTF-16BE", inUTF16(crlf, binary.BigEndian, false)},
	} {
		d, err := intake.Read("a.txt", c.data)
		if err != nil || d.Text != text || d.Encoding != c.encoding {
			t.Errorf("%s: %q in %s, %v", c.name, d.Text, d.Encoding, err)
		}
	}
}

func TestTheStandardOf2022(t *testing.T) {
	for bytes, want := range map[string]string{
		"\xfe\x9f": "䶮", "\xd6\xec\xe9\x46": "朱镕", "\xfe\x59": "龴", "\xa6\xd9": "︐", "\xfe\x51": "\U00020087", "\x82\x35\x90\x37": "龴",
	} {
		d, err := intake.Read("a.txt", []byte("\xd0\xa3\xb6\xd4\xa3\xba"+bytes)) // 校对：
		if err != nil || d.Text != "校对："+want {
			t.Errorf("% x: %q, %v; want %s", bytes, d.Text, err, want)
		}
	}
}

// TestShortTexts: a handful of characters are told apart too.
func TestShortTexts(t *testing.T) {
	for _, text := range []string{"简报", "联通", "第8期", "市局", "报：市委。", "ok", "汉", "(共印20份)"} {
		for encoding, data := range map[string][]byte{"UTF-8": []byte(text), "GB18030": inGB18030(t, text)} {
			d, err := intake.Read("", data)
			if err != nil || d.Text != text {
				t.Errorf("%s in %s: %q in %s, %v", text, encoding, d.Text, d.Encoding, err)
			}
		}
	}
}

// TestTextsSurviveEveryEncoding: whatever offices write, in whatever encoding it
// is stored.
func TestTextsSurviveEveryEncoding(t *testing.T) {
	han := rapid.RuneFrom([]rune("的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构府称太准精值号率族维划选标写存候毛亲快效斯院查江型眼王按格养易置派层片始却专状育厂京识适属圆包火住调满县局照参红细引听该铁价严。，、；：“”（）《》0123456789 \n%"))
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOfN(han, 1, 200, -1).Draw(t, "text")
		if strings.TrimSpace(text) == "" {
			return
		}
		gb, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		for name, data := range map[string][]byte{
			"UTF-8": []byte(text), "GB18030": gb,
			"UTF-16LE": inUTF16(text, binary.LittleEndian, true), "UTF-16BE": inUTF16(text, binary.BigEndian, true),
		} {
			d, err := intake.Read("a.txt", data)
			if fault.Is(err, fault.Refused) {
				return // a label by chance
			}
			if err != nil || d.Text != text {
				t.Fatalf("%s: %q read as %q, %v", name, text, d.Text, err)
			}
		}
	})
}

func TestBrokenTextIsRefusedWithItsPlace(t *testing.T) {
	for _, c := range []struct {
		name string
		data []byte
		want []string
	}{
		{"NUL", []byte("一\n二\x00\n三\x00"), []string{"第 2 行有空字符", "第 3 行有空字符"}},
		{"cut UTF-8", []byte("科技简报\n第8期\n市科技局\xe5\x8f"), []string{"第 3 行“市科技局”之后的字节不是有效的 UTF-8"}},
		{"UTF-8 with a mark", []byte("\ufeff科技简报\n\xff"), []string{"第 2 行"}},
		{"cut GB18030", append(inGB18030(t, "科技简报\r\n市科技局"), 0xd6), []string{"第 2 行“市科技局”之后的字节不是有效的 GB18030"}},
		{"half a character", append(inUTF16("科技", binary.LittleEndian, true), 0x4e), []string{"第 1 行“科技”"}},
		{"lone surrogate", inUTF16("科技", binary.LittleEndian, true)[:4:4], nil},
	} {
		if c.want == nil {
			c.data, c.want = append(c.data, 0x00, 0xd8), []string{"UTF-16LE"}
		}
		_, err := intake.Read("a.txt", c.data)
		if !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		for _, want := range c.want {
			if said := fault.As(err).In(fault.ZH); !strings.Contains(said, want) {
				t.Errorf("%s: %q, want %q in it", c.name, said, want)
			}
		}
	}
}

func TestControlCharactersBecomeSpaces(t *testing.T) {
	d, err := intake.Read("a.txt", []byte("甲\x07乙\f丙\v丁\u2028戊\t己"))
	if err != nil || d.Text != "甲 乙\n丙\n丁\n戊\t己" || len(d.Notes) != 1 {
		t.Errorf("%q, %v, %v", d.Text, d.Notes, err)
	}
}

// TestTheSamplesAreRead reads every text of package bulletin as a file.
func TestTheSamplesAreRead(t *testing.T) {
	names, err := filepath.Glob("../testdata/*.txt")
	if err != nil || len(names) == 0 {
		t.Fatal("no samples", err)
	}
	for _, name := range append(names, "testdata/gb18030.txt") {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if d, err := intake.Read(name, data); err != nil || strings.ContainsAny(d.Text, "\r\ufeff\ufffd") {
			t.Errorf("%s: %v", name, err)
		}
	}
}
