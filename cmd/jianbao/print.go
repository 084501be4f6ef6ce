package main

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"jianbao/fault"
	"jianbao/mailer"
)

// line prints one sentence; with the --json of a command that is [spoken], as an
// object.
func (c *console) line(r fault.Reason) {
	if c.JSON {
		_ = json.NewEncoder(c.Out).Encode(sentence{r, r.In(c.Lang)}) // sentences have plain arguments; a pipe that is closed is nobody's business
		return
	}
	fmt.Fprintln(c.Out, r.In(c.Lang))
}

// A sentence is one line of JSON: its key and arguments are for programs, its
// text is for people.
type sentence struct {
	fault.Reason
	Text string `json:"text"`
}

// spoken is the flag of a command that answers in sentences.
type spoken struct {
	JSON bool `name:"json" help:"Print each sentence as one JSON object, with its key, its arguments and its text."`
}

func (s spoken) speaksJSON() bool { return s.JSON }

var (
	headWay      = fault.Say("cmd.head.way", "\n%s %d年第%d期（%s）的办理过程", "\nThe way of %s, %d no. %d (%s)")
	headRefused  = fault.Say("cmd.head.refused", "\n途中被拦下的操作", "\nWhat was refused on the way")
	headLetters  = fault.Say("cmd.head.letters", "\n分发情况：%d家单位", "\nDispatch: %d units")
	headCopies   = fault.Say("cmd.head.copies", "\n份数台账：%s", "\nLedger of copies: %s")
	headReceived = fault.Say("cmd.head.received", "\n收件服务器收到%d封不同的邮件", "\nThe receiving server holds %d distinct messages")
)

// stateWords are what people call the states of a letter.
var stateWords = map[string]fault.Sentence{
	string(mailer.Accepted):  fault.Say("cmd.state.accepted", "已送达中继", "accepted"),
	string(mailer.Failed):    fault.Say("cmd.state.failed", "发送失败", "failed"),
	string(mailer.Uncertain): fault.Say("cmd.state.uncertain", "不能确定是否送达", "uncertain"),
	string(mailer.Queued):    fault.Say("cmd.state.queued", "排队", "queued"),
	string(mailer.Deferred):  fault.Say("cmd.state.deferred", "稍后重试", "deferred"),
}

// print shows the report, for people or for programs.
func (r report) print(c *console, asJSON bool) error {
	if asJSON {
		return r.json(c)
	}
	i := r.Issue
	c.line(headWay.With(i.Name, i.Year, i.Number, i.Date))
	for _, s := range r.Steps {
		fmt.Fprintf(c.Out, "  %s  %s  %s  %s\n", s.At.Format(time.DateTime), pad(s.Who, 8), pad(s.Act, 10), strings.Join(s.remarks(), "；"))
	}
	if len(r.Refusals) > 0 {
		c.line(headRefused.With())
	}
	for _, f := range r.Refusals {
		fmt.Fprintf(c.Out, "  %s  %s  %s\n", pad(f.Who, 8), pad(f.Act, 10), strings.Join(f.Reasons, "；"))
	}
	c.line(headLetters.With(len(r.Letters)))
	for _, l := range r.Letters {
		state := l.State
		if s, known := stateWords[l.State]; known {
			state = s.With().In(c.Lang)
		}
		fmt.Fprintf(c.Out, "  %s  %s  %s  %s  %s\n", l.List, pad(l.Name, 30), pad(l.Address, 30), pad(state, 10), l.Answer)
	}
	c.line(headCopies.With(r.Copies.Sentence))
	fmt.Fprintln(c.Out, " ", r.Copies.Balances)
	for _, a := range r.Copies.Assumed {
		fmt.Fprintln(c.Out, " ", a)
	}
	if r.Received != nil {
		c.line(headReceived.With(len(r.Received)))
		for _, m := range r.Received {
			fmt.Fprintf(c.Out, "  %s  %s  <%s>\n", pad(m.To, 30), m.Subject, m.MessageID)
		}
	}
	return nil
}

// remarks are the facts of a step and what the person wrote.
func (s reportStep) remarks() []string {
	if s.Note == "" {
		return s.Facts
	}
	return append(slices.Clone(s.Facts), s.Note)
}

// pad fills a text with blanks to a width in which a Chinese character counts
// two, as terminals show it.
func pad(text string, width int) string {
	for _, r := range text {
		width--
		if r >= 0x2E80 {
			width--
		}
	}
	return text + strings.Repeat(" ", max(0, width))
}
