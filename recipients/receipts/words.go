package receipts

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// An Answer is what [Acknowledges] made of a reply.
type Answer struct {
	// Received says that the reply acknowledges receipt, and nothing in it takes
	// that back.
	Received bool
	Copies   int    // the copies it names; 0 where it names none
	More     string // what a person should read besides, such as a signature
}

// The words of which an acknowledgment is made: 我局已收到第8期简报2份。
const (
	whoWords  = `我们?|我?(?:单位|方|[办局委处科室部院厅站所])|本(?:单位|[办局委处科室部院厅站所])|办公室`
	thingWord = `你(?:单位|们|[办局委处科室部院厅])|贵(?:单位|[办局委处科室部院厅])|发?来?的|电子[版件]|纸质[版件]?|本期|该期|这期|此件|` +
		`(?:20\d\d年)?第?\d+期|《[^》]{1,30}》|简报|材料|文件|邮件|来文|来件|来函|信件|原件|附件|内容`
	howWords  = `均|都|现|刚刚?|业|确|确认|已经?|按时|及时|如期|全部|完整|正常|顺利|悉数|照单`
	gotWords  = `收到|收悉|收讫|签收|查收|接收|收阅|收知|知悉|阅悉|阅知|敬悉|收`
	tailWords = `了|啦|咯|无误|完好|齐全|并?[已]?(?:阅|转呈|转送|报送|呈报)(?:领导)?|[，,]?共?(?:\d+|[一二两三四五六七八九十]{1,3})份`
)

var (
	acknowledging = regexp.MustCompile(`^(?:` + whoWords + `|` + thingWord + `|` + howWords + `)*(?:` + gotWords + `)(?:` + thingWord + `|` + tailWords + `)*$`)
	inEnglish     = regexp.MustCompile(`^(?:well |duly |we |i |have |has |it |is )*(?:received|acknowledged|got it|receipt confirmed)(?: it| with thanks| and noted)*$`)
	courteous     = regexp.MustCompile(`^(?:好的?|嗯+|ok|okay|谢+您?|多谢|感谢|非常感谢|十分感谢|谢谢(?:您|你们?|啦|了)?|辛苦(?:您|你们)?了?|您好|你好|[^，。]{0,4}(?:老师|主任|处长|科长|局长|同志|领导|编辑部)(?:您?好|你好)?|顺?祝.{1,6}|此致|敬礼|thanks?|thank you|many thanks|regards|best regards)$`)
	// doubtful words are those of a reply that says something else besides: that
	// nothing came, or not all, or that a machine answers.
	doubtful = regexp.MustCompile(`未|没|无法|不|缺|少了|错|漏|退[回订]|乱码|但|可是|然而|请|如何|吗|怎么|何时|尽快|稍后|自动回复|自动答复|休假|出差|外出|离岗|离职|您的(?:邮件|来信|来函)|你的(?:邮件|来信)|回复您|重发|重新|补[发寄送]|改[发寄送]|另行|停发|[?？]|(?i:not |n't|auto|out of office|please|but |missing)`)
	// behind are the lines at which the writer's own words end.
	behind = regexp.MustCompile(`^(?:--\s*$|[-—_=*]{3,}|>|发自|来自|从我的|Sent from|原始邮件|本邮件|此邮件|免责|On .+ wrote:|.{0,60}写道[：:]|发件人[：:]|From:)`)

	stops  = regexp.MustCompile(`[，,。.！!、；;：:~～…]+`)
	counts = regexp.MustCompile(`(\d+|[一二两三四五六七八九十]{1,3})份`)
	pretty = regexp.MustCompile(`[\x{1F300}-\x{1FAFF}\x{2600}-\x{27BF}\x{FE0F}\x{200B}-\x{200D}]|\[[^\]\s]{1,4}\]`)
)

// maxWords is the longest reply that can be a mere acknowledgment, in
// characters.
const maxWords = 300

// Acknowledges reads the own words of a reply, without what it quotes. It says
// Received only of a reply that begins with an acknowledgment (courtesies may
// stand before it) and has no word that could take it back or ask for something:
// 已收到, 收悉。, 收到，谢谢！, 我局已收到第8期简报2份。 It never guesses: 收到，缺1份,
// 未收到附件 and 您的邮件已收到，我会尽快回复 are for a person, and so are names and
// whatever else stands behind the acknowledgment, as More.
func Acknowledges(words string) (a Answer) {
	words = own(words)
	if words == "" || utf8.RuneCountInString(words) > maxWords || doubtful.MatchString(words) {
		return Answer{}
	}
	var more []string
	for _, line := range strings.Split(words, "\n") {
		for _, part := range parts(line, &a) {
			if a.take(part) {
				continue
			}
			if !a.Received { // whoever acknowledges says so first
				return Answer{}
			}
			more = append(more, part)
		}
	}
	if !a.Received {
		return Answer{}
	}
	a.More = strings.Join(more, " ")
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
	switch {
	case acknowledging.MatchString(part), inEnglish.MatchString(part):
		a.Received = true
	case !courteous.MatchString(part) && (!a.Received || !counts.MatchString(part) || counts.FindString(part) != strings.TrimPrefix(part, "共")):
		return false
	}
	if found := counts.FindStringSubmatch(part); found != nil {
		a.Copies = numeral(found[1])
	}
	return true
}

func trim(part string) string {
	return strings.Trim(part, "，,。.！!、；;：:~～… \t\r\"“”'（）()")
}

// own returns what stands before the first line that is not the writer's: a
// signature's dashes, the advertisement of a telephone, a quotation that was
// left.
func own(words string) string {
	var lines []string
	words = strings.NewReplacer("\r\n", "\n", "\u00a0", " ", "\u3000", " ").Replace(words)
	for _, line := range strings.Split(pretty.ReplaceAllString(words, ""), "\n") {
		line = strings.TrimSpace(line)
		if behind.MatchString(line) {
			break
		}
		lines = append(lines, line)
	}
	return strings.TrimSpace(strings.Join(lines, "\n"))
}

// numeral reads 12 and 十二, up to 99; 0 is what cannot be read.
func numeral(text string) int {
	if n, err := strconv.Atoi(text); err == nil {
		return min(n, MaxCopies)
	}
	digit := func(s string) int {
		at := strings.Index("零一二三四五六七八九", s)
		if s == "两" {
			return 2
		}
		return max(at, 0) / len("零")
	}
	tens, ones, found := strings.Cut(text, "十")
	switch {
	case !found && utf8.RuneCountInString(text) == 1:
		return digit(text)
	case !found:
		return 0
	case tens == "":
		return 10 + digit(ones)
	}
	return 10*digit(tens) + digit(ones)
}
