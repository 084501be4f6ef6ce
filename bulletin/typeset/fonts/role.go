package fonts

// A Role is what a font is for on the page. Its string is the name of its file
// in a directory of the office's own fonts.
type Role string

// The roles, in the order in which reports list them.
const (
	Body     Role = "body"     // 正文, 仿宋
	Masthead Role = "masthead" // 简报名称 and titles, 小标宋
	Heading  Role = "heading"  // 栏目 and leads, 黑体
	Kai      Role = "kai"      // 楷体
	Latin    Role = "latin"    // digits and Latin letters
	Fallback Role = "fallback" // what the font of a role lacks
)

// Roles returns all roles.
func Roles() []Role { return []Role{Body, Masthead, Heading, Kai, Latin, Fallback} }

// knownFiles are the names under which Windows and 方正 install the fonts that
// GB/T 9704-2012 asks for, in lower case, so that a clerk can copy them as they
// are.
var knownFiles = map[Role][]string{
	Body:     {"simfang.ttf", "fzfsjw.ttf", "仿宋_gb2312.ttf"},
	Masthead: {"fzxbsjw.ttf", "方正小标宋简体.ttf"},
	Heading:  {"simhei.ttf", "fzhtjw.ttf", "黑体.ttf"},
	Kai:      {"simkai.ttf", "fzktjw.ttf", "楷体_gb2312.ttf"},
	Latin:    {"times.ttf"},
}
