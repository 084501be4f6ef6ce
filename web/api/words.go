package api

import "jianbao/fault"

// What the API says by itself. Everything about issues is said by the rules.
var (
	tooLarge     = fault.Say("api.too-large", "请求太大：不能超过%dMB", "the request is too large: at most %d MB are taken")
	noToken      = fault.Say("api.no-token", "请在Authorization头中用Bearer方式带上令牌（jianbao token new 生成）；令牌不能放在网址里", "send a token as Bearer in the Authorization header (jianbao token new makes one); a token is never part of an address")
	unknownToken = fault.Say("api.unknown-token", "令牌无效，或其账号已停用", "the token is unknown, or its account is closed")
	tooOften     = fault.Say("api.too-often", "请求太频繁，请过%d秒再试", "too many requests; try again in %d seconds")
	onlyNumbers  = fault.Say("api.only-numbers", "令牌%s…是监控用的，只能读 /metrics", "the token %s… is for monitoring and opens /metrics alone")
	readOnly     = fault.Say("api.read-only", "令牌%s…只能查看；要办理请用 jianbao token new --act 另行生成", "the token %s… only reads; jianbao token new --act makes one that acts")
	keyTaken     = fault.Say("api.key-taken", "这个Idempotency-Key已用于另一请求，请换一个", "this Idempotency-Key was used for another request; choose a new one")
	keyAtWork    = fault.Say("api.key-at-work", "带这个Idempotency-Key的请求正在办理，或上次中断、不知是否办成；请先查看结果，再决定是否换一个Key重办", "the request with this Idempotency-Key is at work, or was broken off and nobody knows whether it was done; look first, then decide whether to ask again with a new key")
	badKey       = fault.Say("api.bad-key", "Idempotency-Key应为1到%d个可见的ASCII字符", "an Idempotency-Key is 1 to %d visible characters of ASCII")
	fileOrText   = fault.Say("api.file-or-text", "请在text和file中选一项", "send either text or file")
	needText     = fault.Say("api.need-text", "“%s”要带上text", "“%s” takes a text")
	needPaper    = fault.Say("api.need-paper", "“%s”要带上paper", "“%s” takes a paper")
	otherWay     = fault.Say("api.other-way", "“%s”请用它自己的操作", "“%s” has an operation of its own")
)
