package receipts

import (
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// The words of which an acknowledgment is made: 我局已收到第8期简报2份。
const (
	number    = `(\d{1,5}|[一二两三四五六七八九十]{1,3})[份本册套]`
	bodyWord  = `办公室|[\p{Han}]{1,18}?(?:局|委|办|科|室|处|厅|院|所|站|队|部|政府|中心|公司|集团|学校|大学|银行|协会|人大|政协|党组|委员会|办公室|秘书处|信息科)`
	whoWords  = `我们?|我?(?:单位|方|[办局委处科室部院厅站所])|本(?:单位|人|[办局委处科室部院厅站所])|` + bodyWord
	thingWord = `你(?:单位|们|[办局委处科室部院厅])|贵(?:单位|[办局委处科室部院厅刊])|发?来?的|电子[版件]|纸质[版件]?|正本|附件|各?期|本期|该期|这期|此件|此文|` +
		`(?:20\d\d年)?第?\d+期|《[^》]{1,30}》|"[^"]{1,30}"|“[^”]{1,30}”|简报|材料|文件|邮件|来文|来件|来函|信件|原件|内容|一事|通知`
	howWords  = `实|均|都|现|刚刚?|业|确|确认|已经?|按时|及时|如期|全部|完整|正常|顺利|悉数|照单|于|今天|今日|昨天|昨日|上午|下午|早上|在|共|也`
	gotWords  = `收到|收悉|收讫|签收|查收|接收|收阅|收知|知悉|阅悉|阅知|敬悉|获悉|领到|领取|收`
	tailWords = `了|啦|咯|哈|的|无误|完好|齐全|不缺|无缺|并?已?(?:阅|转呈|转送|报送|呈报|存档|归档)(?:领导)?|[,]?共?` + number
	titleWord = `书记|副?[局处科厅部院所站队组]长|[主副]任|副主任|秘书长|老师|同志|先生|女士|主席|市长|旗长|区长|县长|经理|总`
)

var (
	acknowledging = regexp.MustCompile(`^(?:` + whoWords + `|` + thingWord + `|` + howWords + `|` + number + `)*(?:` + gotWords + `)(?:` + thingWord + `|` + tailWords + `)*$`)
	inEnglish     = regexp.MustCompile(`^(?:well |duly |we |i |have |has |it |is |all )*(?:received|acknowledged|got it|receipt confirmed)(?: it| with thanks| and noted| safely)*$`)
	courteous     = regexp.MustCompile(`^(?:好的?|是的?|嗯+|ok|okay|谢+您?|多谢|感谢|非常感谢|十分感谢|谢谢(?:您|你们?|啦|了|老师|编辑部)?|辛苦(?:您|你们)?了?|您好|你好|大家好|请?放心|请知悉|特此(?:回复|告知|函复|确认)|[\p{Han}]{0,4}(?:您好|你好)|[^,。]{0,4}(?:` + titleWord + `|领导|编辑部|各位)(?:您?好|你好)?|顺?祝.{1,6}|此致|敬礼|thanks?|thank you|many thanks|regards|best regards)$`)

	// lacking is a shortage in copies, counts a number of them.
	lacking = regexp.MustCompile(`^(?:还|尚|另|但|其中|实|共)?(?:短缺|缺少|缺了|少了|缺|少|差|欠)` + number + `$`)
	counts  = regexp.MustCompile(number)
	// onward is what became of it in the unit: 已呈李局长阅, 张主任已阅.
	onward = regexp.MustCompile(`^(?:并?[已将现]*(?:转|呈|报|送|交|转呈|呈报|报送|呈送|转送|传|传阅|转发).{0,14}|.{1,10}[已正]?(?:阅|阅示|审阅|传阅|圈阅)(?:示|知|处)?)$`)
	// signedBy is a name before an acknowledgment, named one that stands alone.
	signedBy  = regexp.MustCompile(`^([\p{Han}]{1,4}?)(` + titleWord + `)?((?:` + howWords + `)*(?:` + gotWords + `).*)$`)
	named     = regexp.MustCompile(`^([\p{Han}]{1,4}?)(` + titleWord + `)?$`)
	things    = regexp.MustCompile(`^(?:` + whoWords + `|` + thingWord + `|` + howWords + `|` + tailWords + `)+$`)
	body      = regexp.MustCompile(`^(?:` + bodyWord + `)+$`)
	labels    = regexp.MustCompile(`^(?:(?:签收|收件|经办|联系|接收|领取)人|(?:联系)?电话|手机|日期|(?:签收)?时间|单位|此复)$`)
	telephone = regexp.MustCompile(`^(?:电话|手机|tel)?[\d+() -]{5,20}$`)
	surname   = regexp.MustCompile(`^(?:欧阳|司马|诸葛|上官|东方|皇甫|尉迟|公孙|慕容|令狐|[王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐沿梅莫庄辛管祝左涂谷祁时舒耿牟卜路詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边辜吉饶刁瞿戚丘古米池滕晋苑邬臧畅宫来嵺苟全褚廉简娄盖符奚木穆党燕郎邸冀谈姬屠连郜晏栾郁商蒙计喻揭窦迟宇敖糜鄢冷卓花仇艾蓝都巩稽井练仲乐虞卞封竺冼原官衣楚佟栗匡宗应台巫鞠僧桑荆谌银扬明沙薄伏岑习胥保和蔺乌巴敖斯那额包])`)

	// doubtful words are those of a reply that says something else besides: that
	// nothing came, or not all.
	doubtful = regexp.MustCompile(`未|没|无法|不|缺|少了|错|漏|乱码|但|可是|然而|请|如何|怎么|何时|尽快|稍后|休假|出差|外出|离岗|离职|您的|你的|回复您|重发|重新|补[发寄送]|改[发寄送]|另行|停发|坏|破|损|湿|(?i:not |n't|please|but |missing)`)
	// certain are words that look doubtful and are not.
	certain  = regexp.MustCompile(`不缺|无缺|请?放心|请知悉`)
	refusing = regexp.MustCompile(`拒收|拒绝签?收|不予?签?收|退[回还件]|不是(?:我|本|发给)|非(?:我|本)(?:单位|[局委办处科室])|不属(?:于)?我|发错|误[发送投]|无关`)
	// noAnswer are words of machines, and of people who ask.
	noAnswer = regexp.MustCompile(`自动回复|自动答复|[吗么呢]\s*[。!]?$|[?？]|没有收|(?i:auto|out of office)`)
	// behind are the lines at which the writer's own words end.
	behind = regexp.MustCompile(`^(?:--\s*$|[-—_=*]{3,}|>|发自|来自|从我的|Sent from|原始邮件|本邮件|此邮件|免责|On .+ wrote:|.{0,60}写道[：:]|发件人[：:]|From:)`)

	stops     = regexp.MustCompile(`[，,。.！!、；;：:~～…]+`)
	pretty    = regexp.MustCompile(`[\x{1F300}-\x{1FAFF}\x{2600}-\x{27BF}\x{FE0F}\x{200B}-\x{200D}]|\[[^\]\s]{1,4}\]`)
	spaced    = regexp.MustCompile(`([\p{Han}\d]) +(\d|[一二两三四五六七八九十]+ ?[份本册套期]|[份本册套期年月日号])`)
	dates     = regexp.MustCompile(`(?:20\d\d年)?(\d{1,2})月(\d{1,2})[日号]|20\d\d[-/.](\d{1,2})[-/.](\d{1,2})日?|(\d{1,2})[./](\d{1,2})(?:日|号)?`)
	hours     = regexp.MustCompile(`\d{1,2}(?:[:：]\d{2}(?:[:：]\d{2})?|[时点](?:\d{1,2}分?|半)?)`)
	addresses = regexp.MustCompile(`(?i)[a-z0-9._+-]+@[a-z0-9.-]+|https?://\S+`)
)

// wordsNotNames are characters of what people write behind an acknowledgment
// that begins like a name: 马上办, 安排好.
const wordsNotNames = "上办排好日今天件份收到已阅转知悉示复送报期刊的了是在"

// person reports whether a word is a name of a person: with a surname of those
// that are usual, and not a word of the office.
func person(word string) bool {
	n := utf8.RuneCountInString(word)
	return n >= 1 && n <= 4 && surname.MatchString(word) && !strings.ContainsAny(word, wordsNotNames)
}

func trim(part string) string {
	return strings.Trim(part, "，,。.！!、；;：:~～… \t\r\"“”'（）()")
}

// own returns what stands before the first line that is not the writer's: a
// signature's dashes, the advertisement of a telephone, a quotation that was
// left.
func own(words string) string {
	var lines []string
	words = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(norm.NFKC.String(words))
	for _, line := range strings.Split(pretty.ReplaceAllString(words, ""), "\n") {
		line = strings.TrimSpace(line)
		if behind.MatchString(line) {
			break
		}
		for range 2 { // what one replacement joins, the next may join further
			line = spaced.ReplaceAllString(line, "$1$2")
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
