package mailer

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// A hint is what a refusal says about when to come back.
type hint struct {
	wait time.Duration // 0: nothing is said
	// everybody: it is said to us as a sender, whatever the letter.
	everybody bool
}

// hints are the refusals of domestic hosts, by what is in them, in lower case.
// NetEase counts over a quarter of an hour and asks for two minutes after
// DT:SPM; Alibaba pauses for minutes, and for a day when the day's letters are
// up.
var hints = []struct {
	words string
	hint
}{
	{"hl:ifc", hint{15 * time.Minute, true}},
	{"mi:sfq", hint{15 * time.Minute, true}},
	{"hl:icc", hint{2 * time.Minute, true}},
	{"dt:spm", hint{2 * time.Minute, false}},
	{"sending quota exceeded", hint{4 * time.Hour, true}},
	{"daily limit", hint{4 * time.Hour, true}},
	{"too frequently", hint{10 * time.Minute, true}},
	{"frequency limited", hint{10 * time.Minute, true}},
	{"rate limit", hint{10 * time.Minute, true}},
	{"too many connections", hint{2 * time.Minute, true}},
	{"greylist", hint{5 * time.Minute, false}},
	{"graylist", hint{5 * time.Minute, false}},
}

// retryAfter is "try again in 300 seconds", "retry after 5 min", "请5分钟后重试".
var retryAfter = regexp.MustCompile(`(?i)(?:(?:again|retry|wait)\D{0,20}|请\D{0,4})(\d{1,5})\s*(s|m|h|秒|分|小时)`)

var units = map[string]time.Duration{
	"s": time.Second, "秒": time.Second, "m": time.Minute, "分": time.Minute, "h": time.Hour, "小时": time.Hour,
}

// longestHint bounds what a relay can ask for.
const longestHint = 24 * time.Hour

// hintIn reads a refusal for now; others say nothing about when.
func hintIn(code int, words string) (h hint) {
	if code/100 != 4 {
		return hint{}
	}
	lower := strings.ToLower(words)
	for _, known := range hints {
		if strings.Contains(lower, known.words) {
			h = known.hint
			break
		}
	}
	if m := retryAfter.FindStringSubmatch(lower); m != nil {
		n, _ := strconv.Atoi(m[1]) // digits
		h.wait = max(h.wait, min(time.Duration(n)*units[m[2]], longestHint))
	}
	return h
}
