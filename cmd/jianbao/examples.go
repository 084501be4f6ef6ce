package main

import (
	"strings"

	"github.com/alecthomas/kong"
)

// examples are command lines that can be typed as they are, but for names, by the
// command that they show; --help ends with them. Commands that say more have
// theirs in a Help of their own.
var examples = map[string]string{
	"demo": "demo --serve", "serve": "serve --config /etc/jianbao/jianbao.toml", "parse": "parse draft.docx --json",
	"config": "config", "migrate": "migrate --status --json", "plant": "plant",
	"user add": "user add wangwu 王五 --role editor", "user list": "user list --json", "user close": "user close wangwu",
	"user separate": "user separate on",
	"issue list":    "issue list --json", "issue show": "issue show 2021-8", "issue file": "issue file 2021-8 --out 2021-8.zip",
	"issue history": "issue history 0199c1d2-7a34-7c1e-9d55-0a1b2c3d4e5f --json",
	"issue trial":   "issue trial 2021-8 --as shoufa --password-file secret --to me@example.cn",
	"filing check":  "filing check --series 某某简报", "filing file": "filing file --as shoufa --password-file secret",
	"filing list": "filing list --series 某某简报 --year 2021 --out list.xlsx", "filing expired": "filing expired --series 某某简报 --out expired.xlsx",
	"filing propose":  "filing propose 0199c1d2-7a34-7c1e-9d55-0a1b2c3d4e5f --as shoufa --password-file secret --series 某某简报 --reason 期满",
	"filing decide":   "filing decide 2031-1 --as qiaodong --password-file secret --series 某某简报 --approve",
	"filing destroy":  "filing destroy 2031-1 --as shoufa --password-file secret --series 某某简报 --witness 李四",
	"filing register": "filing register --series 某某简报 --out destroyed.xlsx",
	"series list":     "series list --json", "series show": "series show 某某简报", "series new": "series new 某某信息 --organ 某某办公室",
	"register":    "register dispatch --series 某某简报 --out register.xlsx",
	"remark list": "remark list 某某简报", "remark show": "remark show 0199c1d2-7a34-7c1e-9d55-0a1b2c3d4e5f", "remark export": "remark export 某某简报 --out remarks.xlsx",
	"unit import": "unit import units.xlsx", "unit export": "unit export --out units.xlsx", "unit list": "unit list --json", "unit show": "unit show 市财政局",
	"unit rename": "unit rename 市农牧业局 市农牧局 --day 2019-03-01 --reason 机构改革方案",
	"unit merge":  "unit merge 市林业局 --into 市林业和草原局 --day 2019-03-01 --reason 机构改革方案",
	"unit split":  "unit split 市经信委 --into 市工业和信息化局 --into 市能源局 --day 2019-03-01 --reason 机构改革方案",
	"unit end":    "unit end 市某办 --day 2019-03-01 --reason 撤销",

	"unit roster list": "unit roster list", "unit roster set": "unit roster set 市委、市政府领导 --member 市委领导=市委办公室", "unit roster drop": "unit roster drop 市委、市政府领导",
	"calendar show": "calendar show 2026", "calendar import": "calendar import notice.txt --year 2027", "calendar export": "calendar export 2026 holidays.ics",
	"calendar set": "calendar set 2026-10-08 off --name 国庆节 --reason 地方通知", "calendar reset": "calendar reset 2026 --reason 误录",
	"secret show": "secret show", "secret rotate": "secret rotate", "secret forget": "secret forget",
	"token new": "token new shoufa 登记脚本 --act --days 30", "token list": "token list --json", "token revoke": "token revoke jianbao_7QXK2M",
	"render": "render draft.docx --out draft.pdf", "dkim new": "dkim new --key dkim.pem --domain example.cn", "dkim show": "dkim show --key dkim.pem --domain example.cn",
	"fonts": "fonts --json", "audit verify": "audit verify --json", "audit root": "audit root", "audit export": "audit export",
	"adopt": "adopt", "bench mail": "bench mail", "bench drain": "bench drain", "bench wire": "bench wire --relay 127.0.0.1:2525", "version": "version",
	"completion": "completion bash",
}

// exitCodes is said at the end of the help of the program, and of no command.
const exitCodes = "Exit codes: 0 all went well; 1 something was refused or failed, which one sentence on the standard error says, or with --json one object; 2 the command line or the configuration file cannot be understood."

// withExamples puts an example under the help of every command.
func withExamples(k *kong.Kong) error {
	k.Model.Detail = exitCodes
	return kong.Visit(k.Model, func(n kong.Visitable, next kong.Next) error {
		c, is := n.(*kong.Node)
		if is && c.Type == kong.CommandNode && c.Leaf() && !strings.Contains(c.Detail, "Example: ") && examples[c.Path()] != "" {
			c.Detail = strings.TrimSpace(c.Detail + "\n\nExample: jianbao " + examples[c.Path()])
		}
		return next(nil)
	})
}
