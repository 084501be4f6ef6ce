package op

import "jianbao/fault"

// What every operation may say. Everything else is said by the rules.
var (
	notFound   = fault.Say("api.not-found", "没有这一项，或您无权查看", "there is no such thing, or it is not for you to see")
	badRequest = fault.Say("api.bad-request", "请求与接口文档（/api/v1/openapi.json）不符", "the request is not as the document (/api/v1/openapi.json) says")
	badField   = fault.Say("api.bad-field", "“%s”不合要求（%s）", "“%s” will not do (%s)")
	badPart    = fault.Say("api.bad-part", "无法读取（%s）", "it cannot be read (%s)")
	onlyPeople = fault.Say("api.only-people", "“%s”要由人决定，服务令牌不能办；请用本人的令牌", "“%s” is for a person to decide and not for a service token; use one of a person's own")
	sayVersion = fault.Say("api.say-version", "请在If-Match头中写明所见的版本（即ETag，如\"7\"）", "say in If-Match which version you saw (the ETag, such as \"7\")")
	badCursor  = fault.Say("api.bad-cursor", "cursor应原样取自上一页的next", "a cursor is the next of the page before, as it was")
)

// NotHere is the refusal of what does not exist, or is not for the caller to
// see: nobody learns which of the two.
func NotHere() error { return fault.New(fault.NotFound, notFound.With()) }

// BadField is the refusal of a field that is not as the document says, where a
// schema cannot say it. where is the place, such as body.date.
func BadField(where, value string) error {
	return fault.New(fault.Invalid, badRequest.With(), BadFieldReason(where, value))
}

// BadFieldReason is BadField as one reason among others.
func BadFieldReason(where, value string) fault.Reason { return badField.With(where, value) }

// Unreadable is the refusal of a request that cannot be read (400).
func Unreadable(err error) error {
	return WithStatus(fault.New(fault.Invalid, badRequest.With()).Because(err), 400)
}

// BadFields is the refusal of several fields at once.
func BadFields(wrong []fault.Reason) error {
	return fault.New(fault.Invalid, badRequest.With(), wrong...)
}
