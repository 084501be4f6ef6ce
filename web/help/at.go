package help

import "strings"

// places are the chapters of the pages, by how the pattern of a page begins. The
// longest beginning counts.
var places = map[string]string{
	"/":                        "00-start",
	"/sign-in":                 "00-start",
	"/desk":                    "01-desk",
	"/desk/away":               "01-desk#外出与代办",
	"/me":                      "01-desk#提醒",
	"/issues":                  "02-edit",
	"/issues/new":              "02-edit#新建一期",
	"/issues/{id}":             "03-sign#看稿",
	"/issues/{id}/edit":        "02-edit#边改边看",
	"/issues/{id}/sign":        "03-sign",
	"/issues/{id}/dispatch":    "04-send#发送情况",
	"/issues/{id}/letters":     "04-send#发送情况",
	"/issues/{id}/lists":       "04-send#名单",
	"/issues/{id}/copies":      "04-send#份数",
	"/issues/{id}/receipts":    "05-receipts#签收情况",
	"/issues/{id}/after":       "06-after",
	"/receipts":                "05-receipts",
	"/tray":                    "05-receipts#单位怎样签收",
	"/remark-mails":            "07-remarks#登记",
	"/issues/{id}/amend":       "03-sign#签发以后又要改",
	"/issues/{id}/record":      "03-sign#纸质签批",
	"/issues/{id}/calls":       "05-receipts#催办",
	"/issues/{id}/holders":     "06-after#撤销",
	"/issues/{id}/trial":       "04-send#试发和预演",
	"/series/{id}/destruction": "10-filing#期满和销毁",
	"/series/{id}/filing":      "10-filing",
	"/statistics":              "14-archive#统计",
	"/calendar":                "01-desk#提醒",
	"/remarks":                 "07-remarks",
	"/issues/{id}/remarks":     "07-remarks#登记",
	"/units":                   "08-units",
	"/units/rosters":           "08-units#集合项",
	"/series/{id}/register":    "09-registers#发文登记簿",
	"/series/{id}/gaps":        "09-registers#空号与作废",
	"/series/{id}/receipts":    "05-receipts",
	"/series/{id}/remarks":     "07-remarks",
	"/series/{id}/retention":   "10-filing#期满和销毁",
	"/series/{id}/back":        "09-registers#补录往期",
	"/series/{id}/copies":      "09-registers#份数台账",
	"/copies":                  "09-registers#份数台账",
	"/filing":                  "10-filing",
	"/issues/{id}/filing":      "10-filing#归档",
	"/settings":                "11-settings",
	"/series/{id}/settings":    "11-settings#流程",
	"/series/{id}/lists":       "04-send#名单",
	"/holidays":                "11-settings#放假安排",
	"/hooks":                   "11-settings#向其他系统推送",
	"/handover":                "11-settings#人员移交",
	"/archive":                 "14-archive",
	"/series/{id}/volume":      "14-archive#年度合订本",
	"/series/{id}/board":       "14-archive#看板",
	"/issues/{id}/versions":    "14-archive#历次文本",
	"/me/access":               "15-account",
	"/me/codes":                "15-account#动态口令",
	"/pass":                    "15-account#第一次登录",
	"/forgotten":               "15-account#第一次登录",
	"/people":                  "16-people",
	"/people/house":            "16-people#单位设置",
	"/audit":                   "16-people#审计记录",
	"/relays":                  "11-settings#邮件中继",
	"/start":                   "00-start#第一次启动",
	"/unit-links":              "13-unit#以前收到的",
	"/series/{id}/look":        "11-settings#版式",
	"/own/":                    "13-unit#以前收到的",
	"/answer/":                 "12-leader",
	"/receipt/":                "13-unit",
}

// At returns the address in the handbook that belongs to a page, by its pattern:
// /help/02-edit#边改边看 for GET /issues/{id}/edit.
func At(pattern string) string {
	_, route, found := strings.Cut(pattern, " ")
	if !found {
		route = pattern
	}
	longest := "/"
	for beginning := range places {
		if len(beginning) > len(longest) && strings.HasPrefix(route, beginning) {
			longest = beginning
		}
	}
	return "/help/" + places[longest]
}
